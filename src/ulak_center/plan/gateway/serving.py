"""The gateway's service on the network, for GİB to call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from ulak.wire.efatura import SERVICE
from ulak.wire.wsdl import description
from ulak_center.plan.gateway.gateway import Gateway
from ulak_center.web.http import serving
from ulak_center.web.values import Answer, Refusing, Reply, Request

__all__ = ["PATH", "running"]

PATH: Final = "/services/EFatura"
_TEXT: Final = (("Content-Type", "text/plain; charset=utf-8"),)


class _Face(Refusing):
    """Hands SOAP messages to the gateway, once there is one."""

    gateway: Gateway | None = None

    def handle(self, request: Request) -> Answer:
        head = request.head
        if head.path != PATH or self.gateway is None:
            return Reply(404, b"404\n", _TEXT)
        if head.method == "GET" and head.query.lower() == "wsdl":
            xml = description(SERVICE, f"{head.base}{PATH}")
            return Reply(200, xml, (("Content-Type", "text/xml; charset=utf-8"),))
        if head.method != "POST":
            return Reply(405, b"405\n", (*_TEXT, ("Allow", "POST")))
        answer = self.gateway.soap(
            head.headers.get("content-type", ""), request.body, head.headers.get("soapaction", "")
        )
        return Reply(answer.status, answer.payload.body, tuple(answer.payload.headers.items()))


@contextmanager
def running(make: Callable[[str], Gateway], host: str = "127.0.0.1", port: int = 0) -> Iterator[Gateway]:
    """A gateway behind a service of its own, as long as the block lasts.

    Args:
        make: makes the gateway from the address at which it is served.
        port: 0 takes a free one.
    """
    face = _Face()
    with serving(face, host, port) as address:
        gateway = face.gateway = make(f"{address.url}{PATH}")
        try:
            yield gateway
        finally:
            gateway.close()
