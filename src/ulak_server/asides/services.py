"""One taxpayer's work after the other's: what fails for one is put aside for a while, and everybody else goes on.

>>> each("sharing", [Unit(7), Unit(9)], lambda unit: share(unit.taxpayer))  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, NamedTuple

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from ulak.errors import UlakError
from ulak.lifecycle.backoff import pause
from ulak.lifecycle.policy import Backoff
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import is_scoped, scoped
from ulak_server.meters import ASIDES

__all__ = [
    "Broken",
    "Standing",
    "Unit",
    "awake",
    "blaming",
    "counts",
    "each",
    "forget_old",
    "put_aside",
    "standing",
    "subject",
    "take_back",
    "take_back_all",
    "wake",
]

_LOG: Final = structlog.get_logger("ulak_server.asides")
_BACKOFF: Final = Backoff(timedelta(seconds=10), 3.0, timedelta(minutes=5), jitter=0.2)
_FORGOTTEN: Final = timedelta(hours=26)
"""After its next try was due; what is done once a day is tried within it."""
_KNOWN: Final = "SELECT taxpayer_id, subject, until FROM asides_aside WHERE station = %s"
_PUT: Final = """
INSERT INTO asides_aside (station, taxpayer_id, subject, reason, failures, since, until)
VALUES (%s, %s, %s, %s, 1, %s, %s)
ON CONFLICT (station, taxpayer_id, subject) DO UPDATE
SET reason = excluded.reason, failures = asides_aside.failures + 1 RETURNING failures
"""
_UNTIL: Final = "UPDATE asides_aside SET until = %s WHERE station = %s AND taxpayer_id = %s AND subject = %s"
_TAKE: Final = """
DELETE FROM asides_aside WHERE station = %s AND taxpayer_id = %s AND subject = %s RETURNING station
"""
_TAKE_ALL: Final = """
DELETE FROM asides_aside a USING unnest(%s::int[], %s::bigint[]) AS u (taxpayer, subject)
WHERE a.station = %s AND a.taxpayer_id = u.taxpayer AND a.subject = u.subject RETURNING a.taxpayer_id, a.subject
"""
_WAKE: Final = """
UPDATE asides_aside SET until = %s WHERE station = %s AND taxpayer_id = %s AND subject = %s AND until > %s
RETURNING station
"""
_DIGITS: Final = 15
"""Of a digest, in hexadecimal: as many as a positive number of eight bytes holds."""
_OLD: Final = "DELETE FROM asides_aside WHERE until < %s"
_COUNTS: Final = "SELECT station, count(*) FROM asides_aside GROUP BY station ORDER BY station"
_STANDING: Final = """
SELECT a.station, a.taxpayer_id, coalesce(t.title, ''), a.subject, a.reason, a.failures, a.since, a.until
FROM asides_aside a LEFT JOIN taxpayers_taxpayer t ON t.id = a.taxpayer_id ORDER BY a.since LIMIT %s
"""


class Unit(NamedTuple):
    """What is put aside by itself.

    Attributes:
        taxpayer: 0: of nobody's yet.
        subject: a record of the taxpayer's; 0: all that is done for the taxpayer.
    """

    taxpayer: int
    subject: int = 0

    @classmethod
    def of(cls, taxpayer: int | None, key: object) -> Unit:
        """A record by its key; one without a number goes by the digest of its key, as `subject` has it in SQL.

        >>> Unit.of(7, 4711), Unit.of(None, "a")
        (Unit(taxpayer=7, subject=4711), Unit(taxpayer=0, subject=912392414677810140))
        """
        number = key if isinstance(key, int) else int(sha256(str(key).encode()).hexdigest()[:_DIGITS], 16)
        return cls(taxpayer or 0, number)


class Broken(Exception):
    """One record, of those that are worked on together, is to blame that this fails.

    Attributes:
        unit: what is to be put aside.
        record: what the record is called, for whoever looks for it.
        cause: the error.
    """

    def __init__(self, unit: Unit, record: str, cause: Exception) -> None:
        super().__init__(f"{record} cannot be worked on")
        self.unit, self.record, self.cause = unit, record, cause


class Standing(NamedTuple):
    """Something that is put aside; see `ulak_server.asides.models.Aside`."""

    station: str
    taxpayer: int
    title: str
    subject: int
    reason: str
    failures: int
    since: datetime
    until: datetime


def each(station: str, units: Iterable[Unit], do: Callable[[Unit], int]) -> int:
    """Do something for each of these that is not put aside; how much was done. Outside of any scope.

    Whatever fails is put aside, longer every time, and taken back once it succeeds.

    Raises:
        Exception: what failed, if not even that can be written down: the database is away, and nobody is to blame.
    """
    wanted = list(units)
    if not wanted:
        return 0
    known, done = _known(station), 0
    for unit in wanted:
        if unit in known and clock.is_ahead(known[unit], _BACKOFF.cap):
            continue
        try:
            done += do(unit)
        except Exception as error:
            put_aside(station, unit, error)
        else:
            if unit in known:
                take_back(station, unit)
    return done


def put_aside(station: str, unit: Unit, error: Exception) -> None:
    """Let something wait after it failed; in a worker's scope, or in one of its own.

    Raises:
        Exception: ``error`` itself, if that cannot be written down.
    """
    now = clock.now()
    try:
        with _scope(), connection.cursor() as cursor:
            cursor.execute(_PUT, [station, *unit, _reason(error), now, now])
            (failures,) = cursor.fetchone()
            until = now + pause(_BACKOFF, failures, unit.taxpayer)
            cursor.execute(_UNTIL, [until, station, *unit])
    except DatabaseError:
        raise error from None
    # A log that shows what a traceback's variables hold asks the database: not in the running transaction.
    transaction.on_commit(lambda: _tell(station, unit, error, failures, until), robust=True)


@contextmanager
def blaming(unit: Unit, record: str) -> Iterator[None]:
    """What is done for one record alone: if it fails the record is to blame, unless the database is.

    Raises:
        Broken: it failed; whoever claimed the record puts it aside and claims anew.
    """
    try:
        yield
    except (Broken, OperationalError, InterfaceError):
        raise
    except Exception as error:
        raise Broken(unit, record, error) from error


def _tell(station: str, unit: Unit, error: Exception, failures: int, until: datetime) -> None:
    ASIDES.labels(station).inc()
    facts = {"station": station, "taxpayer": unit.taxpayer, "subject": unit.subject, "failures": failures}
    told = error if failures == 1 or not isinstance(error, UlakError) else None
    _LOG.error("work.put-aside", reason=_reason(error), until=until.isoformat(), exc_info=told, **facts)


def take_back(station: str, unit: Unit) -> bool:
    """Something that was put aside has succeeded; False if it was not aside. In a worker's scope, or its own."""
    with _scope(), connection.cursor() as cursor:
        cursor.execute(_TAKE, [station, *unit])
        if cursor.fetchone() is None:
            return False
    _LOG.info("work.taken-back", station=station, taxpayer=unit.taxpayer, subject=unit.subject)
    return True


