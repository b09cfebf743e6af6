"""Every page of the faces, by the rooms that show them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import URLPattern

from ulak_server.pages.registry import Page, Pages

__all__ = ["pages_of", "urls_of"]


def urls_of(rooms: Iterable[Pages]) -> list[URLPattern]:
    """What Django is told of these rooms."""
    return [pattern for room in rooms for pattern in room.urls()]


def pages_of(rooms: Iterable[Pages]) -> list[Page]:
    """Their pages, as the table of permissions shows them."""
    return [page for room in rooms for page in room.pages]
