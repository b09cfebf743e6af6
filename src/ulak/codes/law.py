"""Where a fact of law comes from, and from when until when it holds."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

__all__ = ["READ", "Source", "in_force"]

READ = date(2026, 11, 22)
"""The day on which the sources named in this package were read."""


class Source(NamedTuple):
    """The document that a fact was read in.

    Attributes:
        document: title and version, e.g. ``UBL-TR Kod Listeleri V1.42``.
        section: section, table or rule name within it.
        published: the day on which that version came out, if it says so.
        read: the day on which we read it.
    """

    document: str
    section: str = ""
    published: date | None = None
    read: date = READ

    def __str__(self) -> str:
        return f"{self.document}, {self.section}" if self.section else self.document


def in_force(since: date | None, until: date | None, as_of: date | None) -> bool:
    """Whether something that holds from `since` to `until` (both days included) holds on `as_of`.

    `since` None: older than our sources tell. `until` None: no end known. `as_of` None: the newest state we know,
    which is everything without an end; it does not depend on the clock.

    >>> in_force(date(2026, 1, 9), None, date(2026, 1, 8))
    False
    >>> in_force(date(2026, 1, 9), None, None)
    True
    """
    if as_of is None:
        return until is None
    return (since is None or since <= as_of) and (until is None or as_of <= until)
