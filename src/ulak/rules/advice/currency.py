"""One currency throughout, and an exchange rate that can be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from lxml import etree

from ulak.rules.advice.dates import day
from ulak.rules.advice.figures import HALF, ZERO, blur, figure, money
from ulak.rules.advice.head import Head
from ulak.rules.advice.model import Advice
from ulak.rules.advice.names import cac, cbc
from ulak.rules.advice.reading import Bill, text_of
from ulak.rules.advice.screen import currencies, is_all_in
from ulak.rules.advice.table import RULES

__all__ = ["advise_counterpart", "advise_currency", "advise_exchange"]

_CURRENCY: Final = RULES["advice.currency"]
_RATE: Final = RULES["advice.exchange-rate"]
_DIRECTION: Final = RULES["advice.exchange-direction"]
_DATE: Final = RULES["advice.exchange-date"]
_COUNTERPART: Final = RULES["advice.exchange-counterpart"]

_HOME: Final = "TRY"
_ABOVE_ONE: Final = frozenset({"USD", "EUR", "GBP", "CHF"})
"""Currencies of which one has cost more than a lira ever since 2005, when GİB's dates begin."""
_PLACES: Final = frozenset(
    cac(name)
    for name in (
        "InvoiceLine",
        "CreditNoteLine",
        "AllowanceCharge",
        "TaxTotal",
        "TaxSubtotal",
        "WithholdingTaxTotal",
        "LegalMonetaryTotal",
        "Price",
    )
)
_COUNTER_PLACES: Final = frozenset({cac("TaxTotal"), cac("TaxSubtotal")})
_TRANSACTION: Final = cbc("TransactionCurrencyTaxAmount")
_CODES: Final = tuple(cbc(f"{kind}CurrencyCode") for kind in ("Tax", "Pricing"))


def advise_currency(head: Head, data: bytes = b"") -> Iterator[Advice]:
    """Amounts in another currency than the document's, once for each currency."""
    currency = head.currency
    if not currency or is_all_in(head.root, data, currency):
        return
    stated = {text_of(node) for node in head.root.iterchildren(*_CODES)}
    for other in sorted(currencies(head.root) - {currency}):
        node = _misplaced(head.root, other, stated, currency)
        if node is not None:
            yield _CURRENCY.found(node, other, currency, attribute="currencyID")


def _misplaced(root: etree._Element, other: str, stated: set[str], currency: str) -> etree._Element | None:
    """The first amount in ``other`` that belongs to the sums; goods' values, freight and prices may differ."""
    for node in root.iter(cbc("*")):
        if node.get("currencyID") != other or node.tag == _TRANSACTION:
            continue
        place = node.getparent()
        if place is None or place.tag not in _PLACES:
            continue
        counterpart = place.tag in _COUNTER_PLACES and _in_document(place, root) and (other in stated or other == _HOME)
        if not counterpart and not (place.tag == cac("Price") and other in stated):
            return node
    return None


def _in_document(place: etree._Element, root: etree._Element) -> bool:
    above = place.getparent()
    return above is root or (above is not None and above.tag == cac("TaxTotal") and above.getparent() is root)


def advise_exchange(head: Head) -> Iterator[Advice]:
    """A rate that is 0 or inverted, goes the wrong way, or is of a later day."""
    currency = head.currency
    for exchange in head.nodes("PricingExchangeRate"):
        source, target = (text_of(exchange.find(cbc(f"{end}CurrencyCode"))) for end in ("Source", "Target"))
        rate = figure(exchange.find(cbc("CalculationRate")))
        if rate and (rate.value <= 0 or (target == _HOME and source in _ABOVE_ONE and rate.value <= 1)):
            yield _RATE.found(rate.node, rate.text, facts={"currency": source or currency})
        if currency not in ("", _HOME) and (source, target) != (currency, _HOME) and source and target:
            yield _DIRECTION.found(exchange, f"{source} → {target}", f"{currency} → {_HOME}")
        yield from _exchange_date(exchange, head)


def _exchange_date(exchange: etree._Element, head: Head) -> Iterator[Advice]:
    node = exchange.find(cbc("Date"))
    of_rate, issued = day(text_of(node)), day(head.text("IssueDate"))
    if node is not None and of_rate and issued and of_rate > issued:
        yield _DATE.found(node, text_of(node), head.text("IssueDate"))


def advise_counterpart(bill: Bill) -> Iterator[Advice]:
    """Tax totals in another currency that are not the document's tax times the rate."""
    rate = None if bill.exchange is None else figure(bill.exchange.find(cbc("CalculationRate")))
    if rate is None or not bill.taxes:
        return
    own = [block.amount.value for block in bill.taxes if block.amount]
    total = sum(own, ZERO)
    for block in bill.foreign:
        if block.amount is None or block.amount.currency != _target(bill):
            continue
        expected = total * rate.value
        slack = HALF * (1 + len(block.rows)) * max(rate.value, Decimal(1)) + blur(rate.value, 0) * total
        if abs(block.amount.value - expected) > slack:
            facts = {"currency": block.amount.currency}
            yield _COUNTERPART.found(block.amount.node, block.amount.text, money(expected), facts=facts)


def _target(bill: Bill) -> str:
    return "" if bill.exchange is None else text_of(bill.exchange.find(cbc("TargetCurrencyCode")))
