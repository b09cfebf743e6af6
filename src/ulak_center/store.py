"""What the center remembers, in one SQLite file.

A transaction is one step of the center: taking an envelope, or one task. The file is written ahead (WAL), so that a
killed center finds every step whole. Without a file, a private temporary one is used, so that memory stays small.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from ulak_center.problems import center_error
from ulak_center.values import ISTANBUL

__all__ = ["Store", "moment", "stamp"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TABLES: Final = """
create table if not exists settings (key text primary key, value text not null);
create table if not exists integrators (
    number text primary key, title text not null, endpoint_gb text not null, endpoint_pk text not null,
    suspended integer not null default 0);
create table if not exists accounts (
    number text primary key, title text not null, kind text not null, method text not null, created integer not null);
create table if not exists units (
    number text not null, alias text not null, role text not null, use text not null, operator text not null,
    created integer not null, deleted integer);
create index if not exists units_by_address on units (number, alias);
create index if not exists units_by_alias on units (alias);
create table if not exists services (
    number text not null, service text not null, operator text not null, option text not null,
    opened integer not null, closed integer);
create index if not exists services_by_number on services (number);
create table if not exists envelopes (
    id text primary key, name text not null, received integer not null, caller text not null, type text not null,
    sender text not null, sender_alias text not null, receiver text not null, receiver_alias text not null,
    elements text not null, size integer not null, status integer not null, code text not null,
    reason_tr text not null, reason_en text not null, about text not null, says integer not null,
    is_ours integer not null, sequence integer not null);
create index if not exists envelopes_by_sequence on envelopes (sequence);
create index if not exists envelopes_by_about on envelopes (about) where about <> '';
create table if not exists bodies (id text primary key, data blob not null);
create table if not exists states (envelope text not null, at integer not null, status integer not null,
    code text not null);
create index if not exists states_by_envelope on states (envelope);
create table if not exists documents (
    envelope text not null, position integer not null, element text not null, ettn text not null,
    number text not null, profile text not null, type_code text not null, sender text not null,
    receiver text not null, about text not null, answer text not null);
create index if not exists documents_by_ettn on documents (ettn);
create index if not exists documents_by_number on documents (number, sender);
create index if not exists documents_by_envelope on documents (envelope);
create table if not exists attempts (
    envelope text not null, at integer not null, operation text not null, endpoint text not null,
    outcome text not null, detail text not null, seconds real not null);
create index if not exists attempts_by_envelope on attempts (envelope);
create table if not exists tasks (
    id integer primary key autoincrement, due integer not null, kind text not null, subject text not null,
    tries integer not null default 0, flying integer not null default 0);
create index if not exists tasks_by_due on tasks (due, id) where flying = 0;
create index if not exists tasks_by_kind on tasks (kind, due, id);
create index if not exists tasks_flying on tasks (id) where flying = 1;
create table if not exists calls (
    id integer primary key autoincrement, at integer not null, direction text not null, operation text not null,
    party text not null, envelope text not null, outcome text not null, seconds real not null);
create table if not exists end_documents (
    holder text not null, ettn text not null, direction text not null, envelope text not null,
    position integer not null, element text not null, number text not null, profile text not null,
    type_code text not null, issued text not null, about text not null, says text not null, at integer not null,
    status integer not null, reason_tr text not null, reason_en text not null, mark text not null,
    reference text not null, answer text not null default '', answered integer,
    answer_envelope text not null default '', primary key (holder, direction, ettn));
create index if not exists end_documents_by_envelope on end_documents (holder, envelope);
create table if not exists end_envelopes (
    holder text not null, envelope text not null, direction text not null, at integer not null, status integer not null,
    sender_title text not null, receiver_title text not null, primary key (holder, envelope));
create table if not exists answers_due (envelope text primary key, reasons text not null, gtb_refno text not null);
create table if not exists probes (
    envelope text primary key, kind text not null, receiver text not null, alias text not null, at integer not null);
create table if not exists faults (
    id integer primary key autoincrement, fault text not null, seen integer not null default 0);
create table if not exists closures (
    number text primary key, new_number text not null, closed text not null, code text not null, reason text not null,
    at integer not null);
"""


def stamp(at: datetime) -> int:
    """A time as the store keeps it: microseconds since 1970."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def moment(value: int) -> datetime:
    """A kept time, in Istanbul's zone.

    >>> moment(stamp(datetime(2026, 7, 1, 9, tzinfo=ISTANBUL))).isoformat()
    '2026-07-01T09:00:00+03:00'
    """
    return (_EPOCH + timedelta(microseconds=value)).astimezone(ISTANBUL)


def _opened(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.executescript(_TABLES)
    except BaseException:
        connection.close()
        raise
    return connection


class Store:
    """One open file. Not for several threads at once: the center's lock is around it.

    Raises:
        CenterError: ``center.data-broken``: the file is none of ours, or cannot be written.
    """

    def __init__(self, path: Path | None = None) -> None:
        try:
            self.connection = _opened("" if path is None else str(path))
        except sqlite3.Error as error:
            raise center_error("center.data-broken", path=path, detail=error) from None

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    @contextmanager
    def step(self) -> Iterator[None]:
        """All that happens inside is kept, or nothing of it; steps in a step belong to the outer one."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self.connection.execute("rollback")
            raise
        self.connection.execute("commit")

    def add(self, table: str, **values: Any) -> None:
        """Insert one row; names come from this package, never from outside."""
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        self.connection.execute(f"insert into {table} ({names}) values ({marks})", tuple(values.values()))  # noqa: S608

    def run(self, sql: str, *values: Any) -> int:
        """Carry out a statement; the number of rows it changed."""
        return self.connection.execute(sql, values).rowcount

    def row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        """The first row, None if there is none."""
        found: sqlite3.Row | None = self.connection.execute(sql, values).fetchone()
        return found

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """All rows."""
        return self.connection.execute(sql, values).fetchall()

    def setting(self, key: str) -> str | None:
        """A setting that was kept."""
        row = self.row("select value from settings where key = ?", key)
        return None if row is None else row[0]

    def keep(self, key: str, value: str) -> None:
        """Keep a setting."""
        self.run(
            "insert into settings values (?, ?) on conflict (key) do update set value = excluded.value", key, value
        )
