"""Heads of requests held against each other, and heads of answers."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from email.utils import formatdate
from typing import Final, NamedTuple

import h11

from ulak_center.web.phrases import said_of
from ulak_center.web.values import Refusal, Reply
from ulak_center.web.words import refusal

__all__ = ["Body", "body_of", "head_of", "response_of"]

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
    lines = [("Date", formatdate(usegmt=True)), *reply.headers]
    if reply.status not in (204, 304):
        lines.append(("Content-Length", str(size)))
    if is_last:
        lines.append(("Connection", "close"))
    return h11.Response(status_code=reply.status, headers=lines, reason=said_of(reply.status).encode())


class Body(NamedTuple):
    """The body of an answer: its bytes in all, and how to read the next of them."""

    size: int
    read: Callable[[int], bytes]


@contextmanager
def body_of(reply: Reply) -> Iterator[Body]:
    """The body of an answer, open; a file keeps its size though another takes its place meanwhile."""
    if isinstance(reply.body, bytes):
        yield Body(len(reply.body), io.BytesIO(reply.body).read)
        return
    with reply.body.open("rb") as file:
        yield Body(os.fstat(file.fileno()).st_size, file.read)
