"""A center in this process, for a run of the plan that needs no other machine."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ulak_center.center import Center, Setup
from ulak_center.clock import Clock
from ulak_center.judging import Judge
from ulak_center.packs import Packs
from ulak_center.policy import Policy
from ulak_center.seals import Seals
from ulak_center.web.http import serving
from ulak_center.web.site import Site

__all__ = ["laboratory"]


@contextmanager
def laboratory(
    seals: Seals,
    *,
    clock: Clock | None = None,
    seed: int = 1,
    policy: Policy | None = None,
    publishes: bool = False,
) -> Iterator[str]:
    """A center on a free port, as long as the block lasts; gives its address.

    Args:
        seals: what the portal user and GİB seal with, and whose seals they take.
        clock: None for the real time. One that stands still is moved by the plan.
        seed: of all that the center makes up.
        policy: how fast it works.
        publishes: whether it publishes user lists.
    """
    packs = Packs()
    with tempfile.TemporaryDirectory(prefix="ulak-lists-") as lists:
        setup = Setup(
            seed=seed, clock=clock, policy=policy or Policy(), seals=seals, lists=Path(lists) if publishes else None
        )
        with _working(Center(setup, Judge(packs.checker_of), packs)) as center, serving(Site(center)) as address:
            yield address.url


@contextmanager
def _working(center: Center) -> Iterator[Center]:
    """A center at work in a thread of its own."""
    stop = threading.Event()
    worker = threading.Thread(target=center.work, args=(stop,), name="center", daemon=True)
    worker.start()
    try:
        yield center
    finally:
        stop.set()
        center.wake()
        worker.join()
        center.close()
