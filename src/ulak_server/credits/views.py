"""How kontör stand, and what they came to; within the caller's scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import connection

from ulak_server import clock
from ulak_server.credits import models
from ulak_server.credits.account import threshold_of
from ulak_server.credits.admission import queued
from ulak_server.credits.expiring import SOON
from ulak_server.credits.tariff import prices_of
from ulak_server.credits.values import NOTHING, Level, OnEmpty, Standing

__all__ = [
    "Month",
    "Sums",
    "balance",
    "every",
    "packages",
    "standing",
    "standings",
    "totals",
    "unequal",
    "usage_by_month",
    "waiting",
]

_STANDINGS: Final = """
SELECT a.taxpayer_id, a.metered, a.on_empty, a.overdraft, a.threshold,
    a.balance - coalesce((SELECT sum(p.remaining) FROM credits_package p
        WHERE p.taxpayer_id = a.taxpayer_id AND p.remaining > 0 AND p.expires_on < %s), 0),
    l.amount, l.loaded_at,
    w.documents, w.amount, e.soon, e.open_end, e.last
FROM credits_account a
LEFT JOIN LATERAL (
    SELECT p.amount, p.loaded_at FROM credits_package p WHERE p.taxpayer_id = a.taxpayer_id AND p.is_sold
    ORDER BY p.id DESC LIMIT 1) AS l ON true
CROSS JOIN LATERAL (
    SELECT count(*) AS documents, coalesce(sum(amount), 0) AS amount FROM credits_waiting w
    WHERE w.taxpayer_id = a.taxpayer_id AND w.freed_at IS NULL) AS w
CROSS JOIN LATERAL (
    SELECT array_agg(ARRAY[p.expires_on::text, p.remaining::text] ORDER BY p.expires_on)
            FILTER (WHERE p.expires_on BETWEEN %s AND %s) AS soon,
        bool_or(p.expires_on IS NULL) AS open_end, max(p.expires_on) AS last
    FROM credits_package p
    WHERE p.taxpayer_id = a.taxpayer_id AND p.remaining > 0 AND (p.expires_on IS NULL OR p.expires_on >= %s)) AS e
WHERE {condition}
"""
_MONTHS: Final = """
SELECT month, kind, is_incoming, used, refunded, documents, returned FROM credits_usage
WHERE taxpayer_id = %s AND month >= %s ORDER BY month DESC, kind, is_incoming
"""
_TOTALS: Final = """
SELECT
    (SELECT coalesce(sum(amount), 0) FROM credits_package WHERE is_sold),
    (SELECT coalesce(sum(used), 0) FROM credits_usage),
    (SELECT coalesce(sum(refunded), 0) FROM credits_usage),
    (SELECT count(*) FROM credits_account WHERE metered),
    (SELECT count(*) FROM credits_waiting WHERE freed_at IS NULL)
"""
_UNEQUAL: Final = """
SELECT a.taxpayer_id FROM credits_account a
LEFT JOIN (SELECT taxpayer_id, sum(amount) AS amount FROM credits_entry GROUP BY taxpayer_id) AS e USING (taxpayer_id)
LEFT JOIN (SELECT taxpayer_id, sum(remaining) AS remaining FROM credits_package GROUP BY taxpayer_id) AS p
    USING (taxpayer_id)
WHERE a.balance <> coalesce(e.amount, 0) OR (a.balance > 0 AND a.balance > coalesce(p.remaining, 0))
ORDER BY a.taxpayer_id
"""
_WAITING: Final = """
SELECT date_trunc('month', d.issue_date)::date, d.direction, d.kind, d.type_code, d.currency, count(*),
    coalesce(sum(d.payable), 0), coalesce(sum(d.vat), 0)
