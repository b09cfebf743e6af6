"""The ordinary invoice recognised at a glance: one XPath that clears it of everything an entry could lack.

What it does not clear may still lack nothing; then the long way tells (`ulak.reports.entries.missing`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from lxml import etree

from ulak.reports.source import CAC, CBC, Node
from ulak.reports.words import Words

__all__ = ["is_plain"]

_NAMESPACES: Final = {"cac": CAC.strip("{}"), "cbc": CBC.strip("{}")}
_PARTICULAR: Final = ("SARJ", "SARJANLIK")
_CUSTOMER: Final = "cac:AccountingCustomerParty/cac:Party"
_LARGEST: Final = "1000000000000000"


def is_plain(root: Node, words: Words) -> bool:
    """Whether an e-Arşiv invoice in TRY surely lacks nothing but, perhaps, its number, ETTN, date and time."""
    return bool(_screen(words)(root))


def _amount(path: str) -> str:
    return f"(number({path}) >= 0 and number({path}) < {_LARGEST} and string-length({path}) < 40)"


def _listed(path: str, values: frozenset[str]) -> str:
    known = " ".join(sorted(values))
    return f"(contains(' {known} ', concat(' ', normalize-space({path}), ' ')) and string({path}))"


def _party_id(scheme: str, digits: int) -> str:
    value = f"string(({_CUSTOMER}/cac:PartyIdentification/cbc:ID[@schemeID='{scheme}'])[1])"
    return f"(string-length({value}) = {digits} and translate({value}, '0123456789', '') = '')"


@lru_cache(maxsize=8)
def _screen(words: Words) -> etree.XPath:
    types = frozenset(kind for kind in words.types if kind not in _PARTICULAR and not kind.startswith("YTB"))
    total = "cac:LegalMonetaryTotal/cbc:"
    code = "cac:TaxCategory/cac:TaxScheme/cbc:TaxTypeCode"
    row = (
        _listed(code, words.taxes),
        _amount("cbc:TaxableAmount"),
        _amount("cbc:TaxAmount"),
        "(number(cbc:Percent) >= 0 and number(cbc:Percent) <= 300 and string-length(cbc:Percent) < 40)",
    )
    asked = (
        "cbc:DocumentCurrencyCode = 'TRY'",
        _listed("cbc:InvoiceTypeCode", types),
        _amount(f"{total}TaxExclusiveAmount"),
        _amount(f"{total}PayableAmount"),
        f"(not({total}AllowanceTotalAmount) or {_amount(f'{total}AllowanceTotalAmount')})",
        f"(string-length(normalize-space({_CUSTOMER}/cac:PartyName/cbc:Name)) > 1"
        f" or string-length(normalize-space({_CUSTOMER}/cac:Person/cbc:FamilyName)) > 1"
        f" and not(string({_CUSTOMER}/cac:PartyName/cbc:Name)))",
        f"({_party_id('VKN', 10)} or {_party_id('TCKN', 11)})",
        f"not(cac:TaxTotal[not{_amount('cbc:TaxAmount')} or cac:TaxSubtotal[not({' and '.join(row)})]])",
        "not(cac:WithholdingTaxTotal) and not(cac:BillingReference/cac:AdditionalDocumentReference)",
        "not(cac:AdditionalDocumentReference/cbc:DocumentType[. = 'SendingType'])",
        "not(cbc:Note[contains(., 'internet')])",
    )
    return etree.XPath(" and ".join(asked), namespaces=_NAMESPACES)
