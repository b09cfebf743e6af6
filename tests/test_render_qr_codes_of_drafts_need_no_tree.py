"""What a karekod says is found in the bytes of Ulak's own drafts as it is in their trees, or not at all."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from render_dressed import example
from ulak.render import karekod, stylesheet
from ulak.render.qr_drafts import Said, said_by_draft
from ulak.render.qr_tellings import said_by_texts
from ulak.rules.moulds import cast_of
from ulak.seal.insertion import is_draft
from ulak.xml import parse
from ulak_server.designs.services import Dress
from ulak_server.exchange.outbound.dressing import enclosed, enclosed_in

EXAMPLES = Path(__file__).parents[1] / "examples"
INVOICES = sorted(f"invoice/{path.stem}" for path in EXAMPLES.glob("invoice/*.json"))
DESPATCHES = sorted(f"despatch_advice/{path.stem}" for path in EXAMPLES.glob("despatch_advice/*.json"))
PARSED = {"invoice/yolcuberaberfatura-istisna", "invoice/yatirimtesvik-istisna", "invoice/earsivfatura-ytbistisna"}
"""Profiles and subtotals that are left to the tree."""
ORDINARY = "invoice/ticarifatura-tevkifat"
SENT = "despatch_advice/temelirsaliye-sevk"
LEAF = re.compile(rb">([^<>]+)</cbc:(ProfileID|ID|UUID|IssueDate|[A-Za-z]+Code|[A-Za-z]+Amount|Percent)>")
IDENTIFIED = b'<cac:PartyIdentification><cbc:ID schemeID="%b">%b</cbc:ID></cac:PartyIdentification>'
CARRIED = b"<cac:CarrierParty>" + IDENTIFIED % (b"VKN", b"1") + b"<cac:PartyName/></cac:CarrierParty>"
TWISTS = {
    "a carrier": (rb"</cac:Delivery>", CARRIED + b"</cac:Delivery>"),
    "a carrier ahead": (rb"</cac:ShipmentStage>", CARRIED + b"</cac:ShipmentStage>"),
    "a carrier in a line": (rb"</cac:DespatchLine>", CARRIED + b"</cac:DespatchLine>"),
    "two deliveries": (rb"<cac:Delivery>", b"<cac:Delivery></cac:Delivery><cac:Delivery>"),
    "no hour": (rb"<cbc:ActualDespatchTime>[^<]*</cbc:ActualDespatchTime>", b""),
    "no plate": (rb"<cac:RoadTransport>.*?</cac:RoadTransport>", b""),
    "two plates": (rb"(<cac:RoadTransport>.*?</cac:RoadTransport>)", rb"\1\1"),
    "an empty plate": (rb">06ARD406<", b"><"),
    "no shipment": (rb"<cac:Shipment>.*?</cac:Shipment>", b""),
    "a shipment in a line": (rb"(<cac:Shipment>.*?</cac:Shipment>)(.*?<cac:DespatchLine>)", rb"\2\1"),
    "no lines": (rb"<cac:DespatchLine>.*</cac:DespatchLine>", b""),
    "blanks around values": (rb">([^<>]+)</cbc:(ID|UUID|TaxAmount|Percent)>", rb"> \n\1\t</cbc:\2>"),
    "an escaped letter": (rb"<cbc:ID>", b"<cbc:ID>&amp;"),
    "a letter by its number": (rb"<cbc:UUID>", b"<cbc:UUID>&#48;"),
    "another number first": (
        rb"<cac:PartyIdentification>",
        IDENTIFIED % (b"MERSISNO", b"0123") + b"<cac:PartyIdentification>",
    ),
    "two numbers": (rb"<cac:PartyIdentification>", IDENTIFIED % (b"VKN", b"9") + b"<cac:PartyIdentification>"),
    "no number that counts": (rb'schemeID="VKN"', b'schemeID="HIZMETNO"'),
    "another prefix": (rb"cbc:", b"c:"),
    "a prefix of another meaning": (rb"<cac:TaxTotal>", b'<cac:TaxTotal xmlns:cbc="urn:x">'),
    "another default": (rb"Invoice-2", b"Invoice-3"),
    "tags with blanks": (rb"<cbc:UUID>", b"<cbc:UUID >"),
    "attributes of leaves": (rb"<cbc:IssueDate>", b'<cbc:IssueDate x="1">'),
    "no currency": (rb"<cbc:DocumentCurrencyCode>[^<]*</cbc:DocumentCurrencyCode>", b""),
    "no percent": (rb"<cbc:Percent>[^<]*</cbc:Percent>", b""),
    "no subtotals": (rb"<cac:TaxSubtotal>.*?</cac:TaxSubtotal>", b""),
    "no taxes": (rb"<cac:TaxTotal>.*?</cac:TaxTotal>", b""),
    "every rate the same": (rb"<cbc:Percent>[^<]*<", b"<cbc:Percent>20.00<"),
    "rates that are no numbers": (rb"<cbc:Percent>[^<]*<", "<cbc:Percent>yüzde<".encode()),
    "other taxes": (rb">0015<", b">4171<"),
    "one more subtotal": (rb"(<cac:TaxSubtotal>.*?</cac:TaxSubtotal>)", rb"\1\1"),
    "a name between": (rb"<cac:Party>", b"<cac:Party><cbc:WebsiteURI>x</cbc:WebsiteURI>"),
    "a freelance receipt": (rb"<cbc:InvoiceTypeCode>[^<]*<", b"<cbc:InvoiceTypeCode>SERBESTMESLEKMAKBUZU<"),
    "a traveller": (rb"<cbc:ProfileID>[^<]*<", b"<cbc:ProfileID>YOLCUBERABERFATURA<"),
    "lines alone": (rb"<cac:LegalMonetaryTotal>.*?</cac:LegalMonetaryTotal>", b""),
    "no issuer": (rb"<cac:AccountingSupplierParty>.*?</cac:AccountingSupplierParty>", b""),
}
"""Documents as nobody should write them, or as others do: by regular expression and replacement."""


def karekod_of_draft(document: bytes) -> str | None:
    said = said_by_draft(document)
    return said.karekod if said else None


def agreed(document: bytes) -> bool:
    """Whether both ways say the same, or the way without a tree says nothing."""
    found = karekod_of_draft(document)
    return found is None or found == karekod(document)


@pytest.mark.parametrize("name", [*INVOICES, *DESPATCHES])
def test_the_bytes_say_what_the_tree_says(name: str) -> None:
    document = example(name)
    assert is_draft(document)
    assert karekod_of_draft(document) == (None if name in PARSED else karekod(document))
    assert said_by_draft(document, has_karekod=False) == (parse(document).findtext("{*}IssueDate"), "")


@pytest.mark.parametrize("twist", TWISTS)
@pytest.mark.parametrize("name", [ORDINARY, SENT, "more/document-discount-and-rounding"])
def test_what_is_written_otherwise_is_never_misread(name: str, twist: str) -> None:
    pattern, instead = TWISTS[twist]
    assert agreed(re.sub(pattern, instead, example(name), flags=re.DOTALL))


@pytest.mark.parametrize("kind", ["receipt_advice", "application_response", "credit_note"])
def test_other_kinds_are_left_to_the_tree(kind: str) -> None:
    for path in sorted(EXAMPLES.glob(f"{kind}/*.json"))[:3]:
        assert karekod_of_draft(example(f"{kind}/{path.stem}")) is None


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_texts_are_read_alike(data: st.DataObject) -> None:
    document = example(data.draw(st.sampled_from([ORDINARY, SENT])))
    found = list(LEAF.finditer(document))
    for match in sorted(data.draw(st.sets(st.sampled_from(found), max_size=4)), key=re.Match.start, reverse=True):
        text = data.draw(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12))
        said = html.escape(text).replace("\ufffe", "").replace("\uffff", "").encode()
        document = document[: match.start(1)] + said + document[match.end(1) :]
    assert agreed(document)


def told(document: bytes) -> Said | None:
    """What a draft's texts say by themselves."""
    cast = cast_of(document)
    return said_by_texts(cast.markup, cast.texts)


