"""What goes into the isolated process and what comes out of it."""

from __future__ import annotations

import msgspec

__all__ = ["Answer", "Limits", "Request", "Shown"]


class Limits(msgspec.Struct, frozen=True, array_like=True):
    """What a stranger's stylesheet may use.

    Attributes:
        seconds: of wall clock and of processor time.
        megabytes: of memory beyond what the warm process has.
        output: bytes of the page that it makes.
        stylesheet: bytes of the stylesheet itself.
    """

    seconds: float = 3.0
    megabytes: int = 192
    output: int = 4 * 1024 * 1024
    stylesheet: int = 2 * 1024 * 1024


class Shown(msgspec.Struct, frozen=True, array_like=True):
    """A page: cleaned of everything active, and as it was if it has scripts (empty if it has none)."""

    static: bytes
    scripted: bytes


class Request(msgspec.Struct, frozen=True, array_like=True):
    """One stylesheet to run over one document."""

    document: bytes
    stylesheet: bytes
    limits: Limits


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What came of it: a page, or the code of the problem and why in both languages."""

    shown: Shown | None
    code: str = ""
    why_tr: str = ""
    why_en: str = ""
