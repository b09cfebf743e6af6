"""What the e-Arşiv report asks of a document: how it is handed over, sales over the internet, cash-register slips.

The report guide (e-Arşiv Kılavuzu V1.18, 3.3.2.4, 3.3.2.17, 3.3.2.18) names the values, the Fatura guide the place of
the slips (UBL-TR Fatura V1.0, 2.3.21). For the others there is only what integrators do (docs/json.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Final, NamedTuple

from ulak.errors import Text
from ulak.ubl import components as ubl
from ulak.ubl.forms.base import Form, Moment, doc
from ulak.ubl.forms.errors import JsonError, missing, wrong_value
from ulak.ubl.forms.party import Address, Party, address_to_ubl, party_from_ubl, party_to_ubl, text
from ulak.ubl.values import Date, Time

__all__ = [
    "PHRASE",
    "SENDINGS",
    "SLIP_TYPES",
    "InternetSale",
    "RegisterSlip",
    "Sold",
    "is_payment",
    "is_sending",
    "sale_from_ubl",
    "sale_to_ubl",
    "sending_of",
    "sending_to_ubl",
    "slips_from_ubl",
    "slips_to_ubl",
]

SENDINGS: Final = ("ELEKTRONIK", "KAGIT")
SLIP_TYPES: Final = (
    "AVANS",
    "YEMEK_FIS",
    "E-FATURA",
    "E-FATURA_IRSALIYE",
    "E-ARSIV",
    "E-ARSIV_IRSALIYE",
    "FATURA",
    "OTOPARK",
    "FATURA_TAHSILAT",
    "FATURA_TAHSILAT_KOMISYONLU",
)
PHRASE: Final = "Bu satış internet üzerinden yapılmıştır."
"""What the law wants to read on the invoice of such a sale; it also tells these invoices from others."""

_SENDING: Final = "SendingType"
_SLIP_CODE, _SLIP_TYPE = "OKCBF", "OKCBilgiFisi"
# UN/EDIFACT 4461, of the codes that GİB's rules know: bank card, payment to an account, not defined, mutually defined.
_MEANS: Final = {"KREDIKARTI/BANKAKARTI": "48", "EFT/HAVALE": "42", "KAPIDAODEME": "1", "ODEMEARACISI": "ZZZ"}
_OTHER: Final = re.compile(r"DIGER - \S[^\r\n]*")
_UNDATED: Final = "KAPIDAODEME"
_AGENT: Final = "ODEMEARACISI"


class InternetSale(Form, kw_only=True):
    """A sale over the internet; the law wants all of it on the invoice and in the report."""

    site: Annotated[str, doc("Satışın yapıldığı adres; birkaçı “;” ile.", "Web site of the sale; several with “;”.")]
    payment: Annotated[
        str,
        doc(
            "KREDIKARTI/BANKAKARTI, EFT/HAVALE, KAPIDAODEME, ODEMEARACISI ya da “DIGER - açıklama”.",
            "KREDIKARTI/BANKAKARTI, EFT/HAVALE, KAPIDAODEME, ODEMEARACISI or “DIGER - explanation”.",
        ),
    ]
    agent: Annotated[str | None, doc("Ödeme aracısının adı.", "Name of the payment agent.")] = None
    paid_on: Annotated[
        Date | None, doc("Ödeme tarihi; kapıda ödemede boş olabilir.", "Day of payment; may be empty on delivery.")
    ] = None
    shipped_on: Annotated[
        Date, doc("Gönderim ya da hizmetin ifa tarihi.", "Day of despatch, or on which the service was rendered.")
    ]
    carrier: Annotated[
        Party | None, doc("Gönderiyi taşıyan; yoksa satıcının kendisi.", "Carrier; the seller if left out.")
    ] = None


class RegisterSlip(Form, kw_only=True):
    """A slip of a cash register (ÖKC bilgi fişi); exempt EFT-POS users write 483 for serial and Z number."""

    serial: Annotated[str, doc("Cihazın seri numarası.", "Serial number of the device.")]
    z_number: Annotated[str, doc("Z raporu numarası.", "Number of the Z report.")]
    number: Annotated[str, doc("Fiş numarası.", "Number of the slip.")]
    type: Annotated[str, doc("Fiş tipi, ör. E-ARSIV.", "Type of the slip, e.g. E-ARSIV.")]
    date: Annotated[Date, doc("Fiş tarihi.", "Date of the slip.")]
    time: Annotated[Time | None, doc("Fiş saati.", "Time of the slip.")] = None


class Sold(NamedTuple):
    """What a sale over the internet adds to an invoice in UBL."""

    website: str
    note: str
    means: ubl.PaymentMeans
    delivery: ubl.Delivery


def is_payment(value: str) -> bool:
    """Whether a text is one of the report's ways of payment (odemeSekli)."""
    return value in _MEANS or _OTHER.fullmatch(value) is not None


