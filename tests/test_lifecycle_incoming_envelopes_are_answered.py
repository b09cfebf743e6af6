"""What GİB brings is kept, judged, filed once, and its sender told, however often somebody dies on the way."""

from __future__ import annotations

import pytest

from lifecycle_steps import NOW, RING, Story
from ulak.codes.statuses import Outcome, statuses
from ulak.lifecycle import inbound
from ulak.lifecycle.effects import Alarm, AnswerPoll
from ulak.lifecycle.envelopes import Stage as End
from ulak.lifecycle.inbound import (
    ArrivedAgain,
    File,
    Judged,
    Open,
    Polled,
    RefuseCall,
    Respond,
    ResponseEnded,
    ResponsePacked,
    Stage,
)

ERRORS = [row.code for row in statuses() if row.outcome is Outcome.ERROR and row.in_system_response]


def incoming() -> Story:
    return Story(inbound, inbound.stored(NOW, seed=7))


def told(code: str = "1200") -> Story:
    return incoming().go(RING, Judged(code), ResponsePacked("r1"))


def test_the_usual_way() -> None:
    story = incoming().go(RING)
    assert story.effects == (Open(),)
    assert story.go(Judged("1200")).effects == (File(), Respond("1200"))
    assert story.go(ResponsePacked("r1")).stage is Stage.RESPONDING
    assert story.go(ResponseEnded("r1", End.COMPLETED)).stage is Stage.SETTLED


@pytest.mark.parametrize("code", ERRORS)
def test_what_is_refused_is_not_filed_and_its_sender_is_told_why(code: str) -> None:
    assert incoming().go(RING, Judged(code)).effects == (Respond(code),)


def test_system_responses_are_filed_and_not_answered() -> None:
    story = incoming().go(RING, Judged("1200", is_answered=False))
    assert story.stage is Stage.FILED
    assert story.effects == (File(),)


def test_what_says_not_from_whom_it_is_cannot_be_answered() -> None:
    story = incoming().go(RING, Judged("1140", is_addressed=False))
    assert story.stage is Stage.UNTOLD
    assert story.go(Polled()).effects == (AnswerPoll("1140"),)


def test_an_opening_that_nobody_ends_is_begun_again() -> None:
    story = incoming()
    for _ in range(5):
        assert story.go(RING).effects == (Open(),)
    assert story.go(Judged("1200")).stage is Stage.OWED


def test_what_cannot_be_judged_is_a_system_error_for_its_sender() -> None:
    story = incoming()
    while story.stage is Stage.STORED:
        story.go(RING)
    assert story.effects == (Respond("1195"), Alarm("lifecycle.not-judged"))
    assert story.go(Judged("1200")).stage is Stage.OWED
    assert story.record.code == "1195"


def test_a_second_verdict_changes_nothing() -> None:
    story = told().go(Judged("1150"))
    assert story.record.code == "1200"
    assert story.words == ["Stray"]


def test_a_response_that_nobody_packed_is_asked_for_again() -> None:
    story = incoming().go(RING, Judged("1150"), RING)
    assert story.effects == (Respond("1150"),)


@pytest.mark.parametrize("end", [End.UNDELIVERABLE, End.REFUSED, End.NOT_TAKEN, End.DISPUTED])
def test_a_response_that_did_not_arrive_is_sent_again_in_a_new_envelope(end: End) -> None:
    story = told().go(ResponseEnded("r1", end))
    assert story.stage is Stage.OWED
    assert story.go(RING).effects == (Respond("1200"),)
    assert story.go(ResponsePacked("r2"), ResponseEnded("r2", End.COMPLETED)).stage is Stage.SETTLED


def test_a_response_that_was_there_before_is_told() -> None:
    assert told().go(ResponseEnded("r1", End.DUPLICATE)).stage is Stage.SETTLED


def test_an_earlier_response_may_arrive_after_all() -> None:
    story = told().go(ResponseEnded("r1", End.UNDELIVERABLE), RING, ResponsePacked("r2"))
    assert story.go(ResponseEnded("r1", End.COMPLETED)).stage is Stage.SETTLED


def test_what_cannot_be_told_is_said_to_be_untold() -> None:
    story = told()
    for number in range(1, 10):
        story.go(ResponseEnded(f"r{number}", End.UNDELIVERABLE))
        if story.stage.is_final:
            break
        story.go(RING, ResponsePacked(f"r{number + 1}"))
    assert story.stage is Stage.UNTOLD
    assert Alarm("lifecycle.not-told") in story.effects


def test_the_same_envelope_again_is_2001_at_any_time() -> None:
    for story in (
        incoming(),
        incoming().go(RING, Judged("1200")),
        told(),
        told().go(ResponseEnded("r1", End.COMPLETED)),
    ):
        before = story.record
        assert RefuseCall(2001) in story.go(ArrivedAgain()).effects
        assert story.record == before


def test_merkez_is_answered_whenever_it_asks() -> None:
    assert incoming().go(Polled()).effects == (AnswerPoll("1000"),)
    assert incoming().go(RING, Polled()).effects == (AnswerPoll("1100"),)
    assert incoming().go(RING, Judged("1160"), Polled()).effects == (AnswerPoll("1160"),)
    assert told().go(Polled()).effects == (AnswerPoll("1200"),)
    assert told().go(ResponseEnded("r1", End.COMPLETED), Polled()).effects == (AnswerPoll("1200"),)


def test_an_answered_poll_does_not_settle_it() -> None:
    """Whether Merkez got that answer nobody knows; the system response is sent all the same."""
    assert told().go(Polled()).stage is Stage.RESPONDING
