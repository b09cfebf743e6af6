"""What a line sells: its name, its pieces, its künye."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from ulak.rules.advice.figures import figure
from ulak.rules.advice.head import Head
from ulak.rules.advice.model import Advice
from ulak.rules.advice.names import FEW, PREFIXES, cac, cbc
from ulak.rules.advice.reading import text_of
from ulak.rules.advice.table import RULES

__all__ = ["advise_goods"]

_FRACTION: Final = RULES["advice.fractional-pieces"]
_KUNYE: Final = RULES["advice.duplicate-kunye"]
_NAMELESS: Final = RULES["advice.item-name"]
_QUANTITIES: Final = tuple(cbc(f"{kind}Quantity") for kind in ("Invoiced", "Credited", "Delivered", "Received"))
_ITEM, _NAME, _ID = cac("Item"), cbc("Name"), cbc("ID")
_IDENTIFICATION: Final = cac("AdditionalItemIdentification")
_PIECE: Final = "C62"


def _texts_of(line: str, quantity: str) -> tuple[etree.XPath, etree.XPath]:
    paths = (f"cac:{line}/cac:Item/cbc:Name/text()", f"cac:{line}/cbc:{quantity}/text()")
    names, quantities = (etree.XPath(path, namespaces=PREFIXES, smart_strings=False) for path in paths)
    return names, quantities


_TEXTS: Final = {
    cac(line): _texts_of(line, quantity)
    for line, quantity in {
        "InvoiceLine": "InvoicedQuantity",
        "CreditNoteLine": "CreditedQuantity",
        "DespatchLine": "DeliveredQuantity",
        "ReceiptLine": "ReceivedQuantity",
    }.items()
}
"""The texts of all names and all quantities of a document: XPath gives them quicker than a walk."""


def advise_goods(head: Head, lines: list[etree._Element], quantities: list[str] | None = None) -> Iterator[Advice]:
    """Lines that do not say what they sell, or say it oddly; ``quantities`` are theirs, where they are known."""
    if 0 < len(lines) <= FEW and not head.is_market and _is_plain(lines, quantities):
        return
    kunyes: set[str] = set()
    whole = quantities is not None and _is_whole(quantities)
    for line in lines:
        item = next(line.iterchildren(_ITEM), None)
        if item is not None:
            yield from _nameless(item)
            if head.is_market:
                yield from _kunye(item, kunyes)
        if not whole:
            for node in line.iterchildren(*_QUANTITIES):
                yield from _pieces(node)


def _is_whole(quantities: list[str]) -> bool:
    return "." not in "".join(quantities)


def _is_plain(lines: list[etree._Element], quantities: list[str] | None) -> bool:
    """Whether every line has a name and a quantity without decimals; quickly."""
    names, counted = _TEXTS[lines[0].tag]
    document = lines[0].getparent()
    named: list[str] = names(document)  # type: ignore[assignment, arg-type]
    if len(named) != len(lines) or any(map(str.isspace, named)):
        return False
    if quantities is None:
        quantities = counted(document)  # type: ignore[assignment, arg-type]
    return _is_whole(quantities)  # type: ignore[arg-type]


def _nameless(item: etree._Element) -> Iterator[Advice]:
    name = next(item.iterchildren(_NAME), None)
    if name is not None and not (name.text or "").strip() and not text_of(name):
        yield _NAMELESS.found(name, "")


def _pieces(node: etree._Element) -> Iterator[Advice]:
    quantity = figure(node)
    if quantity and node.get("unitCode") == _PIECE and quantity.value != quantity.value.to_integral_value():
        yield _FRACTION.found(node, quantity.text)


def _kunye(item: etree._Element, seen: set[str]) -> Iterator[Advice]:
    for identification in item.iterchildren(_IDENTIFICATION):
        node = next(identification.iterchildren(_ID), None)
        value = text_of(node)
        if node is None or node.get("schemeID") != "KUNYENO" or not value.strip("0"):
            continue
        if value in seen:
            yield _KUNYE.found(node, value)
        seen.add(value)
