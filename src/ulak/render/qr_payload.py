"""What the QR code of a document says: GİB, Karekod Standardı Kılavuzu V1.2 (November 2023), section 2.

A JSON object on one line without blanks, every value a string, keys in the order of the guide. A value that the
document does not have stands as an empty string, as in GİB's own stylesheet for despatch advices; the guide is silent.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

from lxml import etree

from ulak.render.kinds import Kind, Source, kind_of, root_of
from ulak.render.qr_freelance import freelance_pairs
from ulak.render.qr_values import (
    INCOME_TAX,
    VAT,
    Pairs,
    currency,
    party_number,
    path,
    rate,
    subtotals,
    summed,
    taxed,
    text,
)
from ulak.ubl.names import clark

__all__ = ["karekod", "said_as"]

_JSON: Final = json.JSONEncoder(separators=(",", ":")).encode
_PASTURE_FUND: Final = "9040"
_EXCHANGE_FEE: Final = "8001"
_SOCIAL_SECURITY: Final = "SGK_PRIM"

_SUPPLIER: Final = path("cac:AccountingSupplierParty/cac:Party")
_CUSTOMER: Final = path("cac:AccountingCustomerParty/cac:Party")
_SENDER: Final = path("cac:DespatchSupplierParty/cac:Party")
_RECEIVER: Final = path("cac:DeliveryCustomerParty/cac:Party")
_CARRIER: Final = path("cac:Shipment/cac:Delivery/cac:CarrierParty")
_DESPATCH: Final = path("cac:Shipment/cac:Delivery/cac:Despatch")
_PLATE: Final = path("cac:Shipment/cac:ShipmentStage/cac:TransportMeans/cac:RoadTransport/cbc:LicensePlateID")
_PASSPORT: Final = path("cac:BuyerCustomerParty/cac:Party/cac:Person/cac:IdentityDocumentReference/cbc:ID")
_AGENT: Final = clark("cac:TaxRepresentativeParty")
_TOTALS: Final = clark("cac:LegalMonetaryTotal")
_GOODS, _PAYABLE = clark("cbc:LineExtensionAmount"), clark("cbc:PayableAmount")
_WITH_TAX, _PROFILE = clark("cbc:TaxInclusiveAmount"), clark("cbc:ProfileID")
_TAX_AMOUNT, _TAXABLE, _PERCENT = clark("cbc:TaxAmount"), clark("cbc:TaxableAmount"), clark("cbc:Percent")


def karekod(document: Source) -> str:
    """The payload of the QR code; empty for documents to which the guide gives none (receipt advices, answers).

    Amounts stand as in the document. Letters beyond ASCII, which no rule lets into these values, are escaped: a QR
    code does not say its encoding, and readers guess. Subtotals of one VAT rate that differ in their exemption are
    added up, since a key stands once.

    Raises:
        UlakError: ``xml.*`` and ``render.kind``, as `kind_of`.
    """
    root = root_of(document)
    pairs = _BY_KIND.get(kind_of(root))
    return said_as(dict(pairs(root))) if pairs else ""


def said_as(pairs: Mapping[str, str]) -> str:
    """The payload of these keys and values; empty if there are none."""
    return _JSON(pairs) if pairs else ""


def _invoice(root: etree._Element) -> Pairs:
    yield from _parties(root)
    if text(root, _PROFILE) == "YOLCUBERABERFATURA":
        yield "pasaportno", text(root, _PASSPORT)
        yield "aracikurumvkn", party_number(root.find(_AGENT), ("ARACIKURUMVKN",))
    yield from _identity(root, "cbc:InvoiceTypeCode")
    yield "parabirimi", currency(root)
    totals = root.find(_TOTALS)
    yield "malhizmettoplam", text(totals, _GOODS)
    yield from _vat(root)
    yield "vergidahil", text(totals, _WITH_TAX)
    yield "odenecek", text(totals, _PAYABLE)


def _parties(root: etree._Element) -> Pairs:
    yield "vkntckn", party_number(root.find(_SUPPLIER))
    yield "avkntckn", party_number(root.find(_CUSTOMER))


def _identity(root: etree._Element, type_code: str) -> Pairs:
    yield "senaryo", text(root, _PROFILE)
    yield "tip", text(root, clark(type_code))
    yield from _paper(root)


def _paper(root: etree._Element) -> Pairs:
    yield "tarih", text(root, clark("cbc:IssueDate"))
    yield "no", text(root, clark("cbc:ID"))
    yield "ettn", text(root, clark("cbc:UUID"))


def _vat(root: etree._Element) -> Pairs:
    rates: dict[str, list[etree._Element]] = {}
    for subtotal in subtotals(root, VAT):
        rates.setdefault(rate(text(subtotal, _PERCENT)), []).append(subtotal)
    for percent, found in rates.items():
        yield f"kdvmatrah({percent})", summed(found, _TAXABLE)
        yield f"hesaplanankdv({percent})", summed(found, _TAX_AMOUNT)


def _despatch(root: etree._Element) -> Pairs:
    yield "vkntckn", party_number(root.find(_SENDER))
    yield "avkntckn", party_number(root.find(_RECEIVER))
    yield from _identity(root, "cbc:DespatchAdviceTypeCode")
    moment = root.find(_DESPATCH)
    yield "sevktarihi", text(moment, clark("cbc:ActualDespatchDate"))
    yield "sevkzamani", text(moment, clark("cbc:ActualDespatchTime"))
    yield "tasiyicivkn", party_number(root.find(_CARRIER))
    yield "plaka", text(root, _PLATE)


def _credit_note(root: etree._Element) -> Pairs:
    pairs = _BY_CREDIT_NOTE.get(text(root, clark("cbc:CreditNoteTypeCode")))
    return pairs(root) if pairs else iter(())


def _producer(root: etree._Element) -> Pairs:
    yield from _parties(root)
    yield "senaryo", text(root, _PROFILE)
    # The document says MUSTAHSILMAKBUZ (e-MM guide); the table and the sample of the QR guide say it with a U.
    yield "tip", "MUSTAHSILMAKBUZU"
    yield from _paper(root)
    yield "parabirimi", currency(root)
    totals = root.find(_TOTALS)
    yield "malhizmettoplam", text(totals, _GOODS)
    yield "gvstopaj", taxed(root, INCOME_TAX)
    yield "merafonu", taxed(root, _PASTURE_FUND)
    yield "borsatescilucreti", taxed(root, _EXCHANGE_FEE)
    yield "sgkprimkesintisi", taxed(root, _SOCIAL_SECURITY)
    yield "odenecek", text(totals, _PAYABLE)


def _bill(root: etree._Element) -> Pairs:
    yield from _parties(root)
    yield from _identity(root, "cbc:CreditNoteTypeCode")
    yield f"odenecek({currency(root)})", text(root.find(_TOTALS), _PAYABLE)


def _insurance_commission(root: etree._Element) -> Pairs:
    # The table also knows “unvan”, the sample does not: the sample is what a scanner meets.
    yield from _parties(root)
    yield from _identity(root, "cbc:CreditNoteTypeCode")
    yield "parabirimi", currency(root)
    yield "istihsalkomisyon", text(root.find(_TOTALS), clark("cbc:AllowanceTotalAmount"))
    yield "iptalkomisyon", text(root.find(_TOTALS), clark("cbc:ChargeTotalAmount"))


_BY_CREDIT_NOTE: Final[dict[str, Callable[[etree._Element], Pairs]]] = {
    "MUSTAHSILMAKBUZ": _producer,
    "ADISYON": _bill,
    "SIGORTAKOMISYONGIDERBELGESI": _insurance_commission,
}
_BY_KIND: Final[dict[Kind, Callable[[etree._Element], Pairs]]] = {
    "invoice": _invoice,
    "despatch": _despatch,
    "producer": _credit_note,
    "freelance": freelance_pairs,
}
