"""QR data that a document carries in a note.

The karekod is drawn when the document is shown and is no part of the XML (Karekod Standardı Kılavuzu V1.2); some
programs put its JSON into a note all the same, and then it must say what the document says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal, DecimalException, localcontext
from typing import Any, Final

from lxml import etree

from ulak.rules.advice.figures import CONTEXT, near
from ulak.rules.advice.head import Head
from ulak.rules.advice.model import Advice
from ulak.rules.advice.names import cac, cbc
from ulak.rules.advice.reading import Row, read_bill, text_of
from ulak.rules.advice.table import RULES
from ulak.rules.advice.taxes import VAT

__all__ = ["advise_karekod"]

_MISMATCH: Final = RULES["advice.qr-mismatch"]
_MARK: Final = '"vkntckn"'
_LONGEST: Final = 10_000
_DESCRIPTION: Final = cbc("DocumentDescription")
_RATE: Final = re.compile(r"(kdvmatrah|hesaplanankdv)\s*\((\d+(?:\.\d+)?)\)", re.ASCII)
_NUMBER: Final = f"{cac('Party')}/{cac('PartyIdentification')}/{cbc('ID')}"
_SUMS: Final = {
    "malhizmettoplam": "LineExtensionAmount",
    "vergidahil": "TaxInclusiveAmount",
    "odenecek": "PayableAmount",
}


def advise_karekod(head: Head) -> Iterator[Advice]:
    """QR data in a note or a document description that differs from the document."""
    for node in (*head.nodes("Note"), *_descriptions(head)):
        if _MARK in (node.text or ""):
            data = _data(text_of(node))
            if data is not None:
                yield from _compare(data, node, head)


def _descriptions(head: Head) -> Iterator[etree._Element]:
    for reference in head.nodes("AdditionalDocumentReference"):
        yield from reference.iterchildren(_DESCRIPTION)


def _data(text: str) -> dict[str, Any] | None:
    if len(text) > _LONGEST:
        return None
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _compare(data: dict[str, Any], node: etree._Element, head: Head) -> Iterator[Advice]:
    facts = _facts(head)
    for key, value in data.items():
        found = _RATE.fullmatch(key)
        expected = facts.get(f"{found[1]}({_plain(found[2])})" if found else key)
        if expected and not _equal(str(value).strip(), expected):
            yield _MISMATCH.found(node, str(value), expected, facts={"key": key})


def _facts(head: Head) -> dict[str, str]:
    root = head.root
    facts = {
        "vkntckn": _number(root, "AccountingSupplierParty"),
        "avkntckn": _number(root, "AccountingCustomerParty"),
        "senaryo": head.profile,
        "tip": head.type,
        "tarih": head.text("IssueDate")[:10],
        "no": head.text("ID"),
        "ettn": head.text("UUID"),
        "parabirimi": head.currency,
    }
    totals = f"{cac('LegalMonetaryTotal')}/"
    facts.update({key: text_of(root.find(totals + cbc(name))) for key, name in _SUMS.items()})
    for row in read_bill(root).rows:
        facts.update(_of_rate(row))
    return facts


def _of_rate(row: Row) -> dict[str, str]:
    if row.code != VAT or row.percent is None or row.base is None or row.amount is None:
        return {}
    rate = _plain(row.percent.text)
    return {f"kdvmatrah({rate})": row.base.text, f"hesaplanankdv({rate})": row.amount.text}


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def _number(root: etree._Element, party: str) -> str:
    for node in root.iterfind(f"{cac(party)}/{_NUMBER}"):
        if node.get("schemeID") in ("VKN", "TCKN"):
            return text_of(node)
    return ""


def _equal(value: str, expected: str) -> bool:
    if value.casefold() == expected.casefold():
        return True
    with localcontext(CONTEXT):
        try:
            return near(Decimal(value), Decimal(expected))
        except DecimalException:
            return False
