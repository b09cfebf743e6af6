"""A document on paper as its reader should have it: in the sender's design where that is wanted and possible."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final, Literal, NamedTuple

import pikepdf

from ulak.errors import Text
from ulak.render.design import Design
from ulak.render.html import to_html
from ulak.render.labels import LabelLanguage
from ulak.render.pdf.browser import print_page
from ulak.render.pdf.output import to_pdf
from ulak.render.problems import RenderError

__all__ = ["Engine", "Printed", "printed"]

Engine = Literal["browser"]
_NAME: Final = "document.xml"


class Printed(NamedTuple):
    """A PDF.

    Attributes:
        pdf: its bytes.
        is_own: whether it is in a design of Ulak's, and so PDF/A-3b.
        notes: why it is not in the sender's design, if that was wanted.
    """

    pdf: bytes
    is_own: bool
    notes: tuple[Text, ...] = ()


def printed(
    document: bytes,
    *,
    design: Design | None = None,
    language: LabelLanguage | None = None,
    attach: bool = True,
    engine: Engine | None = None,
    browser: Path | None = None,
    voided: bool = False,
) -> Printed:
    """The document in Ulak's design, or with ``engine="browser"`` in its sender's if it carries one of a stranger.

    Args:
        voided: whether every page says that the document was cancelled.

    Raises:
        UlakError: as `to_pdf`. A browser that is missing or fails is no error: the document comes in Ulak's design, and
            a note says so.
    """
    notes: tuple[Text, ...] = ()
    if engine == "browser" and design is None:
        try:
            page = to_html(document, voided=voided)
            if not page.is_own:
                drawn = print_page(page.html, page.policy, browser)
                return Printed(_with_xml(drawn, document) if attach else drawn, is_own=False, notes=page.notes)
            notes = page.notes
        except RenderError as error:
            notes = (error.text, error.repair)
    return Printed(
        to_pdf(document, design=design, language=language, attach=attach, voided=voided), is_own=True, notes=notes
    )


def _with_xml(made: bytes, document: bytes) -> bytes:
    """The browser's PDF with the sealed XML in it, as in ours."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        xml = pikepdf.AttachedFileSpec(
            pdf,
            document,
            filename=_NAME,
            mime_type="application/xml",
            relationship=pikepdf.Name.Source,  # type: ignore[call-arg]
        )
        pdf.attachments[_NAME] = xml
        pdf.Root.AF = pikepdf.Array([xml.obj])
        file = io.BytesIO()
        pdf.save(file)
    return file.getvalue()
