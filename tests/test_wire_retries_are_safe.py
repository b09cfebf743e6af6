"""What was sent is sent again only when it is known that the other side has not got it, and never without an end."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ulak.errors import Text, UlakError
from ulak.wire import Service, WireError, earsiv, edefter, efatura
from ulak.wire.problems import PROBLEMS, wire_error
from ulak.wire.retrying import Arrival, Next, Step, after_asking, after_sending, deliver, pauses

E, A, D = efatura.SERVICE, earsiv.SERVICE, edefter.SERVICE
RECEIPT = "receipt"
NOWHERE = wire_error("wire.unreachable", host="h", detail="d")
SILENT = wire_error("wire.timeout", host="h", seconds=1, is_unclear=True)
FAULTS = {
    2000: Next(Step.SEND),
    2001: Next(Step.ASK),
    2002: Next(Step.ASK, waits=True),
    2003: Next(Step.ASK, waits=True),
    2004: Next(Step.GIVE_UP),
    2005: Next(Step.ASK, waits=True),
    2006: Next(Step.GIVE_UP),
    2007: Next(Step.GIVE_UP),
}
ASKED_OF_ARSIV = {1: Step.GIVE_UP, 2: Step.SEND, 10: Step.DONE, 15: Step.DONE, 30: Step.DONE, 150: Step.DONE}


def efatura_fault(number: int) -> UlakError:
    return E.fault_of("sendDocument", number)


def status(code: int | None) -> earsiv.StatusAnswer:
    return earsiv.StatusAnswer(earsiv.BatchStatus("a", code, "p"))


@pytest.mark.parametrize("number", FAULTS)
def test_each_fault_of_efatura_has_its_step(number: int) -> None:
    assert after_sending(efatura_fault(number)) == FAULTS[number]


def test_no_fault_of_efatura_is_left_out() -> None:
    assert {row.number for row in efatura.FAULTS.rows} == set(FAULTS)


@pytest.mark.parametrize("row", [*earsiv.SEND.rows, *edefter.SEND.rows], ids=lambda row: row.code)
def test_packages_are_asked_for_before_they_are_sent_again(row: object) -> None:
    service: Service[object, object] = A if row in earsiv.SEND.rows else D  # type: ignore[assignment]
    error = service.fault_of("sendDocumentFile", row.number)  # type: ignore[attr-defined]
    wanted = Next(Step.GIVE_UP) if error.permanent else Next(Step.ASK, waits=True)
    if error.number in (0, 4, 111):
        wanted = Next(Step.ASK)
    assert after_sending(error) == wanted


@pytest.mark.parametrize("code", PROBLEMS)
def test_what_may_have_arrived_is_asked_for(code: str) -> None:
    """Whatever went wrong: sending again without a question is for connections that never were."""
    facts = dict.fromkeys(re.findall(r"\{(\w+)\}", "".join((*PROBLEMS[code].text, *PROBLEMS[code].repair))), "x")
    for is_unclear in (True, False):
        step = after_sending(wire_error(code, is_unclear=is_unclear, **facts)).step
        assert (step is Step.SEND) == (code == "wire.unreachable")
        if is_unclear and code != "wire.unreachable":
            assert step is Step.ASK


@pytest.mark.parametrize("code", ASKED_OF_ARSIV)
def test_a_package_that_is_not_found_is_sent_again(code: int) -> None:
    assert after_asking(status(code)).step is ASKED_OF_ARSIV[code]


def test_only_a_plain_no_lets_it_be_sent_again() -> None:
    assert after_asking(efatura.SystemResponse("<x/>")) == Next(Step.DONE)
    assert after_asking(edefter.StatusAnswer(edefter.BatchStatus())) == Next(Step.DONE)
    assert after_asking(E.fault_of("getApplicationResponse", 2004)) == Next(Step.SEND)
    assert after_asking(A.fault_of("getBatchStatus", 2)) == Next(Step.SEND)
    assert after_asking(D.fault_of("getBatchStatus", 304)) == Next(Step.SEND)
    for unclear in (SILENT, NOWHERE, E.fault_of("getApplicationResponse", 2005), status(None), earsiv.StatusAnswer()):
        assert after_asking(unclear) == Next(Step.ASK, waits=True)
    for no in (E.fault_of("getApplicationResponse", 2007), D.fault_of("getBatchStatus", 305), status(1)):
        assert after_asking(no) == Next(Step.GIVE_UP)


def test_an_undocumented_fault_is_left_to_people() -> None:
    assert after_sending(efatura_fault(2999)) == Next(Step.GIVE_UP)
    assert after_asking(D.fault_of("getBatchStatus", 999)) == Next(Step.GIVE_UP)


class Script:
    """The other side: what it says to each request in turn, and what was asked of it."""

    def __init__(self, *answers: object) -> None:
        self.answers, self.heard, self.waited = list(answers), "", list[float]()

    def _next(self, letter: str) -> object:
        self.heard += letter
        answer = self.answers.pop(0)
        if isinstance(answer, UlakError):
            raise answer
        return answer

    def send(self) -> object:
        return self._next("s")

    def ask(self) -> object:
        return self._next("a")


NOT_FOUND = E.fault_of("getApplicationResponse", 2004)
TOKEN_AWAY = UlakError("key.token-away", Text("a", "a"), permanent=False)
NO_KEY = UlakError("key.none", Text("a", "a"))
OTHER_HASH = wire_error("wire.receipt", got="a", sent="b", is_unclear=True)
HOW_IT_STANDS = efatura.SystemResponse("<x/>")
STORIES: dict[str, tuple[list[object], str, Arrival, list[float]]] = {
    "taken": ([RECEIPT], "s", Arrival.TAKEN, []),
    "reached at last": ([NOWHERE, NOWHERE, RECEIPT], "sss", Arrival.TAKEN, [1, 2]),
    "silent, but there": ([SILENT, HOW_IT_STANDS], "sa", Arrival.THERE, [1]),
    "silent, and not there": ([SILENT, NOT_FOUND, RECEIPT], "sas", Arrival.TAKEN, [1]),
    "silent to the question too": ([SILENT, SILENT, HOW_IT_STANDS], "saa", Arrival.THERE, [1, 2]),
    "silent for good": ([SILENT] * 5, "saaaa", Arrival.UNKNOWN, [1, 2, 4, 8]),
    "damaged on its way": ([efatura_fault(2000), RECEIPT], "ss", Arrival.TAKEN, []),
    "damaged each time": ([efatura_fault(2000)] * 5, "sssss", Arrival.REFUSED, []),
    "known already": ([efatura_fault(2001), HOW_IT_STANDS], "sa", Arrival.THERE, []),
    "known and not known": ([efatura_fault(2001), NOT_FOUND], "sa", Arrival.THERE, []),
    "refused": ([efatura_fault(2006)], "s", Arrival.REFUSED, []),
    "suspended": ([efatura_fault(2007)], "s", Arrival.REFUSED, []),
    "silent, then suspended": ([SILENT, E.fault_of("getApplicationResponse", 2007)], "sa", Arrival.UNKNOWN, [1]),
    "failing, not there, taken": ([efatura_fault(2005), NOT_FOUND, RECEIPT], "sas", Arrival.TAKEN, [1]),
    "a token that comes back": ([TOKEN_AWAY, TOKEN_AWAY, RECEIPT], "sss", Arrival.TAKEN, [1, 2]),
    "no key": ([NO_KEY], "s", Arrival.ABSENT, []),
    "a receipt for other bytes": ([OTHER_HASH, HOW_IT_STANDS], "sa", Arrival.THERE, [1]),
    "never reached": ([NOWHERE] * 5, "sssss", Arrival.ABSENT, [1, 2, 4, 8]),
}


@pytest.mark.parametrize("name", STORIES)
def test_the_story_ends_as_it_must(name: str) -> None:
    answers, heard, arrival, waited = STORIES[name]
    other = Script(*answers)
    delivery = deliver(other.send, other.ask, wait=other.waited.append, pauses=pauses(4, 1))
    assert (other.heard, delivery.arrival, other.waited) == (heard, arrival, waited)
    assert (delivery.sends, delivery.asks) == (heard.count("s"), heard.count("a"))
    unsettled = ("known and not known", "a receipt for other bytes")
    is_settled = arrival in (Arrival.TAKEN, Arrival.THERE) and name not in unsettled
    assert (delivery.error is None) == is_settled
    assert (delivery.receipt is None) == (arrival is not Arrival.TAKEN)


def test_a_single_try_asks_nothing() -> None:
    for error in (SILENT, NOWHERE, efatura_fault(2005)):
        other = Script(error)
        assert deliver(other.send, other.ask, wait=other.waited.append).error is error
        assert (other.heard, other.waited) == ("s", [])


def test_what_a_question_ended_in_is_told() -> None:
    other = Script(SILENT, E.fault_of("getApplicationResponse", 2007))
    delivery = deliver(other.send, other.ask, wait=other.waited.append, pauses=[0, 0])
    assert delivery.asked is not None
    assert delivery.asked.code == "wire.efatura.2007"


ANSWERS = [efatura_fault(row.number) for row in efatura.FAULTS.rows] + [SILENT, NOWHERE, None]


@given(st.lists(st.sampled_from(ANSWERS), min_size=12, max_size=12), st.integers(0, 10))
def test_it_is_never_sent_again_while_it_may_be_there(answers: list[WireError | None], times: int) -> None:
    """A model of the other side: an envelope that was taken silently is never sent twice."""
    other = Script(*(RECEIPT if answer is None else answer for answer in answers))
    deliver(other.send, other.ask, wait=other.waited.append, pauses=pauses(times, 0))
    assert len(other.heard) <= times + 1
    said = [answer.code if answer else "" for answer in answers]
    for at in range(1, len(other.heard)):
        if other.heard[at] == "s":
            before = said[at - 1]
            safe = ("wire.efatura.2000", "wire.unreachable") if other.heard[at - 1] == "s" else ("wire.efatura.2004",)
            assert before in safe


def test_every_pair_of_answers_ends() -> None:
    for first, second in product(ANSWERS, ANSWERS):
        other = Script(*([answer or RECEIPT for answer in (first, second)] * 4))
        assert deliver(other.send, other.ask, wait=other.waited.append, pauses=pauses(5, 0)).sends <= 6
