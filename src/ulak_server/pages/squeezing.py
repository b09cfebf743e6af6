"""Pages and their files are sent compressed; what programs and GİB get stays as it is."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

__all__ = ["Squeezing"]

_PLAIN: Final = ("/api/", "/gib/", "/health", "/ready", "/metrics")


class Squeezing(GZipMiddleware):
    """Django's compression, for browsers: GİB's calls name no encodings that they could read, and say so by silence."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(_PLAIN):
            return response
        return super().process_response(request, response)
