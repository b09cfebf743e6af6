"""What needs the operator now, and how it goes."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.console import watching
from ulak_server.console.needs import gather, needs, with_depths
from ulak_server.operations import depths
from ulak_server.pages.door import Visit
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import go, notice, shown
from ulak_server.userlist import services as userlist

__all__ = ["ROOM", "STATIONS", "WORDS"]

ROOM = Pages("console", prefix="console/")
_MINUTE: Final = 60
_HOUR: Final = 3600
_BAD: Final = 600
WORDS: Final = {
    "judge": Text("Denetlenecek", "To be judged"),
    "seal": Text("Mühürlenecek", "To be sealed"),
    "pack": Text("Zarflanacak", "To be packed"),
    "document": Text("Belgeler", "Documents"),
    "envelope": Text("Zarflar", "Envelopes"),
    "inbound": Text("Gelen zarflar", "Envelopes that came"),
    "report": Text("Raporlar", "Reports"),
    "ledger": Text("Defter paketleri", "Packages of books"),
}
STATIONS: Final = {
    "preparing": Text("Denetleme ve mühürleme", "Judging and sealing"),
    "packing": Text("Zarflama", "Packing"),
    "inbound": Text("Gelen zarflar", "Envelopes that came"),
    "reports": Text("Raporlar", "Reports"),
    "telling": Text("Haber verme", "Telling what happens"),
    "sharing": Text("Alıcıya iletme", "Handing over to receivers"),
    "posting": Text("Bildirim postası", "Notifications by e-mail"),
    "feed": Text("Kaydı okuma", "Reading the record"),
    "webhooks": Text("Webhook çağrıları", "Calls of webhooks"),
    "requests": Text("GİB başvuruları", "Requests to GİB"),
    "imports": Text("Dosyadan aktarma", "Imports"),
    "plans": Text("Yinelenen belgeler", "Recurring documents"),
    "learning": Text("Defterlerin öğrenilmesi", "Learning of the books"),
    "credits": Text("Kontör hesabı", "The kontör account"),
    "tallies": Text("Sayıların toplanması", "Adding counts up"),
    "draft-versions": Text("Taslak sürümleri", "Versions of drafts"),
    "look-at-keys": Text("Anahtar süreleri", "Keys that end"),
    "ledger-files": Text("e-Defter dosyaları", "Files of e-Defter"),
    "ledger-months": Text("e-Defter süreleri", "Days of e-Defter"),
    "forget-imported-files": Text("Aktarılmış dosyalar", "Imported files"),
}
"""Whose work may be put aside (`ulak_server.asides`)."""


@ROOM.page("GET", "console", "operate", Text("Bakış", "Overview"), top=True)
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:
    jobs, _ = watching.jobs_found(["failed"], 0)
    with visit.work():
        rates = watching.rates()
        found = gather(watching.chain(0), userlist.freshness(), jobs)
    found = with_depths(found)
    values = {"needs": needs(found), "rates": rates, "found": found, "queues": _queues(found.waiting)}
    return shown(request, visit, "console/overview.html", values)


@ROOM.page("GET", "queues", "operate", Text("Kuyruklar ve hızlar", "Queues and rates"))
def queues(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        rates, standing = watching.rates(), asides.standing()
    stages = [(WORDS[room], stage, count) for room, stage, count in depths.stages()]
    values = {
        "rates": rates,
        "queues": _queues(depths.waiting()),
        "stages": sorted(stages, key=lambda one: -one[2]),
        "late": [(WORDS[room], _span(seconds), "bad" if seconds > _BAD else "wait") for room, seconds in depths.late()],
        "workers": depths.workers(),
        "aside": [(one, STATIONS.get(one.station, Text(one.station, one.station))) for one in standing],
    }
    return shown(request, visit, "console/queues.html", values)


@ROOM.page(
    "POST",
    "queues/<slug:station>/<int:owner>/<int:subject>/again",
    "operate",
    Text("Kenara alınan işi yeniden dene", "Try again what was put aside"),
)
def again(request: HttpRequest, visit: Visit, station: str, owner: int, subject: int) -> HttpResponse:
    """It is tried when its station looks next; the reason stays where it fails again."""
    is_aside = asides.wake(station, Unit(owner, subject), visit.caller.actor)
    at_once, over = (
        Text("Hemen denenecek.", "It is tried at once."),
        Text("Artık kenarda değil.", "It is not aside."),
    )
    said = at_once if is_aside else over
    return notice(go(request, "/console/queues"), said, visit)


def _queues(waiting: list[depths.Depth]) -> list[tuple[Text, int, int, Text | None]]:
    """Each queue: its name, how many wait, how long its bar is of 100, for how long the oldest waits."""
    most = max((one.documents for one in waiting), default=0) or 1
    return [(WORDS[one.work], one.documents, round(100 * one.documents / most), _span(one.oldest)) for one in waiting]


def _span(seconds: float) -> Text | None:
    """For how long something has been due; nothing below a minute.

    >>> _span(125), _span(7300).tr, _span(59)
    (Text(tr='2 dakikadır', en='for 2 minutes'), '2 saattir', None)
    """
    if seconds < _MINUTE:
        return None
    if seconds < _HOUR:
        return Text("{n} dakikadır", "for {n} minutes").format(n=int(seconds // _MINUTE))
    return Text("{n} saattir", "for {n} hours").format(n=int(seconds // _HOUR))
