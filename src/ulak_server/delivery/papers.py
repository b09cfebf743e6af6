"""Documents made into files for people: XML as it was sealed, PDF, and pages to look at."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ulak import render
from ulak.errors import Language, UlakError
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.designs import services as designs
from ulak_server.documents.models import Direction, Document

__all__ = ["MIMES", "File", "file_of", "look_for", "name_of", "page_of"]

MIMES: Final = {"xml": "application/xml", "pdf": "application/pdf"}
_ODD: Final = re.compile(r"[^A-Za-z0-9_-]+")


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
        return designs.look_of(drawn)
    except UlakError:
        return None


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
    return File(name_of(document, form), MIMES[form], _data(body, form, language, look))


def page_of(document: Document, body: bytes, language: Language = "tr") -> render.Page:
    """A document as a page for a frame, with the policy that has to be sent with it; outside of any scope.

    Raises:
        RenderError: it cannot be rendered.
    """

    def is_own(digest: str) -> bool:
        with scoped(Role.WEB, [document.taxpayer_id]):
            return designs.is_own(document.taxpayer_id, bytes.fromhex(digest))

    return render.to_html(body, language=language, is_own=is_own)


def _data(body: bytes, form: str, language: Language, look: render.Design | None) -> bytes:
    if form == "xml":
        return body
    return render.to_pdf(body, design=look, language=None if look else language)
