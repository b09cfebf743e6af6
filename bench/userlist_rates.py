"""Measures what `bench/userlist` prints. Seconds are those of the processor, so that a busy machine changes little."""

from __future__ import annotations

import argparse
import io
import multiprocessing
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final
from xml.parsers import expat
from zoneinfo import ZoneInfo

from lxml import etree

from bench.measuring import show
from ulak.userlist import ListRole, read_users, user_list, write_zip
from ulak_center.population import Population

MOST_MEGABYTES: Final = 200
SAMPLE: Final = 20_000
NOW: Final = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/Istanbul"))
PIECE: Final = 128 * 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=1_500_000)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    compare(given.rounds)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "newUserPkListxml.zip"
        alone("produced", produce, path, given.users)
        print(f"{path.stat().st_size / 1e6:.0f} MB zipped")
        alone("read", read, path, given.users)


def compare(rounds: int) -> None:
    """Rates of a small list, round by round against its peers."""
    population = Population(SAMPLE)
    users = list(population.users(ListRole.PK))
    data = b"".join(user_list(users))
    print(f"{SAMPLE} users: {len(data)} bytes")

    def against(ours: Callable[[], object], peer: Callable[[], object]) -> list[float]:
        return [seconds(peer) / seconds(ours) for _ in range(rounds)]

    def reading() -> None:
        for _ in read_users(io.BytesIO(data)):
            pass

    show("read", against(reading, lambda: raw_expat(data)), "raw expat", None)
    show("read", against(reading, lambda: lxml_walk(data)), "lxml.iterparse", None)
    writing = against(lambda: list(user_list(users)), lambda: zlib.compress(data, 4))
    show("write XML of users at hand", writing, "deflate 4", None)
    making = against(lambda: list(user_list(population.users(ListRole.PK))), lambda: zlib.compress(data, 4))
    show("work out and write XML", making, "deflate 4", None)
    for level in (1, 4, 6, 9):
        packed = zlib.compress(data, level)
        found = against(lambda level=level: zlib.compress(data, level), lambda: raw_expat(data))  # type: ignore[misc]
        show(f"deflate {level}: {len(packed) / len(data):.1%} left", found, "raw expat", None)


def raw_expat(data: bytes) -> None:
    """Well-formedness alone: nothing that reads the list can be faster with this parser."""
    parser = expat.ParserCreate()
    for at in range(0, len(data), PIECE):
        parser.Parse(data[at : at + PIECE], False)
    parser.Parse(b"", True)


def lxml_walk(data: bytes) -> None:
    """Every text of every user looked at, nothing checked or kept: what a short script would do."""
    for _, user in etree.iterparse(io.BytesIO(data), tag="User"):
        for element in user.iter():
            element.text  # noqa: B018
        user.clear()
        while user.getprevious() is not None:
            del user.getparent()[0]


def seconds(call: Callable[[], object]) -> float:
    """Processor time of one call."""
    start = time.process_time()
    call()
    return time.process_time() - start


def produce(path: Path, count: int) -> None:
    """A list of synthetic taxpayers, worked out, written and zipped."""
    with path.open("w+b") as file:
        write_zip(file, ListRole.PK.file_name, user_list(Population(count).users(ListRole.PK)), NOW)


def read(path: Path, count: int) -> None:
    """Every user of a list, unzipped, checked and built."""
    assert sum(1 for _ in read_users(path)) == count


def alone(what: str, work: Callable[[Path, int], None], path: Path, count: int) -> None:
    """Do a work in a process of its own and print what it took."""
    queue: multiprocessing.Queue[tuple[float, float]] = multiprocessing.get_context("spawn").Queue()
    process = multiprocessing.get_context("spawn").Process(target=measured, args=(queue, work, path, count))
    process.start()
    took, memory = queue.get()
    process.join()
    verdict = "reached" if memory <= MOST_MEGABYTES else "MISSED"
    print(
        f"{count} users {what}: {took:.1f} s, {count / took:.0f}/s, at most {memory:.0f} MB resident"
        f"   goal {MOST_MEGABYTES} MB: {verdict}"
    )


def measured(
    queue: multiprocessing.Queue[tuple[float, float]], work: Callable[[Path, int], None], path: Path, count: int
) -> None:
    took = seconds(lambda: work(path, count))
    queue.put((took, peak()))


def peak() -> float:
    """Megabytes that this process held resident at most."""
    lines: Iterator[str] = iter(Path("/proc/self/status").read_text().splitlines())
    return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) / 1024


if __name__ == "__main__":
    main()
