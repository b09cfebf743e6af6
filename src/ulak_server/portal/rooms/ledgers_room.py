"""The room of ledgers: the registry of its pages. Its addresses come after those of the wizard."""

from __future__ import annotations

from typing import Final

from ulak_server.pages.registry import Pages

__all__ = ["ROOM"]

ROOM: Final = Pages("ledgers")
