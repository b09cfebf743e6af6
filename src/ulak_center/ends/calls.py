"""Calls that Merkez makes wrongly on purpose, to see how an integrator's service refuses them.

Source: e-Fatura Test Planı V1.3, 5.1.2 b and 5.2.2 b: the service answers with a fault in the form of Ek-3, of which
GİB sees the code and the message.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.envelope import Party
from ulak.errors import UlakError
from ulak.wire import ServiceFault
from ulak.wire.efatura import SERVICE, Document, Query, Receipt, SystemResponse, hash_of
from ulak.wire.mtom import Payload
from ulak_center.courier import Courier, Delivered, Request
from ulak_center.ends.posting import Posted, post
from ulak_center.ends.problems import end_error
from ulak_center.ends.values import House, Packet
from ulak_center.registry import Integrator
from ulak_center.values import Role

__all__ = ["Answered", "FaultyCalls", "Mistake"]


class Mistake(StrEnum):
    """What is wrong with a call."""

    WRONG_HASH = "wrong-hash"
    WRONG_NAME = "wrong-name"
    DUPLICATE = "duplicate"
    """The same envelope twice; the first call is right."""
    UNKNOWN_ID = "unknown-id"
    """A question about an envelope that nobody knows."""
    MALFORMED = "malformed"
    """A SOAP message that ends in the middle."""
    NOT_SOAP = "not-soap"
    """Well-formed XML that is no SOAP message."""


class Answered(NamedTuple):
    """What a service answered to a wrong call.

    Attributes:
        status: HTTP's; None if no answer came, or the service is in this process.
        code: of the service's own fault; None if it sent none.
        message: of the fault, or what was answered instead.
        expected: the codes that Ek-3 has for the mistake; empty where it has none of its own.
        is_right: whether the call was refused as Ek-3 has it.
        seconds: real ones.
    """

    mistake: Mistake
    url: str
    status: int | None
    code: int | None
    message: str
    expected: tuple[int, ...]
    is_right: bool
    seconds: float


_EXPECTED: Final[Mapping[Mistake, tuple[int, ...]]] = {
    Mistake.WRONG_HASH: (2000,),
    Mistake.WRONG_NAME: (2006,),
    Mistake.DUPLICATE: (2001,),
    Mistake.UNKNOWN_ID: (2004,),
}
_SOAP: Final = "application/soap+xml; charset=utf-8"
_CUT: Final = b'<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>'
_OTHER: Final = b'<?xml version="1.0"?><hello/>'
_NO_HASH: Final = "0" * 32
_LONGEST: Final = 90.0
_TAKEN: Final = "taken without a fault"


class FaultyCalls:
    """Makes wrong calls. Threads may share it; the center's lock is not held while a service is called.

    Args:
        courier: calls services in this process; those behind HTTP are called directly, so that HTTP's status is seen.
        stray: makes an envelope that needs no answer, for a receiver.
    """

    def __init__(self, house: House, courier: Courier, stray: Callable[[Party], Packet]) -> None:
        self._house, self._courier, self._stray = house, courier, stray

    def call(self, mistake: Mistake, receiver: Party) -> Answered:
        """Call the service that serves an address, wrongly.

        Raises:
            CenterError: ``center.no-endpoint``.
        """
        url = self._url(receiver)
        began = time.monotonic()
        if mistake in (Mistake.MALFORMED, Mistake.NOT_SOAP):
            body = _CUT if mistake is Mistake.MALFORMED else _OTHER
            found = _read(Query(), post(url, Payload(_SOAP, body)))
        else:
            found = self._called_with(mistake, url, receiver)
        status, code, message = found
        expected = _EXPECTED.get(mistake, ())
        is_right = code in expected if expected else code is not None
        answered = Answered(
            mistake, url, status, code, message[:500], expected, is_right, round(time.monotonic() - began, 6)
        )
        self._note(answered, receiver)
        return answered

    def _called_with(self, mistake: Mistake, url: str, receiver: Party) -> tuple[int | None, int | None, str]:
        packet = self._stray(receiver)
        good = Document(packet.name, packet.data, hash_of(packet.data))
        if mistake is Mistake.DUPLICATE:
            first = self._ask(url, good)
            return first if first[1] is not None else self._ask(url, good)
        wrong: Mapping[Mistake, Request] = {
            Mistake.WRONG_HASH: good._replace(hash=_NO_HASH),
            Mistake.WRONG_NAME: good._replace(file_name=f"zarf-{packet.header.id[:8]}.zip"),
            Mistake.UNKNOWN_ID: Query(packet.header.id),
        }
        return self._ask(url, wrong[mistake])

    def _ask(self, url: str, request: Request) -> tuple[int | None, int | None, str]:
        if url.startswith(("http://", "https://")):
            return _read(request, post(url, SERVICE.write_request(request)))
        return self._ask_here(url, request)

    def _ask_here(self, url: str, request: Request) -> tuple[int | None, int | None, str]:
        landed, found = threading.Event(), list[Delivered]()

        def done(result: Delivered) -> None:
            found.append(result)
            landed.set()

        self._courier.send(url, request, done)
        landed.wait(_LONGEST)
        if not found:
            return None, None, "no answer"
        result = found[0]
        return None, result.number, result.detail if result.response is None else _said(result.response)

    def _url(self, receiver: Party) -> str:
        with self._house.lock:
            desk = self._house.desk
            integrator = desk.registry.operator_of(receiver, desk.clock.now())
            if integrator is None:
                raise end_error("center.no-endpoint", number=receiver.number[:50], alias=receiver.alias[:100])
            roles = {unit.role for unit in desk.registry.units(receiver.number) if unit.alias == receiver.alias}
            return _endpoint(integrator, roles)

    def _note(self, answered: Answered, receiver: Party) -> None:
        desk = self._house.desk
        operation = "getApplicationResponse" if answered.mistake is Mistake.UNKNOWN_ID else "sendDocument"
        outcome = f"{answered.mistake}: {answered.code or 'no fault'}"
        with self._house.lock:
            at = desk.clock.now()
            desk.book.note_call(at, "out", operation, receiver.number, "", outcome, answered.seconds)


def _endpoint(integrator: Integrator, roles: set[Role]) -> str:
    return integrator.endpoint_pk if roles == {Role.PK} else integrator.endpoint_gb


def _read(request: Request, posted: Posted) -> tuple[int | None, int | None, str]:
    """HTTP's status, the number of the service's fault, and its words or what was found instead."""
    if posted.status is None or posted.detail:
        return posted.status, None, posted.detail
    try:
        response = SERVICE.read_response(request, posted.content_type, posted.body)
    except ServiceFault as fault:
        return posted.status, fault.number, fault.message
    except UlakError as error:
        return posted.status, None, f"{error.code}: {error.text.tr}"
    return posted.status, None, _said(response)


def _said(response: Receipt | SystemResponse) -> str:
    words = response.message if isinstance(response, Receipt) else response.xml
    return f"{_TAKEN}: {words}"