FROM credits_waiting w JOIN documents_document d ON d.id = w.document_id AND d.stage = 'judged'
WHERE w.taxpayer_id = %s AND w.freed_at IS NULL AND d.issue_date BETWEEN %s AND %s GROUP BY 1, 2, 3, 4, 5
"""


class Unsent(NamedTuple):
    """Documents that wait for kontör and are alike.

    Attributes:
        month: of the day that they state, its first day.
        payable, vat: in the currency.
    """

    month: date
    direction: int
    kind: str
    type_code: str
    currency: str
    documents: int
    payable: Decimal
    vat: Decimal


class Month(NamedTuple):
    """What documents of a kind came to in a month. See `ulak_server.credits.models.Usage`."""

    month: date
    kind: str
    is_incoming: bool
    used: Decimal
    refunded: Decimal
    documents: int
    returned: int

    @property
    def amount(self) -> Decimal:
        """What was used and not given back, in that month."""
        return self.used - self.refunded


class Sums(NamedTuple):
    """The installation's kontör.

    Attributes:
        sold: loaded; what corrections gave and took is not in it.
        metered: taxpayers whose kontör are counted.
        waiting: documents that wait for kontör.
    """

    sold: Decimal
    used: Decimal
    refunded: Decimal
    metered: int
    waiting: int


def balance(taxpayer: int) -> Decimal:
    """What is left; negative if more was used."""
    return standing(taxpayer).balance


def standing(taxpayer: int) -> Standing:
    """How a taxpayer's credit stands; what is under way is counted in `Standing.available`."""
    found = standings([taxpayer])[taxpayer]
    if not found.metered:
        return found
    return found._replace(available=found.available - queued(taxpayer, prices_of(taxpayer)))


def standings(taxpayers: Sequence[int]) -> dict[int, Standing]:
    """How several stand, by one statement; `Standing.available` does not count what is in the queue."""
    found = _stand("a.taxpayer_id = ANY (%s)", [list(taxpayers)])
    return {one: found.get(one) or Standing(one) for one in taxpayers}


def every() -> list[Standing]:
    """Every account that the scope sees, those first that are worst off."""
    return sorted(_stand("true", []).values(), key=lambda one: (-one.level.rank, one.available, one.taxpayer))


def waiting(taxpayer: int, first: date, last: date) -> list[Unsent]:
    """Documents of these days that wait for kontör: nobody has issued them yet."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [taxpayer, first, last])
        return [Unsent(*row) for row in cursor.fetchall()]


def packages(taxpayer: int, *, spent: bool = True) -> list[models.Package]:
    """A taxpayer's packages, the newest first.

    Args:
        spent: also those of which nothing is left.
    """
    found = models.Package.objects.filter(taxpayer_id=taxpayer)
    return list((found if spent else found.filter(remaining__gt=0)).order_by("-id"))


def usage_by_month(taxpayer: int, months: int = 12) -> list[Month]:
    """What was used by month and kind, the newest month first.

    Args:
        months: how many, with this one.
    """
    today = clock.today()
    place = today.year * 12 + today.month - months
    first = date(place // 12, place % 12 + 1, 1)
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, [taxpayer, first])
        return [Month._make(row) for row in cursor.fetchall()]


def totals() -> Sums:
    """The sums of all accounts that the scope sees."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS)
        return Sums._make(cursor.fetchone())


def unequal() -> list[int]:
    """Taxpayers whose balance is not what their entries come to, or more than their packages hold: there must be none.

    It reads every entry that there is.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNEQUAL)
        return [taxpayer for (taxpayer,) in cursor.fetchall()]


def _stand(condition: str, values: Sequence[Any]) -> dict[int, Standing]:
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute(_STANDINGS.format(condition=condition), [today, today, today + SOON, today, *values])
        return {row[0]: _standing(row) for row in cursor.fetchall()}


def _standing(row: Sequence[Any]) -> Standing:
    taxpayer, metered, on_empty, overdraft, own, left, last, loaded_at, waiting, waits_for, soon, open_end, until = row
    threshold = threshold_of(own, last)
    return Standing(
        taxpayer,
        metered,
        left,
        overdraft,
        left + overdraft - waits_for,
        _level(metered, left, overdraft, threshold, waiting),
        waiting,
        threshold,
        own is not None,
        tuple((date.fromisoformat(day), Decimal(amount)) for day, amount in soon or ()),
        None if open_end else until,
        OnEmpty(on_empty),
        loaded_at,
    )


def _level(metered: bool, left: Decimal, overdraft: Decimal, threshold: Decimal, waiting: int) -> Level:
    if not metered:
        return Level.NONE
    if left + overdraft <= NOTHING or waiting:
        return Level.EMPTY
    return Level.LOW if left < threshold else Level.OK
