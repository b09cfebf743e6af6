"""Sums of a month: what was issued and what came in, by kind and currency, day by day.

Counted from the documents themselves by an index alone, and remembered: for a minute as long as the month runs or has
just ended, for a day afterwards. A page shows what is remembered at once, and says as of when.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

import msgspec
from django.db import connection

from ulak.lifecycle.documents import Stage
from ulak_server import clock
from ulak_server.documents.models import Direction
from ulak_server.overview import months
from ulak_server.overview.gaps import gaps
from ulak_server.overview.models import Month

__all__ = ["ISSUED", "Sum", "Sums", "count_month", "is_fresh", "remembered", "total"]

ISSUED: Final = (
    Stage.SEALED,
    Stage.ON_ROAD,
    Stage.RETRYING,
    Stage.LOOKING,
    Stage.CLASHED,
    Stage.DISPUTED,
    Stage.DELIVERED,
)
"""Stages in which a document of ours is issued: sealed, and neither back nor taken back."""
_SOON: Final = timedelta(minutes=1)
_LATE: Final = timedelta(days=1)
_RETURN: Final = "IADE"
_COUNT: Final = """
SELECT issue_date, direction, kind, type_code = 'IADE', currency, count(*), COALESCE(sum(payable), 0), NULL::numeric
FROM documents_document
WHERE taxpayer_id = %s AND issue_date >= %s AND issue_date <= %s
  AND kind = ANY (%s) AND (direction = 2 OR stage = ANY (%s))
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
"""
_KEEP: Final = """
INSERT INTO overview_month (taxpayer_id, month, sums, gaps, counted_at) VALUES (%s, %s, %s::jsonb, %s, %s)
ON CONFLICT (taxpayer_id, month) DO UPDATE
SET sums = excluded.sums, gaps = excluded.gaps, counted_at = excluded.counted_at
"""
KINDS: Final = ("invoice", "despatch_advice")


class Sum(NamedTuple):
    """Documents of one day, direction, kind and currency.

    Attributes:
        is_return: whether they are invoices of returned goods (IADE).
        payable: what is to be paid, in that currency.
        vat: of it, KDV; None where no document says it.
    """

    day: date
    direction: int
    kind: str
    is_return: bool
    currency: str
    size: int
    payable: Decimal
    vat: Decimal | None


class Sums(NamedTuple):
    """A month.

    Attributes:
        counted_at: as of when; None: never counted.
        gaps: how many numbers are missing.
    """

    month: date
    rows: Sequence[Sum]
    gaps: int
    counted_at: datetime | None

    @property
    def out(self) -> Sequence[Sum]:
        """What was issued."""
        return [one for one in self.rows if one.direction == Direction.OUT]

    @property
    def came(self) -> Sequence[Sum]:
        """What came in."""
        return [one for one in self.rows if one.direction == Direction.IN]


class Total(NamedTuple):
    """Documents of one currency."""

    currency: str
    size: int
    payable: Decimal
    vat: Decimal | None


def total(rows: Iterable[Sum], kind: str = "invoice", *, returns: bool = False) -> Sequence[Total]:
    """Sums by currency, lira first."""
    found: dict[str, Total] = {}
    for one in rows:
        if one.kind == kind and one.is_return == returns:
            known = found.get(one.currency, Total(one.currency, 0, Decimal(0), None))
            vat = known.vat if one.vat is None else one.vat + (known.vat or 0)
            found[one.currency] = Total(one.currency, known.size + one.size, known.payable + one.payable, vat)
    return sorted(found.values(), key=lambda one: (one.currency != "TRY", one.currency))


def is_fresh(sums: Sums) -> bool:
    """Whether what is remembered need not be counted again yet."""
    if sums.counted_at is None:
        return False
    recent = sums.month >= months.before(months.current())
    return clock.now() - sums.counted_at < (_SOON if recent else _LATE)


def remembered(taxpayer: int, wanted: Iterable[date]) -> Mapping[date, Sums]:
    """Months as they were counted last; those that never were have no rows."""
    asked = list(wanted)
    known = {one.month: _read(one) for one in Month.objects.filter(taxpayer_id=taxpayer, month__in=asked)}
    return {month: known.get(month, Sums(month, (), 0, None)) for month in asked}


def count_month(taxpayer: int, month: date) -> Sums:
    """Count a month now, and remember it."""
    with connection.cursor() as cursor:
        stages = [str(one) for one in ISSUED]
        cursor.execute(_COUNT, [taxpayer, month, months.last_day(month), list(KINDS), stages])
        rows = [Sum(*row) for row in cursor.fetchall()]
    missing = sum(one.size for one in gaps(taxpayer, month))
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [taxpayer, month, msgspec.json.encode(rows).decode(), missing, now])
    return Sums(month, rows, missing, now)


def _read(row: Month) -> Sums:
    return Sums(row.month, [_sum(one) for one in row.sums], row.gaps, row.counted_at)


def _sum(row: Sequence[Any]) -> Sum:
    day, direction, kind, is_return, currency, size, payable, vat = row
    tax = None if vat is None else Decimal(vat)
    return Sum(date.fromisoformat(day), direction, kind, bool(is_return), currency, size, Decimal(payable), tax)
