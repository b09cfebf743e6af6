"""The audit log read on and on: entries that somebody may want to hear of become events, each once.

The place in the log and the events are written in one transaction: a process that dies has done nothing, and the next
one goes on where the last commit was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec
import structlog
from django.db import connection, transaction

from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.audit import services as audit
from ulak_server.audit.services import Told
from ulak_server.database.arrays import as_arrays
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery.kinds import SOURCES, Source
from ulak_server.delivery.models import Cursor, Event
from ulak_server.delivery.taking_over import WORDS, take_over

__all__ = ["Feed", "happened", "read_on"]

_LOG: Final = structlog.get_logger("ulak_server.delivery")
_NAME: Final = "audit"
_STATION: Final = "feed"
_AGAIN: Final = "SELECT taxpayer_id, subject FROM asides_aside WHERE station = %s AND until <= %s LIMIT 100"
_FOLLOWED: Final = tuple(dict.fromkeys([*SOURCES, *WORDS]))
_LOCK: Final = 7106
_MOST: Final = 500
_SECONDS: Final = 1.0
_DOCUMENTS: Final = 1000
"""Of one event; of more, the first are named and all are counted."""
_BUSINESS: Final = """
SELECT id FROM documents_document WHERE id = ANY (%s) AND kind NOT IN ('application_response', 'receipt_advice')
"""
_INSERT: Final = """
INSERT INTO delivery_event (key, taxpayer_id, kind, at, documents, code, facts)
SELECT gen_random_uuid(), taxpayer, kind, at, documents::bigint[], code, facts::jsonb
FROM unnest(%s::int[], %s::text[], %s::timestamptz[], %s::text[], %s::text[], %s::text[])
    AS v(taxpayer, kind, at, documents, code, facts)
"""


class Feed:
    """The station that reads on; one process at a time does, and it looks every second only.

    Args:
        now: seconds of a clock that never goes back.
    """

    name: Final = _STATION

    def __init__(self, seconds: float = _SECONDS, now: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._now, self._next = seconds, now, now()

    def turn(self) -> int:
        """Read some hundred entries; how many events they became."""
        if self._now() < self._next:
            return 0
        made = _read_again()
        met, more = read_on()
        made += more
        if met < _MOST:
            self._next = self._now() + self._seconds
        return made

    def close(self) -> None:
        """Nothing is held."""


def read_on(most: int = _MOST) -> tuple[int, int]:
    """Read the log on from where it was left, unless another process does: entries met, and events made of them.

    The first time of all only the place is remembered: nobody is told of what was before. An entry that cannot be taken
    is put aside by itself, and the log is read on.
    """
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0, 0
        place = Cursor.objects.filter(name=_NAME).values_list("tx", flat=True).first()
        found = audit.follow(place, _FOLLOWED, most)
        if found.next != place:
            Cursor.objects.update_or_create(name=_NAME, defaults={"tx": found.next, "at": clock.now()})
        return len(found.entries), _taken(found.entries)


def _taken(entries: Sequence[Told]) -> int:
    """Hand entries over and keep them as events; one by one if that fails, so that one holds up no other."""
    try:
        with transaction.atomic():
            return _take(entries)
    except Exception as error:
        if not connection.is_usable():
            raise
        if len(entries) == 1:
            asides.put_aside(_STATION, Unit(entries[0].taxpayer or 0, entries[0].id), error)
            return 0
        _LOG.warning("feed.failed", entries=len(entries), error=type(error).__name__)
    return sum(_taken([one]) for one in entries)


def _take(entries: Sequence[Told]) -> int:
    take_over(entries)
    return _keep(entries)


def _read_again() -> int:
    """Entries that were put aside and whose time has come; how many events they became."""
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_AGAIN, [_STATION, clock.now()])
        due = [Unit(*row) for row in cursor.fetchall()]
    return asides.each(_STATION, due, _take_again)


def _take_again(unit: Unit) -> int:
    with scoped(Role.PIPELINE):
        # Whoever takes it back takes it: another process may be at it.
        is_mine = asides.take_back(_STATION, unit)
        found = audit.entry(unit.subject) if is_mine else None
        return 0 if found is None else _take([found])


def happened(
    taxpayer: int, kind: str, *, documents: Sequence[int] = (), code: str = "", once: str | None = None, **facts: object
) -> None:
    """Write down something that is in no log, in the running transaction and scope.

    Args:
        once: what must not be told twice; a second time nothing is written.
    """
    event = Event(
        taxpayer_id=taxpayer, kind=kind, at=clock.now(), documents=list(documents), code=code, facts=facts, once=once
    )
    Event.objects.bulk_create([event], ignore_conflicts=once is not None)


def _keep(entries: Sequence[Told]) -> int:
    rows = [row for entry in entries if (row := _event(entry, _source(entry))) is not None]
    rows = list(_of_business(rows))
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, as_arrays([[*row[:3], _array(row[3]), *row[4:6]] for row in rows]))
    return len(rows)


_Row = tuple[int, str, object, list[int], str, str, bool]


def _event(entry: Told, source: Source | None) -> _Row | None:
    if source is None or entry.taxpayer is None:
        return None
    facts = msgspec.json.encode({**entry.facts, "count": len(entry.documents) or 1}).decode()
    return entry.taxpayer, source.kind, entry.at, list(entry.documents), entry.code, facts, source.is_business


def _source(entry: Told) -> Source | None:
    fitting = SOURCES.get(entry.what, ())
    return next((one for one in fitting if not one.codes or entry.code in one.codes), None)


def _of_business(rows: Iterable[_Row]) -> Iterable[_Row]:
    """Without documents that only carry an answer: the answer itself is told of."""
    rows = list(rows)
    asked = sorted({id for row in rows if row[-1] for id in row[3]})
    kept: set[int] = set()
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(_BUSINESS, [asked])
            kept = {id for (id,) in cursor.fetchall()}
    for row in rows:
        documents = [id for id in row[3] if id in kept] if row[-1] else row[3]
        if not documents and row[-1]:
            continue
        yield (*row[:3], documents[:_DOCUMENTS], *row[4:])


def _array(values: Iterable[int]) -> str:
    return "{" + ",".join(map(str, values)) + "}"
