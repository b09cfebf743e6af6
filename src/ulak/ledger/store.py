"""The entries of a month in a DuckDB file: everything that is summed, sorted or searched is so out of memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import duckdb

from ulak.ledger.problems import problem

__all__ = ["COLUMNS", "EntryStore", "needing_room"]

COLUMNS: Final[dict[str, str]] = {
    "place": "BIGINT NOT NULL",
    "source": "VARCHAR NOT NULL DEFAULT ''",
    "source_row": "BIGINT",
    "voucher": "VARCHAR NOT NULL DEFAULT ''",
    "voucher_type": "VARCHAR NOT NULL DEFAULT ''",
    "entry": "BIGINT",
    "entered_by": "VARCHAR NOT NULL DEFAULT ''",
    "entry_date": "DATE",
    "entry_comment": "VARCHAR NOT NULL DEFAULT ''",
    "branch": "VARCHAR NOT NULL DEFAULT ''",
    "branch_name": "VARCHAR NOT NULL DEFAULT ''",
    "line": "BIGINT",
    "main": "VARCHAR NOT NULL DEFAULT ''",
    "main_name": "VARCHAR NOT NULL DEFAULT ''",
    "sub": "VARCHAR NOT NULL DEFAULT ''",
    "sub_name": "VARCHAR NOT NULL DEFAULT ''",
    "amount": "DECIMAL(18,2)",
    "side": "VARCHAR NOT NULL DEFAULT ''",
    "currency": "VARCHAR NOT NULL DEFAULT ''",
    "original_amount": "DECIMAL(18,4)",
    "rate": "DECIMAL(18,8)",
    "rate_date": "DATE",
    "rate_source": "VARCHAR NOT NULL DEFAULT ''",
    "rate_comment": "VARCHAR NOT NULL DEFAULT ''",
    "document_type": "VARCHAR NOT NULL DEFAULT ''",
    "document_type_description": "VARCHAR NOT NULL DEFAULT ''",
    "document_number": "VARCHAR NOT NULL DEFAULT ''",
    "document_reference": "VARCHAR NOT NULL DEFAULT ''",
    "document_date": "DATE",
    "payment_method": "VARCHAR NOT NULL DEFAULT ''",
    "comment": "VARCHAR NOT NULL DEFAULT ''",
    "quantity": "DECIMAL(18,4)",
    "unit_cost": "DECIMAL(18,4)",
    "item": "VARCHAR NOT NULL DEFAULT ''",
    "item_name": "VARCHAR NOT NULL DEFAULT ''",
    "unit": "VARCHAR NOT NULL DEFAULT ''",
}
"""The table ``line``: one row for each line of the journal; texts as in the source, '' if there is none.

``place`` counts the rows of all sources from 1, ``source_row`` those of one source as its owner counts them.
``voucher`` is the number of the accounting slip (``entryNumber``), ``entry`` the number of the journal entry
(``entryNumberCounter``), ``line`` that of the line (``lineNumber``); both may be NULL until `number` gives them.
``main`` is the main account (three or four digits), ``sub`` the whole code of the subaccount. ``amount`` is TRY and
above zero, ``side`` ``D`` or ``C``; ``currency`` (ISO 4217), ``original_amount`` and ``rate`` (TRY for one unit) are
those of a transaction in foreign currency. ``document_type`` is one of XBRL GL's words. ``quantity`` and
``unit_cost`` belong to securities (``measurable``); ``item``, ``item_name``, ``quantity`` and ``unit`` (UN/ECE Rec. 20)
say what an inventory counts. ``voucher_type`` is '', ``opening`` or ``closing``.
"""

_TABLES: Final = (
    f"CREATE TABLE line ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})",
    "CREATE TABLE account (code VARCHAR PRIMARY KEY, name VARCHAR NOT NULL)",
    'CREATE TABLE raw_fault (place BIGINT, source VARCHAR, source_row BIGINT, "column" VARCHAR, code VARCHAR, '
    "value VARCHAR)",
)
_FILE: Final = "entries.duckdb"
_KEPT: Final = ("line", "account")


@contextmanager
def needing_room() -> Iterator[None]:
    """Say in words that disk or memory do not suffice; also a decorator.

    Raises:
        LedgerError: ``ledger.store.no-room``, which passes.
    """
    try:
        yield
    except duckdb.Error as error:
        if isinstance(error, duckdb.OutOfMemoryException) or "No space left on device" in str(error):
            raise problem("ledger.store.no-room") from error
        raise


class EntryStore:
    """The entries of one month and one branch; a context manager that closes its file.

    ``connection`` is DuckDB's, for the ledger's rooms only. It never leaves the machine: no extension is loaded, and
    files are read only by those who ask for them.
    """

    def __init__(self, directory: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.directory = directory
        self.connection = connection

    @classmethod
    def create(cls, directory: Path, memory: str = "96MB", threads: int = 1) -> Self:
        """An empty store in a directory, which is made private (0700) if it is not there.

        Raises:
            LedgerError: ``ledger.store.there-already``.
        """
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (directory / _FILE).exists():
            raise problem("ledger.store.there-already", directory=directory)
        store = cls(directory, _connect(directory, memory, threads))
        for statement in _TABLES:
            store.connection.execute(statement)
        return store

    @classmethod
    def open(cls, directory: Path, memory: str = "96MB", threads: int = 1) -> Self:
        """The store of a directory.

        Raises:
            LedgerError: ``ledger.store`` if there is none.
        """
        if not (directory / _FILE).exists():
            raise problem("ledger.store", directory=directory)
        return cls(directory, _connect(directory, memory, threads))

    @classmethod
    @needing_room()
    def load(cls, directory: Path, kept: Path, memory: str = "96MB", threads: int = 1) -> Self:
        """A store as `save` kept it, in a new directory.

        Raises:
            LedgerError: ``ledger.store`` if nothing is kept there; ``ledger.store.there-already``.
        """
        if not all((kept / f"{table}.parquet").exists() for table in _KEPT):
            raise problem("ledger.store", directory=kept)
        store = cls.create(directory, memory, threads)
        for table in _KEPT:
            store.connection.execute(
                f"INSERT INTO {table} BY NAME SELECT * FROM read_parquet($path)",  # noqa: S608 fixed
                {"path": str(kept / f"{table}.parquet")},
            )
        return store

    @needing_room()
    def save(self, kept: Path) -> tuple[Path, ...]:
        """Keep lines and accounts as ``line.parquet`` and ``account.parquet`` in a directory, in their order."""
        paths = tuple(kept / f"{table}.parquet" for table in _KEPT)
        for table, path in zip(_KEPT, paths, strict=True):
            self.connection.execute(f"COPY {table} TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd)")
        return paths

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _connect(directory: Path, memory: str, threads: int) -> duckdb.DuckDBPyConnection:
    spilled = directory / "spilled"
    spilled.mkdir(mode=0o700, exist_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "threads": threads,
        "temp_directory": str(spilled),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    return duckdb.connect(str(directory / _FILE), config=config)
