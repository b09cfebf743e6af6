"""One HTTP POST within bounds of time and size, whatever the other side does."""

from __future__ import annotations

import time
from typing import Final, NamedTuple

import httpx

from ulak.wire.mtom import Payload

__all__ = ["Posted", "post"]

_TIMES: Final = httpx.Timeout(20.0, connect=5.0)
_TOTAL: Final = 30.0
_LARGEST: Final = 1024 * 1024


class Posted(NamedTuple):
    """What came back.

    Attributes:
        status: HTTP's; None if no answer came.
        detail: what went wrong, if none came or it was cut short.
    """

    status: int | None
    content_type: str
    body: bytes
    detail: str = ""


def post(url: str, payload: Payload) -> Posted:
    """Send a message once; never raises for what the other side does."""
    until = time.monotonic() + _TOTAL
    body, status, kind = bytearray(), None, ""
    try:
        with (
            httpx.Client(timeout=_TIMES, trust_env=False, follow_redirects=False) as client,
            client.stream("POST", url, content=payload.body, headers=dict(payload.headers)) as answer,
        ):
            status, kind = answer.status_code, answer.headers.get("Content-Type", "")
            for piece in answer.iter_raw():
                body += piece
                if len(body) > _LARGEST or time.monotonic() > until:
                    return Posted(status, kind, bytes(body[:_LARGEST]), "too long")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return Posted(status, kind, bytes(body), f"{type(error).__name__}: {error}"[:300])
    return Posted(status, kind, bytes(body))
