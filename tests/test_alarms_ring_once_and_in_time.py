"""Alarms of one process share a thread: each rings once, none after its end, and none keeps another from ringing."""

from __future__ import annotations

import multiprocessing
import threading

import pytest

from ulak.alarms import Alarm, _Watch

SOON, LATE = 0.01, 60.0


def rung(seconds: float) -> bool:
    """Whether an alarm rings that is waited for."""
    heard = threading.Event()
    with Alarm(seconds, heard.set) as alarm:
        return heard.wait(20) and alarm.has_rung


def in_child(said: multiprocessing.connection.Connection) -> None:
    said.send(rung(SOON))


def test_one_that_is_set_later_for_sooner_rings_first() -> None:
    with Alarm(LATE, lambda: None) as other:
        assert rung(SOON)
        assert not other.has_rung


def test_one_whose_bell_is_broken_keeps_no_other_from_ringing() -> None:
    heard = threading.Event()

    def break_down() -> None:
        heard.set()
        raise RuntimeError

    with Alarm(SOON, break_down) as alarm:
        assert heard.wait(20)
    assert alarm.has_rung
    assert rung(SOON)


def test_one_that_was_left_never_rings() -> None:
    with Alarm(SOON, lambda: None) as left:
        pass
    assert rung(2 * SOON)
    assert not left.has_rung


def threads() -> int:
    return [one.name for one in threading.enumerate()].count("alarms")


def test_they_take_one_thread_together() -> None:
    before = threads()
    with Alarm(LATE, lambda: None), Alarm(LATE, lambda: None), Alarm(LATE, lambda: None):
        assert threads() == max(before, 1)


def test_a_process_that_was_forked_has_its_own() -> None:
    assert rung(SOON)
    forking = multiprocessing.get_context("fork")
    ours, theirs = forking.Pipe()
    child = forking.Process(target=in_child, args=(theirs,))
    child.start()
    assert ours.poll(30)
    assert ours.recv()
    child.join(20)


def test_one_that_found_no_thread_leaves_the_next_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def has_none(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("ulak.alarms._WATCH", _Watch())
    with monkeypatch.context() as full:
        full.setattr(threading.Thread, "start", has_none)
        with pytest.raises(RuntimeError), Alarm(SOON, lambda: None):
            pass
    assert rung(SOON)
