"""What carries out the effects of this room's records inside the transaction: work is put into the queue."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from ulak.lifecycle import documents as law
from ulak.lifecycle.effects import Remind
from ulak_server.documents.judging import error_of_problem
from ulak_server.documents.kinds import KINDS
from ulak_server.documents.models import Work
from ulak_server.documents.queue import queued_at
from ulak_server.exchange.outbound.problems import problem
from ulak_server.exchange.rooms import DOCUMENTS, Row
from ulak_server.exchange.shell import Handlers, Shell
from ulak_server.userlist.services import lookup

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


def _find_address(shell: Shell, row: Row, _: law.FindAddress) -> None:
    """Offer what GİB's list says of the receiver now; which of them it is to be is for a person to choose."""
    kind = KINDS[row["kind"]]
    found = [
        one.alias for one in lookup(row["partner"], kind.list) if one.role == kind.to_role and one.alias != row["alias"]
    ]
    code = "outbound.other-alias" if found else "outbound.no-alias"
    said = problem(code, alias=row["alias"], partner=row["partner"], others=", ".join(found))
    row["error"] = {**error_of_problem(said), "aliases": found}


def _remind(shell: Shell, row: Row, _: Remind) -> None:
    shell.tell(DOCUMENTS, row, "document.reminder")


HANDLERS: Final[Handlers] = {
    ("document", law.FindAddress): _find_address,
    ("document", Remind): _remind,
    ("document", law.Judge): _judge,
    ("document", law.Seal): _seal,
    ("document", law.Pack): _pack,
}
