"""Worker processes: same results in the same order, and neither a killed worker nor Ctrl-C spoils more than its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from cli_support import DAY, ULAK, called, document, environment, put, ulak, wrong_document
from ulak.cli import checking, crew
from ulak.cli.crew import Crew

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def many(folder: Path, count: int) -> Path:
    for number in range(count):
        data = (document(), wrong_document(), b"no XML", b"<unknown/>")[number % 7 % 4]
        put(folder, f"{number % 5}/{number:05}.xml", data)
    return folder


def square(number: int) -> int:
    return number * number


def square_or_die(deadly: frozenset[int], number: int) -> int:
    if number in deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def lost(number: int) -> int:
    return -number


@pytest.mark.parametrize("form", ["json", "text"])
def test_workers_say_what_one_process_says_in_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    folder = many(tmp_path, 90)
    line = ["check", str(folder), "--as-of", DAY, "--format", form]
    assert len(list(folder.rglob("*.xml"))) > checking.FEW
    parallel = ulak(*line)
    monkeypatch.setattr(checking, "FEW", 10_000)
    serial = called(capsys, *line)
    assert parallel == serial


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 15, 16, 17, 1000])
def test_results_come_in_the_order_of_the_things(size: int, count: int) -> None:
    assert list(Crew(square, lost, size).run(range(count))) == [square(number) for number in range(count)]


@pytest.mark.parametrize("deadly", [{0}, {15, 16, 17}, {99}, set(range(30, 50)), set(range(100))])
def test_a_worker_that_is_killed_costs_what_it_was_doing_and_nothing_else(deadly: set[int]) -> None:
    work = partial(square_or_die, frozenset(deadly))
    results = list(Crew(work, lost, 2).run(range(100)))
    assert results == [lost(number) if number in deadly else square(number) for number in range(100)]


def test_a_worker_that_has_grown_is_replaced_without_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "GROWTH", -1)
    assert list(Crew(square, lost, 2).run(range(40))) == [square(number) for number in range(40)]


def test_work_does_not_run_far_ahead_of_a_slow_thing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(crew, "WINDOW", 64)
    results = iter(Crew(partial(slow_first, tmp_path), lost, 2).run(range(2000)))
    assert next(results) == 0
    assert len(list(tmp_path.iterdir())) < 64 + 4 * crew.CHUNK
    assert len(list(results)) == 1999


def slow_first(folder: Path, number: int) -> int:
    if number == 0:
        time.sleep(1)
    elif number < 200:
        (folder / str(number)).touch()
    return number


def test_workers_end_with_the_results(tmp_path: Path) -> None:
    results = Crew(os_pid, lost, 2).run(range(64))
    pids = {next(results) for _ in range(20)}
    results.close()  # type: ignore[attr-defined]
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def os_pid(number: int) -> int:
    return os.getpid()


def started(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [ULAK, "check", folder, "--as-of", DAY, "--format", "json", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
        bufsize=0,
    )


def workers_of(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def first_workers(process: subprocess.Popen[bytes]) -> list[int]:
    """The workers, once there is a first result (what is written fills the pipe, so the command waits for us)."""
    assert process.stdout is not None
    assert process.stdout.read(1) == b"["
    found = workers_of(process.pid)
    assert found
    return found


@linux
def test_a_killed_worker_is_a_third_verdict_for_its_file(tmp_path: Path) -> None:
    for number in range(600):
        put(tmp_path, f"{number:03}.xml", wrong_document())
    process = started(tmp_path)
    victim = first_workers(process)[0]
    os.kill(victim, signal.SIGKILL)
    out, err = process.communicate(timeout=120)
    found = json.loads(b"[" + out)
    crashed = [each for each in found if each["findings"][0]["id"] == "check.crashed"]
    assert (process.returncode, err) == (1, b"")
    assert [each["file"] for each in found] == [str(tmp_path / f"{number:03}.xml") for number in range(600)]
    assert len(crashed) <= 1
    assert all(each["verdict"] == "could-not-judge" for each in crashed)
    assert sum(each["verdict"] == "invalid" for each in found) == 600 - len(crashed)


@linux
def test_ctrl_c_stops_at_once_and_leaves_no_worker(tmp_path: Path) -> None:
    for number in range(600):
        put(tmp_path, f"{number:03}.xml", wrong_document())
    process = started(tmp_path, "--lang", "en")
    workers = first_workers(process)
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert (process.returncode, err.decode().strip()) == (130, "Stopped.")
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]


@linux
def test_workers_notice_that_the_command_was_killed(tmp_path: Path) -> None:
    for number in range(600):
        put(tmp_path, f"{number:03}.xml", wrong_document())
    process = started(tmp_path)
    workers = first_workers(process)
    process.kill()
    process.communicate(timeout=30)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(_runs(worker) for worker in workers):
        time.sleep(0.05)
    assert not [worker for worker in workers if _runs(worker)]


def _runs(pid: int) -> bool:
    try:
        # An orphan that nobody waits for stays as a zombie where there is no init.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
