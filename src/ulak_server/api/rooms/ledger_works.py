"""The making of a month's books: accounting files uploaded and matched, checked, made, sealed, sent."""

from __future__ import annotations

from typing import Annotated, Any, BinaryIO, Final, Literal, cast

import msgspec
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from msgspec import UNSET
from ninja import Path, Query

from ulak.errors import Language, Text
from ulak.ledger.intake import FIELDS
from ulak_server.api import showing_ledgers as showing
from ulak_server.api.contract import Takes, Ways
from ulak_server.api.door import Visit, visit
from ulak_server.api.faults import language_of
from ulak_server.api.paging import month_of
from ulak_server.api.problems import problem
from ulak_server.api.replies import body, nothing, reply
from ulak_server.api.views.ledger_works import (
    BooksSealed,
    FileLook,
    InputView,
    KnownMapping,
    MappingChosen,
    MappingList,
    ReportWanted,
    SealWanted,
    StepWanted,
    WorkList,
    WorkShown,
    WorkWanted,
)
from ulak_server.ledgers import services as ledgers

__all__ = ["ROOM"]

ROOM = Ways("ledgers")
Id = Annotated[int, Path(ge=1, le=2**63 - 1)]
FileId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Form = Annotated[Literal["csv", "xlsx"], Path()]
Name = Annotated[str, Query(min_length=1, max_length=150)]
_KINDS: Final = ("application/octet-stream", "text/csv", "application/x-ndjson")
_BINARY: Final = {"type": "string", "format": "binary"}
_FILE: Final = Takes(dict.fromkeys(_KINDS, _BINARY), limit=ledgers.MOST_OF_FILE, is_streamed=True)
_TWICE: Final = "ledger-work.file-twice"


@ROOM.way(
    "GET",
    "/ledgers/works",
    "ledgers.read",
    Text("Açık işler", "Works that are open"),
    gives={200: WorkList},
)
def ledger_works(request: HttpRequest) -> HttpResponse:
    asking, language = visit(request), language_of(request)
    found = ledgers.works(asking.caller, asking.taxpayer)
    return reply(WorkList(items=tuple(showing.work(one, language) for one in found)))


@ROOM.way(
    "POST",
    "/ledgers/works",
    "ledgers.write",
    Text("Bir ayın defterine başla", "Begin the books of a month"),
    about=Text("Ayın açık işi varsa o verilir.", "The work of the month that is open is given, if there is one."),
    takes=WorkWanted,
    gives={201: WorkShown},
    faults=(409,),
)
def begin_ledger_work(request: HttpRequest) -> HttpResponse:
    asking, given = visit(request), body(request, WorkWanted)
    made = ledgers.begin(
        asking.caller, asking.taxpayer, month_of(given.month), given.branch, kind=given.kind, origin=asking.origin
    )
    return _shown(asking, language_of(request), made.id, 201, location=f"/api/v1/ledgers/works/{made.id}")


@ROOM.way(
    "GET",
    "/ledgers/works/{int:id}",
    "ledgers.read",
    Text("Bir iş: aşaması, ilerlemesi, dosyaları", "A work: stage, progress, files"),
    gives={200: WorkShown},
)
def ledger_work(request: HttpRequest, id: Id) -> HttpResponse:
    return _shown(visit(request), language_of(request), id)


# -- files -------------------------------------------------------------------------------------------------------------


@ROOM.way(
    "PUT",
    "/ledgers/works/{int:id}/files",
    "ledgers.write",
    Text("Muhasebe dosyası yükle", "Upload an accounting file"),
    about=Text(
        "Gövde, dosyanın kendisidir ve akarken saklanır; “name” adıdır (.csv, .xlsx, .parquet, .jsonl …). Bağlantı"
        " koparsa aynı çağrı yinelenir: aynı dosya bir kez alınır.",
        "The body is the file itself and is kept while it comes in; “name” is its name (.csv, .xlsx, .parquet,"
        " .jsonl …). If the line breaks the same call is made again: the same file is taken once.",
    ),
    takes=_FILE,
    gives={200: InputView},
    faults=(409,),
)
def upload_ledger_file(request: HttpRequest, id: Id, name: Name) -> HttpResponse:
    asking, language = visit(request), language_of(request)
    size = int(request.META["CONTENT_LENGTH"])
    try:
        stream = cast(BinaryIO, request)
        taken = ledgers.add_file(asking.caller, asking.taxpayer, id, name, stream, size, origin=asking.origin)
    except UnreadablePostError:
        raise problem("api.broken-off") from None
    except ledgers.LedgerWorkError as error:
        taken = _twin(asking, id, name, size, error)
    return reply(showing.input_file(taken, language))


