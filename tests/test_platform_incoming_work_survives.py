"""Whatever ends a worker, and whoever else is at work: each envelope is filed once, and none is opened for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connections

from center_support import sealed, sender_envelope
from platform_asides import standing, unreadable
from platform_way_in import bring, came, installation, open_all, responses, rows
from platform_world import MELTEM, taxpayer
from seal_pki import NOW
from ulak.envelope import Packed
from ulak.errors import UlakError
from ulak.lifecycle import envelopes, inbound
from ulak.lifecycle.effects import Woke
from ulak.lifecycle.policy import DEFAULT
from ulak.wire import ServiceFault
from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.exchange import keys
from ulak_server.exchange.inbound.station import Opener, settle
from ulak_server.exchange.law import happening
from ulak_server.exchange.rooms import INBOUND
from ulak_server.exchange.shell import Shell

pytestmark = pytest.mark.usefixtures("platform_database", "meltem")


@pytest.fixture(scope="module")
def meltem(platform_database: str) -> Iterator[int]:
    with installation():
        yield taxpayer(MELTEM, "MEL")


@pytest.fixture(autouse=True)
def time_stands_still() -> Iterator[None]:
    clock.use(lambda: NOW)
    yield
    clock.use(lambda: NOW)


def pass_time(by: timedelta) -> None:
    later = clock.now() + by
    clock.use(lambda: later)


def id_of(packed: Packed) -> str:
    return packed.name.removesuffix(".zip").lower()


def state(packed: Packed) -> tuple[str, str]:
    (row,) = rows("SELECT stage, code FROM exchange_inbound WHERE id = %s", id_of(packed))
    return row["stage"], row["code"]


def at_once(count: int, do: Callable[[int], Any]) -> list[Any]:
    """What threads return that all begin at the same moment."""
    gate = threading.Barrier(count)

    def run(number: int) -> Any:
        gate.wait()
        try:
            return do(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_an_envelope_whose_worker_died_is_opened_again_after_its_lease() -> None:
    packed = sender_envelope()
    bring(packed)
    assert [one.id for one in Opener()._claim()] == [id_of(packed)]
    open_all()
    assert state(packed) == ("stored", ""), "its worker may still be at it"
    pass_time(2 * DEFAULT.work_lease)
    open_all()
    assert state(packed) == ("responding", "1200")


def test_two_workers_that_opened_the_same_file_it_once(meltem: int) -> None:
    packed = sender_envelope()
    bring(packed)
    station = Opener()
    (claimed,) = station._claim()
    found = [station._examined(claimed) for _ in range(2)]
    for one in found:
        with happening() as shell:
            settle(shell, claimed.id, one)
    assert len(responses(claimed.id)) == 1
    assert rows("SELECT count(*) AS n FROM documents_document WHERE envelope = %s", claimed.id) == [{"n": 1}]


def test_an_envelope_that_ends_every_worker_is_told_as_a_system_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Any:
        raise MemoryError

    monkeypatch.setattr(Opener, "_examined", staticmethod(broken))
    packed, other = sender_envelope(), sender_envelope()
    bring(packed)
    for _ in range(DEFAULT.work_tries):
        assert Opener().turn() == 1
        pass_time(timedelta(hours=2))
    monkeypatch.undo()
    bring(other)
    open_all()
    assert (state(packed), state(other)) == (("responding", "1195"), ("responding", "1200"))
    assert responses(id_of(packed))[0].status == "1195"
    alarms = rows("SELECT code FROM audit_entry WHERE what = 'alarm' AND envelope = %s", id_of(packed))
    assert alarms == [{"code": "lifecycle.not-judged"}]


def test_one_broken_envelope_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    examined = Opener._examined
    bad, *good = (sender_envelope() for _ in range(4))

    def some(one: Any) -> Any:
        if one.id == id_of(bad):
            raise ValueError(one.id)
        return examined(one)

    monkeypatch.setattr(Opener, "_examined", staticmethod(some))
    for packed in (bad, *good):
        bring(packed)
    open_all()
    assert [state(packed)[1] for packed in (bad, *good)] == ["", "1200", "1200", "1200"]


def test_envelopes_whose_records_cannot_be_read_hold_up_no_other() -> None:
    first, second, *good = (sender_envelope() for _ in range(4))
    for packed in (first, second, *good):
        bring(packed)
    with unreadable("exchange_inbound", id_of(first), id_of(second)):
        open_all()
        assert [state(packed)[1] for packed in (first, second, *good)] == ["", "", "1200", "1200"]
        found = {one.reason: one for one in standing()}
        assert set(found) == {f"DecodeError inbound {id_of(one)}" for one in (first, second)}
        assert {(one.station, one.taxpayer, one.failures) for one in found.values()} == {("inbound", 0, 1)}
        assert Opener().turn() == 0, "they are not tried at every turn"
        pass_time(timedelta(minutes=1))
        open_all()
        assert {one.failures for one in standing()} == {2}
    assert {state(packed)[1] for packed in (first, second)} == {""}, "their pauses are not over"
    first_aside, *_ = standing()
    assert asides.wake("inbound", Unit(0, first_aside.subject), "operator")
    open_all()
    assert sorted(state(packed)[1] for packed in (first, second)) == ["", "1200"], "an operator had one tried at once"
    pass_time(timedelta(minutes=6))
    open_all()
    assert {state(packed)[1] for packed in (first, second)} == {"1200"}, "nothing is lost"
    assert standing() == []


def test_an_envelope_that_the_law_cannot_take_on_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = sender_envelope(), sender_envelope()
    for packed in (bad, good):
        bring(packed)
    happen = Shell.happen

    def some(shell: Shell, room: Any, key: Any, event: Any) -> Any:
        if key == id_of(bad) and isinstance(event, Woke):
            raise ValueError("a record that no law foresees")
        return happen(shell, room, key, event)

    with monkeypatch.context() as patch:
        patch.setattr(Shell, "happen", some)
        open_all()
        assert (state(bad)[1], state(good)[1]) == ("", "1200")
        assert [one.reason for one in standing()] == [f"ValueError inbound {id_of(bad)}"]
    pass_time(timedelta(minutes=1))
    open_all()
    assert state(bad)[1] == "1200"
    assert standing() == []


def test_without_trust_nothing_is_opened_and_nothing_is_lost() -> None:
    packed = sender_envelope()
    bring(packed)
    values: Any = settings.ENVIRONMENT.values
    folder, values["ULAK_TRUST"] = values["ULAK_TRUST"], ""
    keys.trust.cache_clear()
    try:
        with pytest.raises(UlakError, match=r"inbound\.no-trust"):
            Opener().turn()
    finally:
        values["ULAK_TRUST"] = folder
        keys.trust.cache_clear()
    open_all()
    assert state(packed) == ("responding", "1200")


def test_of_many_calls_with_one_envelope_one_is_taken() -> None:
    packed = sender_envelope()

    def call(_: int) -> int:
        try:
            bring(packed)
        except ServiceFault as fault:
            return fault.number or -1
        return 0

    assert sorted(at_once(6, call)) == [0, *[2001] * 5]


def test_many_workers_file_every_document_once(meltem: int) -> None:
    twice = sealed("invoice/temelfatura-satis")
    packed = [sender_envelope(sealed("invoice/temelfatura-satis")) for _ in range(10)]
    rivals = [sender_envelope(twice) for _ in range(4)]
    for one in (*packed, *rivals):
        bring(one)
    at_once(4, lambda _: [Opener().turn() for _ in range(8)])
    pass_time(2 * DEFAULT.work_lease)
    open_all()
    assert {state(one) for one in packed} == {("responding", "1200")}
    assert sorted(state(one)[1] for one in rivals) == ["1163", "1163", "1163", "1200"]
    filed = rows(
        "SELECT count(*) AS n FROM documents_document WHERE envelope = ANY (%s)", [id_of(one) for one in packed]
    )
    assert filed == [{"n": 10}]


def test_a_response_that_did_not_arrive_is_made_anew(meltem: int) -> None:
    row = came(sender_envelope())
    with happening() as shell:
        shell.happen(INBOUND, row["id"], inbound.ResponseEnded(str(row["response"]), envelopes.Stage.UNDELIVERABLE))
    pass_time(timedelta(days=1))
    with happening() as shell:
        shell.happen(INBOUND, row["id"], Woke())
    first, second = rows("SELECT id FROM exchange_envelope WHERE about = %s ORDER BY created_at", row["id"])
    assert (UUID(str(first["id"])), first != second) == (row["response"], True)
    assert {said.status for said in responses(row["id"])} == {"1200"}
