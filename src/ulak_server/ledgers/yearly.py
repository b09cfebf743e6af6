"""The months of a year: what was made of each, what GİB has, until when it is due, and whether it may be begun."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from ulak.errors import Text
from ulak.ledger.values import Month
from ulak.lifecycle.ledgers import Stage
from ulak.lifecycle.ledgers import months as law
from ulak.lifecycle.ledgers.fiscal import cut_of
from ulak.lifecycle.ledgers.record import BeratKind
from ulak_server import clock
from ulak_server.exchange.ledgers import services as gib
from ulak_server.exchange.ledgers.services import PackageView
from ulak_server.ledgers.companies import Facts, fiscal_year, read_facts, years_of
from ulak_server.ledgers.doors import READ, admitted
from ulak_server.ledgers.law import INVENTORY, due_at, months_at_gib
from ulak_server.ledgers.models import Book, Company, Part, Work
from ulak_server.ledgers.values import PartView
from ulak_server.ledgers.views import book_view, part_view
from ulak_server.people.services import Caller

__all__ = ["MonthView", "branch_names", "months", "parts_of"]

_NONE = ("before", "after")
_OVER = ("done", "cancelled")


class MonthView(NamedTuple):
    """A month of a taxpayer or a branch.

    Attributes:
        state: of `ulak.lifecycle.ledgers.months.State`; ``before`` the first month here, ``after`` the last one of a
            business that ended, ``ahead`` of today, or closed ``elsewhere``.
        works: the works of it, the last first: id, kind, stage.
        work: the last one that is not over: id, stage.
        parts: that were planned or made and not given up.
        packages: what GİB has of it, or is to get.
        cut: the last day of a fiscal year that ends within it, before another begins; None: none does.
        due: the first moment at which it is late; None before the first month and after the last, or while no month is
            the first.
        is_late: whether that is over, and GİB has not all of it.
        may_begin: whether books of it may be made now, or of the days that are left; else `why_not`.
    """

    month: Month
    branch: str
    branch_name: str
    state: str
    works: Sequence[tuple[int, str, str]]
    work: tuple[int, str] | None
    parts: Sequence[PartView]
    packages: Sequence[PackageView]
    cut: date | None
    due: datetime | None
    is_late: bool
    may_begin: bool
    why_not: Text | None

    @property
    def is_closed(self) -> bool:
        return self.state in (law.State.CLOSED, "elsewhere")


class _Chain(NamedTuple):
    """The months of one branch, as the law sees them; `begins`: the first of them, None as long as any may be it."""

    branch: str
    name: str
    facts: Facts
    known: Mapping[date, law.Month]
    begins: date | None


def months(caller: Caller, taxpayer: int, year: int) -> Sequence[MonthView]:
    """The months of a calendar year: the taxpayer's, then those of each branch that keeps books of its own."""
    with admitted(caller, taxpayer, READ):
        chains = [_chain(taxpayer, branch, name) for branch, name in branch_names(taxpayer).items()]
        works = list(Work.objects.filter(taxpayer_id=taxpayer, month__year=year).order_by("-id"))
        parts = parts_of(taxpayer, year)
        packages = gib.packages_of(taxpayer, year=year)
        return [
            _month(taxpayer, chain, Month(year, number), works, parts, packages)
            for chain in chains
            for number in range(1, 13)
        ]


def branch_names(taxpayer: int) -> dict[str, str]:
    """The taxpayer itself, then its branches that keep books of their own, with their names; within a scope."""
    rows = Company.objects.filter(taxpayer_id=taxpayer, closed_at__isnull=True).exclude(branch="").order_by("branch")
    return {"": "", **{row.branch: row.facts.get("branch_name", "") for row in rows}}


def _chain(taxpayer: int, branch: str, name: str) -> _Chain:
    facts = read_facts(taxpayer, branch) or read_facts(taxpayer) or Facts()
    known = months_at_gib(taxpayer, branch, facts)
    first = Month.parse(facts.first_month.replace("-", "")).first if facts.first_month else min(known, default=None)
    return _Chain(branch, name, facts, known, first)


def _month(
    taxpayer: int,
    chain: _Chain,
    month: Month,
    works: Iterable[Work],
    parts: Iterable[PartView],
    packages: Iterable[PackageView],
) -> MonthView:
    mine = [one for one in works if one.month == month.first and one.branch == chain.branch]
    there = chain.known.get(month.first, law.Month(month.first))
    at_gib = [one for one in packages if one.month == month.first and one.branch == chain.branch]
    is_refused = any(one.stage == Stage.REFUSED and one.kind != BeratKind.INVENTORY for one in at_gib)
    state = "refused" if is_refused else _state(chain, there)
    due = None if state in _NONE or chain.begins is None else due_at(taxpayer, chain.branch, month.first)
    refused = None if state in ("ahead", "elsewhere", "closed", *_NONE) else _refused(chain, month)
    return MonthView(
        month,
        chain.branch,
        chain.name,
        state,
        [(one.id, one.kind, one.stage) for one in mine],
        next(((one.id, one.stage) for one in mine if one.stage not in _OVER and one.kind != INVENTORY), None),
        [one for one in parts if one.month == month and one.branch == chain.branch],
        at_gib,
        _cut(chain, month),
        due,
        due is not None and clock.now() >= due and not law.is_closed(there),
        state in ("empty", "partly", "refused") and refused is None,
        refused,
    )


def _state(chain: _Chain, there: law.Month) -> str:
    if there.elsewhere:
        return "elsewhere"
    state = law.state_of(there)
    if state is not law.State.EMPTY:
        return state.value
    if chain.begins is not None and there.first < chain.begins:
        return "before"
    if there.first > (years_of(chain.facts).closed or there.first):
        return "after"
    return "ahead" if there.first > clock.today() else state.value


def _cut(chain: _Chain, month: Month) -> date | None:
    last = cut_of(years_of(chain.facts), month.first)
    return None if last == month.last else last


def _refused(chain: _Chain, month: Month) -> Text | None:
    """Why books of a month may not be made now, as far as that can be said before its entries are known."""
    fiscal = fiscal_year(chain.facts, month.last)
    begins = chain.begins or month.first
    error = law.may_build(law.Facts(month.first, clock.today(), begins, fiscal, chain.known, entries=1))
    return None if error is None else error.text


def parts_of(taxpayer: int, year: int, kind: str = "books") -> list[PartView]:
    """The parts of a year that were planned or made and not given up, of one kind of works; within a scope."""
    made = Part.objects.filter(taxpayer_id=taxpayer, kind=kind, month__year=year, withdrawn_at__isnull=True)
    rows = list(made.order_by("number", "id"))
    books: dict[int | None, list[Book]] = {}
    for one in Book.objects.filter(part_id__in=[row.id for row in rows]).select_related("file").order_by("id"):
        books.setdefault(one.part_id, []).append(one)
    return [part_view(row, [book_view(one) for one in books.get(row.id, [])]) for row in rows]
