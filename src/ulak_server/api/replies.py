"""Answers made, and bodies read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any, Final, TypeVar, cast

import msgspec
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from ulak.ubl.forms.decode import decode
from ulak_server import clock
from ulak_server.api.problems import problem

__all__ = ["JSON", "body", "created", "etag_of", "moment", "nothing", "plain", "reply", "streamed", "unchanged"]

JSON: Final = "application/json"
T = TypeVar("T", bound=msgspec.Struct)
_ENCODER: Final = msgspec.json.Encoder(decimal_format="string")


def body(request: HttpRequest, form: type[T]) -> T:
    """The body of a call as a structure.

    Raises:
        JsonError: it is no JSON, or not of that form; `where` is the JSON pointer of the field.
    """
    return decode(form, request.body)


def reply(given: Any, status: int = 200, *, etag: str = "", location: str = "") -> HttpResponse:
    """A structure as JSON."""
    response = HttpResponse(_ENCODER.encode(given), status=status, content_type=JSON)
    response["Cache-Control"] = "no-store" if not etag else "private, no-cache"
    if etag:
        response["ETag"] = etag
    if location:
        response["Location"] = location
    return response


def created(given: Any, location: str) -> HttpResponse:
    """201 with where it is from now on."""
    return reply(given, 201, location=location)


def nothing() -> HttpResponse:
    """204."""
    response = HttpResponse(status=204)
    del response["Content-Type"]
    return response


def plain(data: bytes, kind: str, *, name: str = "", etag: str = "") -> HttpResponse:
    """Bytes as they are, never run or shown by a browser as if they were ours."""
    response = HttpResponse(data, content_type=kind)
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    if etag:
        response["ETag"] = etag
    return response


def streamed(pieces: Iterator[bytes], kind: str, *, name: str, size: int | None = None) -> HttpResponse:
    """Bytes that are not held as a whole, as `plain` gives them.

    The first piece is made before the answer begins, so that what is wrong then is told as a problem.

    Args:
        size: of all pieces, if it is known.
    """
    first = next(pieces, b"")
    response = StreamingHttpResponse(chain([first], pieces), content_type=kind)
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if size is not None:
        response["Content-Length"] = str(size)
    return cast(HttpResponse, response)


def etag_of(data: bytes) -> str:
    """A strong validator of a content."""
    return f'"{hashlib.sha256(data).hexdigest()[:32]}"'


def unchanged(request: HttpRequest, etag: str) -> HttpResponse | None:
    """304, if the caller has this very content already (``If-None-Match``)."""
    given = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    if etag not in given:
        return None
    response = HttpResponse(status=304)
    del response["Content-Type"]
    response["ETag"] = etag
    return response


def moment(given: str, name: str) -> datetime:
    """A moment of a query, aware; without an offset it is Istanbul's.

    Raises:
        ApiError: ``api.parameter``.
    """
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        raise problem("api.parameter", where=f"?{name}", name=name, said="ISO 8601") from None
    return found if found.tzinfo else found.replace(tzinfo=clock.ISTANBUL)
