"""What a document is for the eye: which of the designs shows it."""

from __future__ import annotations

from typing import Final, Literal, cast, get_args

from lxml import etree

from ulak.render.problems import problem
from ulak.ubl.names import EARSIV, clark
from ulak.xml import parse

__all__ = ["KINDS", "Kind", "Source", "kind_of", "root_of"]

Kind = Literal["invoice", "despatch", "receipt", "answer", "freelance", "producer", "expense"]
KINDS: Final = cast(tuple[Kind, ...], get_args(Kind))
Source = bytes | etree._Element
"""A document: its bytes, or its root element if it has been parsed."""

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_BY_ROOT: Final[dict[str, Kind]] = {
    f"{{{_UBL}Invoice-2}}Invoice": "invoice",
    f"{{{_UBL}DespatchAdvice-2}}DespatchAdvice": "despatch",
    f"{{{_UBL}ReceiptAdvice-2}}ReceiptAdvice": "receipt",
    f"{{{_UBL}ApplicationResponse-2}}ApplicationResponse": "answer",
    f"{{{_UBL}CreditNote-2}}CreditNote": "producer",
    f"{{{EARSIV}}}eArsivVeri": "freelance",
}
_TYPE: Final = clark("cbc:InvoiceTypeCode")
_PROFILE: Final = clark("cbc:ProfileID")


def root_of(document: Source) -> etree._Element:
    """The root element; parses bytes with `ulak.xml.parse` and raises as it does."""
    return parse(document) if isinstance(document, bytes) else document


def kind_of(document: Source) -> Kind:
    """Which design shows this document. An e-SMM is met as an invoice of its own type and in GİB's native form.

    Raises:
        RenderError: ``render.kind`` for anything else, envelopes included.
    """
    root = root_of(document)
    kind = _BY_ROOT.get(root.tag)
    if kind is None:
        raise problem("render.kind", root=etree.QName(root).localname[:80])
    if kind == "invoice" and (root.findtext(_TYPE) or "").strip() == "SERBESTMESLEKMAKBUZU":
        return "freelance"
    if kind == "producer" and (root.findtext(_PROFILE) or "").strip() == "GIDERPUSULASI":
        return "expense"
    return kind
