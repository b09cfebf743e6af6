"""More time that GİB gives by announcement: recorded by operators, and what was due then is due later.

Elektronik Defter Genel Tebliği 1, 4.3.6: GİB may give up to a month. An announcement names what is due on a day, and so
does an extension; a further one extends the day that the first one gave.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple

from ulak.lifecycle.ledgers import calendar
from ulak_server import clock, formats
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.exchange.ledgers import services as gib
from ulak_server.ledgers.models import Extension
from ulak_server.ledgers.problems import problem
from ulak_server.people.services import Caller, require, working_for

__all__ = ["BOOKS", "INVENTORY", "Extended", "extend", "extended", "extensions", "take_back"]

BOOKS: Final = "books"
INVENTORY: Final = "inventory"
"""The kind of works that make inventory books."""
_ACTION: Final = "operate"
_LONGEST: Final = 300
_STEPS: Final = 12
"""Announcements about one day that are followed."""


class Extended(NamedTuple):
    """An extension as it stands."""

    id: int
    what: str
    last: date
    until: date
    source: str
    made_at: datetime


def extended(last: date, what: str = BOOKS) -> date:
    """The last day with what GİB has given since; in any scope."""
    for _ in range(_STEPS):
        found = Extension.objects.filter(what=what, last=last).values_list("until", flat=True).first()
        if found is None or found <= last:
            break
        last = found
    return last


def extensions(caller: Caller) -> list[Extended]:
    """All of them, the newest day first; for operators."""
    require(caller, _ACTION)
    with working_for(caller):
        return [_extended(row) for row in Extension.objects.order_by("-last", "what")]


def extend(caller: Caller, what: str, last: date, until: date, source: str, *, origin: str = "") -> int:
    """Record an announcement of GİB's; what is open and was due on that day is due later: how many packages.

    Args:
        what: `BOOKS` or `INVENTORY`.
        source: where people find the announcement.

    Raises:
        LedgerWorkError: ``ledger-work.extension-there``, ``ledger-work.extension-source``.
        LifecycleError: ``lifecycle.ledger-extension``.
    """
    require(caller, _ACTION)
    source = " ".join(source.split())
    if not source or len(source) > _LONGEST or not source.isprintable():
        raise problem("ledger-work.extension-source", where="/source", limit=_LONGEST)
    calendar.extended(last, until)
    with working_for(caller):
        if Extension.objects.filter(what=what, last=last).exists():
            raise problem("ledger-work.extension-there", where="/last", day=formats.day_text(last))
        row = Extension.objects.create(what=what, last=last, until=until, source=source, actor=caller.actor)
        _tell("ledger.extended", _extended(row), caller, origin)
    return _postpone(what, last, until, caller)


def take_back(caller: Caller, id: int, *, origin: str = "") -> int:
    """Remove one that was recorded by mistake; what was put off is due when it was: how many packages.

    Raises:
        LedgerWorkError: ``ledger-work.extension-unknown``.
    """
    require(caller, _ACTION)
    with working_for(caller):
        row = Extension.objects.filter(id=id).first()
        if row is None:
            raise problem("ledger-work.extension-unknown")
        found = _extended(row)
        row.delete()
        _tell("ledger.extension-taken-back", found, caller, origin)
    return _postpone(found.what, found.until, found.last, caller)


def _postpone(what: str, last: date, until: date, caller: Caller) -> int:
    due, later = calendar.due_at(last), calendar.due_at(until)
    return gib.postpone(due, later, inventories=what == INVENTORY, actor=caller.actor)


def _extended(row: Extension) -> Extended:
    return Extended(row.id, row.what, row.last, row.until, row.source, row.made_at)


def _tell(word: str, one: Extended, caller: Caller, origin: str) -> None:
    facts = {"what": one.what, "last": str(one.last), "until": str(one.until), "source": one.source}
    audit.record([Entry(word, clock.now(), None, actor=caller.actor, origin=origin, facts=facts)])
