"""The time; rehearsals against a simulated center may put another clock here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

__all__ = ["ISTANBUL", "is_ahead", "now", "today", "use"]

ISTANBUL = ZoneInfo("Europe/Istanbul")
"""Where the business day is counted."""


def _real() -> datetime:
    return datetime.now(UTC)


_clock: Callable[[], datetime] = _real


def now() -> datetime:
    """The moment, aware."""
    return _clock()


def today() -> date:
    """The business day, in Istanbul."""
    return now().astimezone(ISTANBUL).date()


def is_ahead(moment: datetime, most: timedelta) -> bool:
    """Whether a moment that was set at most so far ahead is still to come.

    One that is farther away was set by a clock that has been put back since: nobody is to wait for it.
    """
    return timedelta() < moment - now() <= most


def use(clock: Callable[[], datetime] | None) -> None:
    """Let this process go by another clock; None: by the real one again."""
    global _clock
    _clock = clock or _real
