"""The areas of the operator's console, each with its pages."""

from __future__ import annotations

from typing import Final

from ulak_server.pages.registry import Pages

__all__ = ["ROOMS"]

ROOMS: Final[tuple[Pages, ...]] = ()
