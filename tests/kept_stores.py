"""The stores of this process, emptied: what is asked for next is made anew."""

from __future__ import annotations

from ulak.kept import _stores

__all__ = ["forget_all"]


def forget_all() -> None:
    """Empty every store."""
    for one in _stores():
        one.clear()
