"""What is found in a book while it passes by: the first findings, in order, told with their places in the whole."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from lxml import etree

from ulak.ledger.judging.spots import Place, Spot
from ulak.ledger.reading.streaming import Node
from ulak.ledger.reading.tags import DETAIL, ENTRIES, HEADER, XBRL
from ulak.rules.check import MOST, and_more
from ulak.rules.engine import Failure
from ulak.rules.findings import Finding
from ulak.rules.program import Program
from ulak.rules.schematron import Assertion
from ulak.rules.writer import Writer

__all__ = ["Broken", "Faults"]

_ENTRY: Final = 4
"""Which step of a finding's XPath names the entry: /defter/xbrl/accountingEntries/entryHeader."""


class _Kept(NamedTuple):
    """A finding, and the entry and the line it is about; ``line`` is 0 where its XPath has the right position."""

    finding: Finding
    place: Place | None = None
    line: int = 0


class Faults:
    """What the schema found: the first thousand, and how many more."""

    def __init__(self) -> None:
        self._kept: list[_Kept] = []
        self.count = 0

    def add(self, finding: Finding, place: Place | None = None, line: int = 0) -> None:
        """One more; ``line`` is the line's position in its entry, where the finding is about one and cannot know."""
        self.count += 1
        if len(self._kept) < MOST:
            self._kept.append(_Kept(finding, place, line))

    def told(self, entries: int) -> Iterator[Finding]:
        """All, with their places among so many entries."""
        for kept in self._kept:
            yield _placed(kept, entries)
        yield from and_more(self.count - len(self._kept))


class Broken:
    """What the rules found: the first thousand by line, then by rule, as `ulak.rules.check` orders them.

    Args:
        program: the whole Schematron.
        ids: stable ids of its assertions.
    """

    def __init__(self, program: Program, ids: Mapping[Assertion, str]) -> None:
        self.count = 0
        self._program = program
        self._ids = ids
        self._numbers = {id(assertion): number for number, (_, _, assertion) in enumerate(program.assertions)}
        # The heap gives up the last of those it holds: its keys are negative.
        self._heap: list[tuple[tuple[int, int, int], _Kept]] = []
        self._stopped: set[int] = set()

    def number_of(self, program: Program, number: int) -> int:
        """The number that an assertion of a part of the Schematron has in the whole."""
        return self._numbers[id(program.assertions[number][2])]

    def wants(self, number: int, line: int | None) -> bool:
        """Whether a broken rule there would be among the first; one that would not is counted."""
        if len(self._heap) < MOST or self._key(number, line) > self._heap[0][0]:
            return True
        self.count += 1
        return False

    def add(self, number: int, finding: Finding, place: Place | None = None, line: int = 0) -> None:
        """A broken rule, by its number in the whole, that is wanted."""
        key = self._key(number, finding.line)
        self.count += 1
        kept = _Kept(finding, place, line)
        if len(self._heap) < MOST:
            heapq.heappush(self._heap, (key, kept))
        else:
            heapq.heappushpop(self._heap, (key, kept))

    def _key(self, number: int, line: int | None) -> tuple[int, int, int]:
        return -(line or 0), -number, -self.count

    def stop(self, number: int) -> None:
        """A rule that could not be evaluated."""
        self._stopped.add(number)

    def add_spot(self, number: int, root: Node, spot: Spot) -> None:
        """A broken rule at an element that is gone."""
        if not self.wants(number, spot.line):
            return
        node = _stand_in(root, spot)
        finding = Writer(node).failure(Failure(number, node, "", ()), self._program, self._ids)
        self.add(number, finding, spot.place, spot.number)

    def told(self, root: Node, entries: int) -> Iterator[Finding]:
        """All, with their places among so many entries."""
        for _, kept in sorted(self._heap, key=lambda each: each[0], reverse=True):
            yield _placed(kept, entries)
        yield from and_more(self.count - len(self._heap))
        for number in sorted(self._stopped):
            assertion = self._program.assertions[number][2]
            yield Writer(root).unjudged(self._ids[assertion], assertion)


def _stand_in(root: Node, spot: Spot) -> Node:
    """An element like the one at a spot, in a document of its own."""
    node = etree.Element(root.tag)
    for tag in (XBRL, ENTRIES, *((HEADER,) if spot.place else ()), *((DETAIL,) if spot.number else ())):
        node = etree.SubElement(node, tag)
    node.text = spot.text
    if spot.line is not None:
        node.sourceline = spot.line  # type: ignore[assignment]
    return node


def _placed(kept: _Kept, entries: int) -> Finding:
    if kept.place is None:
        return kept.finding
    steps = kept.finding.xpath.split("/")
    if len(steps) > _ENTRY:
        steps[_ENTRY] = _numbered(steps[_ENTRY], kept.place.position, entries)
    if kept.line and len(steps) > _ENTRY + 1:
        steps[_ENTRY + 1] = _numbered(steps[_ENTRY + 1], kept.line, kept.place.lines)
    return replace(kept.finding, xpath="/".join(steps))


def _numbered(step: str, position: int, total: int) -> str:
    name = step.partition("[")[0]
    return f"{name}[{position}]" if total > 1 else name
