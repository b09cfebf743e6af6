"""What every request has: an id that stands in its answer and in every line of the log, and its time in the metrics."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Final
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ulak_server.meters import REQUESTS
from ulak_server.origins import origin

__all__ = ["Requests"]

_ID: Final = re.compile(r"[0-9A-Za-z._-]{8,64}", re.ASCII)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_LOG: Final = structlog.get_logger("ulak_server.requests")
_SLOW: Final = 1.0


class Requests:
    """Django middleware; the outermost. ``REMOTE_ADDR`` is the caller's also behind a proxy that is known.
    ``request.request_id`` is the caller's ``X-Request-Id`` if it is a sane one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        told = given if _ID.fullmatch(given) else str(uuid4())
        request.request_id = told  # type: ignore[attr-defined]
        peer, forwarded = request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
        request.META["REMOTE_ADDR"] = origin(peer, forwarded, settings.PROXIES)
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=told):
            response = self._get_response(request)
            self._measured(request, response, time.perf_counter() - began)
        response["X-Request-Id"] = told
        return response

    def _measured(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        match, method = request.resolver_match, request.method if request.method in _METHODS else "other"
        route = match.route if match and match.url_name != "nowhere" else "none"
        REQUESTS.labels(route, method, str(response.status_code)).observe(seconds)
        if response.status_code >= 500 or seconds > _SLOW:
            event = "request.failed" if response.status_code >= 500 else "request.slow"
            _LOG.warning(event, route=route, method=method, status=response.status_code, seconds=round(seconds, 3))
