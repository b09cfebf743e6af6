"""What seals are made of: the bytes that stand for an entry and for a block, so that anybody can check them.

An entry is the JSON array of its fields, without blanks, in UTF-8: id, tx, time (UTC, microseconds), taxpayer, what,
documents, envelope, stage, code, actor, origin, facts (the text that PostgreSQL gives for them). Its digest is the
SHA-256 of that. A block is the JSON array of number, first_tx, end_tx, count, time and the digest of the block before
(hexadecimal); its digest is the SHA-256 of that, a line feed, and the digests of its entries one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, NamedTuple

import msgspec
from django.db import connection

__all__ = ["FINGERPRINT", "START", "Link", "SealedEntry", "entries_between"]

START: Final = bytes(32)
"""The digest before the first block."""
FINGERPRINT: Final = 8
_ENTRIES: Final = (
    "SELECT id, tx, at, taxpayer_id, what, documents, envelope, stage, code, actor, origin, facts::text"
    " FROM audit_entry WHERE tx >= %s AND tx < %s ORDER BY tx, id"
)


class SealedEntry(NamedTuple):
    """An entry's number and digest."""

    id: int
    digest: bytes


class Link(NamedTuple):
    """A block without its entries.

    Attributes:
        size: how many entries it holds.
    """

    number: int
    first_tx: int
    end_tx: int
    size: int
    at: datetime
    previous: bytes

    def digest(self, entries: Iterable[SealedEntry]) -> bytes:
        """The block's digest over its entries in their order."""
        head = [self.number, self.first_tx, self.end_tx, self.size, _moment(self.at), self.previous.hex()]
        made = sha256(msgspec.json.encode(head) + b"\n")
        for entry in entries:
            made.update(entry.digest)
        return made.digest()


def entries_between(first_tx: int, end_tx: int) -> list[SealedEntry]:
    """The entries of these transactions, the last not included, in the order in which they are sealed."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [first_tx, end_tx])
        return [SealedEntry(row[0], _digest(row)) for row in cursor.fetchall()]


def _digest(row: Sequence[Any]) -> bytes:
    id, tx, at, taxpayer, what, documents, envelope, *rest = row
    fields = [id, tx, _moment(at), taxpayer, what, documents, envelope and str(envelope), *rest]
    return sha256(msgspec.json.encode(fields)).digest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
