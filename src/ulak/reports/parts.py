"""Pieces that the entries of several kinds share: who and when, sums, taxes, receivers, slips."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Final

from ulak.reports.needs import Needs
from ulak.reports.source import Node, Source, identified, leaf
from ulak.reports.texts import amount, day, element, exact, moment_of_day, number, rate
from ulak.reports.values import ISTANBUL, Facts
from ulak.reports.words import Words
from ulak.ubl.forms.archive import SENDINGS, SLIP_TYPES

__all__ = [
    "NUMBER",
    "UUID",
    "address",
    "currency",
    "exchange_rate",
    "issued_at",
    "money",
    "name_of",
    "no_tax",
    "number_of",
    "person",
    "receiver",
    "sealed_at",
    "sending",
    "slips",
    "tax",
    "taxes",
    "uuid_of",
]

NUMBER: Final = re.compile(r"[A-Za-z0-9]{3}20[0-9]{2}[0-9]{9}")
UUID: Final = re.compile(r"[a-fA-F0-9]{8}(?:-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}")
_TOTAL: Final = "cac:LegalMonetaryTotal"
_VAT: Final = "0015"
_HOME: Final = "TRY"
_LONGEST_ADDRESS: Final = 255


# -- who and when -----------------------------------------------------------------------------------------------------


def number_of(source: Source, needs: Needs) -> str:
    """The document number."""
    value = source.text("ID")
    return value if NUMBER.fullmatch(value) else needs.lack("report.number", source.path("cbc:ID"), value=value)


def uuid_of(source: Source, needs: Needs) -> str:
    """The ETTN."""
    value = source.text("UUID")
    return value if UUID.fullmatch(value) else needs.lack("report.uuid", source.path("cbc:UUID"), value=value)


def issued_at(source: Source, needs: Needs, *, needs_time: bool = True) -> tuple[str, str]:
    """Date and time of issue; without ``needs_time`` a missing time is no fault."""
    date = day(source.text("IssueDate")) or needs.lack("report.issue-date", source.path("cbc:IssueDate"))
    time = moment_of_day(source.text("IssueTime"))
    if time is None and needs_time:
        needs.lack("report.issue-time", source.path("cbc:IssueTime"))
    return date, time or ""


def sealed_at(moment: datetime) -> str:
    """The moment of sealing, on GİB's clock."""
    return moment.astimezone(ISTANBUL).strftime("%Y-%m-%dT%H:%M:%S")


def address(source: Source, facts: Facts, needs: Needs) -> str:
    """The address that gives the document's XML."""
    if not facts.url or len(facts.url) > _LONGEST_ADDRESS:
        return needs.lack("report.url", f"/{source.name}")
    return facts.url


def sending(source: Source, facts: Facts, needs: Needs) -> str:
    """How the document is handed over; electronically unless it says otherwise (docs/json.md)."""
    stated = facts.sending
    for reference in () if stated else source.all("AdditionalDocumentReference"):
        if leaf(reference, "cbc:DocumentType") == "SendingType":
            stated = leaf(reference, "cbc:DocumentTypeCode")
    if stated and stated not in SENDINGS:
        needs.lack("report.sending", source.path("cac:AdditionalDocumentReference"), value=stated)
    return stated or SENDINGS[0]


# -- sums and taxes ---------------------------------------------------------------------------------------------------


def money(source: Source, name: str, needs: Needs, *, default: str = "") -> str:
    """An amount of the document's totals."""
    value = leaf(source.first("LegalMonetaryTotal"), f"cbc:{name}") or default
    return amount(value) or needs.lack(
        "report.amount", source.path(f"{_TOTAL}/cbc:{name}"), name=f"cbc:{name}", value=value
    )


def currency(source: Source, words: Words, needs: Needs) -> str:
    """The document's currency."""
    value = source.text("DocumentCurrencyCode")
    if value in words.currencies:
        return value
    return needs.lack("report.currency", source.path("cbc:DocumentCurrencyCode"), value=value)


