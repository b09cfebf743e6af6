"""The law of months, as this taxpayer's facts and packages make it: what may be made, sealed, and until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q

from ulak.ledger.values import Month
from ulak.lifecycle.ledgers import calendar, inventories, sealing
from ulak.lifecycle.ledgers import months as law
from ulak.lifecycle.ledgers.fiscal import cut_of, periods_in
from ulak.lifecycle.ledgers.record import BeratKind
from ulak.lifecycle.ledgers.stages import Stage
from ulak_server import clock
from ulak_server.exchange.ledgers import services as gib
from ulak_server.ledgers.companies import Facts, consent_of, fiscal_year, read_facts, years_of
from ulak_server.ledgers.extending import INVENTORY, extended
from ulak_server.ledgers.models import Book, Part, Work
from ulak_server.ledgers.models import Stage as WorkStage
from ulak_server.taxpayers import services as taxpayers

__all__ = [
    "INVENTORY",
    "day_before",
    "due_at",
    "due_of",
    "expect",
    "first_numbers",
    "inventories_in",
    "inventories_of",
    "inventory_due_at",
    "inventory_of",
    "is_at_gib",
    "last_day",
    "may_build",
    "may_make_inventory",
    "may_report",
    "may_seal",
    "months_at_gib",
    "next_part",
    "period_day",
    "started",
]

_UNSET: Final = Facts()


def months_at_gib(taxpayer: int, branch: str, facts: Facts | None = None) -> dict[date, law.Month]:
    """What GİB has of each month, and what was closed with other software; within a scope."""
    found = gib.months_of(taxpayer, branch)
    known: dict[date, law.Month] = {first: _without_refused(month) for first, month in found.items()}
    for one in (facts or _UNSET).elsewhere:
        first = Month.parse(one.replace("-", "")).first
        known[first] = known.get(first, law.Month(first))._replace(elsewhere=True)
    return known


def is_at_gib(part: Part) -> bool:
    """Whether GİB has, or may have, a package of a part; within a scope."""
    handed = Book.objects.filter(part=part, handed__isnull=False).values_list("handed", flat=True)
    found = gib.packages_of(part.taxpayer_id, part.month, part.branch)
    return any(Stage(one.stage).is_at_gib for one in found if one.id in set(handed))


def _without_refused(month: law.Month) -> law.Month:
    """Without what is to be made anew: parts that GİB refused and has nothing of, and those that are held by them."""
    kept: list[law.Part] = []
    is_refused = False
    for one in sorted(month.parts, key=lambda part: part.number):
        both = (one.journal, one.ledger)
        is_refused = not any(stage.is_at_gib for stage in both) and (is_refused or Stage.REFUSED in both)
        kept += [] if is_refused else [one]
    return month._replace(parts=tuple(kept))


def may_build(work: Work, until: date | None, entries: int) -> None:
    """See that books of a work's month may be made now, within a scope.

    Raises:
        LifecycleError: as `ulak.lifecycle.ledgers.months.may_build`.
    """
    facts = _facts(work.taxpayer_id, work.branch)
    known = months_at_gib(work.taxpayer_id, work.branch, facts)
    fiscal = fiscal_year(facts, period_day(work))
    wanted = law.Facts(work.month, clock.today(), started(facts, known, work.month), fiscal, known, entries, until)
    refused = law.may_build(wanted)
    if refused is not None:
        raise refused


def may_report(work: Work) -> None:
    """See that the report of a work's month may be made now, within a scope.

    Raises:
        LifecycleError: ``lifecycle.ledger-report-early``, ``lifecycle.ledger-report-remade``.
    """
    known = months_at_gib(work.taxpayer_id, work.branch)
    refused = law.may_report(known.get(work.month, law.Month(work.month)))
    if refused is not None:
        raise refused


def next_part(work: Work) -> law.NextPart | None:
    """The part that comes after those of the month that GİB has, within a scope; None if all days are taken."""
    month = months_at_gib(work.taxpayer_id, work.branch).get(work.month, law.Month(work.month))
    return law.next_part(month)


def may_seal(work: Work, sealer: str, *, is_signature: bool) -> None:
    """See that a key may seal a work's books today, within a scope.

    Args:
        sealer: ``own`` or ``integrator``.
        is_signature: whether it is a person's qualified certificate and no seal.

    Raises:
        LifecycleError: ``lifecycle.ledger-needs-seal``, ``lifecycle.ledger-no-consent``.
    """
    kind = sealing.Certificate.SIGNATURE if is_signature else sealing.Certificate.SEAL
    is_person = len(taxpayers.of(work.taxpayer_id).number) == 11
    agreed = consent_of(work.taxpayer_id)
    refused = sealing.may_seal(
        sealing.Sealer(sealer), kind, work.month, clock.today(), is_person=is_person, consent=agreed
    )
    if refused is not None:
        raise refused


def due_at(taxpayer: int, branch: str, month: date) -> datetime:
    """The first moment at which a month's books are late, within a scope.

    Where a fiscal year ends within the month and another begins, the earlier of the two days: all of the month is
    closed by one report.
    """
    facts = _facts(taxpayer, branch)
    payer, rhythm = _payer(taxpayer, facts), calendar.Rhythm(facts.preference)
    last = min(calendar.last_day(month, payer, rhythm, one) for one in periods_in(years_of(facts), month))
    return calendar.due_at(extended(last, month))


def due_of(work: Work) -> datetime:
    """The first moment at which what a work makes is late, within a scope."""
    if work.kind == INVENTORY:
        return inventory_due_at(inventory_of(work))
    return due_at(work.taxpayer_id, work.branch, work.month)


def inventory_due_at(one: inventories.Inventory) -> datetime:
    """The first moment at which an inventory is late, within a scope."""
    return calendar.due_at(extended(one.due, one.month, INVENTORY))


def _payer(taxpayer: int, facts: Facts) -> calendar.Payer:
    is_person = len(taxpayers.of(taxpayer).number) == 11
    return calendar.Payer(facts.payer or ("income" if is_person else "other"))


# -- inventories -------------------------------------------------------------------------------------------------------


def inventories_of(taxpayer: int, branch: str, month: date) -> tuple[inventories.Inventory, ...]:
    """The opening and the closing inventories of the fiscal years that have days in a month, within a scope."""
    return inventories_in(taxpayer, branch, [month])


def inventories_in(taxpayer: int, branch: str, months: Iterable[date]) -> tuple[inventories.Inventory, ...]:
    """As `inventories_of`, of several months, in the order of their days."""
    facts = _facts(taxpayer, branch)
    years, payer = years_of(facts), _payer(taxpayer, facts)
    found = dict.fromkeys(one for month in months for one in periods_in(years, month))
    begins = started(facts, {}, date.max) if facts.first_month else None
    pairs = [inventories.inventories_of(one, payer, begins or one.start) for one in found]
    return tuple(sorted((one for pair in pairs for one in pair), key=lambda one: one.day))


def inventory_of(work: Work) -> inventories.Inventory:
    """The inventory that a work makes, within a scope.

    Raises:
        LifecycleError: ``lifecycle.ledger-inventory-day``: the fiscal year was changed meanwhile.
    """
    both = inventories_of(work.taxpayer_id, work.branch, work.month)
    found = inventories.inventory_in(work.month, both)
    if found is None:
        may_make_inventory(work.taxpayer_id, work.branch, work.month)
    assert found is not None
    return found


def may_make_inventory(taxpayer: int, branch: str, month: date) -> None:
    """See that the inventory of a month may be made now, within a scope.

    Raises:
        LifecycleError: as `ulak.lifecycle.ledgers.inventories.may_make`.
    """
    facts = _facts(taxpayer, branch)
    there: defaultdict[date, list[Stage]] = defaultdict(list)
    for one in gib.packages_of(taxpayer, branch=branch):
        if one.kind == BeratKind.INVENTORY:
            there[one.month].append(Stage(one.stage))
    both = inventories_of(taxpayer, branch, month)
    refused = inventories.may_make(month, both, clock.today(), started(facts, {}, month), there)
    if refused is not None:
        raise refused


# -- numbers -----------------------------------------------------------------------------------------------------------


def expect(taxpayer: int, branch: str) -> None:
    """Let people be called before each month that runs is late, within a scope; months that are closed are not."""
    facts = read_facts(taxpayer, branch) or read_facts(taxpayer)
    known = gib.months_of(taxpayer, branch)
    begun = Work.objects.filter(taxpayer_id=taxpayer, branch=branch, kind="books").exclude(stage=WorkStage.CANCELLED)
    first = begun.order_by("month").values_list("month", flat=True).first()
    if facts is None or not (facts.first_month or known or first):
        return
    elsewhere = {one.replace("-", "") for one in facts.elsewhere}
    month = Month.of(started(facts, known, first or clock.today()))
    last = years_of(facts).closed or clock.today()
    gib.expect_none(taxpayer, branch, after=last)
    while month.first <= min(last, clock.today()):
        if str(month) not in elsewhere and not law.is_closed(known.get(month.first, law.Month(month.first))):
            gib.expect(taxpayer, branch, month.first, due_at(taxpayer, branch, month.first))
        month = month.after


def first_numbers(work: Work) -> tuple[int, int]:
    """Numbers of the first journal entry and of the first line that a work's entries are to have, within a scope.

    They count through the fiscal year (Yevmiye Defteri Kılavuzu V1.5, 2.1.1.9 and 2.1.1.10.1; Envanter Defteri
    Kılavuzu V1.0, 2.1.1.7 and 2.1.1.8.1).
    """
    facts = _facts(work.taxpayer_id, work.branch)
    fiscal = fiscal_year(facts, period_day(work))
    before = Part.objects.filter(
        taxpayer_id=work.taxpayer_id,
        kind=work.kind,
        branch=work.branch,
        month__lte=work.month,
        end__range=(fiscal.start, fiscal.end),
        sealed_at__isnull=False,
        withdrawn_at__isnull=True,
    ).exclude(work=work)
    if work.kind == INVENTORY:
        before = before.exclude(month=work.month)
    else:
        there = months_at_gib(work.taxpayer_id, work.branch).get(work.month, law.Month(work.month))
        before = before.filter(Q(month__lt=work.month) | Q(number__in=[one.number for one in there.parts]))
    last = before.filter(entries__gt=0).order_by("-last").first()
    if last is not None:
        return last.last + 1, last.last_line + 1
    is_first = work.kind != INVENTORY and facts.first_month == f"{work.month:%Y-%m}"
    is_first = is_first and fiscal == periods_in(years_of(facts), work.month)[0]
    return (facts.first_entry, facts.first_line) if is_first else (1, 1)


def day_before(work: Work) -> date | None:
    """The last day that approved or pending parts of the month cover, within a scope; None if there are none."""
    after = next_part(work)
    if after is None:
        return Month.of(work.month).last
    return after.start - timedelta(days=1) if after.number else None


def period_day(work: Work) -> date:
    """A day of the fiscal year that a work's books are of, within a scope: the first that they cover.

    A report stands at the end of its month.
    """
    if work.kind == INVENTORY:
        return inventory_of(work).day
    if work.kind == "report":
        return Month.of(work.month).last
    planned = Part.objects.filter(work=work).order_by("start").values_list("start", flat=True).first()
    before = planned or day_before(work)
    if planned or before is None:
        return planned or work.month
    return min(before + timedelta(days=1), Month.of(work.month).last)


def last_day(work: Work) -> date:
    """The last day that a work's books may cover, within a scope: another fiscal year cuts a month."""
    return cut_of(years_of(_facts(work.taxpayer_id, work.branch)), period_day(work))


def _facts(taxpayer: int, branch: str) -> Facts:
    return read_facts(taxpayer, branch) or read_facts(taxpayer) or _UNSET


def started(facts: Facts, known: Mapping[date, law.Month], month: date) -> date:
    """The first month here: as the taxpayer said, else the first of which there is anything, else this one."""
    if facts.first_month:
        return Month.parse(facts.first_month.replace("-", "")).first
    if facts.founded_on:
        return Month.of(date.fromisoformat(facts.founded_on)).first
    return min([*known, month.replace(day=1)])
