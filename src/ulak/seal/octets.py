"""What a reference of a seal gives: bytes, or a document too large to hold, as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from ulak.seal.algorithms import Digest

if TYPE_CHECKING:
    from hashlib import _Hash

__all__ = ["Octets", "Streamed"]


class Streamed(Protocol):
    """The canonical form of a large document but its seal, inclusive and without comments; `ulak.seal.large` has it."""

    def hashed(self, digest: Digest) -> _Hash:
        """A hash of one's own that has taken in all of it."""
        ...

    def __iter__(self) -> Iterator[bytes]:
        """All of it, part by part."""
        ...

    def count(self, id: str) -> int:
        """How many elements of it have this Id."""
        ...


Octets = bytes | Streamed
