"""One call of a webhook: signed by the Standard Webhooks specification, bounded, and never led elsewhere."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, NamedTuple
from uuid import UUID

import httpx
from standardwebhooks import Webhook

from ulak.alarms import Alarm, hang_up
from ulak_server.delivery.hooks.guard import Target, target_of
from ulak_server.delivery.problems import DeliveryError
from ulak_server.environment import Networks

__all__ = ["Answered", "Caller", "headers_of"]

_CONNECT, _WHOLE = 5.0, 15.0
_READ: Final = 2000
"""Bytes of an answer that are kept for people to see; the rest is not even read."""


class Answered(NamedTuple):
    """How a call ended.

    Attributes:
        code: ``webhook.*``; empty if the receiver took it.
        status: of HTTP, if there was an answer.
        detail: the beginning of the answer, or what went wrong.
    """

    code: str
    status: int | None = None
    detail: str = ""

    @property
    def is_well(self) -> bool:
        return not self.code


class Caller:
    """Makes calls, one at a time; connections are not shared between receivers.

    Args:
        allowed: private networks that may be called.
        whole: seconds that a call may take altogether.
    """

    def __init__(self, allowed: Networks, *, whole: float = _WHOLE, context: ssl.SSLContext | None = None) -> None:
        self._allowed, self._whole = allowed, whole
        self._context = context or ssl.create_default_context()

    def call(self, url: str, key: UUID, body: str, secrets: Sequence[str], at: datetime) -> Answered:
        """Tell one receiver.

        Args:
            secrets: that sign, ``whsec_…``; the newest first.
        """
        try:
            target = target_of(url, self._allowed)
        except DeliveryError as error:
            return Answered(error.code)
        try:
            return self._post(target, headers_of(key, body, secrets, at), body)
        except (httpx.TimeoutException, TimeoutError):
            return Answered("webhook.timeout")
        except httpx.ConnectError as error:
            code = "webhook.insecure" if "certificate" in str(error).lower() or "ssl" in str(error).lower() else ""
            return Answered(code or "webhook.unreachable", None, _flat(str(error)))
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            return Answered("webhook.unreachable", None, _flat(str(error) or type(error).__name__))

    def _post(self, target: Target, headers: dict[str, str], body: str) -> Answered:
        timeout = httpx.Timeout(min(self._whole, 10.0), connect=min(self._whole, _CONNECT))
        with (
            _Bounded(self._whole) as bound,
            httpx.Client(verify=self._context, trust_env=False, follow_redirects=False, timeout=timeout) as client,
            client.stream(
                "POST",
                target.url,
                content=body.encode(),
                headers={**headers, "Host": target.authority},
                extensions={"sni_hostname": target.host, "trace": bound.watch},
            ) as response,
        ):
            return _judged(response.status_code, _beginning(response))


class _Bounded:
    """Cuts a call's line once its time is over: the limits of httpx begin anew with every byte that arrives.

    Raises:
        TimeoutError: in place of whatever the cut line led to before an answer was there.
    """

    def __init__(self, seconds: float) -> None:
        self._alarm = Alarm(seconds, self._cut)
        self._line: socket.socket | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> _Bounded:
        self._alarm.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._alarm.__exit__(kind, error, trace)
        if self._alarm.has_rung and isinstance(error, (httpx.HTTPError, OSError)):
            raise TimeoutError from error

    def watch(self, event: str, facts: Mapping[str, Any]) -> None:
        """Take note of the line as it comes to be, plain at first and then with TLS."""
        if event not in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            return
        with self._lock:
            self._line = facts["return_value"].get_extra_info("socket")
        if self._alarm.has_rung:
            self._cut()

    def _cut(self) -> None:
        with self._lock:
            hang_up(self._line)


def headers_of(key: UUID, body: str, secrets: Sequence[str], at: datetime) -> dict[str, str]:
    """The headers of a call, with a signature of each secret."""
    id = f"msg_{key.hex}"
    at = at.astimezone(UTC)
    signatures = " ".join(Webhook(secret).sign(id, at, body) for secret in secrets)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Ulak-Webhooks/1",
        "webhook-id": id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signatures,
    }


def _beginning(response: httpx.Response) -> str:
    read = b""
    # What arrives is looked at as it arrives: to gather pieces of a size would be to wait for them.
    for piece in response.iter_raw():
        read += piece
        if len(read) >= _READ:
            break
    return _flat(read[:_READ].decode("utf-8", "replace"))


def _judged(status: int, said: str) -> Answered:
    if 200 <= status < 300:
        return Answered("", status, said)
    if 300 <= status < 400:
        return Answered("webhook.redirected", status, said)
    return Answered("webhook.gone" if status == 410 else "webhook.refused", status, said)


def _flat(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())[:_READ]
