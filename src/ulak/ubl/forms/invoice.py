"""The friendly form of an invoice, of every profile and type."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from ulak.ubl.forms.archive import InternetSale, RegisterSlip
from ulak.ubl.forms.base import Form, Identified, Passthrough, doc
from ulak.ubl.forms.delivery import Delivery
from ulak.ubl.forms.lines import Adjustment, Line
from ulak.ubl.forms.party import Party
from ulak.ubl.forms.references import Document, Payment, Period, Reference, Terms
from ulak.ubl.values import Date

__all__ = ["Invoice", "Sgk"]


class Sgk(Form, kw_only=True):
    """What the social security institution asks for (SGK e-Fatura Teknik Doküman 3.3)."""

    group: Annotated[str, doc("İlave fatura tipi, ör. SAGLIK_ECZ.", "Invoice group, e.g. SAGLIK_ECZ.")]
    provider_code: Annotated[str | None, doc("Mükellef kodu.", "Provider code.")] = None
    provider_name: Annotated[str | None, doc("Mükellef adı.", "Provider name.")] = None
    file_number: Annotated[str | None, doc("Dosya no.", "File number.")] = None


class Invoice(Identified, kw_only=True, tag_field="document", tag="invoice"):
    """An invoice. Sums, taxes, names and reasons are worked out; the type is derived from the lines."""

    profile: Annotated[str, doc("Senaryo.", "Profile (senaryo).")] = "TEMELFATURA"
    type: Annotated[str | None, doc("Fatura tipi; yoksa satırlardan.", "Type; from the lines if left out.")] = None
    currency: Annotated[str, doc("Para birimi.", "Currency.")] = "TRY"
    exchange_rate: Annotated[Decimal | None, doc("Bir birimin TL karşılığı.", "What one unit is worth in TRY.")] = None
    exchange_date: Annotated[Date | None, doc("Kurun tarihi.", "Date of the rate.")] = None
    accounting_cost: Annotated[str | None, doc("Muhasebe kodu.", "Accounting code.")] = None
    period: Period | None = None
    order: Annotated[Reference | None, doc("Sipariş.", "Order.")] = None
    returns: Annotated[tuple[Reference, ...], doc("İade edilen faturalar.", "The invoices that are returned.")] = ()
    despatches: Annotated[tuple[Reference, ...], doc("İrsaliyeler.", "Despatch advices.")] = ()
    receipts: Annotated[tuple[Reference, ...], doc("İrsaliye yanıtları.", "Receipt advices.")] = ()
    incentive: Annotated[
        Reference | None, doc("Yatırım teşvik belgesi, 6 hane.", "Investment certificate, 6 digits.")
    ] = None
    documents: Annotated[tuple[Document, ...], doc("Ek belgeler.", "Attached documents.")] = ()
    esu_report: Annotated[Reference | None, doc("ESÜ rapor kimliği (UUID).", "Charging report id (UUID).")] = None
    sgk: Sgk | None = None
    sending: Annotated[str | None, doc("ELEKTRONIK (varsayılan) ya da KAGIT.", "ELEKTRONIK (default) or KAGIT.")] = None
    internet_sale: InternetSale | None = None
    register_slips: Annotated[tuple[RegisterSlip, ...], doc("ÖKC bilgi fişleri.", "Cash-register slips.")] = ()
    supplier: Annotated[Party, doc("Satıcı.", "Seller.")]
    customer: Annotated[
        Party | None, doc("Alıcı; gümrük senaryolarında Bakanlık.", "Buyer; the ministry in customs profiles.")
    ] = None
    buyer: Annotated[
        Party | None,
        doc("Yurt dışı alıcı, yolcu ya da harcama birimi.", "Buyer abroad, traveller, or public spending unit."),
    ] = None
    intermediary: Annotated[Party | None, doc("Aracı kurum.", "Tax-free intermediary.")] = None
    intermediary_alias: Annotated[str | None, doc("Aracı kurum etiketi.", "Alias of the intermediary.")] = None
    delivery: Delivery | None = None
    payment: Payment | None = None
    terms: Terms | None = None
    discounts: Annotated[tuple[Adjustment, ...], doc("Belge iskontoları.", "Discounts of the document.")] = ()
    charges: Annotated[tuple[Adjustment, ...], doc("Belge artırımları.", "Charges of the document.")] = ()
    rounding: Annotated[Decimal | None, doc("Ödenecek tutara yuvarlama.", "Rounding of the payable amount.")] = None
    lines: Annotated[tuple[Line, ...], doc("Satırlar.", "Lines.")]
    ubl: Passthrough | None = None
