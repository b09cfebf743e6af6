"""Books (e-Defter) that need the people of a taxpayer: late, refused, stopped, not sent, due soon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import Count, Min, Q

from ulak.errors import Text
from ulak.lifecycle.days import days_left
from ulak_server import clock
from ulak_server.exchange.ledgers import services as gib
from ulak_server.exchange.models import LedgerTerm
from ulak_server.ledgers.models import Work
from ulak_server.overview.reporting import Pressing

__all__ = ["Bookkeeping", "are_books_troubled", "bookkeeping_of", "pressing_books"]

_SOON: Final = timedelta(days=14)
"""Before the last day: from then on it is time to make a month's books."""
_FEW: Final = 3


class Bookkeeping(NamedTuple):
    """How it stands with a taxpayer's books.

    Attributes:
        late: months whose time is over, and GİB has not all of them.
        refused: packages that GİB did not accept.
        stopped, unsent: works that broke off, and such whose books are sealed and not sent.
        due_at: when the first open month is late; None if none is open, or that is over.
    """

    late: int = 0
    refused: int = 0
    stopped: int = 0
    unsent: int = 0
    due_at: datetime | None = None

    @property
    def needs(self) -> int:
        """How many things somebody should look at."""
        return bool(self.late) + self.refused + self.stopped + self.unsent


def bookkeeping_of(taxpayers: Iterable[int]) -> Mapping[int, Bookkeeping]:
    """Of each of these taxpayers, all of whom are in scope; who keeps no books here is left out."""
    ids, now = sorted(set(taxpayers)), clock.now()
    found: dict[int, Bookkeeping] = {}
    for id, late, due_at in _terms(ids, now):
        found[id] = Bookkeeping(late=late, due_at=due_at)
    for id, trouble in gib.trouble_of(ids).items():
        found[id] = found.get(id, Bookkeeping())._replace(refused=trouble.refused)
    for id, stopped, unsent in _works(ids):
        found[id] = found.get(id, Bookkeeping())._replace(stopped=stopped, unsent=unsent)
    return found


def _terms(ids: Sequence[int], now: datetime) -> Iterable[tuple[int, int, datetime | None]]:
    there = LedgerTerm.objects.filter(taxpayer_id__in=ids, closed_at__isnull=True).order_by().values("taxpayer_id")
    counted = there.annotate(late=Count("id", filter=Q(due_at__lte=now)), due=Min("due_at", filter=Q(due_at__gt=now)))
    return counted.values_list("taxpayer_id", "late", "due")


def _works(ids: Sequence[int]) -> Iterable[tuple[int, int, int]]:
    there = Work.objects.filter(taxpayer_id__in=ids, stage__in=("failed", "sealed")).order_by().values("taxpayer_id")
    counted = there.annotate(
        stopped=Count("id", filter=Q(stage="failed")), unsent=Count("id", filter=Q(stage="sealed"))
    )
    return counted.values_list("taxpayer_id", "stopped", "unsent")


def are_books_troubled(found: Bookkeeping) -> bool:
    """Whether somebody has to look."""
    return bool(found.late or found.refused or found.stopped)


_WORDS: Final = {
    "ledgers-late": (
        "bad",
        Text("{n} ayın defteri süresinde GİB'e verilmedi", "The books of {n} months did not reach GİB in time"),
        Text("Yine de hemen gönderin; mali müşavirinize haber verin.", "Send them at once; tell your accountant."),
    ),
    "ledgers-refused": (
        "bad",
        Text("GİB {n} defter paketini kabul etmedi", "GİB did not accept {n} packages of books"),
        Text("Nedeni ayın sayfasında.", "The month's page tells why."),
    ),
    "ledgers-stopped": (
        "bad",
        Text("{n} ayın defteri hazırlanırken durdu", "Making the books of {n} months stopped"),
        Text("Nedenine bakıp yeniden deneyin.", "See why, and try again."),
    ),
    "ledgers-unsent": (
        "wait",
        Text("{n} ayın mühürlü defteri gönderilmedi", "Sealed books of {n} months were not sent"),
        Text("Son kez bakıp GİB'e gönderin.", "Have a last look, and send them to GİB."),
    ),
    "ledgers-due": (
        "wait",
        Text("Sıradaki defterin son günü yaklaşıyor", "The last day for the next books comes near"),
        Text("Muhasebe kayıtlarını yükleyip defteri oluşturun.", "Upload the entries and make the books."),
    ),
}
_ONE: Final = {
    "ledgers-late": "The books of 1 month did not reach GİB in time",
    "ledgers-refused": "GİB did not accept 1 package of books",
    "ledgers-stopped": "Making the books of 1 month stopped",
    "ledgers-unsent": "Sealed books of 1 month were not sent",
}


def pressing_books(found: Bookkeeping, now: datetime) -> Sequence[Pressing]:
    """What presses, the worst first."""
    is_soon = found.due_at is not None and found.due_at - now <= _SOON
    counts = {
        "ledgers-late": found.late,
        "ledgers-refused": found.refused,
        "ledgers-stopped": found.stopped,
        "ledgers-unsent": found.unsent,
        "ledgers-due": 1 if is_soon else 0,
    }
    left = days_left(found.due_at, now) if found.due_at is not None else None
    return [_one(name, count, left) for name, count in counts.items() if count]


def _one(name: str, count: int, left: int | None) -> Pressing:
    tone, text, then = _WORDS[name]
    if name == "ledgers-due" and left is not None:
        tone = "bad" if left < _FEW else tone
        days = Text(f"son güne {left} gün var", f"{left} {'day is' if left == 1 else 'days are'} left")
        then = Text(f"{then.tr[:-1]}; {days.tr}.", f"{then.en[:-1]}; {days.en}.")
    said = text.format(n=count)
    said = Text(said.tr, _ONE[name]) if count == 1 and name in _ONE else said
    return Pressing(name, tone, count, said, then, left if name == "ledgers-due" else None)
