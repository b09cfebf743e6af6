"""Who else has a say before a document is taken to be sent: rooms above this one, which know what it costs.

Drafts, checks, answers and what comes in are never asked about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from ulak.errors import UlakError
from ulak_server.database.ahead import Ask, asked

__all__ = ["Guard", "asks", "check", "guard", "refusals", "refused"]

Rows = Sequence[Sequence[Any]]


class Guard(Protocol):
    """One who is asked, within the scope of the taxpayers."""

    def asks(self, taxpayers: Sequence[int]) -> Ask:
        """What it has to know of them."""

    def refused(self, taxpayer: int, kinds: Sequence[str], rows: Rows) -> Mapping[int, UlakError]:
        """By their places, why documents that are to be sent are not taken.

        Args:
            kinds: of all that the taxpayer hands in now.
            rows: what was found for `asks`.
        """


_GUARDS: Final[list[Guard]] = []


def guard(one: Guard) -> None:
    """Ask this one from now on."""
    if one not in _GUARDS:
        _GUARDS.append(one)


def asks(taxpayers: Sequence[int]) -> list[Ask]:
    """What has to be asked before `refused` can tell."""
    return [one.asks(taxpayers) for one in _GUARDS]


def refused(taxpayer: int, kinds: Sequence[str], found: Sequence[Rows]) -> dict[int, UlakError]:
    """Which of a taxpayer's documents must not be taken to be sent, by their places.

    Args:
        found: the rows of each of `asks`.
    """
    told: dict[int, UlakError] = {}
    for one, rows in zip(_GUARDS, found, strict=True) if kinds else ():
        told |= one.refused(taxpayer, kinds, rows)
    return told


def refusals(taxpayer: int, kinds: Sequence[str]) -> dict[int, UlakError]:
    """`refused` of documents of one taxpayer, within a scope that holds it."""
    return refused(taxpayer, kinds, asked(*asks([taxpayer]))) if kinds else {}


def check(taxpayer: int, kind: str) -> None:
    """Raise what `refusals` says of one document."""
    for error in refusals(taxpayer, [kind]).values():
        raise error
