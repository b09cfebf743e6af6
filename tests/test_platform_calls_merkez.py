"""Calls to Merkez: made when the law asks for them, told once, and never made where they must not be."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from center_registry import ARDIC_GB, MELTEM_PK
from platform_calls import IDENTITY, calling, envelope, forget_everything, on_road, parcel, stage, woken
from platform_world import invoices, taxpayer
from ulak.codes.statuses import Speaker
from ulak.envelope import EnvelopeType, Header, query_answer
from ulak.errors import Text, UlakError
from ulak.lifecycle import envelopes
from ulak.lifecycle.effects import Woke
from ulak.lifecycle.identities import PermissionBack
from ulak.lifecycle.outcomes import Outcome
from ulak.wire.efatura import SERVICE, Document, Query, Receipt, SystemResponse, hash_of
from ulak_center.web.values import Drop, Reply
from ulak_server import clock
from ulak_server.audit.models import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document as Row
from ulak_server.exchange.calls.gate import Pass
from ulak_server.exchange.calls.making import outcome_of, times
from ulak_server.exchange.calls.news import bring
from ulak_server.exchange.calls.telling import Result, tell
from ulak_server.exchange.law import happening, policy
from ulak_server.exchange.models import Envelope
from ulak_server.exchange.rooms import ENVELOPES, IDENTITIES

pytestmark = pytest.mark.usefixtures("platform_database")


def fault(number: int) -> Any:
    def script(request: Any) -> Any:
        operation = "sendDocument" if isinstance(request, Document) else "getApplicationResponse"
        raise SERVICE.fault_of(operation, number)

    return script


def answering(status: str, about: str = "") -> Any:
    """Takes everything, and says of everything that it stands so."""

    def script(request: Any) -> Any:
        if isinstance(request, Document):
            return Receipt("", hash_of(request.data))
        header = Header(EnvelopeType.SENDER, about or request.envelope_id, ARDIC_GB, MELTEM_PK, datetime.now(UTC))
        return SystemResponse(query_answer(header, status, now=clock.now(), new_id=lambda: str(UUID(int=7))))

    return script


def refusing(status: int) -> Any:
    return lambda _: Reply(status, b"no", ())


def facts(id: UUID, what: str) -> list[Any]:
    with scoped(Role.PIPELINE):
        return list(Entry.objects.filter(envelope=id, what=what).order_by("id").values_list("code", "facts"))


# -- sending -----------------------------------------------------------------------------------------------------------


def test_an_envelope_is_sent_with_its_own_bytes_and_its_receipt_is_kept() -> None:
    with calling() as (calls, merkez):
        id = envelope()
        woken(calls, id)
        assert [(one.file_name, one.data) for one in merkez.sent] == [(f"{id}.zip", parcel(id).data)]
    assert stage(id) == "taken"
    with scoped(Role.PIPELINE):
        assert [(by, code) for _, by, code, _ in Envelope.objects.get(id=id).said] == [("merkez", "receipt")]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (2000, "resting"),
        (2001, "unknown"),
        (2002, "unknown"),
        (2003, "unknown"),
        (2004, "unknown"),
        (2005, "unknown"),
        (2006, "not-taken"),
        (2007, "held"),
    ],
)
def test_each_of_gibs_faults_leads_where_the_law_says(number: int, expected: str) -> None:
    with calling(fault(number)) as (calls, _):
        id = envelope()
        woken(calls, id)
    assert stage(id) == expected
    assert facts(id, "call.send")[0][0] == f"wire.efatura.{number}"


def test_a_send_without_an_answer_is_asked_for_and_goes_again_only_after_2004() -> None:
    silent = True

    def script(request: Any) -> Any:
        if isinstance(request, Query):
            raise SERVICE.fault_of("getApplicationResponse", 2004)
        return Drop() if silent else Receipt("", hash_of(request.data))

    with calling(script) as (calls, merkez):
        id = envelope()
        woken(calls, id)
        assert stage(id) == "unknown"
        silent = False
        woken(calls, id)
        assert (stage(id), len(merkez.sent), len(merkez.asked)) == ("resting", 1, 1)
        woken(calls, id)
        assert (stage(id), len(merkez.sent)) == ("taken", 2)


def test_an_answer_by_http_alone_says_nothing_about_the_envelope() -> None:
    for status in (403, 404, 500, 503):
        with calling(refusing(status)) as (calls, _):
            id = envelope()
            woken(calls, id)
        assert stage(id) == "unknown"


def test_nobody_listening_means_that_nothing_was_sent() -> None:
    with calling(url="http://127.0.0.1:9/services/EFatura") as (calls, _):
        id = envelope()
        woken(calls, id)
    assert stage(id) == "resting"
    assert facts(id, "call.send")[0][0] == "wire.unreachable"


def test_bytes_that_cannot_be_made_are_not_sent() -> None:
    def broken(_: UUID) -> Any:
        raise UlakError("outbound.digest", Text("bozuk", "broken"))

    with calling(parcel=broken) as (calls, merkez):
        id = envelope()
        woken(calls, id)
        assert merkez.calls == []
    assert stage(id) == "resting"
    assert facts(id, "call.send")[0][0] == "outbound.digest"


# -- asking ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "expected"),
    [("1100", "taken"), ("1200", "passed"), ("1210", "undelivered"), ("1300", "completed"), ("1150", "refused")],
)
def test_what_asking_brings_is_told_with_its_words(status: str, expected: str) -> None:
    with calling(answering(status)) as (calls, merkez):
        id = envelope(record={"stage": envelopes.Stage.UNKNOWN, "attempts": 1, "sent_at": clock.now()})
        woken(calls, id)
        assert len(merkez.asked) == 1
    assert stage(id) == expected
    with scoped(Role.PIPELINE):
        by, code, text = [entry[1:] for entry in Envelope.objects.get(id=id).said if entry[2] == status][-1]
    assert (by, code) == ("merkez", status)
    assert text


def test_an_answer_about_another_envelope_is_none() -> None:
    with calling(answering("1300", about=str(UUID(int=99)))) as (calls, _):
        id = envelope(record={"stage": envelopes.Stage.UNKNOWN, "attempts": 1, "sent_at": clock.now()})
        woken(calls, id)
    assert stage(id) == "unknown"


@given(st.text(max_size=200))
def test_words_of_strangers_are_kept_without_what_cannot_be_shown(words: str) -> None:
    id = envelope(record={"stage": envelopes.Stage.TAKEN})
    with happening() as shell:
        bring(shell, id, envelopes.Told(Speaker.MERKEZ, "1200"), words)
    with scoped(Role.PIPELINE):
        assert all(letter.isprintable() for letter in Envelope.objects.get(id=id).said[-1][3])


def test_very_much_that_is_said_of_one_envelope_stays_small() -> None:
    id = envelope(record={"stage": envelopes.Stage.TAKEN})
    for _ in range(4):
        with happening() as shell:
            for _ in range(50):
                bring(shell, id, envelopes.Told(Speaker.MERKEZ, "1100"), "x" * 1000)
    with scoped(Role.PIPELINE):
        said = Envelope.objects.get(id=id).said
    assert len(said) <= 60
    assert all(len(entry[3]) <= 300 for entry in said)


# -- documents ---------------------------------------------------------------------------------------------------------


def test_what_is_in_an_envelope_learns_how_it_ended() -> None:
    who = taxpayer()
    ids = invoices(who, 3)
    with calling(answering("1300")) as (calls, _):
        id = on_road(ids, who, record={"stage": envelopes.Stage.TAKEN})
        woken(calls, id)
    with scoped(Role.PIPELINE, [who]):
        found = list(Row.objects.filter(id__in=ids).values_list("stage", "delivered_at", "left_at"))
    assert [stage for stage, _, _ in found] == ["delivered"] * 3
    assert all(delivered is not None and left is not None for _, delivered, left in found)


# -- when calls are not made -------------------------------------------------------------------------------------------


def test_after_2007_nothing_is_called_until_the_permission_is_back() -> None:
    with calling(fault(2007)) as (calls, merkez):
        first, second = envelope(), envelope()
        woken(calls, first)
        woken(calls, second)
        assert len(merkez.calls) == 1
        assert [stage(first), stage(second)] == ["held", "held"]
        merkez.script = answering("1100")
        with happening() as shell:
            shell.happen(IDENTITIES, IDENTITY, PermissionBack())
        woken(calls, first, second)
        assert [stage(first), stage(second)] == ["taken", "taken"]


def test_what_the_gate_held_back_after_the_permission_came_is_only_postponed() -> None:
    with calling(fault(2007)) as (calls, merkez):
        woken(calls, envelope())
        merkez.script = answering("1100")
        id = envelope()
        with happening() as shell:
            shell.happen(ENVELOPES, id, Woke())
        asked_for = shell.outside
        with happening() as shell:
            shell.happen(IDENTITIES, IDENTITY, PermissionBack())
        tell([Result(asked_for[0], None, Pass(suspended=True))], IDENTITY, is_calm=True)
        assert stage(id) == "resting"


def test_a_silent_merkez_is_called_by_one_at_a_time_after_a_few_failures() -> None:
    with calling(lambda _: Drop()) as (calls, merkez):
        for _ in range(policy().breaker_failures):
            woken(calls, envelope())
        before = len(merkez.calls)
        waiting = [envelope() for _ in range(5)]
        woken(calls, *waiting)
        assert len(merkez.calls) == before
        assert {stage(id) for id in waiting} == {"resting"}


def test_many_calls_at_once_are_bounded_and_all_are_told() -> None:
    most, now, lock = 0, 0, threading.Lock()

    def script(request: Any) -> Any:
        nonlocal most, now
        with lock:
            now += 1
            most = max(most, now)
        threading.Event().wait(0.02)
        with lock:
            now -= 1
        return Receipt("", hash_of(request.data))

    with calling(script, threads=3) as (calls, _):
        ids = [envelope() for _ in range(20)]
        assert calls.free == 6
        woken(calls, *ids)
        assert {stage(id) for id in ids} == {"taken"}
        assert calls.free == 6
    assert most <= 3


def test_calls_that_are_closed_take_nothing_on() -> None:
    with calling() as (calls, _):
        calls.close(1)
        assert calls.free == 0


# -- words -------------------------------------------------------------------------------------------------------------


def test_only_what_surely_did_not_leave_counts_as_not_sent() -> None:
    class Unclear(UlakError):
        is_unclear = True

    sentence = Text("a", "a")
    assert outcome_of(UlakError("wire.unreachable", sentence)) is Outcome.NOT_SENT
    assert outcome_of(UlakError("wire.tls", sentence)) is Outcome.NOT_SENT
    assert outcome_of(Unclear("wire.unreachable", sentence)) is Outcome.UNCLEAR
    assert outcome_of(UlakError("wire.http-refused", sentence)) is Outcome.UNCLEAR
    assert outcome_of(ValueError("x")) is Outcome.UNCLEAR


def test_a_call_ends_before_its_lease() -> None:
    lease = policy().call_lease
    assert times(lease).total < lease.total_seconds()
    forget_everything()
