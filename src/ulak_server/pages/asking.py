"""What a browser asks for, and where it may be led."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest

__all__ = ["is_partial", "safe_path"]


def is_partial(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def safe_path(given: str, otherwise: str = "/") -> str:
    """A path of this site, whoever gave it.

    >>> safe_path("/t/1/today?x=1"), safe_path("//evil.example/"), safe_path("https://evil.example/")
    ('/t/1/today?x=1', '/', '/')
    """
    try:
        parts = urlsplit(given)
    except ValueError:
        return otherwise
    is_ours = not parts.scheme and not parts.netloc and given.startswith("/") and not given.startswith("//")
    return given if is_ours and "\\" not in given and given.isprintable() else otherwise
