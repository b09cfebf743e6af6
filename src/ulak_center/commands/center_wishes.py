"""What ``ulak center run`` was told, as values."""

from __future__ import annotations

import os
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from ulak.cli.errors import usage
from ulak.errors import Text
from ulak_center.clock import EARLIEST, LATEST
from ulak_center.population import LARGEST

__all__ = ["TOKEN", "Wish", "moment_of", "number_of", "span_of", "token_of", "wish_of"]

TOKEN: Final = "ULAK_CENTER_TOKEN"  # noqa: S105 the name of a variable
_SPAN: Final = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?)([smhd]?)")
_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_FASTEST: Final = 1_000_000
_NUMBER: Final = Text("{option}: “{value}” bir sayı değil.", "{option}: “{value}” is no number.")
_BOUNDS: Final = Text("{least} ile {most} arasında bir sayı yazın.", "Write a number from {least} to {most}.")
_MOMENT: Final = Text("{option}: “{value}” bir zaman değil.", "{option}: “{value}” is no time.")
_YEAR: Final = Text("Yıl {least} ile {most} arasında olmalı.", "The year must be from {least} to {most}.")
_MOMENT_DO: Final = Text(
    "Saat dilimiyle yazın: 2026-11-22T09:00+03:00.", "Write it with its zone: 2026-11-22T09:00+03:00."
)
_TIMESPAN: Final = Text("{option}: “{value}” bir süre değil.", "{option}: “{value}” is no span of time.")
_TIMESPAN_DO: Final = Text("90s, 30m, 2h ya da 8d yazın.", "Write 90s, 30m, 2h or 8d.")
_TLS: Final = Text("--certificate ve --tls-key birlikte verilir.", "--certificate and --tls-key go together.")
_TLS_DO: Final = Text("İkisini de yazın ya da hiçbirini.", "Write both, or none.")


class Wish(NamedTuple):
    """How a center is to run.

    Attributes:
        data: folder in which everything is kept; None for a temporary one.
        speed: of the clock; 0 for one that stands still.
        at: when the clock begins; None for now.
        taxpayers: synthetic ones.
        judging: whether documents are judged.
        tls: certificate and key; None for plain HTTP.
    """

    host: str
    port: int
    data: Path | None
    pki: Path | None
    seed: int
    speed: float
    at: datetime | None
    taxpayers: int
    judging: bool
    verify_seals: bool
    token: str
    tls: tuple[Path, Path] | None


def wish_of(
    *,
    place: tuple[str, str],
    folders: tuple[str | None, str | None],
    numbers: tuple[str, str, str],
    at: str | None,
    judging: bool,
    verify_seals: bool,
    token: str | None,
    tls: tuple[str | None, str | None],
) -> Wish:
    """The wish that the options say.

    Raises:
        UlakError: ``cli.usage``.
    """
    certificate, key = tls
    if (certificate is None) != (key is None):
        raise usage(_TLS, _TLS_DO)
    data, pki = (None if folder is None else Path(folder) for folder in folders)
    seed, speed, taxpayers = numbers
    return Wish(
        place[0],
        int(number_of(place[1], "--port", 0, 65_535)),
        data,
        pki,
        int(number_of(seed, "--seed", 0, 10**9)),
        number_of(speed, "--speed", 0, _FASTEST, whole=False),
        None if at is None else _beginning(at),
        int(number_of(taxpayers, "--taxpayers", 0, LARGEST)),
        judging,
        verify_seals,
        token_of(token),
        (Path(certificate), Path(key)) if certificate and key else None,
    )


def _beginning(text: str) -> datetime:
    found = moment_of(text, "--at")
    if not EARLIEST <= found < LATEST:
        raise usage(_MOMENT.format(option="--at", value=text), _YEAR.format(least=EARLIEST.year, most=LATEST.year - 1))
    return found


def token_of(given: str | None) -> str:
    """The token of the control API: as given, else from the environment; empty for none."""
    return given if given is not None else os.environ.get(TOKEN, "")


def number_of(text: str, option: str, least: int, most: int, *, whole: bool = True) -> float:
    """The number that an option gives.

    Raises:
        UlakError: ``cli.usage``.
    """
    form = r"[0-9]{1,12}" if whole else r"[0-9]{1,12}(?:\.[0-9]{1,6})?"
    if not re.fullmatch(form, text, re.ASCII) or not least <= float(text) <= most:
        raise usage(_NUMBER.format(option=option, value=text), _BOUNDS.format(least=least, most=most))
    return float(text)


def moment_of(text: str, option: str) -> datetime:
    """The time that an option gives, which must name its zone.

    Raises:
        UlakError: ``cli.usage``.

    >>> moment_of("2026-11-22T09:00+03:00", "--at").isoformat()
    '2026-11-22T09:00:00+03:00'
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise usage(_MOMENT.format(option=option, value=text), _MOMENT_DO)
    return found


def span_of(text: str, option: str) -> timedelta:
    """The span of time that an option gives; without a unit it is seconds.

    Raises:
        UlakError: ``cli.usage``.

    >>> span_of("8d", "--advance"), span_of("1.5h", "--advance")
    (datetime.timedelta(days=8), datetime.timedelta(seconds=5400))
    """
    found = _SPAN.fullmatch(text)
    if found is None:
        raise usage(_TIMESPAN.format(option=option, value=text), _TIMESPAN_DO)
    return timedelta(seconds=float(found[1]) * _UNITS[found[2]])
