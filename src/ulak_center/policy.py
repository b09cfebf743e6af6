"""How fast the center works and how often it tries.

The retries are GİB's (Ek-2 V1.5, 4.1); no source gives the other times, they are ours.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta
from typing import NamedTuple

from ulak_center.store import Store

__all__ = ["Ids", "Policy"]


class Policy(NamedTuple):
    """Times of the center.

    Attributes:
        queue: from taking an envelope (1000) to beginning with it (1100).
        work: from beginning with it to having judged it.
        road: from having an envelope to deliver to the call.
        answer: that GİB's own ends (portal, customs, synthetic taxpayers) take to answer an envelope.
        retry_every: between two tries to deliver.
        retries: tries after the first one; then 1215.
        poll_after: until Merkez asks a receiver that sent no system response, and between two such questions.
        polls: how often it asks.
        customs: after which customs let goods out by themselves; None if only when they are told to.
    """

    queue: timedelta = timedelta(milliseconds=100)
    work: timedelta = timedelta(milliseconds=100)
    road: timedelta = timedelta(milliseconds=100)
    answer: timedelta = timedelta(milliseconds=500)
    retry_every: timedelta = timedelta(hours=2)
    retries: int = 4
    poll_after: timedelta = timedelta(hours=2)
    polls: int = 100
    customs: timedelta | None = None


class Ids:
    """UUIDs that are the same in every run with the same seed, and never twice in one store."""

    def __init__(self, store: Store, seed: int) -> None:
        self._store = store
        self._seed = seed
        self._next = int(store.setting("ids") or 0)

    def __call__(self) -> str:
        self._next += 1
        self._store.keep("ids", str(self._next))
        digest = hashlib.sha256(f"{self._seed}:{self._next}".encode()).digest()
        return str(uuid.UUID(bytes=digest[:16], version=4))
