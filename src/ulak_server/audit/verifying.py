"""The log checked against its blocks, link by link, and the chain against its sealed heads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection

from ulak_server.audit.digests import FINGERPRINT, START, Link, SealedEntry, entries_between
from ulak_server.audit.heads import verify_heads
from ulak_server.audit.problems import AuditFault, audit_fault
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

__all__ = ["Verified", "verify"]

_AT_ONCE: Final = 256
_BLOCKS: Final = (
    "SELECT number, first_tx, end_tx, entries, at, previous, digest, fingerprints FROM audit_block"
    " WHERE number >= %s ORDER BY number LIMIT %s"
)


class Verified(NamedTuple):
    """What was found.

    Attributes:
        blocks, entries: how many are as they were sealed, before the fault if there is one.
        heads: daily heads that hold.
        unsealed: entries that are in no block yet.
        oldest: when the first of those was written.
        fault: the first; None: all is as it was sealed.
    """

    blocks: int
    entries: int
    heads: int
    unsealed: int
    oldest: datetime | None
    fault: AuditFault | None


class _Block(NamedTuple):
    link: Link
    digest: bytes
    fingerprints: bytes


def verify(first: int = 1, progress: Callable[[int], None] = lambda block: None) -> Verified:
    """Check the log from a block on, which must be there with the one before it.

    Args:
        progress: is told the number of each block that holds.
    """
    blocks = entries = 0
    end, previous = _before(first)
    for block in _blocks(first):
        fault = _fault(block, first + blocks, end, previous)
        if fault is not None:
            return Verified(blocks, entries, 0, *_unsealed(), fault)
        blocks, entries = blocks + 1, entries + block.link.size
        end, previous = block.link.end_tx, block.digest
        progress(block.link.number)
    heads, fault = verify_heads(first)
    return Verified(blocks, entries, heads, *_unsealed(), fault)


def _fault(block: _Block, number: int, end: int, previous: bytes) -> AuditFault | None:
    link = block.link
    if link.number != number:
        return audit_fault("audit.block-missing", number)
    if link.previous != previous or link.first_tx != end:
        return audit_fault("audit.chain-broken", number)
    with scoped(Role.OPERATOR):
        entries = entries_between(link.first_tx, link.end_tx)
    if len(entries) == link.size and link.digest(entries) == block.digest:
        return None
    return _entry_fault(number, entries, block.fingerprints) or audit_fault("audit.block-changed", number)


def _entry_fault(number: int, entries: Sequence[SealedEntry], fingerprints: bytes) -> AuditFault | None:
    """The first entry that does not fit its fingerprint; None if all do."""
    wanted = [fingerprints[at : at + FINGERPRINT] for at in range(0, len(fingerprints), FINGERPRINT)]
    found = [entry.digest[:FINGERPRINT] for entry in entries]
    for place, entry in enumerate(entries):
        if place < len(wanted) and found[place] == wanted[place]:
            continue
        if place < len(wanted) and found[place] in wanted[place + 1 :]:
            return audit_fault("audit.entry-missing", number, entry.id)
        if place >= len(wanted) or wanted[place] in found[place + 1 :]:
            return audit_fault("audit.entry-added", number, entry.id)
        return audit_fault("audit.entry-changed", number, entry.id)
    last = entries[-1].id if entries else None
    return audit_fault("audit.entry-missing", number, last) if len(found) < len(wanted) else None


def _before(first: int) -> tuple[int, bytes]:
    if first <= 1:
        return 0, START
    found = next(_blocks(first - 1), None)
    if found is None or found.link.number != first - 1:
        raise audit_fault("audit.block-missing", first - 1)
    return found.link.end_tx, found.digest


def _blocks(first: int) -> Iterator[_Block]:
    while True:
        with scoped(Role.OPERATOR), connection.cursor() as cursor:
            cursor.execute(_BLOCKS, [first, _AT_ONCE])
            found = cursor.fetchall()
        for number, first_tx, end_tx, count, at, previous, digest, fingerprints in found:
            link = Link(number, first_tx, end_tx, count, at, bytes(previous))
            yield _Block(link, bytes(digest), bytes(fingerprints))
        if len(found) < _AT_ONCE:
            return
        first = found[-1][0] + 1


def _unsealed() -> tuple[int, datetime | None]:
    with scoped(Role.OPERATOR), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(at) FROM audit_entry"
            " WHERE tx >= coalesce((SELECT end_tx FROM audit_block ORDER BY number DESC LIMIT 1), 0)"
        )
        count, oldest = cursor.fetchone()
    return count, oldest
