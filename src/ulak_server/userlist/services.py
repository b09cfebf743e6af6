"""Who is, and was, registered at GİB under which aliases.

>>> mailboxes("7359021640", "einvoice")  # doctest: +SKIP
['urn:mail:defaultpk@meltem.example']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection

from ulak_server import clock
from ulak_server.database.ahead import Ask, asked
from ulak_server.database.arrays import array

__all__ = [
    "Freshness",
    "Registered",
    "freshness",
    "looked_up",
    "lookup",
    "lookup_asked",
    "lookup_many",
    "mailboxes",
    "mailboxes_of",
]

_READ: Final = ("taken", "unchanged")
_LOOKUP: Final = "SELECT * FROM userlist_lookup(%s, %s, %s)"
"""A function of the database: those in use at the moment, as `Registered` has them and as `lookup` sorts them."""
_SERVICES: Final = ("einvoice", "edespatch")


class Registered(NamedTuple):
    """An alias that was in use at the moment asked for.

    Attributes:
        service: ``einvoice`` or ``edespatch``.
        role: ``PK``, a mailbox, or ``GB``, a sending unit.
        type: ``KAMU`` or ``OZEL``.
        account_type: ``GIBPORTAL``, ``ENTEGRASYON``, ``OZELENTEGRASYON`` or empty.
        registered: when the taxpayer was registered first.
        since, until: when the alias was, or is, in use; ``until`` is None if no end is known.
    """

    number: str
    service: str
    role: str
    alias: str
    title: str
    type: str
    account_type: str
    registered: datetime
    since: datetime
    until: datetime | None


class Freshness(NamedTuple):
    """As of when the list of mailboxes is known.

    Attributes:
        at: when it was read last, changed or not.
        entries: how many aliases it had.
    """

    at: datetime
    entries: int


def lookup(number: str, service: str | None = None, at: datetime | None = None) -> list[Registered]:
    """The aliases of a taxpayer in use at a moment, mailboxes first, the oldest first; none: not registered then.

    Args:
        number: VKN or TCKN.
        service: ``einvoice`` or ``edespatch``; None: both.
        at: aware; None: now.
    """
    return lookup_many([number], service, at).get(number, [])


def lookup_many(
    numbers: Iterable[str], service: str | None = None, at: datetime | None = None
) -> Mapping[str, list[Registered]]:
    """`lookup` of many taxpayers at once, by number; those who are not registered are left out."""
    (rows,) = asked(lookup_asked(numbers, [service] if service else _SERVICES, at))
    return looked_up(rows)


def lookup_asked(numbers: Iterable[str], services: Iterable[str], at: datetime | None = None) -> Ask:
    """What has to be asked to look taxpayers up, at a moment or now; for `looked_up`."""
    return Ask(_LOOKUP, [array(sorted(set(numbers))), array(sorted(services)), at or clock.now()])


def looked_up(rows: Iterable[Sequence[Any]]) -> dict[str, list[Registered]]:
    """Those who are registered, by number, as rows of `lookup_asked` have them."""
    found: dict[str, list[Registered]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(Registered(*row))
    return found


def mailboxes(number: str, service: str, at: datetime | None = None) -> list[str]:
    """The mailboxes (PK) of a taxpayer in use at a moment, the oldest first; none: not registered for the service."""
    return mailboxes_of([number], service, at).get(number, [])


def mailboxes_of(numbers: Iterable[str], service: str, at: datetime | None = None) -> Mapping[str, list[str]]:
    """`mailboxes` of many taxpayers at once, by number; those who have none are left out."""
    every = lookup_many(numbers, service, at)
    boxes = {number: [one.alias for one in found if one.role == "PK"] for number, found in every.items()}
    return {number: found for number, found in boxes.items() if found}


def freshness() -> Freshness | None:
    """As of when the answers are; None if the list of mailboxes was never read."""
    rows = _rows(
        "SELECT started_at, entries FROM userlist_list_run WHERE name = 'Pk' AND outcome = ANY (%s)"
        " ORDER BY id DESC LIMIT 1",
        [list(_READ)],
    )
    return Freshness(*rows[0]) if rows else None


def _rows(statement: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
