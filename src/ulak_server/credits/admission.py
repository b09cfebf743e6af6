"""Whether documents are taken to be sent: not those that the credit does not cover, with all that is under way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from ulak_server import clock
from ulak_server.credits.charging import Short
from ulak_server.credits.problems import CreditsError, problem
from ulak_server.credits.tariff import ANSWERS, Prices, prices_of
from ulak_server.credits.values import NOTHING, kontor_text
from ulak_server.database.ahead import Ask, asked
from ulak_server.database.arrays import array

__all__ = ["Guard", "check_again", "funds_of", "queued", "shortage"]

_FUNDS: Final = "SELECT * FROM credits_funds(%s, %s)"
"""A function of the database: what those have left who have to wait when they have nothing left."""
_QUEUED: Final = """
SELECT kind, count(*) FROM (
    SELECT kind FROM documents_document WHERE taxpayer_id = %s AND work IN (1, 2) AND direction = 1 LIMIT %s
) AS queued GROUP BY kind
"""
_LOOKED_AT: Final = 1000
"""Documents under way that are counted: with more than that in the queue, sealing decides who waits."""


class Guard:
    """The guard of `ulak_server.documents.admission`."""

    def asks(self, taxpayers: Sequence[int]) -> Ask:
        """Their funds."""
        return _asked(taxpayers)

    def refused(self, taxpayer: int, kinds: Sequence[str], rows: Sequence[Sequence[Any]]) -> Mapping[int, CreditsError]:
        """Those that the credit does not cover."""
        left = next((row[1] for row in rows if row[0] == taxpayer), None)
        return {} if left is None else _refused(taxpayer, kinds, left)


def _refused(taxpayer: int, kinds: Sequence[str], left: Decimal) -> Mapping[int, CreditsError]:
    prices = prices_of(taxpayer)
    left -= queued(taxpayer, prices)
    found: dict[int, CreditsError] = {}
    for place, kind in enumerate(kinds):
        price = prices.get((kind, False), NOTHING)
        if price <= max(left, NOTHING) or kind in ANSWERS:
            left -= price
        else:
            found[place] = shortage(Short(price, left))
    return found


def check_again(taxpayer: int, kind: str) -> None:
    """Let a document that came back not go again if the credit does not cover it.

    Raises:
        CreditsError: ``credits.exhausted``.
    """
    left = funds_of(taxpayer)
    if left is not None:
        for error in _refused(taxpayer, [kind], left).values():
            raise error


def shortage(short: Short) -> CreditsError:
    """The error of a document that the credit does not cover."""
    return problem(
        "credits.exhausted", needed=kontor_text(short.needed), available=kontor_text(max(short.available, NOTHING))
    )


def funds_of(taxpayer: int) -> Decimal | None:
    """Balance and overdraft, less what waits; None if nothing is asked: not metered, or documents go anyway."""
    (rows,) = asked(_asked([taxpayer]))
    return rows[0][1] if rows else None


def _asked(taxpayers: Iterable[int]) -> Ask:
    return Ask(_FUNDS, [array(taxpayers), clock.today()])


def queued(taxpayer: int, prices: Prices) -> Decimal:
    """What documents that were taken in, and are not sealed, are going to cost."""
    with connection.cursor() as cursor:
        cursor.execute(_QUEUED, [taxpayer, _LOOKED_AT])
        found = cursor.fetchall()
    return sum((prices.get((kind, False), NOTHING) * count for kind, count in found), NOTHING)
