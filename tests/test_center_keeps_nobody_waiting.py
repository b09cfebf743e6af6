"""One sender's envelope, receiver or clock never holds up the others."""

from __future__ import annotations

import itertools
import threading
from datetime import datetime, timedelta

from center_support import START
from ulak.wire.efatura import Document
from ulak_center.center import Center, Setup
from ulak_center.clock import LATEST, RunningClock, VirtualClock
from ulak_center.packs import Packs
from ulak_center.values import Judgement, Registry

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


def test_a_clock_that_runs_while_it_is_moved_is_no_mistake() -> None:
    ticks = itertools.count()
    clock = RunningClock(START, pulse=lambda: next(ticks) * 0.04)
    center = Center(Setup(clock=clock), SlowJudge(), Packs())
    for _ in range(20):
        center.advance(timedelta(milliseconds=50))
    center.close()


def test_a_clock_stands_still_at_the_end_of_our_times() -> None:
    clock = RunningClock(LATEST - timedelta(seconds=1), speed=1_000_000.0, pulse=itertools.count().__next__)
    assert [clock.now() for _ in range(2)] == [LATEST, LATEST]
