"""What a handler of the control API gets, and the table that says which one gets what."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from ulak.errors import Language
from ulak_center.center import Center
from ulak_center.web.control.reading import Parameters, body_of
from ulak_center.web.values import Reply, Request

__all__ = ["Asking", "Handler", "Route", "route"]

T = TypeVar("T")


class Asking(NamedTuple):
    """A request to the control API.

    Attributes:
        named: the parts of the path that stand for something.
    """

    center: Center
    request: Request
    named: Mapping[str, str]
    parameters: Parameters
    language: Language

    def body(self, kind: type[T]) -> T:
        """The JSON object in the body; see `body_of`."""
        return body_of(self.request, kind)


Handler = Callable[[Asking], Any]
"""Gives a JSON value, or a whole `Reply`."""


class Route(NamedTuple):
    """A path with places for names, e.g. ``/control/faults/{id}``, and what answers at it."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler
    status: int

    def match(self, path: str) -> Mapping[str, str] | None:
        """The named parts of a path of this route, None for another."""
        found = self.pattern.fullmatch(path)
        return found.groupdict() if found else None


def route(line: str, handler: Handler, status: int = 200) -> Route:
    """The route of a line such as ``GET /control/faults``.

    >>> route("GET /control/faults/{id}", print).match("/control/faults/7")
    {'id': '7'}
    """
    method, path = line.split(" ")
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]{1,300})", re.escape(path))
    return Route(method, re.compile(pattern), handler, status)


def replied(value: Any, status: int, language: Language) -> Reply:
    """A handler's value as an answer."""
    from msgspec import json

    if isinstance(value, Reply):
        return value
    said = (("Content-Type", "application/json"), ("Content-Language", language), ("Cache-Control", "no-store"))
    return Reply(status, json.encode(value), said)