def take_back_all(station: str, units: Iterable[Unit]) -> None:
    """The same for some that were done together, most of which had never been aside."""
    taxpayers, subjects = zip(*units, strict=True)
    with _scope():
        for taxpayer, subject in _rows(_TAKE_ALL, list(taxpayers), list(subjects), station):
            _LOG.info("work.taken-back", station=station, taxpayer=taxpayer, subject=subject)


def wake(station: str, unit: Unit, actor: str) -> bool:
    """Let something be tried again at once; False if it waits no longer. Outside of any scope."""
    now = clock.now()
    with scoped(Role.PIPELINE):
        is_aside = bool(_rows(_WAKE, now, station, *unit, now))
    if is_aside:
        _LOG.info("work.woken", station=station, taxpayer=unit.taxpayer, subject=unit.subject, actor=actor)
    return is_aside


def awake(station: str, taxpayer: str = "taxpayer_id", subject: str = "0") -> str:
    """The SQL condition that something is not put aside at the moment ``%s``: what is must not fill up a look.

    Args:
        station, taxpayer, subject: of the program's own, never of anybody's input.
    """
    return (
        f"({taxpayer}, {subject}::bigint) NOT IN (SELECT a.taxpayer_id, a.subject FROM asides_aside a"  # noqa: S608
        f" WHERE a.station = '{station}' AND a.until > %s)"
    )


def subject(key: str) -> str:
    """The SQL of `Unit.of` for a column with a key that is no number, to be given to `awake`.

    Args:
        key: of the program's own.
    """
    return f"('x' || left(encode(sha256(convert_to({key}::text, 'UTF8')), 'hex'), {_DIGITS}))::bit({4 * _DIGITS})"


def counts() -> dict[str, int]:
    """How much each station has put aside; within a worker's scope or an operator's."""
    return dict(_rows(_COUNTS))


def standing(most: int = 100) -> list[Standing]:
    """What is put aside, the longest first; within an operator's scope."""
    return [Standing(*row) for row in _rows(_STANDING, most)]


def forget_old() -> None:
    """Forget what nobody tries any more: it was removed while it waited. Opens its own scope."""
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_OLD, [clock.now() - _FORGOTTEN])


def _known(station: str) -> dict[Unit, datetime]:
    with scoped(Role.PIPELINE):
        return {Unit(taxpayer, subject): until for taxpayer, subject, until in _rows(_KNOWN, station)}


@contextmanager
def _scope() -> Iterator[None]:
    if is_scoped():
        yield
        return
    connection.close_if_unusable_or_obsolete()
    with scoped(Role.PIPELINE):
        yield


def _reason(error: Exception) -> str:
    if isinstance(error, Broken):
        return f"{_reason(error.cause)} {error.record}"
    return error.code if isinstance(error, UlakError) else type(error).__name__


def _rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return list(cursor.fetchall())
