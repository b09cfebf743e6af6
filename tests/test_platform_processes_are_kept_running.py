"""``ulak serve`` keeps its processes running, and none outlives it, whoever is killed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from platform_database import url_of
from ports import free_port

pytestmark = pytest.mark.usefixtures("platform_database")
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
    address = f"127.0.0.1:{free_port()}"
    environ = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPYCACHEPREFIX": str(data.parent / "bytecode"),
        "DATABASE_URL": url_of(database),
        "ULAK_DATA": str(data),
        "ULAK_LISTEN": address,
    }
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


def killed_and_back(running: Running, part: str) -> None:
    before = running.pid(part)
    os.kill(before, signal.SIGKILL)
    until(lambda: running.pid(part) != before, f"{part} is not started again")
    until(lambda: answers(running.url), "it does not answer")


def inner_killed_and_back(running: Running) -> None:
    """The process that answers requests, a child of the web server's."""
    until(lambda: bool(children(running.pid("web"))), "no process answers requests")
    inner = children(running.pid("web"))[0]
    os.kill(inner, signal.SIGKILL)
    until(lambda: not is_alive(inner) and answers(running.url), "it does not answer")


def test_what_is_killed_is_started_again_and_sigterm_ends_all_of_it(platform_database: str, tmp_path: Path) -> None:
    with serving(platform_database, tmp_path) as running:
        until(lambda: httpx.get(f"{running.url}/ready").json().get("workers") is True, "no worker")
        until(lambda: '"part": "jobs"' in running.log, "no jobs")
        inner_killed_and_back(running)
        for part in ("worker-1", "jobs", "web"):
            killed_and_back(running, part)
        until(lambda: 'ulak_process_bytes{part="worker-1"}' in httpx.get(f"{running.url}/metrics").text, "no memory")
        assert 'ulak_request_seconds_count{method="GET",route="health"' in httpx.get(f"{running.url}/metrics").text
        below = children(running.process.pid)
        assert len(below) >= 3
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(SECONDS) == 0
    assert not any(map(is_alive, below))


def test_nothing_outlives_a_supervisor_that_is_killed(platform_database: str, tmp_path: Path) -> None:
    with serving(platform_database, tmp_path, "--no-workers", "--no-migrate") as running:
        below = children(running.process.pid)
        assert "worker-1" not in running.log
        held = [half_sent(running.url) for _ in range(40)]
        assert answers(running.url), "more than twice as many hold what they have begun to send as there are threads"
        for one in held:
            one.close()
        running.process.kill()
        running.process.wait(SECONDS)
        until(lambda: not any(map(is_alive, below)), "some process goes on")


@pytest.mark.parametrize("switch", ["on", "off"])
def test_whoever_answers_requests_keeps_to_the_core_that_the_log_tells(
    platform_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, switch: str
) -> None:
    monkeypatch.setenv("ULAK_WEB_ONE_CORE", switch)
    with serving(platform_database, tmp_path, "--no-workers", "--no-migrate") as running:
        told = re.findall(r'"core": (\d+|null).*"event": "web.core"', running.log)
        threads = [list(Path(f"/proc/{one}/task").iterdir()) for one in children(running.pid("web"))]
        # One that only looks after what others leave behind has one thread.
        answering = [os.sched_getaffinity(int(one.name)) for each in threads if len(each) > 1 for one in each]
    everywhere = os.sched_getaffinity(0)
    core = "".join(told)
    assert len(told) == (switch == "on")
    assert answering
    # Servers of other tests may keep to all cores.
    assert all(cores == ({int(core)} if core.isdigit() else everywhere) for cores in answering)


def test_that_it_runs_is_said_once_it_answers(platform_database: str, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    environ = {**os.environ, "DATABASE_URL": url_of(platform_database), "ULAK_DATA": str(tmp_path), "ULAK_LANG": "en"}
    command = [str(Path(sys.executable).with_name("ulak")), "serve", "--no-workers", "--no-migrate"]
    process = subprocess.Popen(
        command, env={**environ, "ULAK_LISTEN": url.removeprefix("http://")}, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        assert any("Ulak is running" in line for line in process.stderr), "it ended"
        socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), 5).close()
    finally:
        process.terminate()
        process.communicate(timeout=SECONDS)


def half_sent(url: str) -> socket.socket:
    """A connection on which half of a body was sent."""
    one = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), 5)
    one.sendall(b"POST /api/v1/documents HTTP/1.1\r\nHost: ulak\r\nContent-Length: 100\r\n\r\n{")
    return one


def test_a_port_in_use_is_told(platform_database: str, tmp_path: Path) -> None:
    environ = {**os.environ, "DATABASE_URL": url_of(platform_database), "ULAK_DATA": str(tmp_path), "ULAK_LANG": "en"}
    with socket.create_server(("127.0.0.1", 0)) as other:
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        command = [str(Path(sys.executable).with_name("ulak")), "serve", "--listen", listen]
        ran = subprocess.run(command, env=environ, capture_output=True, timeout=SECONDS, check=False)
    assert ran.returncode == 2
    assert b"serve.port-taken" in ran.stderr
