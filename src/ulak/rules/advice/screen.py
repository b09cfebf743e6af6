"""A quick look that clears ordinary invoices; what it does not clear is added up exactly elsewhere.

Nearly all invoices have lines that are built alike, with one rate of VAT, no allowances and no withholding, and add up.
One XPath gives all texts of a document much quicker than a walk. What they mean is learnt from the first line: if the
texts before the end of the document are as many lines of that build, and every column of them adds up, they mean it; a
line that is built otherwise shifts the columns, and is not cleared. Floats do, because amounts differ by whole steps
that are larger than what a double may be off; they are never shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from lxml import etree

from ulak.rules.advice.head import Head
from ulak.rules.advice.names import FEW, PREFIXES, cbc
from ulak.rules.advice.taxes import NO_REASON_ASKED, VAT

__all__ = ["Look", "currencies", "is_all_in", "look"]

_NEAR: Final = 0.005005
"""Half a kuruş, which rounding may take, and what a double may be off; real differences are steps of 0.00001."""
_LARGEST: Final = 1e9
"""Above it a double no longer tells kuruş apart after a multiplication."""
_ALL_TEXTS: Final = etree.XPath("//text()", smart_strings=False)
_MONETARY: Final = etree.XPath("cac:LegalMonetaryTotal/cbc:*/text()", namespaces=PREFIXES, smart_strings=False)
_CURRENCIES: Final = etree.XPath("//@currencyID", smart_strings=False)
_PERCENT, _CODE, _EXEMPTION = cbc("Percent"), cbc("TaxTypeCode"), cbc("TaxExemptionReasonCode")
_BASE, _TAX = cbc("TaxableAmount"), cbc("TaxAmount")
_AMOUNT: Final = cbc("Amount")
_NAME: Final = cbc("Name")
_NAMES: Final = {
    cbc("ID"): "number",
    cbc("InvoicedQuantity"): "quantity",
    cbc("LineExtensionAmount"): "net",
    cbc("Amount"): "adjustment",
    cbc("TaxAmount"): "total",
    cbc("TaxableAmount"): "base",
    cbc("Percent"): "percent",
    cbc("TaxExemptionReasonCode"): "exemption",
    cbc("TaxTypeCode"): "code",
    cbc("PriceAmount"): "price",
}
"""What an element of a line is when it occurs first."""
_ORDINARY: Final = {
    **dict.fromkeys(("number", "quantity", "net", "total", "tax", "base", "percent", "code", "name", "price"), True),
    **dict.fromkeys(("adjustment", "exemption"), False),
}
"""Columns, and whether every line has them."""
_Rates = dict[float, tuple[float, float]]


class Look(NamedTuple):
    """An invoice whose every amount is surely right and in its currency: the numbers and quantities of its lines,
    each of which names what it sells."""

    numbers: Sequence[str]
    quantities: Sequence[str]


def look(head: Head, lines: Sequence[etree._Element], data: bytes = b"") -> Look | None:
    """Clear an invoice; None only means: look closer.

    Args:
        head: its head.
        lines: its lines.
        data: the bytes of the document, or b"".
    """
    if not lines or head.type in NO_REASON_ASKED or not is_all_in(head.root, data, head.currency):
        return None
    try:
        column = _columns(head.root, lines)
        if column is None:
            return None
        rates = _rates(column)
        if rates is None or not _agrees(head, rates):
            return None
    except (IndexError, TypeError, ValueError):
        return None
    return Look(column["number"], column["quantity"])


def is_all_in(root: etree._Element, data: bytes, currency: str) -> bool:
    """Whether every amount is in ``currency``; the bytes, where they are at hand, tell it quickest."""
    if data and currency.isalpha() and currency.isascii():
        own, other = _in_bytes(currency)
        if own in data and not other.search(data):
            return True
    return currencies(root) == {currency}


@lru_cache(maxsize=256)
def _in_bytes(currency: str) -> tuple[bytes, re.Pattern[bytes]]:
    own = f'="{currency}"'.encode()
    return b"currencyID" + own, re.compile(b"currencyID(?!" + own + b")")


def currencies(root: etree._Element) -> set[str]:
    """The currencies of all amounts."""
    if len(root) <= FEW:
        return set(_CURRENCIES(root))  # type: ignore[arg-type]
    return {each for node in root.iter() if (each := node.get("currencyID")) is not None}


def _columns(root: etree._Element, lines: Sequence[etree._Element]) -> dict[str, Any] | None:
    """The texts of all lines, by what they mean; None if the lines may not be built alike."""
    built = [(node.tag, node.text) for node in lines[0].iter()]
    stated = [(tag, text) for tag, text in built if text and not text.isspace()]
    tags = tuple([tag for tag, _ in stated])
    places = _places(tags)
    if places is None or tags.count(_NAME) != [tag for tag, _ in built].count(_NAME):
        return None
    texts: Any = _ALL_TEXTS(root)
    if "".join(texts[:2]).isspace():
        texts = [text for text in texts if not text.isspace()]
    width = len(stated)
    texts = texts[-width * len(lines) :]
    if texts[:width] != [text for _, text in stated]:
        return None
    return {name: texts[at::width] for name, at in places.items()}


@lru_cache(maxsize=1024)
def _places(tags: tuple[object, ...]) -> dict[str, int] | None:
    """Where the columns stand among the texts of a line, from the names of its elements; None if it is not ordinary."""
    places: dict[str, int] = {}
    for at, tag in enumerate(tags):
        name = _NAMES.get(tag)  # type: ignore[call-overload]
        if name == "total" and "total" in places:
            name = "tax"
        if tag == _NAME and "code" in places:
            name = "name"
        if name is None or (name in ("number", "name") and name in places):
            continue
        if name in places:
            return None
        places[name] = at
    missing = [name for name, needed in _ORDINARY.items() if needed and name not in places]
    return None if missing else places


def _rates(column: dict[str, Any]) -> _Rates | None:
    """Base and tax of each rate, if every line is right."""
    if set(column["code"]) != {VAT} or column["total"] != column["tax"]:
        return None
    net, tax = list(map(float, column["net"])), list(map(float, column["tax"]))
    percents = list(map(float, column["percent"]))
    if (column["base"] != column["net"] and list(map(float, column["base"])) != net) or max(net) > _LARGEST:
        return None
    if any(map(float, column.get("adjustment", ()))) or ("exemption" in column and any(percents)):
        return None
    prices = zip(map(float, column["quantity"]), map(float, column["price"]), net, strict=True)
    if not all(-_NEAR <= quantity * price - amount <= _NEAR for quantity, price, amount in prices):
        return None
    rates: _Rates = {}
    for percent, amount, computed in zip(percents, net, tax, strict=True):
        if not -_NEAR <= amount * percent / 100 - computed <= _NEAR:
            return None
        bases, taxes = rates.get(percent, (0.0, 0.0))
        rates[percent] = bases + amount, taxes + computed
    return rates


def _agrees(head: Head, rates: _Rates) -> bool:
    """Whether the document states the sums of its lines."""
    net, tax = sum(base for base, _ in rates.values()), sum(tax for _, tax in rates.values())
    if len(head.taxes) != 1 or head.withholds or any(map(_is_adjusted, head.adjustments)):
        return False
    total, *rows = head.taxes[0]
    if len(rows) != len(rates) or not _same(float(total.text or "none"), tax):
        return False
    if not all(_is_row(row, rates) for row in rows):
        return False
    lines, exclusive, inclusive, *others, payable = map(float, _MONETARY(head.root))  # type: ignore[arg-type]
    return (
        net < _LARGEST
        and not any(others)
        and _same(lines, net)
        and _same(exclusive, net)
        and _same(inclusive, net + tax)
        and _same(payable, net + tax)
    )


def _is_row(row: etree._Element, rates: _Rates) -> bool:
    *figures, category = row
    texts = {node.tag: node.text for node in figures}
    rate = float(texts.get(_PERCENT) or "none")
    exempt = next(category.iterchildren(_EXEMPTION), None) is not None
    code = category[-1][-1]
    if code.tag != _CODE or code.text != VAT or (rate and exempt) or rate not in rates:
        return False
    base, tax = rates[rate]
    return _same(float(texts.get(_BASE) or "none"), base) and _same(float(texts.get(_TAX) or "none"), tax)


def _is_adjusted(node: etree._Element) -> bool:
    return any(float(amount.text or "none") != 0 for amount in node.iterchildren(_AMOUNT))


def _same(left: float, right: float) -> bool:
    return -_NEAR <= left - right <= _NEAR
