"""Whose work comes next: taxpayers in turn, so that nobody waits behind another's ten thousand invoices.

Every worker goes through the taxpayers who have work in the order of their ids, a bounded batch at a time, and starts
anew behind the last. One step of it is one probe of the index of waiting work, however many taxpayers there are. Rows
that another worker holds are passed over; a worker that is killed lets go of its rows at once.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from ulak_server.asides.services import awake
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Work
from ulak_server.exchange.rooms import DOCUMENTS, Row
from ulak_server.exchange.shell import Shell

__all__ = ["PACKING", "PREPARING", "Turns", "claim", "claim_to_pack"]

PREPARING: Final = "preparing"
PACKING: Final = "packing"
"""The stations' names, by which they put documents aside."""


def _next(station: str) -> str:
    return f"""
SELECT min(found) FROM (
    SELECT (SELECT taxpayer_id FROM documents_document
            WHERE work = w AND taxpayer_id > %s AND ready_at <= %s AND {awake(station, subject="id")}
            ORDER BY taxpayer_id LIMIT 1) AS found
    FROM unnest(%s::int[]) AS w
) AS each
"""  # noqa: S608


_ROUNDS: Final = {
    station: f"""
SELECT coalesce(({_next(station)}), ({_next(station)})),
    EXISTS (SELECT FROM asides_aside WHERE station = '{station}')
"""  # noqa: S608
    for station in (PREPARING, PACKING)
}
"""The next behind one, or else the first of all; and whether documents are put aside."""
_CLAIM: Final = f"""
WHERE work = %s AND taxpayer_id = %s AND ready_at <= %s AND {awake(PREPARING, subject="id")}
ORDER BY ready_at, id LIMIT %s FOR UPDATE SKIP LOCKED
"""
_FILL: Final = f"""
WHERE work = %s AND taxpayer_id = %s AND {awake(PACKING, subject="id")}
ORDER BY ready_at, id LIMIT %s FOR UPDATE SKIP LOCKED
"""


class Turns:
    """Where one worker's round of the taxpayers stands.

    Args:
        station: whose round it is.
        works: the kinds of work that are looked for.

    Attributes:
        has_asides: whether the station had put documents aside when it was looked last.
    """

    def __init__(self, station: str, works: Sequence[Work]) -> None:
        self.has_asides = False
        self._round = _ROUNDS[station]
        self._works = [int(work) for work in works]
        # Workers that start together spread over the taxpayers.
        self._last = random.randrange(2**16)  # noqa: S311

    def due(self, now: datetime) -> Iterator[int]:
        """Taxpayers with work that is due, each once, beginning behind the one who was served last."""
        first = at = self._last
        is_new_round = False
        while (found := self._next(at, now)) is not None:
            if found <= at:
                if is_new_round:
                    return
                is_new_round = True
            if is_new_round and found > first:
                return
            at = found
            yield found

    def served(self, taxpayer: int) -> None:
        """Begin behind this one the next time."""
        self._last = taxpayer

    def _next(self, after: int, now: datetime) -> int | None:
        with scoped(Role.PIPELINE), connection.cursor() as cursor:
            cursor.execute(self._round, [after, now, now, self._works, -1, now, now, self._works])
            found: int | None
            found, self.has_asides = cursor.fetchone()
            return found


def claim(shell: Shell, taxpayer: int, most: int) -> list[Row]:
    """The taxpayer's documents that are to be judged, or else to be sealed, but for those that another worker holds."""
    for work in (Work.JUDGE, Work.SEAL):
        if rows := shell.claim(DOCUMENTS, _CLAIM, [int(work), taxpayer, shell.now, shell.now, most]):
            return rows
    return []


def claim_to_pack(shell: Shell, taxpayer: int, most: int) -> list[Row]:
    """The taxpayer's sealed documents, those first that have waited longest; others may fill their envelopes up."""
    return shell.claim(DOCUMENTS, _FILL, [int(Work.PACK), taxpayer, shell.now, most])
