"""Problems as RFC 9457 writes them: ``application/problem+json``, in the caller's language, with stable codes."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Sequence
from typing import Annotated, Any, Final

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request
from msgspec import UNSET, UnsetType

from ulak.errors import Language, UlakError
from ulak.ubl.forms.base import doc
from ulak_server.api.problems import problem
from ulak_server.statuses import TITLES, status_of

__all__ = [
    "PROBLEM_TYPE",
    "Fault",
    "Problem",
    "answer",
    "fault_of",
    "language_of",
    "place_of",
    "problem_of",
    "unexpected",
]

PROBLEM_TYPE: Final = "application/problem+json"
_XPATH: Final = re.compile(r"[a-z]:[A-Z]|\[|^//|^/[A-Z]")
"""Names of UBL elements, and what stands in paths alone; JSON pointers of friendly documents have none of it."""
_LOG: Final = logging.getLogger("ulak_server.api")


class Fault(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One of the things that are wrong."""

    code: Annotated[str, doc("Değişmez hata kodu.", "Stable code of the error.")]
    detail: Annotated[str, doc("Neyin yanlış olduğu.", "What is wrong.")]
    repair: Annotated[str, doc("Ne yapılacağı.", "What to do about it.")] = ""
    pointer: Annotated[
        str | UnsetType,
        doc("Gövdedeki alanın JSON göstergesi (RFC 6901).", "JSON pointer (RFC 6901) of the field in the body."),
    ] = UNSET
    parameter: Annotated[str | UnsetType, doc("Sorgu değerinin adı.", "Name of the query parameter.")] = UNSET
    xpath: Annotated[str | UnsetType, doc("UBL'deki yerin XPath'i.", "XPath of the place in the UBL.")] = UNSET
    line: Annotated[int | UnsetType, doc("Satır, 1'den sayılır.", "Line, counted from 1.")] = UNSET


class Problem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A problem as RFC 9457 writes it."""

    type: Annotated[str, doc("Sorunun türü: urn:ulak:problem:<kod>.", "Type of the problem: urn:ulak:problem:<code>.")]
    title: Annotated[str, doc("Bu durum kodundaki sorunların adı.", "What problems of this status have in common.")]
    status: Annotated[int, doc("HTTP durum kodu.", "HTTP status.")]
    detail: Annotated[str, doc("Neyin yanlış olduğu.", "What is wrong.")]
    code: Annotated[str, doc("Değişmez hata kodu.", "Stable code of the error.")]
    repair: Annotated[str, doc("Ne yapılacağı.", "What to do about it.")] = ""
    instance: Annotated[str, doc("Çağrının kimliği.", "The call: urn:uuid:<X-Request-Id>.")] = ""
    errors: Annotated[tuple[Fault, ...], doc("Yanlışların her biri.", "Each thing that is wrong.")] = ()
    document: Annotated[
        int | UnsetType, doc("Zaten var olan belge.", "The document that is there already, if that is why.")
    ] = UNSET


def language_of(request: HttpRequest) -> Language:
    """The language of the caller: ``Accept-Language``, else the installation's."""
    if "Accept-Language" in request.headers:
        return "en" if get_language_from_request(request) == "en" else "tr"
    return "en" if settings.LANGUAGE_CODE == "en" else "tr"


def fault_of(error: UlakError, language: Language) -> Fault:
    """One error with its place: a JSON pointer, an XPath, or the name of a parameter."""
    place = place_of(error.where, error.line)
    return Fault(code=error.code, detail=error.text.say(language), repair=error.repair.say(language), **place)


def place_of(where: str, line: int | None) -> dict[str, Any]:
    """Where a fault is, as members of `Fault`."""
    place: dict[str, Any] = {} if line is None else {"line": line}
    if where.startswith("?"):
        place["parameter"] = where[1:]
    elif _XPATH.search(where):
        place["xpath"] = where
    elif where.startswith("/"):
        place["pointer"] = where
    return place


def problem_of(
    error: UlakError, language: Language, request_id: str = "", faults: Sequence[Fault] = ()
) -> tuple[int, Problem]:
    """The status and the problem of an error."""
    status = status_of(error)
    every = (
        tuple(faults)
        or tuple(fault_of(one, language) for one in getattr(error, "errors", ()))
        or ((fault_of(error, language),) if error.where or error.line is not None else ())
    )
    return status, Problem(
        type=f"urn:ulak:problem:{error.code}",
        title=TITLES[status].say(language) if status in TITLES else "",
        status=status,
        detail=error.text.say(language),
        code=error.code,
        repair=error.repair.say(language),
        instance=f"urn:uuid:{request_id}" if request_id else "",
        errors=every,
        document=UNSET if (existing := getattr(error, "existing", None)) is None else existing,
    )


def answer(request: HttpRequest, error: UlakError, faults: Sequence[Fault] = ()) -> HttpResponse:
    """The response that tells of an error."""
    status, said = problem_of(error, language_of(request), getattr(request, "request_id", ""), faults)
    response = HttpResponse(msgspec.json.encode(said), status=status, content_type=PROBLEM_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="ulak"'
    if (wait := getattr(error, "retry_after", None)) is not None:
        response["Retry-After"] = str(max(1, math.ceil(wait)))
    elif status == 503:
        response["Retry-After"] = "5"
    return response


def unexpected(request: HttpRequest, error: Exception, code: str = "api.failed") -> HttpResponse:
    """The response when something failed that should not: it is logged, and nothing of it is shown."""
    _LOG.error(code, exc_info=error, extra={"request_id": getattr(request, "request_id", "")})
    return answer(request, problem(code))
