"""Calling a service: one request, one answer, within bounds of time and size, and never a second try by itself.

Whether to try again is the caller's to decide, from the error: ``is_unclear`` says that the other side may have taken
the request (ask for its state first), ``permanent`` that trying again does not help. `ulak.wire.retrying` has the table
of what is safe after which outcome.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any, Final, Generic, NamedTuple, NoReturn, TypeVar

import httpx

from ulak.alarms import Alarm, hang_up
from ulak.errors import UlakError
from ulak.wire.mtom import DEFAULT_LIMITS, Limits, Payload
from ulak.wire.problems import WireError, wire_error
from ulak.wire.results import ServiceFault
from ulak.wire.service import Seal, Service
from ulak.wire.soap import Version

__all__ = ["Client", "Times", "tls_context"]

Request = TypeVar("Request")
Response = TypeVar("Response")
_AGENT: Final = "ulak"
_CHUNK: Final = 1 << 16
_FAULTS: Final = frozenset({"wire.fault", "wire.fault-passing"})
_UNREADABLE: Final = (httpx.InvalidURL, ValueError)
"""What httpx fails with over odd headers: it reads the Location of a redirection even where it is to follow none."""
_PASSING: Final = frozenset({408, 425, 429})


class Times(NamedTuple):
    """How long is waited, in seconds.

    Attributes:
        connect: for the connection.
        silence: between two signs of life while sending or receiving.
        total: from the start of the call to the last byte of the answer.
    """

    connect: float = 10.0
    silence: float = 60.0
    total: float = 300.0


class _Answer(NamedTuple):
    status: int
    content_type: str
    body: bytes


def tls_context(roots: str | None = None) -> ssl.SSLContext:
    """TLS 1.2 or newer, the server's certificate always checked.

    Args:
        roots: file of certificates in PEM that are trusted instead of the system's.

    Raises:
        WireError: ``wire.roots``.
    """
    try:
        context = ssl.create_default_context(cafile=roots)
    except (OSError, ValueError) as error:
        raise wire_error("wire.roots", path=roots, detail=getattr(error, "strerror", None) or str(error)) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@cache
def _usual_tls() -> ssl.SSLContext:
    """One for every client of the process: the system's roots take three megabytes each time they are read."""
    return tls_context()


