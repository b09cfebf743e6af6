"""Files of entries: uploaded whole by a form, or in pieces by a script, which goes on where a lost line stopped it."""

from __future__ import annotations

from typing import Any, BinaryIO, Final, cast

from django.http import HttpRequest, HttpResponse, JsonResponse

from ulak.errors import Text, UlakError
from ulak_server.ledgers import services as ledgers
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, shown
from ulak_server.portal.rooms.ledger_works_bodies import file_values
from ulak_server.portal.rooms.ledger_works_room import ROOM
from ulak_server.portal.rooms.ledger_works_view import work_view
from ulak_server.statuses import status_of

_LARGEST: Final = 8 * 1024 * 1024
_LIST: Final = "portal/ledger_works/_file_list.html"


@ROOM.page("GET", "ledgers/works/<int:id>/files", "ledgers.read", Text("Dosyalar", "Files"), by_itself=True)
def listed_files(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """The files of a work, for the page that watches them."""
    work = ledgers.work_of(visit.caller, visit.taxpayer, id)
    values: dict[str, Any] = {"work": work_view(work), **file_values(visit, work)}
    return shown(request, visit, _LIST, values, part=_LIST)


@ROOM.page("POST", "ledgers/works/<int:id>/files", "ledgers.write", Text("Dosya yükle", "Upload files"))
def add_files(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Files of a form, one after the other."""
    for one in request.FILES.getlist("file"):
        ledgers.add_file(visit.caller, visit.taxpayer, id, one.name or "", cast(BinaryIO, one), one.size or 0)
    return go(request, at(visit, "ledger_works.one", id=id))


@ROOM.page("POST", "ledgers/works/<int:id>/files/begin", "ledgers.write", Text("Yüklemeye başla", "Begin an upload"))
def begin_file(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """Announce a file that comes in pieces; the answer says how much of it is here already."""
    name, size = request.POST.get("name", ""), request.POST.get("size", "")
    try:
        count = int(size) if size.isascii() and size.isdigit() and len(size) < 16 else 0
        mark = request.POST.get("modified", "")
        begun = ledgers.begin_file(visit.caller, visit.taxpayer, id, name, count, mark=mark)
    except UlakError as error:
        return _told(error, visit)
    piece = at(visit, "ledger_works.add_piece", id=id, file=begun.id)
    return JsonResponse({"id": begun.id, "received": begun.received, "piece": piece, "most": begun.piece})


@ROOM.page(
    "POST", "ledgers/works/<int:id>/files/<int:file>/piece", "ledgers.write", Text("Parça yükle", "Upload a piece")
)
def add_piece(request: HttpRequest, visit: Visit, id: int, file: int) -> HttpResponse:
    """A piece of a file, which begins where the last one ended."""
    given = request.GET.get("offset", "")
    offset = int(given) if given.isascii() and given.isdigit() and len(given) < 16 else -1
    try:
        found = ledgers.add_piece(visit.caller, visit.taxpayer, id, file, offset, request.read(_LARGEST))
    except UlakError as error:
        return _told(error, visit)
    return JsonResponse({"received": found.received})


@ROOM.page(
    "POST", "ledgers/works/<int:id>/files/<int:file>/remove", "ledgers.write", Text("Dosyayı kaldır", "Remove a file")
)
def remove_file(request: HttpRequest, visit: Visit, id: int, file: int) -> HttpResponse:
    """Take a file out of the work."""
    ledgers.remove_file(visit.caller, visit.taxpayer, id, file)
    return go(request, at(visit, "ledger_works.one", id=id) + "?step=files")


def _told(error: UlakError, visit: Visit) -> JsonResponse:
    """What went wrong, for a script."""
    said = f"{error.text.say(visit.language)} {error.repair.say(visit.language)}".strip()
    told: dict[str, Any] = {"code": error.code, "text": said}
    received = getattr(error, "received", None)
    if received is not None:
        return JsonResponse({**told, "received": received}, status=409)
    return JsonResponse(told, status=status_of(error))
