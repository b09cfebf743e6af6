"""Measures what `bench/api` prints: `POST /api/v1/documents` through Granian and a durable PostgreSQL.

Calls start by the clock, whether those before were answered or not, and their time counts from when they were due. Who
calls does as little as can be, on the same cores: requests are written beforehand, and of an answer its status is read.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from bench.invoices import invoice_json

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

LINES: Final = 10
CONNECTIONS: Final = 32
GOAL: Final = 50.0
_TICK: Final = os.sysconf("SC_CLK_TCK")
_ANSWER: Final = re.compile(rb"HTTP/1\.1 ([0-9]{3}) .*\r\ncontent-length: ([0-9]+)\r\n", re.DOTALL | re.IGNORECASE)
_PIECE: Final = 64 * 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=200, help="calls a second")
    parser.add_argument("--seconds", type=int, default=20)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ulak-bench-") as scratch, _served(Path(scratch)) as (port, key, server):
        _load(port, key, said.rate, 2)
        before = _cpu(server)
        took, refused, unanswered = _load(port, key, said.rate, said.seconds)
        spent = (_cpu(server) - before) / len(took) * 1000
    cuts = statistics.quantiles(took, n=1000)
    p50, p90, p99, most = cuts[499], cuts[899], cuts[989], max(took)
    print(f"{len(took)} invoices of {LINES} lines at {said.rate}/s: p50 {p50:.1f} ms, p90 {p90:.1f}, ", end="")
    print(f"p99 {p99:.1f}, worst {most:.1f}; refused {refused}, unanswered {unanswered}; ", end="")
    print(f"server's CPU {spent:.2f} ms a call")
    print(f"goal p99 {GOAL:g} ms: {'reached' if p99 <= GOAL and not refused + unanswered else 'MISSED'}")


@contextmanager
def _served(folder: Path) -> Iterator[tuple[int, str, int]]:
    """A new installation with one taxpayer, served; its port, a key, and the process."""
    folder.chmod(0o755)
    port = _free_port()
    os.environ.update(ULAK_DATA=str(folder / "ulak"), ULAK_LISTEN=f"127.0.0.1:{port}")
    from ulak_server.commands.ground import ground

    with ground():
        key = _key()
        command = [str(Path(sys.executable).with_name("ulak")), "serve", "--no-workers", "--no-migrate"]
        with (folder / "serve.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
            try:
                _wait_for(port)
                yield port, key, server.pid
            finally:
                server.terminate()
                server.wait(30)
                if os.environ.get("SHOW_LOG"):
                    print((folder / "serve.log").read_text()[-3000:])


def _key() -> str:
    from platform_api import program, two_firms

    return program(two_firms()[0]).headers["Authorization"]


def _load(port: int, key: str, rate: int, seconds: int) -> tuple[list[float], int, int]:
    """Milliseconds of each call, from when it was due; how many were answered other than 202, and how many not at all.

    What is not answered counts with the time until that was known; the calls after it are due all the same.
    """
    requests = [_request(key) for _ in range(rate * seconds)]
    begin = time.perf_counter() + 0.2
    took: list[float] = []
    statuses: list[int] = []
    places = iter(range(len(requests)))
    lock = threading.Lock()

    def call() -> None:
        line = None
        while True:
            with lock:
                place = next(places, None)
            if place is None:
                return
            due = begin + place / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            try:
                line = line or socket.create_connection(("127.0.0.1", port), timeout=30)
                line.sendall(requests[place])
                statuses.append(_status(line))
            except OSError:
                line = None
            took.append((time.perf_counter() - due) * 1000)

    threads = [threading.Thread(target=call) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, len(statuses) - statuses.count(202), len(requests) - len(statuses)


def _status(line: socket.socket) -> int:
    """The status of the next answer, once all of it has come."""
    told = b""
    while piece := line.recv(_PIECE):
        told += piece
        head, _, rest = told.partition(b"\r\n\r\n")
        found = _ANSWER.match(head + b"\r\n")
        if found is not None and len(rest) >= int(found[2]):
            return int(found[1])
    raise ConnectionResetError


def _request(key: str) -> bytes:
    body = _body()
    head = (
        "POST /api/v1/documents HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: {key}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _body() -> bytes:
    document: dict[str, Any] = invoice_json(LINES)
    for name in ("number", "uuid", "date", "time"):
        document.pop(name, None)
    return json.dumps(document, ensure_ascii=False).encode()


def _cpu(root: int) -> float:
    """Seconds of CPU of a process and everything below it."""
    below: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        pid = int(stat.parent.name)
        below.setdefault(int(fields[1]), []).append(pid)
        used[pid] = sum(int(fields[place]) for place in (11, 12, 13, 14)) / _TICK
    waiting: Sequence[int] = [root]
    total = 0.0
    while waiting:
        pid, *rest = waiting
        total += used.get(pid, 0.0)
        waiting = [*rest, *below.get(pid, ())]
    return total


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server does not answer")


if __name__ == "__main__":
    main()
