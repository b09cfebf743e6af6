"""A damaged document is either refused with a code or read, and then nothing that was in it is lost."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from ubl_examples import documents, texts
from ulak.errors import UlakError
from ulak.ubl.documents import read_document, write_document

_NAMES = st.sampled_from(["ID", "{urn:x}y", "{http://earsiv.efatura.gov.tr}vkn"])


@st.composite
def damaged(draw: st.DrawFn) -> etree._Element:
    """A document with elements moved, doubled, renamed, emptied or filled with something else."""
    root = etree.fromstring(write_document(draw(documents())))
    for _ in range(draw(st.integers(1, 4))):
        element = draw(st.sampled_from(list(root.iter(etree.Element))))
        parent = element.getparent()
        match draw(st.sampled_from(["move", "double", "rename", "text", "tail", "attribute", "remove"])):
            case "move" if parent is not None:
                parent.append(element)
            case "double" if parent is not None:
                parent.insert(0, etree.fromstring(etree.tostring(element, with_tail=False)))
            case "rename" if parent is not None:
                element.tag = draw(_NAMES)
            case "text":
                element.text = draw(texts)
            case "tail" if parent is not None:
                element.tail = draw(texts)
            case "attribute":
                element.set(draw(_NAMES), draw(texts))
            case "remove" if parent is not None:
                parent.remove(element)
            case _:
                pass
    return root


def _content(root: etree._Element) -> Counter[tuple[object, ...]]:
    """How often each element with its attributes occurs."""
    return Counter((element.tag, *sorted(element.items())) for element in root.iter(etree.Element))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(damaged())
def test_a_damaged_document_is_refused_or_kept_whole(root: etree._Element) -> None:
    data = etree.tostring(root)
    try:
        document = read_document(data)
    except UlakError:
        return
    written = write_document(document)
    assert _content(etree.fromstring(written)) == _content(etree.fromstring(data))
    assert write_document(read_document(written)) == written
