"""Calls that Merkez makes to the endpoints of integrators.

In line, one after the other, when everything is to happen in the same order every time; by threads when slow receivers
must not hold up the others.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, NamedTuple, Protocol

from ulak.errors import UlakError
from ulak.wire import ServiceFault
from ulak.wire.client import Client, Times
from ulak.wire.efatura import SERVICE, Document, Query, Receipt, SystemResponse

__all__ = ["Courier", "Delivered", "Endpoint", "InlineCourier", "PooledCourier", "Wanted", "connect"]

Request = Document | Query
Wanted = Callable[[], Request]
"""Gives a request when its turn has come: thousands may wait, and their envelopes must not wait in memory."""
Endpoint = Callable[[Request], Receipt | SystemResponse]
"""An integrator's service: raises `ServiceFault` or `WireError`."""
Connect = Callable[[str], Endpoint]
_TIMES: Final = Times(connect=5.0, silence=30.0, total=60.0)


class Delivered(NamedTuple):
    """What became of a call.

    Attributes:
        response: None if it failed.
        number: of the service's own fault; None for any other failure.
        detail: the other side's words, or what went wrong.
        seconds: real seconds it took.
    """

    response: Receipt | SystemResponse | None
    number: int | None
    detail: str
    seconds: float

    @property
    def outcome(self) -> str:
        """One word for the log: ``ok``, the fault's number, or ``failed``."""
        if self.response is not None:
            return "ok"
        return "failed" if self.number is None else str(self.number)


@dataclass
class _Lane:
    """Calls to one address: those that wait, clients that nobody uses, and the number of threads at work."""

    waiting: deque[tuple[Wanted, Callable[[Delivered], None]]]
    idle: list[Client[Request, Receipt | SystemResponse]]
    busy: int = 0


class Courier(Protocol):
    """Carries calls out."""

    def send(self, url: str, wanted: Wanted, done: Callable[[Delivered], None]) -> None:
        """Call ``url`` now or soon with what ``wanted`` gives then, and ``done`` with what became of it."""

    def close(self) -> None:
        """Let go of connections and threads."""


class InlineCourier:
    """Calls at once and waits.

    Args:
        endpoints: endpoints in this process by their address; others are called over the network.
    """

    def __init__(self, endpoints: Mapping[str, Endpoint] | None = None) -> None:
        self._endpoints: dict[str, Endpoint] = dict(endpoints or {})
        self._clients: dict[str, Client[Request, Receipt | SystemResponse]] = {}

    def add(self, url: str, endpoint: Endpoint) -> None:
        """Make an endpoint in this process known."""
        self._endpoints[url] = endpoint

    def send(self, url: str, wanted: Wanted, done: Callable[[Delivered], None]) -> None:
        done(attempted(self._endpoints.get(url) or self._client(url), wanted))

    def close(self) -> None:
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def _client(self, url: str) -> Endpoint:
        def call(request: Request) -> Receipt | SystemResponse:
            client = self._clients.get(url)
            if client is None:
                client = self._clients[url] = connect(url)
            return client.call(request)

        return call


class PooledCourier:
    """Calls from threads, a few at a time to each address, so that a slow receiver holds up nobody but itself.

    Args:
        most: calls to one address at a time.
        patience: real seconds that the end waits for calls under way; what becomes of later ones nobody is told.
    """

    def __init__(self, most: int = 4, patience: float = 2.0) -> None:
        self._most, self._patience = most, patience
        self._lanes: dict[str, _Lane] = {}
        self._changed = threading.Condition()
        self._telling = threading.Lock()
        self._closed = False

    def send(self, url: str, wanted: Wanted, done: Callable[[Delivered], None]) -> None:
        with self._changed:
            lane = self._lanes.setdefault(url, _Lane(deque(), []))
            lane.waiting.append((wanted, done))
            if lane.busy < self._most and not self._closed:
                lane.busy += 1
                threading.Thread(target=self._work, args=(url, lane), name="courier", daemon=True).start()

    def close(self) -> None:
        with self._changed:
            for lane in self._lanes.values():
                lane.waiting.clear()
            self._changed.wait_for(lambda: not any(lane.busy for lane in self._lanes.values()), self._patience)
        with self._telling:
            self._closed = True
        for lane in self._lanes.values():
            for client in lane.idle:
                client.close()

    def _work(self, url: str, lane: _Lane) -> None:
        try:
            while job := self._next(lane):
                self._carry(url, lane, *job)
        finally:
            with self._changed:
                lane.busy -= 1
                self._changed.notify_all()

    def _next(self, lane: _Lane) -> tuple[Wanted, Callable[[Delivered], None]] | None:
        with self._changed:
            return lane.waiting.popleft() if lane.waiting else None

    def _carry(self, url: str, lane: _Lane, wanted: Wanted, done: Callable[[Delivered], None]) -> None:
        result = attempted(partial(self._called, url, lane), wanted)
        with self._telling:
            if not self._closed:
                done(result)

    def _called(self, url: str, lane: _Lane, request: Request) -> Receipt | SystemResponse:
        with self._changed:
            client = lane.idle.pop() if lane.idle else None
        client = client or connect(url)
        try:
            return client.call(request)
        finally:
            with self._changed:
                lane.idle.append(client)


def connect(url: str) -> Client[Request, Receipt | SystemResponse]:
    """A client of an EFatura service; plain HTTP is let pass, since the simulation runs on one machine."""
    return Client(SERVICE, url, times=_TIMES, allow_http=True)


def attempted(endpoint: Endpoint, wanted: Wanted) -> Delivered:
    """Call an endpoint once; whatever it raises becomes a result."""
    began = time.monotonic()
    try:
        response = endpoint(wanted())
    except ServiceFault as fault:
        return Delivered(None, fault.number, fault.message, time.monotonic() - began)
    except UlakError as error:
        return Delivered(None, None, f"{error.code}: {error.text.tr}", time.monotonic() - began)
    except Exception as error:  # a call that never lands would hold up the clock
        return Delivered(None, None, f"{type(error).__name__}: {str(error)[:200]}", time.monotonic() - began)
    return Delivered(response, None, "", time.monotonic() - began)
