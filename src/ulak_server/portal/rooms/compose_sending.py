"""Looked at before it goes, sent, and what became of it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak.lifecycle.documents import Stage
from ulak.render import to_html
from ulak_server.books import learning
from ulak_server.books import services as books
from ulak_server.composing import services as composing
from ulak_server.composing.problems import problem
from ulak_server.composing.services import NotReady
from ulak_server.designs import services as designs
from ulak_server.documents.models import Document
from ulak_server.exchange import services as exchange
from ulak_server.exchange.law import policy
from ulak_server.pages.door import Visit
from ulak_server.pages.showing import at, go, shown
from ulak_server.portal.rooms.compose_form import Form
from ulak_server.portal.rooms.compose_room import NAMES, ROOM, TITLES, number_of

__all__ = ["confirm", "preview", "send", "sent"]

_NOT_DRAFT: Final = "intake.no-draft"


def _judged(visit: Visit, id: int) -> Form:
    with visit.work():
        draft = composing.load(visit.taxpayer, id)
        look = composing.looked_at(visit.taxpayer, draft.state)
    return Form(composing.judged(visit.taxpayer, look, id), draft, visit.language)


@ROOM.page("GET", "compose/<int:id>/confirm", "documents.write", Text("Göndermeden önce", "Before it is sent"))
def confirm(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    values = {"form": _judged(visit, id), "can_send": visit.may("documents.send")}
    return shown(request, visit, "portal/compose/confirm.html", values, part="portal/compose/_confirm.html")


@ROOM.page("GET", "compose/<int:id>/preview", "documents.write", Text("Önizleme", "Preview"))
def preview(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    form = _judged(visit, id)
    name = "preview" if form.ready.body else "unready"
    return shown(request, visit, f"portal/compose/{name}.html", {"form": form})


@ROOM.page("GET", "compose/<int:id>/paper", "documents.write", Text("Önizlemenin kâğıdı", "The preview's paper"))
def paper(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    form = _judged(visit, id)
    if not form.ready.body:
        raise problem("compose.not-ready", count=len(form.stopping))
    with visit.work():
        dress = designs.dress_for(visit.taxpayer, form.kind)
    page = to_html(
        form.ready.body,
        stylesheet=dress.stylesheet or None,
        language=visit.language,
        is_own=lambda digest: not dress.is_foreign,
    )
    response = HttpResponse(page.html)
    response["Content-Security-Policy"] = page.policy
    return response


@ROOM.page("POST", "compose/<int:id>/send", "documents.send", Text("Gönder", "Send"))
def send(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    try:
        id = composing.send(
            visit.taxpayer,
            id,
            number_of(request, "version"),
            policy=policy(),
            actor=visit.caller.actor,
            origin=visit.origin,
        ).id
    except NotReady as error:
        form = Form(error.ready, _load(visit, id), visit.language)
        values = {"form": form, "can_send": True, "refused": error}
        return shown(request, visit, "portal/compose/confirm.html", values, part="portal/compose/_confirm.html")
    except UlakError as error:
        # A second click comes after the first one has sent it.
        if error.code != _NOT_DRAFT or not _was_sent(visit, id):
            raise
    else:
        _learn_from(visit, id)
    return go(request, at(visit, "compose.sent", id=id))


def _learn_from(visit: Visit, id: int) -> None:
    # It is sent: that nothing could be learned from it must not look as if it were not.
    with suppress(DatabaseError), visit.work():
        learning.learn_from(visit.taxpayer, [id])


def _load(visit: Visit, id: int) -> composing.Draft:
    with visit.work():
        return composing.load(visit.taxpayer, id)


def _was_sent(visit: Visit, id: int) -> bool:
    with visit.work():
        return Document.objects.filter(taxpayer_id=visit.taxpayer, id=id).exclude(stage="draft").exists()


@ROOM.page("GET", "compose/sent/<int:id>", "documents.read", Text("Gönderildi", "Sent"))
def sent(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    return shown(request, visit, "portal/compose/sent.html", _standing(visit, id))


@ROOM.page(
    "GET",
    "compose/sent/<int:id>/sentence",
    "documents.read",
    Text("Gönderilenin durumu", "How a sent one stands"),
    by_itself=True,
)
def sentence(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    return shown(request, visit, "portal/compose/_sentence.html", _standing(visit, id))


def _standing(visit: Visit, id: int) -> dict[str, Any]:
    with visit.work():
        row = Document.objects.filter(taxpayer_id=visit.taxpayer, id=id).first()
        if row is None:
            raise problem("compose.no-draft")
        stands = exchange.shown([row])[0]
        known = books.by_number(visit.taxpayer, [row.partner]) if row.partner else {}
    return {
        "row": row,
        "stands": stands,
        "is_final": _rests(row.stage),
        "is_issued": row.stage == Stage.ISSUED,
        "what": TITLES.get(row.kind, Text("Belge", "Document")),
        "is_known": bool(known),
        "name": NAMES.get(row.kind, "invoice"),
    }


_ISSUED: Final = frozenset({Stage.ISSUED, Stage.VOIDED})


def _rests(stage: str) -> bool:
    """Whether nothing moves any more by itself."""
    known = next((one for one in Stage if one.value == stage), None)
    return known is None or known.is_final or known.waits_for_person or known in _ISSUED


@ROOM.page("POST", "compose/sent/<int:id>/remember", "books.write", Text("Kişilere ekle", "Add to the contacts"))
def remember(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        party = composing.customer_of(visit.taxpayer, id)
        address = party.get("address") or {}
        names = ("street", "district", "town", "city", "postal_code", "country", "room")
        form = books.ContactForm(
            number=str(party.get("tax_id") or ""),
            title=str(party.get("name") or f"{party.get('first_name', '')} {party.get('family_name', '')}".strip()),
            first_name=str(party.get("first_name") or ""),
            family_name=str(party.get("family_name") or ""),
            tax_office=str(party.get("tax_office") or ""),
            building_number=str(address.get("number") or ""),
            email=str(party.get("email") or ""),
            phone=str(party.get("phone") or ""),
            **{name: str(address.get(name) or "") for name in names},
        )
        books.save_contact(visit.taxpayer, form, actor=visit.caller.actor, origin=visit.origin)
    return go(request, at(visit, "compose.sent", id=id))
