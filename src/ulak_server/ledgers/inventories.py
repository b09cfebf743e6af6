"""The inventories of a year: the fiscal year's opening and closing, how each stands, and until when it is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from ulak.errors import Text
from ulak.ledger.inventory_input import template
from ulak.lifecycle.ledgers.inventories import Inventory
from ulak.lifecycle.ledgers.record import BeratKind
from ulak.lifecycle.ledgers.stages import Stage
from ulak.lifecycle.problems import LifecycleError
from ulak_server import clock
from ulak_server.exchange.ledgers import services as gib
from ulak_server.exchange.ledgers.services import PackageView
from ulak_server.ledgers.doors import READ, admitted
from ulak_server.ledgers.law import INVENTORY, inventories_in, inventory_due_at, may_make_inventory
from ulak_server.ledgers.models import ENDED, Work
from ulak_server.ledgers.values import PartView
from ulak_server.ledgers.yearly import branch_names, parts_of
from ulak_server.people.services import Caller

__all__ = ["InventoryView", "inventories", "inventory_template"]


class InventoryView(NamedTuple):
    """An inventory of a taxpayer or a branch.

    Attributes:
        state: ``none``; ``ahead`` of today; ``made``: a work is at it, or waits for somebody; ``refused``,
            ``under-way`` or ``approved``: how its packages stand at GİB.
        works: the works of it, the last first: id, kind, stage.
        work: the one that is open: id, stage.
        due: the first moment at which it is late. Nobody has to keep it as an e-Defter (Tebliğ 3.2.6).
        is_late: whether that is over, and one that was begun is not approved.
        may_begin: whether it may be made now; else `why_not`.
    """

    day: date
    is_opening: bool
    branch: str
    branch_name: str
    state: str
    works: Sequence[tuple[int, str, str]]
    work: tuple[int, str] | None
    parts: Sequence[PartView]
    packages: Sequence[PackageView]
    due: datetime
    is_late: bool
    may_begin: bool
    why_not: Text | None


def inventories(caller: Caller, taxpayer: int, year: int) -> Sequence[InventoryView]:
    """The inventories whose days lie in a calendar year: the taxpayer's, then those of each branch with own books."""
    with admitted(caller, taxpayer, READ):
        works = list(Work.objects.filter(taxpayer_id=taxpayer, kind=INVENTORY, month__year=year).order_by("-id"))
        parts = parts_of(taxpayer, year, INVENTORY)
        packages = [one for one in gib.packages_of(taxpayer, year=year) if one.kind == BeratKind.INVENTORY]
        return [
            _view(taxpayer, branch, name, one, works, parts, packages)
            for branch, name in branch_names(taxpayer).items()
            for one in _of_year(taxpayer, branch, year)
        ]


def inventory_template() -> bytes:
    """The list to be filled in, as Excel in Türkiye reads CSV."""
    return template()


def _of_year(taxpayer: int, branch: str, year: int) -> list[Inventory]:
    found = inventories_in(taxpayer, branch, [date(year, month, 1) for month in range(1, 13)])
    return [one for one in found if one.day.year == year]


def _view(
    taxpayer: int,
    branch: str,
    name: str,
    one: Inventory,
    works: Iterable[Work],
    parts: Iterable[PartView],
    packages: Iterable[PackageView],
) -> InventoryView:
    mine = [work for work in works if work.month == one.month and work.branch == branch]
    at_gib = [each for each in packages if each.month == one.month and each.branch == branch]
    work = next(((each.id, each.stage) for each in mine if each.stage not in ENDED), None)
    state, due = _state(one, work, at_gib), inventory_due_at(one)
    refused = _refused(taxpayer, branch, one)
    return InventoryView(
        one.day,
        one.is_opening,
        branch,
        name,
        state,
        [(each.id, each.kind, each.stage) for each in mine],
        work,
        [part for part in parts if part.month.first == one.month and part.branch == branch],
        at_gib,
        due,
        clock.now() >= due and state in ("made", "refused", "under-way"),
        work is None and refused is None,
        None if refused is None else refused.text,
    )


def _state(one: Inventory, work: tuple[int, str] | None, packages: Sequence[PackageView]) -> str:
    stages = [Stage(each.stage) for each in packages]
    if work is not None:
        return "made"
    if Stage.REFUSED in stages:
        return "refused"
    if stages:
        return "approved" if all(stage.is_good for stage in stages) else "under-way"
    return "ahead" if one.day > clock.today() else "none"


def _refused(taxpayer: int, branch: str, one: Inventory) -> LifecycleError | None:
    try:
        may_make_inventory(taxpayer, branch, one.month)
    except LifecycleError as error:
        return error
    return None
