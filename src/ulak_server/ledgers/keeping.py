"""Files kept in pieces, each compressed and encrypted with the taxpayer's key; they count only when they are complete.

Every piece is a transaction of its own, so that nothing large is ever held in memory or by a lock, and a process that
is killed leaves nothing but a file that does not count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Final

import zstandard
from django.db import connection

from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.ledgers.models import File, Piece
from ulak_server.ledgers.problems import problem

__all__ = ["PIECE", "Scopes", "add", "complete", "fetch", "forget", "keep", "pieces", "scopes_of"]

PIECE: Final = 4 * 1024 * 1024
"""Bytes of a file that one piece holds."""
_LEVEL: Final = 3
_INSERT: Final = "INSERT INTO ledgers_piece (file_id, place, taxpayer_id, data) VALUES (%s, %s, %s, %s)"
_READ: Final = "SELECT data FROM ledgers_piece WHERE file_id = %s AND place = %s"

Scopes = Callable[[], AbstractContextManager[object]]
"""Opens the scope in which a piece is read or written."""


def scopes_of(taxpayer: int) -> Scopes:
    """The scopes of a worker at the taxpayer's files."""
    return lambda: scoped(Role.WEB, [taxpayer])


def keep(
    taxpayer: int, work: int, what: str, name: str, source: BinaryIO, told: Callable[[int], None] = lambda _: None
) -> File:
    """Keep a whole file, piece by piece; it does not count before `complete` was called. Opens its own scopes.

    Args:
        told: called with the bytes that are kept so far.

    Returns:
        the file, with its size and digest.
    """
    with scoped(Role.WEB, [taxpayer]):
        file = File.objects.create(taxpayer_id=taxpayer, work_id=work, what=what, name=name)
    digest = hashlib.sha256()
    while piece := source.read(PIECE):
        digest.update(piece)
        with scoped(Role.WEB, [taxpayer]):
            add(file, piece)
        told(file.received)
    file.size, file.digest = file.received, digest.hexdigest()
    return file


def add(file: File, piece: bytes) -> None:
    """Keep the next piece of a file, within a scope; all but the last have `PIECE` bytes.

    Raises:
        UnknownLedger: ``ledger-work.file-unknown``: the file was given up meanwhile.
    """
    place = file.received // PIECE
    sealed = archive.seal_for(file.taxpayer_id, _squeezed(piece), _bound(file.id, place))
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [file.id, place, file.taxpayer_id, sealed])
    file.received += len(piece)
    if not File.objects.filter(id=file.id).update(received=file.received):
        raise problem("ledger-work.file-unknown")


def complete(file: File) -> File:
    """From now on the file counts; within the transaction of what it is the result of."""
    file.completed_at = clock.now()
    file.save(update_fields=["size", "received", "digest", "completed_at", "look", "mapping", "error", "name"])
    return file


def pieces(file: File, scopes: Scopes) -> Iterator[bytes]:
    """A file piece by piece, each read in a scope of its own.

    Raises:
        LedgerWorkError: ``ledger-work.changed``: a piece is missing.
        ArchiveError: ``archive.damaged``: a piece is not what was kept.
    """
    for place in range(-(-file.size // PIECE)):
        with scopes(), connection.cursor() as cursor:
            cursor.execute(_READ, [file.id, place])
            found = cursor.fetchone()
            if found is None:
                raise problem("ledger-work.changed", name=file.name)
            piece = archive.open_for(bytes(found[0]), _bound(file.id, place))
        yield _expanded(piece)


def fetch(file: File, target: Path, scopes: Scopes) -> Path:
    """Write a file to disk, and see that it is what was kept.

    Raises:
        LedgerWorkError: ``ledger-work.changed``; nothing is left on disk then.
        ArchiveError: as `pieces`.
    """
    digest = hashlib.sha256()
    try:
        with target.open("xb") as out:
            for piece in pieces(file, scopes):
                digest.update(piece)
                out.write(piece)
        if digest.hexdigest() != file.digest:
            raise problem("ledger-work.changed", name=file.name)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return target


def forget(*files: int) -> None:
    """Remove files and their pieces, within a scope."""
    Piece.objects.filter(file_id__in=files).delete()
    File.objects.filter(id__in=files).delete()


def _squeezed(piece: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=_LEVEL).compress(piece)


def _expanded(piece: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompress(piece, max_output_size=PIECE)


def _bound(file: int, place: int) -> bytes:
    """What a piece is bound to: it cannot be put in the place of another."""
    return f"ledger/{file}/{place}".encode()
