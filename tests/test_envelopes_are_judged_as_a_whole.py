"""What no document shows by itself: two seals of an envelope with the same Id, an answer of another sort."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from cli_support import document
from envelopes import NOW, answer, header, made, xml
from seal_pki import KNOWN_KEY, KNOWN_TRUST
from seal_pki import NOW as SEALED_AT
from ulak.envelope import (
    ElementType,
    Envelope,
    EnvelopeError,
    EnvelopeType,
    Group,
    opening,
    opening_xml,
    pack,
    pack_to,
    xml_pieces,
)
from ulak.envelope.ids import MOST_IDS, Ids
from ulak.rules import check
from ulak.seal.sealing import seal
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verify import verify

DSIG = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"


def sealed() -> bytes:
    return seal(document(), KNOWN_KEY, at=SEALED_AT)


def twice() -> Envelope:
    return Envelope(header(), (Group(ElementType.INVOICE, [sealed(), sealed()]),))


def faults(data: bytes, *, parse: bool = True) -> list[str]:
    opened = opening(data, parse=parse)
    assert sum(1 for _ in opened) > 0
    return [fault.code for fault in opened.faults]


def elements(*written: str) -> etree._Element:
    return etree.fromstring(f'<a xmlns:ds="{DSIG}" xmlns:xades="{XADES}" xmlns:o="urn:other">{"".join(written)}</a>')


def clashes(*documents: etree._Element) -> list[str]:
    ids = Ids()
    return [fault.where for number, root in enumerate(documents) for fault in ids.add(root, str(number))]


def test_the_same_seal_twice_is_not_packed(tmp_path: Path) -> None:
    with open(tmp_path / "a.zip", "w+b") as file:
        for packing in (lambda: pack(twice()), lambda: pack_to(file, twice())):
            refused(packing)


def refused(packing: Callable[[], object]) -> None:
    with pytest.raises(EnvelopeError) as caught:
        packing()
    assert (caught.value.code, caught.value.status) == ("envelope.duplicate-id", "1160")
    assert caught.value.where == "Elements[1]/ElementList[2]"


def test_gibs_schema_says_the_same_of_the_whole_and_nothing_of_the_parts() -> None:
    whole = b"".join(xml_pieces(twice(), parse=False))
    assert {finding.id for finding in check(whole, as_of=NOW.date()).findings if finding.id.startswith("xsd.")}
    assert faults(made(whole)) == ["envelope.duplicate-id"]
    for found in opening(made(whole)):
        assert not [each for each in check(found.data, as_of=NOW.date()).findings if each.id.startswith("xsd.")]
        assert verify(found.data, trust=Trust(TrustStore.read(KNOWN_TRUST)), at=SEALED_AT).passed


def test_what_a_schema_finds_is_told_with_the_document_that_it_is_in() -> None:
    parts = [document(), document().replace(b"2026-11-02", b"2026-11-99")]
    whole = b"".join(xml_pieces(Envelope(header(), (Group(ElementType.INVOICE, parts),)), parse=False))
    place = "/sh:StandardBusinessDocument/ef:Package/Elements/ElementList/Invoice[2]/cbc:IssueDate"
    found = check(whole, as_of=NOW.date()).findings
    assert [finding.xpath for finding in found if finding.id == "xsd.value-type"] == [place]


def test_without_parsing_nothing_inside_documents_is_judged() -> None:
    whole = b"".join(xml_pieces(twice(), parse=False))
    assert faults(made(whole), parse=False) == []
    wrong = Envelope(header(EnvelopeType.SYSTEM), (Group(ElementType.APPLICATION_RESPONSE, [answer()]),))
    assert faults(pack(wrong, parse=False).data, parse=False) == []


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ('<ds:Signature Id="a"/>', '<ds:Signature Id="a"/>', True),
        ('<ds:Signature Id="a"/>', '<xades:SignedProperties Id="a"/>', True),
        ('<ds:Signature Id="a"/>', "<ds:Object Id=' a&#32;'/>", True),
        ('<ds:Signature Id="a"/>', '<ds:Signature Id="A"/>', False),
        ('<ds:Signature Id="a"/>', '<o:Signature Id="a"/>', False),
        ('<ds:Signature Id="a"/>', '<ds:Signature o:Id="a"/>', False),
        ('<ds:Signature Id="a"/>', '<!-- <ds:Signature Id="a"/> --><![CDATA[<ds:Signature Id="a"/>]]>', False),
    ],
)
def test_only_ids_of_seals_count(first: str, second: str, clash: bool) -> None:
    assert bool(clashes(elements(first), elements(second))) is clash
    assert bool(clashes(elements(first, second))) is clash


def test_each_document_is_told_once() -> None:
    both = elements('<ds:Signature Id="a"/><ds:Object Id="b"/>')
    assert clashes(both, both, elements('<ds:Object Id="c"/>'), both) == ["1", "3"]


def test_ids_without_end_are_refused() -> None:
    many = elements(*(f'<ds:Object Id="{number}"/>' for number in range(MOST_IDS + 1)))
    with pytest.raises(EnvelopeError) as caught:
        list(Ids().add(many))
    assert (caught.value.code, caught.value.status) == ("envelope.id-limit", "1130")


@pytest.mark.parametrize(
    ("type", "code", "fault"),
    [
        (EnvelopeType.SYSTEM, "S_APR", []),
        (EnvelopeType.SYSTEM, " S_APR\n", []),
        (EnvelopeType.SYSTEM, "KABUL", ["envelope.not-system-response"]),
        (EnvelopeType.SYSTEM, "", ["envelope.not-system-response"]),
        (EnvelopeType.POSTBOX, "S_APR", ["envelope.system-response"]),
        (EnvelopeType.POSTBOX, "KABUL", []),
        (EnvelopeType.POSTBOX, "GUMRUKONAY", []),
    ],
)
def test_system_responses_and_business_answers_do_not_mix(type: EnvelopeType, code: str, fault: list[str]) -> None:
    wrong = Envelope(header(type), (Group(ElementType.APPLICATION_RESPONSE, [answer(code=code)]),))
    assert faults(pack(wrong, parse=False).data) == fault
    if fault:
        with pytest.raises(EnvelopeError) as caught:
            pack(wrong)
        assert [caught.value.code] == fault


def test_the_outside_can_be_read_though_the_first_document_breaks_off() -> None:
    whole = xml()
    opened = opening_xml([whole[: whole.index(b"</Invoice>")]])
    assert opened.header == header()
    with pytest.raises(EnvelopeError) as caught:
        list(opened)
    assert (caught.value.code, caught.value.status) == ("envelope.malformed", "1140")


def test_what_breaks_off_before_the_first_list_cannot_be_opened() -> None:
    whole = xml()
    with pytest.raises(EnvelopeError) as caught:
        opening_xml([whole[: whole.index(b"<ElementList>")]])
    assert caught.value.code == "envelope.malformed"
