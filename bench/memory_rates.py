"""What the processes of an installation hold in memory, where hundreds of taxpayers share neither design nor key.

Each taxpayer has a design with a picture of its own and hands in invoices, e-Arşiv invoices and despatch advices again
and again; half of them seal with keys of their own. Then come invoices of 5 000 lines, a batch of thousands of items,
and envelopes of others. All of it passes through one worker. ``--taxpayers``, ``--rounds`` and ``--items`` make it
longer; a dictionary for a design is learnt from five documents, which are handed in with ``--rounds 3``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx
import psycopg

from bench.exchange_world import PORTAL, World, world
from bench.memory_world import KINDS, Settled, handed_in, settle

__all__ = ["main"]

_GOAL: Final = 250.0
_MODULE: Final = "ulak_server.operations.parts"
_PATIENCE: Final = 600.0
_LARGE: Final = 5_000
_EACH: Final = 2
"""Documents of a kind that a taxpayer hands in at a time."""
_ENDED: Final = (
    "SELECT count(*) FROM documents_document WHERE direction = 1 AND stage IN ('on-road', 'delivered', 'issued')"
)
_AT_FAULT: Final = "SELECT error FROM documents_document WHERE error IS NOT NULL LIMIT 1"
_LEARNT: Final = "SELECT count(*) FROM archive_dictionary WHERE taxpayer_id IS NOT NULL"
_ANSWERED: Final = "SELECT count(*) FROM exchange_inbound WHERE response IS NOT NULL"


class Held(NamedTuple):
    """Megabytes of a process: resident now, at most so far, and its share of what several of them use."""

    part: str
    resident: float
    highest: float
    share: float


def main() -> None:
    """Measure, and print what the goal says."""
    wants = argparse.ArgumentParser()
    wants.add_argument("--taxpayers", type=int, default=200)
    wants.add_argument("--rounds", type=int, default=2)
    wants.add_argument("--items", type=int, default=10_000)
    wanted = wants.parse_args()
    with world() as one:
        firms = settle(one.gib, wanted.taxpayers, wanted.taxpayers // 2)
        one.start("serve", "--no-migrate", "--processes", "1")
        with psycopg.connect(f"postgresql://postgres@/ulak?host={one.folder / 'postgres'}", autocommit=True) as looking:
            _work(one, looking, firms, wanted.rounds, wanted.items)
        time.sleep(11)
        _say_parts(held(one))
        _say_kept(one)


def _work(one: World, looking: psycopg.Connection[Any], firms: Sequence[Settled], rounds: int, items: int) -> None:
    done = 0
    for turn in range(rounds):
        for firm in firms:
            for kind in KINDS:
                _hand_in(firm, kind, _EACH, f"{turn}-{kind}")
        done += _EACH * len(KINDS) * len(firms)
        _wait(looking, _ENDED, done)
        _say_worker(one, f"{len(firms)} taxpayers, {done} documents")
    learnt = looking.execute(_LEARNT.encode()).fetchone()
    print(f"dictionaries learnt {learnt and learnt[0]}, of {len(firms) * len(KINDS)} designs", flush=True)
    for firm in firms[:2]:
        _hand_in(firm, "invoice", 1, "large", _LARGE)
    done += 2
    _wait(looking, _ENDED, done)
    _say_worker(one, f"2 invoices of {_LARGE} lines")
    _hand_in(firms[-1], "invoice", items, "many")
    done += items
    _wait(looking, _ENDED, done)
    _say_worker(one, f"a batch of {items}")
    for firm in firms[:40]:
        who = {"receiver": firm.number, "alias": firm.mailbox, "title": firm.title}
        what = {"kind": "invoice", "profile": "TEMELFATURA", "documents": 5, "envelopes": 1}
        one.gib.post("/control/portal/send", {**who, **what})
    _wait(looking, _ANSWERED, len(firms[:40]))
    _say_worker(one, "40 envelopes of others")


def _hand_in(firm: Settled, kind: str, count: int, key: str, lines: int = 4) -> None:
    from ulak_server.documents.batches import hand_in
    from ulak_server.documents.intake import Options

    options = Options() if kind == "earchive_invoice" else Options(alias=PORTAL[2])
    hand_in(firm.id, handed_in(firm, kind, count, key, lines), "ndjson", options=options)


def _wait(looking: psycopg.Connection[Any], statement: str, wanted: int) -> None:
    until = time.monotonic() + _PATIENCE
    while (found := looking.execute(statement.encode()).fetchone()) is None or found[0] < wanted:
        if fault := looking.execute(_AT_FAULT.encode()).fetchone():
            raise SystemExit(f"not done: {fault[0]}")
        if time.monotonic() > until:
            raise SystemExit(f"not done in {_PATIENCE:.0f} s: {found and found[0]} of {wanted}")
        time.sleep(0.3)


def held(one: World) -> list[Held]:
    """What each process of the platform holds, PostgreSQL's left out."""
    return sorted(_parts(one), key=lambda each: -each.resident)


def _parts(one: World) -> Iterator[Held]:
    parents: dict[int, int] = {}
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parents[int(place.name)] = int(place.joinpath("stat").read_text().rpartition(") ")[2].split()[1])
    above = {each.pid for each in one.processes}
    for pid, parent in parents.items():
        with suppress(OSError):
            place = Path(f"/proc/{pid}")
            words = place.joinpath("cmdline").read_bytes().decode().split("\0")
            if parent in above and _MODULE in words:
                yield _held(place, "-".join(words[words.index(_MODULE) + 1 :]).strip("-"))
            elif parents.get(parent) in above and "--multiprocessing-fork" in words:
                yield _held(place, "web, answering")


def _held(place: Path, part: str) -> Held:
    said = dict(line.split(":", 1) for line in place.joinpath("status").read_text().splitlines())
    rolled = dict(line.split(":", 1) for line in place.joinpath("smaps_rollup").read_text().splitlines()[1:])
    return Held(part, _megabytes(said["VmRSS"]), _megabytes(said["VmHWM"]), _megabytes(rolled["Pss"]))


def _megabytes(said: str) -> float:
    return int(said.split()[0]) / 1024


def _say_worker(one: World, after: str) -> None:
    largest = max((each for each in held(one) if each.part.startswith("worker")), key=lambda each: each.resident)
    print(f"worker after {after:34} {largest.resident:6.0f} MB, at most {largest.highest:.0f}", flush=True)


def _say_parts(found: Sequence[Held]) -> None:
    for each in found:
        print(f"{each.part:16} {each.resident:6.0f} MB, at most {each.highest:.0f}, share {each.share:.0f}")
    worker = max(each.resident for each in found if each.part.startswith("worker"))
    verdict = "reached" if worker <= _GOAL else "MISSED"
    print(f"{'largest worker':32} {worker:8.0f} MB   goal <= {_GOAL:g}: {verdict}")


def _say_kept(one: World) -> None:
    """What the caches of the worker hold, as the platform tells it itself."""
    with httpx.Client(trust_env=False) as client:
        text = client.get(f"http://127.0.0.1:{one.port}/metrics").text
    for line in text.splitlines():
        if line.startswith("ulak_kept_bytes{") and "worker" in line:
            name, _, size = line.rpartition(" ")
            print(f"  {name.partition('{')[2].rstrip('}'):60} {float(size) / 1e6:8.2f} MB")


if __name__ == "__main__":
    main()
