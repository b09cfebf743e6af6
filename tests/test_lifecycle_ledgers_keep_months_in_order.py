"""No month is skipped, no approved day is made twice, nothing lies in the future, and every month has its last day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ulak.errors import UlakError
from ulak.ledger.values import Month as LedgerMonth
from ulak.lifecycle.ledgers import BeratKind, Stage, contents
from ulak.lifecycle.ledgers.calendar import (
    Fiscal,
    Payer,
    Rhythm,
    due_at,
    extended,
    inventory_days,
    last_day,
    months_of,
    preference_until,
    reminder,
)
from ulak.lifecycle.ledgers.months import (
    Facts,
    Month,
    NextPart,
    Part,
    State,
    closed_until,
    is_closed,
    may_build,
    may_delete,
    may_report,
    next_part,
    state_of,
    waits_for,
)
from ulak.lifecycle.ledgers.sealing import Certificate, Consent, Sealer, may_seal, needs_stamp
from ulak.lifecycle.policy import DEFAULT

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
YEAR = Fiscal(date(2026, 1, 1), date(2026, 12, 31))
GOOD = Stage.FETCHED


def part(number: str, first: int, last: int, stage: Stage = GOOD, month: date = MARCH) -> Part:
    return Part(number, month.replace(day=first), month.replace(day=last), stage, stage)


def closed(month: date) -> Month:
    return Month(month, (part("000000", 1, LedgerMonth.of(month).last.day, month=month),), Stage.FILED)


def verdict(
    month: date = MARCH, today: date = date(2026, 5, 2), entries: int = 7, until: date | None = None, *there: Month
) -> str:
    known = {one.first: one for one in there}
    error = may_build(Facts(month, today, MARCH, YEAR, known, entries, until))
    return error.code.removeprefix("lifecycle.ledger-") if error else ""


def test_the_first_month_may_be_made_and_the_next_one_when_it_is_closed() -> None:
    assert verdict() == ""
    assert verdict(APRIL) == "month-skipped"
    assert verdict(APRIL, date(2026, 5, 2), 7, None, Month(MARCH, (part("000000", 1, 31),))) == "month-skipped"
    assert verdict(APRIL, date(2026, 5, 2), 7, None, closed(MARCH)) == ""
    assert verdict(APRIL, date(2026, 5, 2), 7, None, Month(MARCH, elsewhere=True)) == ""
    assert verdict(date(2026, 2, 1)) == "before-start"
    assert verdict(date(2027, 1, 1), date(2027, 3, 1)) == "outside-fiscal-year"


def test_nothing_lies_in_the_future() -> None:
    audit = date(2026, 3, 16)
    assert verdict(MARCH, audit) == "month-not-over"
    assert verdict(MARCH, audit, 7, audit) == ""
    assert verdict(MARCH, audit, 7, audit + timedelta(days=1)) == "future"
    assert verdict(MARCH, date(2026, 2, 27)) == "future"
    assert verdict(MARCH, date(2026, 3, 31)) == ""
    assert verdict(MARCH, audit, 7, date(2026, 4, 1)) == "day-of-month"


def test_approved_days_are_not_made_again() -> None:
    half = Month(MARCH, (part("000001", 1, 16),))
    assert verdict(MARCH, date(2026, 5, 2), 7, None, half) == ""
    assert verdict(MARCH, date(2026, 5, 2), 7, date(2026, 3, 16), half) == "days-approved"
    assert verdict(MARCH, date(2026, 5, 2), 7, None, closed(MARCH)) == "month-closed"
    open_part = Month(MARCH, (part("000001", 1, 16, Stage.REFUSED),))
    assert verdict(MARCH, date(2026, 5, 2), 7, None, open_part) == "part-open"
    deleted = Month(MARCH, (part("000000", 1, 31, Stage.DELETED),), Stage.DELETED)
    assert verdict(MARCH, date(2026, 5, 2), 7, None, deleted) == ""


def test_a_month_is_not_empty_but_its_rest_may_be() -> None:
    assert verdict(MARCH, date(2026, 5, 2), 0) == "empty"
    assert verdict(MARCH, date(2026, 5, 2), 0, None, Month(MARCH, (part("000001", 1, 16),))) == ""


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(Stage)), min_size=1, max_size=6))
def test_parts_follow_each_other_without_a_gap(made: list[tuple[int, Stage]]) -> None:
    month, start = Month(MARCH), 1
    for number, (shared, stage) in enumerate(made, 1):
        end = min(start + 3 + shared, 31)
        month = month._replace(parts=(*month.parts, part(f"{number:06d}", start, end, stage)))
        start = end
    following = next_part(month)
    counting = [one for one in month.parts if not one.is_gone]
    if not counting:
        assert following == NextPart(0, MARCH)
    elif following is not None:
        assert following.start == max(one.end for one in counting) + timedelta(days=1)
        assert following.number > max(int(one.number) for one in counting)
    until = closed_until(month)
    assert until is None or all(one.is_closed for one in counting if one.start < until and one.end <= until)
    assert is_closed(month) is False


def test_a_month_says_how_it_stands() -> None:
    whole = part("000000", 1, 31)
    assert state_of(Month(MARCH)) is State.EMPTY
    assert state_of(Month(MARCH, (part("000000", 1, 31, Stage.TAKEN),))) is State.UNDER_WAY
    assert state_of(Month(MARCH, (part("000000", 1, 31, Stage.REFUSED),))) is State.REFUSED
    assert state_of(Month(MARCH, (part("000001", 1, 16),))) is State.PARTLY
    assert state_of(Month(MARCH, (whole,))) is State.UNREPORTED
    assert state_of(Month(MARCH, (whole,), Stage.SENDING)) is State.UNDER_WAY
    assert state_of(Month(MARCH, (whole,), Stage.REFUSED)) is State.REFUSED
    assert state_of(closed(MARCH)) is State.CLOSED


def test_the_report_comes_after_all_berats() -> None:
    assert may_report(Month(MARCH, (part("000000", 1, 31),))) is None
    early = may_report(Month(MARCH, (part("000001", 1, 16),)))
    assert early is not None
    assert early.code == "lifecycle.ledger-report-early"
    journal, ledger, report = BeratKind.JOURNAL, BeratKind.LEDGER, BeratKind.REPORT
    there = [(journal, "000001", GOOD), (ledger, "000001", Stage.TAKEN), (journal, "000002", Stage.READY)]
    assert waits_for(journal, "000002", there) == ((ledger, "000001"),)
    assert waits_for(report, "000000", there) == ((ledger, "000001"), (journal, "000002"))
    assert waits_for(journal, "000001", there) == ()
    assert waits_for(BeratKind.INVENTORY, "000000", there) == ()


def test_a_report_of_books_that_were_made_anew_closes_nothing() -> None:
    remade = Month(MARCH, (part("000000", 1, 31),), Stage.FILED, is_remade=True)
    assert (state_of(remade), is_closed(remade)) == (State.UNREPORTED, False)
    refused = may_report(remade)
    assert refused is not None
    assert refused.code == "lifecycle.ledger-report-remade"
    assert may_report(remade._replace(report=None)) is None
    assert is_closed(remade._replace(is_remade=False))


def test_deleting_is_for_the_last_month_and_its_time() -> None:
    due = datetime(2026, 7, 15, tzinfo=UTC)
    assert may_delete(closed(MARCH), (), due - timedelta(days=1), due) is None
    late = may_delete(closed(MARCH), (), due, due)
    assert late is not None
    assert late.code == "lifecycle.ledger-time-over"
    assert may_delete(closed(MARCH), (), due, due, permitted=True) is None
    order = may_delete(closed(MARCH), (closed(APRIL),), due - timedelta(days=1), due)
    assert order is not None
    assert "04.2026" in str(order.text.tr)


def test_the_general_ledger_stays_here_since_2025() -> None:
    assert contents(BeratKind.LEDGER, date(2024, 12, 31)) == ("K", "KB")
    assert contents(BeratKind.LEDGER, date(2025, 1, 1)) == ("KB",)
    assert contents(BeratKind.INVENTORY, APRIL) == ("E", "EB")


MONTHLY = {1: (5, 2026), 2: (6, 2026), 9: (1, 2027), 11: (3, 2027)}
"""Teblig 4.3.4: month of the books → month of their last day."""


@pytest.mark.parametrize("month", MONTHLY)
def test_the_table_of_the_law_holds_month_by_month(month: int) -> None:
    due, year = MONTHLY[month]
    for payer, day in ((Payer.INCOME, 10), (Payer.OTHER, 14)):
        assert last_day(date(2026, month, 1), payer, Rhythm.MONTHLY, YEAR) == date(year, due, day)


@pytest.mark.parametrize(("months", "due"), [((1, 2, 3), 6), ((4, 5, 6), 9), ((7, 8, 9), 12)])
def test_quarters_have_one_day(months: tuple[int, ...], due: int) -> None:
    for month in months:
        assert last_day(date(2026, month, 1), Payer.OTHER, Rhythm.QUARTERLY, YEAR) == date(2026, due, 14)


def test_the_end_of_the_fiscal_year_follows_the_tax_return() -> None:
    december = date(2026, 12, 1)
    for rhythm in Rhythm:
        assert last_day(december, Payer.INCOME, rhythm, YEAR) == date(2027, 4, 10)
        assert last_day(december, Payer.OTHER, rhythm, YEAR) == date(2027, 5, 14)
    assert last_day(date(2026, 10, 1), Payer.OTHER, Rhythm.QUARTERLY, YEAR) == date(2027, 5, 14)
    own = Fiscal(date(2026, 7, 1), date(2027, 6, 30))
    assert last_day(date(2027, 6, 1), Payer.OTHER, Rhythm.MONTHLY, own) == date(2027, 11, 14)
    assert last_day(date(2026, 8, 1), Payer.OTHER, Rhythm.QUARTERLY, own) == date(2026, 12, 14)
    assert inventory_days(Payer.OTHER, YEAR) == (date(2026, 5, 14), date(2027, 5, 14))
    new = Fiscal(date(2026, 2, 9), date(2026, 12, 31), date(2026, 1, 1))
    assert last_day(date(2026, 2, 1), Payer.OTHER, Rhythm.QUARTERLY, new) == date(2026, 6, 14)
    assert preference_until(new) == date(2026, 2, 28)


@given(st.integers(0, 11), st.sampled_from(Payer), st.sampled_from(Rhythm), st.integers(1, 12))
def test_last_days_come_after_the_month_and_in_its_order(at: int, payer: Payer, rhythm: Rhythm, begins: int) -> None:
    start = date(2026, begins, 1)
    end = date(2027, begins, 1) - timedelta(days=1)
    months = months_of(Fiscal(start, end))
    assert len(months) == 12
    days = [last_day(month, payer, rhythm, Fiscal(start, end)) for month in months]
    assert days == sorted(days)
    assert days[at] > LedgerMonth.of(months[at]).last
    assert days[at].day == (10 if payer is Payer.INCOME else 14)


def test_before_the_fifth_teblig_all_had_the_tenth() -> None:
    year = Fiscal(date(2024, 1, 1), date(2024, 12, 31))
    assert last_day(date(2024, 6, 1), Payer.OTHER, Rhythm.MONTHLY, year) == date(2024, 10, 10)
    assert last_day(date(2024, 7, 1), Payer.OTHER, Rhythm.MONTHLY, year) == date(2024, 11, 14)


def test_gib_may_give_a_month_more_and_not_longer() -> None:
    last = date(2026, 5, 14)
    assert extended(last, date(2026, 6, 14)) == date(2026, 6, 14)
    for wrong in (date(2026, 5, 13), date(2026, 6, 15)):
        with pytest.raises(UlakError) as raised:
            extended(last, wrong)
        assert raised.value.code == "lifecycle.ledger-extension"


@given(st.lists(st.integers(-30 * 24, 20 * 24), min_size=1, max_size=30).map(sorted))
def test_open_months_are_reminded_of_once_each_time_and_daily_when_late(hours: list[int]) -> None:
    due, said, heard = due_at(date(2026, 5, 14)), 0, []
    for hour in hours:
        before = said
        said, code = reminder(due, due + timedelta(hours=hour), said, DEFAULT)
        assert bool(code) is (said > before)
        heard += [code] if code else []
    late = [code for code in heard if code.endswith("late")]
    assert heard[len(heard) - len(late) :] == late
    assert len(late) <= sum(hour >= 0 for hour in hours)


def test_who_may_seal() -> None:
    on = date(2026, 5, 2)
    own = Sealer.OWN
    assert may_seal(own, Certificate.SEAL, MARCH, on, is_person=False) is None
    assert may_seal(own, Certificate.SIGNATURE, MARCH, on, is_person=True) is None
    company = may_seal(own, Certificate.SIGNATURE, MARCH, on, is_person=False)
    assert company is not None
    assert company.code == "lifecycle.ledger-needs-seal"


@pytest.mark.parametrize(
    ("consent", "holds"),
    [
        (Consent(Sealer.INTEGRATOR, date(2026, 1, 1)), True),
        (Consent(Sealer.INTEGRATOR, date(2026, 5, 3)), False),
        (Consent(Sealer.INTEGRATOR, date(2026, 1, 1), last=date(2026, 2, 28)), False),
        (Consent(Sealer.INTEGRATOR, date(2026, 1, 1), date(2026, 3, 15), date(2026, 3, 15)), True),
        (Consent(Sealer.INTEGRATOR, date(2026, 1, 1), ended=date(2026, 5, 2)), False),
        (Consent(Sealer.ACCOUNTANT, date(2026, 1, 1)), False),
        (None, False),
    ],
)
def test_others_seal_with_a_consent_alone(consent: Consent | None, holds: bool) -> None:
    sealer, seal = Sealer.INTEGRATOR, Certificate.SEAL
    refused = may_seal(sealer, seal, MARCH, date(2026, 5, 2), is_person=False, consent=consent)
    assert (refused is None) is holds


def test_a_stamp_is_needed_when_gib_was_away_or_time_is_over() -> None:
    due = due_at(date(2026, 5, 14))
    assert not needs_stamp(due - timedelta(hours=1), due, service_was_down=False)
    assert needs_stamp(due - timedelta(hours=1), due, service_was_down=True)
    assert needs_stamp(due, due, service_was_down=False)
