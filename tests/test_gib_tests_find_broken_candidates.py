"""A candidate that is wrong in one thing fails the steps about that thing, and no others."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from gib_plans import Late, outcomes, run
from seal_pki import NOW
from ulak.envelope import GIB, ElementType, Envelope, Group, Party, opening, pack
from ulak.wire.efatura import Document as Call
from ulak.wire.efatura import Receipt, hash_of
from ulak_center.plan.candidate import (
    AccountChange,
    Answer,
    Image,
    Incoming,
    Mistake,
    Order,
    Packet,
    Reply,
    Sample,
    Sent,
    Shown,
    Standing,
)
from ulak_center.plan.checks import Checks, Found
from ulak_center.plan.gateway import Gateway
from ulak_center.plan.problems import PlanError
from ulak_center.plan.running import chosen
from ulak_center.plan.values import Outcome, Sizes


def ended(kind: type[Gateway], outcome: Outcome, **options: Any) -> set[str]:
    """The steps that ended so."""
    return {id for id, found in outcomes(run(kind=kind, **options)).items() if found is outcome}


def failed(kind: type[Gateway], **options: Any) -> set[str]:
    return ended(kind, Outcome.FAILED, **options)


class _Blind(Checks):
    """Finds everything good."""

    def rules(self, data: bytes) -> Found:
        return Found()


class FindsAllGood(Gateway):
    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.receiver._checks = _Blind(more["trust"], more["now"])


class Patient(Late):
    """Goes by real seconds alone: nothing is waited for in vain here."""

    def __call__(self) -> float:
        return time.monotonic()


def test_one_that_finds_nothing_wrong() -> None:
    assert failed(FindsAllGood, late=Patient()) == {"7-c", "GB-i", "PK-d"}


class NeverAnswers(Gateway):
    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.receiver._answer = lambda *given: None  # type: ignore[method-assign]


def test_one_that_sends_no_system_responses() -> None:
    report = run(kind=NeverAnswers)
    found = outcomes(report)
    wrong = {id for id, outcome in found.items() if outcome is Outcome.FAILED}
    assert wrong == {"5.2.1-d", "6.1.1-e", "6.1.2-e", "7-c", "8.2-d", "OEK-6.4", "GB-i", "PK-d"}
    assert found["5.2.1-e"] is found["5.2.3-d"] is found["6.2.1-a"] is Outcome.NOT_RUN
    assert found["5.1.3-d"] is Outcome.PASSED


class LooksAtNoHash(Gateway):
    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        take = self.endpoint.take
        self.endpoint.take = lambda call: take(call._replace(hash=hash_of(call.data)))  # type: ignore[method-assign, assignment]


def test_one_that_takes_a_wrong_hash() -> None:
    assert failed(LooksAtNoHash) == {"5.1.2-b", "5.2.2-b", "GB-e", "GB-g", "PK-b", "PK-l"}


class ForgetsWhatCame(Gateway):
    """Takes an envelope a second time."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        take = self.endpoint.take

        def forgetful(call: Call) -> Receipt:
            if self.kept.arrived(call.envelope_id) is not None:
                return Receipt("", hash_of(call.data))
            return take(call)

        self.endpoint.take = forgetful  # type: ignore[method-assign, assignment]


def test_one_that_takes_an_envelope_twice() -> None:
    assert failed(ForgetsWhatCame) == {"5.2.2-b", "PK-b", "PK-l"}


class DropsReplies(Gateway):
    def standing(self, id: str) -> Standing:
        return Standing(None, "")


def test_one_that_shows_no_system_responses() -> None:
    report = run(kind=DropsReplies, only=["5", "8.1"])
    found = outcomes(report)
    wrong = {id for id, outcome in found.items() if outcome is Outcome.FAILED}
    assert wrong == {"5.1.1-b", "5.1.1-e", "8.1-b", "8.1-e"}
    assert found["5.1.1-d"] is Outcome.PASSED
    assert found["5.1.1-g"] is Outcome.NOT_RUN


class ShowsWhatIsHopedFor(Gateway):
    """Shows 1300, whatever the message says."""

    def query(self, id: str) -> Shown:
        shown = super().query(id)
        return shown._replace(message=shown.message.replace(b">1300<", b">1220<"))


