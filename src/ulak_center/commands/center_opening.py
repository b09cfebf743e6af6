"""A center with everything that belongs to it: its folder, its seals, its clock, its taxpayers, and its worker."""

from __future__ import annotations

import fcntl
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from ulak_center.center import Center, Setup
from ulak_center.clock import Clock, RunningClock, VirtualClock
from ulak_center.commands.center_wishes import Wish
from ulak_center.courier import PooledCourier
from ulak_center.judging import Judge
from ulak_center.packs import Packs
from ulak_center.population import Population
from ulak_center.problems import center_error
from ulak_center.seals import Seals
from ulak_center.store import Store, moment
from ulak_center.web.sealed import Seals as MessageSeals
from ulak_center.web.site import Furnishing

__all__ = ["FILE", "Opened", "opened"]

FILE: Final = "center.sqlite"
_CLOCK: Final = "clock"


class Opened(NamedTuple):
    """A center that works.

    Attributes:
        pki: the folder of its seals and of the roots that it trusts.
    """

    center: Center
    furnishing: Furnishing
    pki: Path


@contextmanager
def opened(wish: Wish) -> Iterator[Opened]:
    """Open a center, let it work as long as the block lasts, and close it.

    Raises:
        UlakError: its folder or its seals cannot be used.
        OSError: its folder cannot be made.
    """
    with tempfile.TemporaryDirectory(prefix="ulak-center-") as temporary, ExitStack() as stack:
        folder = wish.data or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        stack.enter_context(_alone_in(folder))
        clock = _clock(wish, folder / FILE)
        pki = wish.pki or folder / "pki"
        seals = Seals.in_folder(pki, clock.now)
        center = _center(wish, folder, clock, seals)
        try:
            with _working(center):
                yield Opened(center, _furnishing(wish, center, seals), pki)
        finally:
            with center.lock, center.desk.store.step():
                center.desk.store.keep(_CLOCK, clock.now().isoformat())
            center.close()


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Two centers on one file would carry out the same tasks twice; the lock ends with the process, however it ends."""
    lock = os.open(folder / "center.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise center_error("center.data-in-use", path=folder) from None
        yield
    finally:
        os.close(lock)


def _center(wish: Wish, folder: Path, clock: Clock, seals: Seals) -> Center:
    packs = Packs()
    judge = Judge(packs.checker_of, documents=wish.judging, verify_seals=seals.trust if wish.verify_seals else None)
    setup = Setup(
        path=folder / FILE,
        seed=wish.seed,
        clock=clock,
        courier=PooledCourier(),
        synthetic=Population(wish.taxpayers, wish.seed) if wish.taxpayers else None,
        seals=seals,
        lists=folder / "lists",
    )
    return Center(setup, judge, packs)


def _furnishing(wish: Wish, center: Center, seals: Seals) -> Furnishing:
    return Furnishing(seals=MessageSeals(seals.trust, center.clock.now), token=wish.token)


def _clock(wish: Wish, file: Path) -> Clock:
    """A clock that goes on where the center ended: what is kept must not lie in its future."""
    start = max([wish.at or datetime.now(UTC), *_last(file)])
    return RunningClock(start, speed=wish.speed) if wish.speed else VirtualClock(start)


def _last(file: Path) -> list[datetime]:
    if not file.exists():
        return []
    store = Store(file)
    try:
        kept = store.setting(_CLOCK)
        row = store.row("select max(at) from states")
    finally:
        store.close()
    last = [moment(row[0])] if row and row[0] is not None else []
    return [*last, datetime.fromisoformat(kept)] if kept else last


@contextmanager
def _working(center: Center) -> Iterator[None]:
    stop = threading.Event()
    worker = threading.Thread(target=center.work, args=(stop,), name="center", daemon=True)
    worker.start()
    try:
        yield
    finally:
        stop.set()
        center.wake()
        worker.join()
