"""The address that GİB calls, as HTTP: bodies read within bounds, and only so many at once."""

from __future__ import annotations

import threading
from typing import Any, Final

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from ulak.wire.efatura import SERVICE
from ulak.wire.problems import wire_error
from ulak.wire.service import Reply
from ulak.wire.soap import spoken
from ulak.wire.wsdl import description
from ulak_server.exchange.inbound.endpoint import LIMITS, answer
from ulak_server.origins import is_among

__all__ = ["efatura"]

_LOG: Final = structlog.get_logger("ulak_server.inbound")
_PIECE: Final = 256 * 1024
_SMALL: Final = 1024 * 1024
"""Bodies below this size need no place among the large ones."""
_LARGE_AT_ONCE: Final = 3
_AT_ONCE: Final = 32
_WAIT: Final = 20.0
"""Seconds that a call waits for a place; GİB tries again later."""
_large: Final = threading.BoundedSemaphore(_LARGE_AT_ONCE)
_all: Final = threading.BoundedSemaphore(_AT_ONCE)


@csrf_exempt
def efatura(request: HttpRequest) -> HttpResponse:
    """GİB's EFatura service (Ek-3 V1.4, 7): POST a SOAP message; GET ``?wsdl`` for its description."""
    networks = settings.MERKEZ_NETWORKS
    if networks and not is_among(request.META.get("REMOTE_ADDR", ""), networks):
        return HttpResponse("403\n", status=403, content_type="text/plain")
    if request.method == "GET" and "wsdl" in {name.lower() for name in request.GET}:
        address = settings.ENVIRONMENT["ULAK_PUBLIC_URL"].rstrip("/") + request.path
        return HttpResponse(description(SERVICE, address), content_type="text/xml; charset=utf-8")
    if request.method != "POST":
        return HttpResponse("405\n", status=405, content_type="text/plain", headers={"Allow": "GET, POST"})
    return _http(_answered(request))


def _answered(request: HttpRequest) -> Reply:
    kind = request.headers.get("content-type", "")
    if not _all.acquire(timeout=_WAIT):
        return _busy(kind)
    try:
        return _bounded(request, kind)
    except Exception:
        # Whatever it is, GİB hears 2005 and tries again; nothing was kept, or it is known by 2001 then.
        _LOG.exception("inbound.call-failed")
        return SERVICE.write_fault(SERVICE.fault_of("sendDocument", 2005), version=spoken(kind))
    finally:
        _all.release()


def _bounded(request: HttpRequest, kind: str) -> Reply:
    stream = _Body(request)
    head = stream.read(_SMALL)
    if len(head) < _SMALL:
        return _spoken(request, kind, head)
    if not _large.acquire(timeout=_WAIT):
        return _busy(kind)
    try:
        body = head + stream.read(LIMITS.total + 1 - len(head))
        if len(body) > LIMITS.total:
            return SERVICE.write_fault(wire_error("wire.too-large", limit=LIMITS.total), version=spoken(kind))
        return _spoken(request, kind, body)
    finally:
        _large.release()


def _spoken(request: HttpRequest, kind: str, body: bytes) -> Reply:
    return answer(kind, body, request.headers.get("soapaction", ""), request.META.get("REMOTE_ADDR", ""))


class _Body:
    """The body of a request as the server streams it: Django reads none without Content-Length, and clients that stream
    MTOM send none."""

    def __init__(self, request: HttpRequest) -> None:
        self._stream: Any = request.META["wsgi.input"]
        stated = request.META.get("CONTENT_LENGTH") or ""
        is_stated = stated.isascii() and stated.isdigit()
        ends_itself = bool(request.META.get("wsgi.input_terminated"))
        self._left = int(stated[:18]) if is_stated else LIMITS.total + 1 if ends_itself else 0

    def read(self, most: int) -> bytes:
        """What comes next, at most so many bytes."""
        pieces: list[bytes] = []
        wanted = min(self._left, most)
        while wanted > 0 and (piece := self._stream.read(min(wanted, _PIECE))):
            pieces.append(piece)
            wanted -= len(piece)
            self._left -= len(piece)
        return b"".join(pieces)


def _busy(kind: str) -> Reply:
    return SERVICE.write_fault(SERVICE.fault_of("sendDocument", 2005), version=spoken(kind))


def _http(reply: Reply) -> HttpResponse:
    response = HttpResponse(reply.payload.body, status=reply.status)
    for name, value in reply.payload.headers.items():
        response[name] = value
    return response
