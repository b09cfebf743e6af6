"""A document as PDF/A-3b with the XML inside, and as pictures."""

from __future__ import annotations

from typing import Final

import typst

from ulak.errors import error_of
from ulak.render.design import Design
from ulak.render.kinds import root_of
from ulak.render.labels import LabelLanguage
from ulak.render.pdf.drawing import drawn
from ulak.render.pdf.pictures import qr_svg, svg_of
from ulak.render.pdf.problems import PROBLEMS
from ulak.render.pdf.typesetting import pictured, typeset
from ulak.render.problems import RenderError
from ulak.render.sheets import Sheet, sheet_of

__all__ = ["MOST_WIDE", "to_pdf", "to_png"]

LEAST_WIDE: Final = 50
MOST_WIDE: Final = 5_000
_INCHES: Final = 210 / 25.4
_PLAIN: Final = Design()
_PLACES: Final = {"logo": (60, 18), "emblem": (22, 22), "signature": (50, 22)}
"""Millimetres of the pictures' places in `sheet.typ`."""


def to_pdf(
    document: bytes,
    *,
    design: Design | None = None,
    language: LabelLanguage | None = None,
    attach: bool = True,
    voided: bool = False,
) -> bytes:
    """The document in Ulak's design as PDF/A-3b; the same document gives the same bytes on every machine.

    Args:
        document: the sealed XML of any kind in `ulak.render.KINDS`.
        design: colours, pictures, columns, notes; the built-in one if None.
        language: of the labels, where it shall not be the design's.
        attach: whether the XML lies inside (AFRelationship ``Source``), byte for byte.
        voided: whether every page says that the document was cancelled; nothing in the XML does.

    Raises:
        UlakError: ``xml.*`` and ``render.kind``; ``render.typesetting`` if the document cannot be set.
    """
    sheet, files = _laid_out(document, design or _PLAIN, language)
    if attach:
        files["xml"] = document
    try:
        return typeset(drawn(sheet, design or _PLAIN, voided=voided), files)
    except typst.TypstError as error:
        raise error_of(RenderError, PROBLEMS, "render.typesetting", why=str(error)[:200]) from error


def to_png(
    document: bytes,
    *,
    design: Design | None = None,
    language: LabelLanguage | None = None,
    width: int = 1200,
    page: int = 1,
    voided: bool = False,
) -> bytes:
    """One page of the document as a picture of so many pixels' width; a cancelled one says so.

    Raises:
        UlakError: as `to_pdf`; ``render.width`` beyond 50 to 5 000 pixels, ``render.page`` for a page that is
            not there.
    """
    if not LEAST_WIDE <= width <= MOST_WIDE:
        raise error_of(RenderError, PROBLEMS, "render.width", width=width, least=LEAST_WIDE, most=MOST_WIDE)
    sheet, files = _laid_out(document, design or _PLAIN, language)
    pages = pictured(drawn(sheet, design or _PLAIN, voided=voided), files, ppi=width / _INCHES)
    if not 1 <= page <= len(pages):
        raise error_of(RenderError, PROBLEMS, "render.page", page=page, pages=len(pages))
    return pages[page - 1]


def _laid_out(document: bytes, design: Design, language: LabelLanguage | None) -> tuple[Sheet, dict[str, bytes]]:
    sheet = sheet_of(root_of(document), language or design.language, design.columns)
    pictures = {name: svg_of(asset, _PLACES[name]) for name, asset in design.assets().items()}
    if sheet.karekod:
        pictures["qr"] = qr_svg(sheet.karekod)
    return sheet, {name: svg.encode() for name, svg in pictures.items() if svg}
