"""Whether a package that GİB has may be deleted in its e-Defter application, so that its days are made anew."""

from __future__ import annotations

from datetime import date, datetime

from ulak.lifecycle import ledgers as law
from ulak.lifecycle.ledgers.months import Month, may_delete
from ulak.lifecycle.problems import LifecycleError
from ulak_server import clock
from ulak_server.exchange.ledgers.months import months_of

__all__ = ["not_deletable"]


def not_deletable(
    taxpayer: int, branch: str, month: date, kind: str, due_at: datetime, *, permitted: bool = False
) -> LifecycleError | None:
    """Why it may not be (Uygulama Kılavuzu V1.12, C 7–8 and D); None if it may. In a scope that holds the taxpayer.

    Args:
        kind: of the package; an inventory is numbered apart, so no later month stands in its way.
        permitted: whether GİB allowed it in writing after the time was over.

    Returns:
        ``lifecycle.ledger-time-over``, ``lifecycle.ledger-later-first``.
    """
    is_inventory = kind == law.BeratKind.INVENTORY
    known = {} if is_inventory else months_of(taxpayer, branch)
    this = known.get(month, Month(month))
    return may_delete(this, known.values(), clock.now(), due_at, permitted=permitted)
