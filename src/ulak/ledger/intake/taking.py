"""A file taken into the store: every row a line, every cell that cannot be read a fault with its row; or nothing."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Dict
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from ulak.ledger.intake.accounts import take_accounts
from ulak.ledger.intake.choosing import make_choices
from ulak.ledger.intake.faults import keep_faults, set_loose_rows_aside, write_faults, write_text_faults
from ulak.ledger.intake.guessing import missing, places_of
from ulak.ledger.intake.looking import header_of
from ulak.ledger.intake.mapping import Mapping
from ulak.ledger.intake.neutral import Faults, NeutralFile
from ulak.ledger.intake.numbers import Convention, tidy_sql, votes_sql
from ulak.ledger.intake.opening import opened
from ulak.ledger.intake.parsing import LINE, parsed_sql
from ulak.ledger.intake.problems import problem
from ulak.ledger.intake.raw import Raw, load
from ulak.ledger.problems import problem as no_room
from ulak.ledger.store import EntryStore, needing_room

__all__ = ["Taken", "take_in"]

_HEAD: Final = 60
_SAMPLE: Final = 50_000
_AT_ONCE: Final = 300_000
_AMOUNTS: Final = ("debit", "credit", "amount", "original_amount", "rate", "quantity", "unit_cost")


class Taken(NamedTuple):
    """What a file gave.

    Attributes:
        rows: lines of the journal, or accounts of the chart.
        faults: cells and rows with something wrong, which `ulak.ledger.checking` tells.
        skipped: rows left out as the mapping says: cancelled ones, headings that are repeated.
    """

    rows: int
    faults: int
    skipped: int


def take_in(
    store: EntryStore, path: Path, mapping: Mapping, source: str = "", told: Callable[[int], None] | None = None
) -> Taken:
    """Take the rows of a file into the store; all of them or, if an error is raised, none.

    Args:
        source: what the file is called in findings; its own name if empty.
        told: called with the rows read so far, every few thousand; may raise.

    Raises:
        InputError: ``ledger.input.…``: the file cannot be read so.
        SheetError: ``sheet.…``.
        LedgerError: ``ledger.store.no-room``: disk or memory do not suffice.
    """
    source = source or path.name
    _refuse_again(store, source)
    waiting, wrong = store.directory / "incoming.rows", store.directory / "incoming.faults"
    try:
        with _disk_room(), waiting.open("wb") as target, wrong.open("wb") as faults:
            waiting.chmod(0o600)
            wrong.chmod(0o600)
            found = Faults(faults)
            raw = _neutral(path, mapping, NeutralFile(target, 1, found, told), source)
            found.flush()
        raw = raw._replace(faults=wrong if found.count else None)
        with needing_room(), _whole(store.connection):
            return _into(store, waiting, raw, mapping)
    finally:
        waiting.unlink(missing_ok=True)
        wrong.unlink(missing_ok=True)


@contextmanager
def _disk_room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise no_room("ledger.store.no-room") from error
        raise


def _refuse_again(store: EntryStore, source: str) -> None:
    if store.connection.execute("SELECT 1 FROM line WHERE source = ? LIMIT 1", [source]).fetchone():
        raise problem("ledger.input.source-twice", source=source)


def _neutral(path: Path, mapping: Mapping, target: NeutralFile, source: str) -> Raw:
    """Write the file's rows as neutral ones; gives what is known of them."""
    file = opened(path, mapping.file)
    headings, header_row = header_of(file, file.head(_HEAD), mapping.file)
    places = places_of(mapping, headings)
    if header_row < 0 and not all(one[0].startswith("#") for one in mapping.columns.values()):
        raise problem("ledger.input.no-headings")
    lacking = missing(mapping.content, set(places) | set(mapping.fixed))
    if lacking:
        raise problem(
            "ledger.input.column-missing",
            fields=", ".join(one.tr for one in lacking),
            headings=", ".join(one for one in headings if one),
        )
    target.width = len(headings)
    file.write(target, max(header_row, 0))
    accounts: Dict[str, str] = getattr(file, "accounts", {})
    return Raw(source, tuple(headings), places, target.rows, None, accounts, file.kind)


