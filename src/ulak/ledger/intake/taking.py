"""A file taken into the store: every row a line, every cell that cannot be read a fault with its row; or nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Dict
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from ulak.ledger.intake.accounts import take_accounts
from ulak.ledger.intake.choosing import make_choices
from ulak.ledger.intake.faults import set_loose_rows_aside, write_faults
from ulak.ledger.intake.guessing import missing, places_of
from ulak.ledger.intake.looking import header_of
from ulak.ledger.intake.mapping import Mapping
from ulak.ledger.intake.neutral import NeutralFile
from ulak.ledger.intake.numbers import Convention, votes_sql
from ulak.ledger.intake.opening import opened
from ulak.ledger.intake.parsing import LINE, parsed_sql, tidied
from ulak.ledger.intake.problems import problem
from ulak.ledger.intake.raw import Raw, load
from ulak.ledger.store import EntryStore

__all__ = ["Taken", "take_in"]

_HEAD: Final = 60
_SAMPLE: Final = 50_000
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
    """
    source = source or path.name
    _refuse_again(store, source)
    waiting = store.directory / "incoming.rows"
    try:
        with waiting.open("wb") as target:
            waiting.chmod(0o600)
            raw = _neutral(path, mapping, NeutralFile(target, 1, told), source)
        with _whole(store.connection):
            taken = _into(store, waiting, raw, mapping)
    finally:
        waiting.unlink(missing_ok=True)
    return taken


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
    return Raw(source, tuple(headings), places, target.rows, tuple(target.faults), accounts, file.kind)


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
    skipped = load(connection, waiting, raw, mapping, tidied(_fields(raw, mapping)) if raw.places else [])
    try:
        if mapping.content == "accounts":
            return Taken(take_accounts(connection), write_faults(connection, raw, base, set()), skipped)
        rows = _lines(connection, raw, mapping, base)
        take_accounts(connection, raw.accounts)
        return Taken(rows, write_faults(connection, raw, base, _fields(raw, mapping)), skipped)
    finally:
        _drop(connection)


def _fields(raw: Raw, mapping: Mapping) -> set[str]:
    return set() if mapping.content == "accounts" else set(raw.places) | set(mapping.fixed)


def _lines(connection: duckdb.DuckDBPyConnection, raw: Raw, mapping: Mapping, base: int) -> int:
    fields = _fields(raw, mapping)
    set_loose_rows_aside(connection, raw, base, fields, mapping.fill_down)
    make_choices(connection, fields, mapping)
    query = parsed_sql(fields, raw.source, _convention(connection, fields, mapping), mapping.file.day_first)
    connection.execute(f"CREATE TEMP TABLE parsed AS {query}")
    columns = ", ".join(LINE)
    values = ", ".join(["place + ?", *LINE[1:]])
    connection.execute(f"INSERT INTO line ({columns}) SELECT {values} FROM parsed ORDER BY place", [base])  # noqa: S608 fixed
    found = connection.execute("SELECT count(*) FROM parsed").fetchone()
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
        one, two, three = votes_sql(f"t_{field}")
        for limit in (f"LIMIT {_SAMPLE}", ""):
            counted = connection.execute(
                f"SELECT count_if({one}), count_if({two}), min(t_{field}) FILTER (WHERE {three}) "  # noqa: S608 fixed
                f"FROM (SELECT t_{field} FROM raw WHERE t_{field} IS NOT NULL AND f_{field}[1] <> '\x1c' {limit})"
            ).fetchone()
            if counted and counted[0] != counted[1]:
                break
        if counted:
            comma, point, doubtful = comma + counted[0], point + counted[1], doubtful or counted[2]
    if comma == point and doubtful:
        raise problem(
            "ledger.input.decimal-doubtful", example=doubtful, thousand=doubtful.translate({44: None, 46: None}),
            fraction=doubtful.replace(".", ","),
        )  # fmt: skip
    return "point" if point > comma else "comma"


def _drop(connection: duckdb.DuckDBPyConnection) -> None:
    for name in ("raw", "parsed", "k_document_type", "k_side", "k_voucher_type", "k_currency", "k_branch"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
