"""Ways: one method at one address, what it takes and gives, and which action of the permission table it is.

django-ninja finds the way and reads path and query; bodies and answers are `msgspec` structures, from which the
OpenAPI description is made, too. Every way names exactly one action.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from http.client import responses as PHRASES
from typing import Any, Final, NamedTuple, TypeVar

from django.http import HttpResponse
from ninja import Router
from ninja.params.models import Query

from ulak.errors import Text
from ulak_server.api.door import TAXPAYER, Door, Takes
from ulak_server.api.faults import PROBLEM_TYPE, Problem
from ulak_server.api.replies import JSON

__all__ = ["IDEMPOTENCY", "IF_NONE_MATCH", "Raw", "Takes", "Way", "Ways", "header"]

F = TypeVar("F", bound=Callable[..., HttpResponse])
_CONVERTER: Final = re.compile(r"\{[a-z]+:")
_REF: Final = "#/components/schemas/"
_ALWAYS: Final = (400, 422, 429, 503)
_WITH_CALLER: Final = (401, 403)
_WITH_TAXPAYER: Final = (404,)
_WITH_BODY: Final = (411, 413, 415)


class Raw(NamedTuple):
    """An answer that is not a structure: its media type, and its JSON schema."""

    type: str
    schema: Mapping[str, Any]


class Way(NamedTuple):
    """One method at one address, below ``/api/v1``."""

    method: str
    path: str
    action: str
    needs_taxpayer: bool
    types: tuple[type, ...]
    takes: Takes | None


def header(name: str, about: Text, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A header that a way reads, for OpenAPI."""
    return {"in": "header", "name": name, "required": False, "schema": schema, "x-description": about._asdict()}


_TAXPAYER: Final = header(
    TAXPAYER,
    Text(
        "Mükellefin VKN ya da TCKN'si; tek mükellefi olanlar yazmaz.",
        "VKN or TCKN of the taxpayer; not needed by those who work for one only.",
    ),
    {"type": "string", "pattern": "^[0-9]{10,11}$"},
)
IDEMPOTENCY: Final = header(
    "Idempotency-Key",
    Text(
        "Çağrının anahtarı: aynı anahtarla yinelenen çağrı aynı yanıtı alır, belge bir kez alınır.",
        "Key of the call: repeated with the same key it gets the same answer, and the document is taken once.",
    ),
    {"type": "string", "minLength": 1, "maxLength": 100},
)
IF_NONE_MATCH: Final = header(
    "If-None-Match",
    Text("Elinizdeki kopyanın ETag'i; aynıysa 304.", "ETag of the copy you have; 304 if it is the same."),
    {"type": "string"},
)


class Ways(Router):
    """The ways of one room of the API."""

    def __init__(self, tag: str) -> None:
        super().__init__(tags=[tag])
        self.ways: list[Way] = []

    def way(
        self,
        method: str,
        path: str,
        action: str,
        summary: Text,
        *,
        gives: Mapping[int, Any],
        takes: Takes | type | None = None,
        faults: Sequence[int] = (),
        headers: Sequence[Mapping[str, Any]] = (),
        about: Text | None = None,
        needs_taxpayer: bool = True,
    ) -> Callable[[F], F]:
        """Say what a function answers.

        Args:
            action: of the permission table.
            gives: by status: a structure, `Raw`, or None for nothing.
            faults: statuses of problems beside those that every way knows.
            headers: see `header`.
            needs_taxpayer: whether it works for one taxpayer.
        """
        takes = Takes({JSON: takes}) if isinstance(takes, type) else takes
        types = [one for one in (*gives.values(), *(takes.kinds.values() if takes else ())) if isinstance(one, type)]
        way = Way(method, _CONVERTER.sub("{", path), action, needs_taxpayer, tuple(types), takes)
        self.ways.append(way)
        extra = _described(way, summary, about, gives, faults, headers)

        def mark(function: F) -> F:
            door = Door(action, takes, needs_taxpayer=needs_taxpayer)
            name = function.__name__
            self.api_operation([method], path, auth=door, operation_id=name, openapi_extra=extra)(function)
            door.parameters = _query_of(self, function)
            return function

        return mark


def _query_of(room: Router, function: Callable[..., Any]) -> Sequence[str]:
    """The names of the query parameters that a function takes."""
    every = (one for view in room.path_operations.values() for one in view.operations)
    operation = next(one for one in every if one.view_func is function)
    return [one.alias for one in operation.signature.params if isinstance(one.source, Query)]


def _described(
    way: Way,
    summary: Text,
    about: Text | None,
    gives: Mapping[int, Any],
    faults: Sequence[int],
    headers: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    is_open = way.action == "open"
    statuses = {*_ALWAYS, *faults, *(() if is_open else _WITH_CALLER)}
    statuses |= {*(_WITH_TAXPAYER if way.needs_taxpayer else ()), *(_WITH_BODY if way.takes else ())}
    extra: dict[str, Any] = {
        "x-action": way.action,
        "x-summary": summary._asdict(),
        "responses": {
            **{status: _answer(status, given) for status, given in gives.items()},
            **{status: _answer(status, Raw(PROBLEM_TYPE, _ref(Problem))) for status in sorted(statuses)},
        },
        "parameters": [*headers, *([_TAXPAYER] if way.needs_taxpayer else ())],
        "security": [] if is_open else [{"key": []}, {"session": []}],
    }
    if about is not None:
        extra["x-description"] = about._asdict()
    if way.takes is not None:
        content = {kind: {"schema": _schema(given)} for kind, given in way.takes.kinds.items()}
        extra["requestBody"] = {"required": way.takes.is_needed, "content": content}
    return extra


def _answer(status: int, given: Any) -> dict[str, Any]:
    described: dict[str, Any] = {"description": PHRASES[status]}
    if given is not None:
        kind = given.type if isinstance(given, Raw) else JSON
        described["content"] = {kind: {"schema": given.schema if isinstance(given, Raw) else _schema(given)}}
    return described


def _schema(given: Any) -> Mapping[str, Any]:
    return _ref(given) if isinstance(given, type) else given


def _ref(given: type) -> Mapping[str, Any]:
    return {"$ref": f"{_REF}{given.__name__}"}
