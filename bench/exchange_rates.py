"""The platform from the call that hands invoices in to "delivered, system response processed", processes and all.

Rates are documents per second of CPU that the platform's processes took, PostgreSQL's included and the simulated
Merkez's left out, over the RSA-2048 signing rate of the same core in the same seconds: a few signatures are made four
times a second while documents go their way, so that whatever else the machine does slows both. PostgreSQL commits
durably. What it takes to look ten times a second whether all is delivered yet is not the platform's: one connection
looks, and its server process is left out.

``bench/exchange --stored 5000000`` measures again with so many documents stored already, and once more without them;
``--without-ifma`` measures as on most processors, without the AVX512-IFMA instructions that halve the time of a
signature and thus double the peer.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any, Final, NamedTuple

import psycopg
from tools.demo.world import ARDIC

from bench.exchange_world import PORTAL, World, lines, resident, world
from bench.measuring import WITHOUT_IFMA, rsa_beside, rsa_rate

__all__ = ["main"]

_DOCUMENTS: Final = 5_000
"""Enough for what idle processes do beside them not to count."""
_GOAL: Final = 0.20
_GOAL_STORED: Final = 0.9
_SECONDS: Final = 20.0
_MEGABYTES: Final = 250.0
_BYTES: Final = 1_500.0
_PATIENCE: Final = 300.0
_TABLES: Final = ("documents_document", "archive_body", "exchange_envelope", "audit_entry", "documents_answer")
_FILL: Final = """
INSERT INTO documents_document (taxpayer_id, month, direction, kind, profile, type_code, ettn, number, series_id,
    issue_date, partner, alias, sender_alias, priority, form, stage, road, envelope, accepted_at, sealed_at, left_at,
    delivered_at, party_title, currency, payable)
SELECT taxpayer_id, month, direction, kind, profile, type_code, gen_random_uuid(), 'OLD2025' || lpad(n::text, 9, '0'),
    series_id, issue_date, partner, alias, sender_alias, priority, form, 'delivered', road, gen_random_uuid(),
    accepted_at - n * interval '1 second', sealed_at, left_at, delivered_at, party_title, currency, payable
FROM (SELECT * FROM documents_document WHERE stage = 'delivered' AND direction = 1 LIMIT 1) AS one,
     generate_series(%s, %s) AS n
"""


class Found(NamedTuple):
    """One measurement.

    Attributes:
        ratio: documents per second of CPU over RSA signatures.
        seconds: by the clock, for all.
        cpu: seconds for a document.
        signatures: a second of CPU, meanwhile.
    """

    ratio: float
    seconds: float
    cpu: float
    signatures: float


def main() -> None:
    """Measure, and print what the goals say."""
    wants = argparse.ArgumentParser()
    wants.add_argument("--documents", type=int, default=_DOCUMENTS)
    wants.add_argument("--rounds", type=int, default=3)
    wants.add_argument("--stored", type=int, default=0)
    wants.add_argument("--workers", type=int, default=2)
    wants.add_argument("--without-ifma", action="store_true")
    wanted = wants.parse_args()
    if wanted.without_ifma and os.environ.get(WITHOUT_IFMA[0]) != WITHOUT_IFMA[1]:
        # OpenSSL reads it as it is loaded: this process begins anew, and hands it to those that it starts.
        os.execve(sys.executable, [*sys.orig_argv], os.environ | dict([WITHOUT_IFMA]))
    print(f"RSA-2048: {rsa_rate():.0f} signatures a second of CPU at best")
    with world() as one:
        one.start("serve", "--no-migrate", "--processes", str(wanted.workers))
        _out(one, 200, "warm")
        before = _stored_bytes(one)
        found = [_out(one, wanted.documents, f"out{n}") for n in range(wanted.rounds)]
        _say("CPU to RSA per core, out", statistics.median(each.ratio for each in found), "x", _GOAL)
        cpu, signatures = (
            statistics.median(values) for values in zip(*((e.cpu, e.signatures) for e in found), strict=True)
        )
        print(f"{'':32} {1000 * cpu:.2f} ms of CPU each, beside {signatures:.0f} signatures a second")
        stored = (_stored_bytes(one) - before) / (wanted.documents * wanted.rounds)
        _say("bytes stored per invoice", stored, "bytes", _BYTES, least=False)
        _say("10 x 100 out", _out(one, 1_000, "volume").seconds, "s", _SECONDS, least=False)
        _say("10 x 100 in", _in(one, 10, 100), "s", _SECONDS, least=False)
        _say("largest worker", max(_workers(one)), "MB", _MEGABYTES, least=False)
        if wanted.stored:
            _fill(one, wanted.stored)
            full = [_out(one, wanted.documents, f"full{n}") for n in range(wanted.rounds)]
            _clear(one)
            # Minutes lie between: what the machine did meanwhile is not to be taken for what the store did.
            found += [_out(one, wanted.documents, f"again{n}") for n in range(wanted.rounds)]
            share = statistics.median(each.ratio for each in full) / statistics.median(each.ratio for each in found)
            _say(f"with {wanted.stored} stored", share, "x empty", _GOAL_STORED)


def _out(one: World, count: int, key: str) -> Found:
    """Hand invoices in as one batch, and wait until each is delivered."""
    from ulak_server.documents.batches import hand_in

    data = lines(count, key)
    with _connection(one) as looking:
        looker = looking.info.backend_pid
        began, cpu = time.monotonic(), one.cpu(but=looker)
        with rsa_beside() as signed:
            batch = hand_in(one.taxpayer, data, "ndjson", options=_options()).id
            _wait(looking, _DELIVERED.format(batch=batch), count)
            seconds = time.monotonic() - began
        used = (one.cpu(but=looker) - cpu - signed.seconds) / count
        return Found(1 / used / signed.rate, seconds, used, signed.rate)


def _options() -> Any:
    from ulak_server.documents.intake import Options

    return Options(alias=PORTAL[2])


def _in(one: World, envelopes: int, documents: int) -> float:
    """Let the portal's user send envelopes; seconds until all are filed and answered."""
    what = {"kind": "invoice", "profile": "TEMELFATURA", "documents": documents, "envelopes": envelopes}
    with _connection(one) as looking:
        done, began = _count(looking, _ANSWERED), time.monotonic()
        one.gib.post(
            "/control/portal/send", {"receiver": ARDIC.number, "alias": ARDIC.mailbox, "title": ARDIC.title, **what}
        )
        _wait(looking, _ANSWERED, done + envelopes)
        return time.monotonic() - began


