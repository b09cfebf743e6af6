"""The order in which documents are worked for: that of their coming, priority ones first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

__all__ = ["queued_at"]

_HEAD_START: Final = timedelta(hours=1)


def queued_at(now: datetime, *, priority: bool) -> datetime:
    """``ready_at`` of work that is due now; what has priority is put before what came within the last hour."""
    return now - _HEAD_START if priority else now
