"""What every issued document has for good: its XML for GİB and programs, a page for people, and a way from paper."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ulak.errors import Text, UlakError
from ulak_server.delivery import services as delivery
from ulak_server.pages.door import Visit
from ulak_server.pages.registry import Pages
from ulak_server.portal.rooms.public import closed, file_answer, gone, language_of, page, paper_answer, shown_document
from ulak_server.statuses import status_of

__all__ = ["ROOM"]

ROOM = Pages("permanent", prefix="e/")
_LONGEST: Final = 4000
_AMOUNT: Final = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,2})?")


@ROOM.page("GET", "", "open", Text("Belge bul", "Find a document"))
def find(request: HttpRequest, visit: Visit) -> HttpResponse:
    language, said = language_of(request, visit), request.GET.get("ettn", "").strip()
    amount = request.GET.get("amount", "").strip()
    error: UlakError | None = None
    if said:
        try:
            token = delivery.find(said[:_LONGEST], _amount(amount), origin=visit.origin)
            return closed(HttpResponseRedirect(f"/e/{token}?lang={language}"))
        except UlakError as found:
            error = found
    values: dict[str, object] = {"said": said[:_LONGEST], "amount": amount[:40], "error": error}
    return page(request, "portal/public/find.html", values, language, 200 if error is None else status_of(error))


@ROOM.page("GET", "<str:token>.xml", "open", Text("Belgenin XML'i", "A document's XML"))
def xml(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    """For programs, GİB's among them: the sealed bytes, or a status and nothing that tells why."""
    try:
        document, body = delivery.xml_for_good(token, origin=visit.origin)
    except UlakError as error:
        status = 429 if status_of(error) == 429 else 404
        return closed(HttpResponse(status=status, content_type="text/plain; charset=utf-8"))
    response = HttpResponse(body, content_type="application/xml")
    response["Content-Disposition"] = f'inline; filename="{delivery.file_name(document, "xml")}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return closed(response)


@ROOM.page("GET", "<str:token>", "open", Text("Düzenlenmiş belge", "An issued document"))
def document(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    language = language_of(request, visit)
    try:
        found = delivery.opened_for_good(token, origin=visit.origin)
    except UlakError as error:
        return gone(request, error, language)
    return shown_document(request, found, token, language)


@ROOM.page("GET", "<str:token>/paper", "open", Text("Düzenlenmiş belgenin kâğıdı", "An issued document's paper"))
def paper(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    language = language_of(request, visit)
    try:
        found = delivery.opened_for_good(token, origin=visit.origin, form="html")
        return paper_answer(request, found, language)
    except UlakError as error:
        return gone(request, error, language)


@ROOM.page("GET", "<str:token>/document.<str:form>", "open", Text("Düzenlenmiş belgeyi indirme", "Downloads of it"))
def file(request: HttpRequest, visit: Visit, token: str, form: str) -> HttpResponse:
    language = language_of(request, visit)
    try:
        found = delivery.opened_for_good(token if form in ("pdf", "xml") else "", origin=visit.origin, form=form)
        return file_answer(found, form, language)
    except UlakError as error:
        return gone(request, error, language)


def _amount(text: str) -> Decimal | None:
    """An amount as people write it: with or without points between thousands, a comma or a point before kuruş.

    Papers of Turkish documents have Turkish numbers, whatever language the page speaks. No amount has three decimals,
    so that all that is written has one sense.
    """
    bare = text.replace(" ", "").removesuffix("TL").removesuffix("TRY").removesuffix("₺")
    if re.fullmatch(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]{1,2})?", bare):
        bare = bare.replace(",", "")
    elif "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3})+", bare):
        bare = bare.replace(".", "")
    return Decimal(bare) if _AMOUNT.fullmatch(bare) else None
