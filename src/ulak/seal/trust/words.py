"""A sentence about what was found, and what to do about it."""

from __future__ import annotations

from typing import NamedTuple

from ulak.errors import Text

__all__ = ["Words"]


class Words(NamedTuple):
    """Both in both languages, with places for facts."""

    text: Text
    repair: Text
