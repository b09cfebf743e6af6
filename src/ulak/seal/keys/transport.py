"""Questions to a signing host over HTTPS: bounded in time and size, the host's certificate always checked."""

from __future__ import annotations

import json
import os
import socket
import ssl
import time
from collections.abc import Callable, Generator, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx

from ulak.alarms import Alarm, hang_up
from ulak.errors import Text
from ulak.seal.keys.problems import KeyFailure, failure
from ulak.seal.keys.secrets import Secret

__all__ = ["MAX_ANSWER", "Host", "Limits", "tls_context"]

MAX_ANSWER: Final = 512 * 1024
"""Bytes of an answer; a signature takes less than one kilobyte, a chain of certificates some ten."""
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
_DENIED: Final = frozenset({401, 403})
_TOO_LARGE: Final = Text(f"{MAX_ANSWER} bayttan uzun", f"longer than {MAX_ANSWER} bytes")


class Limits(NamedTuple):
    """How long a host is waited for. Signing a digest twice does no harm, so what failed on the way is tried again.

    Attributes:
        connect: seconds until the connection stands.
        answer: seconds until the whole answer is there.
        tries: requests at most.
        pause: seconds between two of them.
        sleep: waits for so many seconds.
    """

    connect: float = 5.0
    answer: float = 15.0
    tries: int = 3
    pause: float = 0.2
    sleep: Callable[[float], None] = time.sleep


class _Bearer(httpx.Auth):
    """The access token, put into the request where httpx hides it from view."""

    def __init__(self, token: Secret) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["authorization"] = f"Bearer {self._token.reveal()}"
        yield request


class Host:
    """A CSC service and the right to use it."""

    def __init__(self, name: str, base: str, token: Secret, tls: ssl.SSLContext, limits: Limits) -> None:
        self.name: Final = name
        self._base, self._auth, self._tls, self._limits = base, _Bearer(token), tls, limits
        self._client: httpx.Client | None = None
        self._socket: socket.socket | None = None
        self._process = 0

    @property
    def _connected(self) -> httpx.Client:
        """The client of this process: one that was inherited shares its connections with the parent."""
        if self._client is None or self._process != os.getpid():
            self._process = os.getpid()
            times = httpx.Timeout(self._limits.answer, connect=self._limits.connect)
            # The environment may not redirect a seal: no proxies, no .netrc.
            self._client = httpx.Client(
                verify=self._tls,
                timeout=times,
                follow_redirects=False,
                trust_env=False,
                auth=self._auth,
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            )
        return self._client

    def ask(self, method: str, question: Mapping[str, object]) -> Mapping[str, Any]:
        """The answer of a method, tried again while it may help; raises KeyFailure ``key.host-*``."""
        fault: KeyFailure | None = None
        for attempt in range(self._limits.tries):
            if attempt:
                self._limits.sleep(self._limits.pause)
            answer = self._once(method, json.dumps(question).encode())
            if not isinstance(answer, KeyFailure):
                return answer
            fault = answer
            if fault.permanent:
                break
        assert fault is not None
        raise fault

    def close(self) -> None:
        if self._client is not None and self._process == os.getpid():
            self._client.close()

    def _once(self, method: str, body: bytes) -> Mapping[str, Any] | KeyFailure:
        """The answer, or what went wrong: an error raised from here would hold the request with its token."""
        seconds = self._limits.answer
        with Alarm(seconds, self._hang_up) as alarm:
            try:
                status, data = self._exchanged(method, body)
            except httpx.HTTPError as error:
                if alarm.has_rung or isinstance(error, httpx.TimeoutException):
                    return failure("key.host-timeout", host=self.name, seconds=f"{seconds:g}")
                return self._unreached(error)
            except (httpx.InvalidURL, ValueError) as error:
                # httpx reads the Location of a redirection, and cookies, even where it is to follow none.
                return failure("key.host-malformed", host=self.name, detail=str(error)[:200])
        if data is None:
            return failure("key.host-malformed", host=self.name, detail=_TOO_LARGE)
        return self._understood(status, data)

    def _exchanged(self, method: str, body: bytes) -> tuple[int, bytes | None]:
        """Status and body of the answer; no body if it is too large."""
        data, more = b"", {"trace": self._note}
        headers = {"content-type": "application/json", "accept": "application/json", "accept-encoding": "identity"}
        url = self._base + method
        with self._connected.stream("POST", url, content=body, headers=headers, extensions=more) as answer:
            for piece in answer.iter_raw():
                data += piece
                if len(data) > MAX_ANSWER:
                    return answer.status_code, None
        return answer.status_code, data

    def _note(self, event: str, info: Mapping[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._socket = info["return_value"].get_extra_info("socket")

    def _hang_up(self) -> None:
        """Wake who waits for the host: a host that sends a byte now and then never times out by itself."""
        hang_up(self._socket)

    def _unreached(self, error: httpx.HTTPError) -> KeyFailure:
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, ssl.SSLError):
            cause = cause.__cause__ or cause.__context__
        if isinstance(cause, ssl.SSLCertVerificationError):
            return failure("key.host-tls", host=self.name, detail=cause.verify_message)
        return failure("key.host-unreachable", host=self.name, detail=str(error)[:200] or type(error).__name__)

    def _understood(self, status: int, data: bytes) -> Mapping[str, Any] | KeyFailure:
        try:
            answer = json.loads(data)
        except (ValueError, RecursionError):
            answer = None
        if status == 200:
            return answer if isinstance(answer, dict) else failure("key.host-malformed", host=self.name, detail="JSON")
        if status in _DENIED:
            return failure("key.host-refused", host=self.name, status=status)
        code = "key.host-busy" if status in _BUSY else "key.host-error"
        return failure(code, host=self.name, status=status, detail=_said(answer))


def tls_context(ca_file: Path | None = None) -> ssl.SSLContext:
    """TLS that checks certificates by the roots of a PEM file, by default by those of Mozilla (certifi).

    Raises:
        KeyFailure: ``key.file-unreadable``.
    """
    try:
        return ssl.create_default_context(cafile=ca_file) if ca_file else httpx.create_ssl_context(trust_env=False)
    except (OSError, ValueError) as error:
        raise failure("key.file-unreadable", path=ca_file, detail=getattr(error, "strerror", None) or error) from None


def _said(answer: object) -> str:
    """What the host says of its error (CSC API, 10.1), fit to be shown."""
    if not isinstance(answer, dict):
        return "–"
    words = (answer.get("error"), answer.get("error_description"))
    return ": ".join(word[:200] for word in words if isinstance(word, str)) or "–"
