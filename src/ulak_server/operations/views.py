"""``/health``, ``/ready`` and ``/metrics``: for load balancers and monitoring, without a word about anybody."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Final

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from ulak_server.database.migrating import missing
from ulak_server.operations import depths, exposition

__all__ = ["health", "metrics", "ready"]

_LOG: Final = structlog.get_logger("ulak_server.operations")
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})
_BEHIND: Final = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")
_migrated = False


@csrf_exempt
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers; says nothing of what it needs."""
    return JsonResponse({"status": "ok"})


@csrf_exempt
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 if documents can be taken in: the database answers and its tables are up to date; else 503.

    Whether workers run is told, but does not matter for it: what was taken in waits for them.
    """
    checks = {"database": _holds(_answers), "migrations": _holds(_is_migrated)}
    is_ready = all(checks.values())
    told: dict[str, object] = {"status": "ok" if is_ready else "unavailable", "checks": checks}
    if is_ready:
        told["workers"] = _holds(lambda: depths.workers() > 0)
    return JsonResponse(told, status=200 if is_ready else 503)


@csrf_exempt
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text; to whoever has the token of ``ULAK_METRICS_TOKEN``, or without one to this machine alone."""
    if not _may_see(request):
        return HttpResponse("", status=403)
    return HttpResponse(exposition.text(), content_type=CONTENT_TYPE_LATEST)


def _may_see(request: HttpRequest) -> bool:
    token = settings.ENVIRONMENT["ULAK_METRICS_TOKEN"]
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), token.encode())
    # A proxy on this machine speaks for strangers.
    is_forwarded = any(request.headers.get(name) for name in _BEHIND)
    return request.META.get("REMOTE_ADDR") in _LOOPBACK and not is_forwarded


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception as error:
        _LOG.warning("ready.failed", check=getattr(check, "__name__", ""), error=str(error)[:200])
        connection.close()
        return False


def _answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _is_migrated() -> bool:
    global _migrated
    # What was run stays run; reading all migrations at every call would cost more than the call.
    _migrated = _migrated or not missing()
    return _migrated
