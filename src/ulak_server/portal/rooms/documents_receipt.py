"""The form of a receipt advice: of each line, how much was received, rejected or missing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from ulak.errors import Text
from ulak.ubl.documents import read_document
from ulak.ubl.forms import to_json
from ulak_server import numerals
from ulak_server.pages.asking import day_of
from ulak_server.portal.rooms.documents_filters import amount_of

__all__ = ["Line", "given_lines", "lines_of", "said_of"]

_BAD: Final = Text("Miktar sıfırdan küçük olmayan bir sayıdır.", "A quantity is a number, not below zero.")
_TOO_MUCH: Final = Text(
    "Reddedilen ve eksik gelen, gönderilen {quantity} miktarını aşamaz.",
    "What was rejected and what is missing cannot be more than the {quantity} despatched.",
)
_NO_REASON: Final = Text("Ret nedenini yazın.", "Write why it is rejected.")


class Line(NamedTuple):
    """A line of a despatch advice, and what is said of it.

    Attributes:
        quantity: as despatched.
        rejected, short: as typed.
        fault: what is wrong with what was typed.
    """

    id: str
    name: str
    unit: str
    quantity: Decimal
    rejected: str = ""
    short: str = ""
    reason: str = ""
    fault: Text | None = None


def lines_of(body: bytes) -> list[Line]:
    """The lines of a despatch advice."""
    said = json.loads(to_json(read_document(body)), parse_float=Decimal)
    return [
        Line(
            str(line.get("id") or place),
            line.get("name", ""),
            line.get("unit", ""),
            Decimal(str(line.get("quantity", 0))),
        )
        for place, line in enumerate(said["lines"], 1)
    ]


def given_lines(lines: Sequence[Line], given: Mapping[str, Any]) -> list[Line]:
    """The lines with what was typed, each with its fault if it has one."""
    return [_checked(_given(line, place, given)) for place, line in enumerate(lines)]


def said_of(lines: Sequence[Line], given: Mapping[str, Any]) -> dict[str, Any]:
    """What differs from "all of it was received", as `answers.receipt` takes it; of every line, in order."""
    said: dict[str, Any] = {"lines": [_said(line) for line in lines]}
    if note := str(given.get("note", "")).replace("\0", "").strip()[:500]:
        said["notes"] = [note]
    if day := day_of(given.get("day")):
        said["delivery_date"] = day.isoformat()
    return said


def _given(line: Line, place: int, given: Mapping[str, Any]) -> Line:
    rejected, short, reason = (
        str(given.get(f"{name}-{place}", "")).replace("\0", "").strip()[:200]
        for name in ("rejected", "short", "reason")
    )
    return line._replace(rejected=rejected, short=short, reason=reason)


def _checked(line: Line) -> Line:
    try:
        rejected, short = (amount_of(text) if text else Decimal(0) for text in (line.rejected, line.short))
    except ValueError:
        return line._replace(fault=_misread(line.rejected) or _misread(line.short) or _BAD)
    if rejected < 0 or short < 0:
        return line._replace(fault=_BAD)
    if rejected + short > line.quantity:
        return line._replace(fault=_TOO_MUCH.format(quantity=numerals.shown_text(f"{line.quantity:f}")))
    return line._replace(fault=_NO_REASON) if rejected and not line.reason else line


def _misread(text: str) -> Text | None:
    """Both that digits can mean, if they are doubtful on an English page."""
    both = numerals.doubtful(text) if numerals.language() == "en" else None
    if both is None:
        return None
    thousand, fraction = map(numerals.shown_text, both)
    return numerals.DOUBT.format(value=text, thousand=thousand, fraction=fraction)


def _said(line: Line) -> dict[str, Any]:
    said: dict[str, Any] = {"despatch_line": line.id}
    for name, text in (("rejected", line.rejected), ("short", line.short)):
        if text and (amount := amount_of(text)):
            said[name] = amount
    if line.reason and "rejected" in said:
        said["reject_reason"] = line.reason
    return said
