"""Books, berats and ledger reports judged as GİB judges them: XSD, then Schematron, of the pack in force.

Berats and reports are small and judged as a whole. Books are judged while they are read, in memory that has bounds:
which rule is judged how is told in `docs/ledger-judging.md`. What is found is what `ulak.rules.check` finds in the
whole file, without Ulak's own advice; findings of the schema may stand in another order.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import BinaryIO, Final, cast

from ulak.ledger.judging.books import BookJudge, rules_for
from ulak.ledger.judging.pieces import complete
from ulak.ledger.reading.problems import BookError, problem
from ulak.ledger.reading.streaming import LARGEST_FILE, Stream
from ulak.ledger.reading.tags import EDEFTER
from ulak.rules.check import checker_for, choose, too_new, unreadable
from ulak.rules.findings import Finding, Level, Report, Verdict
from ulak.rules.pack import Pack
from ulak.rules.store import PackStore
from ulak.xml import MAX_BYTES, XmlError, parse
from ulak.xml import problem as xml_problem

__all__ = ["judge"]

_KIND: Final = "edefter"
_SMALL: Final = 4 * 1024 * 1024
"""Bytes of a book that is held as a whole where its elements stand in an order that the schema does not know."""
_NOT_GIBS: Final = frozenset({"book.deep", "book.ids", "book.whole", "book.too-large"})
"""Reasons for which Ulak does not judge a book although GİB might."""


def judge(
    source: BinaryIO,
    file: str,
    store: PackStore,
    *,
    on: date,
    is_sealed: bool = True,
    max_bytes: int = LARGEST_FILE,
) -> Report:
    """Judge a book, berat or ledger report.

    Args:
        source: gives its bytes; read once, to the end.
        file: its name, as ``1234567808-202601-Y-000000.xml``: GİB's rules look at it, and it tells which they are.
        store: the rule packs at hand.
        on: the business day; the pack in force on it judges.
        is_sealed: False before sealing: the missing seal is no fault then.
        max_bytes: of the whole file.
    """
    try:
        return _judged(source, file, store, on, is_sealed, max_bytes)
    except XmlError as error:
        return unreadable(error, file=file)
    except BookError as error:
        level, verdict = Level.ERROR, Verdict.INVALID
        if error.code in _NOT_GIBS:
            level, verdict = Level.ENGINE, Verdict.COULD_NOT_JUDGE
        finding = Finding(error.code, level, error.text, error.text, error.repair, error.where, error.line)
        return Report(verdict, (finding,), file=file)


def _judged(source: BinaryIO, file: str, store: PackStore, on: date, is_sealed: bool, max_bytes: int) -> Report:
    kept = _Kept(source)
    stream = Stream(cast(BinaryIO, kept), max_bytes=max_bytes)
    choice = choose(stream.root, store, on)
    pack = choice.pack
    role = pack.role_for(stream.root, file) if pack.kind == _KIND else None
    if role is None or stream.name != "defter":
        report = _as_a_whole(kept, file, store, pack, on, is_sealed)
    else:
        report = _book(stream, kept, file, store, pack, role, on, is_sealed)
    return replace(report, findings=(*report.findings, too_new(pack, on))) if choice.too_new else report


def _as_a_whole(source: _Kept, file: str, store: PackStore, pack: Pack, on: date, is_sealed: bool) -> Report:
    data = source.all(MAX_BYTES)
    root = parse(data)
    if not is_sealed:
        complete(root)
    return checker_for(pack, store, advice=False).check_tree(root, today=on, file=file)


def _book(
    stream: Stream, source: _Kept, file: str, store: PackStore, pack: Pack, role: str, on: date, is_sealed: bool
) -> Report:
    rules = rules_for(pack, store, role, str(stream.root.tag))
    if rules.division.unknown:
        return _unknown(source, file, store, pack, role, on, is_sealed)
    judge = BookJudge(stream, rules, day=on, file=file, is_sealed=is_sealed)
    report = judge.report(pack.name)
    if judge.is_disordered and source.is_kept:
        return _as_a_whole(source, file, store, pack, on, is_sealed)
    return report


def _unknown(source: _Kept, file: str, store: PackStore, pack: Pack, role: str, on: date, is_sealed: bool) -> Report:
    """A book whose pack has rules on the whole that Ulak does not know: held as a whole, if it is small enough."""
    try:
        return _as_a_whole(source, file, store, pack, on, is_sealed)
    except XmlError as error:
        if error.code != "xml.too-large":
            raise
    assertion = rules_for(pack, store, role, f"{EDEFTER}defter").division.unknown[0]
    rule, words = store.ids(pack, role)[assertion], assertion.words
    raise problem("book.whole", pack=pack.name, rule=rule, words=words, size=MAX_BYTES)


class _Kept:
    """A source whose first bytes are kept, so that a small document can be had as a whole after looking at it."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._kept: list[bytes] = []
        self._size = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._source.read(size)
        self._size += len(data)
        if self.is_kept:
            self._kept.append(data)
        else:
            self._kept.clear()
        return data

    @property
    def is_kept(self) -> bool:
        """Whether all that was read is still there."""
        return self._size <= _SMALL

    def all(self, most: int) -> bytes:
        """The whole, of a source of which little was read.

        Raises:
            XmlError: ``xml.too-large``.
        """
        first = b"".join(self._kept)
        data = first + self._source.read(most + 1 - len(first))
        if len(data) > most:
            raise xml_problem("xml.too-large", limit=most)
        return data
