"""A document as a person sees it: stylesheets to carry along, HTML, PDF, the QR code, amounts in words."""

from typing import TYPE_CHECKING, Any

from ulak.render.design import ASSETS, COLUMNS, Asset, BankLine, Design
from ulak.render.embedding import Embedded, attachments, embedded_in, qr_reference, stylesheet_reference
from ulak.render.findings import FINDINGS, Finding
from ulak.render.html import Page, is_made_here, to_html
from ulak.render.kinds import KINDS, Kind, kind_of
from ulak.render.labels import LABELS, label
from ulak.render.lint import lint, lint_stylesheet
from ulak.render.problems import RenderError
from ulak.render.qr_payload import karekod
from ulak.render.qr_picture import qr_png
from ulak.render.stylesheets import stylesheet
from ulak.render.words import in_words

if TYPE_CHECKING:
    from ulak.render.pdf import to_pdf, to_png

__all__ = [
    "ASSETS",
    "COLUMNS",
    "FINDINGS",
    "KINDS",
    "LABELS",
    "Asset",
    "BankLine",
    "Design",
    "Embedded",
    "Finding",
    "Kind",
    "Page",
    "RenderError",
    "attachments",
    "embedded_in",
    "in_words",
    "is_made_here",
    "karekod",
    "kind_of",
    "label",
    "lint",
    "lint_stylesheet",
    "qr_png",
    "qr_reference",
    "stylesheet",
    "stylesheet_reference",
    "to_html",
    "to_pdf",
    "to_png",
]


def __getattr__(name: str) -> Any:
    # Typesetting loads a compiler and fonts; whoever only seals documents needs none of it.
    if name in ("to_pdf", "to_png"):
        from ulak.render import pdf

        return getattr(pdf, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
