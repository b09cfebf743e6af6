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
_AGGREGATES: Final = (
    "AdditionalDocumentReference",
    "Delivery",
    "DocumentResponse",
    "InvoicePeriod",
    "PaymentTerms",
    "PricingExchangeRate",
    "Shipment",
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
_BARE: Final = frozenset({"UBLExtensions", "TypeCode", *_LEAVES} - {"Note"})


class Head:
    """The head of a document: what stands before its lines.

    Attributes:
        root: the document.
        name: its local name, ``Invoice`` …
    """

    __slots__ = ("_nodes", "name", "root")

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
        return text_of(found[0]) if found else ""

    @property
    def profile(self) -> str:
        return self.text("ProfileID")

    @property
    def type(self) -> str:
        return self.text("TypeCode")

    @property
    def currency(self) -> str:
        return self.text("DocumentCurrencyCode")

    @property
    def has_period(self) -> bool:
        return "InvoicePeriod" in self._nodes

    @property
    def is_bare(self) -> bool:
        """Whether the head says nothing but who, when and what kind."""
        return self._nodes.keys() <= _BARE

    @property
    def is_market(self) -> bool:
        """Whether the goods are those of a wholesale market hall (HKS)."""
        return "HKS" in self.profile or "HKS" in self.type

    def references(self) -> Iterator[etree._Element]:
        """The documents that must have existed when this one was issued."""
        for name in _REFERENCES:
            yield from self.nodes(name)
