"""What the pages of the editors have in common."""

from __future__ import annotations

import json
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from ulak.errors import Text
from ulak_server import clock, formats
from ulak_server.composing import services as composing
from ulak_server.composing.editors import EDITORS
from ulak_server.composing.services import Draft, Look, Ready, State
from ulak_server.pages.door import Visit
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import at, go, shown
from ulak_server.portal.rooms.compose_form import NAMES as EDITOR_NAMES
from ulak_server.portal.rooms.compose_form import Form
from ulak_server.taxpayers import services as taxpayers

__all__ = ["KINDS", "NAMES", "ROOM", "TITLES", "answer", "editor", "form_of", "number_of", "ready_of"]

ROOM: Final = Pages("compose")
NAMES: Final = {**EDITOR_NAMES, "earchive_invoice": "invoice"}
"""The editor of each kind of document, as addresses call it."""
KINDS: Final = {name: kind for kind, name in EDITOR_NAMES.items()}
"""What each editor writes."""
TITLES: Final = {
    **{kind: editor.title for kind, editor in EDITORS.items()},
    "earchive_invoice": Text("e-Arşiv fatura", "e-Arşiv invoice"),
}


def ready_of(visit: Visit, look: Look, document: int | None) -> Ready:
    """A document judged, if that is quick; else what can be told without judging. Outside of any scope."""
    if len(look.state.lines) > composing.MOST_AT_ONCE:
        return Ready(look, look.found)
    return composing.judged(visit.taxpayer, look, document)


def form_of(visit: Visit, state: State, draft: Draft | None, page: int = 1) -> Form:
    """The form of a document; outside of any scope."""
    with visit.work():
        look = composing.looked_at(visit.taxpayer, state)
        series = _series(visit.taxpayer, look)
    return Form(ready_of(visit, look, draft.document if draft else None), draft, visit.language, page, series)


def _series(taxpayer: int, look: Look) -> list[str]:
    """Prefixes of the series that may number it; e-Arşiv invoices have their own, internet sales others again."""
    kind, purpose = look.state.kind, ""
    if look.is_earchive:
        kind, purpose = "earchive_invoice", taxpayers.INTERNET if "internet_sale" in look.state.members else ""
    return [one.prefix for one in taxpayers.series_of(taxpayer, kind) if one.purpose == purpose]


def editor(request: HttpRequest, visit: Visit, form: Form, **values: Any) -> HttpResponse:
    """The whole page of a form."""
    context = {"form": form, "news": _news(form, {}), **values}
    return shown(request, visit, "portal/compose/editor.html", context, title=TITLES[form.kind])


def answer(
    request: HttpRequest, visit: Visit, form: Form, *, parts: tuple[str, ...] = (), values: dict[str, str] | None = None
) -> HttpResponse:
    """What a page learns after a change: the side, and the parts that look different now.

    Args:
        parts: ``lines``, ``customer`` or ``body``.
        values: what fields hold now, by their pointers, where that is not what was typed.
    """
    names = [f"portal/compose/_{part}.html" for part in (*parts, "side")]
    context = {
        "form": form,
        "visit": visit,
        "language": visit.language,
        "news": _news(form, values or {}),
        "is_news": True,
    }
    pieces = [render_to_string(name, context, request) for name in names]
    pieces.append(render_to_string("portal/compose/_news.html", context, request))
    response = HttpResponse("".join(pieces))
    if form.draft is not None and not request.POST.get("draft"):
        response["HX-Replace-Url"] = at(visit, "compose.edit", id=form.draft.document)
    return response


def _news(form: Form, values: dict[str, str]) -> str:
    """What the page's script has to know, as JSON."""
    draft = form.draft
    return json.dumps(
        {
            "draft": form.document,
            "version": form.version,
            "saved": formats.hour(clock.now(), form.language) if draft else "",
            "undo": bool(draft and draft.can_undo),
            "redo": bool(draft and draft.can_redo),
            "values": values,
            "linked": form.linked(),
            "mark": form.mark,
            "verb": form.verb.say(form.language),
            "profiles": [*form.profile_codes],
            "sending": form.sending.code,
            "hidden": form.hidden,
            "of_lines": form.of_lines,
            "found": form.at_fields(),
            "amounts": {line.at: line.amount for line in form.lines},
            "payable": form.payable,
            "type": [form.type.code, form.type.label.say(form.language)],
            "profile": [form.profile.code, form.profile.label.say(form.language), form.look.is_proposed],
            "day": form.day.isoformat(),
            "count": len(form.problems) + len(form.missing),
            "ready": form.ready.is_ready,
            "lines": len(form.state.lines),
            "page": form.page,
        },
        ensure_ascii=False,
    )


def number_of(request: HttpRequest, name: str, otherwise: int = 0) -> int:
    """A whole number of a form or query."""
    text = request.POST.get(name) or request.GET.get(name) or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else otherwise


def to_editor(request: HttpRequest, visit: Visit, document: int) -> HttpResponse:
    """Lead to a draft's editor."""
    return go(request, at(visit, "compose.edit", id=document))