def test_one_whose_codes_are_not_those_of_the_message() -> None:
    assert failed(ShowsWhatIsHopedFor, only=["5.1.1"]) == {"5.1.1-g"}


class MakesRepliesUp(Gateway):
    def standing(self, id: str) -> Standing:
        made_up = [Reply(id, sender, 1200, "made up", NOW) for sender in (GIB, Party("", "5610247301"))]
        return Standing(1200, "made up", tuple(made_up))


def test_one_that_makes_system_responses_up() -> None:
    assert failed(MakesRepliesUp, only=["5.1.1"]) == {"5.1.1-b", "5.1.1-e"}


class KeepsOtherBytes(Gateway):
    def message(self, id: str) -> bytes:
        return super().message(id) + b" "


def test_one_that_does_not_keep_what_came() -> None:
    assert "5.2.1-b" in failed(KeepsOtherBytes, only=["5.2.1"])


class ShowsNoFaults(Gateway):
    def call_wrongly(self, mistake: Mistake, receiver: Party) -> Shown:
        return Shown(None, "")


def test_one_that_shows_no_fault() -> None:
    assert failed(ShowsNoFaults, only=["4", "5.1.2", "5.2.2"]) == {"5.1.2-a", "5.2.2-a"}


class InventsFaults(Gateway):
    def call_wrongly(self, mistake: Mistake, receiver: Party) -> Shown:
        return Shown(2006, "GECERSIZ ZARF ADI") if mistake is Mistake.NAME else Shown(2000, "OZET DEGERLER ESIT DEGIL")


def test_one_that_knows_the_faults_without_calling() -> None:
    assert failed(InventsFaults, only=["4", "5.1.2", "5.2.2"]) == {"5.1.2-a", "5.2.2-a"}


class RewritesDocuments(Gateway):
    def take_out(self, envelope: bytes) -> Sequence[bytes]:
        return [document.replace(b"><", b">\n<") for document in super().take_out(envelope)]


def test_one_that_takes_documents_out_otherwise() -> None:
    assert failed(RewritesDocuments, only=["P"]) == {"P-i", "P-k"}


class SealsNothing(Gateway):
    def seal(self, document: bytes) -> bytes:
        return document


def test_one_that_does_not_seal() -> None:
    report = run(kind=SealsNothing, only=["P"])
    found = outcomes(report)
    assert {id for id, outcome in found.items() if outcome is Outcome.FAILED} == {"P-d", "P-e"}
    assert found["P-f"] is found["P-k"] is Outcome.NOT_RUN
    assert found["P-l"] is Outcome.PASSED


class ChangesDocuments(Gateway):
    """Changes what it has sealed, so that the seal does not hold."""

    def prepare(self, order: Order) -> Sequence[Packet]:
        return [self._changed(packet) for packet in super().prepare(order)]

    def _changed(self, packet: Packet) -> Packet:
        documents = [one.replace(b"18.75", b"18.76") for one in self.take_out(packet.data)]
        envelope = Envelope(opening(packet.data).header, (Group(ElementType.INVOICE, documents),))
        return self.kept.add(packet._replace(data=pack(envelope).data))


def test_one_whose_seals_do_not_hold() -> None:
    """Merkez does not verify seals; the portal user does (1177)."""
    report = run(kind=ChangesDocuments, only=["5.1.1"])
    found = outcomes(report)
    assert {id for id, outcome in found.items() if outcome is Outcome.FAILED} == {"5.1.1-f"}
    assert found["5.1.1-c"] is found["5.1.1-e"] is Outcome.PASSED
    assert found["5.1.1-g"] is Outcome.NOT_RUN


class ForgetsTheReason(Gateway):
    def prepare(self, order: Order) -> Sequence[Packet]:
        what = Sample.BASIC if order.what is Sample.EXEMPT else order.what
        return super().prepare(order._replace(what=what))


def test_one_that_makes_no_exempt_invoice() -> None:
    report = run(kind=ForgetsTheReason, only=["7-a"])
    assert outcomes(report)["7-a"] is Outcome.FAILED
    assert report.exempt_envelope == ""


class Breaks(Gateway):
    def answer(self, ettn: str, answer: Answer, reason: str) -> Packet:
        raise ZeroDivisionError("out of paper")


