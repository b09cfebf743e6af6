"""What carries out the effects of this room's records inside the transaction: work is put into the queue."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from ulak.lifecycle import documents as law
from ulak_server.documents.models import Work
from ulak_server.documents.queue import queued_at
from ulak_server.exchange.rooms import Row
from ulak_server.exchange.shell import Handlers, Shell

__all__ = ["HANDLERS", "LINGER"]

LINGER: Final = timedelta(seconds=2)
"""How long an ordinary document waits for others to the same receiver."""


def _judge(shell: Shell, row: Row, _: law.Judge) -> None:
    _queue(shell, row, Work.JUDGE)


def _seal(shell: Shell, row: Row, _: law.Seal) -> None:
    _queue(shell, row, Work.SEAL)


def _pack(shell: Shell, row: Row, effect: law.Pack) -> None:
    if row["work"] == Work.PACK:
        return
    at_once = effect.alone or row["priority"]
    row["work"] = Work.PACK
    row["ready_at"] = queued_at(shell.now, priority=row["priority"]) if at_once else shell.now + LINGER


def _queue(shell: Shell, row: Row, work: Work) -> None:
    # What is rung for while it waits in the queue keeps its place.
    if row["work"] != work:
        row["work"], row["ready_at"] = work, queued_at(shell.now, priority=row["priority"])


HANDLERS: Final[Handlers] = {
    ("document", law.Judge): _judge,
    ("document", law.Seal): _seal,
    ("document", law.Pack): _pack,
}
