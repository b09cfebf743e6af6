"""What a seal covers: the canonical bytes of the document, and that no reader can read them in two ways."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from lxml import etree

from ulak.seal.canonical import canonical_document, canonical_element
from ulak.seal.names import EXC_C14N, EXC_C14N_COMMENTS, local
from ulak.seal.splits import split_value
from ulak.seal.verify.findings import Findings, Stop

__all__ = ["canonical", "check_ids", "check_values", "document_without"]

_PLAIN: Final = re.compile(r"[\w.\-:]+")


def canonical(element: etree._Element, method: str, prefixes: tuple[str, ...]) -> bytes:
    """The canonical form of an element in its place; raises Stop if it has none."""
    return _made(lambda: canonical_element(element, method, prefixes))


def document_without(signature: etree._Element, method: str, prefixes: tuple[str, ...], size: int) -> bytes:
    """The canonical document but the signature, which is taken out of its tree for good.

    This is ``URI=""`` with the enveloped-signature transform, which leaves no comments (XML Signature 1.1, 4.4.3.3).
    """
    root = signature.getroottree().getroot()
    _take_out(signature)
    is_exclusive = method in (EXC_C14N, EXC_C14N_COMMENTS)
    return _made(lambda: canonical_document(root, size, is_exclusive=is_exclusive, prefixes=prefixes))


def _made(make: Callable[[], bytes]) -> bytes:
    try:
        return make()
    except KeyError as error:
        raise Stop("seal.canonicalization", method=str(error)) from None
    except (etree.LxmlError, ValueError) as error:
        raise Stop("seal.not-canonical", detail=str(error)) from None


def check_values(root: etree._Element, findings: Findings) -> None:
    """Refuse comments and processing instructions that split a value."""
    if split := split_value(root):
        findings.add("seal.split-value", name=split.name, line=split.line)


def check_ids(
    root: etree._Element, content: bytes, signature: etree._Element, found: list[str], ids: tuple[str, ...]
) -> None:
    """Refuse an Id of the seal that occurs twice, in the seal or in what it covers.

    Args:
        root: of the document, from which the signature may have been taken out.
        content: its canonical form if it was, where a look is quick; else empty.
        found: the Ids in the signature.
        ids: those that must be there once.
    """
    for id_ in ids:
        count = found.count(id_)
        if count != 1 or not content or not _PLAIN.fullmatch(id_) or f'="{id_}"'.encode() in content:
            trees = {root, signature} if content else {root}
            count = sum(_ids_in(tree, id_) for tree in trees)
        if count != 1:
            raise Stop("seal.duplicate-id", id=id_, count=count)


def _ids_in(tree: etree._Element, id_: str) -> int:
    return sum(
        value == id_ and local(str(name)).lower() == "id"
        for element in tree.iter("*")
        for name, value in element.attrib.items()
    )


def _take_out(signature: etree._Element) -> None:
    parent, before, tail = signature.getparent(), signature.getprevious(), signature.tail
    assert parent is not None
    # lxml removes the text behind an element together with it.
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(signature)
