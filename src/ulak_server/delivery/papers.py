"""Documents made into files for people: XML as it was sealed, PDF, and pages to look at."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple

from django.conf import settings

from ulak import render
from ulak.errors import Language, UlakError
from ulak.lifecycle.documents import Stage
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery.kept_papers import Papers
from ulak_server.designs import services as designs
from ulak_server.documents.addresses import PATH
from ulak_server.documents.kinds import ARCHIVED
from ulak_server.documents.models import Direction, Document

__all__ = ["MIMES", "File", "file_of", "look_for", "name_of", "page_of", "platform"]

MIMES: Final = {"xml": "application/xml", "pdf": "application/pdf"}
_ODD: Final = re.compile(r"[^A-Za-z0-9_-]+")
_PAPERS: Final = Papers()


class File(NamedTuple):
    """A file that is given out or attached."""

    name: str
    mime: str
    data: bytes


def name_of(document: Document, form: str) -> str:
    """A file's name that every system takes: the document's number, else its ETTN."""
    return f"{_ODD.sub('-', document.number or str(document.ettn))[:60]}.{form}"


def look_for(document: Document) -> render.Design | None:
    """In which look a document is printed: of the design that it names, else of its issuer's own default.

    Within a scope that holds the taxpayer. None where Ulak's own is meant: of documents that came in, of issuers who
    have no design, and of designs that are a stylesheet of the issuer's own, which says nothing of paper.
    """
    if document.direction != Direction.OUT or document.design_id == designs.UNDRESSED:
        return None
    known = designs.designs_of(document.taxpayer_id, designs.WORN_BY.get(document.kind, ""), retired=True)
    named = [one for one in known if one.id == document.design_id]
    usual = [one for one in known if one.is_default and one.retired_at is None]
    chosen = next(iter([*named, *sorted(usual, key=lambda one: one.kind == "")]), None)
    drawn = designs.drawn(chosen) if chosen is not None else None
    if drawn is None or drawn.stylesheet is not None:
        return None
    try:
        look = designs.look_of(drawn)
    except UlakError:
        return None
    is_silent = document.kind in ARCHIVED and not look.platform
    return replace(look, platform=platform()) if is_silent else look


def file_of(
    document: Document, body: bytes, form: str, language: Language = "tr", look: render.Design | None = None
) -> File:
    """A document as a file.

    Args:
        body: its sealed bytes.
        form: ``xml`` or ``pdf``.
        look: of `look_for`; its labels are in its own language.

    Raises:
        RenderError: it cannot be rendered.
    """
    return File(name_of(document, form), MIMES[form], body if form == "xml" else _pdf(document, body, language, look))


def page_of(document: Document, body: bytes, language: Language = "tr") -> render.Page:
    """A document as a page for a frame, with the policy that has to be sent with it; outside of any scope.

    Raises:
        RenderError: it cannot be rendered.
    """

    def is_own(digest: str) -> bool:
        with scoped(Role.WEB, [document.taxpayer_id]):
            return designs.is_own(document.taxpayer_id, bytes.fromhex(digest))

    return render.to_html(body, language=language, is_own=is_own, voided=_is_voided(document))


def platform() -> str:
    """Where buyers find issued documents by what is printed on them, as paper says it."""
    return f"{settings.PUBLIC}{PATH}".partition("://")[2].rstrip("/")


def _pdf(document: Document, body: bytes, language: Language, look: render.Design | None) -> bytes:
    if look is None and document.kind in ARCHIVED:
        look = _plain(language, platform())
    return _set(body, look, None if look else language, _is_voided(document))


def _is_voided(document: Document) -> bool:
    return document.stage == Stage.VOIDED


def _set(body: bytes, look: render.Design | None, language: Language | None, voided: bool) -> bytes:
    """A document that goes to many, or that its receiver opens again, is set once."""
    key = sha256(body).digest(), look, language, voided
    return _PAPERS.get(key, lambda: render.to_pdf(body, design=look, language=language, voided=voided))


@lru_cache(maxsize=16)
def _plain(language: Language, where: str) -> render.Design:
    """Ulak's own look of issued documents, which says where the original is (e-Arşiv Kılavuzu V1.18, 6 and 7)."""
    return render.Design(language=language, platform=where)
