"""A shelf in SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

from ulak.errors import Text
from ulak_center.office.rights import Standing
from ulak_center.office.values import Filed, Filing, Package, Step
from ulak_center.values import ISTANBUL

__all__ = ["SqliteShelf"]


_TABLES: Final = (
    """CREATE TABLE IF NOT EXISTS office_packages (
        row INTEGER PRIMARY KEY, office TEXT NOT NULL, id TEXT NOT NULL, file_name TEXT NOT NULL, sender TEXT NOT NULL,
        owner TEXT NOT NULL, received TEXT NOT NULL, size INTEGER NOT NULL, status INTEGER NOT NULL, due TEXT,
        facts TEXT NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS office_packages_id ON office_packages (office, id)",
    "CREATE INDEX IF NOT EXISTS office_packages_due ON office_packages (office, due) WHERE due IS NOT NULL",
    "CREATE TABLE IF NOT EXISTS office_data (row INTEGER PRIMARY KEY, data BLOB NOT NULL, paper BLOB)",
    """CREATE TABLE IF NOT EXISTS office_steps (
        number INTEGER PRIMARY KEY, row INTEGER NOT NULL, at TEXT NOT NULL, status INTEGER NOT NULL,
        code TEXT NOT NULL, tr TEXT NOT NULL, en TEXT NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS office_steps_row ON office_steps (row)",
    """CREATE TABLE IF NOT EXISTS office_filings (
        kind TEXT NOT NULL, owner TEXT NOT NULL, number TEXT NOT NULL, row INTEGER NOT NULL,
        PRIMARY KEY (kind, owner, number, row)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS office_standings (
        office TEXT NOT NULL, number TEXT NOT NULL, standing TEXT NOT NULL, PRIMARY KEY (office, number))""",
    """CREATE TABLE IF NOT EXISTS office_consents (
        owner TEXT NOT NULL, number TEXT NOT NULL, PRIMARY KEY (owner, number)) WITHOUT ROWID""",
)
_AT_ONCE: Final = 5000
_COLUMNS: Final = ", ".join(Package._fields)


class SqliteShelf:
    """A shelf in a database that others may use too; its tables begin with ``office_``.

    Calls must not overlap: the center holds one lock around them. A call that changes something is one transaction, or
    part of the one that is open already.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        with self._at_once():
            for table in _TABLES:
                self._db.execute(table)

    def put(self, package: Package, data: bytes, step: Step) -> Package:
        with self._at_once():
            row = self._db.execute(
                f"INSERT INTO office_packages ({_COLUMNS}) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 fixed
                _written(package)[1:],
            ).lastrowid
            kept = package._replace(row=row or 0)
            self._db.execute("INSERT INTO office_data (row, data) VALUES (?, ?)", (kept.row, data))
            self._add(kept.row, step)
        return kept

    def newest(self, office: str, id: str) -> Package | None:
        return self._one("office = ? AND id = ? ORDER BY row DESC LIMIT 1", office, id)

    def package(self, row: int) -> Package | None:
        return self._one("row = ?", row)

    def packages(
        self, office: str, *, party: str = "", status: int | None = None, after: int = 0, limit: int = 1000
    ) -> list[Package]:
        return self._some(
            "office = ?1 AND row > ?2 AND (?3 = '' OR ?3 IN (sender, owner)) AND (?4 IS NULL OR status = ?4)"
            " ORDER BY row LIMIT ?5",
            office,
            after,
            party,
            status,
            limit,
        )

    def alike(self, office: str, prefix: str, status: int) -> list[Package]:
        return self._some(
            "office = ?1 AND id >= ?2 AND id < ?3 AND status = ?4 ORDER BY row",
            office,
            prefix,
            prefix + "\U0010ffff",
            status,
        )

    def data(self, row: int) -> bytes:
        found = self._db.execute("SELECT data FROM office_data WHERE row = ?", (row,)).fetchone()
        return bytes(found[0]) if found else b""

    def move(self, package: Package, step: Step) -> None:
        facts = json.dumps(dict(package.facts), ensure_ascii=False)
        with self._at_once():
            self._db.execute(
                "UPDATE office_packages SET owner = ?, status = ?, due = ?, facts = ? WHERE row = ?",
                (package.owner, step.status, _stamp(package.due), facts, package.row),
            )
            self._add(package.row, step)

    def steps(self, row: int) -> list[Step]:
        found = self._db.execute(
            "SELECT at, status, code, tr, en FROM office_steps WHERE row = ? ORDER BY number", (row,)
        )
        return [Step(_moment(at), status, code, Text(tr, en)) for at, status, code, tr, en in found]

    def due(self, office: str, now: datetime) -> Package | None:
        return self._one("office = ? AND due <= ? ORDER BY due, row LIMIT 1", office, _stamp(now))

    def waiting(self, office: str) -> list[Package]:
        return self._some("office = ? AND due IS NOT NULL ORDER BY due, row", office)

    def next_due(self, office: str) -> datetime | None:
        found = self._db.execute("SELECT MIN(due) FROM office_packages WHERE office = ?", (office,)).fetchone()
        return _moment(found[0]) if found[0] else None

    def file(self, row: int, filings: Iterable[Filing]) -> None:
        with self._at_once():
            self._db.executemany(
                "INSERT OR IGNORE INTO office_filings VALUES (?, ?, ?, ?)", [(*filing, row) for filing in filings]
            )

    def filed(self, filing: Filing, before: int) -> str | None:
        found = self._db.execute(
            "SELECT id FROM office_filings JOIN office_packages USING (row)"
            " WHERE kind = ? AND office_filings.owner = ? AND number = ? AND row < ? ORDER BY row LIMIT 1",
            (*filing, before),
        ).fetchone()
        return str(found[0]) if found else None

    def repeated(self, filings: Sequence[Filing], before: int) -> list[tuple[Filing, str]]:
        """One statement for many: a report names a hundred thousand documents."""
        found: list[tuple[Filing, str]] = []
        for start in range(0, len(filings), _AT_ONCE):
            rows = self._db.execute(
                "SELECT kind, earlier.owner, number, id FROM (SELECT asked.key AS place, kind, owner, number,"
                " MIN(row) AS first FROM json_each(?) AS asked CROSS JOIN office_filings"
                " WHERE kind = json_extract(asked.value, '$[0]') AND owner = json_extract(asked.value, '$[1]')"
                " AND number = json_extract(asked.value, '$[2]') AND row < ? GROUP BY asked.key) AS earlier"
                " JOIN office_packages ON office_packages.row = first ORDER BY place",
                (json.dumps(filings[start : start + _AT_ONCE]), before),
            )
            found += ((Filing(kind, owner, number), str(id)) for kind, owner, number, id in rows)
        return found

    def filings(self, owner: str, after: tuple[str, str, str, int] | None, limit: int) -> list[Filed]:
        rows = self._db.execute(
            "SELECT kind, held.owner, number, row, id FROM office_filings AS held JOIN office_packages USING (row)"
            " WHERE (kind, held.owner, number, row) > (?, ?, ?, ?) AND ? IN ('', held.owner)"
            " ORDER BY kind, held.owner, number, row LIMIT ?",
            (*(after or ("", "", "", 0)), owner, limit),
        )
        return [Filed(*row) for row in rows]

    def lay_by(self, row: int, paper: bytes) -> None:
        with self._at_once():
            self._db.execute("UPDATE office_data SET paper = ? WHERE row = ?", (paper, row))

    def paper(self, row: int) -> bytes | None:
        found = self._db.execute("SELECT paper FROM office_data WHERE row = ?", (row,)).fetchone()
        return bytes(found[0]) if found and found[0] is not None else None

    def standing(self, office: str, number: str) -> Standing | None:
        found = self._db.execute(
            "SELECT standing FROM office_standings WHERE office = ? AND number = ?", (office, number)
        ).fetchone()
        return Standing(found[0]) if found else None

    def hold(self, office: str, number: str, standing: Standing | None) -> None:
        with self._at_once():
            self._db.execute("DELETE FROM office_standings WHERE office = ? AND number = ?", (office, number))
            if standing is not None:
                self._db.execute("INSERT INTO office_standings VALUES (?, ?, ?)", (office, number, standing.value))

    def has_consent(self, number: str, owner: str) -> bool:
        found = self._db.execute("SELECT 1 FROM office_consents WHERE owner = ? AND number = ?", (owner, number))
        return found.fetchone() is not None

    def consent(self, number: str, owner: str, *, given: bool) -> None:
        change = (
            "INSERT OR IGNORE INTO office_consents VALUES (?, ?)"
            if given
            else "DELETE FROM office_consents WHERE owner = ? AND number = ?"
        )
        with self._at_once():
            self._db.execute(change, (owner, number))

    def _add(self, row: int, step: Step) -> None:
        self._db.execute(
            "INSERT INTO office_steps (row, at, status, code, tr, en) VALUES (?, ?, ?, ?, ?, ?)",
            (row, _stamp(step.at), step.status, step.code, *step.reason),
        )

    def _one(self, where: str, *values: object) -> Package | None:
        return next(iter(self._some(where, *values)), None)

    def _some(self, where: str, *values: Any) -> list[Package]:
        found = self._db.execute(f"SELECT {_COLUMNS} FROM office_packages WHERE {where}", values)  # noqa: S608 fixed
        return [_read(row) for row in found]

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        # A savepoint is a transaction of its own where none is open, and part of it where one is.
        self._db.execute("SAVEPOINT office")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK TO office")
            raise
        finally:
            self._db.execute("RELEASE office")


def _written(package: Package) -> tuple[Any, ...]:
    facts = json.dumps(dict(package.facts), ensure_ascii=False)
    return tuple(package._replace(received=_stamp(package.received), due=_stamp(package.due), facts=facts))  # type: ignore[arg-type]


def _read(row: tuple[Any, ...]) -> Package:
    package = Package(*row)
    received, due = str(package.received), package.due
    return package._replace(
        received=_moment(received), due=_moment(str(due)) if due else None, facts=json.loads(str(package.facts))
    )


def _stamp(moment: datetime | None) -> str | None:
    """In UTC and of fixed width, so that texts sort as times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds") if moment else None


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp).astimezone(ISTANBUL)
