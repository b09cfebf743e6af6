"""The areas of the operator's console, each with its pages."""

from __future__ import annotations

from typing import Final

from ulak_server.console.rooms import (
    books,
    credits,
    ground,
    merkez,
    overview,
    reports,
    staff,
    stuck,
    support,
    taxpayers,
)
from ulak_server.pages.registry import Pages

__all__ = ["ROOMS"]

ROOMS: Final[tuple[Pages, ...]] = (
    overview.ROOM,
    taxpayers.ROOM,
    merkez.ROOM,
    stuck.ROOM,
    reports.ROOM,
    books.ROOM,
    credits.ROOM,
    ground.ROOM,
    staff.ROOM,
    support.ROOM,
)
