"""A quick look that clears ordinary invoices; what it does not clear is added up exactly elsewhere.

Nearly all invoices have lines with one rate of VAT, no allowances and no withholding, and add up. The texts of the
elements that matter, in document order, are enough to see it: a line that has more or fewer of them than expected, or
in another order, does not add up and is not cleared. Floats do, because what is cleared keeps a distance from the
exact limit; they are never shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Final, NamedTuple

from lxml import etree

from ulak.rules.advice.names import FEW, PREFIXES, cac, cbc
from ulak.rules.advice.taxes import NO_REASON_ASKED, VAT

__all__ = ["currencies", "is_all_in", "look"]

_LINE: Final = cac("InvoiceLine")
_ADJUSTMENT: Final = cac("AllowanceCharge")
_MONETARY: Final = etree.XPath("cac:LegalMonetaryTotal/cbc:*/text()", namespaces=PREFIXES, smart_strings=False)
_CURRENCIES: Final = etree.XPath("//@currencyID", namespaces=PREFIXES, smart_strings=False)
_TEXT: Final = attrgetter("text")
_TEXTS: Final = (
    _LINE,
    cbc("InvoicedQuantity"),
    cbc("LineExtensionAmount"),
    cbc("Amount"),
    cbc("TaxAmount"),
    cbc("TaxableAmount"),
    cbc("Percent"),
    cbc("TaxExemptionReasonCode"),
    cbc("TaxTypeCode"),
    cbc("PriceAmount"),
)
_NEAR: Final = 0.0049
_LARGEST: Final = 1e9
"""Above it a double no longer tells kuruş apart after a multiplication."""
_ROW_TEXTS: Final = 4
_PLAIN: Final = ("line", "quantity", "net", "total", "base", "tax", "percent", "code", "price")
_COLUMNS: Final = {
    len(_PLAIN): (_PLAIN,),
    len(_PLAIN) + 1: (
        (*_PLAIN[:3], "adjustment", *_PLAIN[3:]),
        (*_PLAIN[:7], "exemption", *_PLAIN[7:]),
    ),
    len(_PLAIN) + 2: ((*_PLAIN[:3], "adjustment", *_PLAIN[3:7], "exemption", *_PLAIN[7:]),),
}
"""What the texts of a line mean, by how many it has, its own included."""


def look(root: etree._Element, data: bytes, currency: str, kind: str) -> list[str] | None:
    """The quantities of an invoice whose every amount is surely right and in ``currency``.

    None only means: look closer. ``data`` are the bytes of the document, or b"".
    """
    if kind in NO_REASON_ASKED or not is_all_in(root, data, currency):
        return None
    texts: list[Any] = list(map(_TEXT, root.iter(*_TEXTS)))
    try:
        first = _first_line(texts)
        lines = _lines(texts[first:])
        if lines is None:
            return None
        tax = _document(_without_zero_adjustments(root, texts[:first]), lines.rates)
        right = tax is not None and _totals(root, lines.net, tax)
    except (TypeError, ValueError, IndexError):
        return None
    return lines.quantities if right else None


def is_all_in(root: etree._Element, data: bytes, currency: str) -> bool:
    """Whether every amount is in ``currency``; the bytes, where they are at hand, tell it quickest."""
    amounts = data.count(b"currencyID")
    if amounts and amounts == data.count(b'currencyID="%b"' % currency.encode()):
        return True
    return currencies(root) == {currency}


def currencies(root: etree._Element) -> set[str]:
    """The currencies of all amounts."""
    if len(root) <= FEW:
        return set(_CURRENCIES(root))  # type: ignore[arg-type]
    return {each for node in root.iter() if (each := node.get("currencyID")) is not None}


class _Lines(NamedTuple):
    """What lines that are right add up to; ``rates`` are the bases and taxes of each rate."""

    quantities: list[str]
    net: float
    rates: dict[float, tuple[float, float]]


def _first_line(texts: list[Any]) -> int:
    """Where the first line begins: it has no text of its own, or white space."""
    if None in texts:
        return texts.index(None)
    return texts.index(next(filter(str.isspace, texts), None))


def _stride(texts: list[Any]) -> int:
    """How many texts a line has, its own included."""
    try:
        return texts.index(texts[0], 1)
    except ValueError:
        return len(texts)


def _without_zero_adjustments(root: etree._Element, texts: list[Any]) -> list[Any]:
    skipped = sum(1 for _ in root.iterchildren(_ADJUSTMENT))
    if any(map(float, texts[:skipped])):
        raise ValueError
    return texts[skipped:]


def _lines(texts: list[Any]) -> _Lines | None:
    """Lines that are all built alike and right; None if one is not."""
    stride = _stride(texts)
    columns = _COLUMNS.get(stride)
    if columns is None or len(texts) % stride or _stated(texts[::stride]):
        return None
    for names in columns:
        lines = _aligned({name: texts[at::stride] for at, name in enumerate(names)})
        if lines is not None:
            return lines
    return None


def _stated(texts: Sequence[Any]) -> bool:
    """Whether one of the texts is more than white space."""
    return any(text and not text.isspace() for text in texts)


def _aligned(column: dict[str, Sequence[Any]]) -> _Lines | None:
    if set(column["code"]) != {VAT} or column["total"] != column["tax"]:
        return None
    net, tax = list(map(float, column["net"])), list(map(float, column["tax"]))
    rate = list(map(float, column["percent"]))
    if list(map(float, column["base"])) != net or max(net) > _LARGEST:
        return None
    if any(map(float, column.get("adjustment", ()))) or ("exemption" in column and any(rate)):
        return None
    for quantity, price, amount in zip(column["quantity"], column["price"], net, strict=True):
        if not -_NEAR <= float(quantity) * float(price) - amount <= _NEAR:
            return None
    rates: dict[float, tuple[float, float]] = {}
    for percent, amount, computed in zip(rate, net, tax, strict=True):
        if not -_NEAR <= amount * percent / 100 - computed <= _NEAR:
            return None
        bases, taxes = rates.get(percent, (0.0, 0.0))
        rates[percent] = bases + amount, taxes + computed
    return _Lines(list(column["quantity"]), sum(net), rates)


def _document(texts: Sequence[Any], rates: dict[float, tuple[float, float]]) -> float | None:
    """The tax of the document, if its rows are those of the lines."""
    at, rows, tax = 1, 0, 0.0
    while at < len(texts) - 1:
        base, amount, percent, code = texts[at : at + _ROW_TEXTS]
        at += _ROW_TEXTS
        rate, computed = float(percent), float(amount)
        if code != VAT:
            if rate or texts[at] != VAT:
                return None
            at += 1
        bases, taxes = rates.get(rate, (-1.0, -1.0))
        if not _same(float(base), bases) or not _same(computed, taxes):
            return None
        tax += computed
        rows += 1
    return tax if rows == len(rates) and _same(float(texts[0]), tax) else None


def _same(left: float, right: float) -> bool:
    return -_NEAR <= left - right <= _NEAR


def _totals(root: etree._Element, net: float, tax: float) -> bool:
    lines, exclusive, inclusive, *others, payable = map(float, _MONETARY(root))  # type: ignore[arg-type]
    return (
        net < _LARGEST
        and not any(others)
        and _same(lines, net)
        and _same(exclusive, net)
        and _same(inclusive, net + tax)
        and _same(payable, net + tax)
    )