_DELIVERED: Final = "SELECT count(*) FROM documents_document WHERE batch_id = {batch} AND delivered_at IS NOT NULL"
"""By an index: looking through millions of stored documents would be measured, too."""
_ANSWERED: Final = """
SELECT count(*) FROM exchange_inbound i JOIN exchange_envelope e ON e.id = i.response
WHERE e.stage IN ('taken', 'passed', 'completed') AND cardinality(i.documents) > 0
"""


_NAP: Final = 65.0
"""Seconds within which PostgreSQL looks for what is to be vacuumed (autovacuum_naptime), and some."""
_TIDIED: Final = "SELECT (count(*) = 0)::int FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'"


def _wait(looking: psycopg.Connection[Any], statement: str, wanted: int) -> None:
    until = time.monotonic() + _PATIENCE
    while (found := _count(looking, statement)) < wanted:
        if time.monotonic() > until:
            raise SystemExit(f"not done in {_PATIENCE:.0f} s: {found} of {wanted}")
        time.sleep(0.1)


def _count(looking: psycopg.Connection[Any], statement: str) -> int:
    row = looking.execute(statement.encode()).fetchone()
    return int(row[0]) if row else 0


def _connection(one: World) -> psycopg.Connection[Any]:
    return psycopg.connect(f"postgresql://postgres@/ulak?host={one.folder / 'postgres'}", autocommit=True)


def _stored_bytes(one: World) -> int:
    """What the tables of documents take with their indexes, once what is dead in them was given back."""
    with _connection(one) as connection:
        for table in _TABLES:
            connection.execute(f"VACUUM FULL {table}".encode())
        sizes = connection.execute(
            "SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('archive_body')"
            " UNION ALL SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) AS name",
            [[table for table in _TABLES if table != "archive_body"]],
        ).fetchall()
        return sum(int(size or 0) for (size,) in sizes)


def _fill(one: World, count: int) -> None:
    with _connection(one) as connection:
        for first in range(1, count + 1, 250_000):
            connection.execute(_FILL, [first, min(first + 249_999, count)])
        connection.execute(b"VACUUM (ANALYZE) documents_document")
    _settle(one)


def _clear(one: World) -> None:
    """Take away what `_fill` put there."""
    with _connection(one) as connection:
        # Nothing points to them: each need not be looked for.
        connection.execute(b"SET session_replication_role = replica")
        connection.execute(b"DELETE FROM documents_document WHERE number LIKE 'OLD2025%'")
        connection.execute(b"VACUUM (FULL, ANALYZE) documents_document")
    _settle(one)


def _settle(one: World) -> None:
    """What a system that grew for years has done long ago is not to be done while it is measured."""
    with _connection(one) as connection:
        connection.execute(b"CHECKPOINT")
        time.sleep(_NAP)
        _wait(connection, _TIDIED, 1)


def _workers(one: World) -> list[float]:
    """Megabytes of each worker."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes().split(b"\0")
            if b"ulak_server.operations.parts" in words and b"worker" in words and _is_below(place.parent, one):
                found.append(resident(int(place.parent.name)))
        except OSError:
            continue
    return found


def _is_below(process: Path, one: World) -> bool:
    parent = int(process.joinpath("stat").read_text().rpartition(") ")[2].split()[1])
    return parent in {each.pid for each in one.processes}


def _say(what: str, found: float, unit: str, goal: float, *, least: bool = True) -> None:
    reached = found >= goal if least else found <= goal
    print(
        f"{what:32} {found:8.2f} {unit}   goal {'' if least else '<= '}{goal:g}: {'reached' if reached else 'MISSED'}"
    )


if __name__ == "__main__":
    main()
