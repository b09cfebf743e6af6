"""How many documents are alike and what they come to, from counts that are exact at any moment.

A trigger writes what every statement changes; the sum over what it wrote is right within each transaction. A job adds
up what has come together, so that there is little to sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import connection

from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.states import Shelf, State
from ulak_server.documents.wanted import Wanted, tallied

__all__ = ["Sum", "add_up", "sums"]

NO_DAY: Final = date(1, 1, 1)
_WORTH_IT: Final = 200
"""Changes of a taxpayer that are added up at once."""
_GROUPS: Final = {
    "state": "state",
    "direction": "direction",
    "kind": "kind",
    "profile": "profile",
    "type_code": "type_code",
    "day": "day",
    "month": "date_trunc('month', day)::date",
    "shelf": "shelf",
}
_ALIKE: Final = "taxpayer_id, shelf, direction, state, kind, profile, type_code, currency, day"


class Sum(NamedTuple):
    """Documents of one currency that are alike in what was asked for.

    Attributes:
        by: in the order in which it was asked for: a `State` for ``state``, a `Shelf` for ``shelf``, the first of the
            month for ``month``; `NO_DAY` where no day is stated.
        payable, vat: in the currency.
    """

    by: tuple[Any, ...]
    currency: str
    documents: int
    payable: Decimal
    vat: Decimal


def sums(taxpayer: int, wanted: Wanted | None = None, by: Sequence[str] = ()) -> list[Sum]:
    """What a taxpayer's documents come to, exactly; within a scope that holds the taxpayer.

    Args:
        wanted: which documents (`Wanted.is_tallied`); None: all.
        by: ``state``, ``direction``, ``kind``, ``profile``, ``type_code``, ``day``, ``month``, ``shelf``.

    Returns:
        groups that have documents, in their order.
    """
    groups = [_GROUPS[one] for one in by]
    parts = ["taxpayer_id = %s"]
    values: list[Any] = [taxpayer]
    if wanted is not None:
        if not wanted.is_tallied:
            raise ValueError("only what is counted can be summed up")
        parts.append("shelf = %s")
        values.append(int(wanted.shelf))
        for one in tallied(wanted, "day"):
            parts.append(one.sql)
            values += one.values
    if wanted is not None and wanted.issued_until is not None and wanted.issued_from is None:
        parts.append("day > %s")
        values.append(NO_DAY)
    columns = ", ".join([*groups, "currency"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns}, sum(documents), sum(payable), sum(vat) FROM documents_tally"  # noqa: S608
            f" WHERE {' AND '.join(parts)} GROUP BY {columns} HAVING sum(documents) > 0 ORDER BY {columns}",
            values,
        )
        return [_sum(row, by) for row in cursor.fetchall()]


def _sum(row: Sequence[Any], by: Sequence[str]) -> Sum:
    found = tuple(_group(name, value) for name, value in zip(by, row, strict=False))
    currency, documents, payable, vat = row[len(by) :]
    return Sum(found, currency, int(documents), payable, vat)


def _group(name: str, value: Any) -> Any:
    if name == "state":
        return State.read(value)
    return Shelf(value) if name == "shelf" else value


# -- adding up ---------------------------------------------------------------------------------------------------------

_CHANGED: Final = """
SELECT taxpayer_id FROM documents_tally WHERE NOT is_sum GROUP BY taxpayer_id HAVING count(*) >= %s
"""
_ADD_UP: Final = f"""
WITH change AS (
    DELETE FROM documents_tally WHERE taxpayer_id = %s AND NOT is_sum
    RETURNING {_ALIKE}, documents, payable, vat
), total AS (
    SELECT {_ALIKE}, sum(documents) AS documents, sum(payable) AS payable, sum(vat) AS vat
    FROM change GROUP BY {_ALIKE}
), added AS (
    UPDATE documents_tally t
    SET documents = t.documents + n.documents, payable = t.payable + n.payable, vat = t.vat + n.vat
    FROM total n
    WHERE t.is_sum AND (t.taxpayer_id, t.shelf, t.direction, t.state, t.kind, t.profile, t.type_code, t.currency,
        t.day) = (n.taxpayer_id, n.shelf, n.direction, n.state, n.kind, n.profile, n.type_code, n.currency, n.day)
    RETURNING t.taxpayer_id, t.shelf, t.direction, t.state, t.kind, t.profile, t.type_code, t.currency, t.day
)
INSERT INTO documents_tally ({_ALIKE}, documents, payable, vat, is_sum)
SELECT {_ALIKE}, documents, payable, vat, true FROM total
WHERE ({_ALIKE}) NOT IN (SELECT {_ALIKE} FROM added) AND (documents <> 0 OR payable <> 0 OR vat <> 0)
"""  # noqa: S608
_EMPTY: Final = """
DELETE FROM documents_tally WHERE taxpayer_id = %s AND is_sum AND documents = 0 AND payable = 0 AND vat = 0
"""


def add_up(taxpayers: Iterable[int], at_least: int = _WORTH_IT) -> int:
    """Add up what has changed, for those taxpayers for whom enough has; outside of any scope.

    Returns:
        for how many it was done.
    """
    with scoped(Role.PIPELINE, taxpayers), connection.cursor() as cursor:
        cursor.execute(_CHANGED, [at_least])
        changed = [taxpayer for (taxpayer,) in cursor.fetchall()]
    return asides.each("tallies", map(Unit, changed), lambda unit: _added_up(unit.taxpayer))


def _added_up(taxpayer: int) -> bool:
    with scoped(Role.PIPELINE, [taxpayer]), connection.cursor() as cursor:
        # One at a time: two that add up the same would both insert what neither has seen.
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('documents_tally'), %s)", [taxpayer])
        (is_mine,) = cursor.fetchone() or (False,)
        if is_mine:
            cursor.execute(_ADD_UP, [taxpayer])
            cursor.execute(_EMPTY, [taxpayer])
        return bool(is_mine)
