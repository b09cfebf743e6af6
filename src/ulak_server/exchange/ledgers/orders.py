"""What people want of packages: one transaction each, in a scope of its own. Permission is for the faces to ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from ulak.lifecycle import ledgers as law
from ulak_server import formats
from ulak_server.database.bell import ring
from ulak_server.exchange import wishes
from ulak_server.exchange.ledgers.deleting import not_deletable
from ulak_server.exchange.ledgers.problems import ledger_error
from ulak_server.exchange.models_of_ledgers import LedgerCopy
from ulak_server.exchange.problems import ExchangeError
from ulak_server.exchange.rooms import LEDGERS, Row
from ulak_server.exchange.shell import Shell

__all__ = [
    "ASKABLE",
    "DELETABLE",
    "ask_now",
    "confirm",
    "copied",
    "deleted_at_gib",
    "fetch_again",
    "repair",
    "withdraw",
]

D = TypeVar("D")
ASKABLE: Final = frozenset({law.Stage.READY, law.Stage.UNCLEAR, law.Stage.TAKEN, law.Stage.APPROVED})
"""Where something goes on by itself after a pause, which may be cut short."""
DELETABLE: Final = frozenset({law.Stage.APPROVED, law.Stage.FETCHED, law.Stage.FILED})
"""Where GİB has a package that it processed."""


def withdraw(taxpayer: int, id: UUID, *, actor: str = "", origin: str = "") -> law.Stage:
    """Take a package back that GİB does not have; the stage it is in then.

    Raises:
        NoSuchPackage: ``ledger-exchange.no-package``.
        LedgerExchangeError: ``ledger-exchange.not-withdrawn``, ``ledger-exchange.busy``.
    """
    return _moved(taxpayer, id, law.WithdrawalWanted(), "ledger-exchange.not-withdrawn", actor, origin)


def repair(taxpayer: int | None, id: UUID, *, actor: str = "", origin: str = "") -> law.Stage:
    """Let a package that waits for a person go on, once the reason is removed; the stage it is in then.

    Args:
        taxpayer: None: operators want it.

    Raises:
        NoSuchPackage: ``ledger-exchange.no-package``.
        LedgerExchangeError: ``ledger-exchange.not-repaired``, ``ledger-exchange.busy``.
    """
    return _moved(taxpayer, id, law.RepairWanted(), "ledger-exchange.not-repaired", actor, origin)


def confirm(id: UUID, *, actor: str = "", origin: str = "") -> law.Stage:
    """For operators who saw in GİB's application that it has processed a package.

    Raises:
        NoSuchPackage: ``ledger-exchange.no-package``.
        LedgerExchangeError: ``ledger-exchange.not-asked``, ``ledger-exchange.busy``.
    """
    return _moved(None, id, law.Confirmed(), "ledger-exchange.not-asked", actor, origin)


def deleted_at_gib(taxpayer: int, id: UUID, *, permitted: bool = False, actor: str = "", origin: str = "") -> law.Stage:
    """Say that a package was deleted in GİB's e-Defter application; GİB is asked whether it was.

    Args:
        permitted: whether GİB allowed it in writing after the legal time (Uygulama Kılavuzu V1.12, D).

    Raises:
        NoSuchPackage: ``ledger-exchange.no-package``.
        LifecycleError: ``lifecycle.ledger-time-over``, ``lifecycle.ledger-later-first``.
        LedgerExchangeError: ``ledger-exchange.not-asked``, ``ledger-exchange.busy``.
    """

    def look(row: Row) -> None:
        place = (row["branch"], row["month"], row["kind"], row["due_at"])
        refused = not_deletable(taxpayer, *place, permitted=permitted) if row.record.stage in DELETABLE else None
        if refused is not None:
            raise refused

    return _moved(taxpayer, id, law.DeletionTold(), "ledger-exchange.not-asked", actor, origin, look)


def ask_now(taxpayer: int | None, id: UUID, *, actor: str = "", origin: str = "") -> law.Stage:
    """Send a package, or ask GİB for it, now instead of after the pause; the stage it is in.

    Raises:
        NoSuchPackage: ``ledger-exchange.no-package``.
        LedgerExchangeError: ``ledger-exchange.not-asked``, ``ledger-exchange.busy``.
    """

    def do(shell: Shell) -> law.Stage:
        row = _package(shell, taxpayer, id)
        stage: law.Stage = row.record.stage
        if stage not in ASKABLE or row.record.work_at is None:
            raise ledger_error("ledger-exchange.not-asked", stands=stage.sentence)
        row.record = row.record._replace(work_at=shell.now, wake_at=shell.now)
        row.changed = True
        shell.tell(LEDGERS, row, "ledger.hurried")
        ring()
        return stage

    return _persistently(do, taxpayer, actor, origin)


def fetch_again(taxpayer: int | None, id: UUID, *, actor: str = "", origin: str = "") -> law.Stage:
    """Fetch the approved berat from GİB again; the one that is kept stays until the new one holds.

    Raises:
        NoSuchPackage: ``ledger-exchange.no-package``.
        LedgerExchangeError: ``ledger-exchange.not-fetched``, ``ledger-exchange.busy``.
    """
    return _moved(taxpayer, id, law.Lost(), "ledger-exchange.not-fetched", actor, origin)


def copied(taxpayer: int, branch: str, month: date, day: date, *, actor: str = "", origin: str = "") -> None:
    """Record that a month's copies were uploaded by GİB's e-Defter Saklama application on that day.

    Raises:
        LedgerExchangeError: ``ledger-exchange.copy-day``, ``ledger-exchange.busy``.
    """

    def do(shell: Shell) -> None:
        if day > shell.now.date():
            raise ledger_error("ledger-exchange.copy-day", day=formats.day_text(day))
        LedgerCopy.objects.update_or_create(
            taxpayer_id=taxpayer,
            branch=branch,
            month=month.replace(day=1),
            defaults={"uploaded_on": day, "told_at": shell.now, "actor": shell.actor},
        )

    _persistently(do, taxpayer, actor, origin)


def _moved(
    taxpayer: int | None,
    id: UUID,
    event: Any,
    code: str,
    actor: str,
    origin: str,
    look: Callable[[Row], None] | None = None,
) -> law.Stage:
    def do(shell: Shell) -> law.Stage:
        row = _package(shell, taxpayer, id)
        if look is not None:
            look(row)
        before = row.record.stage
        shell.happen(LEDGERS, id, event)
        if row.record.stage is before:
            raise ledger_error(code, stands=before.sentence)
        ring()
        stage: law.Stage = row.record.stage
        return stage

    return _persistently(do, taxpayer, actor, origin)


def _package(shell: Shell, taxpayer: int | None, id: UUID) -> Row:
    row = shell.get(LEDGERS, id)
    if row is None or taxpayer not in (None, row["taxpayer_id"]):
        raise ledger_error("ledger-exchange.no-package")
    return row


def _persistently(do: Callable[[Shell], D], taxpayer: int | None, actor: str, origin: str) -> D:
    try:
        return wishes.persistently(do, taxpayer, actor, origin)
    except ExchangeError as error:
        if error.code == "exchange.busy":
            raise ledger_error("ledger-exchange.busy") from error
        raise
