"""Reports: nothing blindly, nothing twice, nothing missing; people are called when GİB cannot tell, or time runs out.

`ULAK_LIFE=4711` lives the simulated day of that seed alone.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from lifecycle_reports_world import live
from lifecycle_steps import NOW, RING, Story
from ulak.lifecycle import reports
from ulak.lifecycle.days import ISTANBUL
from ulak.lifecycle.effects import Alarm
from ulak.lifecycle.outcomes import Outcome
from ulak.lifecycle.policy import DEFAULT
from ulak.lifecycle.reports import Built, Reaction, SendEnded, Stage, StatusTold
from ulak.wire.earsiv_codes import SEND, STATUS
from ulak.wire.results import Outcome as Standing

ONE = os.environ.get("ULAK_LIFE")
PARTS, EACH = 4, 500
DUE = NOW + timedelta(days=2)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_entry_is_accepted_exactly_once(part: int) -> None:
    stages, alarms = set[str](), Counter[str]()
    for seed in [int(ONE)] if ONE else range(part * EACH, (part + 1) * EACH):
        try:
            world = live(seed)
        except Exception as error:
            error.add_note(f"ULAK_LIFE={seed} lives this one again")
            raise
        stages |= {stage for _, stage in world.stages}
        alarms += world.alarms
    assert ONE or stages >= set(Stage) - {Stage.BUILDING}
    assert ONE or {"lifecycle.report-late", "lifecycle.report-refused", "lifecycle.report-due-soon"} <= set(alarms)


def story(due_at: datetime = DUE) -> Story:
    return Story(reports, reports.begun(NOW, due_at=due_at, seed=1))


def sent(due_at: datetime = DUE) -> Story:
    return story(due_at).go(RING, Built(1), RING)


def taken() -> Story:
    return sent().go(SendEnded(Outcome.TAKEN, 1, 0), RING)


def alarms(told: Story) -> list[str]:
    return [effect.code for effect in told.effects if isinstance(effect, Alarm)]


def test_the_straight_road() -> None:
    told = story().go(RING)
    assert told.words == ["BuildReport"]
    assert told.go(Built(1), RING).words == ["SendReport"]
    assert told.go(SendEnded(Outcome.TAKEN, 1, 0)).stage is Stage.TAKEN
    assert told.go(RING).words == ["AskReport"]
    assert told.go(StatusTold(10, 1), StatusTold(15, 1), StatusTold(30, 1)).stage is Stage.ACCEPTED
    assert told.effects == (reports.Accepted(is_late=False),)


@pytest.mark.parametrize("end", [SendEnded(Outcome.UNCLEAR, 1), *(SendEnded(Outcome.UNCLEAR, 1, n) for n in (6, 7, 8))])
def test_what_may_have_arrived_is_asked_for_and_then_the_same_package_goes(end: SendEnded) -> None:
    told = sent().go(end)
    assert told.stage is Stage.UNCLEAR
    assert told.go(RING).words == ["AskReport"]
    assert told.go(StatusTold(2, 1)).stage is Stage.READY
    assert told.go(RING).words == ["SendReport"]


def test_an_answer_from_before_a_send_says_nothing_of_it() -> None:
    told = sent().go(SendEnded(Outcome.UNCLEAR, 1), RING, RING, StatusTold(2, 1), RING, SendEnded(Outcome.UNCLEAR, 2))
    assert told.stage is Stage.UNCLEAR
    assert told.go(StatusTold(2, 2)).stage is Stage.UNCLEAR
    assert told.go(StatusTold(154, 2)).stage is Stage.UNCLEAR
    assert told.go(StatusTold(30, 2)).stage is Stage.ACCEPTED


@pytest.mark.parametrize("number", sorted(reports.STATUS))
def test_each_status_has_its_reaction(number: int) -> None:
    told = taken().go(StatusTold(number, 1))
    stages = {
        Reaction.ACCEPT: Stage.ACCEPTED,
        Reaction.ANEW: Stage.REPLACED,
        Reaction.LATER: Stage.REPLACED,
        Reaction.DIVIDE: Stage.REPLACED,
        Reaction.PERSON: Stage.REFUSED,
    }
    assert told.stage is stages.get(reports.STATUS[number].reaction, Stage.TAKEN)


@pytest.mark.parametrize("number", sorted(reports.SEND))
def test_each_answer_to_a_send_has_its_reaction(number: int) -> None:
    told = sent().go(SendEnded(Outcome.UNCLEAR, 1, number))
    stages = {Reaction.TAKE: Stage.TAKEN, Reaction.PERSON: Stage.REFUSED}
    assert told.stage is stages.get(reports.SEND[number].reaction, Stage.UNCLEAR)


def test_the_reactions_know_every_code_of_the_service_and_what_it_says() -> None:
    assert set(reports.SEND) == {row.number for row in SEND.rows}
    assert set(reports.STATUS) == {row.number for row in STATUS.rows}
    for row in STATUS.rows:
        reaction = reports.STATUS[row.number].reaction
        assert (reaction is Reaction.ACCEPT) is (row.outcome is Standing.OK)
        assert (reaction is Reaction.WAIT) is (row.outcome is Standing.WAITING)
        assert (reaction is Reaction.LATER) is (not row.permanent and row.outcome is Standing.ERROR)


def test_a_number_of_its_own_only_when_gib_will_not_take_this_one() -> None:
    told = taken().go(StatusTold(163, 1))
    (renew,) = told.effects
    assert renew.at > told.now
    assert not renew.is_ours
    after = reports.successor(told.record, renew, told.now, DEFAULT, seed=2)
    assert (after.due_at, after.renewals, after.faults, after.attempts) == (DUE, 1, 0, 0)
    assert not any(isinstance(effect, reports.RenewReport) for effect in taken().go(StatusTold(150, 1)).effects)


def test_a_fault_that_may_be_ours_is_tried_a_few_times_and_then_a_person_is_called() -> None:
    told = taken()
    told.record = told.record._replace(faults=DEFAULT.report_faults)
    assert told.go(StatusTold(154, 1)).stage is Stage.REFUSED
    assert alarms(told) == ["lifecycle.report-refused"]
    told.go(reports.RepairWanted())
    assert told.stage is Stage.REPLACED
    assert told.effects == (reports.RenewReport(told.now, is_ours=False),)


def test_a_call_that_gib_did_not_take_goes_again_unchanged_when_the_reason_is_removed() -> None:
    told = sent().go(SendEnded(Outcome.UNCLEAR, 1, 1))
    assert alarms(told) == ["lifecycle.report-refused"]
    assert told.go(reports.RepairWanted()).stage is Stage.READY


def test_a_number_that_is_known_from_nowhere_goes_to_people() -> None:
    told = sent().go(SendEnded(Outcome.UNCLEAR, 1, 4), RING)
    assert told.stage is Stage.UNCLEAR
    told.go(StatusTold(2, 1), RING, StatusTold(2, 2), RING, StatusTold(2, 3))
    assert (told.stage, alarms(told)) == (Stage.REFUSED, ["lifecycle.report-disputed"])
    assert told.go(reports.RepairWanted()).stage is Stage.UNCLEAR
    others = sent().go(SendEnded(Outcome.UNCLEAR, 1, 4), RING, StatusTold(30, 1, is_ours=False))
    assert (others.stage, alarms(others)) == (Stage.REPLACED, ["lifecycle.report-of-others"])


@pytest.mark.parametrize("number", [10, 15, 30])
def test_an_answer_that_names_somebody_else_reports_nothing_twice(number: int) -> None:
    """GİB took the package from us: an owner with VKN and TCKN may be named by the other one."""
    told = taken().go(StatusTold(number, 1, is_ours=False))
    assert (told.stage, alarms(told)) == (Stage.REFUSED, ["lifecycle.report-misnamed"])
    assert told.go(reports.RepairWanted()).stage is Stage.UNCLEAR
    assert told.go(reports.Confirmed()).stage is Stage.ACCEPTED


def test_what_is_due_at_once_calls_nobody_unless_it_is_late() -> None:
    due_at = reports.instant_due_at(NOW, DEFAULT)
    told = Story(reports, reports.begun(NOW, due_at=due_at, seed=1, warned=reports.behind(due_at, NOW, DEFAULT)))
    assert told.go(RING).words == ["BuildReport"]
    told.go(reports.BuildFailed(permanent=False))
    heard = []
    while told.now < due_at:
        told.go(RING)
        heard += alarms(told)
    assert heard == ["lifecycle.report-late"]


def test_a_report_that_stays_in_the_queue_is_asked_after_every_day() -> None:
    told, heard = taken(), []
    while told.now < DUE + timedelta(days=3):
        told.go(RING)
        heard += [(told.now - DUE).days for code in alarms(told) if code == "lifecycle.report-overdue"]
    assert heard[1:] == [1, 2, 3]


def test_a_report_that_vanished_goes_again_under_its_number() -> None:
    told = taken().go(StatusTold(2, 1), RING, StatusTold(2, 2))
    assert told.stage is Stage.TAKEN
    told.go(RING, StatusTold(2, 3))
    assert (told.stage, alarms(told)) == (Stage.READY, ["lifecycle.report-vanished"])


def test_people_are_called_before_at_and_after_its_time_and_it_is_sent_all_the_same() -> None:
    told, heard = sent().go(SendEnded(Outcome.NOT_SENT, 1)), []
    while told.now < DUE + timedelta(days=2):
        told.go(RING)
        heard += [(code, told.now) for code in alarms(told) if code != "lifecycle.report-not-arriving"]
        if told.stage is Stage.SENDING:
            told.go(SendEnded(Outcome.NOT_SENT, told.record.attempts))
    soon, last, late = "due-soon", "due-within-the-hour", "late"
    expected = [(soon, -6), (last, -1), (late, 0), (late, 24), (late, 48)]
    assert heard == [(f"lifecycle.report-{code}", DUE + timedelta(hours=hours)) for code, hours in expected]
    while told.stage is not Stage.SENDING:
        told.go(RING)
    told.go(SendEnded(Outcome.TAKEN, told.record.attempts, 0), StatusTold(30, told.record.questions + 1))
    assert told.effects == (reports.Accepted(is_late=True),)


def test_a_report_begun_too_late_is_called_late_once_and_what_gib_has_in_time_is_not_late() -> None:
    assert alarms(story(NOW - timedelta(hours=5)).go(RING)) == ["lifecycle.report-late"]
    told = sent(NOW + timedelta(hours=8)).go(SendEnded(Outcome.TAKEN, 1, 0))
    heard = []
    while told.now < NOW + timedelta(days=3):
        heard += alarms(told.go(RING))
    assert "lifecycle.report-late" not in heard
    assert "lifecycle.report-due-soon" in heard


def test_a_report_is_due_when_the_next_day_ends() -> None:
    for day, until in ((date(2026, 11, 30), (2026, 12, 2)), (date(2026, 12, 31), (2027, 1, 2))):
        assert reports.due_at(day) == datetime(*until, tzinfo=ISTANBUL)
    assert reports.instant_due_at(NOW, DEFAULT) - NOW == DEFAULT.instant_report


def test_gib_is_asked_ever_more_rarely_and_people_are_called_once() -> None:
    told, heard, before = taken(), [], NOW
    for _ in range(30):
        told.go(reports.AskEnded(Outcome.UNCLEAR, told.record.questions), RING)
        heard += alarms(told)
        if told.words == ["AskReport"]:
            assert timedelta(0) < told.now - before <= DEFAULT.report_ask.cap
        before = told.now
    assert heard.count("lifecycle.report-overdue") == 1


def test_what_gib_loses_after_its_time_is_called_late_when_it_is_sent_again() -> None:
    told, heard = sent(NOW + timedelta(minutes=30)).go(SendEnded(Outcome.TAKEN, 1, 0)), list[str]()
    while told.now < NOW + timedelta(hours=1):
        heard += alarms(told.go(RING))
    assert "lifecycle.report-late" not in heard
    while told.stage is Stage.TAKEN:
        told.go(RING, StatusTold(2, told.record.questions))
    told.go(RING)
    assert told.stage is Stage.SENDING
    assert alarms(told.go(RING)) == ["lifecycle.report-late"]


def test_late_news_that_it_was_processed_is_believed_even_of_a_refused_one() -> None:
    told = taken().go(StatusTold(2, 1), RING, StatusTold(2, 2), RING, StatusTold(2, 3), RING)
    assert told.go(SendEnded(Outcome.UNCLEAR, 2, 1)).stage is Stage.REFUSED
    assert told.go(StatusTold(30, 2)).stage is Stage.ACCEPTED