def is_sending(reference: ubl.DocumentReference) -> bool:
    """Whether a reference says how the document is handed over."""
    return text(reference.document_type) == _SENDING and text(reference.document_type_code) in SENDINGS


def sending_of(references: Sequence[ubl.DocumentReference]) -> str | None:
    """How a document is handed over, if it says so."""
    return next((text(one.document_type_code) for one in references if is_sending(one)), None)


def sending_to_ubl(sending: str | None, moment: Moment) -> tuple[ubl.DocumentReference, ...]:
    """The reference that says how a document is handed over.

    Raises:
        JsonError: ``json.value`` for another word.
    """
    if sending is None:
        return ()
    if sending not in SENDINGS:
        raise _not_one_of("/sending", sending, SENDINGS)
    return (
        ubl.DocumentReference(
            id=moment.uuid, issue_date=moment.date, document_type_code=sending, document_type=_SENDING
        ),
    )


def _not_one_of(pointer: str, value: str, known: Sequence[str]) -> JsonError:
    names = ", ".join(known)
    return wrong_value(
        pointer,
        Text(f"“{value}” burada geçerli bir değer değil.", f"“{value}” is not a value for this field."),
        Text(f"Şunlardan birini yazın: {names}.", f"Write one of: {names}."),
    )


# -- sales over the internet ------------------------------------------------------------------------------------------


def sale_to_ubl(sale: InternetSale, seller: Party) -> Sold:
    """Where the pieces of the sale stand in UBL.

    Raises:
        JsonError: ``json.value`` for an unknown way of payment, ``json.missing-field`` where it wants a date or a name.
    """
    _refuse_incomplete(sale)
    means = ubl.PaymentMeans(
        payment_means_code=_MEANS.get(sale.payment, "ZZZ"),
        payment_due_date=sale.paid_on,
        payment_channel_code=sale.agent,
        instruction_note=sale.payment,
    )
    delivery = ubl.Delivery(
        carrier_party=party_to_ubl(sale.carrier or _own(seller)),
        despatch=ubl.Despatch(actual_despatch_date=sale.shipped_on),
    )
    return Sold(sale.site, PHRASE, means, delivery)


def _refuse_incomplete(sale: InternetSale) -> None:
    if not is_payment(sale.payment):
        raise _not_one_of("/internet_sale/payment", sale.payment, (*_MEANS, "DIGER - …"))
    if sale.paid_on is None and sale.payment in _MEANS and sale.payment != _UNDATED:
        raise missing(
            "/internet_sale/paid_on",
            Text(f"{sale.payment} için ödeme tarihi zorunludur.", f"{sale.payment} wants the day of payment."),
        )
    if sale.carrier is not None and sale.carrier.tax_id is None:
        raise missing(
            "/internet_sale/carrier/tax_id",
            Text("Taşıyanın VKN'si ya da TCKN'si gerekir.", "The carrier's VKN or TCKN is wanted."),
        )
    if sale.agent is None and sale.payment == _AGENT:
        raise missing("/internet_sale/agent", Text("Ödeme aracısının adı gerekir.", "The agent has to be named."))


