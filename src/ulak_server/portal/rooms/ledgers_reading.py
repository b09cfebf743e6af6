"""Berats read by our stylesheets, and files held against the books that were sealed here."""

from __future__ import annotations

from typing import BinaryIO, Final, cast
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak.ledger.names import Kind
from ulak.ledger.stylesheets import page as page_of
from ulak.xml import parse
from ulak_server.exchange.ledgers import services as gib
from ulak_server.ledgers import services as ledgers
from ulak_server.overview import months
from ulak_server.pages.problems import problem
from ulak_server.pages.registry import Visit
from ulak_server.pages.showing import at, go, notice
from ulak_server.portal.rooms.ledgers_room import ROOM

_BERATS: Final = frozenset({"YB", "KB", "EB", "DR"})
_LARGEST: Final = 8_000_000
"""Bytes of a berat; books are larger, and have their own viewer."""
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@ROOM.page("GET", "ledgers/books/<int:id>/view", "ledgers.read", Text("Beratı göster", "Show a berat"))
def berat(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    """A berat or a report as a page, as it was sealed here."""
    book, pieces = ledgers.file_of(visit.caller, visit.taxpayer, id)
    if book.kind not in _BERATS or book.is_package or book.size > _LARGEST:
        raise problem("pages.not-found")
    return _page(b"".join(pieces), book.kind)


@ROOM.page(
    "GET", "ledgers/packages/<uuid:id>/approved/view", "ledgers.read", Text("Onaylı beratı göster", "Show the berat")
)
def approved_berat(request: HttpRequest, visit: Visit, id: UUID) -> HttpResponse:
    """The berat with GİB's seal as a page."""
    with visit.work():
        _, data = gib.approved_berat(visit.taxpayer, id)
        kind = gib.package_of(visit.taxpayer, id)[0].kind
    return _page(data, kind)


@ROOM.page("POST", "ledgers/<str:month>/compare", "ledgers.read", Text("Dosyayı karşılaştır", "Compare a file"))
def compare(request: HttpRequest, visit: Visit, month: str) -> HttpResponse:
    """Whether a file is, byte for byte, the book or berat that was sealed here under its name."""
    when, branch = months.month_of(month), request.POST.get("branch", "")[:4]
    back = at(visit, "ledgers.month", month=month) + (f"?branch={branch}" if branch else "")
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return notice(go(request, back), Text("Önce bir dosya seçin.", "Choose a file first."), visit, "info")
    made = ledgers.parts(visit.caller, visit.taxpayer, when, branch)
    book = next((one for part in made for one in (*part.books, *part.packages) if one.name == file.name), None)
    if book is None:
        said = Text(
            "Bu adla mühürlenmiş bir dosya bu ayda yok; adını değiştirmeden yükleyin.",
            "No file of this name was sealed in this month; upload it under its own name.",
        )
        return notice(go(request, back), said, visit, "bad")
    try:
        ledgers.compare(visit.caller, visit.taxpayer, book.id, cast(BinaryIO, file))
    except UlakError as error:
        return notice(go(request, back), error.text, visit, "bad")
    said = Text("Aynısı: dosya mühürlendiği gibi duruyor.", "The same: the file is as it was sealed.")
    return notice(go(request, back), said, visit)


def _page(data: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(page_of(parse(data), cast(Kind, kind)))
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response
