"""Dates that cannot follow one another as they do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from lxml import etree

from ulak.rules.advice.head import Head
from ulak.rules.advice.model import Advice
from ulak.rules.advice.names import cbc
from ulak.rules.advice.reading import text_of
from ulak.rules.advice.table import RULES

__all__ = ["advise_dates", "day"]

_LATE: Final = RULES["advice.issued-late"]
_SIGNED: Final = RULES["advice.signed-before-issue"]
_LATER: Final = RULES["advice.reference-later"]
_PERIOD: Final = RULES["advice.period-order"]
_DUE: Final = RULES["advice.due-date"]

_ISSUE: Final = cbc("IssueDate")
_SIGNING_TIME: Final = "{http://uri.etsi.org/01903/v1.3.2#}SigningTime"
_ISTANBUL: Final = timezone(timedelta(hours=3))
_DAYS: Final = 7
_FREE_PROFILES: Final = frozenset({"IHRACAT", "YOLCUBERABERFATURA", "OZELFATURA", "ENERJI", "EARSIVBELGE"})
_FREE_TYPES: Final = frozenset(
    {"SGK", "KOMISYONCU", "HKSKOMISYONCU", "SARJ", "SARJANLIK", "IADE", "TEVKIFATIADE", "YTBIADE", "YTBTEVKIFATIADE"}
)


@lru_cache(maxsize=4096)
def day(text: str) -> date | None:
    """The day of an ``xs:date``, whatever its zone; None if it is none.

    >>> day("2022-04-21+03:00")
    datetime.date(2022, 4, 21)
    """
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def advise_dates(head: Head) -> Iterator[Advice]:
    """Dates of an invoice or credit note, and of what it refers to."""
    issued = day(head.text("IssueDate"))
    if issued is None:
        return
    yield from _signed(head, issued)
    if head.is_bare:
        return
    yield from _references(head, issued)
    yield from _periods(head)
    yield from _due(head, issued)
    if not _is_free(head):
        yield from _late(head, issued)


def _is_free(head: Head) -> bool:
    return head.name != "Invoice" or head.profile in _FREE_PROFILES or head.type in _FREE_TYPES or head.has_period


def _signed(head: Head, issued: date) -> Iterator[Advice]:
    for extensions in head.nodes("UBLExtensions"):
        for node in extensions.iter(_SIGNING_TIME):
            signed = _moment(text_of(node))
            if signed is not None and signed < issued:
                yield _SIGNED.found(head.first("IssueDate"), head.text("IssueDate"), signed.isoformat())


def _moment(text: str) -> date | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.date() if moment.tzinfo is None else moment.astimezone(_ISTANBUL).date()


def _references(head: Head, issued: date) -> Iterator[Advice]:
    for node in head.references():
        for stated in node.iter(_ISSUE):
            other = day(text_of(stated))
            if other is not None and other > issued:
                yield _LATER.found(stated, text_of(stated), head.text("IssueDate"))


def _periods(head: Head) -> Iterator[Advice]:
    for period in head.nodes("InvoicePeriod"):
        end = period.find(cbc("EndDate"))
        start, last = _in(period, "StartDate"), _in(period, "EndDate")
        if start and last and last < start and end is not None:
            yield _PERIOD.found(end, last.isoformat(), start.isoformat())


def _due(head: Head, issued: date) -> Iterator[Advice]:
    for terms in head.nodes("PaymentTerms"):
        node = terms.find(cbc("PaymentDueDate"))
        due = _in(terms, "PaymentDueDate")
        if node is not None and due and due < issued:
            yield _DUE.found(node, text_of(node), head.text("IssueDate"))


def _in(node: etree._Element, name: str) -> date | None:
    return day(text_of(node.find(cbc(name))))


def _late(head: Head, issued: date) -> Iterator[Advice]:
    """The earliest delivery or despatch counts; the law gives seven days from it."""
    days = [
        delivered
        for delivered in (
            *(_in(node, "ActualDeliveryDate") for node in head.nodes("Delivery")),
            *(_in(node, "IssueDate") for node in head.nodes("DespatchDocumentReference")),
        )
        if delivered is not None
    ]
    if days and (issued - min(days)).days > _DAYS:
        facts = {"days": (issued - min(days)).days}
        text = head.text("IssueDate")
        yield _LATE.found(head.first("IssueDate"), text, min(days).isoformat(), facts=facts)
