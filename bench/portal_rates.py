"""Measures what `bench/portal` prints: the list of outgoing documents of a taxpayer who has a million of them.

Every page goes the whole way through Django's middleware, row-level security and templates, one after the other, with
PostgreSQL as it is run: time by the clock, from the request to the last byte of the answer, and beside it the CPU that
this process and its server process of PostgreSQL took, which a busy machine changes less. Questions are those that
people ask, each in several orders and with its second page; those that are asked most often are asked more often.
Weights are what a browser loads for its first page, compressed as the server compresses it.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

_GOAL: Final = 150.0
_WEIGHT: Final = 100.0
_LINK: Final = re.compile(r'(?:href|src)="(/static/[^"]+)"')
_NEXT: Final = re.compile(r'rel="next" href="([^"]+)"')
_ORDERS: Final = ("", "-issued", "-amount", "party")


Took = tuple[float, float]
"""Milliseconds by the clock, and of CPU."""


class Asked(NamedTuple):
    """A question, and how often it is asked beside the others."""

    what: str
    query: str
    share: int


def main() -> None:
    """Measure, and print what the goals say."""
    wants = argparse.ArgumentParser(description=__doc__)
    wants.add_argument("--documents", type=int, default=1_000_000)
    wants.add_argument("--rounds", type=int, default=3)
    wants.add_argument("--each", action="store_true", help="say each question's time")
    said = wants.parse_args()
    with tempfile.TemporaryDirectory(prefix="ulak-bench-") as scratch, _installed(Path(scratch)):
        from bench.portal_world import fill, taxpayer
        from portal_client import visitor

        number = taxpayer()
        fill(number, said.documents)
        reader = visitor((number, "owner"))
        path = f"/t/{number}/outgoing"
        _weigh(reader, path)
        took = _measure(reader, path, said.rounds, said.each)
    print(f"list of {said.documents} documents, {len(took)} pages")
    _say("by the clock", [spent for spent, _ in took], f"   goal p95 <= {_GOAL:g} ms")
    _say("of CPU", [cpu for _, cpu in took], "")


def _say(what: str, took: Sequence[float], goal: str) -> None:
    ranked = sorted(took)
    p50, p95 = statistics.median(ranked), ranked[int(len(ranked) * 0.95)]
    verdict = f"{goal}: {'reached' if p95 <= _GOAL else 'MISSED'}" if goal else ""
    print(f"{what:16} p50 {p50:.0f} ms, p95 {p95:.0f} ms, worst {ranked[-1]:.0f} ms{verdict}")


@contextmanager
def _installed(folder: Path) -> Iterator[None]:
    folder.chmod(0o755)
    os.environ.update(ULAK_DATA=str(folder / "ulak"), DJANGO_SETTINGS_MODULE="ulak_server.settings")
    from ulak_server.commands.ground import ground

    with ground():
        yield


def _questions(today: date) -> Sequence[Asked]:
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    long_ago = today - timedelta(days=500)
    last = f"from={before.replace(day=1)}&until={before}"
    return (
        Asked("all", "", 8),
        Asked("this month", f"from={month}", 4),
        Asked("last month", last, 4),
        Asked("a month long ago", f"from={long_ago}&until={long_ago + timedelta(30)}", 1),
        Asked("awaiting", "state=awaiting", 4),
        Asked("trouble", "state=troubled", 4),
        Asked("drafts", "state=draft", 2),
        Asked("rejected last month", f"state=rejected&{last}", 2),
        Asked("type in a month", f"type=TEVKIFAT&{last}", 2),
        Asked("profile and state", "profile=TICARIFATURA&state=accepted", 1),
        Asked("words", "text=%C3%A7i%C4%9Fdem+ard%C4%B1%C3%A7", 4),
        Asked("a common word", "text=gida", 2),
        Asked("words nobody has", "text=yokboyle", 1),
        Asked("end of a number", "text=123456", 3),
        Asked("a number's beginning", f"number=ARD{today.year}", 1),
        Asked("party", "party=1000007919", 3),
        Asked("party and sum", "party=1000007919&least=1.000,00", 1),
        Asked("a sum", "least=1.234,00&most=1.235,00", 2),
        Asked("a wide sum", "least=100&most=900", 1),
        Asked("label", "label=takip", 2),
        Asked("label and sum", "label=takip&least=4900", 1),
        Asked("batch", "batch=100", 1),
        Asked("foreign money", "currency=USD", 1),
        Asked("taken in on a day", f"arrived_from={long_ago}&arrived_until={long_ago}", 1),
    )


def _measure(reader: Any, path: str, rounds: int, each: bool) -> list[Took]:
    from ulak_server import clock

    took: list[Took] = []
    for asked in _questions(clock.now().astimezone(clock.ISTANBUL).date()):
        found: list[Took] = []
        for order in _ORDERS:
            query = "&".join(filter(None, (asked.query, f"sort={order}" if order else "")))
            address = f"{path}?{query}" if query else path
            _page(reader, address)
            for _ in range(rounds):
                spent, following = _page(reader, address)
                found.append(spent)
                if following:
                    found.append(_page(reader, following)[0])
        if each:
            ranked = sorted(found)
            middle = ranked[len(ranked) // 2]
            print(f"{asked.what:24} {ranked[0][0]:7.1f} {middle[0]:7.1f} {ranked[-1][0]:7.1f} ms, CPU {middle[1]:7.1f}")
        took += found * asked.share
    return took


def _page(reader: Any, address: str) -> tuple[Took, str]:
    began, cpu = time.perf_counter(), _cpu()
    response = reader.client.get(address)
    spent = (time.perf_counter() - began) * 1000, (_cpu() - cpu) * 1000
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")
    following = _NEXT.search(response.content.decode())
    return spent, following[1].replace("&amp;", "&") if following else ""


def _cpu() -> float:
    """Seconds of CPU of this process and of its server process of PostgreSQL."""
    from django.db import connection

    connection.ensure_connection()
    server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    return time.process_time() + int(server.split()[0]) / 1e9


def _weigh(reader: Any, path: str) -> None:
    """Kilobytes of the page and of all that it loads."""
    page = reader.client.get(path).content
    files = sorted(set(_LINK.findall(page.decode())))
    parts = [page, *(_file(one) for one in files)]
    weight = sum(len(gzip.compress(part, 6)) for part in parts) / 1024
    print(f"first page with {len(files)} files: {weight:.1f} KB compressed", end="")
    print(f"   goal <= {_WEIGHT:g} KB: {'reached' if weight <= _WEIGHT else 'MISSED'}")


def _file(address: str) -> bytes:
    from django.contrib.staticfiles import finders

    found = finders.find(address.removeprefix("/static/").partition("?")[0])
    if not found:
        raise SystemExit(f"{address}: not there")
    return Path(str(found)).read_bytes()


if __name__ == "__main__":
    main()
