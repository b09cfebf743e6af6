"""Documents passed on: by e-mail, by text message, by a link; and what became of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.http import HttpRequest, HttpResponse

from ulak.errors import Text, UlakError
from ulak_server import clock
from ulak_server.delivery import services as delivery
from ulak_server.delivery.services import Stage, Wanted
from ulak_server.documents.kinds import ARCHIVED
from ulak_server.pages.asking import is_partial
from ulak_server.pages.door import Visit
from ulak_server.pages.registry import Pages
from ulak_server.pages.showing import at, go, notice, shown
from ulak_server.statuses import status_of

__all__ = ["ROOM"]

ROOM = Pages("delivery")
_PAGE: Final = 50
_GROUPS: Final = {
    "waiting": (Stage.WAITING, Stage.SENDING, Stage.HANDING),
    "sent": (Stage.SENT,),
    "failed": (Stage.UNCLEAR, Stage.REFUSED, Stage.BOUNCED, Stage.GIVEN_UP, Stage.SUPPRESSED),
}
_TABS: Final = (
    ("", Text("Hepsi", "All")),
    ("failed", Text("Ulaşmayanlar", "Not arrived")),
    ("waiting", Text("Sıradakiler", "Waiting")),
    ("sent", Text("Gönderilenler", "Sent")),
)
_DAYS: Final = (7, 30, 90, 365)
_SEPARATORS: Final = re.compile(r"[\s,;]+")


class Given(NamedTuple):
    """What stands in the form, as it is shown and read."""

    to: str
    channel: str
    language: str
    subject: str = ""
    note: str = ""
    attach: Sequence[str] = ("pdf", "xml")
    link: bool = True
    days: int = delivery.DAYS


# -- of one document ---------------------------------------------------------------------------------------------------


@ROOM.page("GET", "documents/<int:document>/deliveries", "delivery.read", Text("Gönderimler", "Deliveries"))
def of_document(request: HttpRequest, visit: Visit, document: int) -> HttpResponse:
    with visit.work():
        delivery.document_of(visit.taxpayer, document)
    return _of_document(request, visit, document)


@ROOM.page("GET", "documents/<int:document>/deliver", "delivery.write", Text("Belgeyi ilet", "Pass the document on"))
def compose(request: HttpRequest, visit: Visit, document: int) -> HttpResponse:
    with visit.work():
        proposed = delivery.proposed(visit.taxpayer, document)
    return _composing(request, visit, document, Given(", ".join(proposed[:1]), "mail", visit.language), proposed)


@ROOM.page("POST", "documents/<int:document>/deliver", "delivery.write", Text("Gönder", "Send"))
def send(request: HttpRequest, visit: Visit, document: int) -> HttpResponse:
    given = _given(request)
    try:
        with visit.work():
            wanted = Wanted([one for one in _SEPARATORS.split(given.to) if one], *given[1:])
            made = delivery.send(visit.taxpayer, document, wanted, actor=visit.caller.actor, origin=visit.origin)
    except UlakError as error:
        if error.code == "delivery.no-document":
            raise
        return _composing(request, visit, document, given, (), error)
    said = Text("{n} alıcıya gönderiliyor.", "On its way to {n} receivers.").format(n=len(made))
    return notice(_after(request, visit, document), said, visit)


@ROOM.page("POST", "documents/<int:document>/links", "delivery.write", Text("Bağlantı oluştur", "Make a link"))
def make_link(request: HttpRequest, visit: Visit, document: int) -> HttpResponse:
    with visit.work():
        made = delivery.make_link(
            visit.taxpayer,
            document,
            days=_number(request.POST.get("days", ""), delivery.DAYS),
            label=request.POST.get("label", "").strip(),
            actor=visit.caller.actor,
            origin=visit.origin,
        )
    return _of_document(request, visit, document, new=made.id)


@ROOM.page("POST", "links/<int:link>/revoke", "delivery.write", Text("Bağlantıyı kapat", "Close a link"))
def revoke_link(request: HttpRequest, visit: Visit, link: int) -> HttpResponse:
    with visit.work():
        closed = delivery.revoke_link(visit.taxpayer, link, actor=visit.caller.actor, origin=visit.origin)
    said = Text("Bağlantı kapandı; artık açılmaz.", "The link is closed; it opens nothing any more.")
    return notice(_after(request, visit, closed.document_id), said, visit)


@ROOM.page("POST", "documents/<int:document>/handed-over", "delivery.write", Text("Elden teslim", "Handed over"))
def hand_over(request: HttpRequest, visit: Visit, document: int) -> HttpResponse:
    at, to = _moment(request.POST.get("at", "")), request.POST.get("to", "")
    try:
        with visit.work():
            delivery.handed_over(visit.taxpayer, document, at=at, to=to, actor=visit.caller.actor, origin=visit.origin)
    except UlakError as error:
        if error.code == "delivery.no-document":
            raise
        return _of_document(request, visit, document, error=error)
    return notice(_after(request, visit, document), Text("Teslim edildiği yazıldı.", "It is written down."), visit)


@ROOM.page("GET", "deliveries/to-hand-over", "delivery.read", Text("Elden teslim edilecekler", "To be handed over"))
def to_hand_over(request: HttpRequest, visit: Visit) -> HttpResponse:
    before = _number(request.GET.get("before", ""), 0) or None
    with visit.work():
        rows = delivery.to_hand_over(visit.taxpayer, _PAGE + 1, before)
        waiting = delivery.how_many_wait(visit.taxpayer)
    values = {
        "rows": rows[:_PAGE],
        "waiting": waiting,
        "before": before,
        "next": rows[_PAGE - 1][0].id if len(rows) > _PAGE else None,
    }
    return shown(request, visit, "portal/delivery/to_hand_over.html", values)


@ROOM.page("POST", "deliveries/to-hand-over", "delivery.write", Text("Elden teslim edilenler", "Handed over"))
def hand_over_all(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Write down that all marked ones were handed over just now."""
    marked = [_number(one, 0) for one in request.POST.getlist("id")[:_PAGE]]
    with visit.work():
        for one in marked:
            delivery.handed_over(visit.taxpayer, one, actor=visit.caller.actor, origin=visit.origin)
    said = Text(f"{len(marked)} belgenin teslim edildiği yazıldı.", f"{len(marked)} documents are written down.")
    return notice(go(request, at(visit, "delivery.to_hand_over")), said, visit)


