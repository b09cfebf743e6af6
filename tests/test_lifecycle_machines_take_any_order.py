"""Events in any order, at any time, twice, late, contradictory: no machine stumbles, and none breaks its law."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ulak.codes.statuses import Resend, Speaker, get, statuses
from ulak.lifecycle import accounts, answers, documents, envelopes, identities, inbound, ledgers, reports
from ulak.lifecycle.effects import Ask, Resumed, Send, WakeAt, Woke
from ulak.lifecycle.machine import Step
from ulak.lifecycle.outcomes import Outcome
from ulak.lifecycle.policy import DEFAULT

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
codes = st.sampled_from([*(status.code for status in statuses()), "9999", ""])
ids = st.sampled_from(["e1", "e2", "e3"])
numbers = st.integers(0, 4)
outcomes = st.sampled_from(Outcome)
speakers = st.sampled_from(Speaker)
times = st.one_of(st.none(), st.integers(0, 90).map(lambda hours: START + timedelta(hours=hours)))
ends = st.sampled_from([stage for stage in envelopes.Stage if stage.is_final])
woke = st.just(Woke())
pauses = st.one_of(st.just(timedelta()), st.integers(1, 400_000).map(lambda seconds: timedelta(seconds=seconds)))
WORDS = [
    "Paket Başarıyla İşlendi",
    "Paket kuyrukta",
    "Paket başarılı, defter paketinin işlenmesi bekleniyor.",
    "Silindi",
    "X",
]

EVENTS: dict[ModuleType, st.SearchStrategy[Any]] = {
    envelopes: st.one_of(
        woke,
        woke,
        st.just(Resumed()),
        st.builds(envelopes.SendEnded, outcomes, numbers),
        st.builds(envelopes.AskEnded, outcomes, numbers),
        st.builds(envelopes.Stands, codes),
        st.builds(envelopes.Told, speakers, codes),
        st.builds(envelopes.Postponed, times.filter(bool), numbers),
        st.just(envelopes.WithdrawalWanted()),
    ),
    documents: st.one_of(
        woke,
        st.just(documents.Submitted()),
        st.builds(documents.Judged, st.booleans(), st.integers(0, 2)),
        st.builds(documents.Sealed, st.integers(0, 2), st.booleans()),
        st.builds(documents.VoidWanted, st.booleans()),
        st.builds(documents.SealFailed, st.booleans(), st.integers(0, 2)),
        st.builds(documents.Unpaid, st.integers(0, 2)),
        st.builds(documents.Enveloped, ids, st.integers(1, 3)),
        st.builds(documents.TripEnded, ids, ends, codes, speakers, times, times),
        st.builds(documents.TripTurnedOut, ids, codes, st.booleans()),
        st.builds(documents.EarlierStands, ids, codes),
        st.builds(documents.EarlierUnknown, ids),
        st.sampled_from(
            [
                documents.Corrected(),
                documents.ResendWanted(),
                documents.WithdrawalWanted(),
                documents.Released(),
                documents.Confirmed(),
                documents.VoidRefused(),
                documents.VoidConfirmed(),
            ]
        ),
    ),
    answers: st.one_of(
        woke,
        st.builds(answers.AnswerWanted, st.sampled_from(["KABUL", "RED", "IADE", answers.RECEIPT, "S_APR"])),
        st.builds(answers.AnswerCame, st.sampled_from(["KABUL", "RED", "IADE", answers.RECEIPT, "S_APR"])),
        st.builds(answers.AnswerEnded, st.booleans()),
        st.just(answers.Delivered()),
        st.just(answers.NeverDelivered()),
    ),
    inbound: st.one_of(
        woke,
        st.builds(inbound.Judged, codes, st.booleans(), st.booleans()),
        st.builds(inbound.ResponsePacked, ids),
        st.builds(inbound.ResponseEnded, ids, ends),
        st.just(inbound.ArrivedAgain()),
        st.just(inbound.Polled()),
    ),
    accounts: st.one_of(
        woke,
        st.just(accounts.OpenWanted()),
        st.just(accounts.AliasWanted()),
        st.builds(accounts.CloseWanted, st.booleans()),
        st.just(accounts.ContractEnded()),
        st.builds(accounts.RequestPacked, ids),
        st.builds(accounts.RequestEnded, ids, ends, codes),
        st.builds(accounts.TempListed, st.dates(date(2026, 11, 1), date(2026, 12, 31))),
        st.just(accounts.Listed()),
    ),
    reports: st.one_of(
        woke,
        woke,
        st.builds(reports.Built, numbers),
        st.builds(reports.BuildFailed, st.booleans(), st.sampled_from(["", "reporting.x"])),
        st.sampled_from([reports.Emptied(), reports.AtWork()]),
        st.builds(reports.SendEnded, outcomes, numbers, st.sampled_from([None, *reports.SEND, 99])),
        st.builds(reports.Postponed, times.filter(bool), numbers),
        st.builds(reports.AskEnded, outcomes, numbers),
        st.builds(reports.StatusTold, st.sampled_from([*reports.STATUS, 99]), numbers, st.booleans()),
        st.builds(reports.RepairWanted, st.booleans()),
        st.just(reports.Confirmed()),
    ),
    ledgers: st.one_of(
        woke,
        woke,
        st.builds(ledgers.SendEnded, outcomes, numbers, st.sampled_from([None, *ledgers.SEND, 99])),
        st.builds(ledgers.Postponed, times.filter(bool), st.one_of(st.none(), numbers)),
        st.builds(ledgers.AskEnded, outcomes, numbers, st.sampled_from([None, *ledgers.STATUS, 99])),
        st.builds(ledgers.StatusTold, st.sampled_from(WORDS), numbers),
        st.builds(ledgers.FetchEnded, outcomes, numbers, st.sampled_from([None, *ledgers.RECEIVE, 99])),
        st.builds(ledgers.BeratRead, st.booleans(), numbers, st.sampled_from(["", "ledger-exchange.x"])),
        st.sampled_from(
            [
                ledgers.Released(),
                ledgers.RepairWanted(),
                ledgers.Confirmed(),
                ledgers.WithdrawalWanted(),
                ledgers.DeletionTold(),
                ledgers.Lost(),
            ]
        ),
    ),
}
LIMITS = st.one_of(st.none(), st.integers(0, 20).map(lambda hours: START + timedelta(hours=hours)))
BEGINNINGS: dict[ModuleType, st.SearchStrategy[Any]] = {
    envelopes: st.builds(
        envelopes.packed, st.sampled_from(envelopes.EnvelopeKind), st.just(START), seed=numbers, not_after=LIMITS
    ),
    documents: st.builds(documents.drafted, st.just(START), seed=numbers, remind_at=st.just(START), not_after=LIMITS),
    answers: st.one_of(
        st.builds(answers.received, st.sampled_from(answers.AnswerKind), st.just(START), st.just(DEFAULT)),
        st.builds(answers.awaited, st.sampled_from(answers.AnswerKind), st.just(START), st.just(DEFAULT)),
    ),
    inbound: st.builds(inbound.stored, st.just(START), seed=numbers),
    accounts: st.builds(accounts.contracted, st.just(START), seed=numbers, remind_at=st.just(START)),
    reports: st.builds(
        reports.begun,
        st.just(START),
        due_at=st.integers(-9, 90).map(lambda hours: START + timedelta(hours=hours)),
        seed=numbers,
    ),
    ledgers: st.builds(
        ledgers.begun,
        st.just(START),
        due_at=st.integers(-9, 90).map(lambda hours: START + timedelta(hours=hours)),
        seed=numbers,
        kind=st.sampled_from(ledgers.BeratKind),
        had_before=st.booleans(),
        held=st.booleans(),
    ),
}
RUNS: dict[ModuleType, list[list[Any]]] = {
    envelopes: [
        [],
        [Woke()],
        [Woke(), envelopes.SendEnded(Outcome.TAKEN, 1)],
        [Woke(), envelopes.SendEnded(Outcome.UNCLEAR, 1)],
        [Woke(), envelopes.SendEnded(Outcome.SUSPENDED, 1)],
        [Woke(), envelopes.SendEnded(Outcome.ALREADY_THERE, 1)],
        [Woke(), envelopes.SendEnded(Outcome.TAKEN, 1), envelopes.Told(Speaker.MERKEZ, "1200")],
    ],
    documents: [
        [],
        [documents.Submitted(), documents.Judged(True, 0), documents.Sealed(0)],
        [documents.Submitted(), documents.Judged(True, 0), documents.Sealed(0, issued=True)],
        [documents.Submitted(), documents.Judged(True, 0), documents.Sealed(0), documents.Enveloped("e1", 1)],
        [documents.Submitted(), documents.Judged(True, 0), documents.Sealed(0), documents.Enveloped("e1", 2)],
    ],
    reports: [
        [],
        [Woke(), reports.Built(1), Woke(), reports.SendEnded(Outcome.TAKEN, 1, 0), Woke()],
        [Woke(), reports.Built(1), Woke(), reports.SendEnded(Outcome.UNCLEAR, 1), Woke()],
        [Woke(), reports.Built(1), Woke(), reports.SendEnded(Outcome.UNCLEAR, 1, 4), Woke()],
        [Woke(), reports.Built(1), Woke(), reports.SendEnded(Outcome.UNCLEAR, 1, 1)],
    ],
    ledgers: [
        [],
        [ledgers.Released(), Woke(), ledgers.SendEnded(Outcome.TAKEN, 1), Woke()],
        [ledgers.Released(), Woke(), ledgers.SendEnded(Outcome.UNCLEAR, 1), Woke()],
        [ledgers.Released(), Woke(), ledgers.SendEnded(Outcome.UNCLEAR, 1, 111), Woke()],
        [ledgers.Released(), Woke(), ledgers.SendEnded(Outcome.UNCLEAR, 1, 109)],
        [ledgers.Released(), Woke(), ledgers.SendEnded(Outcome.TAKEN, 1), ledgers.Confirmed(), Woke()],
        [ledgers.Released(), Woke(), ledgers.SendEnded(Outcome.TAKEN, 1), ledgers.Confirmed(), ledgers.DeletionTold()],
    ],
    answers: [[], [answers.Delivered()], [answers.AnswerWanted("RED")], [answers.AnswerWanted(answers.RECEIPT)]],
    inbound: [[], [inbound.Judged("1200"), inbound.ResponsePacked("e1")], [inbound.Judged("1150")]],
    accounts: [[], [accounts.OpenWanted(), accounts.RequestPacked("e1")]],
}
RUNS[accounts].append([*RUNS[accounts][1], accounts.RequestEnded("e1", envelopes.Stage.COMPLETED, "1200")])
"""How lives usually begin, so that what is arbitrary comes at every depth."""
ROOMS = pytest.mark.parametrize("room", EVENTS, ids=lambda room: room.__name__.rsplit(".", 1)[1])


def steps(data: st.DataObject, room: ModuleType) -> list[tuple[Any, Any, datetime, Step[Any]]]:
    """A life of arbitrary events: before, event, when, what it led to."""
    record, now, life = data.draw(BEGINNINGS[room]), START, []
    usual = [(event, timedelta(seconds=1)) for event in data.draw(st.sampled_from(RUNS[room]))]
    for event, pause in usual + data.draw(st.lists(st.tuples(EVENTS[room], pauses), max_size=40)):
        now += pause
        led = room.step(record, event, now, DEFAULT)
        life.append((record, event, now, led))
        record = led.record
    return life


@ROOMS
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_ends_stay_and_everything_else_has_an_alarm_clock(room: ModuleType, data: st.DataObject) -> None:
    for before, event, now, led in steps(data, room):
        after = led.record
        if before.stage.is_final:
            assert after.stage is before.stage
        assert (after.wake_at is None) is (after.stage.is_final or getattr(after.stage, "rests", False))
        clocks = [effect.at for effect in led.effects if isinstance(effect, WakeAt)]
        assert clocks == ([after.wake_at] if clocks else [])
        assert clocks or after.wake_at == before.wake_at
        if isinstance(event, Woke) and (before.wake_at is None or now < before.wake_at):
            assert led == (before, ())


@ROOMS
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_every_change_of_stage_stands_in_the_table(room: ModuleType, data: st.DataObject) -> None:
    for before, event, now, led in steps(data, room):
        row = room.MACHINE.row(before.stage, room.happening(before, event, now, DEFAULT))
        assert led.record.stage is (row.to if row and row.to else before.stage) or not led.effects


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_envelopes_are_sent_and_asked_for_only_when_they_may(data: st.DataObject) -> None:
    stages, asked = envelopes.Stage, None
    for before, _, now, led in steps(data, envelopes):
        for effect in led.effects:
            if isinstance(effect, Send):
                assert before.stage in (stages.PACKED, stages.RESTING)
                assert before.not_after is None or now < before.not_after
                assert effect.attempt == before.attempts + 1
            if isinstance(effect, Ask):
                if before.stage is not stages.UNKNOWN:
                    assert now - before.sent_at >= DEFAULT.first_ask
                    assert asked is None or now - asked >= DEFAULT.ask_every
                asked = now


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_documents_are_packed_only_when_no_envelope_may_bring_them(data: st.DataObject) -> None:
    """Packed again after a trip only if its status allows it, or people know better."""
    ended = None
    for before, event, _, led in steps(data, documents):
        if isinstance(event, documents.TripEnded) and before.stage is documents.Stage.ON_ROAD:
            ended = event if event.envelope == before.trips[-1].envelope else ended
        packs = any(isinstance(effect, documents.Pack) for effect in led.effects)
        if not packs or before.stage not in (documents.Stage.ON_ROAD, documents.Stage.RETRYING):
            continue
        assert ended is not None
        status = get(ended.code)
        assert ended.stage not in (envelopes.Stage.COMPLETED, envelopes.Stage.CANCELLED, envelopes.Stage.DISPUTED)
        assert status is not None
        assert status.resend is not Resend.FORBIDDEN or before.trips[-1].company > 1


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_packages_of_books_are_sent_only_when_they_are_not_there_and_count_only_with_their_berat(
    data: st.DataObject,
) -> None:
    for before, event, _, led in steps(data, ledgers):
        for effect in led.effects:
            if isinstance(effect, ledgers.SendPackage):
                assert before.stage is ledgers.Stage.READY
                assert before.work_at is not None
                assert effect.attempt == before.attempts + 1
            if isinstance(effect, ledgers.Secured) and before.is_returned:
                assert isinstance(event, ledgers.BeratRead)
                assert event.holds
            if isinstance(effect, ledgers.Vacated):
                assert led.record.stage is ledgers.Stage.DELETED


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_answers_count_once_and_in_time(data: st.DataObject) -> None:
    taken = 0
    for before, event, now, led in steps(data, answers):
        for effect in led.effects:
            taken += isinstance(effect, answers.Take)
            if isinstance(effect, answers.MakeAnswer):
                assert now < effect.not_after == before.until
        if isinstance(event, answers.AnswerCame) and before.until is not None and now >= before.until:
            assert not any(isinstance(effect, answers.Take) for effect in led.effects)
    assert taken <= 1


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_incoming_documents_are_filed_once_at_most_and_the_verdict_stays(data: st.DataObject) -> None:
    filed, told = 0, set()
    for _, _, _, led in steps(data, inbound):
        filed += sum(isinstance(effect, inbound.File) for effect in led.effects)
        told |= {effect.code for effect in led.effects if isinstance(effect, inbound.Respond)}
    assert filed <= 1
    assert len(told) <= 1


def test_identities_forget_nothing() -> None:
    identity = identities.Identity()
    for event, stage in (
        (identities.PermissionBack(), identities.Stage.FREE),
        (identities.PermissionGone(), identities.Stage.SUSPENDED),
        (identities.PermissionGone(), identities.Stage.SUSPENDED),
        (identities.PermissionBack(), identities.Stage.FREE),
    ):
        identity = identities.step(identity, event, START, DEFAULT).record
        assert identity.stage is stage
        assert (identity.wake_at is None) is (stage is identities.Stage.FREE)
