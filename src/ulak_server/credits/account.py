"""A taxpayer's account, locked: the one place where entries, packages and the balance change, together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import connection

from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.credits.spending import Lot, in_order
from ulak_server.credits.values import NOTHING, Level, OnEmpty, What
from ulak_server.database import scope
from ulak_server.database.arrays import as_arrays
from ulak_server.database.roles import Role

__all__ = ["Account", "By", "Line", "book", "locked", "lots_of", "said", "threshold_of", "warn"]

_SHARE: Final = Decimal("0.2")
"""Of the last package: from there on the balance is low, unless the taxpayer says otherwise."""
_LOCK: Final = """
SELECT a.taxpayer_id, a.metered, a.on_empty, a.overdraft, a.threshold, a.balance, a.warned,
    (SELECT p.amount FROM credits_package p WHERE p.taxpayer_id = a.taxpayer_id AND p.is_sold
        ORDER BY p.id DESC LIMIT 1)
FROM credits_account a WHERE a.taxpayer_id = %s{condition} FOR UPDATE OF a
"""
_LOTS: Final = "SELECT id, remaining, expires_on FROM credits_package WHERE taxpayer_id = %s AND remaining > 0"
_ENTER: Final = """
INSERT INTO credits_entry
    (taxpayer_id, at, what, amount, balance, document_id, kind, is_incoming, package_id, note, actor)
SELECT %s, %s, what, amount, balance, document, kind, is_incoming, package, note, %s
FROM unnest(%s::text[], %s::numeric[], %s::numeric[], %s::bigint[], %s::text[], %s::bool[], %s::bigint[], %s::text[])
    WITH ORDINALITY AS v(what, amount, balance, document, kind, is_incoming, package, note, place) ORDER BY place
"""
_MOVE: Final = """
UPDATE credits_package p SET remaining = p.remaining + v.moved
FROM unnest(%s::bigint[], %s::numeric[]) AS v(id, moved) WHERE p.id = v.id
"""
_BALANCE: Final = "UPDATE credits_account SET balance = %s, warned = %s WHERE taxpayer_id = %s"
_USAGE: Final = """
INSERT INTO credits_usage AS u (taxpayer_id, month, kind, is_incoming, used, refunded, documents, returned)
SELECT %s, %s, * FROM unnest(%s::text[], %s::bool[], %s::numeric[], %s::numeric[], %s::bigint[], %s::bigint[])
ON CONFLICT (taxpayer_id, month, kind, is_incoming) DO UPDATE SET used = u.used + excluded.used,
    refunded = u.refunded + excluded.refunded, documents = u.documents + excluded.documents,
    returned = u.returned + excluded.returned
"""


class By(NamedTuple):
    """Who changes an account, and when."""

    now: datetime
    actor: str = ""
    origin: str = ""


class Account(NamedTuple):
    """An account as it stands in this transaction, which holds its lock.

    Attributes:
        last: how many kontör the last package had that was sold; None: there is none.
    """

    taxpayer: int
    metered: bool
    on_empty: OnEmpty
    overdraft: Decimal
    threshold: Decimal | None
    balance: Decimal
    warned: Level
    last: Decimal | None

    @property
    def covers_all(self) -> bool:
        """Whether documents go however the balance stands."""
        return not self.metered or self.on_empty is OnEmpty.GO_ON

    @property
    def level(self) -> Level:
        """How it stands; what expired since it was booked last does not show."""
        if not self.metered:
            return Level.NONE
        if self.balance + self.overdraft <= 0:
            return Level.EMPTY
        return Level.LOW if self.balance < threshold_of(self.threshold, self.last) else Level.OK


class Line(NamedTuple):
    """An entry to be.

    Attributes:
        amount: what comes, or goes if it is negative.
        package: see `models.Entry`.
    """

    what: What
    amount: Decimal
    package: int | None = None
    document: int | None = None
    kind: str = ""
    is_incoming: bool = False
    note: str = ""


def threshold_of(own: Decimal | None, last: Decimal | None) -> Decimal:
    """Below which balance it is low.

    Args:
        own: that the taxpayer chose.
        last: how many kontör the last package had.
    """
    return own if own is not None else (last or NOTHING) * _SHARE


def locked(taxpayer: int, by: By, *, metered: bool = False) -> tuple[Account, list[Lot]] | None:
    """An account, locked until the transaction ends, and what is left of its packages in the order of spending.

    What has expired is booked first.

    Args:
        metered: None is given for an account in which nothing is counted, and nothing is locked then.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK.format(condition=" AND a.metered" if metered else ""), [taxpayer])
        found = cursor.fetchone()
        if found is None:
            return None
    lots = lots_of(taxpayer)
    id, is_metered, on_empty, overdraft, threshold, balance, warned, last = found
    account = Account(id, is_metered, OnEmpty(on_empty), overdraft, threshold, balance, Level(warned), last)
    today = by.now.astimezone(clock.ISTANBUL).date()
    over = [one for one in lots if one.expires_on is not None and one.expires_on < today]
    if over:
        account = book(account, [Line(What.EXPIRED, -one.remaining, one.id) for one in over], by)
    return account, [one for one in lots if one not in over]


