"""What documents cost: by kind and direction, from a day on, for all or for one taxpayer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from django.db import connection

from ulak_server import clock
from ulak_server.credits.values import NOTHING, Price
from ulak_server.documents.kinds import KINDS

__all__ = ["ANSWERS", "PRICED", "Prices", "prices_of", "tariff"]

Thing = tuple[str, bool]
"""A kind, and whether it came in."""
Prices = Mapping[Thing, Decimal]
PRICED: Final[tuple[Thing, ...]] = tuple((name, is_in) for is_in in (False, True) for name in KINDS)
"""Everything that may have a price."""
_ONE: Final = Decimal(1)
ANSWERS: Final = frozenset({"application_response", "receipt_advice"})
"""They cost nothing unless somebody says so, and are never stopped: days run that the law gives for them."""
_ROWS: Final = """
SELECT taxpayer_id, kind, is_incoming, since, amount FROM credits_tariff
WHERE taxpayer_id IS NULL OR taxpayer_id = %s ORDER BY since, id
"""


class _Said(NamedTuple):
    is_own: bool
    kind: str
    is_incoming: bool
    since: date
    amount: Decimal | None


def prices_of(taxpayer: int, day: date | None = None) -> Prices:
    """What each kind costs a taxpayer on a day (today), within a scope that sees its tariff."""
    return {(one.kind, one.is_incoming): one.amount for one in tariff(taxpayer, day)}


def tariff(taxpayer: int | None = None, day: date | None = None) -> list[Price]:
    """The tariff in force on a day (today), with what is planned after it.

    Args:
        taxpayer: whose; None: what all pay who have no prices of their own.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [taxpayer])
        said = [_Said(row[0] is not None, *row[1:]) for row in cursor.fetchall()]
    by_thing: dict[Thing, list[_Said]] = {}
    for one in said:
        by_thing.setdefault((one.kind, one.is_incoming), []).append(one)
    return [_price(thing, by_thing.get(thing, ()), day or clock.today()) for thing in PRICED]


def _price(thing: Thing, said: Sequence[_Said], day: date) -> Price:
    now = _on(thing, said, day)
    for one in said:
        if one.since > day:
            later = _on(thing, said, one.since)
            if later.amount != now.amount:
                return now._replace(next=(one.since, later.amount))
    return now


def _on(thing: Thing, said: Sequence[_Said], day: date) -> Price:
    """What was said last that counts on a day: of the taxpayer, else of all, else what the platform begins with."""
    past = [one for one in said if one.since <= day]
    own = next((one for one in reversed(past) if one.is_own), None)
    shared = next((one for one in reversed(past) if not one.is_own), None)
    for one in (own, shared):
        if one is not None and one.amount is not None:
            return Price(*thing, one.amount, one.since, one.is_own)
    kind, is_incoming = thing
    return Price(kind, is_incoming, NOTHING if is_incoming or kind in ANSWERS else _ONE)
