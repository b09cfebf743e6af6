"""The two verbs: a document as PDF/A-3b with the XML inside, and as pictures."""

from __future__ import annotations

from typing import Final

from ulak.render.design import Design
from ulak.render.kinds import root_of
from ulak.render.labels import LabelLanguage
from ulak.render.pdf.drawing import drawn
from ulak.render.pdf.pictures import qr_svg, svg_of
from ulak.render.pdf.typesetting import typeset
from ulak.render.sheets import Sheet, sheet_of

__all__ = ["to_pdf", "to_png"]

_PLAIN: Final = Design()


def to_pdf(
    document: bytes, *, design: Design | None = None, language: LabelLanguage | None = None, attach: bool = True
) -> bytes:
    sheet, inputs = _laid_out(document, design or _PLAIN, language)
    if attach:
        inputs["xml"] = document.decode()
    made = typeset(drawn(sheet, design or _PLAIN), inputs)
    assert isinstance(made, bytes)
    return made


def to_png(
    document: bytes, *, design: Design | None = None, language: LabelLanguage | None = None, width: int = 1190
) -> bytes:
    sheet, inputs = _laid_out(document, design or _PLAIN, language)
    made = typeset(drawn(sheet, design or _PLAIN), inputs, "png", ppi=width / 8.27)
    return made[0] if isinstance(made, list) else made


def _laid_out(document: bytes, design: Design, language: LabelLanguage | None) -> tuple[Sheet, dict[str, str]]:
    sheet = sheet_of(root_of(document), language or design.language, design.columns)
    pictures = {name: svg_of(asset) for name, asset in design.assets().items()}
    if sheet.karekod:
        pictures["qr"] = qr_svg(sheet.karekod)
    return sheet, {name: svg for name, svg in pictures.items() if svg}
