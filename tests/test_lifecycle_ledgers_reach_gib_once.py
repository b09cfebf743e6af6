"""Packages of books: never blindly, never before their turn, and they count only with the berat that GİB approved.

`ULAK_LIFE=4711` lives the simulated month of that seed alone.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_ledgers_world import live
from lifecycle_steps import NOW, RING, Story
from ulak.lifecycle import ledgers
from ulak.lifecycle.effects import Alarm, Note
from ulak.lifecycle.ledgers import BeratKind, BeratRead, FetchEnded, Reaction, Said, SendEnded, Stage, StatusTold
from ulak.lifecycle.ledgers.reactions import read
from ulak.lifecycle.outcomes import Outcome
from ulak.lifecycle.policy import DEFAULT
from ulak.wire.edefter_codes import RECEIVE, SEND, STATUS

ONE = os.environ.get("ULAK_LIFE")
DUE = NOW + timedelta(days=9)
DONE, FAULTY = "Paket Başarıyla İşlendi", "İmza doğrulanamadı"


def test_every_month_is_closed_with_one_package_of_each_name() -> None:
    stages, alarms = set[str](), Counter[str]()
    for seed in [int(ONE)] if ONE else range(800):
        try:
            world = live(seed)
        except Exception as error:
            error.add_note(f"ULAK_LIFE={seed} lives this one again")
            raise
        stages |= {stage for _, stage in world.stages}
        alarms += world.alarms
    assert ONE or stages >= set(Stage) - {Stage.DELETING, Stage.DELETED}
    assert ONE or {"lifecycle.ledger-due-soon", "lifecycle.ledger-late", "lifecycle.ledger-refused"} <= set(alarms)


def story(kind: BeratKind = BeratKind.JOURNAL, *, had_before: bool = False, held: bool = False) -> Story:
    return Story(ledgers, ledgers.begun(NOW, due_at=DUE, seed=1, kind=kind, had_before=had_before, held=held))


def taken(kind: BeratKind = BeratKind.JOURNAL) -> Story:
    return story(kind).go(RING, SendEnded(Outcome.TAKEN, 1), RING)


def fetched() -> Story:
    return taken().go(StatusTold(DONE, 1), RING, BeratRead(True, 1))


def alarms(told: Story) -> list[str]:
    return [effect.code for effect in told.effects if isinstance(effect, Alarm)]


def test_the_straight_road() -> None:
    told = story().go(RING)
    assert told.words == ["SendPackage"]
    assert told.go(SendEnded(Outcome.TAKEN, 1)).stage is Stage.TAKEN
    assert told.go(RING).words == ["AskPackage"]
    waiting = "Paket başarılı, defter paketinin işlenmesi bekleniyor."
    assert told.go(StatusTold(waiting, 1)).stage is Stage.TAKEN
    assert told.record.words == waiting
    assert told.go(StatusTold(DONE, 1)).stage is Stage.APPROVED
    assert told.go(RING).words == ["FetchBerat"]
    assert told.go(FetchEnded(Outcome.UNCLEAR, 1, 203), RING, BeratRead(True, 2)).stage is Stage.FETCHED
    assert told.effects == (ledgers.Secured(is_late=False),)


def test_a_report_is_done_when_gib_has_processed_it() -> None:
    told = taken(BeratKind.REPORT).go(StatusTold(DONE, 1))
    assert told.stage is Stage.FILED
    assert told.effects == (ledgers.Secured(is_late=False),)


@pytest.mark.parametrize("number", sorted(ledgers.SEND))
def test_each_answer_to_a_send_has_its_reaction(number: int) -> None:
    told = story().go(RING, SendEnded(Outcome.UNCLEAR, 1, number))
    stages = {Reaction.PERSON: Stage.REFUSED, Reaction.SAME: Stage.READY}
    assert told.stage is stages.get(ledgers.SEND[number].reaction, Stage.UNCLEAR)


def test_the_reactions_know_every_code_of_the_service() -> None:
    assert set(ledgers.SEND) == {row.number for row in SEND.rows}
    assert set(ledgers.RECEIVE) == {row.number for row in RECEIVE.rows}
    assert set(ledgers.STATUS) == {row.number for row in STATUS.rows}


@given(st.sampled_from([DONE, FAULTY, "kuyrukta", "silindi"]), st.integers(0, 2))
def test_words_are_read_whatever_their_case(words: str, how: int) -> None:
    shapes = (words, words.replace("i", "İ").upper(), words.lower())
    assert read(shapes[how]) is read(words)
    assert read("") is Said.FAULTY


def test_what_waits_for_others_is_not_sent_but_warned_of() -> None:
    told = story(held=True).go(RING)
    assert (told.stage, alarms(told)) == (Stage.READY, ["lifecycle.ledger-due-soon"])
    assert told.go(ledgers.Released(), RING).words == ["SendPackage"]


def test_gibs_words_about_an_earlier_package_of_the_name_say_nothing_of_ours() -> None:
    told = story(had_before=True).go(RING, SendEnded(Outcome.UNCLEAR, 1), RING, StatusTold(FAULTY, 1))
    assert told.stage is Stage.READY
    first = story().go(RING, SendEnded(Outcome.UNCLEAR, 1), RING, StatusTold(FAULTY, 1))
    assert (first.stage, first.record.words) == (Stage.REFUSED, FAULTY)


def test_words_that_were_taken_for_a_refusal_may_turn_out_well() -> None:
    told = taken().go(StatusTold("Beklenmedik bir cümle", 1))
    assert told.stage is Stage.REFUSED
    assert told.go(RING).words == ["Remind", "AskPackage"]
    assert told.go(StatusTold(DONE, 2)).stage is Stage.APPROVED


def test_a_package_of_others_is_for_a_person() -> None:
    told = story().go(RING, SendEnded(Outcome.UNCLEAR, 1, 111), RING, ledgers.AskEnded(Outcome.REFUSED, 1, 305))
    assert (told.stage, alarms(told)) == (Stage.REFUSED, ["lifecycle.ledger-of-others"])
    assert told.go(ledgers.RepairWanted()).stage is Stage.UNCLEAR


def test_a_berat_that_does_not_hold_closes_nothing() -> None:
    told = taken().go(StatusTold(DONE, 1), RING, BeratRead(False, 1, "berat.empty"))
    assert (told.stage, alarms(told)) == (Stage.APPROVED, ["lifecycle.ledger-berat-bad"])
    assert told.go(RING).words == ["FetchBerat"]


def test_what_was_sent_in_time_is_not_late_while_gib_works() -> None:
    told = taken()
    while told.now < DUE + timedelta(days=2):
        told.go(RING)
        assert "lifecycle.ledger-late" not in alarms(told)
    assert told.go(StatusTold(DONE, told.record.questions), RING, BeratRead(True, 1)).effects[0].is_late is False


def test_a_deletion_counts_when_gib_does_not_have_it_any_more() -> None:
    told = fetched().go(ledgers.DeletionTold(), RING)
    assert (told.stage, told.words) == (Stage.DELETING, ["AskPackage"])
    there = told.record.questions
    assert told.go(StatusTold(DONE, there)).stage is Stage.APPROVED
    assert Note("still-there") in told.effects
    gone = fetched().go(ledgers.DeletionTold(), RING, ledgers.AskEnded(Outcome.REFUSED, there, 304))
    assert gone.stage is Stage.DELETED
    assert gone.effects == (ledgers.Vacated(),)


def test_words_that_nobody_knows_make_no_deletion_before_they_are_said_again_and_again() -> None:
    told = fetched().go(ledgers.DeletionTold())
    for left in range(DEFAULT.disputes, 0, -1):
        assert told.stage is Stage.DELETING, left
        told.go(RING).go(StatusTold("Sistemde geçici bir sorun var", told.record.questions))
    assert told.stage is Stage.DELETED
    for words in ("Paket silindi", "Berat silinmiştir."):
        again = fetched().go(ledgers.DeletionTold(), RING)
        assert again.go(StatusTold(words, again.record.questions)).stage is Stage.DELETED


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Paket başarı ile işlenmiştir.", Said.DONE),
        ("Paketiniz işlenmektedir", Said.WAITING),
        ("Paket kuyruğa alındı", Said.WAITING),
        ("Defter paketinin işlenmesi beklenilmektedir", Said.WAITING),
        ("Paket başarıyla işlendikten sonra beratı indirebilirsiniz", Said.FAULTY),
        ("Başarı ile işlenmiş bir paket bulunamadı.", Said.FAULTY),
        ("Paket silinememiştir", Said.FAULTY),
    ],
)
def test_a_word_that_is_near_says_the_same_and_its_opposite_does_not(words: str, said: Said) -> None:
    assert read(words) is said


def test_a_lost_berat_is_fetched_again_and_no_alarm_rings_for_old_times() -> None:
    told = fetched().go(timedelta(days=30), ledgers.Lost())
    assert told.stage is Stage.APPROVED
    told.go(RING)
    assert (told.words, alarms(told)) == (["FetchBerat"], [])
    assert told.go(BeratRead(True, 2)).stage is Stage.FETCHED


def test_only_what_gib_does_not_have_is_withdrawn() -> None:
    assert story().go(ledgers.WithdrawalWanted()).stage is Stage.WITHDRAWN
    assert taken().go(ledgers.WithdrawalWanted()).stage is Stage.TAKEN
    assert fetched().go(ledgers.WithdrawalWanted()).stage is Stage.FETCHED
