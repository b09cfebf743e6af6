"""Where the documents of an installation are, as its database and Merkez tell it; for tests in which all goes wrong."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any, Final

from platform_installation import Installation, Merkez

__all__ = [
    "counts",
    "held",
    "missing_at_receivers",
    "moving",
    "portal_of",
    "received_twice",
    "rest",
    "tail",
    "unanswered",
    "untrue",
    "wrong_numbers",
]

_MOVING: Final = ("accepted", "judged", "sealed", "retrying", "looking", "on-road")
_RESTING: Final = frozenset({"returned", "to-correct", "clashed", "disputed"})
_LIVE: Final = frozenset({"1000", "1100", "1200", "1210", "1220"})
_DONE: Final = "1300"
_SILENT: Final = "1220"
"""The receiver has it and its answer was lost: nobody sends it again, and GİB has no end for it."""
_LOOKS: Final = 16
"""Looks at Merkez, two of its hours apart, after which a receiver that does not answer never will."""


def portal_of(merkez: Merkez) -> tuple[str, str]:
    """Number and mailbox of a receiver at GİB's own portal."""
    portal = merkez.get("/portal")
    return portal["number"], next(one["alias"] for one in portal["units"] if one["role"] == "PK")


def rest(platform: Installation, merkez: Merkez, patience: float, meanwhile: Callable[[], object] = int) -> None:
    """Wait until nothing moves any more but what a silent receiver holds up; Merkez's own hours pass meanwhile.

    Args:
        meanwhile: is done at every look.
    """
    end, looks = time.monotonic() + patience, 0
    while (left := moving(platform)) and looks < _LOOKS:
        looks = looks + 1 if left == unanswered(platform) else 0
        assert time.monotonic() < end, f"{left} {counts(platform)} {held(platform)} {tail(platform)}"
        platform.keep_up()
        meanwhile()
        merkez.post("/clock", advance=2.1 * 3600)
        time.sleep(1.5)


def moving(platform: Installation) -> int:
    """Documents and incoming envelopes that have not come to rest."""
    documents = platform.sql(
        "SELECT count(*) FROM documents_document WHERE direction = 1 AND stage = ANY (%s)", list(_MOVING)
    )
    inbound = platform.sql("SELECT count(*) FROM exchange_inbound WHERE stage IN ('stored', 'owed')")
    return int(documents[0][0] + inbound[0][0])


def unanswered(platform: Installation) -> int:
    """Documents whose receivers have them and do not say so."""
    found = platform.sql(
        "SELECT count(*) FROM documents_document d JOIN exchange_envelope e ON e.id = d.envelope"
        " WHERE d.stage = 'on-road' AND e.stage = 'unanswered'"
    )
    return int(found[0][0])


def counts(platform: Installation) -> dict[str, int]:
    """Outgoing documents by stage."""
    return dict(platform.sql("SELECT stage, count(*) FROM documents_document WHERE direction = 1 GROUP BY stage"))


def held(platform: Installation) -> list[Any]:
    """What may hold documents up: credits, what was put aside, jobs that failed or wait for one that is gone."""
    return platform.sql(
        "SELECT 'account', to_jsonb(a)::text FROM credits_account a"
        " UNION ALL SELECT 'waiting', count(*) || ' freed ' || count(freed_at) FROM credits_waiting"
        " UNION ALL SELECT 'aside', to_jsonb(s)::text FROM asides_aside s"
        " UNION ALL SELECT 'job', to_jsonb(j)::text FROM procrastinate_jobs j"
    )


def untrue(platform: Installation, merkez: Merkez) -> list[Any]:
    """Outgoing documents that did not arrive exactly once and do not rest truthfully either, with Merkez's states."""
    there = {one["id"].lower(): str(one["state"]) for one in merkez.envelopes()}
    trips: defaultdict[int, list[str]] = defaultdict(list)
    rows = platform.sql("SELECT id, unnest(documents) FROM exchange_envelope WHERE kind = 'business'")
    for envelope, document in rows:
        trips[document].append(there.get(str(envelope), ""))
    found = platform.sql("SELECT id, stage FROM documents_document WHERE direction = 1")
    return [(id, stage, dict(Counter(trips[id]))) for id, stage in found if not _is_true(stage, Counter(trips[id]))]


def _is_true(stage: str, states: Counter[str]) -> bool:
    arrived, live = states[_DONE], sum(states[one] for one in _LIVE)
    if stage == "delivered":
        return (arrived, live) == (1, 0)
    if stage == "disputed":
        return arrived + live <= 1
    if stage == "on-road":
        return (arrived, live, states[_SILENT]) == (0, 1, 1)
    return stage in _RESTING and arrived == live == 0


def received_twice(platform: Installation) -> list[Any]:
    """Documents that a receiver has more than once."""
    return platform.sql(
        "SELECT ettn FROM documents_document WHERE direction = 2 GROUP BY taxpayer_id, ettn HAVING count(*) > 1"
    )


def missing_at_receivers(platform: Installation, receiver: int) -> list[Any]:
    """Documents that count as delivered to a taxpayer who does not have them."""
    return platform.sql(
        "SELECT o.ettn FROM documents_document o WHERE o.direction = 1 AND o.stage = 'delivered' AND o.partner ="
        " (SELECT number FROM taxpayers_taxpayer WHERE id = %s) AND NOT EXISTS (SELECT FROM documents_document i"
        " WHERE i.direction = 2 AND i.taxpayer_id = %s AND i.ettn = o.ettn)",
        receiver,
        receiver,
    )


def wrong_numbers(platform: Installation) -> str:
    """What is wrong with the numbers that were given: gaps, duplicates, a counter that says otherwise; else nothing."""
    found = platform.sql(
        "SELECT number FROM documents_document WHERE direction = 1 AND number IS NOT NULL ORDER BY number"
    )
    given: defaultdict[str, list[int]] = defaultdict(list)
    for (number,) in found:
        given[number[:7]].append(int(number[7:]))
    gaps = [start for start, numbers in given.items() if numbers != list(range(1, len(numbers) + 1))]
    ((last,),) = platform.sql("SELECT coalesce(sum(last), 0) FROM taxpayers_counter")
    return f"{gaps} {last} {len(found)}" if gaps or last != len(found) else ""


def tail(platform: Installation) -> str:
    """What its processes said last."""
    return (platform.folder / "serve.log").read_text(errors="replace")[-4000:]