def _own(seller: Party) -> Party:
    """The seller as the carrier of its own goods: who, and where."""
    return Party(
        tax_id=seller.tax_id,
        name=seller.name,
        first_name=seller.first_name,
        family_name=seller.family_name,
        address=seller.address,
    )


def sale_from_ubl(invoice: ubl.Invoice, seller: Party) -> tuple[InternetSale, ubl.PaymentMeans, ubl.Delivery] | None:
    """The sale over the internet that an invoice tells of, and the two elements that hold it."""
    if not any(_says_so(note) for note in invoice.note):
        return None
    means = next((one for one in invoice.payment_means if is_payment(text(one.instruction_note) or "")), None)
    delivery = next((one for one in invoice.delivery if one.despatch and one.despatch.actual_despatch_date), None)
    shipped = delivery.despatch.actual_despatch_date if delivery and delivery.despatch else None
    if means is None or delivery is None or shipped is None or seller.website is None:
        return None
    carrier = party_from_ubl(delivery.carrier_party) if delivery.carrier_party else None
    sale = InternetSale(
        site=seller.website,
        payment=text(means.instruction_note) or "",
        agent=text(means.payment_channel_code),
        paid_on=means.payment_due_date,
        shipped_on=shipped,
        carrier=None if carrier == _own(seller) else carrier,
    )
    return sale, means, delivery


def _says_so(note: object) -> bool:
    return str(note).strip().rstrip(".") == PHRASE[:-1]


# -- slips of cash registers ------------------------------------------------------------------------------------------


def slips_to_ubl(slips: Sequence[RegisterSlip]) -> tuple[ubl.BillingReference, ...]:
    """The slips in UBL (UBL-TR Fatura V1.0, 2.3.21).

    Raises:
        JsonError: ``json.value`` for a type of slip that the guide does not know.
    """
    return tuple(_slip_to_ubl(slip, at) for at, slip in enumerate(slips))


def _slip_to_ubl(slip: RegisterSlip, at: int) -> ubl.BillingReference:
    if slip.type not in SLIP_TYPES:
        raise _not_one_of(f"/register_slips/{at}/type", slip.type, SLIP_TYPES)
    nobody = (ubl.PartyIdentification(id=""),)
    issuer = ubl.Party(
        endpoint_id=slip.serial, party_identification=nobody, postal_address=address_to_ubl(Address(country=""))
    )
    return ubl.BillingReference(
        additional_document_reference=ubl.DocumentReference(
            id=slip.number,
            issue_date=slip.date,
            document_type_code=_SLIP_CODE,
            document_type=_SLIP_TYPE,
            document_description=(slip.type,),
            attachment=ubl.Attachment(external_reference=ubl.ExternalReference(uri=slip.z_number)),
            validity_period=None if slip.time is None else ubl.Period(start_date=slip.date, start_time=slip.time),
            issuer_party=issuer,
        )
    )


def slips_from_ubl(references: Sequence[ubl.BillingReference]) -> tuple[RegisterSlip, ...]:
    """The slips among the references of a document."""
    found = [each.additional_document_reference for each in references]
    return tuple(_slip(each) for each in found if each and text(each.document_type_code) == _SLIP_CODE)


def _slip(reference: ubl.DocumentReference) -> RegisterSlip:
    external = reference.attachment.external_reference if reference.attachment else None
    return RegisterSlip(
        serial=(text(reference.issuer_party.endpoint_id) if reference.issuer_party else None) or "",
        z_number=(text(external.uri) if external else None) or "",
        number=text(reference.id) or "",
        type=(text(reference.document_description[0]) if reference.document_description else None) or "",
        date=reference.issue_date or "2005-01-01",
        time=reference.validity_period.start_time if reference.validity_period else None,
    )
