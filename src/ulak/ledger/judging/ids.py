"""Ids (``xs:ID``) that may stand only once in a document, remembered over all pieces of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from lxml import etree

from ulak.ledger.reading.problems import problem
from ulak.ledger.reading.streaming import Node

__all__ = ["Ids"]

_MOST: Final = 200_000
"""Ids of entries that are remembered; GİB's guides have books with none."""
_IDS: Final = etree.XPath("descendant-or-self::*/@id")


class Ids:
    """The ids of the entries that passed by."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def repeated(self, nodes: Iterable[Node]) -> list[str]:
        """Those of some more elements that earlier ones had; all are remembered.

        Raises:
            BookError: ``book.ids`` – there are too many to be compared.
        """
        found = {id_.strip() for node in nodes if isinstance(node.tag, str) for id_ in _ids(node)}
        repeated = self.among(found)
        self._seen |= found
        if len(self._seen) > _MOST:
            raise problem("book.ids", limit=_MOST)
        return repeated

    def among(self, ids: Iterable[str]) -> list[str]:
        """Which of some ids entries had."""
        return sorted(self._seen.intersection(ids))


def _ids(node: Node) -> list[str]:
    found: Any = _IDS(node)
    return [str(each) for each in found]
