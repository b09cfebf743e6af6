"""What carries out the effects of this room's records inside the transaction."""

from __future__ import annotations

from typing import Final

from ulak_server.exchange.shell import Handlers

__all__ = ["HANDLERS"]

HANDLERS: Final[Handlers] = {}
