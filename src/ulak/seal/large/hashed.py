"""What the ways of digesting a document without holding it have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import new
from typing import TYPE_CHECKING, Final

from lxml import etree

from ulak.seal.algorithms import Digest
from ulak.seal.canonical import canonical_document
from ulak.seal.names import local
from ulak.seal.problems import problem

if TYPE_CHECKING:
    from hashlib import _Hash

__all__ = ["Hashed", "canonical"]

_NOT_SHORT: Final = 1 << 20
"""Tells `canonical_document` to take libxml2's own way, whatever the size of a piece."""
_PLAIN: Final = re.compile(r"[\w.\-:]+")


class Hashed:
    """The part of `ulak.seal.octets.Streamed` that follows from the parts of a canonical form.

    Args:
        watched: values of Id attributes that `count` is going to be asked for.
    """

    def __init__(self, watched: Iterable[str] = ()) -> None:
        self._watched: Final = tuple(watched)
        self._ids: Final[Counter[str]] = Counter()
        self._made: Final[dict[Digest, _Hash]] = {}

    def __iter__(self) -> Iterator[bytes]:
        """The canonical form, part by part."""
        raise TypeError(f"{type(self).__name__} has no parts")

    def hashed(self, digest: Digest) -> _Hash:
        """A hash that has taken in the whole; every call gives one of its own."""
        if digest not in self._made:
            made = new(digest.name)
            for part in self:
                made.update(part)
            self._made[digest] = made
        return self._made[digest].copy()

    def count(self, id: str) -> int:
        """How many elements outside of the seal have this Id, one of ``watched``; known once a digest was made."""
        return self._ids[id]

    def _count(self, elements: Iterable[etree._Element], form: bytes) -> None:
        """Count the watched Ids of elements; ``form`` holds them, so that most pieces need not be walked through."""
        wanted = [id for id in self._watched if not _PLAIN.fullmatch(id) or f'="{id}"'.encode() in form]
        if wanted:
            self._ids.update(id for id in _ids_of(elements) if id in wanted)


def canonical(root: etree._Element) -> bytes:
    """The canonical form of a piece.

    Raises:
        SealingError: ``seal.not-canonical``.
    """
    try:
        return canonical_document(root, _NOT_SHORT)
    except etree.C14NError as error:
        raise problem("seal.not-canonical", detail=str(error)) from None


def _ids_of(elements: Iterable[etree._Element]) -> Iterator[str]:
    for element in elements:
        yield from (str(value) for name, value in element.attrib.items() if local(str(name)).lower() == "id")
