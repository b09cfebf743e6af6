"""Recurring documents are made on their days, each once, whatever happens to the worker; others rest."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platform_intake import encoded, friendly, listed
from platform_world import ARDIC, taxpayer
from ulak.errors import UlakError
from ulak.lifecycle.policy import DEFAULT
from ulak_server import clock
from ulak_server.books import plans
from ulak_server.books.models import Plan, PlanRun
from ulak_server.books.problems import BooksError
from ulak_server.books.rhythms import LAST_DAY, UNITS, Rhythm, days, following, rhythm_of, said
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.documents.taking import take_in

pytestmark = pytest.mark.usefixtures("platform_database")
BEGIN = date(2027, 1, 31)


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    listed()
    return taxpayer()


@pytest.fixture
def at() -> Iterator[Any]:
    """Let it be noon in Istanbul on a day."""
    yield lambda day: clock.use(lambda: datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    clock.use(None)


def planned(ardic: int, at: Any, **said: Any) -> Plan:
    at(BEGIN)
    values: dict[str, Any] = {"rhythm": {"unit": "month", "every": 1, "day": 31}, "begins_on": BEGIN, **said}
    document = values.pop("document", friendly(lines=[{"name": "{ay} {yıl} kirası", "price": "1000", "vat": 20}]))
    with scoped(Role.WEB, [ardic]):
        return plans.save_plan(ardic, "Kira", document, **values)


def made(ardic: int, plan: Plan) -> list[tuple[date, Document]]:
    with scoped(Role.WEB, [ardic]):
        runs = PlanRun.objects.filter(plan=plan).exclude(document_id=None).order_by("day")
        return [(one.day, Document.objects.get(id=one.document_id or 0)) for one in runs]


def finish(ardic: int, plan: Plan) -> None:
    with scoped(Role.WEB, [ardic]):
        plans.remove_plan(ardic, plan.id)


def test_each_day_has_one_document_however_often_the_clock_ticks(ardic: int, at: Any) -> None:
    plan = planned(ardic, at)
    for day in (BEGIN, date(2027, 2, 1), date(2027, 2, 27), date(2027, 2, 28), date(2027, 3, 30)):
        at(day)
        plans.make_due(DEFAULT)
        plans.make_due(DEFAULT)
    assert [day for day, _ in made(ardic, plan)] == [BEGIN, date(2027, 2, 28)]
    assert [one.issue_date for _, one in made(ardic, plan)] == [BEGIN, date(2027, 2, 28)]
    finish(ardic, plan)


def test_a_killed_worker_finds_what_it_made(ardic: int, at: Any) -> None:
    plan = planned(ardic, at)
    plans.make_due(DEFAULT)
    # Killed before it wrote down that the day is done.
    with scoped(Role.WEB, [ardic]):
        PlanRun.objects.filter(plan=plan).delete()
        Plan.objects.filter(id=plan.id).update(next_on=BEGIN, made=0)
    plans.make_due(DEFAULT)
    assert len(made(ardic, plan)) == 1
    with scoped(Role.WEB, [ardic]):
        ettn = made_ettn(ardic, plan)
        assert Document.objects.filter(ettn=ettn).count() == 1
    finish(ardic, plan)


def made_ettn(ardic: int, plan: Plan) -> Any:
    run = PlanRun.objects.get(plan=plan)
    return Document.objects.get(id=run.document_id or 0).ettn


def test_even_a_forgotten_key_makes_nothing_twice(ardic: int, at: Any) -> None:
    from ulak_server.documents.models import Handed

    plan = planned(ardic, at)
    plans.make_due(DEFAULT)
    with scoped(Role.WEB, [ardic]):
        first = PlanRun.objects.get(plan=plan).document_id
        PlanRun.objects.filter(plan=plan).delete()
        Handed.objects.filter(taxpayer_id=ardic).delete()
        Plan.objects.filter(id=plan.id).update(next_on=BEGIN)
    plans.make_due(DEFAULT)
    with scoped(Role.WEB, [ardic]):
        assert PlanRun.objects.get(plan=plan).document_id == first
    finish(ardic, plan)


def test_documents_go_by_themselves_if_that_is_wanted(ardic: int, at: Any) -> None:
    plan = planned(ardic, at, intent="send")
    plans.make_due(DEFAULT)
    ((_, one),) = made(ardic, plan)
    assert (one.stage, str(one.payable)) == ("accepted", "1200.00")
    finish(ardic, plan)


def test_what_cannot_go_waits_as_a_draft_with_its_reason(ardic: int, at: Any) -> None:
    stranger = {"tax_id": "2222222222", "name": "Bilinmeyen", "address": {"town": "A", "city": "B"}}
    plan = planned(ardic, at, intent="send", document=friendly(customer=stranger))
    plans.make_due(DEFAULT)
    ((_, one),) = made(ardic, plan)
    assert one.stage == "draft"
    with scoped(Role.WEB, [ardic]):
        (run,) = plans.runs_of(ardic, plan.id)
        assert run.error
        assert run.error["code"].startswith("intake.")
        assert plans.plan(ardic, plan.id).next_on == date(2027, 2, 28)
    finish(ardic, plan)


def test_an_installation_that_was_off_makes_up_for_it_with_drafts(ardic: int, at: Any) -> None:
    plan = planned(ardic, at, intent="send")
    at(date(2027, 4, 2))
    assert plans.make_due(DEFAULT) >= 3
    stages = {day: one.stage for day, one in made(ardic, plan)}
    assert stages == {BEGIN: "draft", date(2027, 2, 28): "draft", date(2027, 3, 31): "accepted"}
    finish(ardic, plan)


def test_texts_know_their_month(ardic: int, at: Any) -> None:
    plan = planned(ardic, at, document=friendly(notes=["{önceki ay} {önceki ayın yılı}", "{month} {year}", "{başka}"]))
    document = plans.document_of(plan, BEGIN)
    assert document["notes"] == ["Aralık 2026", "January 2027", "{başka}"]
    assert "number" not in document
    finish(ardic, plan)


def test_a_pause_leaves_the_days_in_it_out(ardic: int, at: Any) -> None:
    plan = planned(ardic, at)
    with scoped(Role.WEB, [ardic]):
        plans.pause_plan(ardic, plan.id, paused=True)
    at(date(2027, 3, 5))
    assert plans.make_due(DEFAULT) == 0
    with scoped(Role.WEB, [ardic]):
        assert plans.pause_plan(ardic, plan.id, paused=False).next_on == date(2027, 3, 31)
        assert plans.upcoming(plans.plan(ardic, plan.id), 3) == [
            date(2027, 3, 31),
            date(2027, 4, 30),
            date(2027, 5, 31),
        ]
        plans.remove_plan(ardic, plan.id)
        with pytest.raises(BooksError):
            plans.plan(ardic, plan.id)
        assert plans.restore_plan(ardic, plan.id).next_on == date(2027, 3, 31)
    finish(ardic, plan)


def test_a_plan_ends(ardic: int, at: Any) -> None:
    plan = planned(ardic, at, until=date(2027, 3, 1))
    at(date(2027, 5, 1))
    plans.make_due(DEFAULT)
    assert [day for day, _ in made(ardic, plan)] == [BEGIN, date(2027, 2, 28)]
    with scoped(Role.WEB, [ardic]):
        assert plans.plan(ardic, plan.id).next_on is None
        assert plans.upcoming(plans.plan(ardic, plan.id)) == []


def test_the_day_is_istanbuls(ardic: int) -> None:
    clock.use(lambda: datetime(2027, 1, 30, 20, 59, tzinfo=UTC))
    try:
        with scoped(Role.WEB, [ardic]):
            plan = plans.save_plan(ardic, "Gece", friendly(), rhythm={"unit": "day", "every": 1}, begins_on=BEGIN)
        assert plans.make_due(DEFAULT) == 0
        clock.use(lambda: datetime(2027, 1, 30, 21, 1, tzinfo=UTC))
        assert plans.make_due(DEFAULT) == 1
        finish(ardic, plan)
    finally:
        clock.use(None)


def test_a_draft_becomes_a_plan(ardic: int, at: Any) -> None:
    at(BEGIN)
    draft = take_in(ardic, encoded(friendly()), intent="draft", policy=DEFAULT)
    with scoped(Role.WEB, [ardic]):
        plan = plans.plan_from_draft(ardic, draft.id, "Aidat", rhythm={"unit": "week"}, begins_on=BEGIN)
        assert plan.document["supplier"]["tax_id"] == ARDIC[0]
        assert plan.next_on == BEGIN
    finish(ardic, plan)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "books.missing"),
        ({"rhythm": {"unit": "moon"}}, "books.rhythm"),
        ({"rhythm": {"unit": "month", "every": "x"}}, "books.rhythm"),
        ({"rhythm": {"unit": "month", "every": 61}}, "books.rhythm"),
        ({"rhythm": {"unit": "week", "every": 1, "day": 8}}, "books.rhythm"),
        ({"begins_on": date(2020, 1, 1)}, "books.plan-past"),
        ({"until": date(2026, 12, 1)}, "books.plan-days"),
    ],
)
def test_what_cannot_be_planned_is_said(ardic: int, at: Any, values: dict[str, Any], code: str) -> None:
    at(BEGIN)
    said = {"name": "Kira", "rhythm": {"unit": "month", "every": 1}, "begins_on": BEGIN, **values}
    with pytest.raises(UlakError) as caught, scoped(Role.WEB, [ardic]):
        plans.save_plan(ardic, said.pop("name"), friendly(), **said)
    assert caught.value.code == code


DAYS = st.dates(date(2026, 1, 1), date(2040, 12, 31))
NONE = st.just(0)
RHYTHMS = st.one_of(
    st.tuples(st.just("day"), st.integers(1, 366), NONE, NONE),
    st.tuples(st.just("week"), st.integers(1, 104), st.integers(1, 7), NONE),
    st.tuples(st.just("month"), st.integers(1, 60), st.integers(1, 31), NONE),
    st.tuples(st.just("year"), st.integers(1, 10), st.integers(1, 31), st.integers(1, 12)),
).map(Rhythm._make)


@given(RHYTHMS, DAYS)
def test_days_go_on_as_their_rhythm_says(rhythm: Rhythm, begin: date) -> None:
    found = list(islice(days(rhythm, begin), 4))
    assert found[0] >= begin
    assert found == sorted(set(found))
    for day in found:
        if rhythm.unit == "week":
            assert day.isoweekday() == rhythm.day
        if rhythm.unit in ("month", "year"):
            assert day.day == min(rhythm.day, calendar.monthrange(day.year, day.month)[1])
    for one, other in pairwise(found):
        assert following(rhythm, begin, one) == other
        steps = {"day": (other - one).days, "week": (other - one).days / 7}
        months = (other.year - one.year) * 12 + other.month - one.month
        expected = rhythm.every * 12 if rhythm.unit == "year" else rhythm.every
        assert steps.get(rhythm.unit, months) == expected


@given(RHYTHMS, DAYS)
def test_a_rhythm_is_kept_as_it_is_and_said_in_words(rhythm: Rhythm, begin: date) -> None:
    assert rhythm_of(rhythm.as_json(), begin) == rhythm
    assert all(said(rhythm))


def test_the_last_day_of_a_month_is_its_last() -> None:
    found = list(islice(days(Rhythm("month", 1, LAST_DAY), date(2028, 1, 1)), 3))
    assert found == [date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31)]
    assert said(Rhythm("month", 1, LAST_DAY)).tr == "Her ayın son günü"
    assert set(UNITS) == {"day", "week", "month", "year"}
    assert following(Rhythm("day", 1), BEGIN, BEGIN) == BEGIN + timedelta(days=1)


def test_what_fails_for_the_moment_is_tried_again_later(ardic: int, at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = planned(ardic, at)

    def away(*_: object, **__: object) -> None:
        raise RuntimeError("the database has gone away")

    monkeypatch.setattr(plans, "take_in", away)
    assert plans.make_due(DEFAULT) == 0
    monkeypatch.undo()
    assert plans.make_due(DEFAULT) == 0
    clock.use(lambda: datetime(BEGIN.year, BEGIN.month, BEGIN.day, 10, 1, tzinfo=UTC))
    assert plans.make_due(DEFAULT) == 1
    assert [day for day, _ in made(ardic, plan)] == [BEGIN]
    finish(ardic, plan)
