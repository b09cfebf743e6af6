"""What a line sells: its name, its pieces, its künye."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from ulak.rules.advice.figures import figure
from ulak.rules.advice.head import Head
from ulak.rules.advice.model import Advice
from ulak.rules.advice.names import cac, cbc
from ulak.rules.advice.reading import text_of
from ulak.rules.advice.screen import Look
from ulak.rules.advice.table import RULES

__all__ = ["advise_goods"]

_FRACTION: Final = RULES["advice.fractional-pieces"]
_KUNYE: Final = RULES["advice.duplicate-kunye"]
_NAMELESS: Final = RULES["advice.item-name"]
_QUANTITIES: Final = tuple(cbc(f"{kind}Quantity") for kind in ("Invoiced", "Credited", "Delivered", "Received"))
_ITEM, _NAME, _ID = cac("Item"), cbc("Name"), cbc("ID")
_IDENTIFICATION: Final = cac("AdditionalItemIdentification")
_PIECE: Final = "C62"


def advise_goods(head: Head, lines: list[etree._Element], cleared: Look | None = None) -> Iterator[Advice]:
    """Lines that do not say what they sell, or say it oddly."""
    market = head.is_market
    if cleared is not None and not market and "." not in "".join(cleared.quantities):
        return
    kunyes: set[str] = set()
    for line in lines:
        item = next(line.iterchildren(_ITEM), None)
        if item is not None:
            yield from _nameless(item)
            if market:
                yield from _kunye(item, kunyes)
        for node in line.iterchildren(*_QUANTITIES):
            yield from _pieces(node)


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
