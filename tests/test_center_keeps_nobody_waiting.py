"""One sender's envelope, receiver or clock never holds up the others."""

from __future__ import annotations

import itertools
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from center_support import MELTEM_PK, START
from ports import port_of_nobody
from ulak.envelope import Party
from ulak.wire.efatura import Document, Query
from ulak_center.center import Center, Setup
from ulak_center.clock import LATEST, RunningClock, VirtualClock
from ulak_center.courier import Delivered, PooledCourier
from ulak_center.ends.probes import Kind
from ulak_center.packs import Packs
from ulak_center.registry import Integrator
from ulak_center.values import Judgement, Registry, Role, Unit, Use

ONE, TWO = "6f9619ff-8b86-4011-b42d-00c04fc964f1", "6f9619ff-8b86-4011-b42d-00c04fc964f2"


class SlowJudge:
    """Takes as long as it is told to."""

    def __init__(self) -> None:
        self.begun, self.free = threading.Event(), threading.Event()

    def judge(self, name: str, data: bytes, registry: Registry, now: datetime) -> Judgement:
        self.begun.set()
        assert self.free.wait(10)
        assert not registry.is_integrator("1")
        return Judgement(1110, "envelope.not-zip")


def test_envelopes_are_taken_and_asked_about_while_one_is_judged() -> None:
    judge = SlowJudge()
    center = Center(Setup(clock=VirtualClock(START)), judge, Packs())
    center.send_document(Document.of(ONE, b"1"))
    work = threading.Thread(target=center.advance, args=(timedelta(seconds=1),))
    work.start()
    assert judge.begun.wait(10)
    center.send_document(Document.of(TWO, b"2"))
    assert center.summary().counts == {1000: 1, 1100: 1}
    judge.free.set()
    work.join(10)
    assert center.summary().counts == {1110: 2}
    center.close()


def test_a_task_that_fails_ends_neither_the_work_nor_the_task() -> None:
    class Broken:
        calls = 0

        def judge(self, name: str, data: bytes, registry: Registry, now: datetime) -> Judgement:
            self.calls += 1
            if self.calls == 1:
                raise OSError("disk full")
            return Judgement(1110, "envelope.not-zip")

    center = Center(Setup(), Broken(), Packs())
    center.send_document(Document.of(ONE, b"1"))
    stop, done = threading.Event(), threading.Event()
    work = threading.Thread(target=center.work, args=(stop,))
    work.start()
    for _ in range(100):
        if center.summary().counts == {1110: 1}:
            break
        done.wait(0.1)
    stop.set()
    work.join(10)
    assert center.summary().counts == {1110: 1}
    center.close()


def test_a_task_that_always_fails_does_not_hold_up_those_behind_it() -> None:
    class Particular:
        def judge(self, name: str, data: bytes, registry: Registry, now: datetime) -> Judgement:
            if data == b"1":
                raise OSError("disk full")
            return Judgement(1110, "envelope.not-zip")

    center = Center(Setup(clock=VirtualClock(START)), Particular(), Packs())
    center.send_document(Document.of(ONE, b"1"))
    center.send_document(Document.of(TWO, b"2"))
    with pytest.raises(OSError, match="disk full"):
        center.advance(timedelta(milliseconds=300))
    center.advance(timedelta(milliseconds=300))
    assert center.summary().counts == {1100: 1, 1110: 1}
    center.close()


@pytest.fixture
def deaf() -> Iterator[str]:
    """The address of a receiver that takes connections and never answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


def test_a_receiver_that_never_answers_holds_up_only_itself(deaf: str) -> None:
    courier = PooledCourier(patience=0.1)
    landed, results, told = threading.Event(), list[Delivered](), list[Delivered]()

    def note(result: Delivered) -> None:
        results.append(result)
        landed.set()

    for _ in range(50):
        courier.send(deaf, lambda: Query(ONE), told.append)
    with port_of_nobody() as port:
        courier.send(f"http://127.0.0.1:{port}/", lambda: Query(TWO), note)
        assert landed.wait(5)
    assert results[0].detail.startswith("wire.unreachable")
    courier.close()
    assert not told


def test_the_end_waits_for_no_clock_that_is_moved(deaf: str) -> None:
    center = Center(Setup(clock=VirtualClock(START), courier=PooledCourier(patience=0.1)), SlowJudge(), Packs())
    center.register_integrator(Integrator("8642031054", "Kurum", deaf, deaf))
    center.open_account(MELTEM_PK.number, "Meltem", "OZEL", [_unit(MELTEM_PK)])
    center.probes.send(Kind.STRAY_RESPONSE, MELTEM_PK)
    work = threading.Thread(target=center.advance, args=(timedelta(days=8),))
    work.start()
    center.end()
    work.join(5)
    assert not work.is_alive()
    center.close()


def _unit(party: Party) -> Unit:
    return Unit(party.number, party.alias, Role.PK, Use.INVOICE, "8642031054", START)


@pytest.mark.parametrize("url", ["http://[::1", "ftp://a/", "http://a:99999/", "", "http://\0/"])
def test_a_call_to_what_is_no_address_lands_too(url: str) -> None:
    courier = PooledCourier()
    landed = threading.Event()
    courier.send(url, lambda: Query(ONE), lambda result: landed.set())
    assert landed.wait(5)
    courier.close()


def test_envelopes_that_wait_for_a_receiver_wait_on_disk(deaf: str) -> None:
    courier = PooledCourier(most=1, patience=0.1)
    asked: list[str] = []

    def wanted() -> Query:
        asked.append(ONE)
        return Query(ONE)

    for _ in range(10):
        courier.send(deaf, wanted, lambda result: None)
    courier.close()
    assert len(asked) <= 1


def test_a_clock_that_runs_while_it_is_moved_is_no_mistake() -> None:
    ticks = itertools.count()
    clock = RunningClock(START, pulse=lambda: next(ticks) * 0.04)
    center = Center(Setup(clock=clock), SlowJudge(), Packs())
    for _ in range(20):
        center.advance(timedelta(milliseconds=50))
    assert clock.now() >= START + 20 * timedelta(milliseconds=50)
    center.close()


def test_a_clock_stands_still_at_the_end_of_our_times() -> None:
    clock = RunningClock(LATEST - timedelta(seconds=1), speed=1_000_000.0, pulse=itertools.count().__next__)
    assert [clock.now() for _ in range(2)] == [LATEST, LATEST]
