"""An element is found in the bytes of a document wherever it stands and however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ulak.spans import Edit, edited, spans_of
from ulak.xml import XmlError

_NAMES = st.sampled_from(["a", "b", "u:c", "ş"])
_ATTRIBUTES = st.sampled_from(["", ' x="1>2"', " y='\"/>'", '\n\tz = "&lt;"', ' u:w="ğ"'])
_TEXT = st.sampled_from(
    ["", "text", "&amp;", "ğüş", "\n  ", "<!-- <a> -->", "<![CDATA[</a>]]>", "<?pi <a?>", "&#x20AC;"]
)


def _element(name: str, attributes: str, content: list[str]) -> str:
    inner = "".join(content)
    return f"<{name}{attributes}>{inner}</{name} >" if inner else f"<{name}{attributes}/>"


_TREE = st.recursive(
    _TEXT, lambda inner: st.builds(_element, _NAMES, _ATTRIBUTES, st.lists(inner, max_size=3)), max_leaves=12
)


@given(st.lists(_TREE, max_size=4), st.sampled_from(["", "\ufeff", '<?xml version="1.0"?>\n<!-- <a/> -->']))
def test_what_is_cut_out_is_the_element_itself(parts: list[str], before: str) -> None:
    document = f'{before}<root xmlns:u="urn:u">{"".join(parts)}</root>'.encode()
    root = etree.fromstring(document)
    for depth in (1, 2, 3):
        found = spans_of(document, [("root", *["*"] * depth)])
        elements = [child for child in root.iter(etree.Element) if len(list(child.iterancestors())) == depth]
        assert len(found) == len(elements)
        for span, element in zip(found, elements, strict=True):
            piece = b'<in xmlns:u="urn:u">' + document[span.start : span.end] + b"</in>"
            again = etree.fromstring(piece)[0]
            assert span.path[-1] == element.tag
            assert etree.tostring(again, method="c14n", exclusive=True) == etree.tostring(
                element, method="c14n", exclusive=True, with_comments=True
            ).removesuffix((element.tail or "").encode())
            assert span.is_empty_tag or document[span.close :].startswith(b"</")
            assert document[span.inside - 1 : span.inside] == b">"


def test_reading_stops_where_it_is_told_to() -> None:
    document = b"<a><b/><c/><b/>" + b"<broken"
    assert [span.start for span in spans_of(document, [("a", "b")], until=("a", "c"))] == [3]


def test_an_element_that_holds_the_place_to_stop_is_not_found_half() -> None:
    assert spans_of(b"<a><b><c/></b></a>", [("a", "b")], until=("a", "b", "c")) == []


def test_namespaces_count_and_prefixes_do_not() -> None:
    document = b'<x:a xmlns:x="urn:x"><b xmlns="urn:x"/><b/></x:a>'
    assert len(spans_of(document, [("{urn:x}a", "{urn:x}b")])) == 1


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", "xml.dtd"),
        (b'<?xml version="1.0" encoding="ISO-8859-9"?><a/>', "xml.encoding"),
        ("<a/>".encode("utf-16"), "xml.encoding"),
        ("<a/>".encode("utf-16-le"), "xml.encoding"),
        (b"<a><b></a>", "xml.malformed"),
        (b"", "xml.malformed"),
        (b"<a>\xff</a>", "xml.malformed"),
    ],
)
def test_what_cannot_be_read_is_said(document: bytes, code: str) -> None:
    with pytest.raises(XmlError) as caught:
        spans_of(document, [("a",)])
    assert caught.value.code == code


def test_edits_leave_everything_else_as_it_was() -> None:
    assert edited(b"0123456789", [Edit(8, 10, b""), Edit(2, 2, b"x"), Edit(2, 4, b"y")]) == b"01xy4567"


def test_edits_that_overlap_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="overlap"):
        edited(b"0123456789", [Edit(1, 5, b""), Edit(3, 4, b"")])
