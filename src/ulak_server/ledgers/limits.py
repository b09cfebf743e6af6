"""What one step may use: time and memory. A step that wants more is broken off, so that other works go on."""

from __future__ import annotations

import math
import os
import time
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings

from ulak.errors import Text
from ulak_server.ledgers.problems import LedgerWorkError, problem

__all__ = ["Limits", "limits", "resident"]

_MEGABYTE: Final = 1024 * 1024
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


class Limits(NamedTuple):
    """Minutes that a step may take, and megabytes that the process may hold meanwhile."""

    minutes: float = math.inf
    megabytes: float = math.inf

    def exceeded(self, step: Text, began: float) -> LedgerWorkError | None:
        """What a step did too much of, if it did.

        Args:
            began: by `time.monotonic`.

        Returns:
            ``ledger-work.too-long`` or ``ledger-work.too-heavy``.
        """
        if time.monotonic() - began > 60 * self.minutes:
            return problem("ledger-work.too-long", step=step, minutes=f"{self.minutes:g}")
        if resident() > self.megabytes:
            return problem("ledger-work.too-heavy", step=step, megabytes=f"{self.megabytes:g}")
        return None


def limits() -> Limits:
    """Those of the installation."""
    told = settings.ENVIRONMENT
    return Limits(told.ledger_minutes, told.ledger_megabytes)


def resident() -> float:
    """Megabytes that this process holds; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE / _MEGABYTE
    except OSError:
        return 0.0
