"""The ledger report (defter raporu): what every account of a month turned over, in one document for all parts.

Source: Defter Raporu Beratı Kılavuzu V1.0; Teknik Kılavuz V1.7, 2.6.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import BinaryIO, Final, NamedTuple

from ulak.errors import Text
from ulak.ledger.berat_problems import problem
from ulak.ledger.heads import DECLARATION, Document, company_information, xbrl_opening
from ulak.ledger.reading import LARGEST_FILE, read
from ulak.ledger.store import EntryStore
from ulak.ledger.templates import Element
from ulak.ledger.values import Company, Month

__all__ = ["CONTEXT", "Balance", "balances_in", "balances_of", "report"]

CONTEXT: Final = "now"
"""The context of reports (Teknik Kılavuz V1.7, 2.6)."""
_CENT: Final = Decimal("0.01")
_STYLE: Final = '<?xml-stylesheet type="text/xsl" href="defterraporu.xslt"?>\n'
_ROOT: Final = (
    '<edefter:defterraporu xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:edefter="http://www.edefter.gov.tr"'
    ' xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:schemaLocation="http://www.edefter.gov.tr ../xsd/edefter.xsd">'
)
_END: Final = "</gl-cor:accountingEntries></xbrli:xbrl></edefter:defterraporu>"


class Balance(NamedTuple):
    """What a main account turned over in a month.

    Attributes:
        account: its code, three or four digits.
        debit, credit: sums of the lines of each side, in TRY; not the balance.
        debits, credits: how many lines each side has.
    """

    account: str
    name: str
    debit: Decimal
    credit: Decimal
    debits: int
    credits: int


def balances_of(store: EntryStore, start: date, end: date) -> list[Balance]:
    """The accounts of the entries of some days, by code."""
    found = store.connection.execute(
        """SELECT l.main, coalesce(nullif(max(l.main_name), ''), max(a.name), ''),
            coalesce(sum(l.amount) FILTER (l.side = 'D'), 0), coalesce(sum(l.amount) FILTER (l.side = 'C'), 0),
            count(*) FILTER (l.side = 'D'), count(*) FILTER (l.side = 'C')
        FROM line l LEFT JOIN account a ON a.code = l.main
        WHERE l.entry_date BETWEEN $start AND $end GROUP BY l.main ORDER BY l.main""",
        {"start": start, "end": end},
    ).fetchall()
    return [Balance(*row) for row in found]


def balances_in(ledgers: Iterable[BinaryIO], month: Month) -> list[Balance]:
    """The accounts of a month's general ledgers, all parts of it, by code.

    Raises:
        BeratError: ``berat.no-book`` for another book; ``berat.other-month``.
        XmlError, BookError: one cannot be read.
    """
    found: dict[str, Balance] = {}
    for source in ledgers:
        source.seek(0)
        head, entries = read(source, max_bytes=LARGEST_FILE)
        if head.kind != "K":
            raise problem("berat.no-book", kind=Text(head.kind or "?", head.kind or "?"))
        if head.month != month:
            raise problem("berat.other-month", file=head.label or "?", found=head.month or "?", wanted=month)
        for entry in entries:
            for line in entry.lines:
                found[line.main] = _added(found.get(line.main), line.main, line.main_name, line.side, line.amount)
    return [found[account] for account in sorted(found)]


def _added(known: Balance | None, account: str, name: str, side: str, amount: Decimal | None) -> Balance:
    held = known or Balance(account, name, Decimal(0), Decimal(0), 0, 0)
    if side == "D":
        return held._replace(debit=held.debit + (amount or 0), debits=held.debits + 1)
    return held._replace(credit=held.credit + (amount or 0), credits=held.credits + (side == "C"))


def report(
    company: Company, month: Month, balances: Iterable[Balance], unique: str, *, label: str, created: date
) -> bytes:
    """The report of a month, to be sealed.

    Args:
        balances: all accounts of the month's general ledgers, each once.
        unique: UUID of the report; no other may have it.
        label: ``uniqueID`` of documentInfo. The guides say of it that a report is built as berats are, which bear that
            of their book: the month's last general ledger's is meant to stand here.
        created: the day it is made, not before the month's last day.

    Returns:
        canonical bytes behind an XML declaration, without ``ds:Signature``.

    Raises:
        BeratError: ``berat.no-balances``, ``berat.amount``.
    """
    lines = "".join(_lines(balances))
    if not lines:
        raise problem("berat.no-balances")
    of = Element(CONTEXT)
    return "".join(
        (
            DECLARATION,
            _STYLE,
            _ROOT,
            _xbrl(company, month, unique, label, created),
            "<gl-cor:accountingEntries>",
            _information(company, month, label, created),
            company_information(company, CONTEXT),
            f"<gl-cor:entryHeader>{of('gl-cor:qualifierEntry', 'standard')}{lines}</gl-cor:entryHeader>",
            _END,
        )
    ).encode()


def _xbrl(company: Company, month: Month, unique: str, label: str, created: date) -> str:
    """The opening of a general ledger, in the context of reports and with the report's own identifier."""
    ledgers = xbrl_opening(Document("K", label, created, month.first, month.last), company)
    of = Element(CONTEXT)
    segment = f"<xbrli:segment>{of('gl-cor:uniqueID', unique)}</xbrli:segment></xbrli:entity>"
    return ledgers.replace('id="ledger_context"', f'id="{CONTEXT}"').replace("</xbrli:entity>", segment)


def _information(company: Company, month: Month, label: str, created: date) -> str:
    of = Element(CONTEXT)
    comment = f"{month.first:%d.%m.%Y} - {month.last:%d.%m.%Y} dönemi {company.title} Defter Raporu"
    return "".join(
        (
            "<gl-cor:documentInfo>",
            of("gl-cor:entriesType", "trialbalance"),
            of("gl-cor:uniqueID", label),
            of("gl-cor:language", "iso639:tr"),
            of("gl-cor:creationDate", str(created)),
            of("gl-bus:creator", company.creator),
            of("gl-cor:entriesComment", comment),
            of("gl-cor:periodCoveredStart", str(month.first)),
            of("gl-cor:periodCoveredEnd", str(month.last)),
            of("gl-bus:sourceApplication", company.source_application),
            "</gl-cor:documentInfo>",
        )
    )


def _lines(balances: Iterable[Balance]) -> Iterable[str]:
    """Two lines for each account, debit and credit, numbered from 1."""
    of = Element(CONTEXT)
    number = 0
    for each in balances:
        account = (
            f"<gl-cor:account>{of('gl-cor:accountMainID', each.account)}"
            f"{of('gl-cor:accountMainDescription', each.name)}</gl-cor:account>"
        )
        for side, amount, times in (("D", each.debit, each.debits), ("C", each.credit, each.credits)):
            number += 1
            yield (
                f"<gl-cor:entryDetail>{of('gl-cor:lineNumber', str(number))}{account}"
                f"{of('gl-cor:amount', _written(amount, each.account), 'try')}"
                f"{of('gl-cor:debitCreditCode', side)}{of('gl-cor:documentApplyToNumber', str(times))}"
                f"<gl-cor:xbrlInfo>{of('gl-cor:xbrlInclude', 'period_change')}</gl-cor:xbrlInfo></gl-cor:entryDetail>"
            )


def _written(amount: Decimal, account: str) -> str:
    if amount < 0 or amount != amount.quantize(_CENT):
        raise problem("berat.amount", place=Text(account, account), value=str(amount))
    return f"{amount:.2f}"
