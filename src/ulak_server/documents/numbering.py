"""Numbers of documents: given in the transaction that seals them, so that a series has neither gap nor duplicate.

A counter's row is locked until that transaction ends. If it is undone the numbers are free again; nobody else can have
been given a later one meanwhile. Sources: UBL-TR Fatura and İrsaliye guides, ID (three characters, year, nine digits;
consecutive); Schematron 20260312, ``InvoiceIDCheck``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.db import connection
from lxml import etree

from ulak.spans import Edit, edited, spans_of
from ulak_server import formats
from ulak_server.documents.numbering_problems import problem

__all__ = ["LAST", "Numbers", "Wanted", "number_tree", "placeholder", "with_number"]

LAST: Final = 999_999_999
"""The last number of a year."""
_ID: Final = ("*", "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}ID")
_SERIES: Final = "SELECT id, prefix, in_date_order, closed_at IS NOT NULL FROM taxpayers_series WHERE id = ANY (%s)"
_NEW: Final = """
INSERT INTO taxpayers_counter (series_id, taxpayer_id, year, last)
SELECT * FROM unnest(%s::int[], %s::int[], %s::smallint[], %s::int[]) ON CONFLICT (series_id, year) DO NOTHING
"""
_LOCK: Final = """
SELECT c.id, c.series_id, c.year, c.last, c.last_date FROM taxpayers_counter c
JOIN unnest(%s::int[], %s::smallint[]) AS w(series_id, year) ON c.series_id = w.series_id AND c.year = w.year
ORDER BY c.id FOR UPDATE OF c
"""
_UPDATE: Final = """
UPDATE taxpayers_counter c SET last = v.last, last_date = v.last_date
FROM unnest(%s::int[], %s::int[], %s::date[]) AS v(id, last, last_date) WHERE c.id = v.id
"""
_TAKEN: Final = """
SELECT number FROM documents_document WHERE taxpayer_id = %s AND direction = 1 AND number BETWEEN %s AND %s
"""


class Wanted(NamedTuple):
    """A document that is to be numbered.

    Attributes:
        key: its id.
        series: the series' id.
        day: its date of issue, whose year the number bears.
    """

    key: int
    taxpayer: int
    series: int
    day: date


def placeholder(prefix: str, year: int) -> str:
    """What stands in a document in place of the number it is yet to get.

    >>> placeholder("ARD", 2026)
    'ARD2026000000000'
    """
    return f"{prefix}{year:04}{0:09}"


def with_number(body: bytes, number: str) -> bytes:
    """The document with this number in the root's own ``cbc:ID``, which held a placeholder of the same series and year.

    Raises:
        NumberingError: ``numbering.no-placeholder``: something else stands there.

    >>> cbc = b'xmlns:c="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
    >>> with_number(b"<a %b><c:ID>ARD2026000000000</c:ID></a>" % cbc, "ARD2026000000007")[-33:]
    b'<c:ID>ARD2026000000007</c:ID></a>'
    """
    found = spans_of(body, (_ID,), until=_ID)
    held = body[found[0].inside : found[0].close].strip() if found else b""
    if held != number[:7].encode() + b"0" * 9:
        raise problem("numbering.no-placeholder", number=number[:7], found=held[:40].decode("utf-8", "replace"))
    return edited(body, (Edit(found[0].inside, found[0].close, number.encode()),))


def number_tree(root: etree._Element, number: str) -> None:
    """Do the same in a document's tree.

    Raises:
        NumberingError: ``numbering.no-placeholder``.
    """
    held = next(root.iterchildren(_ID[1]), None)
    found = (held.text or "").strip() if held is not None and not len(held) else ""
    if held is None or found != number[:7] + "0" * 9:
        raise problem("numbering.no-placeholder", number=number[:7], found=found[:40])
    held.text = number


class Numbers:
    """The numbers that documents may be given in the caller's transaction; their counters are locked until it ends.

    A number is offered, and offered again to the next document unless it was used: what could not be sealed leaves no
    gap. Nothing is stored before `store`.
    """

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self._series = _series({one.series for one in wanted})
        self._counters = _locked(wanted) if wanted else {}
        for counter in self._counters.values():
            mine = [one for one in wanted if (one.series, one.day.year) == counter.key]
            counter.taken = _taken(mine[0].taxpayer, self._series[counter.key[0]].prefix, counter, len(mine))

    def in_order(self, wanted: Iterable[Wanted]) -> list[Wanted]:
        """The documents in the order of numbering: by their dates where their series goes by dates."""
        return sorted(wanted, key=lambda one: one.day if self._series[one.series].in_date_order else date.min)

    def offer(self, one: Wanted) -> str:
        """The number that the document may get.

        Raises:
            NumberingError: ``numbering.series-closed``, ``numbering.date-order``, ``numbering.exhausted``.
        """
        series, counter = self._series[one.series], self._counters[one.series, one.day.year]
        if series.is_closed:
            raise problem("numbering.series-closed", prefix=series.prefix)
        if series.in_date_order and counter.last_date is not None and one.day < counter.last_date:
            day, last = formats.day_text(one.day), formats.day_text(counter.last_date)
            raise problem("numbering.date-order", prefix=series.prefix, day=day, last=last)
        if counter.following > LAST:
            raise problem("numbering.exhausted", prefix=series.prefix, year=one.day.year)
        return _number(series.prefix, one.day.year, counter.following)

    def use(self, one: Wanted) -> None:
        """Say that the number offered last is the document's."""
        counter = self._counters[one.series, one.day.year]
        counter.last = counter.following
        counter.last_date = max(one.day, counter.last_date or one.day)

    def mark(self) -> dict[tuple[int, int], tuple[int, date | None]]:
        """How far the counters have come, for `back_to`."""
        return {key: (counter.last, counter.last_date) for key, counter in self._counters.items()}

    def back_to(self, mark: Mapping[tuple[int, int], tuple[int, date | None]]) -> None:
        """Take back what was used since."""
        for key, (last, last_date) in mark.items():
            self._counters[key].last, self._counters[key].last_date = last, last_date

    def store(self) -> None:
        """Store how far the counters have come."""
        rows: list[list[Any]] = [[one.id, one.last, one.last_date] for one in self._counters.values()]
        if rows:
            with connection.cursor() as cursor:
                cursor.execute(_UPDATE, [list(column) for column in zip(*rows, strict=True)])


