"""What browsers need and programs do not: compression, files, a session, a language of the page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware

__all__ = ["Browsing"]

_PROGRAMS: Final = ("/api/", "/gib/", "/health", "/ready", "/metrics")
"""GİB's calls name no encodings that they could read, and say so by silence; the API has languages of its own."""
_Answered = HttpResponseBase | Awaitable[HttpResponseBase]
_Answer = Callable[[HttpRequest], _Answered]


class Browsing:
    """Django middleware: several of Django's, around requests for pages alone."""

    def __init__(self, get_response: _Answer) -> None:
        self._plain = get_response
        files = WhiteNoiseMiddleware(SessionMiddleware(LocaleMiddleware(get_response)))
        self._dressed: _Answer = GZipMiddleware(files)

    def __call__(self, request: HttpRequest) -> _Answered:
        return (self._plain if request.path.startswith(_PROGRAMS) else self._dressed)(request)
