"""QR codes: the keys of the Karekod guide in its order, read back by a scanner."""

from __future__ import annotations

import io
import json

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from render_dressed import BY_KIND, example
from support import REFERENCE, needs_reference
from ulak.render import RenderError, karekod, qr_png
from ulak.render.qr_picture import LONGEST

PAPER = ["tarih", "no", "ettn"]
PARTIES = ["vkntckn", "avkntckn"]
KINDS = ["senaryo", "tip"]


def scanned(png: bytes) -> str:
    with Image.open(io.BytesIO(png)) as picture:
        grey = picture.convert("L").resize((picture.width * 3, picture.height * 3), Image.Resampling.NEAREST)
    found = zxingcpp.read_barcode(grey)
    assert found
    return str(found.text)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        (
            "invoice/temelfatura-satis",
            [
                *PARTIES,
                *KINDS,
                *PAPER,
                "parabirimi",
                "malhizmettoplam",
                "kdvmatrah(20)",
                "hesaplanankdv(20)",
                "vergidahil",
            ],
        ),
        (
            "invoice/yolcuberaberfatura-istisna",
            [*PARTIES, "pasaportno", "aracikurumvkn", *KINDS, *PAPER, "parabirimi", "malhizmettoplam"],
        ),
        (BY_KIND["despatch"], [*PARTIES, *KINDS, *PAPER, "sevktarihi", "sevkzamani", "tasiyicivkn", "plaka"]),
        (
            BY_KIND["freelance"],
            [
                *PARTIES,
                *PAPER,
                "parabirimi",
                "brutucret",
                "tahsilkdv",
                "kdvtevkifat",
                "gvstopaj",
                "kdvtutari",
                "netucret",
            ],
        ),
        (
            BY_KIND["producer"],
            [*PARTIES, *KINDS, *PAPER, "parabirimi", "malhizmettoplam", "gvstopaj", "merafonu", "borsatescilucreti"],
        ),
    ],
    ids=["invoice", "traveller", "despatch", "freelance", "producer"],
)
def test_keys_stand_in_the_order_of_the_guide(name: str, keys: list[str]) -> None:
    payload = karekod(example(name))
    said = json.loads(payload)
    assert [*said][: len(keys)] == keys
    assert all(isinstance(value, str) for value in said.values())
    assert ": " not in payload
    assert "\n" not in payload
    assert scanned(qr_png(payload)) == payload


@pytest.mark.parametrize("kind", ["receipt", "answer"])
def test_documents_without_a_qr_code_say_nothing(kind: str) -> None:
    assert karekod(example(BY_KIND[kind])) == ""  # type: ignore[index]
    assert qr_png("") == b""


def test_the_sums_of_a_freelance_receipt_are_those_of_the_guides_sample() -> None:
    """1000 gross, 180 VAT of which 90 are withheld, 200 income tax: 800 net, 890 to collect."""
    document = example(BY_KIND["freelance"])
    for was, now in (
        (b">10000.00<", b">380.00<"),
        (b">25000.00</cbc:PayableAmount>", b">890.00</cbc:PayableAmount>"),
        (b">25000.00<", b">1000.00<"),
    ):
        document = document.replace(was, now)
    income_tax, vat = document.index(b">5000.00<"), document.rindex(b">5000.00<", 0, document.index(b"LegalMonetary"))
    document = document[:vat] + b">180.00<" + document[vat + 9 :]
    document = document[:income_tax] + b">200.00<" + document[income_tax + 9 :]
    withheld = (
        b'<cac:WithholdingTaxTotal><cbc:TaxAmount currencyID="TRY">90.00</cbc:TaxAmount><cac:TaxSubtotal>'
        b'<cbc:TaxAmount currencyID="TRY">90.00</cbc:TaxAmount></cac:TaxSubtotal></cac:WithholdingTaxTotal>'
    )
    document = document.replace(b"<cac:LegalMonetaryTotal>", withheld + b"<cac:LegalMonetaryTotal>")
    said = json.loads(karekod(document))
    assert (said["brutucret"], said["tahsilkdv"], said["kdvtevkifat"]) == ("1000.00", "90.00", "90.00")
    assert (said["gvstopaj"], said["kdvtutari"], said["netucret"], said["tahsilat"]) == (
        "200.00",
        "180.00",
        "800.00",
        "890.00",
    )


@needs_reference
def test_gibs_own_native_freelance_receipt_is_read() -> None:
    sample = REFERENCE / "samples" / "esmm" / "GIBFramework" / "SerbestMeslekMakbuzu.xml"
    said = json.loads(karekod(sample.read_bytes()))
    assert (said["no"], said["brutucret"], said["kdvtevkifat"], said["tahsilat"]) == (
        "GIB2018000000061",
        "1000",
        "18",
        "912",
    )


def test_subtotals_of_one_rate_become_one_pair() -> None:
    document = example("more/document-discount-and-rounding")
    both = document.replace(b"<cbc:Percent>10</cbc:Percent>", b"<cbc:Percent>20.00</cbc:Percent>")
    said = json.loads(karekod(both))
    assert said["hesaplanankdv(20)"] == "1077.46"
    assert [key for key in said if "(10)" in key] == []


def test_values_that_are_missing_stand_empty() -> None:
    said = json.loads(karekod(example(BY_KIND["despatch"]).replace(b'schemeID="PLAKA"', b"")))
    assert said["tasiyicivkn"] == ""
    assert said["plaka"] == "06ARD406"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(max_size=40))
def test_any_number_and_plate_are_read_back(number: str, plate: str) -> None:
    root = etree.fromstring(example(BY_KIND["despatch"]))
    found = next(root.iterfind(".//{*}LicensePlateID")), next(root.iterfind("{*}ID"))
    for element, text in zip(found, (plate, number), strict=True):
        element.text = "".join(letter for letter in text if letter.isprintable())
    payload = karekod(root)
    assert payload.isascii()
    assert scanned(qr_png(payload)) == payload
    assert json.loads(payload)["plaka"] == (found[0].text or "").strip()


@pytest.mark.parametrize("size", [1, 660, 661, LONGEST])
def test_every_size_is_read_back(size: int) -> None:
    payload = "k" * size
    assert scanned(qr_png(payload)) == payload


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(RenderError) as refused:
        qr_png("ş" * LONGEST)
    assert refused.value.code == "render.qr-too-long"
    assert str(LONGEST) in refused.value.text.tr


def test_the_picture_has_one_bit_for_a_pixel_and_is_small() -> None:
    png = qr_png(karekod(example("invoice/temelfatura-satis")))
    with Image.open(io.BytesIO(png)) as picture:
        assert (picture.mode, picture.getpixel((0, 0))) == ("1", 255)
        assert picture.width < 100
    assert len(png) < 1000
