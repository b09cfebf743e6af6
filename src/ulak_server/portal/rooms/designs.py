"""A taxpayer's designs: what there is, a page to make one with its document beside it, which one is worn."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.html import escape

from ulak.errors import Text, UlakError
from ulak.render import lint, lint_stylesheet, to_html
from ulak.render.policies import STATIC
from ulak_server.designs import services as designs
from ulak_server.designs.services import DesignError, UnknownDesign
from ulak_server.pages.door import Visit
from ulak_server.pages.showing import at, go, notice, shown
from ulak_server.portal.rooms.designs_form import BLANK, Form, choices, form_of, typed, with_files
from ulak_server.portal.rooms.designs_papers import body_for, papers_of
from ulak_server.portal.rooms.designs_room import ROOM
from ulak_server.statuses import status_of

__all__ = ["ROOM"]


@ROOM.page("GET", "settings/designs", "designs.read", Text("Tasarımlar", "Designs"))
def every(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        rows = designs.designs_of(visit.taxpayer, retired=True)
        wardrobe = designs.dresses(visit.taxpayer)
    values = {
        "rows": [row for row in rows if row.retired_at is None],
        "retired": [row for row in rows if row.retired_at is not None],
        "wardrobe": wardrobe,
        "kinds": designs.KINDS,
    }
    return shown(request, visit, "portal/designs/every.html", values)


@ROOM.page("GET", "settings/designs/new", "designs.write", Text("Yeni tasarım", "New design"))
def blank(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _editor(request, visit, BLANK, 0)


@ROOM.page("POST", "settings/designs/new", "designs.write", Text("Tasarım ekle", "Add a design"))
def make(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _saved(request, visit, BLANK, 0)


@ROOM.page("GET", "settings/designs/<int:design>", "designs.read", Text("Tasarım", "Design"))
def one(request: HttpRequest, visit: Visit, design: int) -> HttpResponse:
    with visit.work():
        form = form_of(designs.design_of(visit.taxpayer, design))
    return _editor(request, visit, form, design)


@ROOM.page("POST", "settings/designs/<int:design>", "designs.write", Text("Tasarımı değiştir", "Change a design"))
def change(request: HttpRequest, visit: Visit, design: int) -> HttpResponse:
    with visit.work():
        before = form_of(designs.design_of(visit.taxpayer, design))
    return _saved(request, visit, before, design)


@ROOM.page(
    "POST", "settings/designs/<int:design>/default", "designs.write", Text("Olağan tasarım yap", "Make it usual")
)
def make_default(request: HttpRequest, visit: Visit, design: int) -> HttpResponse:
    with visit.work():
        designs.make_default(visit.taxpayer, design, actor=visit.caller.actor, origin=visit.origin)
    said = Text("Bundan sonraki belgeler bu tasarımla çıkar.", "Documents wear this design from now on.")
    return notice(go(request, at(visit, "designs.every")), said, visit)


@ROOM.page("POST", "settings/designs/<int:design>/retire", "designs.write", Text("Tasarımı kaldır", "Retire a design"))
def retire(request: HttpRequest, visit: Visit, design: int) -> HttpResponse:
    with visit.work():
        designs.retire(visit.taxpayer, design, actor=visit.caller.actor, origin=visit.origin)
    said = Text("Kaldırıldı; eski belgeler görünüşünü korur.", "Retired; old documents keep their look.")
    return notice(go(request, at(visit, "designs.every")), said, visit)


@ROOM.page("POST", "settings/designs/<int:design>/restore", "designs.write", Text("Geri getir", "Restore a design"))
def restore(request: HttpRequest, visit: Visit, design: int) -> HttpResponse:
    with visit.work():
        designs.restore(visit.taxpayer, design, actor=visit.caller.actor, origin=visit.origin)
    return notice(go(request, at(visit, "designs.every")), Text("Geri geldi.", "It is back."), visit)


@ROOM.page("POST", "settings/designs/wardrobe", "designs.write", Text("Belgelere ne konur", "What documents carry"))
def wardrobe(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        designs.set_wardrobe(
            visit.taxpayer,
            has_stylesheet="stylesheet" in request.POST,
            has_karekod="karekod" in request.POST,
            actor=visit.caller.actor,
            origin=visit.origin,
        )
    return notice(go(request, at(visit, "designs.every")), Text("Kaydedildi.", "Saved."), visit)


@ROOM.page("POST", "settings/designs/<int:design>/preview", "designs.read", Text("Ön izleme", "Preview"))
def preview(request: HttpRequest, visit: Visit, design: int) -> HttpResponse:
    """The paper for the frame beside the form, whose policy lets it be nothing but looked at."""
    try:
        with visit.work():
            form = with_files(request, typed(request, _before(visit, design)))
            body = body_for(visit, request.POST.get("paper", ""), form.kind)
        page = _paper(form, body, visit)
    except UlakError as error:
        return _framed(_sentence(error.text.say(visit.language)))
    return _framed(page)


@ROOM.page("POST", "settings/designs/<int:design>/findings", "designs.read", Text("Bulgular", "Findings"))
def findings(request: HttpRequest, visit: Visit, design: int) -> HttpResponse:
    try:
        with visit.work():
            form = typed(request, _before(visit, design))
        found = _found(form)
    except UlakError as error:
        found = [{"text": error.text, "repair": error.repair, "level": "error"}]
    values = {"findings": found}
    return shown(request, visit, "portal/designs/_findings.html", values, part="portal/designs/_findings.html")


def _before(visit: Visit, design: int) -> Form:
    return form_of(designs.design_of(visit.taxpayer, design)) if design else BLANK


def _paper(form: Form, body: bytes, visit: Visit) -> bytes:
    if form.stylesheet is None:
        return to_html(body, design=designs.look_of(form.drawn)).html
    page = to_html(body, stylesheet=form.stylesheet, language=visit.language)
    said = "".join(_sentence(note.say(visit.language)).decode() for note in page.notes)
    return said.encode() + page.html


def _sentence(text: str) -> bytes:
    return (
        f'<!doctype html><meta charset="utf-8"><p style="font:15px sans-serif;padding:16px">{escape(text)}</p>'.encode()
    )


def _framed(page: bytes) -> HttpResponse:
    response = HttpResponse(page)
    response["Content-Security-Policy"] = STATIC
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _found(form: Form) -> list[dict[str, Any]]:
    found = lint(designs.look_of(form.drawn)) if form.stylesheet is None else lint_stylesheet(form.stylesheet)
    return [{"text": one.text, "repair": one.repair, "level": "error" if one.is_error else "warning"} for one in found]


def _saved(request: HttpRequest, visit: Visit, before: Form, design: int) -> HttpResponse:
    form = typed(request, before)
    try:
        form = with_files(request, form)
        with visit.work():
            kept = designs.save(
                visit.taxpayer,
                form.wanted,
                id=design or None,
                revision=form.revision if design else None,
                actor=visit.caller.actor,
                origin=visit.origin,
            )
    except UnknownDesign:
        raise
    except UlakError as error:
        return _editor(request, visit, form, design, error)
    said = Text("Kaydedildi.", "Saved.")
    return notice(go(request, at(visit, "designs.one", design=kept.id)), said, visit)


def _editor(
    request: HttpRequest, visit: Visit, form: Form, design: int, error: UlakError | None = None
) -> HttpResponse:
    with visit.work():
        papers = papers_of(visit.taxpayer)
    try:
        found = _found(form)
    except UlakError:
        found = []
    values = {
        "form": form,
        "design": design,
        "error": error,
        "is_taken": isinstance(error, DesignError) and error.where == "/name",
        "papers": papers,
        "findings": found,
        **choices(),
    }
    title = Text(form.name, form.name) if design and form.name else None
    status = status_of(error) if error else 200
    return shown(request, visit, "portal/designs/edit.html", values, title=title, status=status)