class _Series(NamedTuple):
    prefix: str
    in_date_order: bool
    is_closed: bool


class _Counter:
    """How far a series has come in a year; ``taken`` are places that the taxpayer used otherwise."""

    def __init__(self, id: int, key: tuple[int, int], last: int, last_date: date | None) -> None:
        self.id, self.key, self.last, self.last_date = id, key, last, last_date
        self.taken: frozenset[int] = frozenset()

    @property
    def following(self) -> int:
        place = self.last + 1
        while place in self.taken:
            place += 1
        return place


def _series(ids: Iterable[int]) -> dict[int, _Series]:
    with connection.cursor() as cursor:
        cursor.execute(_SERIES, [sorted(ids)])
        return {id: _Series(*rest) for id, *rest in cursor.fetchall()}


def _locked(wanted: Sequence[Wanted]) -> dict[tuple[int, int], _Counter]:
    keys = sorted({(one.series, one.day.year, one.taxpayer) for one in wanted})
    ids, years, taxpayers = [list(column) for column in zip(*keys, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [ids, years])
        found = cursor.fetchall()
        if len(found) < len(keys):
            cursor.execute(_NEW, [ids, taxpayers, years, [0] * len(ids)])
            cursor.execute(_LOCK, [ids, years])
            found = cursor.fetchall()
    return {(series, year): _Counter(id, (series, year), last, day) for id, series, year, last, day in found}


def _taken(taxpayer: int, prefix: str, counter: _Counter, count: int) -> frozenset[int]:
    """Places ahead that the taxpayer used otherwise, before the series came to them."""
    taken: set[int] = set()
    first, year = counter.last + 1, counter.key[1]
    while first <= LAST:
        last = min(first + count - 1, LAST)
        with connection.cursor() as cursor:
            cursor.execute(_TAKEN, [taxpayer, _number(prefix, year, first), _number(prefix, year, last)])
            found = {int(number[7:]) for (number,) in cursor.fetchall()}
        if not found:
            break
        taken |= found
        first, count = last + 1, len(found)
    return frozenset(taken)


def _number(prefix: str, year: int, place: int) -> str:
    return f"{prefix}{year:04}{place:09}"
