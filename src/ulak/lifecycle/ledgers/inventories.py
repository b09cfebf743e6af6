"""Inventory books (envanter defteri): of which days they are, until when, and whether one may be made now.

Sources: Tebliğ 2 (opening and closing of the inventory book), 4.3.1 (by fiscal year), 4.3.4 with a and b; Envanter
Defteri Kılavuzu V1.0, 2.1.1.7 and 2.1.1.8.1: entries and lines are numbered through the fiscal year, so that the
closing goes on where the opening ended. Who keeps e-Defter may keep the inventory on paper (Tebliğ 3.2.6).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from ulak.errors import Text
from ulak.lifecycle.days import day_text, month_text
from ulak.lifecycle.ledgers.calendar import Fiscal, Payer, inventory_days
from ulak.lifecycle.ledgers.stages import Stage
from ulak.lifecycle.problems import LifecycleError, lifecycle_error

__all__ = ["Inventory", "inventories_of", "inventory_in", "may_make"]


class Inventory(NamedTuple):
    """One of the two inventories of a fiscal year.

    Attributes:
        day: the first of the year, or of the e-Defter where that began within the year; or the last.
        due: the last day on which it is in time.
    """

    day: date
    is_opening: bool
    due: date

    @property
    def month(self) -> date:
        return self.day.replace(day=1)


def inventories_of(fiscal: Fiscal, payer: Payer, started: date) -> tuple[Inventory, Inventory]:
    """The opening and the closing of a fiscal year.

    Args:
        started: the first month of the e-Defter here: a business that began within the year opens then.

    >>> year = Fiscal(date(2026, 1, 1), date(2026, 12, 31))
    >>> [str(one.day) + " " + str(one.due) for one in inventories_of(year, Payer.OTHER, date(2026, 1, 1))]
    ['2026-01-01 2026-05-14', '2026-12-31 2027-05-14']
    """
    opens = max(fiscal.start, started.replace(day=1)) if started <= fiscal.end else fiscal.start
    opening, closing = inventory_days(payer, Fiscal(opens, fiscal.end))
    return Inventory(opens, is_opening=True, due=opening), Inventory(fiscal.end, is_opening=False, due=closing)


def inventory_in(month: date, inventories: Collection[Inventory]) -> Inventory | None:
    """The inventory whose day lies in a month, by any of its days."""
    return next((one for one in inventories if one.month == month.replace(day=1)), None)


def may_make(
    month: date,
    inventories: Collection[Inventory],
    today: date,
    started: date,
    there: Mapping[date, Collection[Stage]],
) -> LifecycleError | None:
    """Why the inventory of a month may not be made now; None if it may.

    Args:
        there: how the packages of inventories stand at GİB, by the first day of their month; what was withdrawn or
            deleted may be among them.

    Returns:
        ``lifecycle.ledger-inventory-day``, ``-before-start``, ``-future``, ``-inventory-there``, ``-later-first``.
    """
    wanted = inventory_in(month, inventories)
    if wanted is None:
        said = [day_text(one.day) for one in inventories]
        days = Text(" / ".join(one.tr for one in said), " / ".join(one.en for one in said))
        return lifecycle_error("lifecycle.ledger-inventory-day", month=month_text(month), days=days)
    if wanted.month < started.replace(day=1):
        return lifecycle_error("lifecycle.ledger-before-start", month=month_text(started))
    if wanted.day > today:
        return lifecycle_error("lifecycle.ledger-future", day=day_text(today))
    if any(_counts(stage) for stage in there.get(wanted.month, ())):
        return lifecycle_error("lifecycle.ledger-inventory-there", day=day_text(wanted.day))
    later = [one for one in inventories if one.day > wanted.day and any(map(_counts, there.get(one.month, ())))]
    if later:
        return lifecycle_error("lifecycle.ledger-later-first", month=month_text(later[0].day))
    return None


def _counts(stage: Stage) -> bool:
    """Whether GİB has it, or is to get it: what it refused is made anew."""
    return not stage.is_final and stage is not Stage.REFUSED
