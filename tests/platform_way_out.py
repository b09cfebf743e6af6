"""The way out of the platform for tests: its stations with a real key, and calls that are only written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from seal_pki import KNOWN_KEY
from ulak_server import clock
from ulak_server.archive.services import Ref, read
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.exchange.keys import Address, KeyRing
from ulak_server.exchange.outbound.stations import Packing, Preparing
from ulak_server.exchange.shell import Outside

__all__ = ["Called", "assert_no_gap", "bodies", "documents", "key_ring", "passing", "run", "sql"]


class Called:
    """Calls that nobody carries out."""

    def __init__(self, free: int = 1_000) -> None:
        self.free = free
        self.outside: list[Outside] = []

    def carry_out(self, outside: Sequence[Outside]) -> None:
        self.outside += outside


def key_ring() -> KeyRing:
    return KeyRing(lambda: Address(f"pkcs12:{KNOWN_KEY.p12}"))


def run(calls: Called | None = None, keys: KeyRing | None = None) -> Called:
    """Both stations, until there is nothing to do; no time passes meanwhile, however slow the machine is."""
    calls, keys = calls or Called(), keys or key_ring()
    stations = (Preparing(keys, calls), Packing(calls))
    with passing(timedelta()):
        while sum(station.turn() for station in stations):
            pass
    return calls


_MOMENTS: Final[list[datetime]] = []


@contextmanager
def passing(time: timedelta) -> Iterator[None]:
    """Let that much time have passed for the platform, and none more."""
    _MOMENTS.append(clock.now() + time)
    clock.use(lambda: _MOMENTS[-1])
    try:
        yield
    finally:
        _MOMENTS.pop()
        if not _MOMENTS:
            clock.use(None)


def documents(taxpayer: int) -> list[Document]:
    with scoped(Role.WEB, [taxpayer]):
        return list(Document.objects.order_by("id"))


def bodies(rows: Iterable[Document]) -> list[bytes]:
    refs = [Ref(row.taxpayer_id, row.month, row.id) for row in rows]
    with scoped(Role.WEB, {ref.taxpayer for ref in refs}):
        found = read(refs)
    return [found[ref] for ref in refs]


def sql(statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run a statement as a worker does."""
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        return cursor.fetchall() if cursor.description else []


def assert_no_gap(taxpayer: int) -> None:
    """The numbers that Ulak gave are those from 1 to the last, each once, and the counters say so."""
    given: dict[str, list[int]] = {}
    for row in documents(taxpayer):
        if row.number is not None and row.series_id is not None:
            given.setdefault(row.number[:7], []).append(int(row.number[7:]))
    for numbers in given.values():
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
    counters = sql(
        "SELECT s.prefix || c.year, c.last FROM taxpayers_counter c JOIN taxpayers_series s ON s.id = c.series_id"
        " WHERE c.taxpayer_id = %s AND c.last > 0",
        [taxpayer],
    )
    assert dict(counters) == {start: len(numbers) for start, numbers in given.items()}
