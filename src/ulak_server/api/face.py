"""What every answer of the API has in common: headers, and problems instead of pages of HTML."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from ulak_server.api.faults import answer, language_of, unexpected
from ulak_server.api.problems import problem

__all__ = ["faced", "nowhere"]

View = Callable[..., Any]


def faced(view: View) -> View:
    """A view of the API with what all of them have in common."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **words: Any) -> HttpResponse:
        try:
            response: HttpResponse = view(request, *args, **words)
        except Exception as error:  # the last one who can turn it into a problem
            response = unexpected(request, error)
        if response.status_code == 405:
            response = _not_allowed(request, response)
        return _headed(request, response)

    return answered


@csrf_exempt
def nowhere(request: HttpRequest) -> HttpResponse:
    """What stands at every address of the API where nothing is."""
    return answer(request, problem("api.not-found"))


def _not_allowed(request: HttpRequest, before: HttpResponse) -> HttpResponse:
    response = answer(request, problem("api.method", method=(request.method or "")[:20]))
    response["Allow"] = before["Allow"]
    return response


def _headed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response["Content-Language"] = language_of(request)
    response.setdefault("Cache-Control", "no-store")
    response["Vary"] = "Accept-Language, Authorization, Cookie"
    return response
