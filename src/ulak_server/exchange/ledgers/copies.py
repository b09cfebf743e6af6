"""Which files of a month GİB keeps a copy of, and which have to be brought there (Genel Tebliğ 1, 4.4.1 e).

Sources: Uygulama Kılavuzu V1.12, C; Saklama Kullanıcı Kılavuzu V1.4, 2 and 4. Books that went to GİB together with
their berats, from 22.5.2024 on, are the copies themselves. Of what was sent before, book and approved berat are
uploaded by GİB's e-Defter Saklama application. Since January 2025 the general ledger is neither sent nor uploaded.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from ulak.errors import Text
from ulak.lifecycle import ledgers as law
from ulak_server import clock
from ulak_server.exchange.ledgers.values import Copy, Duty
from ulak_server.exchange.models_of_ledgers import LedgerCopy, LedgerPackage

__all__ = ["FIRST", "copies_of", "earlier"]

_LAST: Final = date(2024, 4, 1)
"""The last month that as a whole can have been sent before books went with their berats."""
FIRST: Final = date(2020, 1, 1)
"""The first month whose copies have to be kept."""
_LEDGER_STAYS: Final = date(2025, 1, 1)
_BY_TABLE: Final = date(2022, 1, 1)
"""Of the months before it the guide names the days; of later ones those of the books themselves count (4.4.1 e)."""
_GRACE: Final = timedelta(days=15)
_GONE: Final = ("deleted", "withdrawn")
_SENT: Final = Text(
    "GİB'e paketiyle birlikte yüklenir; GİB'deki kopya budur (Uygulama Kılavuzu V1.12, C).",
    "It goes to GİB with its package, which is the copy kept there (Uygulama Kılavuzu V1.12, C).",
)
_STAYS: Final = Text(
    "Ocak 2025'ten beri büyük defter GİB'e yüklenmez, Saklama Uygulamasına da konmaz; tek kopya sizdeki ve bizdekidir"
    " (Saklama Kullanıcı Kılavuzu V1.4, 2).",
    "Since January 2025 the general ledger is not sent to GİB, nor uploaded elsewhere; yours and ours are the only"
    " copies (Saklama Kullanıcı Kılavuzu V1.4, 2).",
)
_UPLOAD: Final = Text(
    "22.5.2024'ten önce gönderilmişse defter ve GİB onaylı berat, GİB'in e-Defter Saklama Uygulamasıyla yüklenir"
    " (Saklama Kullanıcı Kılavuzu V1.4, 2).",
    "If it was sent before 22.5.2024, book and approved berat are uploaded by GİB's e-Defter Saklama application"
    " (Saklama Kullanıcı Kılavuzu V1.4, 2).",
)
_APPROVED: Final = Text("GİB'in kendi onayladığı berattır; GİB'de durur.", "GİB approved it itself, and has it.")


def copies_of(taxpayer: int, month: date, branch: str = "", due: date | None = None) -> list[Copy]:
    """The files of a month, and where their copies are; within the taxpayer's scope.

    Args:
        month: any day of it.
        due: the last day for its books; known for months that were made elsewhere by whoever knows the calendar.
    """
    first = month.replace(day=1)
    rows = LedgerPackage.objects.filter(taxpayer_id=taxpayer, month=first, branch=branch).exclude(stage__in=_GONE)
    packages = sorted(rows, key=lambda row: (row.part, row.kind == "KB", row.kind == "DR"))
    if packages:
        return [copy for row in packages for copy in _of(row)]
    told = LedgerCopy.objects.filter(taxpayer_id=taxpayer, month=first, branch=branch).first()
    return list(earlier(first, due, is_done=told is not None))


def earlier(month: date, due: date | None, *, is_done: bool) -> Iterable[Copy]:
    """The files of a month that was made with other software, of which we have no packages."""
    if not FIRST <= month <= _LAST:
        return
    until = None if due is None else due + _GRACE if month < _BY_TABLE else due
    for kind in ("Y", "YB", "GIB-YB", "K", "KB", "GIB-KB"):
        yield Copy("", kind, Duty.BY_APPLICATION, is_done, until, _UPLOAD)


def _of(row: LedgerPackage) -> Iterable[Copy]:
    """A package that we sent went after 22.5.2024."""
    stage = law.Stage(row.stage)
    is_there = stage.is_good or stage is law.Stage.APPROVED
    until = (row.due_at - timedelta(microseconds=1)).astimezone(clock.ISTANBUL).date()
    kind = law.BeratKind(row.kind)
    for file in law.contents(kind, row.month):
        yield Copy(row.name.replace(row.kind, file, 1), file, Duty.AT_GIB, is_there, until, _SENT)
    if kind is law.BeratKind.LEDGER and row.month >= _LEDGER_STAYS:
        yield Copy(row.name.replace(row.kind, "K", 1), "K", Duty.OWN_ONLY, True, None, _STAYS)
    if kind.is_returned:
        name = f"GIB-{row.name}"
        yield Copy(name, f"GIB-{row.kind}", Duty.AT_GIB, is_there, until, _APPROVED)
