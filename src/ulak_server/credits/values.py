"""The words of kontör: what changes a balance, what happens when it is used up, and how it stands."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak_server import formats

__all__ = ["CENT", "LARGEST", "NOTHING", "Level", "OnEmpty", "Price", "Standing", "What", "kontor_text"]

NOTHING: Final = Decimal(0)
CENT: Final = Decimal("0.01")
"""Amounts are kontör, to the hundredth."""
LARGEST: Final = Decimal(100_000_000)
"""Kontör of one load, correction, overdraft or threshold."""


class What(StrEnum):
    """What changed a balance."""

    LOADED = "loaded"
    USED = "used"
    REFUNDED = "refunded"
    EXPIRED = "expired"
    CORRECTED = "corrected"

    @property
    def label(self) -> Text:
        """For people."""
        return _WHAT[self]


class OnEmpty(StrEnum):
    """What becomes of documents that the credit does not cover."""

    WAIT = "wait"
    """They wait, and go on by themselves when there is credit again."""
    GO_ON = "go-on"
    """They go, and the balance becomes negative."""

    @property
    def label(self) -> Text:
        """For people."""
        return _ON_EMPTY[self]


class Level(StrEnum):
    """How a taxpayer's credit stands."""

    NONE = "none"
    """No kontör is counted."""
    OK = "ok"
    LOW = "low"
    EMPTY = "empty"

    @property
    def label(self) -> Text:
        """For people."""
        return _LEVEL[self]

    @property
    def rank(self) -> int:
        """How bad it is."""
        return _RANKS.index(self)


class Price(NamedTuple):
    """What a document costs.

    Attributes:
        kind: of `ulak_server.documents.kinds`.
        is_incoming: whether it came in.
        amount: kontör.
        since: from which day on; None: it was never said, and is what the platform begins with.
        is_own: whether it is this taxpayer's own.
        next: what it will be, and from which day on; None if nothing is planned.
    """

    kind: str
    is_incoming: bool
    amount: Decimal
    since: date | None = None
    is_own: bool = False
    next: tuple[date, Decimal] | None = None


class Standing(NamedTuple):
    """How a taxpayer's credit stands now.

    Attributes:
        metered: whether kontör are counted at all.
        balance: what is left; negative if more was used. What has expired is not in it.
        overdraft: how far below zero the balance may go.
        available: balance and overdraft, less what documents that were taken in are going to cost.
        waiting: documents that wait for kontör.
        threshold: from which balance on it is low.
        own_threshold: whether the taxpayer chose that; else it is a fifth of the last package.
        expiring: what expires within 30 days: on which day, how much; the earliest first.
        last_until: on which day the last kontör expire; None: never, or there are none.
        loaded_at: when kontör were last loaded.
    """

    taxpayer: int
    metered: bool = False
    balance: Decimal = NOTHING
    overdraft: Decimal = NOTHING
    available: Decimal = NOTHING
    level: Level = Level.NONE
    waiting: int = 0
    threshold: Decimal = NOTHING
    own_threshold: bool = False
    expiring: tuple[tuple[date, Decimal], ...] = ()
    last_until: date | None = None
    on_empty: OnEmpty = OnEmpty.WAIT
    loaded_at: datetime | None = None


def kontor_text(amount: Decimal) -> Text:
    """An amount within a sentence, as each language writes it.

    >>> kontor_text(Decimal("1234.50"))
    Text(tr='1.234,5', en='1,234.5')
    """
    return Text(formats.number(amount), formats.number(amount, language="en"))


_WHAT: Final = {
    What.LOADED: Text("Yüklendi", "Loaded"),
    What.USED: Text("Kullanıldı", "Used"),
    What.REFUNDED: Text("Geri verildi", "Given back"),
    What.EXPIRED: Text("Süresi doldu", "Expired"),
    What.CORRECTED: Text("Düzeltildi", "Corrected"),
}
_ON_EMPTY: Final = {
    OnEmpty.WAIT: Text("Belgeler kontör bekler", "Documents wait for kontör"),
    OnEmpty.GO_ON: Text("Belgeler gider, bakiye eksiye düşer", "Documents go, and the balance becomes negative"),
}
_LEVEL: Final = {
    Level.NONE: Text("Kontör sayılmıyor", "No kontör are counted"),
    Level.OK: Text("Yeterli", "Enough"),
    Level.LOW: Text("Azaldı", "Running low"),
    Level.EMPTY: Text("Bitti", "Used up"),
}
_RANKS: Final = (Level.NONE, Level.OK, Level.LOW, Level.EMPTY)
