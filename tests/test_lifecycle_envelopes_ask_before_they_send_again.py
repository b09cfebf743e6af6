"""An envelope is sent again only when it is known not to be there, and asked for no oftener than GİB wants."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lifecycle_steps import NOW, RING, Story
from ulak.codes.statuses import Outcome as Standing
from ulak.codes.statuses import Speaker, statuses
from ulak.lifecycle import Resumed, Woke, envelopes
from ulak.lifecycle.effects import Alarm, Ask, Send, StopTraffic
from ulak.lifecycle.envelopes import (
    AskEnded,
    Ended,
    EnvelopeKind,
    Postponed,
    SendEnded,
    Stage,
    Stands,
    Told,
    TurnedOut,
    WithdrawalWanted,
)
from ulak.lifecycle.outcomes import Outcome, outcome_of_fault

MERKEZ, TARGET = Speaker
HOUR = timedelta(hours=1)
TAKEN = SendEnded(Outcome.TAKEN, 1)
UNCLEAR = SendEnded(Outcome.UNCLEAR, 1)
GONE = AskEnded(Outcome.NOT_THERE, 1)


def envelope(kind: EnvelopeKind = EnvelopeKind.BUSINESS, not_after: datetime | None = None) -> Story:
    return Story(envelopes, envelopes.packed(kind, NOW, seed=7, not_after=not_after))


def test_the_usual_way() -> None:
    story = envelope().go(RING)
    assert story.effects == (Send(1),)
    assert story.go(TAKEN).stage is Stage.TAKEN
    assert story.go(Told(MERKEZ, "1200")).stage is Stage.PASSED
    done = story.go(Told(TARGET, "1200"))
    assert done.stage is Stage.COMPLETED
    assert done.effects == (Ended(Stage.COMPLETED, "1200", TARGET),)
    assert story.record.wake_at is None


def test_the_receivers_word_may_overtake_merkezs() -> None:
    story = envelope().go(RING, TAKEN, Told(TARGET, "1200"))
    assert story.stage is Stage.COMPLETED
    assert story.go(Told(MERKEZ, "1200")).words == ["Note"]


def test_system_responses_may_overtake_the_receipt() -> None:
    assert envelope().go(RING, Told(MERKEZ, "1200")).go(TAKEN).stage is Stage.PASSED


@pytest.mark.parametrize("number", [2002, 2003, 2005, 9999])
def test_after_an_unclear_end_merkez_is_asked_first(number: int) -> None:
    story = envelope().go(RING, SendEnded(outcome_of_fault(number), 1))
    assert story.stage is Stage.UNKNOWN
    assert story.effects == ()
    assert story.go(RING).effects == (Ask(1),)


def test_a_send_whose_end_nobody_told_counts_as_unclear() -> None:
    story = envelope().go(RING, RING)
    assert story.stage is Stage.UNKNOWN
    assert story.go(RING).effects == (Ask(1),)


def test_what_is_there_is_not_sent_again() -> None:
    assert envelope().go(RING, UNCLEAR, RING, Stands("1100")).stage is Stage.TAKEN
    assert envelope().go(RING, UNCLEAR, RING, Stands("1220")).stage is Stage.UNANSWERED
    assert envelope().go(RING, UNCLEAR, RING, Stands("1300")).stage is Stage.COMPLETED


def test_what_is_not_there_goes_again_under_the_same_id() -> None:
    assert envelope().go(RING, UNCLEAR, RING, GONE, RING).effects == (Send(2),)


def test_nothing_is_sent_while_merkez_does_not_answer() -> None:
    story = envelope().go(RING, UNCLEAR)
    for question in range(1, 200):
        story.go(RING)
        assert story.effects == (Ask(question),)
        assert story.go(AskEnded(Outcome.UNCLEAR, question)).stage is Stage.UNKNOWN


def test_an_answer_to_an_older_question_does_not_count() -> None:
    late = envelope().go(RING, UNCLEAR, RING, RING, GONE)
    assert late.stage is Stage.UNKNOWN
    old = envelope().go(RING, UNCLEAR, RING, SendEnded(Outcome.NOT_SENT, 1), RING, SendEnded(Outcome.TAKEN, 2), GONE)
    assert old.stage is Stage.TAKEN


@pytest.mark.parametrize("outcome", [Outcome.NOT_SENT, Outcome.DAMAGED])
def test_what_never_arrived_goes_again_later_and_later(outcome: Outcome) -> None:
    story, pauses = envelope(), []
    for attempt in range(1, 12):
        story.go(RING, SendEnded(outcome, attempt))
        pauses.append(story.record.wake_at - story.now)
    assert timedelta(seconds=20) < pauses[0] <= timedelta(seconds=30)
    assert pauses[1] > pauses[0]
    assert max(pauses) <= timedelta(minutes=30)
    assert story.go(RING, SendEnded(Outcome.TAKEN, 12)).stage is Stage.TAKEN


def test_the_operators_are_called_once_when_nothing_arrives() -> None:
    story, calls = envelope(), 0
    for attempt in range(1, 40):
        calls += Alarm("lifecycle.not-arriving") in story.go(RING, SendEnded(Outcome.NOT_SENT, attempt)).effects
    assert calls == 1


def test_2001_after_an_earlier_try_is_as_good_as_a_receipt() -> None:
    story = envelope().go(RING, SendEnded(Outcome.NOT_SENT, 1), RING, SendEnded(Outcome.ALREADY_THERE, 2))
    assert story.stage is Stage.TAKEN


def test_2001_at_the_first_try_is_asked_about() -> None:
    story = envelope().go(RING, SendEnded(Outcome.ALREADY_THERE, 1))
    assert story.stage is Stage.UNKNOWN
    assert story.go(RING, Stands("1000")).stage is Stage.TAKEN


def test_2001_and_2004_together_do_not_turn_in_a_circle() -> None:
    story = envelope().go(RING, SendEnded(Outcome.ALREADY_THERE, 1))
    for question in (1, 2):
        assert story.go(RING, AskEnded(Outcome.NOT_THERE, question)).stage is Stage.UNKNOWN
        assert story.record.wake_at - story.now == 5 * HOUR
    story.go(RING, AskEnded(Outcome.NOT_THERE, 3))
    assert story.stage is Stage.DISPUTED
    assert Alarm("lifecycle.disputed") in story.effects


def test_what_merkez_lost_after_its_receipt_goes_again() -> None:
    story = envelope().go(RING, TAKEN, RING, GONE)
    assert story.stage is Stage.RESTING
    assert Alarm("lifecycle.vanished") in story.effects


def test_what_merkez_lost_after_passing_it_is_not_sent_again() -> None:
    story = envelope().go(RING, TAKEN, Told(MERKEZ, "1200"))
    for question in (1, 2):
        assert story.go(RING, AskEnded(Outcome.NOT_THERE, question)).stage is Stage.PASSED
    assert story.go(RING, AskEnded(Outcome.NOT_THERE, 3)).stage is Stage.DISPUTED


def test_it_is_asked_for_after_24_hours_and_every_five() -> None:
    story = envelope().go(RING, TAKEN, Told(MERKEZ, "1200"))
    assert story.record.wake_at == NOW + 24 * HOUR
    for number in range(5):
        assert story.go(RING).effects == (Ask(number + 1),)
        assert story.now == NOW + (24 + 5 * number) * HOUR
        story.go(timedelta(minutes=1), Stands("1220"))


def test_a_question_whether_it_arrived_counts_for_the_five_hours() -> None:
    story = envelope().go(RING, UNCLEAR, RING, timedelta(hours=22), RING, Stands("1000"))
    asked = story.now
    assert story.record.wake_at == max(NOW + 24 * HOUR, asked + 5 * HOUR)


def test_it_is_not_asked_for_when_both_answered() -> None:
    story = envelope().go(RING, TAKEN, Told(MERKEZ, "1200"), Told(TARGET, "1200"), timedelta(days=30))
    assert story.record.wake_at is None


def test_the_operators_hear_of_what_does_not_end() -> None:
    story, calls = envelope().go(RING, TAKEN), 0
    for _ in range(30):
        calls += Alarm("lifecycle.overdue") in story.go(RING).effects
        story.go(Stands("1220"))
    assert calls == 1


@pytest.mark.parametrize("code", ["1210", "1220"])
def test_1210_and_1220_are_waited_for(code: str) -> None:
    story = envelope().go(RING, TAKEN, RING, Stands(code))
    assert not story.stage.is_final
    assert story.go(RING, Stands("1300")).stage is Stage.COMPLETED


@pytest.mark.parametrize(
    ("code", "stage"),
    [
        ("1215", Stage.UNDELIVERABLE),
        ("1230", Stage.RETURNED),
        ("1163", Stage.DUPLICATE),
        ("1164", Stage.DUPLICATE),
        ("1235", Stage.CANCELLED),
        ("1300", Stage.COMPLETED),
    ],
)
def test_what_merkez_says_in_the_end_ends_it(code: str, stage: Stage) -> None:
    story = envelope().go(RING, TAKEN, RING, Stands(code))
    assert story.stage is stage
    assert story.effects == (Ended(stage, code, MERKEZ),)


ERRORS = [status.code for status in statuses() if status.outcome is Standing.ERROR and status.in_system_response]


@pytest.mark.parametrize("code", [code for code in ERRORS if code != "1163"])
def test_every_error_of_merkezs_ends_it(code: str) -> None:
    assert envelope().go(RING, TAKEN, Told(MERKEZ, code)).stage is Stage.REFUSED


@pytest.mark.parametrize("code", ERRORS)
def test_every_error_of_the_receivers_ends_it(code: str) -> None:
    assert envelope().go(RING, TAKEN, Told(TARGET, code)).stage is Stage.RETURNED


@pytest.mark.parametrize("code", ["1210", "1215", "1220", "1230", "1235", "1300", "1999", "", "abc"])
def test_a_receiver_cannot_say_what_only_merkez_knows(code: str) -> None:
    story = envelope().go(RING, TAKEN, Told(TARGET, code))
    assert story.stage is Stage.TAKEN
    assert "Alarm" in story.words


def test_merkezs_error_after_it_passed_it_is_not_believed_until_it_is_asked() -> None:
    story = envelope().go(RING, TAKEN, Told(MERKEZ, "1200"), Told(MERKEZ, "1150"))
    assert story.stage is Stage.PASSED
    assert "Alarm" in story.words
    assert story.go(RING, Stands("1150")).stage is Stage.REFUSED


def test_twice_told_is_once_told() -> None:
    story = envelope().go(RING, TAKEN, Told(MERKEZ, "1200"), Told(MERKEZ, "1200"), Told(TARGET, "1200"))
    for _ in range(3):
        assert story.go(Told(TARGET, "1200")).words == ["Note"]
    assert story.stage is Stage.COMPLETED


def test_the_first_word_of_the_receiver_counts() -> None:
    story = envelope().go(RING, TAKEN, Told(TARGET, "1200"), Told(TARGET, "1150"))
    assert story.stage is Stage.COMPLETED
    assert "Alarm" in story.words


def test_what_counted_as_lost_and_arrived_is_said() -> None:
    story = envelope().go(RING, TAKEN, RING, Stands("1215"), Told(TARGET, "1200"))
    assert story.stage is Stage.UNDELIVERABLE
    assert TurnedOut("1200", arrived=True) in story.effects


def test_2006_is_not_tried_again() -> None:
    story = envelope().go(RING, SendEnded(Outcome.REFUSED, 1))
    assert story.stage is Stage.NOT_TAKEN
    assert Alarm("lifecycle.call-refused") in story.effects


def test_a_refusal_does_not_speak_for_an_earlier_send() -> None:
    story = envelope().go(RING, UNCLEAR, RING, GONE, RING, SendEnded(Outcome.REFUSED, 2))
    assert story.stage is Stage.UNKNOWN
    assert story.go(RING, AskEnded(Outcome.NOT_THERE, 2)).stage is Stage.NOT_TAKEN


def test_what_counted_as_never_sent_and_is_on_the_road_is_said() -> None:
    story = envelope().go(RING, SendEnded(Outcome.REFUSED, 1), Told(MERKEZ, "1200"))
    assert story.stage is Stage.NOT_TAKEN
    assert TurnedOut("1200", arrived=False) in story.effects


def test_2007_holds_what_did_not_arrive_until_the_permission_is_back() -> None:
    story = envelope().go(RING, SendEnded(Outcome.SUSPENDED, 1))
    assert story.stage is Stage.HELD
    assert StopTraffic() in story.effects
    assert story.go(RING).effects == (Alarm("lifecycle.still-suspended"),)
    assert story.go(Resumed(), RING).effects == (Send(2),)


def test_2007_holds_what_may_have_arrived_and_asks_then() -> None:
    story = envelope().go(RING, UNCLEAR, RING, AskEnded(Outcome.SUSPENDED, 1))
    assert story.stage is Stage.HELD_UNKNOWN
    assert story.go(Resumed(), RING).effects == (Ask(2),)


def test_2007_for_a_question_leaves_what_is_there_where_it_is() -> None:
    story = envelope().go(RING, TAKEN, RING, AskEnded(Outcome.SUSPENDED, 1))
    assert story.stage is Stage.TAKEN
    assert story.effects == (StopTraffic(),)


def test_a_call_that_was_not_made_is_made_when_the_counterpart_may_answer() -> None:
    story = envelope().go(RING, Postponed(NOW + HOUR, 1))
    assert story.stage is Stage.RESTING
    assert story.go(RING).effects == (Send(2),)
    assert story.now == NOW + HOUR


def test_nothing_is_sent_after_its_time() -> None:
    limit = NOW + HOUR
    assert envelope(not_after=limit).go(2 * HOUR, RING).stage is Stage.EXPIRED
    assert envelope(not_after=limit).go(RING, SendEnded(Outcome.SUSPENDED, 1), 2 * HOUR, RING).stage is Stage.EXPIRED
    story = envelope(not_after=limit).go(RING, UNCLEAR, 2 * HOUR, RING)
    assert story.stage is Stage.UNKNOWN
    assert story.go(GONE, RING).stage is Stage.EXPIRED


def test_what_arrived_in_time_is_waited_for_beyond_it() -> None:
    story = envelope(not_after=NOW + HOUR).go(RING, TAKEN, RING)
    assert story.effects == (Ask(1),)


def test_it_can_be_withdrawn_until_it_goes() -> None:
    assert envelope().go(WithdrawalWanted()).stage is Stage.WITHDRAWN
    assert envelope().go(RING, SendEnded(Outcome.NOT_SENT, 1), WithdrawalWanted()).stage is Stage.WITHDRAWN
    for beginning in ((RING,), (RING, UNCLEAR), (RING, TAKEN)):
        story = envelope().go(*beginning)
        before = story.stage
        assert story.go(WithdrawalWanted()).stage is before


def test_nobody_can_speak_of_what_was_never_sent() -> None:
    story = envelope().go(Told(TARGET, "1200"))
    assert story.stage is Stage.PACKED
    assert "Alarm" in story.words


def test_system_responses_are_done_when_merkez_processed_them() -> None:
    for code in ("1200", "1220", "1300"):
        assert envelope(EnvelopeKind.SYSTEM).go(RING, TAKEN, RING, Stands(code)).stage is Stage.COMPLETED
    assert envelope(EnvelopeKind.SYSTEM).go(RING, TAKEN, RING, Stands("1210")).stage is Stage.UNDELIVERED
    assert envelope(EnvelopeKind.SYSTEM).go(RING, TAKEN, RING, Stands("1215")).stage is Stage.UNDELIVERABLE


def test_accounts_are_done_when_merkez_says_so() -> None:
    assert envelope(EnvelopeKind.USER).go(RING, TAKEN, Told(MERKEZ, "1200")).stage is Stage.COMPLETED
    assert envelope(EnvelopeKind.USER).go(RING, TAKEN, Told(MERKEZ, "1182")).stage is Stage.REFUSED


def test_an_alarm_clock_that_rings_early_does_nothing() -> None:
    story = envelope().go(RING, TAKEN)
    early = envelopes.step(story.record, Woke(), NOW + 23 * HOUR, story.policy)
    assert early == (story.record, ())
