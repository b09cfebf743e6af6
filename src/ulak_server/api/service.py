"""The whole API: its rooms, what its errors look like, and its description."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import msgspec
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from ulak.errors import Language, UlakError
from ulak_server.api.contract import Way, Ways
from ulak_server.api.description import SECURITY, components, spoken
from ulak_server.api.faults import Fault, answer, language_of, unexpected
from ulak_server.api.problems import problem
from ulak_server.api.rooms import ROOMS
from ulak_server.api.words import ABOUT, TITLE

__all__ = ["API", "PREFIX", "described", "ways"]

PREFIX: Final = "/api/v1"
API: Final = NinjaAPI(title="Ulak", version="1.0.0", openapi_url=None, docs_url=None, urls_namespace="api")
for _room in ROOMS:
    API.add_router("", _room)


def ways() -> Sequence[Way]:
    """Every way of the API, below `PREFIX`."""
    return [way for room in ROOMS if isinstance(room, Ways) for way in room.ways]


@cache
def described(language: Language) -> bytes:
    """The OpenAPI 3.1 description in a language, as JSON."""
    found: dict[str, Any] = dict(API.get_openapi_schema(path_prefix=PREFIX.removeprefix("/")))
    found["info"] = {"title": TITLE, "version": API.version, "x-description": ABOUT._asdict()}
    found["servers"] = [{"url": "/"}]
    found["components"] = {"schemas": components(ways()), "securitySchemes": SECURITY}
    return msgspec.json.encode(spoken(found, language))


@API.exception_handler(UlakError)
def _told(request: HttpRequest, error: UlakError) -> HttpResponse:
    return answer(request, error)


@API.exception_handler(ValidationError)
def _bad_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = problem("api.parameter", name=_name(error.errors[0]), said=error.errors[0]["msg"])
    said = [problem("api.parameter", name=_name(one), said=one["msg"]) for one in error.errors]
    language = language_of(request)
    faults = [
        Fault(code=each.code, detail=each.text.say(language), repair=each.repair.say(language), parameter=_name(one))
        for one, each in zip(error.errors, said, strict=True)
    ]
    if all(one["loc"][0] == "path" for one in error.errors):
        return answer(request, problem("api.not-found"))
    return answer(request, first, faults)


@API.exception_handler(OperationalError)
@API.exception_handler(InterfaceError)
def _no_database(request: HttpRequest, error: Exception) -> HttpResponse:
    return unexpected(request, error, "api.unavailable")


@API.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    return unexpected(request, error)


def _name(error: dict[str, Any]) -> str:
    return str(error["loc"][-1])[:60]
