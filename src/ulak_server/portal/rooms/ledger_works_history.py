"""Who did what with a month's ledgers, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ulak.errors import Text
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.models import Work
from ulak_server.pages.registry import Visit
from ulak_server.people import services as people
from ulak_server.portal.rooms.documents_history import who_of

__all__ = ["history"]

_MOST: Final = 200
_WORDS: Final[Mapping[str, Text]] = {
    "begun": Text("Çalışma başladı.", "The work was begun."),
    "uploaded": Text("Dosya yüklendi.", "A file was uploaded."),
    "file-removed": Text("Dosya kaldırıldı.", "A file was removed."),
    "matched": Text("Sütunlar eşlendi.", "Columns were matched."),
    "check": Text("Denetleme istendi.", "A check was asked for."),
    "checked": Text("Kayıtlar denetlendi.", "The entries were checked."),
    "warnings-seen": Text("Uyarılar görüldü.", "The warnings were acknowledged."),
    "plan": Text("Önizleme istendi.", "A preview was asked for."),
    "planned": Text("Parçalar hesaplandı.", "The parts were worked out."),
    "create": Text("Defterlerin oluşturulması istendi.", "The ledgers were asked for."),
    "part-created": Text("Bir parça oluşturuldu.", "A part was created."),
    "created": Text("Defterler oluşturuldu.", "The ledgers were created."),
    "seal": Text("Mühürlenmesi istendi.", "Sealing was asked for."),
    "book-sealed": Text("Defter mühürlendi.", "A ledger was sealed."),
    "berat-sealed": Text("Berat mühürlendi.", "A berat was sealed."),
    "packed": Text("Paket hazırlandı.", "A package was made."),
    "sealed": Text("Hepsi mühürlendi.", "All of it was sealed."),
    "send": Text("Gönderilmesi istendi.", "Sending was asked for."),
    "handed-over": Text("Paket gönderime verildi.", "A package was handed over."),
    "sent": Text("Paketlerin tümü gönderime verildi.", "All packages were handed over."),
    "approved": Text("GİB gönderilenlerin hepsini işledi.", "GİB is through with all that was sent."),
    "report": Text("Defter raporu istendi.", "The ledger report was asked for."),
    "report-created": Text("Defter raporu oluşturuldu.", "The ledger report was made."),
    "part-withdrawn": Text("Bir parça geri çekildi.", "A part was withdrawn."),
    "failed": Text("Bir adım yarıda kaldı.", "A step broke off."),
    "retried": Text("Yeniden denendi.", "It was tried again."),
    "started-again": Text("Baştan başlandı.", "It was started again."),
    "dropped": Text(
        "Mühürlenenler silindi; özetleri kaydedildi.", "What was sealed was deleted; its digests are kept."
    ),
    "cancelled": Text("Çalışma bırakıldı.", "The work was given up."),
}


def history(visit: Visit, work: Work) -> Sequence[Mapping[str, Any]]:
    """What happened to a work, the newest first."""
    told = ledgers.timeline(visit.caller, visit.taxpayer, work.id)[-_MOST:]
    with visit.work():
        names = {one.user: one.name or one.email for one in people.members(visit.taxpayer)}
    return [
        {
            "at": one.at,
            "text": _WORDS.get(one.what.partition(".")[2], Text(one.what, one.what)),
            "name": str(one.facts.get("name", "")),
            "code": one.code,
            "who": who_of(one.actor, names, visit.caller.user),
        }
        for one in reversed(told)
    ]
