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
from ulak.errors import Text, UlakError
from ulak.wire import ServiceFault
from ulak.wire.efatura import NAMESPACE, SERVICE, Document, Query, hash_of
from ulak.wire.mtom import Payload
from ulak_center.courier import Courier, Delivered, Request
from ulak_center.ends.posting import Posted, post
from ulak_center.ends.problems import end_error
from ulak_center.ends.values import FINE, House, Packet
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
    """Well-formed XML that is no SOAP message; SOAP has a fault of its own for it, without a code of the service's."""
    UNKNOWN_OPERATION = "unknown-operation"
    """A SOAP message that asks for something that the service does not have."""


class Answered(NamedTuple):
    """What a service answered to a wrong call.

    Attributes:
        status: HTTP's; None if no answer came, or the service is in this process.
        code: of the service's own fault; None if it sent none.
        message: of the fault, letter by letter; if there was none, what was found instead, in Turkish.
        found: what was found instead of a fault; empty if there was one.
        expected: the codes that Ek-3 has for the mistake; empty where it has none of its own.
        is_right: whether the call was refused as Ek-3 has it.
        seconds: real ones.
    """

    mistake: Mistake
    url: str
    status: int | None
    code: int | None
    message: str
    found: Text
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
_START: Final = b'<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>'
_BODIES: Final[Mapping[Mistake, bytes]] = {
    Mistake.NOT_SOAP: b'<?xml version="1.0"?><hello/>',
    Mistake.MALFORMED: _START,
    Mistake.UNKNOWN_OPERATION: _START
    + b'<e:deleteDocument xmlns:e="'
    + NAMESPACE.encode()
    + b'"/></s:Body></s:Envelope>',
}
_OTHER_FAULTS: Final = frozenset({"wire.fault", "wire.fault-passing"})
_OWN_ALIAS: Final = "usergb"
"""An integrator's own address, from which it announces accounts (ÖEK V1.13, 5.1)."""
_NO_HASH: Final = "0" * 32
_LONGEST: Final = 90.0
_LONGEST_WORDS: Final = 500
_TAKEN: Final = Text("Hata dönmedi, çağrıyı kabul etti.", "It answered no fault and took the call.")
_SILENT: Final = Text("Yanıt gelmedi: {detail}", "No answer came: {detail}")
_ODD: Final = Text("Ek-3 biçiminde hata dönmedi. {detail}", "It answered no fault in the form of Ek-3. {detail}")


class _Heard(NamedTuple):
    """What came back from one call."""

    status: int | None
    code: int | None = None
    message: str = ""
    found: Text = FINE
    is_fault: bool = False

    @property
    def is_taken(self) -> bool:
        return self.found == _TAKEN


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
        heard = self._heard(mistake, url, receiver)
        expected = _EXPECTED.get(mistake, ())
        is_right = heard.code in expected if expected else heard.code is not None
        is_right |= mistake is Mistake.NOT_SOAP and heard.is_fault
        message = heard.message or heard.found.tr
        seconds = round(time.monotonic() - began, 6)
        answered = Answered(
            mistake, url, heard.status, heard.code, message[:_LONGEST_WORDS], heard.found, expected, is_right, seconds
        )
        self._note(answered, receiver)
        return answered

    def _heard(self, mistake: Mistake, url: str, receiver: Party) -> _Heard:
        if mistake in _BODIES:
            return _read(Query(), post(url, Payload(_SOAP, _BODIES[mistake])))
        packet = self._stray(receiver._replace(alias=receiver.alias or _OWN_ALIAS))
        good = Document(packet.name, packet.data, hash_of(packet.data))
        if mistake is Mistake.DUPLICATE:
            first = self._ask(url, good)
            return self._ask(url, good) if first.is_taken else first
        wrong: Mapping[Mistake, Request] = {
            Mistake.WRONG_HASH: good._replace(hash=_NO_HASH),
            Mistake.WRONG_NAME: good._replace(file_name=f"zarf-{packet.header.id[:8]}.zip"),
            Mistake.UNKNOWN_ID: Query(packet.header.id),
        }
        return self._ask(url, wrong[mistake])

    def _ask(self, url: str, request: Request) -> _Heard:
        if url.startswith(("http://", "https://")):
            return _read(request, post(url, SERVICE.write_request(request)))
        return self._ask_here(url, request)

    def _ask_here(self, url: str, request: Request) -> _Heard:
        landed, results = threading.Event(), list[Delivered]()

        def done(result: Delivered) -> None:
            results.append(result)
            landed.set()

        self._courier.send(url, lambda: request, done)
        landed.wait(_LONGEST)
        if not results:
            return _Heard(None, found=_SILENT.format(detail="-"))
        result = results[0]
        if result.response is not None:
            return _Heard(None, found=_TAKEN)
        if result.number is None:
            return _Heard(None, found=_ODD.format(detail=result.detail[:_LONGEST_WORDS]))
        return _Heard(None, result.number, result.detail)

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


def _read(request: Request, posted: Posted) -> _Heard:
    """The service's fault, or what was found instead."""
    if posted.status is None or posted.detail:
        return _Heard(posted.status, found=_SILENT.format(detail=posted.detail or "-"))
    try:
        SERVICE.read_response(request, posted.content_type, posted.body)
    except ServiceFault as fault:
        return _Heard(posted.status, fault.number, fault.message)
    except UlakError as error:
        return _Heard(posted.status, found=_ODD.format(detail=error.text), is_fault=error.code in _OTHER_FAULTS)
    return _Heard(posted.status, found=_TAKEN)
