"""What is said of an envelope of ours: told to it, and kept with the words that came along."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from ulak.codes.statuses import Speaker
from ulak.lifecycle.envelopes import Stands, Told
from ulak_server.exchange.rooms import ENVELOPES, Row
from ulak_server.exchange.shell import Shell
from ulak_server.exchange.texts import printable

__all__ = ["RECEIPT", "bring", "note", "receipt_at"]

RECEIPT: Final = "receipt"
"""Stands in `said` where Merkez gave its receipt, which has no status."""
_MOST: Final = 60
_LONGEST: Final = 300


def bring(shell: Shell, envelope: UUID, event: Told | Stands, text: str = "") -> Row | None:
    """Tell an envelope what a system response says of it; None if we sent no such envelope.

    Args:
        text: the words beside the status, a stranger's; they are kept for people and read by nobody else.
    """
    row = shell.get(ENVELOPES, envelope)
    if row is None:
        return None
    before = len(row["said"])
    shell.happen(ENVELOPES, envelope, event)
    words = printable(text[:_LONGEST])
    row["said"] = [*row["said"][:before], *([*entry[:3], words] for entry in row["said"][before:])]
    return row


def note(row: Row, at: datetime, by: Speaker | None, code: str) -> None:
    """Keep what was said; of very much, the beginning and the end."""
    said: list[Any] = [*row["said"], [at.isoformat(), by.value if by else "", code, ""]]
    row["said"] = said if len(said) <= _MOST else [*said[: _MOST // 2], *said[-_MOST // 2 :]]


def receipt_at(row: Row) -> datetime | None:
    """When Merkez gave its receipt, or said first that it has the envelope; None if it did not."""
    return next((datetime.fromisoformat(at) for at, by, _, _ in row["said"] if by == Speaker.MERKEZ), None)
