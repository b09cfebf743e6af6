"""What a document lacks for its entry is said before it is sealed: with a code, the place, and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports_support import CONSUMER, FACTS, HEAD, archive_invoice, entry_of, report_of, ubl
from ulak.reports import (
    Objection,
    Product,
    ReportError,
    ReportWriter,
    cancelled,
    entries,
    issued,
    missing,
    objected,
)
from ulak.reports.problems import PROBLEMS
from ulak.reports.writing import head
from ulak.ubl.forms import JsonError
from ulak.ubl.forms.fields import FieldMap

Change = Callable[[bytes], bytes]
_SALE: Final = {
    "site": "www.ardic.example",
    "payment": "EFT/HAVALE",
    "paid_on": "2026-11-01",
    "shipped_on": "2026-11-03",
}
_SLIP: Final = {"serial": "MF 1", "z_number": "2", "number": "3", "type": "E-ARSIV", "date": "2026-11-02"}
_CHARGING: Final[dict[str, Any]] = {
    "type": "SARJANLIK",
    "period": {"start": "2026-11-02", "start_time": "09:00:00", "end": "2026-11-02", "end_time": "09:40:00"},
    "customer": {**CONSUMER, "ids": {"PLAKA": "06GIB06"}},
    "lines": [{"name": "DC", "quantity": 20, "unit": "KWH", "price": 10, "vat": 20, "serial": "45225"}],
}
_WITHHELD: Final = {"lines": [{"name": "A", "price": 1, "vat": 20, "withholding": "606"}]}
_TRAVELLER: Final = {**CONSUMER, "tax_id": None, "ids": {"PASAPORTNO": "U1"}}
_INVESTED: Final = {"type": "YTBSATIS", "incentive": {"number": "12", "date": "2026-01-01"}}
_NOTE: Final[dict[str, Any]] = {
    "document": "expense_note",
    "number": "GDR2026000000001",
    "uuid": "f47ac10b-58cc-4372-a567-0e02b2c3d479",
    "date": "2026-11-02",
    "time": "10:00:00",
    "supplier": {"tax_id": "4812530769", "name": "Ardıç A.Ş."},
    "provider": {"name": "SMS", "vkn": "5044172836"},
    "customer": CONSUMER,
    "confirmation": {"code": "1", "phone": "+90 532 111 22 33"},
    "original": {"number": "ABC2026000000001", "date": "2026-10-01"},
    "courier": {"tax_id": "9183746505", "name": "Kargo"},
    "courier_permit": "K3",
    "lines": [{"name": "Mont", "price": 100, "vat": 10}],
}


def without(pattern: str, instead: str = "") -> Change:
    """The document with what is written so replaced."""

    def change(document: bytes) -> bytes:
        changed, count = re.subn(pattern.encode(), instead.encode(), document, flags=re.DOTALL)
        assert count
        return changed

    return change


CASES: Final[list[tuple[str, dict[str, Any], Change, str]]] = [
    ("report.number", {}, without("ABC2026000000001", "A1"), "/Invoice/cbc:ID"),
    ("report.uuid", {}, without("<cbc:UUID>.*?</cbc:UUID>"), "/Invoice/cbc:UUID"),
    ("report.issue-date", {}, without("Date>2026-11-02", "Date>2026-11-32"), "/Invoice/cbc:IssueDate"),
    ("report.issue-time", {}, without("<cbc:IssueTime>.*?</cbc:IssueTime>"), "/Invoice/cbc:IssueTime"),
    ("report.type", {}, without(">SATIS<", ">YTBTEVKIFAT<"), "/Invoice/cbc:InvoiceTypeCode"),
    ("report.amount", {}, without("<cbc:PayableAmount.*?</cbc:PayableAmount>"), "cbc:PayableAmount"),
    ("report.amount", {}, without(">120.00</cbc:PayableAmount", ">NaN</cbc:PayableAmount"), "cbc:PayableAmount"),
    ("report.amount", {}, without(">100.00</cbc:TaxEx", ">99999999999999999.99</cbc:TaxEx"), "cbc:TaxExclusiveAmount"),
    ("report.currency", {}, without(">TRY</cbc:Doc", ">TRL</cbc:Doc"), "/Invoice/cbc:DocumentCurrencyCode"),
    ("report.exchange-rate", {"currency": "USD"}, bytes, "/Invoice/cac:PricingExchangeRate"),
    ("report.tax-code", {}, without(">0015<", ">0016<"), "cac:TaxSubtotal"),
    ("report.tax-rate", {}, without("<cbc:Percent>20<", "<cbc:Percent>301<"), "cbc:Percent"),
    ("report.withholding", _WITHHELD, without(">606<", ">60A<"), "cac:WithholdingTaxTotal"),
    ("report.buyer-id", {"customer": _TRAVELLER}, bytes, "cac:PartyIdentification"),
    ("report.buyer-name", {"customer": {"tax_id": "11111111111"}}, bytes, "cac:PartyName"),
    ("report.sending", {"sending": "KAGIT"}, without("KAGIT", "POSTA"), "cac:AdditionalDocumentReference"),
    ("report.incentive", _INVESTED, bytes, "cac:ContractDocumentReference"),
    ("report.sale", {"internet_sale": _SALE}, without("<cbc:WebsiteURI>.*?</cbc:WebsiteURI>"), "cbc:WebsiteURI"),
    (
        "report.sale",
        {"internet_sale": _SALE},
        without("<cbc:PaymentDueDate>.*?</cbc:PaymentDueDate>"),
        "PaymentDueDate",
    ),
    ("report.sale", {"internet_sale": _SALE}, without("EFT/HAVALE", "nakit"), "cbc:InstructionNote"),
    ("report.sale", {"internet_sale": _SALE}, without("<cac:Despatch>.*?</cac:Despatch>"), "cbc:ActualDespatchDate"),
    ("report.sale", {"internet_sale": {**_SALE, "carrier": {"tax_id": "9183746505"}}}, bytes, "cac:CarrierParty"),
    ("report.slip", {"register_slips": [_SLIP]}, without(">MF 1<", "><"), "cac:BillingReference"),
    ("report.slip", {"register_slips": [_SLIP]}, without(">E-ARSIV<", ">BASKA<"), "cac:BillingReference"),
    ("report.charging", _CHARGING, without("<cbc:StartTime>.*?</cbc:StartTime>"), "cac:InvoicePeriod"),
    ("report.charging", _CHARGING, without(">45225<", "><"), "cac:InvoiceLine"),
    ("report.charging", {**_CHARGING, "customer": CONSUMER}, bytes, "cac:PartyIdentification"),
    ("report.charging", {**_CHARGING, "type": "SARJ"}, bytes, "cac:AdditionalDocumentReference"),
    ("report.charging", {**_CHARGING, "lines": 2 * _CHARGING["lines"]}, bytes, "cac:InvoiceLine"),
]


@pytest.mark.parametrize(
    ("code", "changes", "change", "where"), CASES, ids=[f"{case[0]}-{at}" for at, case in enumerate(CASES)]
)
def test_a_fault_is_named_before_sealing_and_stops_the_entry(
    code: str, changes: dict[str, Any], change: Change, where: str
) -> None:
    document = change(ubl(archive_invoice(**changes)))
    found = missing(document, numbered=True)
    assert {fault.code for fault in found[:1]} == {code}
    assert where in found[0].where
    with pytest.raises(ReportError) as raised:
        issued(document, FACTS)
    assert (raised.value.code, raised.value.where) == (found[0].code, found[0].where)


NOTES: Final[list[tuple[str, dict[str, Any]]]] = [
    ("report.provider", {"provider": None}),
    ("report.confirmation", {"confirmation": None}),
    ("report.confirmation", {"confirmation": {"code": "1", "phone": "123"}}),
    ("report.original", {"type": "IADE", "original": None}),
    ("report.courier", {"courier_permit": None}),
    ("report.buyer-id", {"customer": {"tax_id": "7359021640", "name": "Şirket"}}),
]


@pytest.mark.parametrize(("code", "changes"), NOTES)
def test_an_expense_note_is_asked_for_what_its_schema_wants(code: str, changes: dict[str, Any]) -> None:
    data = {name: value for name, value in {**_NOTE, **changes}.items() if value is not None}
    assert {fault.code for fault in missing(ubl(data))} == {code}


def test_a_whole_expense_note_of_a_foreigner_lacks_nothing() -> None:
    customer = {"first_name": "Ann", "family_name": "Lee", "nationality": "GB", "passport": {"number": "U1"}}
    entry = entry_of({**_NOTE, "customer": customer})
    assert b"<yabanci><pasaportNo>U1</pasaportNo><adiSoyadi>Ann Lee</adiSoyadi></yabanci>" in entry.fragment
    assert b"<telefon>05321112233</telefon>" in entry.fragment


_TEXT: Final = re.compile(rb">([^<>]+)<")
_VALUES: Final = (
    b"",
    b" ",
    b"x",
    b"0",
    b"-1",
    b"1e5",
    b"NaN",
    b"301",
    b"9" * 17,
    b"1." + b"0" * 60,
    b"EUR",
    b"0071",
    b"SGK",
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(_VALUES)), max_size=3))
def test_the_glance_at_an_ordinary_invoice_says_what_the_long_way_says(changes: list[tuple[int, bytes]]) -> None:
    document = ubl(archive_invoice({"discounts": [{"percent": 5}]}, {"vat": 10}))
    for place, value in changes:
        texts = [*_TEXT.finditer(document, document.index(b"<cbc:UBLVersionID"))]
        text = texts[place % len(texts)]
        document = document[: text.start(1)] + value + document[text.end(1) :]
    glance = missing(document, numbered=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entries, "is_plain", lambda root, words: False)
        long_way = missing(document, numbered=True)
    assert [fault.code for fault in glance] == [fault.code for fault in long_way]


def test_what_a_draft_gets_later_is_not_asked_for() -> None:
    draft = without("<cbc:(UUID|IssueTime)>.*?</cbc:(UUID|IssueTime)>")(ubl(archive_invoice()))
    assert missing(draft) == ()
    assert {fault.code for fault in missing(draft, numbered=True)} == {"report.uuid", "report.issue-time"}


def test_all_that_is_missing_is_said_at_once() -> None:
    bad = archive_invoice(currency="USD", customer={"tax_id": "1"}, number="X")
    codes = [fault.code for fault in missing(ubl(bad), numbered=True)]
    assert codes == ["report.number", "report.exchange-rate", "report.buyer-name", "report.buyer-id"]


def test_the_place_leads_to_the_authors_own_field() -> None:
    data = archive_invoice(currency="USD")
    (fault,) = missing(ubl(data))
    assert FieldMap(data).field_of(fault.where) == "/exchange_rate"


def test_documents_that_are_not_reported_lack_nothing_and_have_no_entry() -> None:
    document = ubl(archive_invoice(profile="TEMELFATURA"))
    assert missing(document) == ()
    with pytest.raises(ReportError, match=r"report\.document"):
        issued(document, FACTS)


@pytest.mark.parametrize("url", ["", "https://" + "a" * 248])
def test_an_address_has_to_be_there_and_short(url: str) -> None:
    with pytest.raises(ReportError, match=r"report\.url"):
        entry_of(archive_invoice(), FACTS._replace(url=url))


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"payment": "NAKIT"}, "/internet_sale/payment"),
        ({"payment": "DIGER - "}, "/internet_sale/payment"),
        ({"payment": "DIGER - takas\nile"}, "/internet_sale/payment"),
        ({"paid_on": None}, "/internet_sale/paid_on"),
        ({"payment": "ODEMEARACISI"}, "/internet_sale/agent"),
        ({"shipped_on": None}, "/internet_sale/shipped_on"),
        ({"carrier": {"name": "Kargo"}}, "/internet_sale/carrier/tax_id"),
    ],
)
def test_json_is_refused_at_its_own_field(changes: dict[str, Any], where: str) -> None:
    sale = {name: value for name, value in {**_SALE, **changes}.items() if value is not None}
    with pytest.raises(JsonError) as raised:
        ubl(archive_invoice(internet_sale=sale))
    assert raised.value.where == where


@pytest.mark.parametrize(
    ("objection", "name"),
    [
        (Objection("TELEFON", "1", date(2026, 11, 2), "x"), "itirazYontemi"),
        (Objection("KEP", " ", date(2026, 11, 2), "x"), "itirazBelgeNo"),
        (Objection("KEP", "1", date(2026, 11, 2), ""), "aciklama"),
    ],
)
def test_an_objection_has_to_be_whole(objection: Objection, name: str) -> None:
    with pytest.raises(ReportError, match=name):
        objected("earchive_invoice", "ABC2026000000001", objection)
    with pytest.raises(ReportError, match=r"report\.kind"):
        objected("producer_receipt", "ABC2026000000001", objection)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"taxpayer": "12"}, "mukellef"),
        ({"preparer": "12345678901234"}, "hazirlayan"),
        ({"number": "rapor"}, "raporNo"),
        ({"period": (date(2026, 11, 30), date(2026, 11, 1))}, "donem"),
        ({"section": (date(2026, 12, 1), date(2026, 12, 1))}, "bolum"),
        ({"section_no": 0}, "bolumNo"),
    ],
)
def test_a_head_that_gib_would_refuse_is_not_written(changes: dict[str, Any], name: str) -> None:
    with pytest.raises(ReportError, match=r"report\.header") as raised:
        head(HEAD._replace(**changes))
    assert raised.value.where.endswith(name)


def test_the_writer_takes_each_document_once_and_no_more_than_fits() -> None:
    file = BytesIO()
    entry = entry_of(archive_invoice())
    writer = ReportWriter(file, HEAD, limit=len(report_of([entry])) + 10)
    writer.add(entry)
    before = file.getvalue()
    void = cancelled("earchive_invoice", entry.number, "", entry.day, Decimal(1))
    assert writer.is_full(void)
    foreign = cancelled("expense_note", entry.number, entry.uuid, entry.day, Decimal(1))
    for other, code in ((entry, "twice"), (void, "full"), (foreign, "product")):
        with pytest.raises(ReportError, match=rf"report\.{code}"):
            writer.add(other)
    assert file.getvalue() == before
    writer.end()
    assert len(file.getvalue()) == writer.size
    for action in (writer.end, lambda: writer.add(void)):
        with pytest.raises(ReportError, match=r"report\.ended"):
            action()
    with pytest.raises(ReportError, match=r"report\.empty"):
        ReportWriter(BytesIO(), HEAD, Product.EARSIV).end()


def test_every_sentence_exists_in_both_languages() -> None:
    for said in PROBLEMS.values():
        for text in (said.text, said.repair):
            assert text.tr
            assert text.en not in ("", text.tr)
            assert set(re.findall(r"{(\w+)}", text.tr)) == set(re.findall(r"{(\w+)}", text.en))