@ROOM.way(
    "GET",
    "/ledgers/works/{int:id}/files/{int:file}",
    "ledgers.read",
    Text("Bir dosyada görülenler: sütunlar, eksikler", "What was seen in a file: columns, what is missing"),
    gives={200: FileLook},
)
def ledger_file_look(request: HttpRequest, id: Id, file: FileId) -> HttpResponse:
    return _look(visit(request), language_of(request), id, file)


@ROOM.way(
    "PUT",
    "/ledgers/works/{int:id}/files/{int:file}",
    "ledgers.write",
    Text("Dosyanın sütunlarını eşleştir", "Match the columns of a file"),
    takes=MappingChosen,
    gives={200: FileLook},
    faults=(409,),
)
def match_ledger_file(request: HttpRequest, id: Id, file: FileId) -> HttpResponse:
    asking, given = visit(request), body(request, MappingChosen)
    values: Any = given.toml or _matching(given)
    ledgers.choose_mapping(
        asking.caller, asking.taxpayer, id, file, values, keep_as=given.keep_as, origin=asking.origin
    )
    return _look(asking, language_of(request), id, file)


@ROOM.way(
    "DELETE",
    "/ledgers/works/{int:id}/files/{int:file}",
    "ledgers.write",
    Text("Dosyayı çıkar", "Take a file out"),
    gives={204: None},
    faults=(409,),
)
def remove_ledger_file(request: HttpRequest, id: Id, file: FileId) -> HttpResponse:
    asking = visit(request)
    ledgers.remove_file(asking.caller, asking.taxpayer, id, file, origin=asking.origin)
    return nothing()


@ROOM.way(
    "GET",
    "/ledgers/mappings",
    "ledgers.read",
    Text("Bilinen eşleştirmeler ve alanlar", "Known mappings, and the fields there are"),
    gives={200: MappingList},
)
def ledger_mappings(request: HttpRequest) -> HttpResponse:
    asking, language = visit(request), language_of(request)
    found = ledgers.known_mappings(asking.caller, asking.taxpayer)
    known = tuple(KnownMapping(name=one.name, title=_said(one.title, language), is_own=one.is_own) for one in found)
    fields = {one.name: one.label.say(language) for one in FIELDS["entries"]}
    return reply(MappingList(items=known, fields=fields))


# -- steps -------------------------------------------------------------------------------------------------------------


@ROOM.way(
    "POST",
    "/ledgers/works/{int:id}/steps",
    "ledgers.write",
    Text("İşi ilerlet: denetle, böl, oluştur …", "Carry a work on: check, plan, create …"),
    takes=StepWanted,
    gives={202: WorkShown},
    faults=(409,),
)
def step_ledger_work(request: HttpRequest, id: Id) -> HttpResponse:
    asking, given = visit(request), body(request, StepWanted)
    if given.seen:
        ledgers.acknowledge(asking.caller, asking.taxpayer, id, given.seen, origin=asking.origin)
    more: dict[str, Any] = {}
    if given.step in ("plan", "create") and given.until is not UNSET:
        more["until"] = given.until
    _STEPS[given.step](asking.caller, asking.taxpayer, id, **more, origin=asking.origin)
    return _shown(asking, language_of(request), id, 202)


