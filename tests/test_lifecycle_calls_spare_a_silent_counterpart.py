"""Pauses grow to a cap, with chance that repeats; a counterpart that answers nobody is tried by one call at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_steps import NOW
from ulak.errors import UlakError
from ulak.lifecycle import breaker as breakers
from ulak.lifecycle.backoff import chance, pause
from ulak.lifecycle.breaker import Breaker, Stage, admit
from ulak.lifecycle.outcomes import Outcome, outcome_of_fault
from ulak.lifecycle.policy import DEFAULT, Backoff
from ulak.wire import efatura
from ulak.wire.retrying import Step, after_asking, after_sending

SECOND = timedelta(seconds=1)
DEAF = [Outcome.NOT_SENT, Outcome.UNCLEAR]


@given(st.integers(0, 2**63), st.integers(1, 10_000))
def test_pauses_stay_within_their_bounds(seed: int, tries: int) -> None:
    backoff = Backoff(timedelta(seconds=10), cap=timedelta(minutes=5), jitter=0.25)
    assert timedelta(seconds=7.5) <= pause(backoff, tries, seed) <= timedelta(minutes=5)
    assert pause(backoff, tries, seed) == pause(backoff, tries, seed)


@given(st.integers(-(2**70), 2**70), st.integers(0, 2**40))
def test_chance_is_a_share(seed: int, turn: int) -> None:
    assert 0 <= chance(seed, turn) < 1


def test_chance_spreads_evenly() -> None:
    numbers = [chance(seed, turn) for seed in range(100) for turn in range(100)]
    for tenth in range(10):
        share = sum(tenth / 10 <= number < (tenth + 1) / 10 for number in numbers) / len(numbers)
        assert 0.08 < share < 0.12


def silent(calls: int) -> Breaker:
    breaker = Breaker(7)
    for _ in range(calls):
        breaker = breakers.ended(breaker, Outcome.NOT_SENT, NOW, DEFAULT)
    return breaker


@pytest.mark.parametrize("outcome", DEAF)
def test_it_opens_after_some_calls_without_an_answer(outcome: Outcome) -> None:
    breaker = silent(DEFAULT.breaker_failures - 1)
    assert admit(breaker, NOW, DEFAULT).until is None
    breaker = breakers.ended(breaker, outcome, NOW, DEFAULT)
    assert breaker.stage is Stage.OPEN
    assert admit(breaker, NOW, DEFAULT).until == breaker.until


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome not in DEAF])
def test_any_answer_closes_it(outcome: Outcome) -> None:
    assert breakers.ended(silent(4), outcome, NOW, DEFAULT) == Breaker(7)
    assert breakers.ended(silent(5), outcome, NOW, DEFAULT) == Breaker(7)


def test_one_call_at_a_time_tries_whether_it_answers_again() -> None:
    breaker = silent(5)
    assert breaker.until is not None
    later = breaker.until
    trial = admit(breaker, later, DEFAULT)
    assert trial.until is None
    assert trial.breaker.stage is Stage.TRIAL
    assert admit(trial.breaker, later + SECOND, DEFAULT).until is not None
    assert breakers.ended(trial.breaker, Outcome.TAKEN, later, DEFAULT).stage is Stage.CLOSED


def test_it_stays_open_longer_each_time_up_to_a_cap() -> None:
    breaker, now, pauses = silent(5), NOW, []
    for _ in range(12):
        assert breaker.until is not None
        pauses.append(breaker.until - now)
        now = breaker.until
        breaker = breakers.ended(admit(breaker, now, DEFAULT).breaker, Outcome.UNCLEAR, now, DEFAULT)
    assert pauses[0] < pauses[2] < pauses[3]
    assert max(pauses) <= DEFAULT.breaker.cap


def test_a_trial_whose_end_is_never_told_gives_way_to_another() -> None:
    breaker = silent(5)
    assert breaker.until is not None
    trial = admit(breaker, breaker.until, DEFAULT).breaker
    assert trial.until is not None
    assert admit(trial, trial.until, DEFAULT).until is None


def test_a_clock_that_is_put_back_does_not_close_the_way_for_hours() -> None:
    breaker = silent(5)
    assert admit(breaker, NOW - 3600 * SECOND, DEFAULT).breaker.stage is Stage.TRIAL


def test_late_ends_of_earlier_calls_do_not_prolong_it() -> None:
    breaker = silent(5)
    assert breakers.ended(breaker, Outcome.NOT_SENT, NOW, DEFAULT).until == breaker.until


FAULTS = range(2000, 2008)
SENT = {
    Outcome.DAMAGED: {Step.SEND},
    Outcome.ALREADY_THERE: {Step.ASK},
    Outcome.UNCLEAR: {Step.ASK},
    Outcome.REFUSED: {Step.GIVE_UP},
    Outcome.SUSPENDED: {Step.GIVE_UP},
    Outcome.NOT_THERE: {Step.GIVE_UP},
}


@pytest.mark.parametrize("number", FAULTS)
def test_faults_of_sending_mean_here_what_they_mean_on_the_wire(number: int) -> None:
    fault: UlakError = efatura.SERVICE.fault_of("sendDocument", number)
    assert after_sending(fault).step in SENT[outcome_of_fault(number)]


def test_2004_of_asking_means_here_what_it_means_on_the_wire() -> None:
    fault: UlakError = efatura.SERVICE.fault_of("getApplicationResponse", 2004)
    assert after_asking(fault).step is Step.SEND
    assert outcome_of_fault(2004) is Outcome.NOT_THERE
