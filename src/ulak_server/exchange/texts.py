"""Words that others wrote, as they are kept for people."""

from __future__ import annotations

__all__ = ["printable"]


def printable(text: str) -> str:
    """A text without control characters and what else cannot be printed.

    >>> printable("kabul\\x00 edildi\\n")
    'kabul  edildi'
    """
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()
