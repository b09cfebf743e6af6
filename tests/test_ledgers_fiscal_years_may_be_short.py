"""Businesses that are new, that end, that are liquidated: fiscal years of less than twelve months."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_ledger_works import FACTS, MONTH, begun, done, entries, rules, set_up, software, state, to, worker
from platform_ledgers import Books, books
from platform_world import MELTEM, taxpayer
from support import needs_reference
from ulak.ledger.reading import head_of
from ulak.lifecycle.ledgers.calendar import Fiscal, Payer, Rhythm, last_day
from ulak.lifecycle.ledgers.fiscal import Years, cut_of, period_of, periods_in
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.models_of_ledgers import LedgerTerm
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.station import Works
from ulak_server.people.services import Caller

TURN = date(2026, 10, 16)
BEFORE = date(2026, 10, 15)
NOVEMBER = date(2026, 11, 1)
LIQUIDATED = Years(turns=(date(2026, 5, 21),))
DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


# -- the law -----------------------------------------------------------------------------------------------------------


@given(st.integers(1, 12), st.lists(DAYS, max_size=3), DAYS)
def test_every_day_lies_in_one_fiscal_year_and_none_is_longer_than_twelve_months(
    month: int, turns: list[date], day: date
) -> None:
    years = Years(month, tuple(sorted(turns)))
    found = period_of(years, day)
    assert found.start <= day <= found.end
    assert (found.end - found.start).days <= 365
    assert period_of(years, found.end + timedelta(days=1)).start == found.end + timedelta(days=1)
    assert period_of(years, found.start) == period_of(years, found.end) == found


def test_liquidation_ends_one_year_and_begins_another_within_the_month() -> None:
    before, after = periods_in(LIQUIDATED, date(2026, 5, 9))
    assert before[:2] == (date(2026, 1, 1), date(2026, 5, 20))
    assert after[:2] == (date(2026, 5, 21), date(2026, 12, 31))
    assert period_of(LIQUIDATED, date(2027, 3, 1))[:2] == (date(2027, 1, 1), date(2027, 12, 31))
    assert cut_of(LIQUIDATED, date(2026, 5, 1)) == date(2026, 5, 20)
    assert cut_of(LIQUIDATED, date(2026, 5, 21)) == date(2026, 5, 31)


def test_the_first_and_the_last_day_of_a_business_cut_no_month() -> None:
    years = Years(founded=date(2026, 3, 16), closed=date(2026, 9, 10))
    assert periods_in(years, date(2026, 3, 1)) == (Fiscal(date(2026, 3, 16), date(2026, 9, 10), date(2026, 1, 1)),)
    assert period_of(years, date(2026, 12, 1)) == period_of(years, date(2026, 1, 1)) == periods_in(years, TURN)[0]
    assert cut_of(years, date(2026, 3, 1)) == date(2026, 3, 31)
    assert cut_of(years, date(2026, 9, 1)) == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("years", "month", "rhythm", "due"),
    [
        (LIQUIDATED, date(2026, 4, 1), Rhythm.MONTHLY, date(2026, 8, 14)),
        (LIQUIDATED, date(2026, 4, 1), Rhythm.QUARTERLY, date(2026, 10, 14)),
        (LIQUIDATED, date(2026, 6, 1), Rhythm.QUARTERLY, date(2026, 9, 14)),
        (Years(closed=date(2026, 9, 10)), date(2026, 9, 1), Rhythm.MONTHLY, date(2027, 2, 14)),
        (Years(7, closed=date(2027, 2, 10)), date(2026, 8, 1), Rhythm.QUARTERLY, date(2026, 12, 14)),
        (Years(founded=date(2026, 3, 16)), date(2026, 3, 1), Rhythm.QUARTERLY, date(2026, 6, 14)),
    ],
)
def test_last_days_follow_the_short_year(years: Years, month: date, rhythm: Rhythm, due: date) -> None:
    assert last_day(month, Payer.OTHER, rhythm, period_of(years, month)) == due


# -- on the platform ---------------------------------------------------------------------------------------------------


class World:
    """A company that enters liquidation, a worker and GİB."""

    def __init__(self, gib: Books, works: Works, one: int, me: Caller) -> None:
        self.gib, self.works, self.one, self.me = gib, works, one, me

    def approved(self, data: bytes, month: date) -> None:
        """Books from a file to GİB's approval."""
        work = begun(self.me, self.one, data, month)
        to("sent", self.works, self.me, self.one, work)
        self.gib.a_while(10)
        done(self.works)
        assert state(self.one, work).stage == "done"

    def facts(self, **changes: object) -> None:
        ledgers.save_facts(self.me, self.one, FACTS | {"first_month": "2026-10"} | changes)


