"""Everything goes wrong, from a seed: Merkez's faults, killed processes, a shot database, a permission taken away."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

import httpx

from center_registry import INTEGRATOR
from platform_installation import Installation, Merkez, wait_until

__all__ = ["FAULTS", "Chaos"]

_EVEN_IF_DOWN: Final = 0.1
"""How likely something is struck that is just getting up again; always would mean that it never gets up."""
_STATUSES: Final = (1120, 1140, 1150, 1160, 1162, 1163, 1170, 1175, 1180, 1190, 1195)
FAULTS: Final[tuple[dict[str, Any], ...]] = (
    {"action": "refuse", "times": 2},
    {"action": "error", "times": 2},
    {"action": "slow", "seconds": 1},
    {"action": "timeout"},
    *({"action": "fault", "number": number, "operation": "sendDocument"} for number in (2000, 2001, 2002, 2003, 2005)),
    {"action": "fault", "number": 2006, "operation": "sendDocument"},
    {"action": "fault", "number": 2007, "operation": "sendDocument"},
    {"action": "fault", "number": 2004, "operation": "getApplicationResponse"},
    {"action": "fault", "number": 2005, "operation": "getApplicationResponse"},
    {"action": "wrong-hash", "place": "take"},
    {"action": "wrong-hash", "place": "deliver"},
    {"action": "outage", "place": "take", "times": 3},
    {"action": "outage", "place": "deliver", "times": 2},
    *({"action": "status", "number": number} for number in _STATUSES),
    {"action": "unknown-alias"},
    {"action": "lost", "place": "respond"},
    {"action": "lost", "place": "deliver", "envelope_type": "SYSTEMENVELOPE"},
    {"action": "unreachable"},
    {"action": "duplicate", "times": 3},
    {"action": "out-of-order", "seconds": 2},
)
"""Each kind that the center can script, at every place where it can strike."""


class Chaos:
    """Strikes while documents are handed in.

    Attributes:
        struck: what was done, and how often.
    """

    def __init__(self, platform: Installation, merkez: Merkez, seed: int) -> None:
        self.platform, self.merkez = platform, merkez
        self.chance = random.Random(seed)
        self.struck: Counter[str] = Counter()
        self._faults = list(FAULTS)
        self.chance.shuffle(self._faults)
        self._once: list[Callable[[], None]] = [
            self.shoot_database,
            self.suspend,
            self.shoot_everything,
            self.shoot_database,
        ]

    def run(self, goes_on: Callable[[], bool], least: float, most: float) -> None:
        """Strike as long as work goes on, at least so many seconds and until everything was done that is to be."""
        began = time.monotonic()
        next_heavy = began + 3
        while True:
            now = time.monotonic()
            done = not self._faults and not self._once and not goes_on() and now - began > least
            if done or now - began > most:
                return
            self.script()
            self.platform.keep_up()
            if now > next_heavy and (self.platform.is_up() or self.chance.random() < _EVEN_IF_DOWN):
                self.heavy()
                next_heavy = time.monotonic() + 3.5
            time.sleep(self.chance.uniform(0.2, 0.5))

    def script(self) -> None:
        """One more fault of Merkez's: each kind once, and then any."""
        fault = self._faults.pop() if self._faults else self.chance.choice(FAULTS)
        with suppress(httpx.TransportError):
            self.merkez.post("/faults", **fault)
            self.struck[f"{fault['action']} {fault.get('number', fault.get('place', ''))}".strip()] += 1

    def heavy(self) -> None:
        """What is rare: first what is to be done once, with single processes killed in between."""
        if self._once and self.chance.random() < 0.5:
            self._once.pop(0)()
        else:
            self.kill_one()

    def kill_one(self) -> None:
        """``kill -9`` of the web server, a worker or the jobs."""
        children = self.platform.children()
        if not children:
            return
        victim = self.chance.choice(sorted(children))
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
            self.struck[f"kill {children[victim]}"] += 1

    def shoot_database(self) -> None:
        self.platform.shoot_database()
        self.struck["shoot database"] += 1

    def shoot_everything(self) -> None:
        """The supervisor and all of its processes at one instant, as a machine that loses its power; then a start."""
        for one in (*self.platform.children(), self.platform.process.pid):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self.platform.process.wait()
        self.platform.start()
        self.struck["kill everything"] += 1

    def suspend(self) -> None:
        self.merkez.post("/suspensions", number=INTEGRATOR)
        time.sleep(1.0)
        self.merkez.delete(f"/suspensions/{INTEGRATOR}")
        self.struck["suspend"] += 1

    def end(self) -> None:
        """No more faults, and all gets up again: what was struck last may have ended the platform itself."""
        self.merkez.delete("/faults")
        wait_until(self._gets_up, 120)

    def _gets_up(self) -> bool:
        self.platform.keep_up()
        return self.platform.is_up()
