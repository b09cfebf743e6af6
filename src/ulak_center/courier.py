"""Calls that Merkez makes to the endpoints of integrators.

In line, one after the other, when everything is to happen in the same order every time; by a pool of threads when slow
receivers must not hold up the others.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple, Protocol

from ulak.errors import UlakError
from ulak.wire import ServiceFault
from ulak.wire.client import Client, Times
from ulak.wire.efatura import SERVICE, Document, Query, Receipt, SystemResponse

__all__ = ["Courier", "Delivered", "Endpoint", "InlineCourier", "PooledCourier", "connect"]

Request = Document | Query
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


class Courier(Protocol):
    """Carries calls out."""

    def send(self, url: str, request: Request, done: Callable[[Delivered], None]) -> None:
        """Call ``url`` now or soon, then ``done`` with what became of it."""

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

    def send(self, url: str, request: Request, done: Callable[[Delivered], None]) -> None:
        done(attempted(self._endpoints.get(url) or self._client(url), request))

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
    """Calls from a pool of threads, each with its own connections."""

    def __init__(self, workers: int = 8) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="courier")
        self._own = threading.local()
        self._all: list[InlineCourier] = []

    def send(self, url: str, request: Request, done: Callable[[Delivered], None]) -> None:
        self._pool.submit(self._carry, url, request, done)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        for courier in self._all:
            courier.close()

    def _carry(self, url: str, request: Request, done: Callable[[Delivered], None]) -> None:
        courier: InlineCourier | None = getattr(self._own, "courier", None)
        if courier is None:
            courier = self._own.courier = InlineCourier()
            self._all.append(courier)
        courier.send(url, request, done)


def connect(url: str) -> Client[Request, Receipt | SystemResponse]:
    """A client of an EFatura service; plain HTTP is let pass, since the simulation runs on one machine."""
    return Client(SERVICE, url, times=_TIMES, allow_http=True)


def attempted(endpoint: Endpoint, request: Request) -> Delivered:
    """Call an endpoint once; whatever it raises becomes a result."""
    began = time.monotonic()
    try:
        response = endpoint(request)
    except ServiceFault as fault:
        return Delivered(None, fault.number, fault.message, time.monotonic() - began)
    except UlakError as error:
        return Delivered(None, None, f"{error.code}: {error.text.tr}", time.monotonic() - began)
    except Exception as error:  # a call that never lands would hold up the clock
        return Delivered(None, None, f"{type(error).__name__}: {str(error)[:200]}", time.monotonic() - began)
    return Delivered(response, None, "", time.monotonic() - began)
