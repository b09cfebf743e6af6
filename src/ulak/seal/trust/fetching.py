"""Asking addresses on the network, within bounds that no server can stretch."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol
from urllib.parse import urljoin, urlsplit

from ulak.seal.trust.policy import Policy
from ulak.seal.trust.problems import FetchFailure, fetch_failure

if TYPE_CHECKING:
    import httpx

__all__ = ["Ask", "Fetcher", "HttpFetcher", "Offline"]

_MAX_REDIRECTS: Final = 3
_AGENT: Final = "ulak"
_CHUNK: Final = 1 << 16


class Ask(NamedTuple):
    """One request.

    Attributes:
        url: http or https.
        body: sent by POST; if empty the request is a GET.
        kind: media type of the body.
        accept: media type that is wanted.
        max_bytes: a longer answer is refused while it comes in.
        headers: further header lines.
    """

    url: str
    body: bytes = b""
    kind: str = ""
    accept: str = "*/*"
    max_bytes: int = 1024 * 1024
    headers: tuple[tuple[str, str], ...] = ()


class Fetcher(Protocol):
    """Gets what an address gives. May be used by several threads at once."""

    def fetch(self, ask: Ask, *, seconds: float) -> bytes:
        """The body of the answer, in not much more than ``seconds``.

        Raises:
            FetchFailure: ``trust.fetch-*``.
        """
        ...


class Offline:
    """Asks no one."""

    def fetch(self, ask: Ask, *, seconds: float) -> bytes:
        """Raises FetchFailure ``trust.fetch-offline``."""
        raise fetch_failure("trust.fetch-offline", ask.url, seconds=seconds)


class HttpFetcher:
    """Asks over HTTP. Takes no proxy, no password and no certificate from the environment unless told.

    The whole request, name resolution included, runs in a thread of its own, so that neither a resolver nor a server
    that sends a byte now and then can hold the caller longer than was agreed; its socket is then shut from outside.
    A host that failed twice in a row rests for a while; then one request finds out whether it is back.

    Args:
        policy: for the time a connection and a silence may take, and for how long a host rests.
        proxy: address of a proxy for all requests.
        context: what servers are checked against over https; None: the system's authorities.
        monotonic: seconds that never go back.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        *,
        proxy: str | None = None,
        context: ssl.SSLContext | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._policy = policy or Policy()
        self._proxy = proxy
        self._context = context
        self._rests = _Rests(self._policy.rest_seconds, monotonic)
        self._monotonic = monotonic

    def fetch(self, ask: Ask, *, seconds: float) -> bytes:
        host = _host(ask.url)
        self._rests.check(host, ask.url)
        request = _Request(ask, self._client, self._monotonic() + seconds, self._monotonic)
        answer: Future[bytes] = Future()
        threading.Thread(target=_run, args=(request, answer), name=f"fetch {host}", daemon=True).start()
        try:
            body = answer.result(seconds)
        except TooLate:
            request.abandon()
            self._rests.failed(host)
            raise fetch_failure("trust.fetch-timeout", ask.url, seconds=seconds) from None
        except FetchFailure as error:
            (self._rests.failed if error.code in _HOST_IS_AWAY else self._rests.answered)(host)
            raise
        self._rests.answered(host)
        return body

    def _client(self, seconds: float) -> httpx.Client:
        import httpx

        policy = self._policy
        times = httpx.Timeout(min(policy.read_seconds, seconds), connect=min(policy.connect_seconds, seconds))
        return httpx.Client(
            timeout=times,
            trust_env=False,
            proxy=self._proxy,
            verify=self._context or _system_context(),
            follow_redirects=False,
            headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"},
        )


_HOST_IS_AWAY: Final = frozenset({"trust.fetch-unreachable", "trust.fetch-timeout", "trust.fetch-truncated"})


class _Rests:
    """Hosts that are left alone, until when."""

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self._seconds = seconds
        self._monotonic = monotonic
        self._guard = threading.Lock()
        self._failures: dict[str, tuple[int, float]] = {}

    def check(self, host: str, url: str) -> None:
        with self._guard:
            count, last = self._failures.get(host, (0, 0.0))
            left = last + self._seconds - self._monotonic()
            if count >= 2 and left > 0:
                raise fetch_failure("trust.fetch-resting", url, host=host, seconds=left)
            if count >= 2:
                # The one who comes first finds out; the others keep waiting.
                self._failures[host] = (count, self._monotonic())

    def failed(self, host: str) -> None:
        with self._guard:
            self._failures[host] = (self._failures.get(host, (0, 0.0))[0] + 1, self._monotonic())

    def answered(self, host: str) -> None:
        with self._guard:
            self._failures.pop(host, None)