class Client(Generic[Request, Response]):
    """Calls one service at one address, and keeps the connection between calls. For one thread at a time.

    Args:
        url: of the service; ``https``, or ``http`` if ``allow_http``.
        tls: what the server is checked against (see `tls_context`), and a client certificate where one is wanted.
        seal: puts a WS-Security header into each request.
        mtom: whether binary data travels beside the envelope, or in it as base64.
        understood: Clark names of header blocks in answers that are no surprise, though nothing is done with them.

    Raises:
        WireError: ``wire.address``.
    """

    def __init__(
        self,
        service: Service[Request, Response],
        url: str,
        *,
        tls: ssl.SSLContext | None = None,
        seal: Seal | None = None,
        mtom: bool = True,
        version: Version = Version.SOAP12,
        understood: Collection[str] = (),
        times: Times = Times(),  # noqa: B008
        limits: Limits = DEFAULT_LIMITS,
        allow_http: bool = False,
    ) -> None:
        self._service, self._url = service, _checked(url, allow_http=allow_http)
        self._seal, self._mtom, self._version, self._understood = seal, mtom, version, understood
        self._times, self._limits = times, limits
        # The environment may not redirect documents: no proxies, no .netrc.
        self._http = httpx.Client(
            verify=tls or _usual_tls(),
            timeout=httpx.Timeout(times.silence, connect=times.connect),
            follow_redirects=False,
            trust_env=False,
            # A stranger's cookies would be kept, and go out again or break the next request.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"},
        )
        self._host = self._url.host
        self._socket: socket.socket | None = None

    def __enter__(self) -> Client[Request, Response]:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._http.close()
        self._forget()

    def call(self, request: Request) -> Response:
        """Send a request and return the answer.

        Raises:
            ServiceFault: the service's own fault.
            WireError: ``wire.*``; with ``is_unclear`` set wherever the request may have been taken.
        """
        payload = self._service.write_request(request, version=self._version, mtom=self._mtom, seal=self._seal)
        answer = self._ask(payload)
        try:
            return self._service.read_response(
                request, answer.content_type, answer.body, understood=self._understood, limits=self._limits
            )
        except UlakError as error:
            self._explain(answer.status, error)

    def _explain(self, status: int, error: UlakError) -> NoReturn:
        """What an answer means that is not the one hoped for."""
        if isinstance(error, ServiceFault) or error.code in _FAULTS or getattr(error, "is_unclear", False):
            raise error
        if 200 <= status < 300:
            raise wire_error("wire.answer-broken", host=self._host, detail=error.text, is_unclear=True) from error
        if 400 <= status < 500 and status not in _PASSING:
            raise wire_error("wire.http-refused", host=self._host, status=status) from error
        raise wire_error("wire.http", host=self._host, status=status, is_unclear=True) from error

    def _ask(self, payload: Payload) -> _Answer:
        seconds = self._times.total
        alarm = Alarm(seconds, self._hang_up)
        with alarm:
            try:
                answer = self._exchanged(payload)
            except (httpx.HTTPError, *_UNREADABLE, WireError) as error:
                # httpx has closed its copy of the connection; the server sees that once ours is shut too.
                self._hang_up()
                self._forget()
                if not alarm.has_rung:
                    raise (error if isinstance(error, WireError) else self._failure(error)) from None
            # Where the length of an answer is not announced, one that was cut off looks like one that ended.
            if alarm.has_rung:
                raise wire_error("wire.timeout", host=self._host, seconds=f"{seconds:g}", is_unclear=True)
            return answer

    def _exchanged(self, payload: Payload) -> _Answer:
        headers = {**payload.headers, "Content-Length": str(len(payload.body))}
        with self._http.stream(
            "POST", self._url, content=_slices(payload.body), headers=headers, extensions={"trace": self._note}
        ) as answer:
            if 300 <= answer.status_code < 400:
                raise wire_error("wire.redirected", host=self._host, status=answer.status_code)
            body = bytearray()
            for piece in answer.iter_raw(_CHUNK):
                body += piece
                if len(body) > self._limits.total:
                    raise wire_error("wire.too-large", limit=self._limits.total, is_unclear=True)
            return _Answer(answer.status_code, answer.headers.get("Content-Type", ""), bytes(body))

    def _failure(self, error: Exception) -> WireError:
        detail = str(error)[:200] or type(error).__name__
        if isinstance(error, _UNREADABLE):
            return wire_error("wire.answer-broken", host=self._host, detail=detail, is_unclear=True)
        if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)):
            code = "wire.tls" if _is_tls(error) else "wire.unreachable"
            return wire_error(code, host=self._host, detail=detail)
        if isinstance(error, httpx.TimeoutException):
            return wire_error("wire.timeout", host=self._host, seconds=f"{self._times.silence:g}", is_unclear=True)
        return wire_error("wire.broken", host=self._host, detail=detail, is_unclear=True)

    def _note(self, event: str, info: Mapping[str, Any]) -> None:
        """Remember the connection, so that it can be shut from outside; a copy, since TLS takes the socket over."""
        if event == "connection.connect_tcp.complete":
            self._forget()
            self._socket = info["return_value"].get_extra_info("socket").dup()

    def _hang_up(self) -> None:
        hang_up(self._socket)

    def _forget(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _checked(url: str, *, allow_http: bool) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        raise wire_error("wire.address", url=url[:200]) from None
    if parsed.scheme not in (("https", "http") if allow_http else ("https",)) or not parsed.host or parsed.userinfo:
        raise wire_error("wire.address", url=url[:200])
    return parsed


def _slices(body: bytes) -> Iterator[bytes]:
    for at in range(0, len(body), _CHUNK):
        yield body[at : at + _CHUNK]


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
