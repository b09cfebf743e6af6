"""Reports to GİB that need the people of a taxpayer: late, refused, put aside, due today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.lifecycle.days import days_left
from ulak_server.exchange.reports.services import Trouble

__all__ = ["Pressing", "is_troubled", "pressing"]

_SOON: Final = timedelta(hours=12)
"""Before the deadline: by then the night's reports have long been sent."""


class Pressing(NamedTuple):
    """Something about reports that needs somebody.

    Attributes:
        name: stable, e.g. ``reports-late``.
        tone: ``bad``, ``wait`` or ``info``.
        left: whole days until it is due; None where no day is.
    """

    name: str
    tone: str
    size: int
    text: Text
    next: Text
    left: int | None = None


_WORDS: Final = {
    "reports-late": (
        "bad",
        Text("{n} kayıt GİB'e süresinde raporlanmadı", "{n} entries were not reported to GİB in time"),
        Text("Nedenine bakın ve şimdi gönderin.", "See why, and send them now."),
    ),
    "reports-refused": (
        "bad",
        Text("{n} rapor GİB'e verilemedi", "{n} reports could not be handed in at GİB"),
        Text("Nedeni raporun sayfasında; ekibimiz de ilgileniyor.", "Its page tells why; our people see to it too."),
    ),
    "reports-aside": (
        "bad",
        Text("{n} belge rapora konamadı", "{n} documents could not be put into a report"),
        Text("Nedenine mutabakatta bakın.", "The reconciliation tells why."),
    ),
    "reports-due": (
        "wait",
        Text("{n} kayıt bugün gece yarısına kadar raporlanmalı", "{n} entries have to be reported by midnight"),
        Text("Kendiliğinden gider; beklemeyin, şimdi gönderin.", "They go by themselves; better send them now."),
    ),
    "reports-unclear": (
        "info",
        Text("{n} raporun GİB'e ulaşıp ulaşmadığı soruluyor", "GİB is asked whether {n} reports arrived"),
        Text("Bir şey yapmanız gerekmez.", "There is nothing to do."),
    ),
}
_ONE: Final = {
    "reports-late": "1 entry was not reported to GİB in time",
    "reports-refused": "1 report could not be handed in at GİB",
    "reports-aside": "1 document could not be put into a report",
    "reports-due": "1 entry has to be reported by midnight",
    "reports-unclear": "GİB is asked whether 1 report arrived",
}


def is_troubled(found: Trouble) -> bool:
    """Whether somebody has to look."""
    return bool(found.late or found.refused or found.put_aside)


def pressing(found: Trouble, now: datetime) -> Sequence[Pressing]:
    """What presses, the worst first."""
    counts = {
        "reports-late": found.late,
        "reports-refused": found.refused,
        "reports-aside": found.put_aside,
        "reports-due": found.waiting if _is_soon(found, now) else 0,
        "reports-unclear": found.unclear,
    }
    left = days_left(found.due_at, now) if found.due_at and found.due_at > now else None
    return [_one(name, count, left) for name, count in counts.items() if count]


def _is_soon(found: Trouble, now: datetime) -> bool:
    return found.due_at is not None and not found.late and timedelta() < found.due_at - now <= _SOON


def _one(name: str, count: int, left: int | None) -> Pressing:
    tone, text, then = _WORDS[name]
    said = text.format(n=count)
    return Pressing(name, tone, count, Text(said.tr, _ONE[name]) if count == 1 else said, then, left)