class _Request:
    """One request on its way, in a thread of its own."""

    def __init__(
        self, ask: Ask, client: Callable[[float], httpx.Client], deadline: float, monotonic: Callable[[], float]
    ) -> None:
        self._ask = ask
        self._client = client
        self._deadline = deadline
        self._monotonic = monotonic
        self._start = monotonic()
        self._guard = threading.Lock()
        self._socket: socket.socket | None = None
        self._is_abandoned = False

    def abandon(self) -> None:
        """Wake the thread if it waits for the server, so that it ends."""
        with self._guard:
            self._is_abandoned = True
            _shut(self._socket)

    def run(self) -> bytes:
        import httpx

        url = self._ask.url
        try:
            with self._client(max(0.01, self._deadline - self._monotonic())) as client:
                for _ in range(_MAX_REDIRECTS + 1):
                    answer = self._once(client, url)
                    if isinstance(answer, bytes):
                        return answer
                    url = answer
            raise fetch_failure("trust.fetch-redirect", self._ask.url, target=url)
        except httpx.TimeoutException:
            waited = self._monotonic() - self._start
            raise fetch_failure("trust.fetch-timeout", self._ask.url, seconds=waited) from None
        except (httpx.RemoteProtocolError, httpx.ReadError) as error:
            raise fetch_failure("trust.fetch-truncated", self._ask.url, detail=_said(error)) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise fetch_failure("trust.fetch-unreachable", self._ask.url, detail=_said(error)) from None

    def _once(self, client: httpx.Client, url: str) -> bytes | str:
        """The body, or where the server sends us."""
        _check(url, self._ask.url)
        headers = {"Accept": self._ask.accept, **dict(self._ask.headers)}
        method = "POST" if self._ask.body else "GET"
        if self._ask.body:
            headers["Content-Type"] = self._ask.kind
        # Tells the socket as soon as there is one; before the headers are in nothing else does.
        traced: Mapping[str, Any] = {"trace": self._trace}
        content = self._ask.body or None
        with client.stream(method, url, headers=headers, content=content, extensions=dict(traced)) as response:
            if response.is_redirect:
                return self._target(url, response.headers.get("Location", ""))
            if response.status_code != 200:
                raise fetch_failure("trust.fetch-status", url, status=response.status_code)
            return self._body(response)

    def _target(self, url: str, location: str) -> str:
        target = urljoin(url, location)
        is_downgrade = urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https"
        if self._ask.body or is_downgrade or not location or not _is_askable(target):
            raise fetch_failure("trust.fetch-redirect", url, target=target)
        return target

    def _body(self, response: httpx.Response) -> bytes:
        limit = self._ask.max_bytes
        parts: list[bytes] = []
        size = 0
        for part in response.iter_raw(_CHUNK):
            size += len(part)
            if size > limit:
                raise fetch_failure("trust.fetch-too-large", self._ask.url, limit=limit)
            parts.append(part)
        # Not asked for; unpacking could make gigabytes of kilobytes.
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise fetch_failure("trust.fetch-unreachable", self._ask.url, detail="Content-Encoding")
        return b"".join(parts)

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            with self._guard:
                self._socket = info["return_value"].get_extra_info("socket")
                if self._is_abandoned:
                    _shut(self._socket)


def _run(request: _Request, answer: Future[bytes]) -> None:
    try:
        answer.set_result(request.run())
    except BaseException as error:
        answer.set_exception(error)


def _shut(opened: socket.socket | None) -> None:
    if opened is not None:
        try:
            opened.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


@cache
def _system_context() -> ssl.SSLContext:
    return ssl.create_default_context()


def _host(url: str) -> str:
    _check(url, url)
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or parts.scheme}"


def _check(url: str, asked: str) -> None:
    if not _is_askable(url):
        raise fetch_failure("trust.fetch-address", asked)


def _is_askable(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:
        return False


def _said(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:200]