def exchange_rate(source: Source, needs: Needs) -> str:
    """What one unit of the document's currency is worth in TRY; 1 for TRY (e-Arşiv Kılavuzu V1.18, 3.3.2.13)."""
    code = source.text("DocumentCurrencyCode")
    if code == _HOME:
        return "1"
    stated = number(leaf(source.first("PricingExchangeRate"), "cbc:CalculationRate"))
    made = exact(stated, 6) if stated is not None and stated > 0 else None
    return made or needs.lack("report.exchange-rate", source.path("cac:PricingExchangeRate"), currency=code)


def taxes(source: Source, words: Words, needs: Needs, *, withheld: bool = True, usual: str = _VAT) -> str:
    """``vergiBilgisi``: what the document's totals of taxes say, row by row.

    The schema wants a row; a document without any has one of its ``usual`` tax that is nothing.
    """
    totals = source.all("TaxTotal")
    rows = [tax(row, words, source, needs) for total in totals for row in total.iterfind(_SUBTOTAL)]
    if not rows:
        base = money(source, "TaxExclusiveAmount", Needs(), default="0")
        rows = [no_tax(base, usual)]
    kept = _withholdings(source, needs) if withheld else ""
    return (
        f"<vergiBilgisi>{element('vergilerToplami', _sum(totals, source, needs))}{''.join(rows)}{kept}</vergiBilgisi>"
    )


_SUBTOTAL: Final = "{*}TaxSubtotal"


def _sum(totals: Iterable[Node], source: Source, needs: Needs) -> str:
    stated = [leaf(total, "cbc:TaxAmount") for total in totals]
    values = [value for each in stated if (value := number(each)) is not None]
    made = exact(sum(values, Decimal(0)), 2) if len(values) == len(stated) else None
    return made or _no_amount("cac:TaxTotal/cbc:TaxAmount", ", ".join(stated), source, needs)


def _no_amount(steps: str, value: str, source: Source, needs: Needs) -> str:
    return needs.lack("report.amount", source.path(steps), name=steps.rpartition("/")[2], value=value)


def _tax_row(base: str, code: str, tax: str, percent: str) -> str:
    return (
        f"<vergi><matrah>{base}</matrah><vergiKodu>{code}</vergiKodu><vergiTutari>{tax}</vergiTutari>"
        f"<vergiOrani>{percent}</vergiOrani></vergi>"
    )


def no_tax(base: str, code: str = _VAT) -> str:
    """The row of a document, or of a line, that states no tax."""
    return _tax_row(base, code, "0.00", "0")


def tax(row: Node, words: Words, source: Source, needs: Needs) -> str:
    """A row of ``cac:TaxSubtotal`` as ``vergi``."""
    base, kept = leaf(row, "cbc:TaxableAmount"), leaf(row, "cbc:TaxAmount")
    steps = "cac:TaxTotal/cac:TaxSubtotal"
    code = leaf(row, "cac:TaxCategory/cac:TaxScheme/cbc:TaxTypeCode")
    if code not in words.taxes:
        code = needs.lack("report.tax-code", source.path(steps), value=code)
    return _tax_row(
        amount(base) or _no_amount(f"{steps}/cbc:TaxableAmount", base, source, needs),
        code,
        amount(kept) or _no_amount(f"{steps}/cbc:TaxAmount", kept, source, needs),
        _percent(leaf(row, "cbc:Percent"), base, kept, source, needs),
    )


def _percent(stated: str, base: str, tax: str, source: Source, needs: Needs) -> str:
    """The rate; taxes of so much a piece state none, and have that which their amount comes to."""
    if not stated:
        of, kept = number(base), number(tax)
        stated = str(kept * 100 / of) if of and kept is not None else "0"
    steps = source.path("cac:TaxTotal/cac:TaxSubtotal/cbc:Percent")
    return rate(stated[:40]) or needs.lack("report.tax-rate", steps, value=stated[:40])


def _withholdings(source: Source, needs: Needs) -> str:
    rows = (row for total in source.all("WithholdingTaxTotal") for row in total.iterfind(_SUBTOTAL))
    return "".join(_withholding(row, source, needs) for row in rows)


