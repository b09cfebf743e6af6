"""The platform and the simulated Merkez in one process and by one clock: everything but the processes is real."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from center_registry import INTEGRATOR
from center_support import Laboratory, laboratory
from center_web import on_network
from seal_pki import pki_folder, trust_folder
from ulak_center.web.site import EFATURA
from ulak_server import clock
from ulak_server.exchange.accounts.station import Requests
from ulak_server.exchange.alarms import Alarms
from ulak_server.exchange.calls.carrying import Calls
from ulak_server.exchange.inbound import endpoint
from ulak_server.exchange.inbound.station import Opener
from ulak_server.exchange.keys import Address, KeyRing, trust
from ulak_server.exchange.outbound.parcels import parcel
from ulak_server.exchange.outbound.stations import Packing, Preparing
from ulak_server.exchange.station import Station

__all__ = ["Merkez", "environment", "merkez"]


class Merkez:
    """Both sides.

    Attributes:
        lab: the center.
        calls: the platform's.
        stations: of one worker.
        key: that of the integrator.
        url: the center's site.
    """

    def __init__(self, lab: Laboratory, calls: Calls, stations: tuple[Station, ...], key: Address, url: str) -> None:
        self.lab, self.calls, self.stations, self.key, self.url = lab, calls, stations, key, url

    def work(self, rounds: int = 200) -> None:
        """Let the worker work until it has nothing to do."""
        for _ in range(rounds):
            done = sum(station.turn() for station in self.stations)
            assert self.calls.settle(30)
            if not done:
                return
        raise AssertionError("the worker never comes to rest")

    def pass_time(self, **by: float) -> None:
        """Let time pass for both, and both do what is due then."""
        self.lab.pass_time(**by)
        self.work()

    def settle(self, times: int = 12) -> None:
        """A few seconds in which envelopes and their system responses come and go."""
        self.work()
        for _ in range(times):
            self.pass_time(seconds=1)


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """Variables of the installation, for a while."""
    known: Any = settings.ENVIRONMENT.values
    before = {name: known[name] for name in values}
    known.update(values)
    trust.cache_clear()
    try:
        yield
    finally:
        known.update(before)
        trust.cache_clear()


@contextmanager
def merkez(*, seal: Path | None = None, **changes: Any) -> Iterator[Merkez]:
    """Both sides, joined by a network for what goes out and by calls in the process for what comes in.

    Args:
        seal: the file of the integrator's key; None: that of the test PKI.
    """
    key = Address(f"pkcs12:{seal or pki_folder() / f'integrator-{INTEGRATOR}.p12'}", INTEGRATOR)
    with ExitStack() as stack:
        stack.enter_context(environment(ULAK_INTEGRATOR_NUMBER=INTEGRATOR, ULAK_TRUST=str(trust_folder())))
        lab = laboratory(**changes)
        lab.courier.add("memory:kurum", endpoint.call)
        clock.use(lab.center.clock.now)
        stack.callback(clock.use, None)
        stack.callback(lab.center.close)
        address = stack.enter_context(on_network(lab.center))
        calls = Calls(parcel, url=address.url + EFATURA)
        stack.callback(calls.close)
        keys = KeyRing(lambda: key)
        stack.callback(keys.close)
        stations = (Alarms(calls), Preparing(keys, calls), Packing(calls), Opener(), Requests(keys))
        yield Merkez(lab, calls, stations, key, address.url)
