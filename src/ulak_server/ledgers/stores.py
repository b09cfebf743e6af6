"""The entries of a work: in DuckDB while a worker is at them, else in Parquet files of some hundred thousand lines.

What is kept is compressed and encrypted; each file holds whole journal entries, so that a page of a book, a part, or a
search in it need only the files that they lie in.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from ulak.ledger.store import EntryStore
from ulak_server.ledgers import keeping
from ulak_server.ledgers.folders import has_room
from ulak_server.ledgers.keeping import Scopes
from ulak_server.ledgers.models import File, Work
from ulak_server.ledgers.problems import problem
from ulak_server.ledgers.turns import Turn

__all__ = [
    "ACCOUNTS",
    "CHUNK",
    "ENTRIES",
    "Chunk",
    "chunks_of",
    "fetched",
    "keep_entries",
    "leave_ready",
    "made_anew",
    "opened",
]

ENTRIES: Final = "entries"
ACCOUNTS: Final = "accounts"
CHUNK: Final = 150_000
"""Lines of one file, unless an entry has more."""
_MEMORY: Final = "72MB"
_THREADS: Final = 1
"""One thread needs half of what two do; the rules, which are in the same process, need the rest."""
_READY: Final = "ready"
_CUTS: Final = """
SELECT min(entry), max(entry), sum(lines)::BIGINT FROM (
    SELECT entry, lines, (sum(lines) OVER (ORDER BY entry) - lines) // $most AS chunk
    FROM (SELECT entry, count(*) AS lines FROM line GROUP BY entry))
GROUP BY chunk ORDER BY 1
"""
_COPY: Final = "COPY (SELECT * FROM {what}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
_EACH: Final = 600
"""Bytes that a line may need on the disk while it is worked at."""


class Chunk(NamedTuple):
    """Kept entries, from the first to the last number."""

    file: File
    first: int
    last: int


@contextmanager
def made_anew(turn: Turn) -> Iterator[EntryStore]:
    """An empty store in the work's folder, whatever was there."""
    with _guarded(turn, EntryStore.create(_emptied(turn), _MEMORY, _THREADS)) as store:
        yield store


@contextmanager
def opened(turn: Turn) -> Iterator[EntryStore]:
    """The store of a work's numbered entries: as it was left on this machine, else put together from what is kept.

    Raises:
        LedgerWorkError: ``ledger-work.file-gone``, ``ledger-work.changed``, ``ledger-work.disk-full``.
    """
    with turn.scopes():
        kept = list(File.objects.filter(work=turn.work, what__in=(ENTRIES, ACCOUNTS), completed_at__isnull=False))
    if not kept:
        raise problem("ledger-work.file-gone")
    mark = _mark(kept)
    folder = turn.folder / "store"
    if (folder / _READY).is_file() and (folder / _READY).read_text() == mark:
        store = EntryStore.open(folder, _MEMORY, _THREADS)
    else:
        turn.step("restoring")
        store = _restored(turn, kept)
        (folder / _READY).write_text(mark)
    with _guarded(turn, store):
        yield store


def keep_entries(turn: Turn, store: EntryStore) -> list[File]:
    """Keep the numbered entries; they count once they are completed."""
    (lines,) = store.connection.execute("SELECT count(*) FROM line").fetchone() or (0,)
    turn.step("keeping", int(lines))
    files, done = [], 0
    for first, last, count in store.connection.execute(_CUTS, {"most": CHUNK}).fetchall():
        within = f"line WHERE entry BETWEEN {int(first)} AND {int(last)}"
        file = _kept(turn, store, ENTRIES, within, f"entries-{first}-{last}.parquet")
        file.look = {"first": first, "last": last, "lines": count}
        files.append(file)
        done += int(count)
        turn.told(done)
    files.append(_kept(turn, store, ACCOUNTS, "account", "accounts.parquet"))
    return files


def leave_ready(turn: Turn, files: Iterable[File]) -> None:
    """Let the next turn go on with the store that is here, which holds what was just kept."""
    (turn.folder / "store" / _READY).write_text(_mark(files))


def chunks_of(work: Work, first: int, last: int) -> Sequence[Chunk]:
    """The files in which entries from one number to another lie, in order; within a scope."""
    kept = File.objects.filter(work=work, what=ENTRIES, completed_at__isnull=False).order_by("id")
    found = [Chunk(file, file.look["first"], file.look["last"]) for file in kept if file.look]
    return [one for one in found if one.last >= first and one.first <= last]


def fetched(chunks: Iterable[Chunk], folder: Path, scopes: Scopes) -> list[str]:
    """Write kept entries into a private folder; the paths, in order."""
    return [str(keeping.fetch(one.file, folder / f"{one.file.id}.parquet", scopes)) for one in chunks]


def _mark(files: Iterable[File]) -> str:
    return ",".join(sorted(f"{one.id}:{one.digest}" for one in files))


def _restored(turn: Turn, kept: Sequence[File]) -> EntryStore:
    has_room(sum(int((file.look or {}).get("lines", 0)) for file in kept) * _EACH)
    store = EntryStore.create(_emptied(turn), _MEMORY, _THREADS)
    try:
        for file in sorted(kept, key=lambda one: (one.what, one.id)):
            path = keeping.fetch(file, turn.folder / f"{file.id}.parquet", turn.scopes)
            table = "line" if file.what == ENTRIES else "account"
            store.connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM read_parquet(?)", [str(path)])  # noqa: S608 ours
            path.unlink()
            turn.look()
    except BaseException:
        store.close()
        raise
    return store


def _kept(turn: Turn, store: EntryStore, what: str, within: str, name: str) -> File:
    path = turn.folder / "kept.parquet"
    path.unlink(missing_ok=True)
    quoted = str(path).replace("'", "''")
    store.connection.execute(_COPY.format(what=within, path=quoted))
    with path.open("rb") as source:
        file = keeping.keep(turn.taxpayer, turn.work.id, what, name, source)
    path.unlink()
    return file


def _emptied(turn: Turn) -> Path:
    folder = turn.folder / "store"
    shutil.rmtree(folder, ignore_errors=True)
    return folder


@contextmanager
def _guarded(turn: Turn, store: EntryStore) -> Iterator[EntryStore]:
    """Close the store in the end; a long statement is broken off when the turn is over."""
    turn.lost = store.connection.interrupt
    try:
        yield store
    finally:
        turn.lost = None
        store.close()
