"""Files of documents, contacts and items: uploaded, matched, checked, carried out, undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server.books import exporting
from ulak_server.books.importing import jobs
from ulak_server.books.importing.fields import ABOUTS, FORMS, fields_of
from ulak_server.books.importing.files import BIGGEST
from ulak_server.books.importing.preview import preview
from ulak_server.books.importing.problems import fault
from ulak_server.books.importing.writing import template
from ulak_server.books.models import Import
from ulak_server.books.tasks import nudge
from ulak_server.pages.registry import Pages, Visit
from ulak_server.pages.showing import at, go, notice, shown
from ulak_server.portal.rooms.books_fields import Choice
from ulak_server.portal.rooms.files import attachment
from ulak_server.statuses import status_of

__all__ = ["ROOM"]

ROOM = Pages("imports")
_STAGES: Final[Mapping[str, tuple[Text, str]]] = {
    "mapping": (Text("eşleme bekliyor", "waits to be matched"), "wait"),
    "checking": (Text("denetleniyor", "being checked"), "info"),
    "checked": (Text("denetlendi", "checked"), "wait"),
    "running": (Text("aktarılıyor", "being taken over"), "info"),
    "done": (Text("tamam", "done"), "ok"),
    "undoing": (Text("geri alınıyor", "being undone"), "info"),
    "undone": (Text("geri alındı", "undone"), "quiet"),
    "failed": (Text("okunamadı", "could not be read"), "bad"),
}
_STEPS: Final = (
    Text("Yükle", "Upload"),
    Text("Eşle", "Match"),
    Text("Denetle", "Check"),
    Text("Aktar", "Take over"),
)
_STEP_OF: Final = {"mapping": 2, "failed": 2, "checking": 3, "checked": 3, "running": 4}
_OVER: Final = 5
_FIXED: Final = (
    *("date", "currency", "profile", "vat", "unit", "series", "note", "despatch_date", "despatch_time", "kind"),
)
_DECIMALS: Final = (
    Choice("auto", Text("kendiliğinden", "automatic")),
    Choice("comma", Text("virgül: 1.234,56", "comma: 1.234,56")),
    Choice("point", Text("nokta: 1,234.56", "point: 1,234.56")),
)


@ROOM.page("GET", "imports", "imports.read", Text("İçe aktar", "Import"))
def list_imports(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _listed(request, visit)


@ROOM.page("POST", "imports", "imports.write", Text("Dosya yükle", "Upload a file"))
def upload(request: HttpRequest, visit: Visit) -> HttpResponse:
    file = request.FILES.get("file")
    try:
        if file is None:
            raise fault("import.empty")
        if (file.size or 0) > BIGGEST:
            raise fault("import.too-large", limit=BIGGEST // 1024 // 1024)
        about = request.POST.get("about", "invoice")
        id = jobs.begin(
            visit.taxpayer, about, file.name or "", file.read(), actor=visit.caller.actor, origin=visit.origin
        )
    except UlakError as error:
        return _listed(request, visit, error)
    nudge()
    return go(request, at(visit, "imports.one", id=id))


@ROOM.page("GET", "imports/template", "imports.read", Text("Şablonu indir", "Download the template"))
def download_template(request: HttpRequest, visit: Visit) -> HttpResponse:
    about = request.GET.get("about", "invoice")
    about = about if about in ABOUTS else "invoice"
    name = ABOUTS[about].say(visit.language).lower().replace(" ", "-")
    return attachment(template(about, visit.language), f"ulak-{name}.xlsx")


@ROOM.page("GET", "imports/<int:id>", "imports.read", Text("İçe aktarma", "Import"))
def one(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        values: dict[str, Any] = {"progress": jobs.progress(visit.taxpayer, id)}
        job = values["progress"].job
        values["faults"] = [_fault_view(found, job) for found in jobs.faults_of(visit.taxpayer, id)]
        values["twin"] = jobs.twin_of(job) if job.stage in ("mapping", "checked") else None
        data = jobs.content(visit.taxpayer, id) if job.stage in ("mapping", "failed") and _is_sheet(job) else None
    return _one(request, visit, job, values, data)


@ROOM.page("GET", "imports/<int:id>/progress", "imports.read", Text("İlerleme", "Progress"), by_itself=True)
def progress(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        found = jobs.progress(visit.taxpayer, id)
    if not found.is_working:
        return go(request, at(visit, "imports.one", id=id))
    values = {"progress": found, "job": found.job, "stages": _STAGES}
    return shown(request, visit, "portal/imports/_progress.html", values, part="portal/imports/_progress.html")


@ROOM.page("POST", "imports/<int:id>/reading", "imports.write", Text("Sütunları eşle", "Match columns"))
def change_reading(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    values = _reading(request)
    wants_check = request.POST.get("then") == "check"
    try:
        with visit.work():
            job = jobs.change_reading(visit.taxpayer, id, values)
            if wants_check:
                jobs.check(visit.taxpayer, id)
    except UlakError as error:
        with visit.work():
            job = jobs.get(visit.taxpayer, id)
            data = jobs.content(visit.taxpayer, id)
        return _one(request, visit, job, {"error": error}, data, status=422)
    if wants_check:
        nudge()
    return go(request, at(visit, "imports.one", id=id))


@ROOM.page("POST", "imports/<int:id>/again", "imports.write", Text("Eşlemeye dön", "Go back to matching"))
def again(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        jobs.change_reading(visit.taxpayer, id, jobs.get(visit.taxpayer, id).mapping)
    return go(request, at(visit, "imports.one", id=id))


@ROOM.page("POST", "imports/<int:id>/carry-out", "imports.write", Text("Aktar", "Take over"))
def carry_out(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        jobs.carry_out(visit.taxpayer, id, "draft", actor=visit.caller.actor, origin=visit.origin)
    nudge()
    return go(request, at(visit, "imports.one", id=id))


@ROOM.page("POST", "imports/<int:id>/send", "documents.send", Text("Dosyadakileri gönder", "Send what is in a file"))
def send(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        jobs.carry_out(visit.taxpayer, id, "send", actor=visit.caller.actor, origin=visit.origin)
    nudge()
    return go(request, at(visit, "imports.one", id=id))


@ROOM.page("POST", "imports/<int:id>/undo", "imports.write", Text("Geri al", "Undo"))
def undo(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        jobs.undo(visit.taxpayer, id, actor=visit.caller.actor, origin=visit.origin)
    nudge()
    said = Text("Geri alınıyor.", "It is being undone.")
    return notice(go(request, at(visit, "imports.one", id=id)), said, visit)


@ROOM.page("GET", "imports/<int:id>/errors", "imports.read", Text("Hata sütunlu dosya", "File with its errors"))
def errors(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    data = exporting.error_file(visit.taxpayer, id, visit.language)
    return attachment(data, f"ulak-{'hatalar' if visit.language == 'tr' else 'errors'}-{id}.xlsx")


def _listed(request: HttpRequest, visit: Visit, error: UlakError | None = None) -> HttpResponse:
    with visit.work():
        found = [(job, *_STAGES[job.stage]) for job in jobs.imports(visit.taxpayer)]
    about = request.POST.get("about") or request.GET.get("about") or "invoice"
    values = {"jobs": found, "error": error, "abouts": list(ABOUTS.items()), "about": about, "limit": BIGGEST >> 20}
    return shown(request, visit, "portal/imports/list.html", values, status=status_of(error) if error else 200)


def _one(
    request: HttpRequest, visit: Visit, job: Import, values: dict[str, Any], data: bytes | None, status: int = 200
) -> HttpResponse:
    step = _STEP_OF.get(job.stage, _OVER)
    values |= {
        "job": job,
        "stage": _STAGES[job.stage],
        "about": ABOUTS[job.about],
        "steps": [(text, number < step, number == step) for number, text in enumerate(_STEPS, 1)],
        "is_sheet": _is_sheet(job),
        "is_of_documents": job.about in FORMS,
    }
    if data is not None:
        values |= _matching(job, data)
    elif job.error:
        values["error"] = _said(job.error)
    title = Text(f"İçe aktar: {job.name}", f"Import: {job.name}")
    return shown(request, visit, "portal/imports/one.html", values, title=title, status=status)


def _matching(job: Import, data: bytes) -> dict[str, Any]:
    fields = fields_of(job.about)
    try:
        found = preview(job, data)
    except UlakError as error:
        return {"error": error, "fields": fields}
    values: dict[str, Any] = {
        "preview": found,
        "fields": fields,
        "decimals": _DECIMALS,
        "fixables": [(fields[name], found.fixed.get(name, "")) for name in _FIXED if name in fields],
    }
    if job.error:
        values["error"] = _said(job.error)
    return values


def _reading(request: HttpRequest) -> dict[str, Any]:
    """The reading that the form says."""
    columns = {
        name.removeprefix("column-"): value
        for name, value in request.POST.items()
        if name.startswith("column-") and value and name.removeprefix("column-").isdigit()
    }
    fixed = {
        name.removeprefix("fixed-"): str(value).strip()
        for name, value in request.POST.items()
        if name.startswith("fixed-") and str(value).strip()
    }
    taken = set(columns.values())
    header = request.POST.get("header", "1")
    return {
        "sheet": request.POST.get("sheet", ""),
        "header": int(header) if header.isascii() and header.isdigit() and len(header) < 6 else 1,
        "columns": columns,
        "decimal": request.POST.get("decimal", "auto"),
        "fixed": {name: value for name, value in fixed.items() if name not in taken},
    }


def _is_sheet(job: Import) -> bool:
    return job.form not in ("xml", "zip")


def _fault_view(found: Any, job: Import) -> dict[str, Any]:
    from ulak_server.books.importing.mapping import letters

    said = found.problem
    cell = str(found.row) if found.column is None else f"{letters(found.column)}{found.row}"
    return {
        "place": said.get("file") or cell,
        "text": Text(**said["detail"]),
        "repair": Text(**said["repair"]),
        "level": found.level,
        "code": said["code"],
    }


def _said(error: Mapping[str, Any]) -> UlakError:
    return UlakError(error["code"], Text(**error["detail"]), Text(**error["repair"]))