def test_one_that_breaks_off_fails_the_step_and_the_plan_goes_on() -> None:
    report = run(kind=Breaks, only=["6.2", "7-b"])
    found = {one.step.id: one for one in report.results}
    assert found["6.2.1-b"].outcome is found["6.2.2-b"].outcome is Outcome.FAILED
    assert "ZeroDivisionError: out of paper" in found["6.2.1-b"].found.tr
    assert found["6.2.1-c"].outcome is Outcome.NOT_RUN
    assert found["7-b"].outcome is Outcome.PASSED


class SealsAccountsAlone(Gateway):
    """Sends accounts to GİB without the customer's counter-seal."""

    def prepare_accounts(self, service: str, changes: Sequence[AccountChange], *, opens: bool) -> Packet:
        number = self.about().number
        mine = [change._replace(customer=change.customer) for change in changes]
        keys = self._keys._replace(by_number=dict.fromkeys(self._keys.by_number, self._keys.of(number)))
        self._issuer._keys = keys
        try:
            return super().prepare_accounts(service, mine, opens=opens)
        finally:
            self._issuer._keys = self._keys


def test_one_that_opens_accounts_without_its_customers() -> None:
    found = outcomes(run(kind=SealsAccountsAlone, only=["OEK-6.1", "OEK-6.3"]))
    assert {id for id, outcome in found.items() if outcome is Outcome.FAILED} == {"OEK-6.1-c"}
    assert found["OEK-6.3"] is Outcome.NOT_RUN


class AnswersResponses(Gateway):
    """Answers a system response."""

    def incoming(self) -> Sequence[Incoming]:
        return [one if one.response else one._replace(response=one.id) for one in super().incoming()]


def test_one_that_answers_system_responses() -> None:
    assert failed(AnswersResponses, only=["7-b"]) == {"7-b"}


class ShowsACode(Gateway):
    symbol = "QR Code Model 2"

    def image(self, ettn: str) -> Image | None:
        return Image("image/svg+xml", b"<svg/>", (f'{{"ettn":"{ettn}"}}',), self.symbol)


class ShowsAnotherCode(ShowsACode):
    symbol = "Data Matrix"


@pytest.mark.parametrize(("kind", "outcome"), [(ShowsACode, Outcome.PASSED), (ShowsAnotherCode, Outcome.FAILED)])
def test_an_image_is_judged_by_its_code(kind: type[Gateway], outcome: Outcome, tmp_path: Path) -> None:
    report = run(kind=kind, only=["8.3"], report=tmp_path)
    assert outcomes(report)["8.3"] is outcome


def test_limits_are_of_seconds_between_the_first_sending_and_the_last() -> None:
    late = Late()

    class Slow(Gateway):
        def send(self, ids: Sequence[str]) -> Sequence[Sent]:
            late.added += 13.0 * len(ids)
            return super().send(ids)

    found = outcomes(run(kind=Slow, only=["5.1.3"], sizes=Sizes(1, 1, 5), late=late))
    assert {id for id, outcome in found.items() if outcome is Outcome.FAILED} == {"5.1.3-b"}


def test_a_center_that_goes_away_is_not_the_candidates_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ask, calls = httpx.Client.request, itertools.count()

    def until_gone(self: httpx.Client, *given: Any, **more: Any) -> httpx.Response:
        if next(calls) > 40:
            raise httpx.ConnectError("gone")
        return ask(self, *given, **more)

    monkeypatch.setattr(httpx.Client, "request", until_gone)
    report = run(only=["P", "5", "7"], report=tmp_path)
    assert report.counts[Outcome.FAILED] == 0
    assert outcomes(report)["P-l"] is Outcome.PASSED
    assert outcomes(report)["7-c"] is Outcome.NOT_RUN
    assert report.outcome is Outcome.NOT_RUN
    assert (tmp_path / "index.html").is_file()


def test_steps_bring_along_what_they_need() -> None:
    assert [step.id for step in chosen(["5.1.1-c"])] == ["4-a", "4-b", "5.1.1-a", "5.1.1-b", "5.1.1-c"]
    assert {step.section.id for step in chosen(["5.1"])} == {"4", "5.1.1", "5.1.2", "5.1.3"}
    assert [step.id for step in chosen(["oek-6.1-A"])] == ["4-a", "4-b", "OEK-6.1-a"]
    with pytest.raises(PlanError, match=r"plan\.step"):
        chosen(["5.9"])
