"""Documents to render: examples, dressed as the platform dresses them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from lxml import etree

from ulak.render import Design, attachments, karekod, kind_of, qr_png, stylesheet, stylesheet_reference
from ulak.render.kinds import Kind
from ulak.ubl import write_document
from ulak.ubl.forms import from_json

EXAMPLES: Final = Path(__file__).parents[1] / "examples"
BY_KIND: Final[dict[Kind, str]] = {
    "invoice": "invoice/ticarifatura-tevkifat",
    "despatch": "despatch_advice/temelirsaliye-sevk",
    "receipt": "receipt_advice/temelirsaliye-sevk",
    "answer": "application_response/ticarifatura-red",
    "freelance": "freelance_receipt/earsivbelge-serbestmeslekmakbuzu",
    "producer": "producer_receipt/earsivbelge-mustahsilmakbuz",
    "expense": "expense_note/giderpusulasi-iade",
}
DAY: Final = "2026-11-02"


@cache
def example(name: str) -> bytes:
    """An example of ``examples/`` as UBL."""
    document: Any = from_json((EXAMPLES / f"{name}.json").read_bytes())
    made: bytes = write_document(document)
    return made


def carrying(document: bytes, fragment: bytes) -> bytes:
    """The document with a reference where the schema has it: before its first ``cac:Signature``."""
    at = document.index(b"<cac:Signature>")
    return document[:at] + fragment + document[at:]


def with_stylesheet(document: bytes, xslt: bytes) -> bytes:
    return carrying(document, stylesheet_reference(xslt, day=DAY))


def dressed(document: bytes, design: Design | None = None) -> bytes:
    """The document with our stylesheet and the picture of its QR code."""
    xslt = stylesheet(kind_of(document), design)
    return carrying(document, attachments(xslt, qr_png(karekod(document)), day=DAY))


def text_of(html: bytes) -> str:
    """What a reader reads, blanks as one."""
    root = etree.HTML(html.decode())
    for element in root.iter("style"):
        element.text = ""
    return " ".join(" ".join(map(str, root.itertext())).split())