# -- all of them -------------------------------------------------------------------------------------------------------


@ROOM.page("GET", "deliveries", "delivery.read", Text("Gönderimler", "Deliveries"))
def log(request: HttpRequest, visit: Visit) -> HttpResponse:
    group = request.GET.get("group", "")
    before = _number(request.GET.get("before", ""), 0) or None
    with visit.work():
        rows = delivery.shown_messages(visit.taxpayer, stages=_GROUPS.get(group, ()), before=before, limit=_PAGE + 1)
        stopped = delivery.suppressions(visit.taxpayer)
        waiting = delivery.how_many_wait(visit.taxpayer)
    values = {
        "rows": rows[:_PAGE],
        "waiting": waiting,
        "next": rows[_PAGE - 1].row.id if len(rows) > _PAGE else None,
        "group": group,
        "tabs": _TABS,
        "stopped": len(stopped),
        "is_set_up": bool(delivery.channels()),
    }
    return shown(request, visit, "portal/delivery/log.html", values)


@ROOM.page("GET", "deliveries/<int:message>", "delivery.read", Text("Gönderim", "A delivery"))
def one(request: HttpRequest, visit: Visit, message: int) -> HttpResponse:
    with visit.work():
        delivery.message(visit.taxpayer, message)
        (found,) = delivery.shown_messages(visit.taxpayer, id=message)
        tries = [(each, delivery.outcome(each.code)) for each in delivery.attempts_of(visit.taxpayer, message)]
    return shown(request, visit, "portal/delivery/one.html", {"found": found, "tries": tries})


@ROOM.page("POST", "deliveries/<int:message>/again", "delivery.write", Text("Yeniden gönder", "Send again"))
def again(request: HttpRequest, visit: Visit, message: int) -> HttpResponse:
    with visit.work():
        made = delivery.again(visit.taxpayer, message, actor=visit.caller.actor, origin=visit.origin)
    response = go(request, at(visit, "delivery.one", message=made))
    return notice(response, Text("Yeniden gönderiliyor.", "It is sent again."), visit)


@ROOM.page("POST", "deliveries/<int:message>/stop", "delivery.write", Text("Durdur", "Stop"))
def stop(request: HttpRequest, visit: Visit, message: int) -> HttpResponse:
    with visit.work():
        delivery.stop(visit.taxpayer, message, actor=visit.caller.actor, origin=visit.origin)
    response = go(request, at(visit, "delivery.one", message=message))
    return notice(response, Text("Durduruldu; gönderilmeyecek.", "Stopped; it is not sent."), visit)


# -- addresses that are stopped ----------------------------------------------------------------------------------------


