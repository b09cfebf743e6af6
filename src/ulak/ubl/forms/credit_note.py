"""The friendly forms of the credit notes: producer receipt (e-MM) and expense note (e-Gider Pusulası)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from ulak.ubl.forms.archive import RegisterSlip
from ulak.ubl.forms.base import Form, Identified, Passthrough, doc
from ulak.ubl.forms.lines import Item, Line, Tax
from ulak.ubl.forms.party import Party
from ulak.ubl.forms.references import Document
from ulak.ubl.values import Date

__all__ = ["Confirmation", "ExpenseNote", "Original", "ProducerLine", "ProducerReceipt", "Provider"]


class Provider(Form, kw_only=True):
    """The operator of the SMS or return-code service (Contact/OtherCommunication)."""

    kind: Annotated[str, doc("SMS_PROVIDER ya da IADE_PROVIDER.", "SMS_PROVIDER or IADE_PROVIDER.")] = "SMS_PROVIDER"
    name: Annotated[str, doc("Uygulama adı.", "Name of the service.")]
    vkn: Annotated[str, doc("Operatörün VKN'si.", "VKN of the operator.")]


class Confirmation(Form, kw_only=True):
    """The code with which the other side confirmed in place of a signature on paper."""

    kind: Annotated[str, doc("SMS ya da IADEKODU.", "SMS or IADEKODU.")] = "SMS"
    code: Annotated[str, doc("Onay kodu.", "Confirmation code.")]
    phone: Annotated[str | None, doc("Kodun gittiği telefon.", "Telephone that got the code.")] = None


class ProducerLine(Item, kw_only=True):
    """Goods bought from a farmer."""

    id: Annotated[str | None, doc("Satır numarası; yoksa sırası.", "Line number; its position if left out.")] = None
    quantity: Annotated[Decimal, doc("Miktar.", "Quantity.")]
    unit: Annotated[str, doc("Birim kodu; C62 adet.", "Unit code; C62 is piece.")] = "C62"
    price: Annotated[Decimal, doc("Birim fiyat.", "Unit price.")]
    income_withholding: Annotated[
        Decimal | None, doc("Gelir vergisi stopajı, yüzde.", "Income-tax withholding, percent.")
    ] = None
    taxes: Annotated[tuple[Tax, ...], doc("Diğer kesintiler.", "Other deductions.")] = ()
    ubl: Passthrough | None = None


class ProducerReceipt(Identified, kw_only=True, tag_field="document", tag="producer_receipt"):
    """A producer receipt: a taxpayer buys from a farmer and keeps back what the farmer owes."""

    currency: Annotated[str, doc("Para birimi.", "Currency.")] = "TRY"
    documents: Annotated[tuple[Document, ...], doc("Ek belgeler.", "Attached documents.")] = ()
    sending: Annotated[str | None, doc("ELEKTRONIK (varsayılan) ya da KAGIT.", "ELEKTRONIK (default) or KAGIT.")] = None
    register_slips: Annotated[tuple[RegisterSlip, ...], doc("ÖKC bilgi fişleri.", "Cash-register slips.")] = ()
    supplier: Annotated[Party, doc("Makbuzu düzenleyen alıcı.", "The buyer, who issues the receipt.")]
    provider: Annotated[Provider | None, doc("SMS operatörü.", "SMS operator.")] = None
    customer: Annotated[Party, doc("Çiftçi.", "The farmer.")]
    confirmation: Confirmation | None = None
    delivery_date: Annotated[Date | None, doc("Teslim tarihi.", "Date of delivery.")] = None
    lines: Annotated[tuple[ProducerLine, ...], doc("Satırlar.", "Lines.")]
    ubl: Passthrough | None = None


class Original(Form, kw_only=True):
    """The document of the sale that is returned."""

    kind: Annotated[str, doc("EARSIV_FATURA, SATIS_FISI ya da BELGESIZ.", "EARSIV_FATURA, SATIS_FISI or BELGESIZ.")] = (
        "EARSIV_FATURA"
    )
    number: Annotated[str, doc("Numarası; belgesizse boş.", "Its number; empty if there is none.")] = ""
    date: Annotated[Date, doc("Tarihi.", "Its date.")]


class ExpenseNote(Identified, kw_only=True, tag_field="document", tag="expense_note"):
    """An expense note: a purchase from a person who issues no documents (SATIS), or a consumer's return (IADE)."""

    type: Annotated[str | None, doc("SATIS ya da IADE.", "SATIS or IADE.")] = None
    currency: Annotated[str, doc("Para birimi.", "Currency.")] = "TRY"
    original: Annotated[Original | None, doc("İadeye konu belge.", "Document of the returned sale.")] = None
    documents: Annotated[tuple[Document, ...], doc("Ek belgeler.", "Attached documents.")] = ()
    sending: Annotated[str | None, doc("ELEKTRONIK (varsayılan) ya da KAGIT.", "ELEKTRONIK (default) or KAGIT.")] = None
    supplier: Annotated[Party, doc("Düzenleyen.", "Who issues.")]
    provider: Annotated[Provider | None, doc("SMS ya da iade kodu operatörü.", "SMS or return-code operator.")] = None
    customer: Annotated[Party, doc("Malı veren kişi.", "Who gives the goods.")]
    confirmation: Confirmation | None = None
    courier: Annotated[Party | None, doc("Kargo firması.", "Courier.")] = None
    courier_permit: Annotated[str | None, doc("Yetki belgesi no.", "Permit number of the courier.")] = None
    lines: Annotated[tuple[Line, ...], doc("Satırlar.", "Lines.")]
    ubl: Passthrough | None = None
