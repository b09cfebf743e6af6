"""More time that GİB gives by announcement: recorded by operators, and what was due then is due later.

Elektronik Defter Genel Tebliği 1, 4.3.6: GİB may give up to a month. An announcement names months and the day on which
they are due, and so does an extension: other months that end on that day stay. A further one extends the day that the
first one gave.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple

from django.db.models import Q

from ulak.lifecycle.ledgers import calendar
from ulak_server import clock, formats
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.exchange.ledgers import services as gib
from ulak_server.ledgers.models import Extension
from ulak_server.ledgers.problems import problem
from ulak_server.people.services import Caller, require, working_for

__all__ = ["BOOKS", "INVENTORY", "Extended", "Months", "extend", "extended", "extensions", "take_back"]

BOOKS: Final = "books"
INVENTORY: Final = "inventory"
"""The kind of works that make inventory books."""
_ACTION: Final = "operate"
_LONGEST: Final = 300
_STEPS: Final = 12
"""Announcements about one day that are followed."""


Months = tuple[date, date]
"""The first days of the first and of the last month that an announcement names."""


class Extended(NamedTuple):
    """An extension as it stands; `months`: the first and the last one, None: whatever was due on the day."""

    id: int
    what: str
    last: date
    until: date
    months: Months | None
    source: str
    made_at: datetime


def extended(last: date, month: date, what: str = BOOKS) -> date:
    """The last day of a month with what GİB has given since; in any scope.

    Args:
        month: any day of it.
    """
    about = Q(month_from=None) | Q(month_from__lte=month, month_to__gte=month.replace(day=1))
    for _ in range(_STEPS):
        found = Extension.objects.filter(about, what=what, last=last).values_list("until", flat=True).first()
        if found is None or found <= last:
            break
        last = found
    return last


def extensions(caller: Caller) -> list[Extended]:
    """All of them, the newest day first; for operators."""
    require(caller, _ACTION)
    with working_for(caller):
        return [_extended(row) for row in Extension.objects.order_by("-last", "what")]


def extend(caller: Caller, what: str, last: date, until: date, source: str, months: Months, *, origin: str = "") -> int:
    """Record an announcement of GİB's; what of the months was due on that day is due later: how many packages.

    Args:
        what: `BOOKS` or `INVENTORY`.
        months: any days of the first and of the last month that it names; of an inventory's day.
        source: where people find the announcement.

    Raises:
        LedgerWorkError: ``ledger-work.extension-there``, ``ledger-work.extension-source``,
            ``ledger-work.extension-months``.
        LifecycleError: ``lifecycle.ledger-extension``.
    """
    require(caller, _ACTION)
    source = " ".join(source.split())
    if not source or len(source) > _LONGEST or not source.isprintable():
        raise problem("ledger-work.extension-source", where="/source", limit=_LONGEST)
    calendar.extended(last, until)
    first, final = (month.replace(day=1) for month in months)
    if not first <= final <= last:
        raise problem("ledger-work.extension-months", where="/months", day=formats.day_text(last))
    with working_for(caller):
        about = Q(month_from=None) | Q(month_from__lte=final, month_to__gte=first)
        if Extension.objects.filter(about, what=what, last=last).exists():
            raise problem("ledger-work.extension-there", where="/last", day=formats.day_text(last))
        row = Extension.objects.create(
            what=what, last=last, until=until, month_from=first, month_to=final, source=source, actor=caller.actor
        )
        made = _extended(row)
        _tell("ledger.extended", made, caller, origin)
    return _postpone(made, last, until, caller)


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
    return _postpone(found, found.until, found.last, caller)


def _postpone(one: Extended, last: date, until: date, caller: Caller) -> int:
    due, later = calendar.due_at(last), calendar.due_at(until)
    return gib.postpone(due, later, inventories=one.what == INVENTORY, months=one.months, actor=caller.actor)


def _extended(row: Extension) -> Extended:
    months = None if row.month_from is None or row.month_to is None else (row.month_from, row.month_to)
    return Extended(row.id, row.what, row.last, row.until, months, row.source, row.made_at)


def _tell(word: str, one: Extended, caller: Caller, origin: str) -> None:
    facts = {"what": one.what, "last": str(one.last), "until": str(one.until), "source": one.source}
    facts |= {"months": "/".join(f"{month:%Y-%m}" for month in one.months)} if one.months else {}
    audit.record([Entry(word, clock.now(), None, actor=caller.actor, origin=origin, facts=facts)])