@pytest.mark.parametrize("name", [*INVOICES, *DESPATCHES])
def test_the_texts_say_what_the_bytes_say(name: str) -> None:
    document = example(name)
    found = told(document)
    assert found == told(document)
    assert found is None or found == said_by_draft(document)


def test_most_drafts_are_told_by_their_texts() -> None:
    assert sum(told(example(name)) is not None for name in [*INVOICES, *DESPATCHES]) > 30


@pytest.mark.parametrize("twist", TWISTS)
@pytest.mark.parametrize("name", [ORDINARY, SENT, "more/document-discount-and-rounding"])
def test_texts_that_are_written_otherwise_are_never_misread(name: str, twist: str) -> None:
    pattern, instead = TWISTS[twist]
    document = re.sub(pattern, instead, example(name), flags=re.DOTALL)
    found = told(document)
    assert found is None or found.karekod == karekod(document)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_texts_of_one_markup_say_what_the_bytes_say(data: st.DataObject) -> None:
    """Rates that come together, letters that JSON writes otherwise, blanks at the end: all is left to the bytes."""
    document = example(data.draw(st.sampled_from([ORDINARY, SENT, "invoice/temelfatura-satis"])))
    found = list(LEAF.finditer(document))
    texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)
    usual = st.sampled_from(["20", "20.00", "10", "0015", "0.00", "1.10 ", '"', "\\", "%b", "%s", "ş", "\u00a0"])
    for match in sorted(data.draw(st.sets(st.sampled_from(found), max_size=5)), key=re.Match.start, reverse=True):
        said = re.sub("[<>&\ufffe\uffff]", "-", data.draw(texts | usual)).lstrip() or "-"
        document = document[: match.start(1)] + said.encode() + document[match.end(1) :]
    answer = told(document)
    assert answer is None or answer == said_by_draft(document)


@pytest.mark.parametrize("name", [*INVOICES, *DESPATCHES])
@pytest.mark.parametrize("has_karekod", [True, False])
@pytest.mark.parametrize("has_stylesheet", [True, False])
def test_a_draft_is_dressed_alike_with_and_without_its_tree(name: str, has_karekod: bool, has_stylesheet: bool) -> None:
    worn = Dress(stylesheet("invoice") if has_stylesheet else b"", b"", has_karekod)
    document = example(name)
    found = enclosed_in(document, worn)
    assert found == enclosed(parse(document), worn) or (found is None and name in PARSED)


@pytest.mark.parametrize("already", [b"KAREKOD", b'<cbc:EmbeddedDocumentBinaryObject filename="a.xslt">'])
def test_what_may_be_dressed_already_is_parsed(already: bytes) -> None:
    document = example(ORDINARY).replace(b"<cac:Signature>", already + b"<cac:Signature>", 1)
    assert already in document
    assert enclosed_in(document, Dress(stylesheet("invoice"), b"", True)) is None
