"""Places in a book that is gone by the time when it is known what is wrong there."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from ulak.ledger.reading.streaming import Node
from ulak.rules.findings import line_of

__all__ = ["Place", "Spot", "Told", "spot_of"]


class Place:
    """An entryHeader: its position among all, from 1, and how many lines it has, as far as it is read."""

    __slots__ = ("lines", "position")

    def __init__(self, position: int) -> None:
        self.position = position
        self.lines = 0


class Spot(NamedTuple):
    """An element at fault.

    Attributes:
        place: the entry; None for ``accountingEntries`` itself.
        number: of the line in its entry, from 1; 0 for the entry.
        line: in the file.
        text: what stands in the element, if no other element does.
    """

    place: Place | None
    number: int
    line: int | None
    text: str


class Told(Protocol):
    """Takes what the streamed rules have to say; ``rule`` is a name of `known.KNOWN`."""

    def fails(self, rule: str, spot: Spot) -> None:
        """The rule is broken there."""

    def stops(self, rule: str) -> None:
        """The rule cannot be evaluated: it wanted a number, or one value, and met something else."""


def spot_of(node: Node, place: Place, number: int = 0) -> Spot:
    """The spot of an entry or line at hand."""
    return Spot(place, number, line_of(node), "" if len(node) else (node.text or "").strip())
