"""Whatever bytes come, an envelope is opened as a parser reads it, or refused with a status."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from envelopes import answer, envelope, header, invoice, made, xml
from ulak.envelope import (
    ElementType,
    Envelope,
    EnvelopeError,
    EnvelopeType,
    Group,
    open_envelope,
    opening_xml,
)
from ulak.xml import XmlError, parse

ODD = invoice().replace(
    b"</Invoice>",
    b"<!-- </Invoice> --><![CDATA[</Invoice>]]><?a </Invoice>?><x a='&gt;>'/><Invoice/></Invoice>",
)
WHOLE = xml(envelope(invoice(), ODD, invoice(2)))
DELIMITERS = [
    *(b"<", b">", b"</", b"/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?a", b"?>", b'"', b"'", b"&amp;", b"&#60;"),
    *(
        b"</Invoice>",
        b"<Invoice>",
        b"<Invoice/>",
        b"</ElementList>",
        b"<ElementList>",
        b"\xc5\x9f",
        b"\xff",
        b"\0",
        b":",
    ),
]
LISTS = "{http://www.efatura.gov.tr/package-namespace}Package/Elements/ElementList"


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_mutated_zip_never_raises_anything_else(data: st.DataObject) -> None:
    whole = bytearray(made(envelope_of_answers()))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    tried(bytes(whole))


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_mutated_xml_never_raises_anything_else(data: st.DataObject) -> None:
    whole = bytearray(xml())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        new = data.draw(
            st.one_of(st.binary(max_size=4), st.sampled_from([b"<", b">", b"<!--", b"<![CDATA[", b"<?", b"</"]))
        )
        whole[at : at + data.draw(st.integers(0, 3))] = new
    tried(made(bytes(whole)))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_never_raise_anything_else(data: bytes, begun: bool) -> None:
    tried(b"PK\x03\x04" + data if begun else data)
    tried(made(data))


def envelope_of_answers() -> bytes:
    return xml(Envelope(header(EnvelopeType.POSTBOX), (Group(ElementType.APPLICATION_RESPONSE, [answer()]),)))


def tried(data: bytes) -> None:
    """Open it; if it opens, what was cut out is XML."""
    with suppress(EnvelopeError):
        for group in open_envelope(data).groups:
            for document in group.documents:
                parse(document)


@settings(max_examples=500, deadline=None)
@given(st.data(), st.sampled_from([1, 7, 50, 10_000]), st.booleans())
def test_documents_are_those_that_a_parser_finds(data: st.DataObject, piece: int, parsed: bool) -> None:
    whole = bytearray(WHOLE)
    start = whole.index(b"<ElementList>")
    for _ in range(data.draw(st.integers(1, 2))):
        at = data.draw(st.integers(start, len(whole) - 1))
        whole[at : at + data.draw(st.sampled_from([0, 0, 1, 2, 5]))] = data.draw(st.sampled_from(DELIMITERS))
    compare(bytes(whole), piece, parsed)


def compare(whole: bytes, piece: int, parsed: bool) -> None:
    """Hold an opening to what libxml2 makes of the same bytes."""
    try:
        opened = opening_xml([whole[at : at + piece] for at in range(0, len(whole), piece)], parse=parsed)
        documents = [document.data for document in opened]
        if opened.faults:
            return
        ours = [canonical(parse(document)) for document in documents]
    except (EnvelopeError, XmlError):
        assert parsed is False or not_read(whole)
        return
    assert ours == [canonical(child) for found in parse(whole).iterfind(LISTS) for child in found.iterchildren("*")]


def canonical(element: etree._Element) -> bytes:
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=True)


def not_read(whole: bytes) -> bool:
    """Whether a parser refuses it, too."""
    try:
        parse(whole)
    except XmlError:
        return True
    return False


@pytest.mark.parametrize(
    "inside",
    [
        b"<Invoice a='",
        b"<Invoice 'a\"",
        b"<!-- ",
        b"<![CDATA[",
        b"<?a ",
        b"</Invoice ",
        b"<Invoice\n",
        b"<Invoice>",
        b"<",
    ],
)
def test_a_document_that_does_not_end_is_refused_without_searching_it_again_and_again(inside: bytes) -> None:
    endless = invoice().replace(b"</Invoice>", b"<!-- -->" + inside * 200_000)
    data = made(xml().replace(invoice(), endless))
    for parsed in (True, False):
        with pytest.raises(EnvelopeError) as caught:
            open_envelope(data, parse=parsed)
        assert caught.value.status == "1140"