@ROOM.page("GET", "deliveries/stopped", "delivery.read", Text("Kapalı adresler", "Stopped addresses"))
def stopped(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _stopped(request, visit)


@ROOM.page("POST", "deliveries/stopped", "delivery.write", Text("Adresi kapat", "Stop an address"))
def stop_address(request: HttpRequest, visit: Visit) -> HttpResponse:
    address = request.POST.get("address", "").strip()
    try:
        with visit.work():
            delivery.suppress_by_hand(visit.taxpayer, address, actor=visit.caller.actor, origin=visit.origin)
    except UlakError as error:
        return _stopped(request, visit, address, error)
    response = go(request, at(visit, "delivery.stopped"))
    return notice(response, Text("Adrese gönderim durduruldu.", "Nothing is sent to the address any more."), visit)


@ROOM.page("POST", "deliveries/stopped/lift", "delivery.write", Text("Adrese izin ver", "Allow an address again"))
def allow_address(request: HttpRequest, visit: Visit) -> HttpResponse:
    with visit.work():
        address = request.POST.get("address", "")
        delivery.lift(visit.taxpayer, address, actor=visit.caller.actor, origin=visit.origin)
    response = go(request, at(visit, "delivery.stopped"))
    return notice(response, Text("Adrese yeniden gönderilebilir.", "The address may be written to again."), visit)


# -- what they share ---------------------------------------------------------------------------------------------------


def _of_document(
    request: HttpRequest, visit: Visit, document: int, new: int = 0, error: UlakError | None = None
) -> HttpResponse:
    # Whoever has an address needs no session any more: readers, and operators who read along for some hours, get none.
    may_pass_on = visit.may("delivery.write")
    with visit.work():
        found = delivery.open_links(visit.taxpayer, document)
        values = {
            "document": document,
            "rows": delivery.shown_messages(visit.taxpayer, document=document),
            "links": [(each, delivery.address_of_link(each) if may_pass_on else "") for each in found],
            "is_sealed": delivery.is_sealed(visit.taxpayer, document),
            "handing": _handing(visit.taxpayer, document),
            "now": clock.now(),
            "error": error,
            "new": new,
            "days": _DAYS,
            "usual": delivery.DAYS,
        }
    status = status_of(error) if error is not None else 200
    part = "portal/delivery/_card.html"
    return shown(request, visit, "portal/delivery/of_document.html", values, part=part, status=status)


def _handing(taxpayer: int, document: int) -> dict[str, object] | None:
    """How an issued document stands with its buyer; None for other kinds."""
    row = delivery.document_of(taxpayer, document)
    if row.kind not in ARCHIVED:
        return None
    found = delivery.handing_of(taxpayer, document)
    return {
        "found": found,
        "records": [(one, delivery.HOW[one.how], delivery.outcome(one.undone_why)) for one in found.records],
        "page": delivery.page_address(taxpayer, row.ettn),
        "is_voided": row.stage == "voided",
        "sealed_at": row.sealed_at,
    }


def _moment(text: str) -> datetime | None:
    """A day and hour in Istanbul as browsers write them; None for nothing that can be read."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=clock.ISTANBUL) if text else None
    except ValueError:
        return None


def _composing(
    request: HttpRequest,
    visit: Visit,
    document: int,
    given: Given,
    proposed: object,
    error: UlakError | None = None,
) -> HttpResponse:
    values = {
        "document": document,
        "given": given,
        "proposed": proposed,
        "error": error,
        "fault_to": error if error is not None and error.where == "/to" else None,
        "channels": delivery.channels(),
        "days": _DAYS,
    }
    status = status_of(error) if error else 200
    part = "portal/delivery/_compose.html"
    return shown(request, visit, "portal/delivery/compose.html", values, part=part, status=status)


def _stopped(request: HttpRequest, visit: Visit, address: str = "", error: UlakError | None = None) -> HttpResponse:
    with visit.work():
        rows = [(each, delivery.REASONS[each.reason]) for each in delivery.suppressions(visit.taxpayer)]
    values = {"rows": rows, "address": address, "error": error}
    return shown(
        request, visit, "portal/delivery/stopped.html", values, status=status_of(error) if error is not None else 200
    )


def _given(request: HttpRequest) -> Given:
    fields = request.POST
    return Given(
        fields.get("to", ""),
        fields.get("channel", "mail"),
        fields.get("language", "tr"),
        fields.get("subject", ""),
        fields.get("note", "").replace("\r\n", "\n"),
        fields.getlist("attach"),
        bool(fields.get("link")),
        _number(fields.get("days", ""), delivery.DAYS),
    )


def _after(request: HttpRequest, visit: Visit, document: int) -> HttpResponse:
    """Of htmx the card anew, which whoever shows it listens for; else the page of the document's deliveries."""
    if not is_partial(request):
        return go(request, at(visit, "delivery.of_document", document=document))
    response = _of_document(request, visit, document)
    response["HX-Trigger"] = "ulak:delivered"
    return response


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else otherwise
