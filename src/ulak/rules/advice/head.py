"""The head of a document: those children of the root that single checks look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from ulak.rules.advice.names import cac, cbc, local_name
from ulak.rules.advice.reading import text_of

__all__ = ["Head"]

_LEAVES: Final = ("ProfileID", "ID", "UUID", "IssueDate", "DocumentCurrencyCode", "LineCountNumeric", "Note")
_TYPE_CODES: Final = ("InvoiceTypeCode", "CreditNoteTypeCode", "DespatchAdviceTypeCode", "ReceiptAdviceTypeCode")
_REFERENCES: Final = (
    "OrderReference",
    "BillingReference",
    "DespatchDocumentReference",
    "ReceiptDocumentReference",
)
_FIGURES: Final = ("AllowanceCharge", "TaxTotal", "WithholdingTaxTotal")
_AGGREGATES: Final = (
    "AdditionalDocumentReference",
    "Delivery",
    "DocumentResponse",
    "InvoicePeriod",
    "PaymentTerms",
    "PricingExchangeRate",
    "Shipment",
    *_FIGURES,
)
_EXTENSIONS: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2}UBLExtensions"
_LINES: Final = "line"
_NAMES: Final[dict[object, str]] = {
    **{cbc(name): name for name in _LEAVES},
    **{cbc(name): "TypeCode" for name in _TYPE_CODES},
    **{cac(name): name for name in (*_REFERENCES, *_AGGREGATES)},
    _EXTENSIONS: "UBLExtensions",
    **dict.fromkeys((cac("InvoiceLine"), cac("CreditNoteLine"), cac("DespatchLine"), cac("ReceiptLine")), _LINES),
}
_BARE: Final = frozenset({"UBLExtensions", "TypeCode", *_LEAVES, *_FIGURES} - {"Note"})


class Head:
    """The head of a document: what stands before its lines.

    Attributes:
        root: the document.
        name: its local name, ``Invoice`` …
        profile: cbc:ProfileID.
        type: its type code.
        currency: cbc:DocumentCurrencyCode.
        is_market: whether the goods are those of a wholesale market hall (HKS).
        is_bare: whether the head says nothing but who, when and what kind.
    """

    __slots__ = ("_nodes", "currency", "is_bare", "is_market", "name", "profile", "root", "type")

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.name = local_name(root.tag)
        nodes: dict[str, list[etree._Element]] = {}
        for child in root:
            name = _NAMES.get(child.tag)
            if name in nodes:
                nodes[name].append(child)
            elif name == _LINES:
                break
            elif name:
                nodes[name] = [child]
        self._nodes = nodes
        self.profile, self.type = self.text("ProfileID"), self.text("TypeCode")
        self.currency = self.text("DocumentCurrencyCode")
        self.is_market = "HKS" in self.profile or "HKS" in self.type
        self.is_bare = nodes.keys() <= _BARE

    def nodes(self, name: str) -> list[etree._Element]:
        """All children of that name, in document order."""
        return self._nodes.get(name, [])

    def first(self, name: str) -> etree._Element:
        """The first child of that name; the root if there is none."""
        found = self._nodes.get(name)
        return found[0] if found else self.root

    def text(self, name: str) -> str:
        """The text of the first child of that name; empty if there is none."""
        found = self._nodes.get(name)
        if not found:
            return ""
        node = found[0]
        return text_of(node) if len(node) else (node.text or "").strip()

    @property
    def has_period(self) -> bool:
        return "InvoicePeriod" in self._nodes

    @property
    def adjustments(self) -> list[etree._Element]:
        """Allowances and charges of the document."""
        return self.nodes("AllowanceCharge")

    @property
    def taxes(self) -> list[etree._Element]:
        """Tax totals of the document."""
        return self.nodes("TaxTotal")

    @property
    def withholds(self) -> bool:
        """Whether VAT is withheld."""
        return "WithholdingTaxTotal" in self._nodes

    def references(self) -> Iterator[etree._Element]:
        """The documents that must have existed when this one was issued."""
        for name in _REFERENCES:
            yield from self.nodes(name)
