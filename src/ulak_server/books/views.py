"""Saved views: filters of lists that people keep, for themselves or for all who work for the taxpayer."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q

from ulak.errors import Text
from ulak_server.books.cleaning import Faults
from ulak_server.books.models import SavedView
from ulak_server.books.problems import problem

__all__ = ["remove_view", "save_view", "views_of"]

_MOST: Final = 50
_LONGEST: Final = 2000
_NAME: Final = Text("Ad", "Name")
_PAGE: Final = Text("Sayfa", "Page")
_PASSING: Final = ("page", "cursor", "after")
"""Names of a query that say where somebody stands in a list, not what is in it."""


def views_of(taxpayer: int, user: int | None, page: str) -> list[SavedView]:
    """A person's views of a list, and the shared ones; within a scope that holds the taxpayer."""
    mine = Q(is_shared=True) if user is None else Q(user_id=user) | Q(is_shared=True)
    return list(SavedView.objects.filter(mine, taxpayer_id=taxpayer, page=page).order_by("place", "id"))


def save_view(
    taxpayer: int, user: int | None, page: str, name: str, query: str, *, is_shared: bool = False
) -> SavedView:
    """Keep a filter under a name; one of the same name is replaced.

    Args:
        query: what stands behind the ``?`` of the list's address.

    Raises:
        BooksError: ``books.missing``, ``books.too-long``, ``books.too-many``.
    """
    faults = Faults()
    name = faults.text("name", name, _NAME, 60, needed=True)
    page = faults.text("page", page, _PAGE, 40, needed=True)
    kept = [(key, value) for key, value in parse_qsl(query.removeprefix("?")) if key not in _PASSING]
    query = faults.text("query", urlencode(kept), _PAGE, _LONGEST)
    faults.raise_any()
    mine = SavedView.objects.filter(taxpayer_id=taxpayer, user_id=user, page=page)
    found = mine.filter(name=name).first()
    if found is None:
        if mine.count() >= _MOST:
            raise problem("books.too-many", limit=_MOST)
        found = SavedView(taxpayer_id=taxpayer, user_id=user, page=page, name=name, place=mine.count())
    found.query, found.is_shared = query, is_shared
    found.save()
    return found


def remove_view(taxpayer: int, user: int | None, id: int) -> SavedView:
    """Forget a view of one's own; returned, so that it can be saved again.

    Raises:
        BooksError: ``books.view-unknown``, ``books.view-not-yours``.
    """
    found = SavedView.objects.filter(taxpayer_id=taxpayer, id=id).first()
    if found is None or (found.user_id != user and not found.is_shared):
        raise problem("books.view-unknown")
    if found.user_id != user:
        raise problem("books.view-not-yours")
    found.delete()
    return found
