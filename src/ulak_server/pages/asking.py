"""What a browser asks for, and where it may be led."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict

from ulak_server import numerals
from ulak_server.pages.problems import problem

__all__ = ["day_of", "is_partial", "make_sane", "number_of", "safe_path"]

_LARGEST: Final = 2**63 - 1


def make_sane(request: HttpRequest, words: Mapping[str, Any]) -> None:
    """Keep from pages what none can mean: NULs in what was written, which no table keeps, and numbers that none holds.

    Args:
        words: that the address has. A taxpayer 0 would be taken for a page that is about none in particular.

    Raises:
        PageError: ``pages.not-found``.
    """
    is_beyond = any(isinstance(one, int) and one > _LARGEST for one in words.values())
    if is_beyond or words.get("taxpayer") == 0:
        raise problem("pages.not-found")
    if _has_nul(request.GET):
        request.GET = _without_nul(request.GET)  # type: ignore[assignment]
    if _has_nul(request.POST):
        request.POST = _without_nul(request.POST)  # type: ignore[assignment]


def _has_nul(given: QueryDict) -> bool:
    return any("\0" in one for name, values in given.lists() for one in (name, *values))


def _without_nul(given: QueryDict) -> QueryDict:
    plain = QueryDict(mutable=True)
    for name, values in given.lists():
        plain.setlist(name.replace("\0", ""), [one.replace("\0", "") for one in values])
    return plain


def day_of(given: object) -> date | None:
    """The day that a field of a form names, or None.

    >>> day_of("2026-11-30"), day_of("30.11.")
    (datetime.date(2026, 11, 30), None)
    """
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        return None


def number_of(given: object) -> str:
    """A number as programs write it, of what people typed: 1.250,5 on Turkish pages, 1,250.5 on English ones.

    What is none, or might be a thousand as well as a fraction, comes back marked, so that nobody takes it for one.

    >>> number_of(" 1.250,5 "), number_of("1.250"), number_of("çok"), number_of("")
    ('1250.5', '1250', 'çok?', '')
    """
    text = "".join(str(given).split())
    found = numerals.plain(text) if text else ""
    return f"{text}?" if found is None else found


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
