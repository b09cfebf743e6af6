"""Pages: one method at one address, what it is called, and which action of the permission table it is.

>>> ROOM = Pages("documents")
>>> @ROOM.page("GET", "outgoing", "documents.read", Text("Giden", "Outgoing"))  # doctest: +SKIP
... def outgoing(request: HttpRequest, visit: Visit) -> HttpResponse: ...
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from ulak.errors import Text
from ulak_server.numerals import written_in
from ulak_server.pages.answering import answered
from ulak_server.pages.asking import make_sane
from ulak_server.pages.door import Visit, visit_of
from ulak_server.pages.problems import problem

__all__ = ["HttpRequest", "HttpResponse", "Page", "Pages", "Text", "Visit"]

F = TypeVar("F", bound=Callable[..., HttpResponseBase])
TENANT: Final = "t/<int:taxpayer>/"


class Page(NamedTuple):
    """One method at one address.

    Attributes:
        address: of Django, from the root, e.g. ``t/<int:taxpayer>/outgoing``.
        action: of the permission table.
        name: by which templates and redirects find it: ``<area>.<function>``.
        by_itself: whether pages ask for it by themselves, which keeps no session alive.
    """

    method: str
    address: str
    action: str
    name: str
    title: Text
    function: Callable[..., HttpResponseBase]
    by_itself: bool = False

    @property
    def needs_taxpayer(self) -> bool:
        return self.address.startswith(TENANT)


class Pages:
    """The pages of one area.

    Args:
        area: its name, which the names of its pages begin with.
        prefix: what all addresses begin with, instead of the taxpayer's.
    """

    def __init__(self, area: str, prefix: str = TENANT) -> None:
        self.area, self.prefix = area, prefix
        self.pages: list[Page] = []

    def page(
        self, method: str, address: str, action: str, title: Text, *, top: bool = False, by_itself: bool = False
    ) -> Callable[[F], F]:
        """Say what a function shows or does.

        Args:
            method: ``GET`` or ``POST``.
            address: below the prefix; converters become keyword arguments.
            action: of the permission table.
            title: of the page; of the action, for those who look at the table.
            top: whether the address stands at the root instead of below the prefix.
            by_itself: see `Page`.
        """

        def mark(function: F) -> F:
            whole = address if top else self.prefix + address
            name = f"{self.area}.{function.__name__}"
            self.pages.append(Page(method, whole, action, name, title, function, by_itself))
            return function

        return mark

    def urls(self) -> list[URLPattern]:
        """What Django is told."""
        by_address: dict[str, dict[str, Page]] = {}
        for one in self.pages:
            by_address.setdefault(one.address, {})[one.method] = one
        return [
            path(address, partial(_dispatch, methods), name=one.name)
            for address, methods in by_address.items()
            for one in methods.values()
        ]


def _dispatch(methods: dict[str, Page], request: HttpRequest, *, taxpayer: int = 0, **words: Any) -> HttpResponseBase:
    method = "GET" if request.method == "HEAD" else request.method or ""
    page = methods.get(method)

    def show() -> HttpResponseBase:
        if page is None:
            raise problem("pages.method")
        request.page = page  # type: ignore[attr-defined]
        make_sane(request, {**words, "taxpayer": taxpayer} if page.needs_taxpayer else words)
        visit = visit_of(request, page.action, taxpayer, is_used=not page.by_itself)
        with written_in(visit.language):
            return page.function(request, visit, **words)

    return answered(request, show)
