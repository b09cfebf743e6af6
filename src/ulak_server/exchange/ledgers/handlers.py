"""What carries out effects of packages of books inside the transaction."""

from __future__ import annotations

from typing import Final

from ulak.lifecycle import ledgers as law
from ulak.lifecycle.effects import Remind
from ulak_server.database.roles import Role
from ulak_server.database.scope import current, widen
from ulak_server.exchange.ledgers import terms
from ulak_server.exchange.ledgers.months import closes, release
from ulak_server.exchange.rooms import LEDGERS, Row
from ulak_server.exchange.shell import Handlers, Shell

__all__ = ["HANDLERS"]


def _secured(shell: Shell, row: Row, effect: law.Secured) -> None:
    _see(row)
    row["fetched_at"] = shell.now
    if effect.is_late:
        shell.tell(LEDGERS, row, "ledger.late", name=row["name"], due_at=row["due_at"].isoformat())
    release(shell, row)
    if closes(row):
        terms.close(row["taxpayer_id"], row["branch"], row["month"], shell.now)
        shell.tell(LEDGERS, row, "ledger.month-closed", month=f"{row['month']:%Y-%m}", branch=row["branch"])


def _vacated(shell: Shell, row: Row, _: law.Vacated) -> None:
    _see(row)
    terms.reopen(row["taxpayer_id"], row["branch"], row["month"], shell.now)


def _remind(shell: Shell, row: Row, _: Remind) -> None:
    shell.tell(LEDGERS, row, "ledger.reminder", code=row.record.code, name=row["name"])


def _see(row: Row) -> None:
    """A worker's transaction learns whose rows it works on; people's knows that from the beginning."""
    if current().role is Role.PIPELINE:
        widen([row["taxpayer_id"]])


HANDLERS: Final[Handlers] = {
    ("ledger", law.Secured): _secured,
    ("ledger", law.Vacated): _vacated,
    ("ledger", Remind): _remind,
}
