"""``ulak serve`` keeps its processes running, and none outlives it, whoever is killed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from platform_database import url_of

SECONDS = 120.0
"""Much longer than it takes, on a machine that has nothing else to do."""


class Running:
    """``ulak serve`` in a process of its own."""

    def __init__(self, process: subprocess.Popen[bytes], url: str, log: Path) -> None:
        self.process, self.url, self._log = process, url, log

    @property
    def log(self) -> str:
        return self._log.read_text()

    def pid(self, part: str) -> int:
        """Of the process that was last started under a name."""
        return int(re.findall(rf'"part": "{part}", "pid": (\d+)', self.log)[-1])


def until(holds: Callable[[], bool], what: str | Callable[[], str]) -> None:
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end, what if isinstance(what, str) else what()
        time.sleep(0.05)


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def children(pid: int) -> list[int]:
    """All processes below one."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *children(child)]
    return found


@contextmanager
def serving(database: str, data: Path, *arguments: str) -> Iterator[Running]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    address = f"127.0.0.1:{port}"
    environ = {**os.environ, "DATABASE_URL": url_of(database), "ULAK_DATA": str(data), "ULAK_LISTEN": address}
    log = data / "log"
    with log.open("wb") as output:
        command = [str(Path(sys.executable).with_name("ulak")), "serve", "--processes", "1", *arguments]
        process = subprocess.Popen(command, env=environ, stderr=output, stdout=output)
    running = Running(process, f"http://{address}", log)
    try:
        until(lambda: answers(running.url) or process.poll() is not None, lambda: running.log)
        yield running
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(SECONDS)


@pytest.fixture(scope="module")
def served(platform_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(platform_database, tmp_path_factory.mktemp("serve")) as running:
        yield running


def test_it_is_ready_and_its_worker_works(served: Running) -> None:
    until(lambda: httpx.get(f"{served.url}/ready").json().get("workers") is True, "no worker")
    assert httpx.get(f"{served.url}/ready").status_code == 200


@pytest.mark.parametrize("part", ["worker-1", "jobs", "web"])
def test_a_process_that_is_killed_is_started_again(served: Running, part: str) -> None:
    before = served.pid(part)
    os.kill(before, signal.SIGKILL)
    until(lambda: served.pid(part) != before, f"{part} is not started again")
    until(lambda: answers(served.url), "it does not answer")


def test_a_web_server_whose_own_worker_is_killed_answers_again(served: Running) -> None:
    until(lambda: bool(children(served.pid("web"))), "no process answers requests")
    inner = children(served.pid("web"))[0]
    os.kill(inner, signal.SIGKILL)
    until(lambda: not is_alive(inner) and answers(served.url), "it does not answer")


def test_metrics_are_those_of_all_processes(served: Running) -> None:
    until(lambda: 'ulak_process_bytes{part="worker-1"}' in httpx.get(f"{served.url}/metrics").text, "no memory")
    text = httpx.get(f"{served.url}/metrics").text
    assert 'ulak_process_bytes{part="jobs"}' in text
    assert 'ulak_request_seconds_count{method="GET",route="health"' in text


def test_a_port_in_use_is_told(served: Running, platform_database: str, tmp_path: Path) -> None:
    environ = {**os.environ, "DATABASE_URL": url_of(platform_database), "ULAK_DATA": str(tmp_path), "ULAK_LANG": "en"}
    listen = served.url.removeprefix("http://")
    command: Sequence[str | Path] = [Path(sys.executable).with_name("ulak"), "serve", "--listen", listen]
    ran = subprocess.run(command, env=environ, capture_output=True, timeout=SECONDS, check=False)
    assert ran.returncode == 2
    assert b"serve.port-taken" in ran.stderr


def test_sigterm_ends_all_of_it(platform_database: str, tmp_path: Path) -> None:
    with serving(platform_database, tmp_path) as running:
        below = children(running.process.pid)
        assert len(below) >= 3
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(SECONDS) == 0
    assert not any(map(is_alive, below))


def test_nothing_outlives_a_supervisor_that_is_killed(platform_database: str, tmp_path: Path) -> None:
    with serving(platform_database, tmp_path) as running:
        below = children(running.process.pid)
        running.process.kill()
        running.process.wait(SECONDS)
        until(lambda: not any(map(is_alive, below)), "some process goes on")


def test_without_workers_there_are_none(platform_database: str, tmp_path: Path) -> None:
    with serving(platform_database, tmp_path, "--no-workers", "--no-migrate") as running:
        assert '"part": "web"' in running.log
        assert "worker-1" not in running.log
