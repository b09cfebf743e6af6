"""Every kind of document, and every cancellation and objection, becomes an entry that GİB's own rules take."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from reports_support import CONSUMER, DAY, FACTS, archive_invoice, entry_of, report_of, store, told, ubl
from saxon_reference import processor, silence
from support import REFERENCE, needs_reference
from ulak.reports import (
    KINDS,
    Entry,
    Objection,
    Product,
    cancelled,
    cancelled_document,
    check,
    issued,
    kind_of,
    missing,
    objected,
    words_of,
)
from ulak.reports.words import usual_words
from ulak.rules import Verdict
from ulak.ubl.forms import from_json
from ulak.ubl.totals import TotalsError
from ulak.xml import parse

_EXAMPLES: Final = Path(__file__).parents[1] / "examples"
_NOTICE: Final = Objection("TAAHHUTLU_MEKTUP", "0042", date(2026, 11, 20), "Tutar <yanlış> & fazla")
# GİB's schema 1.1_6 has no name for these types.
_UNREPORTABLE: Final = {"earsivfatura-ytbtevkifat", "earsivfatura-ytbtevkifatiade"}


def _reported() -> list[Path]:
    paths = sorted(_EXAMPLES.glob("*/*.json"))
    return [path for path in paths if path.parent.name not in ("erp",) and _kind(path) is not None]


def _kind(path: Path) -> str | None:
    data = json.loads(path.read_text("utf-8"))
    profile = data.get("profile", "TEMELFATURA")
    kinds = {
        "freelance_receipt": "freelance_receipt",
        "producer_receipt": "producer_receipt",
        "expense_note": "expense_note",
    }
    return kinds.get(data.get("document", "invoice")) or ("earchive_invoice" if profile == "EARSIVFATURA" else None)


def _everything() -> dict[Product, list[Entry]]:
    """An entry of every example, and its cancellation and objection."""
    found: dict[Product, list[Entry]] = {product: [] for product in Product}
    for path in _reported():
        if path.stem in _UNREPORTABLE:
            continue
        document = ubl(path.read_bytes())
        entry = issued(document, FACTS)
        found[entry.product] += [entry, cancelled_document(document, DAY)]
        kind = kind_of(parse(document)) or ""
        if KINDS[kind].objected:
            found[entry.product].append(objected(kind, entry.number, _NOTICE))
    return found


@needs_reference
@pytest.mark.parametrize("product", Product)
def test_gibs_rules_take_every_entry(product: Product) -> None:
    data = report_of(_everything()[product])
    judged = check(BytesIO(data), store(), day=DAY, is_sealed=False)
    assert (judged.verdict, judged.findings) == (Verdict.VALID, ())


@needs_reference
def test_gibs_own_stylesheet_takes_every_entry() -> None:
    """The published Schematron as it stands, run by Saxon; it prints what it has against a report."""
    stylesheet = (
        processor()
        .new_xslt30_processor()
        .compile_stylesheet(stylesheet_file=str(REFERENCE / "packages" / "earsiv-1.1_6" / "earsiv_schematron.xsl"))
    )

    def says(data: bytes) -> str:
        node = processor().parse_xml(xml_text=data.decode())
        with silence():
            return str(stylesheet.transform_to_string(xdm_node=node) or "").partition("?>")[2].strip()

    data = report_of(_everything()[Product.EARSIV])
    assert says(data) == ""
    assert "ödeme tarihi zorunludur" in says(data.replace(b"<odemeTarihi>2026-11-02</odemeTarihi>", b""))


@needs_reference
def test_every_element_of_every_kind_is_among_them() -> None:
    shown = {entry.element for entries in _everything().values() for entry in entries}
    assert shown == {
        element for names in KINDS.values() for element in (names.issued, names.cancelled, names.objected) if element
    }


@needs_reference
@pytest.mark.parametrize("product", Product)
def test_the_lists_of_the_usual_words_are_those_of_gibs_schema(product: Product) -> None:
    official, usual = words_of(store().choose(product.value, DAY).pack), usual_words(product)
    assert usual.taxes == official.taxes
    assert usual.types == official.types or product is Product.EGIDER
    assert official.currencies >= {"TRY", "USD", "EUR", "GBP"}


@needs_reference
def test_every_currency_that_may_be_written_may_be_reported() -> None:
    assert usual_words(Product.EARSIV).currencies <= words_of(store().choose("earsiv", DAY).pack).currencies


def test_an_entry_is_canonical() -> None:
    odd = {**CONSUMER, "first_name": "A & B <\"'>", "family_name": "Ünsal\r\tŞ"}
    data = report_of([entry_of(archive_invoice(customer=odd))])
    assert etree.tostring(etree.fromstring(data), method="c14n") == data


def test_an_entry_says_what_the_invoice_says() -> None:
    document = ubl(archive_invoice({"quantity": 3, "discounts": [{"percent": 10}]}, number="EAR2026000000007"))
    said = told(issued(document, FACTS))
    assert said.pop("ozetDeger") == hashlib.sha256(document).hexdigest()
    assert said == {
        "faturaNo": "EAR2026000000007",
        "faturaUUID": "f47ac10b-58cc-4372-a567-0e02b2c3d479",
        "faturaTip": "SATIS",
        "gonderimSekli": "ELEKTRONIK",
        "dosyaAdi": "f47ac10b-58cc-4372-a567-0e02b2c3d479.xml",
        "duzenlenmeTarihi": "2026-11-02",
        "duzenlenmeZamani": "10:20:30",
        "toplamTutar": "270.00",
        "toplamIskonto": "30.00",
        "odenecekTutar": "324.00",
        "paraBirimi": "TRY",
        "dovizKuru": "1",
        "faturaUrl": "https://belge.example/e/1?a=1&b=2",
        "vergiBilgisi/vergilerToplami": "54.00",
        "vergiBilgisi/vergi/matrah": "270.00",
        "vergiBilgisi/vergi/vergiKodu": "0015",
        "vergiBilgisi/vergi/vergiTutari": "54.00",
        "vergiBilgisi/vergi/vergiOrani": "20",
        "aliciBilgileri/gercekKisi/tckn": "11111111111",
        "aliciBilgileri/gercekKisi/adiSoyadi": "Deniz Ufuk",
        "imzaZamani": "2026-11-02T10:30:05",
    }


PARTICULAR: Final[dict[str, tuple[dict[str, Any], dict[str, str]]]] = {
    "paper": ({"sending": "KAGIT"}, {"gonderimSekli": "KAGIT"}),
    "euro": (
        {"currency": "EUR", "exchange_rate": "48.7512345"},
        {"paraBirimi": "EUR", "dovizKuru": "48.751235"},
    ),
    "abroad": (
        {"customer": {"tax_id": "2222222222", "name": "Tea & Co. Ltd.", "address": {"country": "Japan"}}},
        {"aliciBilgileri/tuzelKisi/vkn": "2222222222", "aliciBilgileri/tuzelKisi/unvan": "Tea & Co. Ltd."},
    ),
    "subscriber": (
        {"customer": {**CONSUMER, "ids": {"ABONENO": "7", "TESISATNO": "33"}}},
        {"aliciBilgileri/tesisatNumarasi": "33"},
    ),
    "person with a title": (
        {"customer": {"tax_id": "11111111111", "name": "Nihai Tüketici"}},
        {"aliciBilgileri/gercekKisi/adiSoyadi": "Nihai Tüketici"},
    ),
    "nothing to pay": (
        {"lines": [{"name": "Hediye", "price": 0, "vat": 20}]},
        {"toplamTutar": "0.00", "odenecekTutar": "0.00", "vergiBilgisi/vergilerToplami": "0.00"},
    ),
    "exempt": (
        {"lines": [{"name": "Kitap", "price": 100, "exemption": "335"}]},
        {"faturaTip": "ISTISNA", "vergiBilgisi/vergi/vergiOrani": "0", "vergiBilgisi/vergilerToplami": "0.00"},
    ),
    "withheld": (
        {"lines": [{"name": "Temizlik", "price": 1000, "vat": 20, "withholding": "612"}]},
        {
            "vergiBilgisi/vergilerToplami": "20.00",
            "vergiBilgisi/vergi/vergiTutari": "200.00",
            "vergiBilgisi/tevkifat/tevkifatKodu": "612",
            "vergiBilgisi/tevkifat/tevkifatTutari": "180.00",
            "vergiBilgisi/tevkifat/tevkifatOrani": "90",
            "odenecekTutar": "1020.00",
        },
    ),
    "tax by the piece": (
        {"lines": [{"name": "Akaryakıt", "price": 100, "vat": 20, "taxes": [{"code": "0071", "amount": "7.81"}]}]},
        {"vergiBilgisi/vergi/vergiKodu": "0015", "vergiBilgisi/vergilerToplami": "29.37"},
    ),
}


@pytest.mark.parametrize(("changes", "expected"), PARTICULAR.values(), ids=PARTICULAR)
def test_what_is_particular_is_reported(changes: dict[str, Any], expected: dict[str, str]) -> None:
    said = told(entry_of(archive_invoice(**changes)))
    assert {name: said.get(name) for name in expected} == expected


def test_a_document_without_any_tax_has_a_row_of_nothing() -> None:
    document = ubl((_EXAMPLES / "producer_receipt" / "earsivbelge-mustahsilmakbuz.json").read_bytes())
    start, end = document.index(b"<cac:TaxTotal>"), document.index(b"<cac:LegalMonetaryTotal>")
    said = told(issued(document[:start] + document[end:], FACTS))
    rows = {name: text for name, text in said.items() if name.startswith("vergiBilgisi")}
    assert rows == {
        "vergiBilgisi/vergilerToplami": "0.00",
        "vergiBilgisi/vergi/matrah": "53550.00",
        "vergiBilgisi/vergi/vergiKodu": "0003",
        "vergiBilgisi/vergi/vergiTutari": "0.00",
        "vergiBilgisi/vergi/vergiOrani": "0",
    }


def test_a_sale_over_the_internet_tells_who_paid_how_and_who_brought_it() -> None:
    said = told(entry_of((_EXAMPLES / "more" / "internet-sale.json").read_bytes()))
    sale = {name.partition("/")[2]: text for name, text in said.items() if name.startswith("internetSatisBilgi/")}
    assert sale == {
        "webAdresi": "https://magaza.ardic.example",
        "odemeSekli": "ODEMEARACISI",
        "odemeAracisiAdi": "Örnek Ödeme A.Ş.",
        "odemeTarihi": "2026-11-02",
        "gonderiBilgileri/gonderimTarihi": "2026-11-03",
        "gonderiBilgileri/gonderiTasiyan/tuzelKisi/vkn": "9183746505",
        "gonderiBilgileri/gonderiTasiyan/tuzelKisi/unvan": "Örnek Kargo A.Ş.",
    }


def test_a_seller_without_a_carrier_brings_the_goods_itself() -> None:
    sale = {"site": "www.ardic.example", "payment": "KAPIDAODEME", "shipped_on": "2026-11-03"}
    said = told(entry_of(archive_invoice(internet_sale=sale)))
    assert said["internetSatisBilgi/gonderiBilgileri/gonderiTasiyan/tuzelKisi/vkn"] == "4812530769"
    assert "internetSatisBilgi/odemeTarihi" not in said


def test_a_cancellation_repeats_the_amount_that_was_reported() -> None:
    document = ubl(archive_invoice({"price": "99.995"}))
    entry = cancelled_document(document, date(2026, 11, 9))
    assert told(entry) == {
        "faturaNo": "ABC2026000000001",
        "iptalTarihi": "2026-11-09",
        "toplamTutar": told(issued(document, FACTS))["toplamTutar"],
    }
    assert entry == cancelled("earchive_invoice", entry.number, entry.uuid, entry.day, Decimal("100.00"))


# -- any document -----------------------------------------------------------------------------------------------------

_money = st.decimals(Decimal(0), Decimal(20_000), places=2)
_line = st.fixed_dictionaries(
    {"name": st.text("abcçğş &<é", min_size=1, max_size=8), "price": _money, "quantity": st.integers(1, 900)},
    optional={"discounts": st.lists(st.fixed_dictionaries({"percent": st.integers(0, 60)}), max_size=2)},
)
_taxed = st.one_of(
    st.fixed_dictionaries({"vat": st.sampled_from([0, 1, 10, 20])}),
    st.fixed_dictionaries({"vat": st.just(20), "withholding": st.sampled_from(["606", "612"])}),
    st.fixed_dictionaries({"vat": st.just(20), "taxes": st.just([{"code": "4080", "percent": 10}])}),
)


@needs_reference
@settings(max_examples=40, deadline=None)
@given(st.lists(st.builds(lambda line, tax: {**line, **tax}, _line, _taxed), min_size=1, max_size=5), st.data())
def test_any_invoice_gives_an_entry_whose_sums_agree(lines: list[dict[str, Any]], data: st.DataObject) -> None:
    document: Any = archive_invoice(sending=data.draw(st.sampled_from([None, "KAGIT"])))
    document["lines"] = lines
    try:
        made: Any = from_json(document)
    except TotalsError:
        assume(False)
    written = ubl(document)
    assert missing(written, numbered=True) == ()
    entry = issued(written, FACTS)
    judged = check(BytesIO(report_of([entry])), store(), day=DAY, is_sealed=False)
    assert (judged.verdict, judged.findings) == (Verdict.VALID, ())
    root = etree.fromstring(entry.fragment)
    total = made.legal_monetary_total
    taxes, kept = _sum(root, "vergiBilgisi/vergi/vergiTutari"), _sum(root, "vergiBilgisi/tevkifat/tevkifatTutari")
    collected = Decimal(root.findtext("vergiBilgisi/vergilerToplami") or "")
    assert taxes - kept == collected
    assert Decimal(root.findtext("toplamTutar") or "") == total.tax_exclusive_amount.value
    assert Decimal(root.findtext("odenecekTutar") or "") == total.payable_amount.value
    assert total.tax_exclusive_amount.value + collected == total.payable_amount.value


_fees = st.fixed_dictionaries(
    {"name": st.just("Danışmanlık"), "fee": _money, "vat": st.sampled_from([0, 10, 20])},
    optional={"income_withholding": st.sampled_from([0, 17, 20]), "withholding": st.just("606")},
)
_crops = st.fixed_dictionaries(
    {"name": st.just("Buğday"), "quantity": st.integers(1, 900), "price": _money},
    optional={
        "income_withholding": st.sampled_from([1, 2, 4]),
        "taxes": st.lists(
            st.sampled_from([{"code": "SGK_PRIM", "percent": 1}, {"code": "8001", "percent": "0.2"}]), unique_by=str
        ),
    },
)


@needs_reference
@settings(max_examples=30, deadline=None)
@given(
    st.tuples(st.just("freelance_receipt"), st.lists(_fees, min_size=1, max_size=3))
    | st.tuples(st.just("producer_receipt"), st.lists(_crops, min_size=1, max_size=3))
)
def test_any_receipt_gives_an_entry_whose_sums_agree(document: tuple[str, list[dict[str, Any]]]) -> None:
    data = archive_invoice(document=document[0])
    data.pop("profile")
    data["lines"] = [{**line, "vat": 20} if "withholding" in line else line for line in document[1]]
    try:
        written = ubl(data)
    except TotalsError:
        assume(False)
    assert missing(written, numbered=True) == ()
    entry = issued(written, FACTS)
    judged = check(BytesIO(report_of([entry])), store(), day=DAY, is_sealed=False)
    assert (judged.verdict, judged.findings) == (Verdict.VALID, ())
    root = etree.fromstring(entry.fragment)
    taxes, kept = _sum(root, "vergiBilgisi/vergi/vergiTutari"), _sum(root, "vergiBilgisi/tevkifat/tevkifatTutari")
    assert taxes - kept == Decimal(root.findtext("vergiBilgisi/vergilerToplami") or "")
    added = sum(
        (
            _sum(row, "vergiTutari")
            for row in root.iterfind("vergiBilgisi/vergi")
            if row.findtext("vergiKodu") == "0015"
        ),
        Decimal(0),
    )
    total, payable = (Decimal(root.findtext(name) or "") for name in ("toplamTutar", "odenecekTutar"))
    assert payable == total + added - kept - (taxes - added)


def _sum(root: etree._Element, path: str) -> Decimal:
    return sum((Decimal(row.text or "") for row in root.iterfind(path)), Decimal(0))