def lots_of(taxpayer: int) -> list[Lot]:
    """What is left of a taxpayer's packages, in the order of spending."""
    with connection.cursor() as cursor:
        cursor.execute(_LOTS, [taxpayer])
        return in_order(Lot(*row) for row in cursor.fetchall())


def book(account: Account, lines: Sequence[Line], by: By, moves: Mapping[int, Decimal] | None = None) -> Account:
    """Write lines into an account that this transaction holds; the account as it is then.

    Args:
        moves: what comes to packages, or goes, where that is not what the lines say.
    """
    balance, rows = account.balance, []
    for one in lines:
        balance += one.amount
        rows.append((one.what, one.amount, balance, one.document, one.kind, one.is_incoming, one.package, one.note))
    after = account._replace(balance=balance)
    told = after.level if not _fills(lines) and after.level.rank > account.warned.rank else None
    after = after._replace(warned=told or (_since_filled(after) if _fills(lines) else account.warned))
    moved = _moved(lines) if moves is None else moves
    with connection.cursor() as cursor:
        cursor.execute(_ENTER, [account.taxpayer, by.now, by.actor, *as_arrays(rows)])
        # What people wish moves packages within the database, by its entries alone (a trigger).
        if moved and scope.current().role is not Role.WEB:
            cursor.execute(_MOVE, as_arrays(sorted(moved.items())))
        cursor.execute(_BALANCE, [after.balance, after.warned, account.taxpayer])
        if usage := _usage(lines):
            month = by.now.astimezone(clock.ISTANBUL).date().replace(day=1)
            cursor.execute(_USAGE, [account.taxpayer, month, *as_arrays(usage)])
    audit.record([*_said(after, lines, by), *([warning(after, told, by)] if told else ())])
    return after


def warn(account: Account, level: Level, by: By) -> Account:
    """Tell of an account that this transaction holds that it stands so, unless that was told."""
    if level.rank <= account.warned.rank:
        return account
    with connection.cursor() as cursor:
        cursor.execute(_BALANCE, [account.balance, level, account.taxpayer])
    audit.record([warning(account, level, by)])
    return account._replace(warned=level)


def warning(account: Account, level: Level, by: By) -> Entry:
    """The entry of the log that tells how little is left."""
    what = "credits.exhausted" if level is Level.EMPTY else "credits.low"
    limit = threshold_of(account.threshold, account.last)
    facts = {"balance": said(account.balance), "overdraft": said(account.overdraft), "threshold": said(limit)}
    return Entry(what, by.now, account.taxpayer, actor=by.actor, origin=by.origin, facts=facts)


def said(amount: Decimal) -> str:
    """An amount as logs and programs read it.

    >>> said(Decimal("12.50")), said(Decimal("100.00")), said(Decimal("0.00"))
    ('12.5', '100', '0')
    """
    return f"{amount.normalize():f}" if amount else "0"


def _fills(lines: Iterable[Line]) -> bool:
    return any(one.what in (What.LOADED, What.CORRECTED) and one.amount > 0 for one in lines)


def _since_filled(account: Account) -> Level:
    """What needs no telling after kontör were loaded: whoever loaded them saw how few they were."""
    return max(Level.OK, account.level, key=lambda level: level.rank)


def _moved(lines: Iterable[Line]) -> dict[int, Decimal]:
    moved: dict[int, Decimal] = {}
    for one in lines:
        if one.package is not None:
            moved[one.package] = moved.get(one.package, NOTHING) + one.amount
    return moved


def _usage(lines: Iterable[Line]) -> list[tuple[str, bool, Decimal, Decimal, int, int]]:
    """Lines about documents by kind, as `models.Usage` has them."""
    used: dict[tuple[str, bool], dict[int, Decimal]] = {}
    back: dict[tuple[str, bool], dict[int, Decimal]] = {}
    for one in lines:
        if one.document is not None:
            table = used if one.what is What.USED else back
            found = table.setdefault((one.kind, one.is_incoming), {})
            found[one.document] = found.get(one.document, NOTHING) + abs(one.amount)
    return [
        (*thing, sum(u.values(), NOTHING), sum(b.values(), NOTHING), len(u), len(b))
        for thing in sorted({*used, *back})
        for u, b in [(used.get(thing, {}), back.get(thing, {}))]
    ]


def _said(after: Account, lines: Sequence[Line], by: By) -> Iterator[Entry]:
    """One entry of the log for each word."""
    for what in dict.fromkeys(one.what for one in lines):
        found = [one for one in lines if one.what is what]
        documents = tuple(dict.fromkeys(one.document for one in found if one.document is not None))
        facts: dict[str, Any] = {
            "amount": said(abs(sum((one.amount for one in found), NOTHING))),
            "balance": said(after.balance),
        }
        if what in (What.LOADED, What.CORRECTED):
            facts |= {"amount": said(found[0].amount), "package": found[0].package, "note": found[0].note}
        yield Entry(f"credits.{what}", by.now, after.taxpayer, documents, actor=by.actor, origin=by.origin, facts=facts)