def _withholding(row: Node, source: Source, needs: Needs) -> str:
    code, stated = leaf(row, "cac:TaxCategory/cac:TaxScheme/cbc:TaxTypeCode"), leaf(row, "cbc:Percent")
    kept, percent = amount(leaf(row, "cbc:TaxAmount")), rate(stated, 100)
    if kept is None or percent is None or not (len(code) == 3 and code.isdecimal()):
        return needs.lack("report.withholding", source.path("cac:WithholdingTaxTotal"), code=code, rate=stated)
    return (
        f"<tevkifat><tevkifatKodu>{code}</tevkifatKodu><tevkifatTutari>{kept}</tevkifatTutari>"
        f"<tevkifatOrani>{percent}</tevkifatOrani></tevkifat>"
    )


# -- receivers --------------------------------------------------------------------------------------------------------


def receiver(source: Source, needs: Needs) -> str:
    """``tuzelKisi`` or ``gercekKisi`` of the document's receiver."""
    customer = source.first("AccountingCustomerParty")
    party = next(iter(customer), None) if customer is not None else None
    return person(party, source.path("cac:AccountingCustomerParty/cac:Party"), needs)


def person(party: Node | None, where: str, needs: Needs) -> str:
    """A party as the report names it: a VKN with its title, or a TCKN with a name."""
    ids = identified(party, "cac:PartyIdentification/cbc:ID")
    name = name_of(party)
    if len(name) < 2:
        name = needs.lack("report.buyer-name", f"{where}/cac:PartyName")
    vkn, tckn = ids.get("VKN", ""), ids.get("TCKN", "")
    if _digits(vkn, 10):
        return f"<tuzelKisi><vkn>{vkn}</vkn>{element('unvan', name)}</tuzelKisi>"
    if _digits(tckn, 11):
        return f"<gercekKisi><tckn>{tckn}</tckn>{element('adiSoyadi', name)}</gercekKisi>"
    return needs.lack("report.buyer-id", f"{where}/cac:PartyIdentification", value=vkn or tckn)


def name_of(party: Node | None) -> str:
    """The title of a company; else the name of the person."""
    if title := leaf(party, "cac:PartyName/cbc:Name"):
        return title
    names = (leaf(party, f"cac:Person/cbc:{part}") for part in ("FirstName", "MiddleName", "FamilyName"))
    return " ".join(name for name in names if name)


def _digits(value: str, length: int) -> bool:
    return len(value) == length and value.isascii() and value.isdecimal()


# -- slips of cash registers ------------------------------------------------------------------------------------------


def slips(source: Source, needs: Needs) -> str:
    """``ynOkcFisBilgisi``: the slips among the references (UBL-TR Fatura V1.0, 2.3.21)."""
    found = (
        each for outer in source.all("BillingReference") for each in outer.iterfind("{*}AdditionalDocumentReference")
    )
    return "".join(_slip(each, source, needs) for each in found if leaf(each, "cbc:DocumentTypeCode") == "OKCBF")


def _slip(reference: Node, source: Source, needs: Needs) -> str:
    told = {
        "okcSeriNo": leaf(reference, "cac:IssuerParty/cbc:EndpointID"),
        "zNo": leaf(reference, "cac:Attachment/cac:ExternalReference/cbc:URI"),
        "fisNo": leaf(reference, "cbc:ID"),
        "fisTip": leaf(reference, "cbc:DocumentDescription"),
        "fisTarih": day(leaf(reference, "cbc:IssueDate")) or "",
    }
    where = source.path("cac:BillingReference/cac:AdditionalDocumentReference")
    for name, value in told.items():
        if not value or (name == "fisTip" and value not in SLIP_TYPES):
            needs.lack("report.slip", where, name=name)
    time = moment_of_day(leaf(reference, "cac:ValidityPeriod/cbc:StartTime"))
    rows = "".join(element(name, value) for name, value in told.items())
    return f"<ynOkcFisBilgisi>{rows}{element('fisZaman', time) if time else ''}</ynOkcFisBilgisi>"
