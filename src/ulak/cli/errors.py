"""What a person can get wrong on the command line, and the exit codes that are part of the contract."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from ulak.errors import Text, UlakError

__all__ = ["Exit", "day_of", "one_of", "usage"]


class Exit(IntEnum):
    """What the command tells the program that called it."""

    OK = 0
    """Everything is valid, or was done; warnings may have been shown."""
    FINDINGS = 1
    """At least one document breaks a rule of GİB's or could not be judged."""
    UNREADABLE = 2
    """A file or package cannot be read at all, or the command line is wrong."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C (128 + SIGINT)."""
    BROKEN_PIPE = 141
    """The reader of the output went away (128 + SIGPIPE)."""


def usage(text: Text, repair: Text) -> UlakError:
    """The error of a command line that means nothing."""
    return UlakError("cli.usage", text, repair)


def day_of(text: str | None, option: str) -> date | None:
    """The day that an option names, ``yyyy-mm-dd``.

    Raises:
        UlakError: ``cli.usage``.

    >>> day_of("2026-07-01", "--as-of")
    datetime.date(2026, 7, 1)
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise usage(
            Text(f"{option}: “{text}” bir tarih değil.", f"{option}: “{text}” is no date."),
            Text("Yıl-ay-gün olarak yazın: 2026-07-01.", "Write it as year-month-day: 2026-07-01."),
        ) from None


def one_of(text: str, choices: tuple[str, ...], option: str) -> None:
    """Refuse a value that is none of the choices.

    Raises:
        UlakError: ``cli.usage``.
    """
    if text not in choices:
        raise usage(
            Text(f"{option}: “{text}” bilinmiyor.", f"{option}: “{text}” is not known."),
            Text(f"Olabilecekler: {', '.join(choices)}.", f"It can be: {', '.join(choices)}."),
        )
