"""What is stored of a package."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from ulak.lifecycle.ledgers.stages import Stage

__all__ = ["BeratKind", "Package"]


class BeratKind(StrEnum):
    """What a package is of (Teknik Kılavuz V1.7, 2.4.1 and 2.7.1)."""

    JOURNAL = "YB"
    """The journal's berat."""
    LEDGER = "KB"
    """The general ledger's berat."""
    INVENTORY = "EB"
    """The inventory book's berat."""
    REPORT = "DR"
    """The report of the month's ledgers."""

    @property
    def is_returned(self) -> bool:
        """Whether GİB gives it back with its seal: all but the report (Teknik Kılavuz V1.7, 2.8)."""
        return self is not BeratKind.REPORT


class Package(NamedTuple):
    """What is stored of one package.

    Attributes:
        seed: from which the jitter of its pauses is worked out.
        wake_at: when its alarm clock rings: for its work, or to warn of `due_at`; None if nothing is to be done.
        due_at: the first moment at which it is late (`ulak.lifecycle.ledgers.calendar`).
        is_returned: whether GİB gives the berat back with its seal.
        had_before: whether GİB saw an earlier package of the same name: what it tells may be of that one.
        work_at: when its work goes on; None while it waits for other packages.
        warned: how many of the warnings of `due_at` are behind it.
        hushed: whether it is past its time, and nobody was told, since GİB has it from a send that was in time.
        attempts: how often it was sent.
        failures: sends in a row that did not bring it there.
        questions: how often it was asked for.
        asked_before: how often that was before it was sent last; older answers say nothing of that send.
        asks: questions in a row that did not end the waiting.
        disputes: how often GİB contradicted itself about it.
        fetches: how often its approved berat was asked for.
        misses: of these, in a row, without a berat that holds.
        sent_at, asked_at: when it was sent and asked for last.
        said_there: whether GİB said that it has it (111) without having given us a receipt.
        code: GİB's number, or our own code, that brought it to its stage; ``durum`` for a status in words.
        words: what GİB said last of its state, as GİB wrote it.
    """

    stage: Stage
    seed: int
    wake_at: datetime | None
    due_at: datetime
    is_returned: bool = True
    had_before: bool = False
    work_at: datetime | None = None
    warned: int = 0
    hushed: bool = False
    attempts: int = 0
    failures: int = 0
    questions: int = 0
    asked_before: int = 0
    asks: int = 0
    disputes: int = 0
    fetches: int = 0
    misses: int = 0
    sent_at: datetime | None = None
    asked_at: datetime | None = None
    said_there: bool = False
    code: str = ""
    words: str = ""
