"""Documents made into files for people: XML as it was sealed, PDF, and pages to look at."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ulak import render
from ulak.errors import Language
from ulak_server.documents.models import Document

__all__ = ["MIMES", "File", "file_of", "name_of", "page_of"]

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


def file_of(document: Document, body: bytes, form: str, language: Language = "tr") -> File:
    """A document as a file.

    Args:
        body: its sealed bytes.
        form: ``xml`` or ``pdf``.

    Raises:
        RenderError: it cannot be rendered.
    """
    return File(name_of(document, form), MIMES[form], _data(document, body, form, language))


def page_of(body: bytes, language: Language = "tr") -> render.Page:
    """A document as a page for a frame, with the policy that has to be sent with it.

    Raises:
        RenderError: it cannot be rendered.
    """
    return render.to_html(body, language=language)


def _data(document: Document, body: bytes, form: str, language: Language) -> bytes:
    if form == "xml":
        return body
    return render.to_pdf(body, language=language)
