"""Which keys end when, so that nobody is surprised: a mali mühür has to be applied for in time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.seal.certificates import Certificate

__all__ = ["Ending", "Forecast", "Level", "Thresholds", "forecast", "in_order"]

_DAY: Final = timedelta(days=1)


class Level(StrEnum):
    """How urgent it is; from calm to late."""

    OK = "ok"
    SOON = "soon"
    """Apply for the next certificate."""
    URGENT = "urgent"
    """The next certificate should be at hand."""
    NOT_YET = "not-yet-valid"
    """A new certificate before its first day; it must not seal."""
    EXPIRED = "expired"


class Thresholds(NamedTuple):
    """From how many days before the end a level holds."""

    soon: int = 60
    urgent: int = 15


class Ending(NamedTuple):
    """One certificate's end.

    Attributes:
        days: whole days left, rounded down; negative once it has ended.
        is_issuer: whether it is one above the key's own.
    """

    certificate: Certificate
    days: int
    level: Level
    is_issuer: bool


class Forecast(NamedTuple):
    """How long a key can be used.

    Attributes:
        name: the key's.
        endings: the key's own certificate first, then its issuers.
    """

    name: str
    endings: tuple[Ending, ...]

    @property
    def level(self) -> Level:
        """The worst of the chain: a seal falls with any of its issuers."""
        order = list(Level)
        return max((ending.level for ending in self.endings), key=order.index)

    @property
    def first(self) -> Ending:
        """What ends first."""
        return min(self.endings, key=lambda ending: ending.certificate.not_after)


def forecast(
    name: str,
    chain: Sequence[Certificate],
    now: datetime,
    thresholds: Thresholds = Thresholds(),  # noqa: B008
) -> Forecast:
    """How long a key can be used.

    Args:
        chain: the key's own certificate and its issuers.
        now: zone-aware.
    """
    return Forecast(name, tuple(_ending(one, now, thresholds, at > 0) for at, one in enumerate(chain)))


def in_order(forecasts: Iterable[Forecast]) -> list[Forecast]:
    """What ends first comes first."""
    return sorted(forecasts, key=lambda one: one.first.certificate.not_after)


def _ending(certificate: Certificate, now: datetime, thresholds: Thresholds, is_issuer: bool) -> Ending:
    days = (certificate.not_after - now) // _DAY
    return Ending(certificate, days, _level(certificate, days, now, thresholds), is_issuer)


def _level(certificate: Certificate, days: int, now: datetime, thresholds: Thresholds) -> Level:
    if now > certificate.not_after:
        return Level.EXPIRED
    if now < certificate.not_before:
        return Level.NOT_YET
    if days < thresholds.urgent:
        return Level.URGENT
    return Level.SOON if days < thresholds.soon else Level.OK
