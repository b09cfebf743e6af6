"""What the QR code of an invoice says, found in the bytes of a draft of Ulak's own: nothing is parsed.

`ulak.ubl` writes documents in one way, and they were judged by GİB's schema before: what stands where is known.
Whatever is not just so is left to `ulak.render.karekod`; both say the same (tests hold them to each other).
"""

from __future__ import annotations

import re
from typing import Final

from ulak.render.qr_payload import said_as
from ulak.render.qr_values import VAT, Pairs, added, rate
from ulak.ubl.names import NAMESPACES

__all__ = ["day_of_draft", "karekod_of_draft"]

_ROOT: Final = re.compile(rb'(?:<\?xml version="1\.0" encoding="UTF-8"\?>\n)?<Invoice [^<>]*><ext:UBLExtensions>')
_DECLARED: Final = (
    b' xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"',
    *(f' xmlns:{prefix}="{NAMESPACES[prefix]}"'.encode() for prefix in ("cac", "cbc", "ext")),
)
_PLACEHOLDER: Final = b'<unsigned xmlns="urn:ulak:draft"/>'
_EXTENDED: Final = b"</ext:UBLExtensions>"
_PARTY: Final = re.compile(
    rb"<cac:Accounting(?:Supplier|Customer)Party><cac:Party>"
    rb'((?:<cac:PartyIdentification><cbc:ID schemeID="\w+">[^<&]*</cbc:ID></cac:PartyIdentification>)+)<cac:P(?!artyId)'
)
_NUMBER: Final = re.compile(rb'<cbc:ID schemeID="(?:VKN|TCKN)">([^<]*)<')
_AMOUNT: Final = rb' currencyID="[A-Z]+">([^<&]*)</cbc:'
_SUBTOTAL: Final = re.compile(
    rb"<cac:TaxSubtotal><cbc:TaxableAmount%bTaxableAmount><cbc:TaxAmount%bTaxAmount>"
    rb"(?:<cbc:CalculationSequenceNumeric>\d+</cbc:CalculationSequenceNumeric>)?<cbc:Percent>([^<&]*)</cbc:Percent>"
    rb"<cac:TaxCategory>(?:<cbc:[A-Za-z]+>[^<]*</cbc:[A-Za-z]+>)*<cac:TaxScheme>(?:<cbc:Name>[^<]*</cbc:Name>)?"
    rb"<cbc:TaxTypeCode>([^<&]*)</cbc:TaxTypeCode></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>"
    % (_AMOUNT, _AMOUNT)
)
_TOTALS: Final = re.compile(
    rb"<cac:LegalMonetaryTotal><cbc:LineExtensionAmount%bLineExtensionAmount>"
    rb"<cbc:TaxExclusiveAmount[^<]*</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount%bTaxInclusiveAmount>"
    rb"(?:<cbc:[A-Za-z]+ [^<]*</cbc:[A-Za-z]+>)*?<cbc:PayableAmount%bPayableAmount></cac:LegalMonetaryTotal>"
    % (_AMOUNT, _AMOUNT, _AMOUNT)
)
_TRAVELLERS, _FREELANCE = "YOLCUBERABERFATURA", "SERBESTMESLEKMAKBUZU"
"""A profile and a type that say more, or other things."""


class _NotSo(Exception):
    """Something stands otherwise than Ulak writes it."""


def karekod_of_draft(data: bytes) -> str | None:
    """What `karekod` says of a draft; None if the draft has to be parsed for it.

    Args:
        data: for which `ulak.seal.insertion.is_draft` holds, or the canonical form of such a one without the
            placeholder of its seal; judged by GİB's schema.
    """
    try:
        return said_as(dict(_invoice(data)))
    except _NotSo:
        return None


def day_of_draft(data: bytes) -> str | None:
    """The ``cbc:IssueDate`` of an invoice's draft; None as in `karekod_of_draft`."""
    try:
        return _text(_head(data), b"IssueDate")
    except _NotSo:
        return None


def _invoice(data: bytes) -> Pairs:
    head = _head(data)
    profile, type_code = _text(head, b"ProfileID"), _text(head, b"InvoiceTypeCode")
    start = data.find(b"<cac:AccountingSupplierParty>")
    totals = _TOTALS.match(data, max(data.find(b"<cac:LegalMonetaryTotal>", start), 0))
    if start < 0 or totals is None or profile == _TRAVELLERS or type_code == _FREELANCE:
        raise _NotSo
    yield "vkntckn", _party(data, start)
    yield "avkntckn", _party(data, data.find(b"<cac:AccountingCustomerParty>", start))
    yield "senaryo", profile
    yield "tip", type_code
    yield "tarih", _text(head, b"IssueDate")
    yield "no", _text(head, b"ID")
    yield "ettn", _text(head, b"UUID")
    yield "parabirimi", _text(head, b"DocumentCurrencyCode")
    goods, with_tax, payable = (_said(value) for value in totals.groups())
    yield "malhizmettoplam", goods
    yield from _vat(data[start : totals.start()])
    yield "vergidahil", with_tax
    yield "odenecek", payable


def _head(data: bytes) -> bytes:
    """The leaves below the root."""
    root, end = _ROOT.match(data), data.find(_EXTENDED)
    # Prefixes mean what they always do if nothing but the root, and the placeholder of the seal, declares any.
    if root is None or end < 0 or data.count(b"xmlns", root.end()) != data.count(_PLACEHOLDER, 0, end):
        raise _NotSo
    if not all(each in root[0] for each in _DECLARED):
        raise _NotSo
    return data[end : data.find(b"<cac:", end)]


def _text(head: bytes, name: bytes) -> str:
    start = head.find(b"<cbc:%b>" % name) + len(name) + 6
    value = head[start : head.find(b"<", start)]
    said = _said(value)
    if start < len(name) + 6 or b"&" in value or not said:
        raise _NotSo
    return said


def _party(data: bytes, start: int) -> str:
    found = _PARTY.match(data, max(start, 0))
    number = _NUMBER.search(found[1]) if found else None
    if number is None:
        raise _NotSo
    return _said(number[1])


def _vat(data: bytes) -> Pairs:
    start, withheld = data.find(b"<cac:TaxTotal>"), data.find(b"<cac:WithholdingTaxTotal>")
    sums = data[start:withheld] if withheld >= 0 else data[start:]
    found = _SUBTOTAL.findall(sums)
    if start < 0 or len(found) != sums.count(b"<cac:TaxSubtotal"):
        raise _NotSo
    rates: dict[str, tuple[list[str], list[str]]] = {}
    for taxable, tax, percent, code in found:
        if _said(code) == VAT:
            bases, taxes = rates.setdefault(rate(_said(percent)), ([], []))
            bases.append(_said(taxable))
            taxes.append(_said(tax))
    for percent, (bases, taxes) in rates.items():
        yield f"kdvmatrah({percent})", added(bases)
        yield f"hesaplanankdv({percent})", added(taxes)


def _said(value: bytes) -> str:
    return value.decode().strip()
