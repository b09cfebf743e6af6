"""One document: the paper, how it stands, what to do next, what happened to it, its proof."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from ulak import render
from ulak.errors import Text, UlakError
from ulak.lifecycle.documents import Stage
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.archive.problems import archive_error
from ulak_server.delivery import services as delivery
from ulak_server.delivery.verdicts import judged
from ulak_server.designs import services as designs
from ulak_server.documents.models import Direction, Document, Form
from ulak_server.documents.states import Shelf, State
from ulak_server.documents.transport import Transport, transport_of
from ulak_server.exchange import services as exchange
from ulak_server.exchange.services import Shown, Undoing
from ulak_server.pages.asking import day_of
from ulak_server.pages.door import Visit
from ulak_server.pages.problems import problem
from ulak_server.pages.showing import shown
from ulak_server.portal.rooms.documents_archived import archived, editor_of
from ulak_server.portal.rooms.documents_history import history, turns
from ulak_server.portal.rooms.documents_room import PATHS, ROOM
from ulak_server.portal.rooms.documents_rows import days_left, labels_of, rows_of
from ulak_server.portal.rooms.files import document_file
from ulak_server.statuses import status_of

__all__ = ["body_of", "document_of"]

_DAY: Final = 86400
_UNDOING: Final = {
    Undoing.PORTAL: Text(
        "Bu fatura Ulak'tan iptal edilemez. Teslimden sonraki 8 gün içinde taraflardan biri GİB'in e-Fatura iptal"
        " portalında iptal ister, öteki aynı süre içinde onaylar. İtiraz için önce noter, taahhütlü mektup, telgraf ya"
        " da KEP ile dışarıdan itiraz edilir, sonra portalda bildirilir.",
        "This invoice cannot be cancelled from Ulak. Within 8 days of delivery one party asks for cancellation on GİB's"
        " e-Fatura portal, and the other agrees there. An objection is made outside first (notary, registered letter,"
        " telegram or KEP), and then notified on the portal.",
    ),
    Undoing.ANSWER: Text(
        "Ticari faturanın iptali yoktur: alıcı 8 gün içinde reddeder ya da iade faturası kesilir. Süre geçtiyse noter,"
        " taahhütlü mektup, telgraf ya da KEP ile itiraz edilip GİB'in portalında bildirilir.",
        "A commercial invoice is not cancelled: its receiver rejects it within 8 days, or returns it by an invoice."
        " After that, an objection is made by notary, registered letter, telegram or KEP, and notified on GİB's"
        " portal.",
    ),
    Undoing.SELLER_OBJECTS: Text(
        "Kamu senaryosunda iptal yoktur; itirazı yalnız satıcı, dışarıdan yapıp GİB'in portalında bildirebilir.",
        "In the public scenario nothing is cancelled; only the seller may object, outside, and notify it on GİB's"
        " portal.",
    ),
    Undoing.RETURN: Text(
        "Bu senaryoda iptal ve itiraz yoktur; düzeltmek için iade faturası kesilir.",
        "This scenario knows neither cancellation nor objection; an invoice that returns it sets it right.",
    ),
}


class Deadline(NamedTuple):
    """The time that runs.

    Attributes:
        last: the last day.
        share: of it that is over, in percent.
    """

    last: datetime
    days: int
    share: int


def document_of(visit: Visit, id: int) -> Document:
    """A document of the visit's taxpayer; within its scope.

    Raises:
        PagesError: ``pages.not-found``.
    """
    found = Document.objects.filter(taxpayer_id=visit.taxpayer, id=id).first() if id < 2**63 else None
    if found is None:
        raise problem("pages.not-found")
    return found


def body_of(one: Document) -> bytes:
    """Its UBL, sealed once it is sealed; within its taxpayer's scope.

    Raises:
        ArchiveError: ``archive.not-found``; for drafts, which have none, too.
    """
    ref = archive.Ref(one.taxpayer_id, one.month, one.id)
    data = archive.read([ref]).get(ref) if one.form != Form.JSON else None
    if data is None:
        raise archive_error("archive.not-found", what=one.ettn)
    return data


@ROOM.page("GET", "documents/<int:id>", "documents.read", Text("Belge", "Document"))
def one(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        row = document_of(visit, id)
        (stands,) = exchange.shown([row])
        labels = labels_of(visit.taxpayer)
        (line,) = rows_of([row], labels)
        happened = history(visit.taxpayer, id, visit.caller.user)
        related = _related(visit, row)
        transport = _transport(row)
        told = archived(visit, row)
    wishes = exchange.possible(stands)
    shelf = Shelf(row.shelf) if row.shelf in PATHS else Shelf.OUTGOING
    values: dict[str, Any] = {
        "row": row,
        "line": line,
        "stands": stands,
        "possible": wishes,
        "deadline": _deadline(stands),
        "happened": happened,
        "turns": turns(happened),
        "findings": _findings(row),
        "related": related,
        "transport": transport,
        "archived": told,
        "editor": editor_of(visit, row),
        "today": clock.today(),
        "despatched": transport and day_of(transport.despatch_date),
        "labels": list(labels.values()),
        "is_incoming": row.direction == Direction.IN,
        "is_sealed": row.form == Form.SEALED,
        "has_paper": row.form != Form.JSON,
        "is_draft": line.state is State.DRAFT,
        "list_path": PATHS[shelf],
        "list_label": shelf.label,
        "undoing": _UNDOING[wishes.undoing] if wishes.undoing else None,
    }
    title = Text(row.number or line.sort.tr, row.number or line.sort.en)
    return shown(request, visit, "portal/documents/one.html", values, title=title)


@ROOM.page("GET", "documents/<int:id>/paper", "documents.read", Text("Belgenin kâğıdı", "The paper of a document"))
def paper(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    try:
        with visit.work():
            row = document_of(visit, id)
            is_own, is_void = partial(_is_own, visit.taxpayer), row.stage == Stage.VOIDED
            page = render.to_html(body_of(row), language=visit.language, is_own=is_own, voided=is_void)
    except UlakError as error:
        return _no_paper(request, visit, error)
    # A page with scripts is for a sandboxed frame alone: by itself it would be of our own origin.
    is_scripted = bool(page.scripted) and request.headers.get("Sec-Fetch-Dest") == "iframe"
    response = HttpResponse(page.scripted if is_scripted else page.html)
    response["Content-Security-Policy"] = page.scripted_policy if is_scripted else page.policy
    return response


def _no_paper(request: HttpRequest, visit: Visit, error: UlakError) -> HttpResponse:
    """Why there is none, within the frame."""
    values = {"error": error, "language": visit.language, "visit": visit}
    response = HttpResponse(
        render_to_string("portal/documents/no_paper.html", values, request), status=status_of(error)
    )
    response["Content-Security-Policy"] = _NO_PAPER
    return response


_NO_PAPER: Final = "default-src 'none'; style-src 'self'; frame-ancestors 'self'; sandbox"


@ROOM.page("GET", "documents/<int:id>/xml", "documents.read", Text("Belgenin XML'i", "A document's XML"))
def xml(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    return _file(visit, id, "xml")


@ROOM.page("GET", "documents/<int:id>/pdf", "documents.read", Text("Belgenin PDF'i", "A document's PDF"))
def pdf(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    return _file(visit, id, "pdf")


@ROOM.page("GET", "documents/<int:id>/proof", "documents.read", Text("Belgenin mührü", "A document's seal"))
def proof(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        row = document_of(visit, id)
        body = body_of(row)
    values = {"row": row, "verdict": judged(body), "size": len(body)}
    return shown(request, visit, "portal/documents/proof.html", values, part="portal/documents/_proof.html")


def _is_own(taxpayer: int, digest: str) -> bool:
    return designs.is_own(taxpayer, bytes.fromhex(digest))


def _file(visit: Visit, id: int, form: str) -> HttpResponse:
    with visit.work():
        row = document_of(visit, id)
        body = body_of(row)
    return document_file(delivery.file_of(row, body, form, visit.language))


def _related(visit: Visit, row: Document) -> list[tuple[Text, Document]]:
    """Documents that belong to this one: what it answers or returns, what answers or returns it."""
    found = []
    mine = Document.objects.filter(taxpayer_id=visit.taxpayer)
    if row.about_id and (about := mine.filter(id=row.about_id).first()):
        found.append((Text("İlgili olduğu belge", "What it is about"), about))
    for other in mine.filter(about_id=row.id).order_by("id")[:10]:
        found.append((Text("Yanıt", "Answer") if _answers(other) else Text("İade", "Return"), other))
    return found


def _answers(other: Document) -> bool:
    return other.kind in ("application_response", "receipt_advice", "credit_note")


def _transport(row: Document) -> Transport | None:
    if row.kind != "despatch_advice" or row.form == Form.JSON:
        return None
    try:
        return transport_of(body_of(row))
    except UlakError:
        return None


def _deadline(stands: Shown) -> Deadline | None:
    answer, now = stands.answer, clock.now()
    if answer is None or answer.until is None or answer.until <= now:
        return None
    if State.read(stands.document.state) not in (State.TO_ANSWER, State.AWAITING):
        return None
    began = stands.document.delivered_at or stands.document.accepted_at
    whole = max((answer.until - began).total_seconds(), _DAY)
    share = min(max(round(100 * (now - began).total_seconds() / whole), 0), 100)
    return Deadline(answer.until - timedelta(seconds=1), days_left(answer.until, now) or 0, share)


def _findings(row: Document) -> list[dict[str, Any]]:
    """Why it waits for a person, as `Document.error` keeps it."""
    if not isinstance(row.error, dict):
        return []
    if row.error.get("code") == "credits.exhausted":
        # What to do stands below its sentence already, and nothing is wrong with the document.
        return [{"text": _both(row.error.get("text")), "repair": "", "level": "warning"}]
    found = row.error.get("findings") or [{**row.error, "explanation": row.error.get("text")}]
    return [
        {
            "text": _both(one.get("explanation")),
            "repair": _both(one.get("repair")),
            "level": one.get("level") or "error",
        }
        for one in found[:50]
    ]


def _both(said: Any) -> Text:
    return (
        Text(str(said.get("tr", "")), str(said.get("en", "")))
        if isinstance(said, dict)
        else Text(*(str(said or ""),) * 2)
    )
