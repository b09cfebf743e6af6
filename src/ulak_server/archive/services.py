"""Bodies kept and read: compressed, encrypted with their taxpayer's key, in the caller's transaction."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final, NamedTuple

import zstandard
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection

from ulak_server.secrets_of_installation import own_secret

__all__ = ["BATCH", "DOCUMENT", "Body", "Ref", "forget", "keep", "open_loose", "read", "seal_loose"]

DOCUMENT: Final = 1
"""The part that is the document itself."""
BATCH: Final = 9
"""The part that is what a batch was handed in as."""
_NONCE: Final = 12
_KEEP: Final = """
INSERT INTO archive_body (month, owner, part, taxpayer_id, key_id, dictionary_id, data)
SELECT * FROM unnest(%s::date[], %s::bigint[], %s::smallint[], %s::int[], %s::int[], %s::int[], %s::bytea[])
ON CONFLICT (month, owner, part)
DO UPDATE SET key_id = excluded.key_id, dictionary_id = excluded.dictionary_id, data = excluded.data
"""


class Ref(NamedTuple):
    """Which body.

    Attributes:
        month: the first day of the month in which its owner came.
        owner: id of the document, or of the batch with part `BATCH`.
    """

    taxpayer: int
    month: date
    owner: int
    part: int = DOCUMENT


class Body(NamedTuple):
    """A body to be kept.

    Attributes:
        topic: what it is, e.g. ``invoice``: bodies of one topic share a dictionary.
    """

    ref: Ref
    data: bytes
    topic: str = ""


def keep(bodies: Sequence[Body]) -> None:
    """Keep bodies, in place of those that are there. The scope must hold their taxpayers."""
    if not bodies:
        return
    keys = _keys({body.ref.taxpayer for body in bodies})
    rows = [
        (ref.month, ref.owner, ref.part, ref.taxpayer, *_sealed(keys[ref.taxpayer], ref, data))
        for ref, data, _ in bodies
    ]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [list(column) for column in zip(*rows, strict=True)])


def read(refs: Iterable[Ref]) -> Mapping[Ref, bytes]:
    """The bodies that are there and in scope."""
    wanted = list(refs)
    if not wanted:
        return {}
    keys = _keys({ref.taxpayer for ref in wanted})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.taxpayer_id, b.month, b.owner, b.part, b.data FROM archive_body b"
            " JOIN unnest(%s::date[], %s::bigint[], %s::smallint[]) AS w(month, owner, part)"
            " ON b.month = w.month AND b.owner = w.owner AND b.part = w.part",
            [[ref.month for ref in wanted], [ref.owner for ref in wanted], [ref.part for ref in wanted]],
        )
        found = cursor.fetchall()
    bodies = {}
    for taxpayer, month, owner, part, data in found:
        ref = Ref(taxpayer, month, owner, part)
        bodies[ref] = zstandard.decompress(_opened(keys[taxpayer][1], ref, bytes(data)))
    return bodies


def forget(refs: Iterable[Ref]) -> None:
    """Remove bodies: drafts that were thrown away, batches that were split."""
    wanted = list(refs)
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM archive_body WHERE month = %s AND owner = %s AND part = %s",
            [(ref.month, ref.owner, ref.part) for ref in wanted],
        )


def seal_loose(data: bytes) -> bytes:
    """Encrypt what belongs to no taxpayer yet with the installation's own key: raw incoming ZIPs, secrets."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_kek()).encrypt(nonce, data, b"loose")


def open_loose(data: bytes) -> bytes:
    """What `seal_loose` encrypted."""
    return AESGCM(_kek()).decrypt(data[:_NONCE], data[_NONCE:], b"loose")


def _sealed(key: tuple[int, AESGCM], ref: Ref, data: bytes) -> tuple[int, int, bytes]:
    nonce = os.urandom(_NONCE)
    return key[0], 0, nonce + key[1].encrypt(nonce, zstandard.compress(data), _bound(ref))


def _opened(key: AESGCM, ref: Ref, data: bytes) -> bytes:
    return key.decrypt(data[:_NONCE], data[_NONCE:], _bound(ref))


def _bound(ref: Ref) -> bytes:
    return f"{ref.taxpayer}/{ref.month:%Y%m}/{ref.owner}/{ref.part}".encode()


def _keys(taxpayers: Iterable[int]) -> dict[int, tuple[int, AESGCM]]:
    return {taxpayer: _key(taxpayer) for taxpayer in taxpayers}


@cache
def _key(taxpayer: int) -> tuple[int, AESGCM]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7001, %s)", [taxpayer])
        cursor.execute("SELECT id, wrapped FROM archive_data_key WHERE taxpayer_id = %s ORDER BY id DESC", [taxpayer])
        found = cursor.fetchone()
        if found is None:
            wrapped = seal_loose(AESGCM.generate_key(256))
            cursor.execute(
                "INSERT INTO archive_data_key (taxpayer_id, kek, wrapped, created_at) VALUES (%s, 'file', %s, now())"
                " RETURNING id, wrapped",
                [taxpayer, wrapped],
            )
            found = cursor.fetchone()
    return found[0], AESGCM(open_loose(bytes(found[1])))


@cache
def _kek() -> bytes:
    return own_secret(settings.ENVIRONMENT.data / "kek", 32)
