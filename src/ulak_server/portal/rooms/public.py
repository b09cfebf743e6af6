"""What a document's receiver sees who has a link to it: no sign-in, no cookie, no script."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from ulak.errors import Language, Text, UlakError
from ulak.lifecycle.cancellation import is_taxpayer
from ulak.lifecycle.documents import Stage
from ulak_server import formats
from ulak_server.delivery import services as delivery
from ulak_server.delivery.services import Opened
from ulak_server.documents.kinds import KINDS
from ulak_server.pages.door import Visit
from ulak_server.pages.registry import Pages
from ulak_server.portal.rooms.files import document_file
from ulak_server.statuses import status_of

__all__ = ["ROOM", "closed", "file_answer", "gone", "language_of", "page", "paper_answer", "shown_document"]

ROOM = Pages("public", prefix="d/")
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
_FORMS: Final = ("pdf", "xml")
_ANSWERED: Final = ("earchive_invoice", "freelance_receipt")
"""Kinds whose cancellation a buyer may refuse."""


@ROOM.page("GET", "<str:token>", "open", Text("Bağlantıdaki belge", "A document behind a link"))
def document(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    language = language_of(request, visit)
    try:
        found = delivery.opened(token, origin=visit.origin)
    except UlakError as error:
        return gone(request, error, language)
    return shown_document(request, found, token, language)


@ROOM.page("GET", "<str:token>/paper", "open", Text("Bağlantıdaki belgenin kâğıdı", "The paper behind a link"))
def paper(request: HttpRequest, visit: Visit, token: str) -> HttpResponse:
    language = language_of(request, visit)
    try:
        found = delivery.opened(token, origin=visit.origin, form="html")
        return paper_answer(request, found, language)
    except UlakError as error:
        return gone(request, error, language)


@ROOM.page("GET", "<str:token>/document.<str:form>", "open", Text("Bağlantıdan indirme", "Downloads from a link"))
def file(request: HttpRequest, visit: Visit, token: str, form: str) -> HttpResponse:
    language = language_of(request, visit)
    try:
        found = delivery.opened(token if form in _FORMS else "", origin=visit.origin, form=form)
        return file_answer(found, form, language)
    except UlakError as error:
        return gone(request, error, language)


# -- shared with the pages that issued documents have for good ---------------------------------------------------------


def shown_document(request: HttpRequest, found: Opened, token: str, language: Language) -> HttpResponse:
    """The page of a document for whoever came by an address of it."""
    kind = KINDS.get(found.document.kind)
    values = {
        "found": found,
        "token": token,
        "kind": _headed(kind.label if kind else Text("Belge", "Document")),
        "by_other": bool(found.verdict.number) and found.verdict.number != found.taxpayer,
        "other": _OTHERS[language],
        "until": formats.day(found.link.expires_at, language) if found.link is not None else "",
        "is_voided": found.document.stage == Stage.VOIDED,
        "may_refuse": found.document.kind in _ANSWERED and is_taxpayer(found.document.partner),
        "host": urlsplit(settings.PUBLIC).hostname,
    }
    return page(request, "portal/public/document.html", values, language)


def _headed(label: Text) -> Text:
    """A kind's name as a heading begins: large, but for names like e-Arşiv."""
    return Text(*(one if one[1:2] == "-" else one[:1].upper() + one[1:] for one in label))


def paper_answer(request: HttpRequest, found: Opened, language: Language) -> HttpResponse:
    """The document as it looks, for a frame.

    Raises:
        RenderError: it cannot be rendered.
    """
    shown = delivery.page_of(found.document, found.body, language)
    # A page with scripts is for a frame alone: by itself it could lead its reader away.
    is_framed = request.headers.get("Sec-Fetch-Dest") == "iframe"
    is_scripted = bool(shown.scripted) and is_framed
    response = HttpResponse(shown.scripted if is_scripted else shown.html)
    response["Content-Security-Policy"] = shown.scripted_policy if is_scripted else shown.policy
    return closed(response)


def file_answer(found: Opened, form: str, language: Language) -> HttpResponse:
    """The document as a file.

    Raises:
        RenderError: it cannot be rendered.
    """
    return closed(document_file(delivery.file_of(found.document, found.body, form, language, found.look)))


_OTHERS: Final[dict[str, tuple[str, str]]] = {"tr": ("en", "English"), "en": ("tr", "Türkçe")}


def language_of(request: HttpRequest, visit: Visit) -> Language:
    """As it was chosen on the page; nothing is remembered of strangers."""
    asked = request.GET.get("lang", "")
    return "en" if asked == "en" else "tr" if asked == "tr" else visit.language


def gone(request: HttpRequest, error: UlakError, language: Language) -> HttpResponse:
    """That an address leads to nothing, and what to do."""
    values = {"error": error, "other": _OTHERS[language]}
    return page(request, "portal/public/gone.html", values, language, status_of(error))


def page(
    request: HttpRequest, template: str, values: dict[str, object], language: Language, status: int = 200
) -> HttpResponse:
    """A page for strangers: it loads nothing from elsewhere, and search engines do not keep it."""
    values.setdefault("other", _OTHERS[language])
    made = render_to_string(template, {**values, "language": language, "path": request.path})
    response = HttpResponse(made, status=status)
    response["Content-Security-Policy"] = _POLICY
    return closed(response)


def closed(response: HttpResponse) -> HttpResponse:
    """Nothing that was found by a link is to be found by others."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    response["Vary"] = "Accept-Language"
    return response
