"""One of GİB's services behind a path: messages read, faults that strike, answers and faults written."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple, Protocol, cast

from ulak.errors import Text, UlakError
from ulak.wire import Call, Service, ServiceFault, WireError
from ulak.wire import Reply as Written
from ulak.wire.efatura import Document, Query, Receipt
from ulak.wire.media import media_type
from ulak.wire.soap import spoken
from ulak.wire.wsdl import description
from ulak_center.clock import Clock
from ulak_center.faults import Action, Circumstance, Fault, Faults, Place
from ulak_center.web.mischief import INSTEAD, WRONG_HASH, instead, spoiled
from ulak_center.web.sealed import SECURITY, Seals
from ulak_center.web.values import Admitted, Answer, Drop, Head, Refusal, Reply, Request

__all__ = ["CarryOut", "Logbook", "SoapPort", "Wanted"]

_STATUS: Final = {
    "wire.content-type": 415,
    "wire.media-type": 415,
    "wire.too-large": 413,
    "wire.too-much-markup": 413,
    "xml.too-large": 413,
}
_TO_ANYTHING: Final = INSTEAD | {Action.SLOW, Action.TIMEOUT}
"""What can happen to a call that nobody could read."""
_XML: Final = (("Content-Type", "text/xml; charset=utf-8"),)
_TEXT: Final = (("Content-Type", "text/plain; charset=utf-8"),)
_HERE: Final = Text(
    "Bu adres SOAP iletileri içindir (POST). Tanımı: {url}?wsdl",
    "This address is for SOAP messages (POST). Its description: {url}?wsdl",
)
_METHOD: Final = Text("Bu adres yalnız GET ve POST bilir.", "This address knows GET and POST only.")


class Wanted(NamedTuple):
    """What is asked of a service.

    Attributes:
        caller: IP of the client.
        signer: VKN or TCKN that sealed the message; empty where none did, or the service knows no seals.
    """

    request: Any
    caller: str
    signer: str = ""


CarryOut = Callable[[Wanted], Any]
"""Carries out a request and gives the response, or raises `ServiceFault`."""


class Logbook(Protocol):
    """Keeps what was called."""

    def note_call(self, operation: str, party: str, envelope: str, outcome: str, seconds: float) -> None:
        """Note a call that came in."""


class SoapPort:
    """A service at a path.

    Args:
        seals: judges the seals of messages, for services that demand them.
    """

    def __init__(
        self,
        service: Service[Any, Any],
        carry_out: CarryOut,
        *,
        faults: Faults,
        clock: Clock,
        log: Logbook,
        seals: Seals | None = None,
    ) -> None:
        self._service, self._carry_out = service, carry_out
        self._faults, self._clock, self._log, self._seals = faults, clock, log, seals

    def admit(self, head: Head) -> Admitted | Answer:
        """Let a message come, unless a fault strikes that needs no more than its head."""
        if head.method != "POST":
            return Admitted(0)
        operation = self._said_by(head)
        if operation is None:
            return Admitted()
        fault = self._struck(operation)
        answer = instead(fault)
        if answer is None:
            return Admitted(note=(fault,))
        self._note(operation, head, "", _named(fault))
        return answer

    def handle(self, request: Request) -> Answer:
        """Answer a message, or describe the service."""
        head = request.head
        if head.method == "POST":
            return self._call(request)
        if head.method not in ("GET", "HEAD"):
            return Reply(405, _said(_METHOD), (*_TEXT, ("Allow", "GET, HEAD, POST")))
        url = head.base + head.path
        if head.query.lower() == "wsdl":
            return Reply(200, description(self._service, url), _XML)
        return Reply(200, _said(_HERE.format(url=url)), _TEXT)

    def refuse(self, head: Head, refusal: Refusal) -> Reply:
        """The service's fault for what HTTP refused."""
        error = WireError("center.http", refusal.text)
        self._note("", head, "", str(refusal.status))
        return self._fault(head, error)._replace(status=refusal.status)

    def _call(self, request: Request) -> Answer:
        began, head = time.monotonic(), request.head
        operation, subject = self._said_by(head) or "", ""
        fault: Fault | None = request.note[0] if request.note else None
        try:
            call = self._read(request)
            operation, subject = call.operation.name, _subject(call.request)
            if request.note is None:
                fault = self._struck(operation)
            answer, outcome = self._answered(call, head, fault)
        except UlakError as error:
            if request.note is None and not operation:
                fault = self._struck("")
            answer, outcome = spoiled(fault, self._fault(head, error)), _outcome(error)
        self._note(operation, head, subject, f"{outcome} {_named(fault)}".strip(), time.monotonic() - began)
        return instead(fault) or answer

    def _read(self, request: Request) -> Call[Any]:
        headers = request.head.headers
        return self._service.read_request(
            headers.get("content-type", ""),
            request.body,
            soap_action=headers.get("soapaction", ""),
            understood=(SECURITY,) if self._seals else (),
        )

    def _answered(self, call: Call[Any], head: Head, fault: Fault | None) -> tuple[Answer, str]:
        if instead(fault):
            return Drop(), ""
        if fault is not None and fault.action is Action.FAULT:
            raise self._service.fault_of(call.operation, fault.number)
        signer = self._seals.signer(call) if self._seals else None
        try:
            response = self._carry_out(Wanted(call.request, head.caller, signer.number if signer else ""))
        except ServiceFault as error:
            if signer is None or not signer.code:
                raise
            raise _explained(error, signer.code) from None
        if fault is not None and fault.action is Action.WRONG_HASH and isinstance(response, Receipt):
            response = response._replace(hash=WRONG_HASH)
        return spoiled(fault, _reply(self._service.write_response(call, response))), "ok"

    def _struck(self, operation: str) -> Fault | None:
        can = _TO_ANYTHING | self._possible_in(operation) if operation else _TO_ANYTHING
        return self._faults.strike(Circumstance(Place.TAKE, self._clock.now(), operation, can=can))

    def _possible_in(self, operation: str) -> frozenset[Action]:
        """What can happen to a call once it is known what it asks for: a wrong hash needs a receipt."""
        has_receipt = self._service.named(operation).response.type.make is Receipt
        return frozenset({Action.FAULT, Action.WRONG_HASH} if has_receipt else {Action.FAULT})

    def _said_by(self, head: Head) -> str | None:
        """The operation that the head of a request names; None if it names none of this service."""
        said = head.headers.get("soapaction", "") or _action(head.headers.get("content-type", ""))
        plain = said.strip().strip('"').rpartition(":")[2].rpartition("/")[2].lower()
        return next((one.name for one in self._service.operations if one.name.lower() == plain), None)

    def _fault(self, head: Head, error: UlakError) -> Reply:
        version = spoken(head.headers.get("content-type", ""))
        written = _reply(self._service.write_fault(error, version=version))
        return written._replace(status=_STATUS.get(error.code, written.status))

    def _note(self, operation: str, head: Head, subject: str, outcome: str, seconds: float = 0.0) -> None:
        self._log.note_call(operation or self._service.name, head.caller, subject, outcome, seconds)


def _explained(fault: ServiceFault, code: str) -> ServiceFault:
    """A fault about rights with what is wrong with the seal, so that its sender need not guess."""
    return ServiceFault.of("center", fault.number, f"{fault.message} [{code}]", fault.result)


def _action(content_type: str) -> str:
    try:
        media = media_type(content_type)
        return media.get("action") or media_type(media.get("start-info")).get("action")
    except WireError:
        return ""


def _subject(request: Any) -> str:
    """What a call is about: an envelope's or a package's id."""
    if isinstance(request, Document):
        return request.envelope_id
    if isinstance(request, Query):
        return request.envelope_id
    name = getattr(request, "package_id", "")
    attachment = getattr(request, "attachment", None)
    return cast(str, attachment.file_name.removesuffix(".zip") if attachment else name)


def _outcome(error: UlakError) -> str:
    return str(error.number) if isinstance(error, ServiceFault) and error.number is not None else error.code


def _named(fault: Fault | None) -> str:
    return f"fault:{fault.action}" if fault else ""


def _reply(written: Written) -> Reply:
    return Reply(written.status, written.payload.body, (("Content-Type", written.payload.content_type),))


def _said(text: Text) -> bytes:
    return f"{text.tr}\n{text.en}\n".encode()
