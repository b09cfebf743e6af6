"""The reports of `bench/earchive`, built in a process of their own, and what was spent; run, it prints JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import psycopg

from bench.exchange_world import cpu_of

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

__all__ = ["Spending", "Spent", "one", "rows"]

_AT_ONCE: Final = 1_000


class Spent(NamedTuple):
    """Seconds of CPU, and by the clock."""

    cpu: float
    clock: float


def _build() -> dict[str, float]:
    """In a process of its own: build all reports that are due, and then what no program can avoid."""
    from ulak_server.commands.ground import ground

    with ground(migrated=False):
        from levels_support import ClockStamper, trust_of
        from platform_way_out import sql
        from seal_pki import key
        from ulak.process import keep_freed_memory
        from ulak_server import clock
        from ulak_server.exchange.keys import Address, KeyRing
        from ulak_server.exchange.reports.station import Reports

        keep_freed_memory()
        authority = ClockStamper(clock.now())
        station = Reports(KeyRing(lambda: Address(f"pkcs12:{key('integrator').p12}")), authority, trust_of())
        spending = Spending()
        while station.turn():
            authority.at = clock.now()
        spent, megabytes = spending.so_far(), _peak()
        reports, size, packed = sql(
            "SELECT count(*), sum(size), sum(packed) FROM exchange_report WHERE stage <> 'building'"
        )[0]
        limit = _limit()
    return {
        "cpu": spent.cpu, "clock": spent.clock, "megabytes": megabytes, "limit": limit, "reports": reports,
        "size": float(size or 0), "packed": float(packed or 0),
    }  # fmt: skip


def _limit() -> float:
    """Seconds of CPU that reading and parsing every body takes, and compressing every report."""
    import io
    import zipfile
    import zlib
    from uuid import UUID

    from lxml import etree

    from platform_way_out import sql
    from ulak_server.archive import services as archive
    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped
    from ulak_server.exchange.reports import keeping

    taxpayer = sql("SELECT id FROM taxpayers_taxpayer")[0][0]
    found = sql("SELECT d.month, d.id FROM exchange_report_entry e JOIN documents_document d ON d.id = e.document_id")
    refs = [archive.Ref(taxpayer, month, id) for month, id in found]
    spending = Spending()
    for start in range(0, len(refs), _AT_ONCE):
        with scoped(Role.PIPELINE, [taxpayer]):
            for body in archive.read(refs[start : start + _AT_ONCE]).values():
                etree.fromstring(body)
    spent = spending.so_far().cpu
    for (report,) in sql("SELECT id FROM exchange_report"):
        with scoped(Role.PIPELINE, [taxpayer]):
            packed = zipfile.ZipFile(io.BytesIO(b"".join(keeping.pieces(UUID(str(report))))))
        xml = packed.read(packed.namelist()[0])
        spending = Spending()
        zlib.compress(xml, 6)
        spent += spending.so_far().cpu
    return spent


# -- what was spent ---------------------------------------------------------------------------------------------------


class Spending:
    """CPU of this process and PostgreSQL's since it was made."""

    def __init__(self) -> None:
        postmaster = Path(os.environ["ULAK_DATA"]) / "postgres" / "postmaster.pid"
        self._roots = [os.getpid(), int(postmaster.read_text().split()[0])]
        self._cpu, self._clock = cpu_of(self._roots), time.monotonic()

    def so_far(self) -> Spent:
        return Spent(cpu_of(self._roots) - self._cpu, time.monotonic() - self._clock)


def _peak() -> float:
    """Megabytes that this process held at most."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]) / 1024


def rows(statement: str, parameters: Sequence[Any] = ()) -> list[Any]:
    """As the database's owner, whom no policy binds."""
    with _owner().cursor() as cursor:
        cursor.execute(statement.encode(), list(parameters))
        return cursor.fetchall() if cursor.description else []


def one(statement: str, parameters: Sequence[Any] = ()) -> int:
    return int(rows(statement, parameters)[0][0])


@cache
def _owner() -> psycopg.Connection[Any]:
    host = Path(os.environ["ULAK_DATA"]) / "postgres"
    return psycopg.connect(f"postgresql://postgres@/ulak?host={host}", autocommit=True)


if __name__ == "__main__":
    print(json.dumps(_build()))
