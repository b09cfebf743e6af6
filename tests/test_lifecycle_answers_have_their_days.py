"""KABUL, RED, IADE and receipt advices: until 23:59 of the last day in Istanbul, once, and only where foreseen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_steps import NOW, RING, Story
from ulak.codes.lists import code_list
from ulak.lifecycle import answers
from ulak.lifecycle.answers import (
    RECEIPT,
    AnswerCame,
    AnswerEnded,
    AnswerKind,
    AnswerWanted,
    Delivered,
    Ignore,
    MakeAnswer,
    NeverDelivered,
    Refuse,
    Stage,
    Take,
    awaited,
    kind_of,
    received,
    sentence,
)
from ulak.lifecycle.days import ISTANBUL, end_of
from ulak.lifecycle.policy import DEFAULT

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MORNING = datetime(2026, 11, 22, 0, 5, tzinfo=ISTANBUL)
EVENING = datetime(2026, 11, 22, 23, 55, tzinfo=ISTANBUL)
LAST = datetime(2026, 11, 30, 23, 59, tzinfo=ISTANBUL)
"""The last minute of the eighth day after 22 November."""


def ours(kind: AnswerKind = AnswerKind.COMMERCIAL, at: datetime = MORNING) -> Story:
    return Story(answers, received(kind, at, DEFAULT), at)


def theirs(kind: AnswerKind = AnswerKind.COMMERCIAL, at: datetime = MORNING) -> Story:
    return Story(answers, awaited(kind, at, DEFAULT), at)


def at(story: Story, moment: datetime) -> timedelta:
    return moment - story.now


@pytest.mark.parametrize("start", [MORNING, EVENING])
def test_the_hour_of_receipt_does_not_matter(start: datetime) -> None:
    story = ours(at=start)
    assert story.go(at(story, LAST), AnswerWanted("RED")).effects == (MakeAnswer("RED", LAST + MINUTE),)
    story = ours(at=start)
    assert story.go(at(story, LAST + MINUTE), AnswerWanted("RED")).effects == (Refuse("lifecycle.answer-too-late"),)


def test_days_are_those_of_istanbul() -> None:
    story = ours(at=datetime(2026, 11, 22, 21, 5, tzinfo=UTC))
    assert story.record.until == datetime(2026, 12, 2, tzinfo=ISTANBUL)


def test_despatches_have_seven_days() -> None:
    story = ours(AnswerKind.DESPATCH)
    assert story.record.until == datetime(2026, 11, 30, tzinfo=ISTANBUL)
    assert story.go(AnswerWanted(RECEIPT)).stage is Stage.ANSWERING


def test_silence_ends_with_the_last_day() -> None:
    story = ours().go(RING)
    assert story.now == LAST + MINUTE - DAY
    assert story.words == ["Remind"]
    assert story.go(RING).stage is Stage.LAPSED
    assert story.now == LAST + MINUTE
    assert sentence(story.record, story.now).tr == "Yanıt süresi doldu; fatura kabul edilmiş sayılır."


def test_there_is_one_answer() -> None:
    story = ours().go(AnswerWanted("RED"), AnswerWanted("KABUL"))
    assert story.effects == (Refuse("lifecycle.answered-already"),)
    assert story.record.code == "RED"
    assert story.go(AnswerEnded(arrived=True), AnswerWanted("KABUL")).words == ["Refuse"]
    assert story.stage is Stage.ANSWERED


def test_an_answer_that_did_not_arrive_may_be_given_again_in_time() -> None:
    story = ours().go(AnswerWanted("RED"), AnswerEnded(arrived=False))
    assert story.stage is Stage.OPEN
    assert story.go(AnswerWanted("KABUL")).stage is Stage.ANSWERING
    assert story.go(at(story, LAST + MINUTE), AnswerEnded(arrived=False)).stage is Stage.LAPSED


def test_an_answer_on_its_way_at_the_end_is_waited_for() -> None:
    story = ours()
    story.go(at(story, LAST), AnswerWanted("RED"), 3 * DAY, RING)
    assert story.stage is Stage.ANSWERING
    assert story.go(AnswerEnded(arrived=True)).stage is Stage.ANSWERED


@pytest.mark.parametrize("profile", [row.code for row in code_list("profiles")])
def test_only_commercial_invoices_despatches_and_customs_are_answered(profile: str) -> None:
    kind = kind_of(profile)
    assert (kind is AnswerKind.COMMERCIAL) is (profile == "TICARIFATURA")
    assert (kind is AnswerKind.DESPATCH) is profile.endswith("IRSALIYE")
    assert (kind is AnswerKind.CUSTOMS) is (profile == "IHRACAT")


def test_basic_invoices_get_no_answer() -> None:
    story = ours(kind_of("TEMELFATURA"))
    assert story.stage is Stage.NONE
    assert story.go(AnswerWanted("RED")).effects == (Refuse("lifecycle.answer-not-foreseen"),)
    assert theirs(kind_of("TEMELFATURA")).go(AnswerCame("RED")).effects == (Ignore("lifecycle.answer-not-foreseen"),)


@pytest.mark.parametrize("code", ["S_APR", "GUMRUKONAY", RECEIPT, "", "kabul"])
def test_invoices_are_not_answered_with_anything_else(code: str) -> None:
    assert ours().go(AnswerWanted(code)).effects == (Refuse("lifecycle.answer-not-foreseen"),)
    assert theirs().go(Delivered(), AnswerCame(code)).effects == (Ignore("lifecycle.answer-not-foreseen"),)


def test_their_time_begins_with_the_receivers_system_response() -> None:
    story = theirs().go(20 * DAY, Delivered())
    assert story.record.until == end_of(story.now, 8)
    assert story.go(7 * DAY, AnswerCame("RED")).effects == (Take("RED"),)
    assert story.stage is Stage.RECEIVED


def test_their_receipt_advices_are_taken_for_eight_days_too() -> None:
    story = theirs(AnswerKind.DESPATCH).go(Delivered(), 8 * DAY)
    assert story.go(AnswerCame(RECEIPT)).effects == (Take(RECEIPT),)


def test_their_late_answer_does_not_count() -> None:
    story = theirs().go(Delivered(), 9 * DAY, AnswerCame("RED"))
    assert story.effects == (Ignore("lifecycle.answer-came-late"),)
    assert story.stage is Stage.SILENT
    story = theirs().go(Delivered(), RING)
    assert story.stage is Stage.SILENT
    assert story.go(AnswerCame("RED")).effects == (Ignore("lifecycle.answer-came-late"),)


def test_their_second_answer_does_not_count() -> None:
    story = theirs().go(Delivered(), AnswerCame("KABUL"), AnswerCame("RED"))
    assert story.effects == (Ignore("lifecycle.answer-came-twice"),)
    assert story.record.code == "KABUL"


def test_their_answer_may_overtake_the_system_response() -> None:
    story = theirs().go(AnswerCame("KABUL"))
    assert story.stage is Stage.RECEIVED
    assert story.go(Delivered()).stage is Stage.RECEIVED


def test_customs_have_no_limit() -> None:
    story = theirs(AnswerKind.CUSTOMS).go(Delivered(), 300 * DAY, RING, AnswerCame("KABUL"))
    assert story.stage is Stage.RECEIVED


def test_what_never_reached_the_receiver_is_not_answered() -> None:
    assert theirs().go(NeverDelivered()).stage is Stage.NONE


def test_people_read_the_days_that_are_left() -> None:
    story = ours()
    assert sentence(story.record, MORNING).tr == "Yanıt için 8 gün var."
    assert sentence(story.record, MORNING + 2 * DAY).en == "There are 6 days left for an answer."
    assert sentence(story.record, LAST - DAY).en == "There is 1 day left for an answer."
    assert sentence(story.record, LAST).tr == "Yanıt için son gün bugün."
    story = theirs().go(Delivered(), 2 * DAY)
    assert sentence(story.record, story.now).tr == "Alıcıya ulaştı. Yanıt için 6 gün var."
    assert sentence(story.go(RING).record, NOW).tr == "Alıcı süresi içinde yanıt vermedi; fatura kabul edilmiş sayılır."


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.integers(0, 30))
def test_the_end_is_a_midnight_of_istanbul_after_so_many_days(start: datetime, days: int) -> None:
    until = end_of(start.replace(tzinfo=UTC), days)
    local = start.replace(tzinfo=UTC).astimezone(ISTANBUL)
    assert (until.hour, until.minute, until.second, until.microsecond) == (0, 0, 0, 0)
    assert until.date() - local.date() == timedelta(days=days + 1)