@pytest.fixture(scope="module")
def world(platform_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with books() as gib, software(), rules(tmp_path_factory.mktemp("rules")), worker() as made:
        one = taxpayer()
        yield World(gib, made, one, set_up(one))


@needs_reference
def test_a_month_of_two_fiscal_years_is_made_of_two_parts_that_each_count_by_themselves(
    world: World, tmp_path: Path
) -> None:
    world.facts(turns=[TURN.isoformat()])
    data = entries(tmp_path, 200)
    whole = begun(world.me, world.one, data)
    done(world.works)
    ledgers.check(world.me, world.one, whole)
    done(world.works)
    codes = {one.code for one in ledgers.findings(world.me, world.one, whole).groups}
    assert "ledger.check.fiscal-year" in codes
    ledgers.cancel(world.me, world.one, whole)
    world.approved(of_days(data, range(1, 16)), MONTH)
    world.approved(of_days(data, range(16, 32)), MONTH)
    first, second = ledgers.parts(world.me, world.one, MONTH)
    assert [(one.number, one.start, one.end, one.first) for one in (first, second)] == [
        ("000001", MONTH, BEFORE, 1),
        ("000002", TURN, date(2026, 10, 31), 1),
    ]
    assert years_of_books(world, MONTH) == {
        ("000001", date(2026, 1, 1), BEFORE),
        ("000002", TURN, date(2026, 12, 31)),
    }
    uniques = [one.unique for part in (first, second) for one in part.books if one.kind in ("Y", "K")]
    assert len(set(uniques)) == len(uniques)
    (view,) = [one for one in ledgers.months(world.me, world.one, 2026) if one.month.first == MONTH]
    assert (view.cut, view.due and view.due.date()) == (BEFORE, date(2027, 2, 15))


@needs_reference
def test_the_new_year_goes_on_in_the_next_month(world: World, tmp_path: Path) -> None:
    report = ledgers.report(world.me, world.one, MONTH)
    done(world.works)
    world.gib.a_while(10)
    done(world.works)
    assert state(world.one, report.id).stage == "done"
    october = ledgers.parts(world.me, world.one, MONTH)[-1]
    past = of_days(entries(tmp_path, 200, NOVEMBER), range(1, 21))
    work = begun(world.me, world.one, past, NOVEMBER)
    to("checked", world.works, world.me, world.one, work)
    seen = [one.code for one in ledgers.findings(world.me, world.one, work).groups]
    ledgers.acknowledge(world.me, world.one, work, seen)
    ledgers.plan(world.me, world.one, work, date(2026, 11, 20))
    done(world.works)
    (part,) = ledgers.preview(world.me, world.one, work).parts
    assert (part.number, part.first) == ("000001", october.last + 1)
    ledgers.cancel(world.me, world.one, work)


@needs_reference
def test_the_folder_of_the_month_tells_both_years_apart(world: World, tmp_path: Path) -> None:
    _, pieces = ledgers.folder_of_month(world.me, world.one, MONTH)
    names = zipfile.ZipFile(io.BytesIO(b"".join(pieces))).namelist()
    places = {name.split("/")[1] for name in names}
    assert places == {"01.01.2026-15.10.2026", "16.10.2026-31.12.2026"}
    assert all("-000001" not in name for name in names if "/16.10" in name)


@needs_reference
def test_no_year_begins_within_a_part_that_is_sealed(world: World) -> None:
    with pytest.raises(ledgers.LedgerWorkError) as error:
        world.facts(turns=["2026-10-05"])
    assert [one.code for one in error.value.errors] == ["ledger-work.turn-made"]


@needs_reference
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"turns": ["2026-02-30"]}, "/turns"),
        ({"turns": ["2026-01-02"]}, "/turns"),
        ({"founded_on": "2026-12-31"}, "/founded_on"),
        ({"founded_on": "2026-03-16", "closed_on": "2026-03-15"}, "/founded_on"),
        ({"founded_on": "2026-03-16", "turns": ["2026-02-01"]}, "/turns"),
    ],
)
def test_days_that_make_no_fiscal_year_are_refused_at_their_field(
    world: World, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(ledgers.LedgerWorkError) as error:
        world.facts(**changes)
    assert field in [one.where for one in error.value.errors]


@needs_reference
def test_when_the_business_ended_no_more_is_expected(world: World) -> None:
    other = taxpayer(MELTEM, "MEL")
    me = set_up(other)
    ledgers.save_facts(me, other, FACTS | {"first_month": "2026-08"})
    assert expected(other) == [8, 9, 10, 11]
    ledgers.save_facts(me, other, FACTS | {"first_month": "2026-08", "closed_on": "2026-09-10"})
    assert expected(other) == [8, 9]
    states = {one.month.month: one.state for one in ledgers.months(me, other, 2026)}
    assert (states[7], states[9], states[10], states[12]) == ("before", "empty", "after", "after")
    closing = [one.day for one in ledgers.inventories(me, other, 2026) if not one.is_opening]
    assert closing == [date(2026, 9, 10)]


def expected(taxpayer: int) -> list[int]:
    with scoped(Role.WEB, [taxpayer]):
        found = LedgerTerm.objects.filter(taxpayer_id=taxpayer).order_by("month")
        return [one.month.month for one in found]


def years_of_books(world: World, month: date) -> set[tuple[str, date, date]]:
    """Part, first and last day of the fiscal year that each journal and ledger says."""
    found = set()
    for part in ledgers.parts(world.me, world.one, month):
        for one in part.books:
            if one.kind in ("Y", "K") and not one.is_package:
                _, pieces = ledgers.file_of(world.me, world.one, one.id)
                company = head_of(io.BytesIO(b"".join(pieces))).company
                found.add((part.number, company.fiscal_start, company.fiscal_end))
    return found


def of_days(data: bytes, days: range) -> bytes:
    """The headings, and the rows of some days."""
    headings, *rows = data.decode().splitlines(keepends=True)
    return "".join([headings, *(row for row in rows if int(row.split(";")[1][:2]) in days)]).encode()
