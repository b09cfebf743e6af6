"""What every answer to a browser has in common: headers, and sentences instead of failures."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final
from urllib.parse import quote, urlsplit

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from psycopg.errors import ReadOnlySqlTransaction

from ulak.errors import UlakError
from ulak_server.pages.asking import is_partial, safe_path
from ulak_server.pages.problems import PageError, problem
from ulak_server.pages.showing import told
from ulak_server.people.services import NotAllowed, NotSignedIn
from ulak_server.statuses import status_of

__all__ = ["POLICY", "answered", "unreadable"]

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What pages may load: their own and nothing else, no script or style within the page."""
_LOG: Final = logging.getLogger("ulak_server.pages")
_STEPS: Final = {
    "people.second-factor-due": "/sign-in/code",
    "people.second-factor-missing": "/sign-in/second-factor",
    "people.password-expired": "/sign-in/password",
}


def answered(request: HttpRequest, show: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer of a view, or the page that says why there is none."""
    try:
        response = show()
    except UlakError as error:
        response = _refused(request, error)
    except (SuspiciousOperation, MultiPartParserError) as error:
        response = _told(request, _unreadable(error))
    except (OperationalError, InterfaceError):
        _LOG.warning("page.no-database", exc_info=True)
        response = _told(request, problem("pages.unavailable"))
    except Exception as error:  # the last one who can turn it into a sentence
        response = _failed(request, error)
    return _headed(response)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """What Django shows whoever sends something that it does not read, before any page is asked for."""

    def show() -> HttpResponseBase:
        raise _unreadable(exception)

    return answered(request, show)


def _unreadable(error: Exception) -> PageError:
    is_large = isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return problem("pages.too-large", limit=64) if is_large else problem("pages.unreadable")


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    # An operator who reads along works in transactions that can only read.
    if isinstance(error.__cause__, ReadOnlySqlTransaction):
        return _told(request, problem("pages.read-only"))
    _LOG.error("page.failed", exc_info=error)
    return _told(request, problem("pages.failed"), 500)


def _refused(request: HttpRequest, error: UlakError) -> HttpResponseBase:
    if isinstance(error, NotSignedIn) and not request.path.startswith("/sign-in"):
        return _to(request, f"/sign-in?next={quote(_back(request))}", error)
    if isinstance(error, NotAllowed) and error.code in _STEPS:
        return _to(request, f"{_STEPS[error.code]}?next={quote(_back(request))}", error)
    return _told(request, error)


def _back(request: HttpRequest) -> str:
    if request.method == "GET" and not is_partial(request):
        return request.get_full_path()
    try:
        referrer = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    except ValueError:
        return "/"
    return safe_path(referrer.path + (f"?{referrer.query}" if referrer.query else ""))


def _to(request: HttpRequest, address: str, error: UlakError) -> HttpResponseBase:
    if not is_partial(request):
        return HttpResponseRedirect(address)
    # What is written on the page must not be lost: its script says so and keeps it.
    response = _told(request, error, 401)
    response["HX-Trigger"] = "ulak:session-ended"
    response["HX-Reswap"] = "none"
    return response


def _told(request: HttpRequest, error: UlakError, status: int = 0) -> HttpResponse:
    return told(request, error, status or status_of(error))


def _headed(response: HttpResponseBase) -> HttpResponseBase:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
    response.headers.setdefault("Vary", "Accept-Language, Cookie, HX-Request")
    return response
