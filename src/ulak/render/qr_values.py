"""Reading the values that a QR code repeats: texts as they stand in the document, and sums where a key stands once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from lxml import etree

from ulak.ubl.names import clark

__all__ = [
    "INCOME_TAX",
    "VAT",
    "Pairs",
    "added",
    "amount",
    "currency",
    "party_number",
    "path",
    "rate",
    "subtotals",
    "summed",
    "taxed",
    "text",
]

Pairs = Iterator[tuple[str, str]]
VAT: Final = "0015"
INCOME_TAX: Final = "0003"


def path(names: str) -> str:
    """A path of prefixed names, as lxml's ``find`` takes it."""
    return "/".join(clark(name) for name in names.split("/"))


_PARTY_IDS: Final = path("cac:PartyIdentification/cbc:ID")
_TAXES: Final = path("cac:TaxTotal/cac:TaxSubtotal")
_TAX_CODE: Final = path("cac:TaxCategory/cac:TaxScheme/cbc:TaxTypeCode")
_TAX_AMOUNT: Final = clark("cbc:TaxAmount")
_CURRENCY: Final = clark("cbc:DocumentCurrencyCode")
_PAYABLE: Final = path("cac:LegalMonetaryTotal/cbc:PayableAmount")
_LARGEST_EXPONENT: Final = 30


def text(element: etree._Element | None, where: str) -> str:
    """The text found there without the blanks around it; empty if there is none."""
    return (element.findtext(where) or "").strip() if element is not None else ""


def party_number(party: etree._Element | None, schemes: tuple[str, ...] = ("VKN", "TCKN")) -> str:
    """The party's first number of one of these schemes."""
    for found in party.iterfind(_PARTY_IDS) if party is not None else ():
        if found.get("schemeID") in schemes:
            return (found.text or "").strip()
    return ""


def currency(root: etree._Element) -> str:
    """The document's currency; producer receipts name it at their amounts alone."""
    payable = root.find(_PAYABLE)
    return text(root, _CURRENCY) or (payable.get("currencyID", "") if payable is not None else "")


def subtotals(root: etree._Element, code: str) -> list[etree._Element]:
    """The document's subtotals of one tax."""
    return [found for found in root.iterfind(_TAXES) if text(found, _TAX_CODE) == code]


def taxed(root: etree._Element, code: str) -> str:
    """What the document takes of one tax."""
    found = subtotals(root, code)
    return summed(found, _TAX_AMOUNT) if found else "0.00"


def summed(elements: Iterable[etree._Element], where: str) -> str:
    """What stands there in these elements, as `added`."""
    return added([text(element, where) for element in elements])


def added(texts: Sequence[str]) -> str:
    """One amount as it stands, several added up."""
    return texts[0] if len(texts) == 1 else f"{sum(map(amount, texts), Decimal('0.00')):f}"


def amount(written: str) -> Decimal:
    """The number that is written there; zero if it is none."""
    return _decimal(written) or Decimal("0.00")


@lru_cache(maxsize=64)
def rate(percent: str) -> str:
    """A rate as the guide writes it.

    >>> rate("20.00"), rate("1"), rate("0.0"), rate("8.50"), rate("?")
    ('20', '1', '0', '8.5', '?')
    """
    number = _decimal(percent)
    if number is None:
        return percent
    return f"{number:f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"


def _decimal(written: str) -> Decimal | None:
    try:
        number = Decimal(written)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < _LARGEST_EXPONENT else None
