"""What documents cost: asked before they are sealed, taken and given back in the transaction that moves them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from ulak.lifecycle import documents as law
from ulak_server.credits.services import CHARGED, By, Short, Thing, check_again, cover, settle, shortage
from ulak_server.documents.judging import error_of_problem
from ulak_server.exchange.rooms import DOCUMENTS, Row

if TYPE_CHECKING:
    from ulak_server.exchange.shell import Shell

__all__ = ["affordable", "check_again", "crossed", "settle_all"]

_SOON: Final = timedelta(seconds=2)
"""When a document comes again that must not overtake others."""


def affordable(shell: Shell, rows: Sequence[Row]) -> list[Row]:
    """Those of one taxpayer's documents that may be sealed; the others wait for kontör, and go on by themselves."""
    if not rows:
        return []
    taxpayer: int = rows[0]["taxpayer_id"]
    found = cover(taxpayer, [Thing(row.key, row["kind"]) for row in rows], _by(shell))
    if found is None:
        shell.unmetered.add(taxpayer)
        return list(rows)
    for row in rows:
        if row.key in found.short:
            _wait(shell, row, found.short[row.key])
        elif row.key in found.behind:
            row["ready_at"] = shell.now + _SOON
    return [row for row in rows if row.key not in found.short and row.key not in found.behind]


def crossed(row: Row) -> bool:
    """Whether a document has come to what is charged, or left it."""
    return row.record is not None and (row.before in CHARGED) is not (row.record.stage in CHARGED)


def settle_all(shell: Shell, rows: Iterable[Row]) -> None:
    """Charge documents that `crossed` or came in, or give back what they cost; of each taxpayer together."""
    charged: dict[int, list[Thing]] = {}
    freed: dict[int, list[int]] = {}
    for row in rows:
        taxpayer = row["taxpayer_id"]
        if row.record.stage not in CHARGED:
            freed.setdefault(taxpayer, []).append(row.key)
        elif taxpayer not in shell.unmetered:
            charged.setdefault(taxpayer, []).append(Thing(row.key, row["kind"]))
    for taxpayer, id, kind in shell.came:
        charged.setdefault(taxpayer, []).append(Thing(id, kind, is_incoming=True))
    shell.came.clear()
    for taxpayer in sorted({*charged, *freed}):
        settle(taxpayer, charged.get(taxpayer, ()), freed.get(taxpayer, ()), _by(shell))


def _wait(shell: Shell, row: Row, short: Short) -> None:
    row["work"], row["error"] = None, error_of_problem(shortage(short))
    shell.tell(DOCUMENTS, row, "document.unpaid", code="credits.exhausted")
    shell.happen(DOCUMENTS, row.key, law.Unpaid(row.record.version))


def _by(shell: Shell) -> By:
    return By(shell.now, shell.actor, shell.origin)
