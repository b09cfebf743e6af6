"""Which checks a document gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import localcontext
from typing import Final

from lxml import etree

from ulak.rules.advice.answers import advise_answer
from ulak.rules.advice.currency import advise_counterpart, advise_currency, advise_exchange
from ulak.rules.advice.dates import advise_dates
from ulak.rules.advice.despatch import DESPATCH_LINE, RECEIPT_LINE, advise_despatch, advise_receipt
from ulak.rules.advice.figures import CONTEXT
from ulak.rules.advice.goods import advise_goods
from ulak.rules.advice.head import Head
from ulak.rules.advice.identity import advise_identity, advise_line_numbers
from ulak.rules.advice.karekod import advise_karekod
from ulak.rules.advice.lines import advise_adjustment, advise_lines
from ulak.rules.advice.model import Advice
from ulak.rules.advice.parties import advise_parties
from ulak.rules.advice.reading import LINES, read_bill
from ulak.rules.advice.rows import advise_rows
from ulak.rules.advice.screen import Look, look
from ulak.rules.advice.sums import advise_sums
from ulak.rules.advice.taxes import advise_taxes

__all__ = ["advise"]


def advise(root: etree._Element, data: bytes = b"") -> list[Advice]:
    """What is probably a mistake in a document, or in every document of an envelope.

    Works on any tree, also one that breaks the schema; elements that are missing or no numbers are passed over. Takes
    time in proportion to the size of the document.

    Args:
        root: the document, or an envelope.
        data: the bytes that it was parsed from, where they are at hand; they make it faster.
    """
    check = _CHECKS.get(root.tag)
    if check is not None:
        return list(check(root, data))
    if not str(root.tag).endswith("}StandardBusinessDocument"):
        return []
    return [found for document in root.iter(*_CHECKS) for found in advise(document)]


def _bill(root: etree._Element, data: bytes) -> Iterator[Advice]:
    """Invoices and credit notes."""
    head, lines = Head(root), list(root.iterchildren(*LINES))
    cleared = look(head, lines, data) if root.tag == _INVOICE else None
    yield from _common(head, lines, cleared)
    if not head.is_bare:
        yield from advise_exchange(head)
        yield from advise_karekod(head)
    if cleared is None:
        yield from advise_currency(head, data)
        yield from figures(root)


def figures(root: etree._Element) -> Iterator[Advice]:
    """Everything that can be wrong with the amounts of an invoice or credit note."""
    with localcontext(CONTEXT):
        bill = read_bill(root)
        found = [
            *advise_lines(bill),
            *(advice for each in bill.adjustments for advice in advise_adjustment(each)),
            *advise_taxes(bill),
            *advise_rows(bill),
            *advise_sums(bill),
            *advise_counterpart(bill),
        ]
    yield from found


def _despatch(root: etree._Element, _: bytes) -> Iterator[Advice]:
    head = Head(root)
    lines = list(root.iterchildren(DESPATCH_LINE))
    yield from _common(head, lines)
    yield from advise_despatch(head, lines)


def _receipt(root: etree._Element, _: bytes) -> Iterator[Advice]:
    head = Head(root)
    lines = list(root.iterchildren(RECEIPT_LINE))
    yield from _common(head, lines)
    yield from advise_receipt(lines)


def _common(head: Head, lines: list[etree._Element], cleared: Look | None = None) -> Iterator[Advice]:
    yield from advise_identity(head)
    yield from advise_line_numbers(head, lines, cleared)
    yield from advise_dates(head)
    yield from advise_parties(head)
    yield from advise_goods(head, lines, cleared)


def _answer(root: etree._Element, _: bytes) -> Iterator[Advice]:
    head = Head(root)
    yield from advise_answer(head)
    yield from advise_parties(head)


def _name(document: str) -> str:
    return f"{{urn:oasis:names:specification:ubl:schema:xsd:{document}-2}}{document}"


_INVOICE: Final = _name("Invoice")
_CHECKS: Final[dict[str, Callable[[etree._Element, bytes], Iterator[Advice]]]] = {
    _INVOICE: _bill,
    _name("CreditNote"): _bill,
    _name("DespatchAdvice"): _despatch,
    _name("ReceiptAdvice"): _receipt,
    _name("ApplicationResponse"): _answer,
}
