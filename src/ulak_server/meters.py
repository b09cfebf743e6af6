"""What processes count, for Prometheus. With ``PROMETHEUS_MULTIPROC_DIR`` set, all of a machine's processes add up.

Labels are names of the program's own: never who somebody is.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from typing import Final

from django.db import transaction
from prometheus_client import Counter, Gauge, Histogram

__all__ = [
    "ALARMS",
    "ASIDES",
    "CALLS",
    "CHANGES",
    "FAILURES",
    "JOBS",
    "KEPT",
    "MEMORY",
    "REQUESTS",
    "TURNS",
    "alarmed",
    "changed",
]

CHANGES: Final = Counter("ulak_stage_changes", "Records that reached a stage", ["room", "stage"])
ALARMS: Final = Counter("ulak_alarms", "Calls for operators, by the code that says why", ["code"])
CALLS: Final = Histogram(
    "ulak_call_seconds",
    "Seconds of calls of Merkez by what came of them",
    ["operation", "outcome"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120),
)
TURNS: Final = Counter("ulak_station_things", "Things that stations did", ["station"])
FAILURES: Final = Counter("ulak_station_failures", "Turns of stations that failed", ["station"])
ASIDES: Final = Counter("ulak_put_aside", "Work that failed for one taxpayer and was put aside", ["station"])
JOBS: Final = Counter("ulak_jobs_retried", "Jobs that were put back because their process was killed")
REQUESTS: Final = Histogram(
    "ulak_request_seconds",
    "Seconds of requests",
    ["route", "method", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
KEPT: Final = Gauge(
    "ulak_kept_bytes", "What stores of a process hold to be quick", ["part", "store"], multiprocess_mode="livemax"
)
MEMORY: Final = Gauge("ulak_process_bytes", "Resident memory of a process", ["part"], multiprocess_mode="livemax")


def changed(stages: Iterable[tuple[str, str]]) -> None:
    """Count records that reached a stage, once the running transaction is committed.

    Args:
        stages: room and stage of each.
    """
    tally = Tally(stages)
    if tally:
        transaction.on_commit(lambda: _count(tally), robust=True)


def alarmed(codes: Iterable[str]) -> None:
    """Count calls for operators, once the running transaction is committed."""
    tally = Tally(codes)
    if tally:
        transaction.on_commit(lambda: _call(tally), robust=True)


def _call(tally: Tally[str]) -> None:
    for code, number in tally.items():
        ALARMS.labels(code).inc(number)


def _count(tally: Tally[tuple[str, str]]) -> None:
    for (room, stage), number in tally.items():
        CHANGES.labels(room, stage).inc(number)
