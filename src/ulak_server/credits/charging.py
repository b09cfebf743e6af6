"""What documents cost, taken when they are sealed and given back when nobody took them.

Both happen in the transaction that changes the document. A document is charged while it stands at one of the stages of
`CHARGED`: what comes to one of them is charged unless it is, what leaves them gets back what it was charged. So
nothing is charged twice, however often it is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import inf
from typing import Final, NamedTuple

from django.db import connection

from ulak.lifecycle.documents import Stage
from ulak_server import clock
from ulak_server.credits.account import Account, By, Line, book, locked, lots_of, warn
from ulak_server.credits.spending import Lot, allot
from ulak_server.credits.tariff import ANSWERS, prices_of
from ulak_server.credits.values import NOTHING, Level, What

__all__ = ["CHARGED", "Cover", "Short", "Thing", "cover", "settle"]

CHARGED: Final = frozenset(
    {
        *(Stage.SEALED, Stage.ON_ROAD, Stage.RETRYING, Stage.LOOKING, Stage.DISPUTED, Stage.DELIVERED),
        *(Stage.ISSUED, Stage.VOIDED, Stage.CANCELLED),
    }
)
"""Sealed, and either on its way or taken by somebody. What was cancelled afterwards has been issued all the same."""
_GRACE: Final = 30
"""Days for which kontör may be used that are given back to a package that has expired."""
_STANDING: Final = """
SELECT document_id, what, amount, package_id, kind, is_incoming FROM credits_entry
WHERE document_id = ANY (%s) AND taxpayer_id = %s AND what IN ('used', 'refunded') ORDER BY id
"""
_EXTEND: Final = """
UPDATE credits_package SET expires_on = %s, warned = false WHERE id = ANY (%s) AND expires_on < %s
"""
_WAIT: Final = """
INSERT INTO credits_waiting (document_id, taxpayer_id, amount, since)
SELECT document, %s, amount, %s FROM unnest(%s::bigint[], %s::numeric[]) AS v(document, amount)
ON CONFLICT (document_id) DO UPDATE SET amount = excluded.amount, freed_at = NULL
"""
_AHEAD: Final = """
SELECT min(w.document_id) FILTER (WHERE w.freed_at IS NULL), min(w.document_id)
FROM credits_waiting w JOIN documents_document d ON d.id = w.document_id AND d.stage = 'judged'
WHERE w.taxpayer_id = %s AND NOT w.document_id = ANY (%s) AND (w.freed_at IS NULL OR w.freed_at > %s)
"""
_UNDER_WAY: Final = timedelta(minutes=1)
"""So long nothing overtakes a document that was let go on: series may go by dates."""
_WAITED: Final = "DELETE FROM credits_waiting WHERE taxpayer_id = %s AND document_id = ANY (%s)"


class Thing(NamedTuple):
    """A document that may cost something.

    Attributes:
        kind: of `ulak_server.documents.kinds`, or of what only comes in.
    """

    document: int
    kind: str
    is_incoming: bool = False


class Short(NamedTuple):
    """What a document lacks.

    Attributes:
        needed: what it costs.
        available: what was left for it.
    """

    needed: Decimal
    available: Decimal


class Cover(NamedTuple):
    """What the credit does not cover of some documents.

    Attributes:
        short: those that wait for kontör from now on.
        behind: those that would overtake documents which are just going on: they come again in a moment.
    """

    short: Mapping[int, Short] = {}
    behind: frozenset[int] = frozenset()


def cover(taxpayer: int, things: Sequence[Thing], by: By) -> Cover | None:
    """Which documents the credit does not cover, in the order in which they stand, and after those that wait already.

    The account stays locked, so that nobody else spends what was counted on here.

    Returns:
        None: the taxpayer is not metered.
    """
    found = locked(taxpayer, by, metered=True)
    if found is None:
        return None
    account, _ = found
    if account.covers_all:
        return Cover()
    prices, left = prices_of(taxpayer, _day(by)), account.balance + account.overdraft
    waits_from, goes_from = _ahead(taxpayer, things, by)
    short: dict[int, Short] = {}
    behind: set[int] = set()
    for one in things:
        price = prices.get((one.kind, one.is_incoming), NOTHING)
        may_wait = price and one.kind not in ANSWERS
        if may_wait and (price > left or one.document > waits_from):
            short[one.document] = Short(price, left if price > left else NOTHING)
        elif may_wait and one.document > goes_from:
            behind.add(one.document)
        else:
            left -= price
    if short:
        _wait(account.taxpayer, short, by)
        warn(account, Level.EMPTY, by)
    return Cover(short, frozenset(behind))


def _ahead(taxpayer: int, things: Sequence[Thing], by: By) -> tuple[float, float]:
    """The first other document that waits, and the first that waits or is just going on."""
    with connection.cursor() as cursor:
        cursor.execute(_AHEAD, [taxpayer, [one.document for one in things], by.now - _UNDER_WAY])
        waits, goes = cursor.fetchone()
    return waits or inf, goes or inf


def settle(taxpayer: int, charged: Sequence[Thing], freed: Sequence[int], by: By) -> None:
    """Charge documents that came to a stage of `CHARGED`, and give back what those cost that left them.

    Args:
        freed: ids of documents.
    """
    found = locked(taxpayer, by, metered=not freed)
    if found is None:
        return
    account, lots = found
    standing = _standing(taxpayer, [*(one.document for one in charged), *freed])
    back = [line for id in freed for line in standing.get(id, ())]
    if back:
        account = _give_back(account, lots, back, by)
        lots = lots_of(taxpayer)
    if account.metered:
        _charge(account, lots, [one for one in charged if not standing.get(one.document)], by)


def _charge(account: Account, lots: Sequence[Lot], things: Sequence[Thing], by: By) -> None:
    if not things:
        return
    with connection.cursor() as cursor:
        cursor.execute(_WAITED, [account.taxpayer, [one.document for one in things]])
    prices = prices_of(account.taxpayer, _day(by))
    costly = [(one, price) for one in things if (price := prices.get((one.kind, one.is_incoming), NOTHING))]
    if not costly:
        return
    lines = [
        Line(What.USED, -part.amount, part.package, *costly[part.place][0])
        for part in allot(lots, [price for _, price in costly])
    ]
    book(account, lines, by)


def _give_back(account: Account, lots: Sequence[Lot], standing: Sequence[Line], by: By) -> Account:
    """What was used beyond all packages is given back first; the rest goes to where it came from."""
    beyond = sum((one.remaining for one in lots), NOTHING) - account.balance
    lines: list[Line] = []
    newest: int | None = None
    for one in standing:
        amount = -one.amount
        less = min(amount, max(beyond, NOTHING))
        beyond -= less
        if less:
            lines.append(one._replace(what=What.REFUNDED, amount=less, package=None))
        if amount > less:
            package = one.package or (newest := newest or _newest(account.taxpayer))
            lines.append(one._replace(what=What.REFUNDED, amount=amount - less, package=package))
    after = book(account, lines, by)
    _extend({one.package for one in lines if one.package is not None}, _day(by))
    return after


def _standing(taxpayer: int, documents: Sequence[int]) -> Mapping[int, list[Line]]:
    """What documents were charged and did not get back: the lines of the last charge of each."""
    if not documents:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [list(documents), taxpayer])
        rows = cursor.fetchall()
    found: dict[int, list[Line]] = {}
    for document, what, amount, package, kind, is_incoming in rows:
        if what == What.USED:
            line = Line(What.USED, amount, package, document, kind, is_incoming)
            found.setdefault(document, []).append(line)
        else:
            found.pop(document, None)
    return found


def _newest(taxpayer: int) -> int | None:
    """The package that covered what had been used beyond all packages: none came after it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM credits_package WHERE taxpayer_id = %s", [taxpayer])
        found: int | None = cursor.fetchone()[0]
        return found


def _extend(packages: Iterable[int], today: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_EXTEND, [today + timedelta(days=_GRACE), sorted(packages), today])


def _wait(taxpayer: int, short: Mapping[int, Short], by: By) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_WAIT, [taxpayer, by.now, list(short), [one.needed for one in short.values()]])


def _day(by: By) -> date:
    return by.now.astimezone(clock.ISTANBUL).date()
