"""A report's package as it goes to GİB: kept in pieces, each encrypted with the taxpayer's key, and read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, Final
from uuid import UUID

from django.db import connection

from ulak_server.archive import services as archive
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.reports.problems import reporting_error

__all__ = ["keep", "package", "pieces"]

_PIECE: Final = 1024 * 1024
_INSERT: Final = "INSERT INTO exchange_report_file (report_id, place, taxpayer_id, data) VALUES (%s, %s, %s, %s)"
_READ: Final = "SELECT data FROM exchange_report_file WHERE report_id = %s AND place = %s"
_ROW: Final = "SELECT taxpayer_id, digest FROM exchange_report WHERE id = %s"


def keep(report: UUID, taxpayer: int, source: BinaryIO) -> str:
    """Keep a package, read from its beginning, in place of what was kept; the scope must hold the taxpayer.

    Returns:
        its SHA-256, hexadecimal.
    """
    digest = hashlib.sha256()
    source.seek(0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM exchange_report_file WHERE report_id = %s", [report])
        place = 0
        while piece := source.read(_PIECE):
            digest.update(piece)
            sealed = archive.seal_for(taxpayer, piece, _bound(report, place))
            cursor.execute(_INSERT, [report, place, taxpayer, sealed])
            place += 1
    return digest.hexdigest()


def pieces(report: UUID) -> Iterator[bytes]:
    """A package piece by piece; the scope must hold its taxpayer while they are taken.

    Raises:
        ArchiveError: as `ulak_server.archive.services.open_for`.
    """
    place = 0
    while (piece := _piece(report, place)) is not None:
        yield piece
        place += 1


def package(report: UUID) -> bytes:
    """A whole package, byte by byte as it was kept. Called outside of any scope; it has its own.

    Raises:
        ReportingError: ``reporting.no-report``, ``reporting.no-file``, ``reporting.changed``.
        ArchiveError: as `pieces`.
    """
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_ROW, [report])
        found = cursor.fetchone()
    if found is None:
        raise reporting_error("reporting.no-report")
    taxpayer, digest = found
    with scoped(Role.PIPELINE, [taxpayer]):
        data = b"".join(pieces(report))
    if not data:
        raise reporting_error("reporting.no-file")
    if hashlib.sha256(data).hexdigest() != digest:
        raise reporting_error("reporting.changed")
    return data


def _piece(report: UUID, place: int) -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [report, place])
        found = cursor.fetchone()
    return None if found is None else archive.open_for(bytes(found[0]), _bound(report, place))


def _bound(report: UUID, place: int) -> bytes:
    return f"{report}/{place}".encode()
