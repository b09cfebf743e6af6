"""How both faces mark kontör: the tone of a chip, and its drawing, so that colour does not stand alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak_server.credits.services import Level, What

__all__ = ["LEVELS", "WHATS", "Chip"]

Chip = tuple[str, str]
"""Tone – ``ok``, ``wait``, ``bad``, ``info`` or ``quiet`` – and drawing."""

LEVELS: Final[Mapping[Level, Chip]] = {
    Level.EMPTY: ("bad", "alert"),
    Level.LOW: ("wait", "clock"),
    Level.OK: ("ok", "check"),
    Level.NONE: ("quiet", "info"),
}
"""How a balance stands, the worst first."""
WHATS: Final[Mapping[What, Chip]] = {
    What.LOADED: ("ok", "plus"),
    What.USED: ("info", "out"),
    What.REFUNDED: ("ok", "repeat"),
    What.EXPIRED: ("wait", "clock"),
    What.CORRECTED: ("info", "edit"),
}
"""What changed a balance."""
