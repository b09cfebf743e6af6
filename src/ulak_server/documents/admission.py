"""Who else has a say before a document is taken to be sent: rooms above this one, which know what it costs.

Drafts, checks, answers and what comes in are never asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ulak.errors import UlakError

__all__ = ["Guard", "check", "guard", "refusals"]

Guard = Callable[[int, Sequence[str]], Mapping[int, UlakError]]
"""Taxpayer and kinds of documents that are to be sent: by their places, why those are not taken. Within the scope."""
_GUARDS: Final[list[Guard]] = []


def guard(one: Guard) -> None:
    """Ask this one from now on."""
    if one not in _GUARDS:
        _GUARDS.append(one)


def refusals(taxpayer: int, kinds: Sequence[str]) -> dict[int, UlakError]:
    """Which of some documents must not be taken to be sent, by their places; within a scope that holds the taxpayer."""
    found: dict[int, UlakError] = {}
    for one in _GUARDS if kinds else ():
        found |= one(taxpayer, kinds)
    return found


def check(taxpayer: int, kind: str) -> None:
    """Raise what `refusals` says of one document."""
    for error in refusals(taxpayer, [kind]).values():
        raise error
