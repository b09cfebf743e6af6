"""Files of packages: kept in pieces, each encrypted with the taxpayer's key, and read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, Final
from uuid import UUID

from django.db import connection

from ulak_server.archive import services as archive
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.ledgers.problems import ledger_error
from ulak_server.exchange.models_of_ledgers import Sort

__all__ = ["keep", "package", "pieces", "whole"]

_PIECE: Final = 1024 * 1024
_DELETE: Final = "DELETE FROM exchange_ledger_file WHERE package_id = %s AND sort = %s"
_INSERT: Final = (
    "INSERT INTO exchange_ledger_file (package_id, sort, place, taxpayer_id, data) VALUES (%s, %s, %s, %s, %s)"
)
_READ: Final = "SELECT data FROM exchange_ledger_file WHERE package_id = %s AND sort = %s AND place = %s"
_ROW: Final = "SELECT taxpayer_id, digest FROM exchange_ledger_package WHERE id = %s"


def keep(id: UUID, sort: Sort, taxpayer: int, source: BinaryIO) -> tuple[str, int]:
    """Keep a file, read from its beginning, in place of what was kept; the scope must hold the taxpayer.

    Returns:
        its SHA-256, hexadecimal, and its bytes.
    """
    digest, size, place = hashlib.sha256(), 0, 0
    source.seek(0)
    with connection.cursor() as cursor:
        cursor.execute(_DELETE, [id, int(sort)])
        while piece := source.read(_PIECE):
            digest.update(piece)
            sealed = archive.seal_for(taxpayer, piece, _bound(id, sort, place))
            cursor.execute(_INSERT, [id, int(sort), place, taxpayer, sealed])
            size, place = size + len(piece), place + 1
    return digest.hexdigest(), size


def pieces(id: UUID, sort: Sort) -> Iterator[bytes]:
    """A file piece by piece; the scope must hold its taxpayer while they are taken.

    Raises:
        ArchiveError: as `ulak_server.archive.services.open_for`.
    """
    place = 0
    while (piece := _piece(id, sort, place)) is not None:
        yield piece
        place += 1


def whole(id: UUID, sort: Sort, digest: str) -> bytes:
    """A whole file, byte by byte as it was kept; within a scope that holds its taxpayer.

    Raises:
        LedgerExchangeError: ``ledger-exchange.no-file``, ``ledger-exchange.changed``.
        ArchiveError: as `pieces`.
    """
    data = b"".join(pieces(id, sort))
    if not data:
        raise ledger_error("ledger-exchange.no-file")
    if hashlib.sha256(data).hexdigest() != digest:
        raise ledger_error("ledger-exchange.changed")
    return data


def package(id: UUID) -> bytes:
    """The ZIP of a package as it goes to GİB. Called outside of any scope; it has its own.

    Raises:
        NoSuchPackage: ``ledger-exchange.no-package``.
        LedgerExchangeError, ArchiveError: as `whole`.
    """
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_ROW, [id])
        found = cursor.fetchone()
    if found is None:
        raise ledger_error("ledger-exchange.no-package")
    taxpayer, digest = found
    with scoped(Role.PIPELINE, [taxpayer]):
        return whole(id, Sort.SENT, digest)


def _piece(id: UUID, sort: Sort, place: int) -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [id, int(sort), place])
        found = cursor.fetchone()
    return None if found is None else archive.open_for(bytes(found[0]), _bound(id, sort, place))


def _bound(id: UUID, sort: Sort, place: int) -> bytes:
    return f"ledger/{id}/{int(sort)}/{place}".encode()
