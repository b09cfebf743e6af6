"""Pauses that grow, with chance that is handed in as a number: the same number gives the same pauses."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from ulak.lifecycle.policy import Backoff

__all__ = ["chance", "pause"]

_MASK: Final = 0xFFFFFFFFFFFFFFFF
_MOST: Final = 60
"""Exponents beyond this are past every cap."""


def chance(seed: int, turn: int) -> float:
    """A number in [0, 1) that depends on nothing but these two (SplitMix64).

    >>> chance(7, 1) == chance(7, 1) != chance(7, 2)
    True
    """
    mixed = (seed + 0x9E3779B97F4A7C15 * (turn + 1)) & _MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
    return ((mixed ^ (mixed >> 31)) >> 11) / (1 << 53)


def pause(backoff: Backoff, tries: int, seed: int) -> timedelta:
    """How long to wait after the so-manieth try in a row, counted from 1.

    Never longer than the cap, never shorter than the cap or the full pause less its share of chance.

    >>> pause(Backoff(timedelta(seconds=10), jitter=0.0), 3, seed=1)
    datetime.timedelta(seconds=40)
    >>> pause(Backoff(timedelta(seconds=10), jitter=0.0), 500, seed=1)
    datetime.timedelta(seconds=1800)
    """
    first, cap = backoff.first.total_seconds(), backoff.cap.total_seconds()
    full = min(first * backoff.factor ** min(max(tries, 1) - 1, _MOST), cap)
    return timedelta(seconds=full * (1 - backoff.jitter * chance(seed, tries)))