@ROOM.way(
    "POST",
    "/ledgers/works/{int:id}/seal",
    "ledgers.send",
    Text("Defterleri ve beratları mühürle", "Seal books and berats"),
    takes=BooksSealed,
    gives={202: WorkShown},
    faults=(409,),
)
def seal_ledger_work(request: HttpRequest, id: Id) -> HttpResponse:
    asking, given = visit(request), body(request, BooksSealed)
    if given.anew:
        ledgers.stamp(asking.caller, asking.taxpayer, id, origin=asking.origin)
    else:
        ledgers.seal(asking.caller, asking.taxpayer, id, given.key, **_stamped(given), origin=asking.origin)
    return _shown(asking, language_of(request), id, 202)


@ROOM.way(
    "POST",
    "/ledgers/works/{int:id}/send",
    "ledgers.send",
    Text("Paketleri GİB'e gönder", "Send the packages to GİB"),
    gives={202: WorkShown},
    faults=(409,),
)
def send_ledger_work(request: HttpRequest, id: Id) -> HttpResponse:
    asking = visit(request)
    ledgers.send(asking.caller, asking.taxpayer, id, origin=asking.origin)
    return _shown(asking, language_of(request), id, 202)


@ROOM.way(
    "POST",
    "/ledgers/months/{month}/report",
    "ledgers.send",
    Text("Ayın defter raporunu gönder", "Make and send the ledger report of a month"),
    about=Text("Ayın bütün beratları onaylandıktan sonra.", "Once all berats of the month are approved."),
    takes=ReportWanted,
    gives={202: WorkShown},
    faults=(409,),
)
def send_ledger_report(request: HttpRequest, month: str) -> HttpResponse:
    asking, given = visit(request), body(request, ReportWanted)
    made = ledgers.report(
        asking.caller,
        asking.taxpayer,
        month_of(month),
        given.branch,
        key=given.key,
        **_stamped(given),
        origin=asking.origin,
    )
    return _shown(asking, language_of(request), made.id, 202)


# -- what they have in common ------------------------------------------------------------------------------------------

_STEPS: Final[dict[str, Any]] = {
    "check": ledgers.check,
    "plan": ledgers.plan,
    "create": ledgers.create,
    "retry": ledgers.retry,
    "again": ledgers.start_again,
    "cancel": ledgers.cancel,
}


def _shown(asking: Visit, language: Language, id: int, status: int = 200, *, location: str = "") -> HttpResponse:
    one = ledgers.work_of(asking.caller, asking.taxpayer, id)
    files = ledgers.files(asking.caller, asking.taxpayer, id)
    shown = WorkShown(
        work=showing.work(one, language),
        progress=showing.progress(ledgers.progress(asking.caller, asking.taxpayer, id), language),
        files=tuple(showing.input_file(file, language) for file in files),
    )
    return reply(shown, status, location=location)


def _look(asking: Visit, language: Language, id: int, file: int) -> HttpResponse:
    look = ledgers.looked(asking.caller, asking.taxpayer, id, file)
    files = ledgers.files(asking.caller, asking.taxpayer, id)
    shown = next(showing.input_file(one, language) for one in files if one.id == file)
    return reply(
        FileLook(
            file=shown,
            encoding=look.encoding if look else "",
            separator=look.separator if look else "",
            sheets=tuple(sheet.name for sheet in look.sheets) if look else (),
            sheet=look.sheet if look else "",
            header_row=look.header_row if look else -1,
            columns=tuple(showing.column(one) for one in look.columns) if look else (),
            missing=tuple(_said(one, language) for one in look.missing) if look else (),
        )
    )


def _twin(asking: Visit, id: int, name: str, size: int, error: ledgers.LedgerWorkError) -> ledgers.Input:
    """The file that the same call had brought before."""
    files = ledgers.files(asking.caller, asking.taxpayer, id) if error.code == _TWICE else []
    found = next((one for one in files if (one.name, one.size) == (name, size)), None)
    if found is None:
        raise error
    return found


def _stamped(given: SealWanted) -> dict[str, Any]:
    return {} if given.stamped is UNSET else {"stamped": given.stamped}


def _matching(given: MappingChosen) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(given)
    return {name: value for name, value in found.items() if name not in ("toml", "keep_as")}


def _said(text: Any, language: Language) -> str:
    return text.say(language) if isinstance(text, Text) else str(text)
