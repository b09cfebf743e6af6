"""Entries sealed into blocks: those of transactions that have all ended, so that none can come between them later."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from django.db import connection

from ulak_server import clock
from ulak_server.audit.digests import FINGERPRINT, START, Link, entries_between
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

__all__ = ["MOST_ENTRIES", "Sealing", "seal_next"]

MOST_ENTRIES: Final = 10_000
"""Of a block, but that a transaction's entries are never parted."""
_SECONDS: Final = 5.0
_LOCK: Final = 7004
_LAST: Final = "SELECT number, end_tx, digest FROM audit_block ORDER BY number DESC LIMIT 1"
# Read before the entries are: whatever is numbered lower has ended, and what it wrote is seen by the next statement.
_ENDED: Final = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + base FROM audit_epoch"
_CUT: Final = """
SELECT count(*), max(tx) FROM (
    SELECT tx FROM audit_entry WHERE tx >= %s AND tx < %s ORDER BY tx FETCH FIRST %s ROWS WITH TIES) AS first
"""


def seal_next(most: int = MOST_ENTRIES) -> int:
    """Seal the next block, unless another process does; how many entries it holds, 0 if there was nothing to seal."""
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, 0)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_LAST)
        number, first, previous = cursor.fetchone() or (0, 0, START)
        cursor.execute(_ENDED)
        ended = cursor.fetchone()[0]
        cursor.execute(_CUT, [first, ended, most])
        count, last = cursor.fetchone()
        if not count:
            return 0
        _seal(Link(number + 1, first, last + 1, count, clock.now(), bytes(previous)))
        return int(count)


def _seal(link: Link) -> None:
    entries = entries_between(link.first_tx, link.end_tx)
    link = link._replace(size=len(entries))
    fingerprints = b"".join(entry.digest[:FINGERPRINT] for entry in entries)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_block (number, first_tx, end_tx, entries, at, previous, fingerprints, digest)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [*link, fingerprints, link.digest(entries)],
        )


class Sealing:
    """The station that seals blocks; as every worker has it, and one block is enough, it looks every few seconds only.

    Args:
        now: seconds of a clock that never goes back.
    """

    name: Final = "audit"

    def __init__(self, seconds: float = _SECONDS, now: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._now = seconds, now
        self._next = now() + seconds

    def turn(self) -> int:
        """Seal a block if it is time; more at once while there are full ones."""
        if self._now() < self._next:
            return 0
        count = seal_next()
        if count < MOST_ENTRIES:
            self._next = self._now() + self._seconds
        return count

    def close(self) -> None:
        """Nothing is held."""
