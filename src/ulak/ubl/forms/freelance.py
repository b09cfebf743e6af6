"""The friendly form of a freelance receipt (e-SMM) in the UBL that integrators exchange: an Invoice of EARSIVBELGE."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final

from ulak.ubl import components as ubl
from ulak.ubl.forms.archive import RegisterSlip
from ulak.ubl.forms.base import Clock, Form, Identified, Passthrough, doc
from ulak.ubl.forms.invoice import Invoice
from ulak.ubl.forms.invoice_build import build_invoice
from ulak.ubl.forms.invoice_lift import lift_invoice
from ulak.ubl.forms.lines import Line, Tax
from ulak.ubl.forms.party import Party
from ulak.ubl.forms.references import Document
from ulak.ubl.values import Date

__all__ = ["PROFILE", "TYPE", "FreelanceLine", "FreelanceReceipt", "build_freelance", "lift_freelance"]

PROFILE: Final = "EARSIVBELGE"
TYPE: Final = "SERBESTMESLEKMAKBUZU"
_INCOME_TAX: Final = "0003"


class FreelanceLine(Form, kw_only=True):
    """A service and its fee before taxes."""

    name: Annotated[str, doc("Hizmetin adı.", "Name of the service.")]
    fee: Annotated[Decimal, doc("Brüt ücret, KDV hariç.", "Gross fee without VAT.")]
    vat: Annotated[Decimal | None, doc("KDV oranı, yüzde.", "VAT rate, percent.")] = None
    exemption: Annotated[str | None, doc("KDV istisna kodu.", "VAT exemption reason code.")] = None
    withholding: Annotated[str | None, doc("KDV tevkifat kodu.", "VAT withholding code.")] = None
    income_withholding: Annotated[
        Decimal | None, doc("Gelir vergisi stopajı, yüzde.", "Income-tax withholding, percent.")
    ] = None
    note: Annotated[str | None, doc("Satır notu.", "Note on the line.")] = None
    ubl: Passthrough | None = None


class FreelanceReceipt(Identified, kw_only=True, tag_field="document", tag="freelance_receipt"):
    """A receipt of a self-employed person: fees, VAT on top, income tax kept back by the client."""

    currency: Annotated[str, doc("Para birimi.", "Currency.")] = "TRY"
    exchange_rate: Annotated[Decimal | None, doc("Bir birimin TL karşılığı.", "Worth of one unit in TRY.")] = None
    exchange_date: Annotated[Date | None, doc("Kurun tarihi.", "Date of the rate.")] = None
    documents: Annotated[tuple[Document, ...], doc("Ek belgeler.", "Attached documents.")] = ()
    sending: Annotated[str | None, doc("ELEKTRONIK (varsayılan) ya da KAGIT.", "ELEKTRONIK (default) or KAGIT.")] = None
    register_slips: Annotated[tuple[RegisterSlip, ...], doc("ÖKC bilgi fişleri.", "Cash-register slips.")] = ()
    supplier: Annotated[Party, doc("Serbest meslek erbabı.", "Who serves.")]
    customer: Annotated[Party, doc("Müşteri.", "Client.")]
    lines: Annotated[tuple[FreelanceLine, ...], doc("Satırlar.", "Lines.")]
    ubl: Passthrough | None = None


def build_freelance(form: FreelanceReceipt, clock: Clock) -> ubl.Invoice:
    """The receipt in UBL, unsigned, with every sum worked out; raises like `build_invoice`."""
    return build_invoice(
        Invoice(
            number=form.number,
            uuid=form.uuid,
            date=form.date,
            time=form.time,
            notes=form.notes,
            profile=PROFILE,
            type=TYPE,
            currency=form.currency,
            exchange_rate=form.exchange_rate,
            exchange_date=form.exchange_date,
            documents=form.documents,
            sending=form.sending,
            register_slips=form.register_slips,
            supplier=form.supplier,
            customer=form.customer,
            lines=tuple(_line(line) for line in form.lines),
            ubl=form.ubl,
        ),
        clock,
    )


def _line(line: FreelanceLine) -> Line:
    percent = line.income_withholding
    return Line(
        name=line.name,
        price=line.fee,
        vat=line.vat,
        exemption=line.exemption,
        withholding=line.withholding,
        taxes=() if percent is None else (Tax(code=_INCOME_TAX, percent=percent),),
        note=line.note,
        ubl=line.ubl,
    )


def lift_freelance(invoice: ubl.Invoice) -> FreelanceReceipt:
    """What of a receipt the friendly form has fields for."""
    lifted = lift_invoice(invoice)
    return FreelanceReceipt(
        number=lifted.number,
        uuid=lifted.uuid,
        date=lifted.date,
        time=lifted.time,
        notes=lifted.notes,
        currency=lifted.currency,
        exchange_rate=lifted.exchange_rate,
        exchange_date=lifted.exchange_date,
        documents=lifted.documents,
        sending=lifted.sending,
        register_slips=lifted.register_slips,
        supplier=lifted.supplier,
        customer=lifted.customer or Party(),
        lines=tuple(_lift_line(line) for line in lifted.lines),
    )


def _lift_line(line: Line) -> FreelanceLine:
    withheld = next((tax.percent for tax in line.taxes if tax.code == _INCOME_TAX), None)
    return FreelanceLine(
        name=line.name,
        fee=line.price,
        vat=line.vat,
        exemption=line.exemption,
        withholding=line.withholding,
        income_withholding=withheld,
        note=line.note,
    )
