"""Data keys: one of each taxpayer encrypts, older ones stay for what they encrypted."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from ulak_server import clock
from ulak_server.archive.keks import configured
from ulak_server.archive.problems import archive_error
from ulak_server.database.remembered import Remembered
from ulak_server.database.roles import Role
from ulak_server.database.scope import is_scoped, scoped

__all__ = ["DataCipher", "about", "cipher", "current", "own", "renew"]

_LOCK: Final = 7001
_NEWEST: Final = (
    "SELECT id, taxpayer_id, kek, wrapped FROM archive_data_key WHERE taxpayer_id IS NOT DISTINCT FROM %s"
    " ORDER BY id DESC LIMIT 1"
)


class DataCipher(NamedTuple):
    """A data key, ready for use."""

    id: int
    cipher: AESGCM


_CIPHER: Final = 2_500
"""About the bytes of a cipher within OpenSSL."""
_CURRENT: Final = Remembered[DataCipher]("archive.keys", 4 << 20, lambda _: _CIPHER)
_BY_ID: Final = Remembered[DataCipher]("archive.keys", 4 << 20, lambda _: _CIPHER)


def current(taxpayer: int | None) -> DataCipher:
    """The key that encrypts for a taxpayer, made at its first use; None: the installation's own."""
    return _CURRENT.get(taxpayer, lambda: _newest(taxpayer))


def cipher(id: int) -> DataCipher:
    """A key by its id.

    Raises:
        ArchiveError: ``archive.key-missing``, also for keys of taxpayers out of scope; ``archive.kek-other``.
    """
    return _BY_ID.get(id, lambda: _of(id))


def own(id: int | None = None) -> DataCipher:
    """The installation's own key, the newest if none is named. Where there is no scope it is read in one of its own.

    Raises:
        ArchiveError: as of `cipher`.
    """

    def read() -> DataCipher:
        with nullcontext() if is_scoped() else scoped(Role.PIPELINE):
            return _newest(None) if id is None else _of(id)

    return _CURRENT.get(None, read) if id is None else _BY_ID.get(id, read)


def renew(taxpayer: int | None) -> int:
    """Give a taxpayer a new key, with which everything is encrypted from now on; its id."""
    made = _make(taxpayer)
    _CURRENT.forget(taxpayer)
    return made.id


def _newest(taxpayer: int | None) -> DataCipher:
    found = _row(_NEWEST, taxpayer)
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, taxpayer or 0])
        found = _row(_NEWEST, taxpayer)
    return _make(taxpayer) if found is None else _opened(*found)


def _of(id: int) -> DataCipher:
    found = _row("SELECT id, taxpayer_id, kek, wrapped FROM archive_data_key WHERE id = %s", id)
    if found is None:
        raise archive_error("archive.key-missing", id=id)
    return _opened(*found)


def _row(statement: str, parameter: int | None) -> tuple[int, int | None, str, bytes] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [parameter])
        found: tuple[int, int | None, str, bytes] | None = cursor.fetchone()
        return found


def _make(taxpayer: int | None) -> DataCipher:
    key, kek = AESGCM.generate_key(256), configured()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO archive_data_key (taxpayer_id, kek, wrapped, created_at) VALUES (%s, %s, %s, %s) RETURNING id",
            [taxpayer, kek.name, kek.wrap(key, about(taxpayer)), clock.now()],
        )
        return DataCipher(cursor.fetchone()[0], AESGCM(key))


def _opened(id: int, taxpayer: int | None, name: str, wrapped: bytes) -> DataCipher:
    kek = configured()
    try:
        return DataCipher(id, AESGCM(kek.unwrap(bytes(wrapped), about(taxpayer))))
    except ValueError as error:
        raise archive_error("archive.kek-other", id=id, kek=name, given=kek.name) from error


def about(taxpayer: int | None) -> bytes:
    """What a wrapped key is bound to: nobody else's can be put in its place."""
    return b"ulak data key/%d" % (taxpayer or 0)
