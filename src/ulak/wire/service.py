"""A service of GİB at both ends: requests, responses and faults as typed values, by one table of operations."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Final, Generic, NamedTuple, TypeVar, cast

from lxml import etree

from ulak.errors import Language, Text, UlakError
from ulak.wire.fields import Root, Writing, read_value
from ulak.wire.mtom import DEFAULT_LIMITS, Limits, Payload
from ulak.wire.problem_words import WRITING
from ulak.wire.problems import WireError, wire_error
from ulak.wire.results import Results, ServiceFault
from ulak.wire.soap import Fault, Message, Version, envelope, fault_in, fit, read, ship, written_fault
from ulak.xml import XmlError

__all__ = ["Call", "Operation", "Reply", "Seal", "Service"]

Seal = Callable[[bytes, Mapping[str, bytes]], bytes]
"""Puts a WS-Security header into an envelope (its bytes, its attachments by Content-ID), and changes nothing else."""

Request = TypeVar("Request")
Response = TypeVar("Response")
_NUMBER: Final = re.compile(r"\b(\d{1,4})\b")
_FAILED: Final = Text("Sistem hatası.", "The system failed.")
_SOAP_CODES: Final = {"wire.not-envelope": "VersionMismatch", "wire.must-understand": "MustUnderstand"}


class Operation(NamedTuple):
    """One operation.

    Attributes:
        action: the soapAction of the WSDL; None where no WSDL is held that says it.
        results: the codes of its faults.
        other_faults: names of faults in the WSDL besides the service's own; they are empty elements.
    """

    name: str
    action: str | None
    request: Root
    response: Root
    results: Results
    other_faults: tuple[str, ...] = ()


class Call(NamedTuple, Generic[Request]):
    """A request that came in: which operation, with what, and the message that it came in."""

    operation: Operation
    request: Request
    message: Message


class Reply(NamedTuple):
    """What a server answers: the HTTP status and the message."""

    status: int
    payload: Payload


class Service(Generic[Request, Response]):
    """A service: its names in the WSDL and its operations.

    Attributes:
        fault: the element that a fault's Detail holds; None where no source names it.
        fallback: the number of the fault for whatever has no code of its own; None if the service has none.
    """

    def __init__(
        self,
        name: str,
        namespace: str,
        operations: tuple[Operation, ...],
        *,
        fault: Root | None = None,
        fallback: int | None = None,
        check: Callable[[Request, Response], None] | None = None,
    ) -> None:
        self.name = name
        self.namespace = namespace
        self.operations = operations
        self.fault = fault
        self.fallback = fallback
        self._check = check

    def read_request(
        self,
        content_type: str,
        data: bytes,
        *,
        soap_action: str = "",
        understood: Collection[str] = (),
        limits: Limits = DEFAULT_LIMITS,
    ) -> Call[Request]:
        """Read a request at the server; see `ulak.wire.soap.read` for the arguments.

        Raises:
            WireError: also ``wire.operation``, and ``wire.action`` if the action names another operation than the body.
            XmlError: if the envelope is not XML.
        """
        message = read(content_type, data, soap_action=soap_action, understood=understood, limits=limits)
        for operation in self.operations:
            if message.body.tag == f"{{{self.namespace}}}{operation.request.name}":
                self._check_action(operation, message.action)
                request = read_value(message.body, operation.request.type, self.namespace, message.attachments)
                return Call(operation, cast(Request, request), message)
        raise wire_error("wire.operation", service=self.name, name=message.body.tag)

    def write_request(
        self,
        request: Request,
        *,
        version: Version = Version.SOAP12,
        mtom: bool = True,
        headers: Iterable[etree._Element] = (),
        seal: Seal | None = None,
    ) -> Payload:
        """Write a request at the client: binary data beside the envelope (MTOM) or as base64 in it."""
        operation = self.operation_of(request)
        writing = Writing(mtom=mtom)
        body = writing.element(operation.request, self.namespace, request)
        xml = envelope(body, version, headers)
        sealed = seal(xml, writing.attachments) if seal else xml
        return ship(sealed, version, operation.action or "", writing.attachments)

    def read_response(
        self,
        request: Request,
        content_type: str,
        data: bytes,
        *,
        understood: Collection[str] = (),
        limits: Limits = DEFAULT_LIMITS,
    ) -> Response:
        """Read the answer to a request at the client.

        Raises:
            ServiceFault: the service's own fault.
            WireError: ``wire.fault`` and ``wire.fault-passing`` for other faults, ``wire.answer`` for another element.
            XmlError: if the envelope is not XML.
        """
        operation = self.operation_of(request)
        message = read(content_type, data, understood=understood, limits=limits)
        if fault := fault_in(message):
            raise self._raised(operation, fault)
        wanted = f"{{{self.namespace}}}{operation.response.name}"
        if message.body.tag != wanted:
            raise wire_error("wire.answer", wanted=operation.response.name, name=message.body.tag, is_unclear=True)
        value = read_value(message.body, operation.response.type, self.namespace, message.attachments)
        response = cast(Response, value)
        if self._check:
            self._check(request, response)
        return response

    def write_response(
        self, call: Call[Request], response: Response, *, mtom: bool | None = None, seal: Seal | None = None
    ) -> Reply:
        """Answer a request at the server, in its version of SOAP and, unless told otherwise, packed as it was."""
        writing = Writing(mtom=call.message.is_mtom if mtom is None else mtom)
        body = writing.element(call.operation.response, self.namespace, response)
        xml = envelope(body, call.message.version)
        sealed = seal(xml, writing.attachments) if seal else xml
        return Reply(200, ship(sealed, call.message.version, "", writing.attachments))

    def write_fault(self, error: Exception, *, version: Version = Version.SOAP12, language: Language = "tr") -> Reply:
        """Answer with a fault.

        A `ServiceFault` goes out with its number, as the server's (``Receiver``, HTTP 500), as JAX-WS servers have it.
        A message that cannot be read is the sender's (HTTP 400), with what is wrong with it. Any other error is the
        server's and says nothing of itself to strangers. SOAP 1.1 knows only HTTP 500.
        """
        number: int | None = self.fallback
        if isinstance(error, ServiceFault):
            code, number, words = "Receiver", error.number, error.message
        elif isinstance(error, (WireError, XmlError)) and error.code not in WRITING:
            code, words = _SOAP_CODES.get(error.code, "Sender"), error.text.say(language)
        else:
            code, words = "Receiver", _FAILED.say(language)
        words = fit(words)
        details = () if code in _SOAP_CODES.values() or number is None else self._detail(number, words)
        reason = words if self.fault or number is None else f"{number} {words}"
        element = written_fault(Fault(code, reason, details), version)
        status = 400 if code == "Sender" and version is Version.SOAP12 else 500
        return Reply(status, ship(envelope(element, version), version))

    def fault_of(self, operation: Operation | str, number: int, message: str = "") -> ServiceFault:
        """The fault of a number, with GİB's words for it or others."""
        found = operation if isinstance(operation, Operation) else self.named(operation)
        result = found.results.get(number)
        words = message or (result.label if result else "")
        return ServiceFault.of(self.name, number, words, result)

    def named(self, name: str) -> Operation:
        """The operation of a name; KeyError if there is none."""
        return {operation.name: operation for operation in self.operations}[name]

    def operation_of(self, request: Request) -> Operation:
        """The operation that a request is for; KeyError for what is none of the service's."""
        return {operation.request.type.make: operation for operation in self.operations}[type(request)]

    def _check_action(self, operation: Operation, action: str) -> None:
        said = _plain(action)
        others = {_plain(one.action or one.name) for one in self.operations if one is not operation}
        if said in others:
            raise wire_error("wire.action", action=action[:100], name=operation.request.name)

    def _detail(self, number: int, words: str) -> tuple[etree._Element, ...]:
        if self.fault is None:
            return ()
        value = self.fault.type.make(code=number, message=words)
        return (Writing(mtom=False).element(self.fault, self.namespace, value),)

    def _raised(self, operation: Operation, fault: Fault) -> UlakError:
        for detail in fault.details:
            if number_and_words := self._own(detail):
                number, words = number_and_words
                return ServiceFault.of(self.name, number, words or fault.reason, operation.results.get(number))
        if self.fault is None and (found := _NUMBER.match(fault.reason)) and operation.results.get(int(found[1])):
            result = operation.results[int(found[1])]
            return ServiceFault.of(self.name, result.number, fault.reason, result)
        code = "wire.fault-passing" if fault.code == "Receiver" else "wire.fault"
        return wire_error(code, reason=fault.reason[:500] or "-")

    def _own(self, detail: etree._Element) -> tuple[int | None, str] | None:
        """Number and words of the service's own fault; where no source names its element, of what looks like one."""
        if self.fault is None:
            texts = {etree.QName(one).localname: one.text or "" for one in detail.iterchildren(etree.Element)}
            number = texts.get("code", "").strip()
            words = texts.get("message") or texts.get("msg") or ""
            return (int(number), words) if re.fullmatch(r"[0-9]{1,4}", number) else None
        if detail.tag != f"{{{self.namespace}}}{self.fault.name}":
            return None
        try:
            value: Any = read_value(detail, self.fault.type, self.namespace, {})
        except WireError:
            return None
        return value.code, value.message or ""


def _plain(action: str) -> str:
    return action.strip().strip('"').rpartition(":")[2].rpartition("/")[2].lower()
