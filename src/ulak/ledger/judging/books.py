"""A book of any size judged while it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from lxml import etree

from ulak.errors import UlakError
from ulak.ledger.judging.dividing import Division, divide
from ulak.ledger.judging.findings import Broken, Faults
from ulak.ledger.judging.ids import Ids
from ulak.ledger.judging.pieces import Pieces, complete, entries_of
from ulak.ledger.judging.spots import Place, Spot
from ulak.ledger.judging.streamed import Streamed
from ulak.ledger.reading.streaming import Node, Portion, Stream
from ulak.ledger.reading.tags import DETAIL, ENTRIES, HEADER, XBRL
from ulak.rules.check import printable, schema_errors, verdict_of
from ulak.rules.compiler import compile_schema
from ulak.rules.engine import Engine
from ulak.rules.findings import Finding, Report, line_of
from ulak.rules.functions import today_minutes
from ulak.rules.pack import Pack
from ulak.rules.program import Program
from ulak.rules.schematron import Assertion
from ulak.rules.store import PackStore
from ulak.rules.writer import Writer

__all__ = ["BookJudge", "Rules", "rules_for"]

_ENOUGH: Final = 10_000
_STRAY_TEXT: Final = "xsd.text-not-allowed"
"""Said of the element around a text, once for each; all else is said of an entry or of what is in it."""
_UNEXPECTED: Final = "This element is not expected."
Places = Mapping[Node, tuple[Place, int]]
"""An element of a piece → the entry it is or belongs to, and the position of the line it is."""


class Rules(NamedTuple):
    """A Schematron for books, ready to judge."""

    program: Program
    division: Division
    frame: Engine
    pieces: Engine
    ids: Mapping[Assertion, str]
    schema: etree.XMLSchema | None


@cache
def rules_for(pack: Pack, store: PackStore, role: str, root: str) -> Rules:
    """The Schematron of a role, compiled once in the process.

    Raises:
        PackError, SchematronError: the pack is damaged or cannot be used.
    """
    schema = pack.schematron(role)
    division = divide(schema)
    frame, pieces = (Engine(compile_schema(part, {})) for part in (division.frame, division.pieces))
    found = pack.schema_for(etree.Element(root))
    return Rules(
        compile_schema(schema, {}), division, frame, pieces, store.ids(pack, role), found[1] if found else None
    )


class BookJudge:
    """Judges one book.

    Args:
        stream: the book; read to its end.
        rules: those of its kind.
        day: the business day.
        file: its name, which rules look at.
        is_sealed: False where it has no seal yet, and needs none.

    Attributes:
        is_disordered: whether something stands among entries or lines that is none. The schema refuses it; rules may
            then say a little more or less than they would of the whole.
    """

    def __init__(self, stream: Stream, rules: Rules, *, day: date, file: str, is_sealed: bool) -> None:
        self._stream = stream
        self._rules = rules
        self._today = today_minutes(day)
        self._file = file
        self._is_sealed = is_sealed
        self._frame_faults, self._faults = Faults(), Faults()
        self._broken = Broken(rules.program, rules.ids)
        self._streamed = Streamed(frozenset(rules.division.streamed), self)
        self._pieces: Pieces | None = None
        self._place: Place | None = None
        self._ids = Ids()
        self._count = 0
        self._schema_stopped = self._entry_stopped = False
        self._halted: Finding | None = None
        self.is_disordered = False

    # -- what streamed rules say --------------------------------------------------------------------------------------

    def fails(self, rule: str, spot: Spot) -> None:
        """See `spots.Told`."""
        self._broken.add_spot(self._rules.division.streamed[rule], self._stream.root, spot)

    def stops(self, rule: str) -> None:
        """See `spots.Told`."""
        self._broken.stop(self._rules.division.streamed[rule])

    # -- judging ------------------------------------------------------------------------------------------------------

    def report(self, pack: str) -> Report:
        """Judge the book.

        Raises:
            XmlError, BookError: it cannot be read to its end.
        """
        for portion in self._stream:
            if not self._has_enough:
                self._take(portion)
        root = self._stream.root
        if not self._has_enough:
            self._finish(root)
        self._judge_frame(root)
        faults = (*self._frame_faults.told(self._count), *self._faults.told(self._count))
        broken = self._broken.told(root, self._count) if self._halted is None else (self._halted,)
        findings = (*faults, *broken)
        return Report(verdict_of(findings), findings, etree.QName(root).localname, pack=pack, file=self._file)

    @property
    def _has_enough(self) -> bool:
        """Ten thousand findings are enough for anybody; the rest is read, but not judged."""
        return self._faults.count + self._broken.count > _ENOUGH

    def _take(self, portion: Portion) -> None:
        if self._pieces is None:
            self._pieces = Pieces(self._stream.root)
        if self._stream.strangers:
            self._schema_stopped = self.is_disordered = True
        if portion.header is None:
            self._take_entries(self._pieces, portion.nodes)
        else:
            self._take_lines(self._pieces, portion.header, portion)

    def _take_entries(self, pieces: Pieces, nodes: list[Node]) -> None:
        places = {}
        for node in nodes:
            if node.tag == HEADER:
                place = self._begin(node)
                places[node] = place, 0
                self._streamed.children(_from_first_line(node), place)
                self._streamed.end(node, place)
        self._judge(pieces.of(nodes, self._ids.repeated(nodes)), places)

    def _take_lines(self, pieces: Pieces, header: Node, portion: Portion) -> None:
        is_first = self._place is None
        place = self._place = self._place or self._begin(header)
        before = place.lines
        self._streamed.children(portion.nodes, place)
        if portion.is_last:
            self._streamed.end(header, place)
            self._place = None
        begun = pieces.begun(header, is_first=is_first)
        repeated = self._ids.repeated([begun, *portion.nodes] if is_first else portion.nodes)
        begun.extend(portion.nodes)
        root = pieces.of([begun], repeated)
        begun.tail = header.tail if portion.is_last else None
        places = _numbered(portion.nodes, place, before)
        self.is_disordered = self.is_disordered or len(places) > place.lines - before
        entry = entries_of(root)[-1]
        if is_first:
            places[entry] = place, 0
            self._entry_stopped = False
        self._judge(root, places, None if is_first else (entry, place))

    def _begin(self, header: Node) -> Place:
        self._count += 1
        place = Place(self._count)
        self._streamed.begin(header)
        return place

    def _finish(self, root: Node) -> None:
        """What stands behind the entries follows them all."""
        entries = _entries(root)
        if entries is None:
            return
        for behind in _behind(entries):
            self._streamed.behind(behind)
        self._streamed.finish(Spot(None, 0, line_of(entries), ""))

    # -- one piece ----------------------------------------------------------------------------------------------------

    def _judge(self, root: Node, places: Places, entry: tuple[Node, Place] | None = None) -> None:
        """Judge a piece; ``entry`` is one of which only lines are judged here, since its own fields were before."""
        if not (self._schema_stopped or self._entry_stopped):
            self._by_schema(root, places, entry)
        self._by_rules(self._rules.pieces, root, places)

    def _by_schema(self, root: Node, places: Places, entry: tuple[Node, Place] | None) -> None:
        errors = schema_errors(self._rules.schema, root) if self._rules.schema is not None else []
        if not errors:
            return
        entries, writer, tree = entries_of(root), Writer(root), root.getroottree()
        known = {tree.getpath(node): node for node in (*places, entries, *(entry or ())[:1])}
        for error in errors:
            path = error.path or ""
            node = _holder(path, known)
            if node is None:
                continue
            finding = writer.schema_error(error, root)
            if node in places:
                self._faults.add(finding, *places[node])
                self._stop(error.message, node, tree.getpath(node) == path)
            elif finding.id == _STRAY_TEXT and path in known:
                self._faults.add(finding, entry[1] if entry and node is entry[0] else None)

    def _stop(self, message: str, node: Node, is_itself: bool) -> None:
        """The schema leaves the rest of an element alone after a child that it does not expect."""
        if is_itself and _UNEXPECTED in message:
            self._schema_stopped = self._schema_stopped or node.tag == HEADER
            self._entry_stopped = node.tag != HEADER

    def _by_rules(self, engine: Engine, root: Node, places: Places | None) -> None:
        broken, program, writer = self._broken, engine.program, Writer(root)
        try:
            outcome = engine.run(root, today=self._today, file=printable(self._file))
        except (UlakError, etree.LxmlError) as error:
            self._halted = writer.stopped(error, root)
            return
        for number in outcome.unjudged:
            broken.stop(broken.number_of(program, number))
        for failure in outcome.failures:
            place, line = (None, 0) if places is None else _place_in(failure.node, places)
            number = broken.number_of(program, failure.number)
            node, _ = failure.subject or (failure.node, "")
            if (places is None or place is not None) and broken.wants(number, line_of(node)):
                broken.add(number, writer.failure(failure, program, self._rules.ids), place, line)

    # -- the frame ----------------------------------------------------------------------------------------------------

    def _judge_frame(self, root: Node) -> None:
        entries = _entries(root)
        if entries is not None and self._count:
            self._put_stand_ins(entries)
        if not self._is_sealed:
            complete(root)
        writer = Writer(root)
        for error in schema_errors(self._rules.schema, root) if self._rules.schema is not None else []:
            self._frame_faults.add(writer.schema_error(error, root))
        self._by_rules(self._rules.frame, root, None)

    def _put_stand_ins(self, entries: Node) -> None:
        """An empty entry tells that there are some; further ones have the ids that the frame must not have, too."""
        behind = (node for each in _behind(entries) for node in each.iter("*"))
        ids = self._ids.among(str(value) for node in behind for value in node.attrib.values())
        made = [etree.Element(HEADER), *(etree.Element(HEADER, id=id_) for id_ in ids)]
        entries[self._stream.before : self._stream.before] = made


def _from_first_line(header: Node) -> list[Node]:
    children = list(header)
    first = next((at for at, child in enumerate(children) if child.tag == DETAIL), len(children))
    return children[first:]


def _numbered(nodes: list[Node], place: Place, before: int) -> dict[Node, tuple[Place, int]]:
    """The places of children of an entry: lines have numbers, which go on from those of earlier portions."""
    number = before
    places = {}
    for node in nodes:
        number += node.tag == DETAIL
        if isinstance(node.tag, str):
            places[node] = place, number if node.tag == DETAIL else 0
    return places


def _entries(root: Node) -> Node | None:
    xbrl = next(root.iterchildren(XBRL), None)
    return None if xbrl is None else next(xbrl.iterchildren(ENTRIES), None)


def _behind(entries: Node) -> Iterator[Node]:
    """The elements that follow ``accountingEntries``."""
    for node in (entries, *entries.iterancestors()):
        yield from node.itersiblings("*")


def _holder(path: str, known: Mapping[str, Node]) -> Node | None:
    """The innermost of some elements that the one at a path is or is in."""
    while path:
        if path in known:
            return known[path]
        path = path.rpartition("/")[0]
    return None


def _place_in(node: Node, places: Places) -> tuple[Place | None, int]:
    for each in (node, *node.iterancestors()):
        if each in places:
            return places[each]
    return None, 0
