"""Values that two readers may read in two ways: those with a comment or a processing instruction in the middle."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from ulak.seal.names import local

__all__ = ["Split", "split_value"]


class Split(NamedTuple):
    """Where a value is split.

    Attributes:
        name: local name of the element whose value it is.
    """

    name: str
    line: int | None


def split_value(root: etree._Element) -> Split | None:
    """The first value that a comment or a processing instruction splits.

    The canonical form of a document has no comments, so a seal does not cover them, and many programs read a value
    only as far as the first one.

    >>> split_value(etree.fromstring("<a><!-- fine --><ID>A<!-- -->B</ID></a>"))
    Split(name='ID', line=1)
    """
    seen: set[etree._Element] = set()
    for odd in root.iter(etree.Comment, etree.PI):
        parent = odd.getparent()
        if parent is None or parent in seen:
            continue
        if _has_text(parent):
            line = odd.sourceline
            return Split(local(str(parent.tag)), line if isinstance(line, int) else None)
        seen.add(parent)
    return None


def _has_text(element: etree._Element) -> bool:
    return any(text.strip() for text in (element.text or "", *(child.tail or "" for child in element)))
