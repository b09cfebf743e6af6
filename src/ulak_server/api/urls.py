"""The addresses of this room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path

from ulak_server.api.face import faced, nowhere
from ulak_server.api.faults import language_of
from ulak_server.api.replies import JSON
from ulak_server.api.service import API, described


def _openapi(request: HttpRequest) -> HttpResponse:
    return HttpResponse(described(language_of(request)), content_type=JSON)


def _faced(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(pattern, URLPattern):
        pattern.callback = faced(pattern.callback)
    return pattern


urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", faced(_openapi), name="openapi"),
    *(_faced(pattern) for pattern in API.urls[0] if getattr(pattern, "name", "") != "api-root"),
    re_path(r"", faced(nowhere)),
]
