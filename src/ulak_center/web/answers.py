"""Heads of requests held against each other, and heads of answers."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import formatdate
from typing import Final

import h11

from ulak_center.web.phrases import said_of
from ulak_center.web.values import Refusal, Reply
from ulak_center.web.words import refusal

__all__ = ["head_of", "response_of"]

_SINGLE: Final = frozenset(
    {"authorization", "content-length", "content-type", "expect", "host", "origin", "soapaction", "transfer-encoding"}
)


def head_of(lines: Iterable[tuple[str, str]]) -> dict[str, str] | Refusal:
    """The headers by name, or why they are refused: readers must not differ on where a body ends or what it is."""
    found: dict[str, str] = {}
    for name, value in lines:
        if name in found and name in _SINGLE:
            return refusal("header-twice", name=name)
        found[name] = f"{found[name]}, {value}" if name in found else value
    if "content-length" in found and "transfer-encoding" in found:
        return refusal("two-lengths")
    if found.get("expect", "100-continue").lower() != "100-continue":
        return refusal("expectation")
    return found


def response_of(reply: Reply, size: int, *, is_last: bool) -> h11.Response:
    """The head of an answer."""
    lines = [("Date", formatdate(usegmt=True)), *reply.headers, ("Content-Length", str(size))]
    if is_last:
        lines.append(("Connection", "close"))
    return h11.Response(status_code=reply.status, headers=lines, reason=said_of(reply.status).encode())
