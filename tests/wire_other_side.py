"""The other side of a service on this machine: it answers each request with the next thing that it was given to say."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from ulak.errors import UlakError
from ulak.seal.wssecurity.names import wsse
from ulak.wire import Call, Service, efatura
from wire_server import Heard, http, serving

__all__ = ["HANG_UP", "RECEIPT", "OtherSide", "listening"]

HANG_UP: Final = "hang up"
RECEIPT: Final = "receipt"
"""Stands for the right receipt of whatever envelope comes."""


class OtherSide:
    """One end of a service.

    Attributes:
        calls: what came in.
    """

    def __init__(self, service: Service[Any, Any], *answers: object) -> None:
        self.service = service
        self.answers = list(answers)
        self.calls: list[Call[Any]] = []

    def __call__(self, connection: socket.socket, heard: Heard) -> None:
        kind, action = heard.headers["content-type"], heard.headers.get("soapaction", "")
        call = self.service.read_request(kind, heard.body, soap_action=action, understood={wsse("Security")})
        self.calls.append(call)
        answer = self.answers.pop(0)
        if answer == HANG_UP:
            connection.shutdown(socket.SHUT_RDWR)
            return
        if answer == RECEIPT:
            answer = efatura.Receipt("ZARF KUYRUGA EKLENDI", efatura.hash_of(call.request.data))
        if isinstance(answer, UlakError):
            reply = self.service.write_fault(answer)
        else:
            reply = self.service.write_response(call, answer)
        connection.sendall(http(reply.status, reply.payload.content_type, reply.payload.body))

    @property
    def operations(self) -> list[str]:
        """The names of what was called, in order."""
        return [call.operation.name for call in self.calls]


@contextmanager
def listening(service: Service[Any, Any], *answers: object) -> Iterator[tuple[str, OtherSide]]:
    """An other side at an address, as long as the block lasts."""
    other = OtherSide(service, *answers)
    with serving(other) as (port, _):
        yield f"http://127.0.0.1:{port}/EFaturaMerkez/services/EFatura", other