@contextmanager
def _whole(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _into(store: EntryStore, waiting: Path, raw: Raw, mapping: Mapping) -> Taken:
    connection = store.connection
    found = connection.execute("SELECT coalesce(max(place), 0) FROM line").fetchone()
    base = found[0] if found else 0
    skipped = load(connection, waiting, raw, mapping)
    try:
        if mapping.content == "accounts":
            keep_faults(connection, raw, base)
            return Taken(take_accounts(connection), _count(connection, "raw_fault", raw.source), skipped)
        rows = _lines(connection, raw, mapping, base)
        take_accounts(connection, raw.accounts)
        return Taken(rows, _count(connection, "raw_fault", raw.source), skipped)
    finally:
        _drop(connection)


def _fields(raw: Raw, mapping: Mapping) -> set[str]:
    return set() if mapping.content == "accounts" else set(raw.places) | set(mapping.fixed)


def _lines(connection: duckdb.DuckDBPyConnection, raw: Raw, mapping: Mapping, base: int) -> int:
    """Make lines of the rows, some hundred thousand at once: all at once would not fit into the memory."""
    fields = _fields(raw, mapping)
    set_loose_rows_aside(connection, raw, base, fields, mapping.fill_down)
    make_choices(connection, fields, mapping)
    query = parsed_sql(fields, raw.source, _convention(connection, fields, mapping), mapping.file.day_first)
    columns, values = ", ".join(LINE), ", ".join(["place + ?", *LINE[1:]])
    for first in range(1, raw.rows + 1, _AT_ONCE):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE parsed AS {query}", [first, first + _AT_ONCE - 1])
        connection.execute(f"INSERT INTO line ({columns}) SELECT {values} FROM parsed", [base])  # noqa: S608 fixed
        write_faults(connection, raw, base, fields)
    write_text_faults(connection, raw, base, fields)
    keep_faults(connection, raw, base)
    return _count(connection, "line", raw.source)


def _count(connection: duckdb.DuckDBPyConnection, table: str, source: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {table} WHERE source = ?", [source]).fetchone()  # noqa: S608 fixed
    return int(found[0]) if found else 0


def _convention(connection: duckdb.DuckDBPyConnection, fields: set[str], mapping: Mapping) -> Convention:
    """What stands before the decimals: as the mapping says, else as the numbers themselves tell.

    Raises:
        InputError: ``ledger.input.decimal-doubtful`` if they tell nothing, or both, and it matters.
    """
    if mapping.file.decimal != "auto":
        return mapping.file.decimal
    comma = point = 0
    doubtful: str | None = None
    for field in sorted(fields & set(_AMOUNTS)):
        one, two, three = _votes(connection, field)
        comma, point, doubtful = comma + one, point + two, doubtful or three
    if comma == point and doubtful:
        raise problem(
            "ledger.input.decimal-doubtful", example=doubtful, thousand=doubtful.translate({44: None, 46: None}),
            fraction=doubtful.replace(".", ","),
        )  # fmt: skip
    return "point" if point > comma else "comma"


def _votes(connection: duckdb.DuckDBPyConnection, field: str) -> tuple[int, int, str | None]:
    """How many numbers of a column tell comma and point, and one that may be either; of the beginning if it tells."""
    comma, point, doubtful = votes_sql("tidy")
    found: tuple[int, int, str | None] = 0, 0, None
    for limit in (f"LIMIT {_SAMPLE}", ""):
        cells = f"SELECT f_{field} FROM raw WHERE f_{field} >= ' ' {limit}"  # noqa: S608 fixed
        row = connection.execute(
            f"SELECT count(*) FILTER (WHERE {comma}), count(*) FILTER (WHERE {point}), "  # noqa: S608 fixed
            f"min(tidy) FILTER (WHERE {doubtful}) "
            f"FROM (SELECT {tidy_sql(f'f_{field}')} AS tidy FROM ({cells}))"
        ).fetchone()
        found = row or found
        if found[0] != found[1]:
            break
    return found


def _drop(connection: duckdb.DuckDBPyConnection) -> None:
    for name in ("raw", "parsed", "k_document_type", "k_side", "k_voucher_type", "k_currency", "k_branch"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
