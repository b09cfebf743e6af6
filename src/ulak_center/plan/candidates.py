"""Who can be put to the plan, by name: the small gateway, and what other packages bring.

Another package names its candidate in the entry-point group ``ulak.candidates``: name → a function that takes
`Surroundings` and gives a context manager of a `Candidate`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final, NamedTuple

from ulak.seal.trust import Trust
from ulak_center.plan.candidate import Candidate
from ulak_center.plan.gateway import Gateway
from ulak_center.plan.gateway.keys import keys_of
from ulak_center.plan.gateway.serving import running
from ulak_center.plan.problems import plan_error

__all__ = ["GATEWAY", "GROUP", "Opener", "Surroundings", "names", "opener"]

GATEWAY: Final = "gateway"
"""The small gateway that comes with the plan."""
GROUP: Final = "ulak.candidates"


class Surroundings(NamedTuple):
    """What a candidate is given.

    Attributes:
        merkez: address of Merkez's EFatura service.
        pki: folder with the keys of the integrator and its customers, and the roots.
        trust: judges the seals of what comes in.
        now: GİB's time, aware.
        host, port: where the service that GİB calls is to listen; port 0 takes a free one.
    """

    merkez: str
    pki: Path
    trust: Trust
    now: Callable[[], datetime]
    host: str = "127.0.0.1"
    port: int = 0


Opener = Callable[[Surroundings], AbstractContextManager[Candidate]]


def names() -> tuple[str, ...]:
    """All names, the gateway's first."""
    return (GATEWAY, *sorted(one.name for one in entry_points(group=GROUP)))


def opener(name: str) -> Opener:
    """What opens the candidate of a name; raises PlanError ``plan.candidate``."""
    if name == GATEWAY:
        return _gateway
    for one in entry_points(group=GROUP):
        if one.name == name:
            found: Opener = one.load()
            return found
    raise plan_error("plan.candidate", name=name, known=", ".join(names()))


@contextmanager
def _gateway(given: Surroundings) -> Iterator[Candidate]:
    keys = keys_of(given.pki)

    def make(url: str) -> Gateway:
        return Gateway(given.merkez, url, keys=keys, trust=given.trust, now=given.now, chance=random.SystemRandom())

    with running(make, given.host, given.port) as gateway:
        yield gateway
