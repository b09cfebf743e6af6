"""What the QR code of an invoice or despatch advice says, found in the bytes of Ulak's own draft: nothing is parsed.

`ulak.ubl` writes documents in one way, and they were judged by GİB's schema before: what stands where is known.
Whatever is not just so is left to `ulak.render.karekod`; both say the same (tests hold them to each other).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ulak.render.qr_payload import said_as
from ulak.render.qr_values import VAT, Pairs, added, rate
from ulak.ubl.names import NAMESPACES

__all__ = ["Said", "said_by_draft"]

_ROOT: Final = re.compile(
    rb'(?:<\?xml version="1\.0" encoding="UTF-8"\?>\n)?<(Invoice|DespatchAdvice) [^<>]*><ext:UBLExtensions>'
)
_DEFAULT: Final = b' xmlns="urn:oasis:names:specification:ubl:schema:xsd:%b-2"'
_DECLARED: Final = (*(f' xmlns:{prefix}="{NAMESPACES[prefix]}"'.encode() for prefix in ("cac", "cbc", "ext")),)
_PLACEHOLDER: Final = b'<unsigned xmlns="urn:ulak:draft"/>'
_EXTENDED: Final = b"</ext:UBLExtensions>"
_PARTY: Final = re.compile(
    rb"<cac:(?:(?:Accounting(?:Supplier|Customer)|DespatchSupplier|DeliveryCustomer)Party><cac:|Carrier)Party>"
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
_SENT: Final = re.compile(
    rb"<cac:Despatch>(?:<cbc:ID>[^<]*</cbc:ID>)?<cbc:ActualDespatchDate>([^<&]*)</cbc:ActualDespatchDate>"
    rb"<cbc:ActualDespatchTime>([^<&]*)</cbc:ActualDespatchTime>"
)
_PLATE: Final = re.compile(
    rb"<cac:RoadTransport><cbc:LicensePlateID[^<>]*>([^<&]*)</cbc:LicensePlateID></cac:RoadTransport>"
)
_TRAVELLERS, _FREELANCE = "YOLCUBERABERFATURA", "SERBESTMESLEKMAKBUZU"
"""A profile and a type that say more, or other things."""


class _NotSo(Exception):
    """Something stands otherwise than Ulak writes it."""


class Said(NamedTuple):
    """What a draft says.

    Attributes:
        day: its ``cbc:IssueDate``.
        karekod: what `ulak.render.karekod` says of it.
    """

    day: str
    karekod: str


def said_by_draft(data: bytes, *, has_karekod: bool = True) -> Said | None:
    """What a draft says; None if it has to be parsed for it.

    Args:
        data: for which `ulak.seal.insertion.is_draft` holds, or the canonical form of such a one without the
            placeholder of its seal; judged by GİB's schema.
        has_karekod: whether the karekod is asked for; it is empty else.
    """
    try:
        root, head = _opened(data)
        pairs = (_invoice if root == b"Invoice" else _despatch)(data, head) if has_karekod else ()
        return Said(_text(head, b"IssueDate"), said_as(dict(pairs)))
    except _NotSo:
        return None


def _invoice(data: bytes, head: bytes) -> Pairs:
    profile, type_code = _text(head, b"ProfileID"), _text(head, b"InvoiceTypeCode")
    start = data.find(b"<cac:AccountingSupplierParty>")
    totals = _TOTALS.match(data, max(data.find(b"<cac:LegalMonetaryTotal>", start), 0))
    if start < 0 or totals is None or profile == _TRAVELLERS or type_code == _FREELANCE:
        raise _NotSo
    yield "vkntckn", _party(data, start)
    yield "avkntckn", _party(data, data.find(b"<cac:AccountingCustomerParty>", start))
    yield "senaryo", profile
    yield "tip", type_code
    yield from _paper(head)
    yield "parabirimi", _text(head, b"DocumentCurrencyCode")
    goods, with_tax, payable = (_said(value) for value in totals.groups())
    yield "malhizmettoplam", goods
    yield from _vat(data[start : totals.start()])
    yield "vergidahil", with_tax
    yield "odenecek", payable


def _despatch(data: bytes, head: bytes) -> Pairs:
    start, lines = data.find(b"<cac:DespatchSupplierParty>"), data.find(b"<cac:DespatchLine>")
    shipment = data[data.find(b"<cac:Shipment>", start, lines) : lines]
    sent, plates = _SENT.search(shipment), shipment.count(b"<cbc:LicensePlateID")
    plate = _PLATE.search(shipment) if plates else None
    if start < 0 or sent is None or plates > 1 or (plate is None) is not (not plates):
        raise _NotSo
    delivery = shipment.find(b"<cac:Delivery>")
    carrier = shipment.find(b"<cac:CarrierParty>")
    if shipment.count(b"<cac:Delivery>") != 1 or shipment.count(b"<cac:CarrierParty>") > 1 or 0 <= carrier < delivery:
        raise _NotSo
    yield "vkntckn", _party(data, start)
    yield "avkntckn", _party(data, data.find(b"<cac:DeliveryCustomerParty>", start))
    yield "senaryo", _text(head, b"ProfileID")
    yield "tip", _text(head, b"DespatchAdviceTypeCode")
    yield from _paper(head)
    yield "sevktarihi", _said(sent[1])
    yield "sevkzamani", _said(sent[2])
    yield "tasiyicivkn", _party(shipment, carrier) if carrier >= 0 else ""
    yield "plaka", _said(plate[1]) if plate else ""


def _paper(head: bytes) -> Pairs:
    yield "tarih", _text(head, b"IssueDate")
    yield "no", _text(head, b"ID")
    yield "ettn", _text(head, b"UUID")


def _opened(data: bytes) -> tuple[bytes, bytes]:
    """The root's name, and the leaves below it."""
    root, end = _ROOT.match(data), data.find(_EXTENDED)
    # Prefixes mean what they always do if nothing but the root, and the placeholder of the seal, declares any.
    if root is None or end < 0 or data.count(b"xmlns", root.end()) != data.count(_PLACEHOLDER, 0, end):
        raise _NotSo
    if _DEFAULT % root[1] not in root[0] or not all(each in root[0] for each in _DECLARED):
        raise _NotSo
    return root[1], data[end : data.find(b"<cac:", end)]


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
