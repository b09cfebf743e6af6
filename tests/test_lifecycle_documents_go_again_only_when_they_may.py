"""A document travels in one envelope at a time; after a failure it goes again unchanged, corrected, alone, or not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lifecycle_steps import NOW, RING, Story
from ulak.codes.statuses import Resend, Speaker, get, statuses
from ulak.lifecycle import documents
from ulak.lifecycle.documents import (
    Arrived,
    Confirmed,
    Corrected,
    EarlierStands,
    EarlierUnknown,
    Enveloped,
    FindAddress,
    Judge,
    Judged,
    LookUp,
    Pack,
    Released,
    ResendWanted,
    Seal,
    Sealed,
    SealFailed,
    Stage,
    Submitted,
    TripEnded,
    TripTurnedOut,
    WithdrawalWanted,
    WithdrawEnvelope,
)
from ulak.lifecycle.envelopes import Stage as End

MERKEZ, TARGET = Speaker
READY = (Submitted(), Judged(True, 0), Sealed(0))


def document(not_after: datetime | None = None) -> Story:
    return Story(documents, documents.drafted(NOW, seed=7, remind_at=NOW, not_after=not_after))


def on_road(company: int = 1) -> Story:
    return document().go(*READY, Enveloped("e1", company))


def ended(code: str, stage: End = End.REFUSED, envelope: str = "e1", by: Speaker = MERKEZ) -> TripEnded:
    return TripEnded(envelope, stage, code, by, NOW, None)


def test_the_usual_way() -> None:
    story = document().go(Submitted())
    assert story.effects == (Judge(0),)
    assert story.go(Judged(True, 0)).effects == (Seal(False, 0),)
    assert story.go(Sealed(0)).effects == (Pack(alone=False),)
    assert story.go(Enveloped("e1", 3)).stage is Stage.ON_ROAD
    assert story.go(ended("1300", End.COMPLETED)).effects == (Arrived(),)
    assert story.stage is Stage.DELIVERED


def test_work_whose_end_nobody_tells_is_handed_out_again() -> None:
    story = document().go(Submitted(), RING)
    assert story.effects == (Judge(0),)
    assert story.go(Judged(True, 0), RING).effects == (Seal(False, 0),)
    assert story.go(Sealed(0), RING).effects == (Pack(False),)


def test_the_operators_are_called_once_when_work_never_ends() -> None:
    story, calls = document().go(Submitted()), 0
    for _ in range(40):
        calls += "Alarm" in story.go(RING).words
    assert calls == 1


def test_a_faulty_one_waits_for_its_author_and_has_no_number() -> None:
    story = document().go(Submitted(), Judged(False, 0))
    assert story.stage is Stage.FAULTY
    assert story.go(RING).words == ["Remind"]
    assert story.go(Corrected()).effects == (Judge(1),)
    assert story.go(Judged(True, 1)).effects == (Seal(False, 1),)


def test_work_on_an_earlier_version_does_not_count() -> None:
    story = document().go(Submitted(), Judged(False, 0), Corrected(), Judged(True, 0))
    assert story.stage is Stage.ACCEPTED
    assert story.go(Judged(True, 1), Sealed(0)).stage is Stage.JUDGED
    assert story.go(SealFailed(True, 0)).stage is Stage.JUDGED
    assert story.go(Sealed(1)).stage is Stage.SEALED


def test_a_key_that_is_away_is_waited_for() -> None:
    story = document().go(Submitted(), Judged(True, 0), SealFailed(False, 0))
    assert story.stage is Stage.JUDGED
    assert story.go(RING).effects == (Seal(False, 0),)
    assert story.go(SealFailed(True, 0)).stage is Stage.FAULTY


def test_it_is_never_in_two_envelopes() -> None:
    story = on_road().go(Enveloped("e2", 1))
    assert [trip.envelope for trip in story.record.trips] == ["e1"]
    assert story.words == ["Note"]


@pytest.mark.parametrize("wish", [ResendWanted(), Corrected(), Submitted(), Judged(True, 0), Sealed(0)])
def test_nobody_can_send_it_again_while_it_is_on_its_way(wish: object) -> None:
    story = on_road().go(wish)
    assert story.stage is Stage.ON_ROAD
    assert "Pack" not in story.words


def test_nobody_can_send_again_what_arrived() -> None:
    story = on_road().go(ended("1300", End.COMPLETED), ResendWanted())
    assert story.stage is Stage.DELIVERED
    assert story.words == ["Note"]


PASSING = [code.code for code in statuses() if code.resend is Resend.SAME_DOCUMENT and not code.permanent]
OWN = [code.code for code in statuses() if code.resend is Resend.CORRECTED]


@pytest.mark.parametrize("code", PASSING)
def test_what_may_pass_goes_again_by_itself_unchanged(code: str) -> None:
    stage = End.UNDELIVERABLE if code == "1215" else End.REFUSED
    story = on_road().go(ended(code, stage))
    assert story.stage is Stage.RETRYING
    assert story.go(RING).effects == (Pack(alone=False),)


def test_it_goes_again_by_itself_only_some_times() -> None:
    story = on_road()
    for number in range(1, 6):
        story.go(ended("1195", envelope=f"e{number}"), RING, Enveloped(f"e{number + 1}", 1))
    assert story.go(ended("1195", envelope="e6")).stage is Stage.RETURNED
    assert story.words == ["Remind"]
    assert story.go(ResendWanted()).effects == (Pack(alone=False),)


def test_1215_and_1230_may_go_again_with_the_same_number() -> None:
    for code, stage in (("1215", End.UNDELIVERABLE), ("1230", End.RETURNED)):
        story = on_road().go(ended(code, stage), ResendWanted())
        assert story.effects == (Pack(alone=False),)
        assert story.record.numbered


@pytest.mark.parametrize("code", ["1172", "1181"])
def test_a_closed_alias_is_looked_up(code: str) -> None:
    story = on_road().go(ended(code))
    assert story.stage is Stage.RETURNED
    assert FindAddress() in story.effects


@pytest.mark.parametrize("code", OWN)
def test_its_own_fault_has_to_be_corrected(code: str) -> None:
    story = on_road().go(ended(code))
    assert story.stage is Stage.TO_CORRECT
    assert story.go(ResendWanted()).stage is Stage.TO_CORRECT
    assert story.go(Corrected()).effects == (Judge(1),)
    assert story.go(Judged(True, 1)).effects == (Seal(True, 1),)


def test_what_only_the_receiver_disliked_may_go_again_unchanged() -> None:
    story = on_road().go(ended("1177", End.RETURNED, by=TARGET))
    assert story.stage is Stage.TO_CORRECT
    assert story.go(ResendWanted()).effects == (Pack(alone=False),)


@pytest.mark.parametrize("code", OWN)
def test_of_several_each_goes_alone_until_the_fault_is_found(code: str) -> None:
    story = on_road(company=3).go(ended(code))
    assert story.effects == (Pack(alone=True),)
    assert story.go(Enveloped("e2", 1), ended(code, envelope="e2")).stage is Stage.TO_CORRECT
    innocent = on_road(company=3).go(ended(code), Enveloped("e2", 1), ended("1300", End.COMPLETED, "e2"))
    assert innocent.stage is Stage.DELIVERED


@pytest.mark.parametrize("code", ["1163", "1164"])
def test_what_merkez_has_from_an_earlier_envelope_is_asked_for_there(code: str) -> None:
    story = on_road().go(ended("1215", End.UNDELIVERABLE), RING, Enveloped("e2", 1))
    story.go(ended(code, End.DUPLICATE, "e2"))
    assert story.stage is Stage.LOOKING
    assert story.record.wake_at >= NOW + timedelta(hours=24)
    assert story.go(RING).effects == (LookUp("e1"),)
    assert story.go(EarlierStands("e1", "1220")).stage is Stage.LOOKING
    assert story.record.wake_at - story.now == timedelta(hours=5)
    assert story.go(RING, EarlierStands("e1", "1300")).stage is Stage.DELIVERED


def looking(company: int = 1) -> Story:
    story = on_road().go(ended("1215", End.UNDELIVERABLE), RING, Enveloped("e2", company))
    return story.go(ended("1163", End.DUPLICATE, "e2"), RING)


@pytest.mark.parametrize("news", [EarlierUnknown("e1"), EarlierStands("e1", "1215"), EarlierStands("e1", "1230")])
def test_if_no_earlier_envelope_brought_it_a_person_looks(news: object) -> None:
    story = looking().go(news)
    assert story.stage is Stage.CLASHED
    assert "Alarm" in story.words
    assert story.go(ResendWanted()).stage is Stage.CLASHED


def test_if_no_earlier_envelope_brought_it_another_one_of_the_last_was_meant() -> None:
    assert looking(company=2).go(EarlierUnknown("e1")).effects == (Pack(alone=True),)


def test_a_clash_of_numbers_needs_a_new_number() -> None:
    story = on_road().go(ended("1163", End.DUPLICATE))
    assert story.stage is Stage.CLASHED
    story.go(Corrected(), Judged(True, 1))
    assert story.effects == (Seal(False, 1),)


def test_a_cancelled_one_is_an_end() -> None:
    assert on_road().go(ended("1235", End.CANCELLED)).stage is Stage.CANCELLED


def test_of_several_with_a_cancelled_one_all_had_arrived() -> None:
    story = on_road(company=2).go(ended("1235", End.CANCELLED))
    assert story.stage is Stage.DELIVERED
    assert {"Arrived", "Alarm"} <= set(story.words)


def test_1230_for_several_lets_each_go_alone() -> None:
    story = on_road(company=2).go(ended("1230", End.RETURNED))
    assert story.effects == (Pack(alone=True),)
    assert story.go(Enveloped("e2", 1), ended("1230", End.RETURNED, "e2")).stage is Stage.RETURNED


def test_an_earlier_envelope_that_does_not_end_alarms_the_operators_once() -> None:
    story, calls = looking(), 0
    for _ in range(30):
        story.go(EarlierStands("e1", "1220"), RING)
        calls += "Alarm" in story.words
    assert calls == 1


def test_what_is_disputed_waits_for_the_operators() -> None:
    story = on_road().go(ended("", End.DISPUTED))
    assert story.stage is Stage.DISPUTED
    assert story.go(ResendWanted()).stage is Stage.DISPUTED
    assert story.go(WithdrawalWanted()).stage is Stage.DISPUTED
    assert on_road().go(ended("", End.DISPUTED), Released()).effects == (Pack(alone=False),)
    assert on_road().go(ended("", End.DISPUTED), Confirmed()).stage is Stage.DELIVERED


def test_what_arrived_after_all_does_not_go_again() -> None:
    story = on_road().go(ended("1215", End.UNDELIVERABLE), TripTurnedOut("e1", "1200", True))
    assert story.stage is Stage.DELIVERED
    assert {"Arrived", "Alarm"} <= set(story.words)
    late = on_road().go(ended("1215", End.UNDELIVERABLE), RING, Enveloped("e2", 1), TripTurnedOut("e1", "1200", True))
    assert late.stage is Stage.ON_ROAD
    assert late.words == ["Alarm"]


def test_what_counted_as_never_sent_and_is_on_the_road_is_looked_for() -> None:
    story = on_road().go(ended("", End.NOT_TAKEN), TripTurnedOut("e1", "1100", False))
    assert story.stage is Stage.LOOKING
    assert story.go(ResendWanted()).stage is Stage.LOOKING
    assert story.go(RING).effects == (LookUp("e1"),)
    assert story.go(EarlierStands("e1", "1300")).stage is Stage.DELIVERED
    failed = on_road().go(ended("", End.NOT_TAKEN), TripTurnedOut("e1", "1100", False), RING)
    assert failed.go(EarlierStands("e1", "1215")).stage is Stage.RETURNED


def test_it_can_be_withdrawn_unless_it_may_have_gone() -> None:
    for before in ((), READY[:1], READY[:2], READY):
        assert document().go(*before, WithdrawalWanted()).stage is Stage.WITHDRAWN
    alone = on_road().go(WithdrawalWanted())
    assert alone.effects == (WithdrawEnvelope("e1"),)
    assert alone.go(ended("", End.WITHDRAWN)).stage is Stage.WITHDRAWN
    assert on_road(company=2).go(WithdrawalWanted()).words == ["Note"]


def test_news_of_an_earlier_envelope_does_not_count() -> None:
    story = on_road().go(ended("1195"), RING, Enveloped("e2", 1), ended("1300", End.COMPLETED, "e1"))
    assert story.stage is Stage.ON_ROAD


def test_what_must_not_go_any_more_expires() -> None:
    limit = NOW + timedelta(hours=1)
    for before in (READY, (Submitted(), Judged(False, 0))):
        story = document(limit).go(*before, timedelta(hours=2), RING)
        assert story.stage is Stage.EXPIRED
    story = document(limit).go(*READY, Enveloped("e1", 1), ended("", End.EXPIRED))
    assert story.stage is Stage.EXPIRED


def test_every_error_leads_somewhere_that_the_table_of_codes_allows() -> None:
    for status in statuses():
        if status.outcome.value != "error" or status.code == "1235":
            continue
        stage = on_road().go(ended(status.code)).stage
        found = get(status.code)
        assert found is not None
        unchanged = stage in (Stage.RETRYING, Stage.RETURNED)
        assert unchanged is (found.resend is Resend.SAME_DOCUMENT), status.code
