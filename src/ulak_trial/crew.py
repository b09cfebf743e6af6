"""The platform's own stations, worked by hand: what comes in and what was let go runs by itself, the rest on demand.

GİB's plan wants envelopes that are ready before they are sent; the platform sends at once what it has packed. So what
was packed is held until the plan lets it go, which moves nothing but its alarm clock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Final
from uuid import UUID

from ulak.lifecycle import Woke
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.models import Document
from ulak_server.exchange.law import happening
from ulak_server.exchange.outbound.stations import Packing, Preparing
from ulak_server.exchange.rooms import ENVELOPES
from ulak_server.exchange.shell import Outside
from ulak_server.exchange.worker import Context, Post, opened, stations

__all__ = ["Crew", "working"]

_HELD: Final = timedelta(days=30)
_IDLE: Final = 0.05
_ON_DEMAND: Final = frozenset({Preparing.name, Packing.name})


class _Nobody:
    """Makes no calls: what is packed stays."""

    free: Final = 0

    def carry_out(self, outside: Sequence[Outside]) -> None:
        """Nothing: alarm clocks ring for what was not done."""


class Crew:
    """Works the stations of one process.

    Args:
        context: with the keys and the calls.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self._lock = threading.RLock()
        self._always = [Post(one) for one in stations(context) if one.name not in _ON_DEMAND]
        self._preparing, self._packing = Preparing(context.keys, _Nobody()), Packing(_Nobody())

    def work(self) -> None:
        """Turn by turn, until the context says stop."""
        while not self.context.stop.is_set():
            with self._lock:
                done = sum(post.turn() for post in self._always)
            if not done:
                self.context.stop.wait(_IDLE)

    def prepared(self, accept: Callable[[], Sequence[int]]) -> list[UUID]:
        """Documents taken in and brought as far as their envelopes, which are held; the envelopes' ids.

        Args:
            accept: takes documents in that go together; their ids.
        """
        with self._lock:
            wanted = set(accept())
            while (found := _on_their_way(wanted)) and self._preparing.turn() + self._packing.turn():
                pass
            ids = _envelopes_of(wanted)
            hold(ids)
            if found:
                raise RuntimeError(f"documents were not packed: {sorted(found)}")
            return ids

    def let_go(self, id: UUID) -> None:
        """Send an envelope that was held, and wait until the call has ended."""
        with happening(actor="trial") as shell:
            row = shell.get(ENVELOPES, id)
            if row is not None:
                row.record = row.record._replace(wake_at=shell.now)
                row.changed = True
                shell.happen(ENVELOPES, id, Woke())
        self.context.calls.carry_out(shell.outside)
        self.context.calls.settle()


@contextmanager
def working(name: str) -> Iterator[Crew]:
    """A crew at work in a thread of its own, as long as the block lasts."""
    stop = threading.Event()
    with opened(name, stop) as context:
        crew = Crew(context)
        thread = threading.Thread(target=crew.work, name="crew", daemon=True)
        thread.start()
        try:
            yield crew
        finally:
            stop.set()
            thread.join()


def hold(ids: Sequence[UUID]) -> None:
    """Let these envelopes wait until they are let go."""
    with happening(actor="trial") as shell:
        for row in shell.load(ENVELOPES, ids):
            row.record = row.record._replace(wake_at=clock.now() + _HELD)
            row.changed = True


def _on_their_way(ids: set[int]) -> list[int]:
    with scoped(Role.PIPELINE):
        waiting = Document.objects.filter(id__in=ids, envelope=None).exclude(stage="faulty")
        return list(waiting.values_list("id", flat=True))


def _envelopes_of(ids: set[int]) -> list[UUID]:
    with scoped(Role.PIPELINE):
        found = Document.objects.filter(id__in=ids).order_by("id").values_list("envelope", flat=True)
        return list(dict.fromkeys(each for each in found if each is not None))
