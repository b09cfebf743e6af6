"""What a browser asks for, and where it may be led."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from django.http import HttpRequest

from ulak_server.pages.problems import problem

__all__ = ["check_asked", "is_partial", "safe_path"]

_LARGEST: Final = 2**63 - 1


def check_asked(request: HttpRequest, words: Mapping[str, Any]) -> None:
    """Refuse what no page can mean, before any page sees it.

    Args:
        words: that the address has. A taxpayer 0 would be taken for a page that is about none in particular.

    Raises:
        PageError: ``pages.not-found``, ``pages.unreadable``.
    """
    if words.get("taxpayer") == 0 or any(isinstance(one, int) and one > _LARGEST for one in words.values()):
        raise problem("pages.not-found")
    texts = [one for query in (request.GET, request.POST) for _, values in query.lists() for one in values]
    if any("\0" in str(one) for one in (*texts, *words.values())):
        raise problem("pages.unreadable")


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
