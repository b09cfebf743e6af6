"""What happened to a month's ledgers, in sentences; attempts and files in between are left to their own pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak_server.audit.services import Told
from ulak_server.people import services as people

__all__ = ["Happened", "told_of"]

_MOST: Final = 40


class Happened(NamedTuple):
    """Something that happened, and who made it happen."""

    at: datetime
    text: Text
    who: Text


_SENTENCES: Final[Mapping[str, Text]] = {
    "ledger.begun": Text("Defter hazırlamaya başlandı.", "Making the books began."),
    "ledger.uploaded": Text("Dosya yüklendi.", "A file was uploaded."),
    "ledger.file-removed": Text("Dosya çıkarıldı.", "A file was removed."),
    "ledger.matched": Text("Sütunlar eşleştirildi.", "Columns were matched."),
    "ledger.checked": Text("Kayıtlar denetlendi.", "The entries were checked."),
    "ledger.warnings-seen": Text("Uyarılar görüldü.", "The warnings were seen."),
    "ledger.planned": Text("Parçalar ve toplamlar hesaplandı.", "Parts and totals were worked out."),
    "ledger.created": Text("Defterler oluşturuldu ve denetlendi.", "The books were made and judged."),
    "ledger.seal": Text("Mühürlenmesi istendi.", "Sealing was asked for."),
    "ledger.sealed": Text("Defterler ve beratlar mühürlendi.", "Books and berats were sealed."),
    "ledger.send": Text("GİB'e gönderilmesi istendi.", "Sending to GİB was asked for."),
    "ledger.sent": Text("Paketler gönderime verildi.", "The packages were handed over to be sent."),
    "ledger.approved": Text("GİB gönderilenlerin hepsini işledi.", "GİB is through with all that was sent."),
    "ledger.report": Text("Defter raporu istendi.", "The ledger report was asked for."),
    "ledger.report-created": Text("Defter raporu oluşturuldu.", "The ledger report was made."),
    "ledger.part-withdrawn": Text("Bir parça geri alındı.", "A part was given up."),
    "ledger.failed": Text("Çalışma durdu.", "The work stopped."),
    "ledger.retried": Text("Yeniden denendi.", "It was tried again."),
    "ledger.started-again": Text("Baştan başlandı.", "It was begun again."),
    "ledger.cancelled": Text("Çalışma bırakıldı.", "The work was given up."),
}
_KINDS: Final[Mapping[str, Text]] = {
    "key": Text("API anahtarı", "API key"),
    "operator": Text("İşletmen", "Operator"),
}
_YOU: Final = Text("Siz", "You")
_NOBODY: Final = Text("", "")


def told_of(lines: Iterable[Told], taxpayer: int, user: int | None) -> list[Happened]:
    """The turning points, the newest first; within the taxpayer's scope.

    Args:
        user: who looks: their own doings are theirs.
    """
    kept = [one for one in lines if one.what in _SENTENCES]
    found = sorted(kept, key=lambda one: (one.at, one.id), reverse=True)[:_MOST]
    names = {one.user: one.name or one.email for one in people.members(taxpayer)}
    return [Happened(one.at, _SENTENCES[one.what], _who(one.actor, names, user)) for one in found]


def _user(actor: str) -> int | None:
    kind, _, id = actor.partition(":")
    return int(id) if kind == "user" and id.isdecimal() else None


def _who(actor: str, names: Mapping[int, str], user: int | None) -> Text:
    id = _user(actor)
    if id is None:
        return _KINDS.get(actor.partition(":")[0], _NOBODY)
    return _YOU if id == user else Text(names.get(id, f"#{id}"), names.get(id, f"#{id}"))
