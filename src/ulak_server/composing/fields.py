"""The fields of the editors: which members of the friendly JSON they are, and how their values are typed and shown.

A field is named by the JSON pointer of its member; positions in arrays are ``*`` here. Some hold several members in one
text: ``/discount`` is written "%10 + 5,00" and stands for the array ``discounts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ulak.errors import Text
from ulak_server.composing.field import (
    ADDRESS,
    HEAD,
    HUNDRED,
    ITEM,
    NUMBERED,
    PARTY,
    REFERENCE,
    Field,
    Path,
    Sort,
    below,
    chosen,
    code,
    compact,
    day,
    number,
    percent,
    tax,
    text,
)  # fmt: skip
from ulak_server.composing.fields_of_receipts import EXPENSE, FREELANCE, PRODUCER

__all__ = ["DESPATCH", "INVOICE", "TABLES", "Field", "Path", "Sort", "field_of", "path_of", "pattern_of"]

_LINE: Final = {
    **ITEM,
    "vat": percent("KDV %", "VAT %"),
    "vat_base": number("Özel matrah", "Special base", places=2),
    "exemption": code("İstisna sebebi", "Exemption reason", "exemptions"),
    "exemption_reason": text("Sebep", "Reason", 500),
    "withholding": code("Tevkifat", "Withholding", "withholdings"),
    "withholding_percent": percent("Tevkifat oranı %", "Withholding %"),
    "original_quantity": number("Satılmış miktar", "Quantity sold"),
    "collected_vat": number("Tahsil edilmiş KDV", "VAT collected", places=2),
    "accommodation": tax("Konaklama vergisi %", "Accommodation tax %", "0059"),
    "discount": Field(Text("İskonto", "Discount"), Sort.ADJUSTMENTS, 80, member="discounts"),
    "charge": Field(Text("Artırım", "Charge"), Sort.ADJUSTMENTS, 80, member="charges"),
    "delivery/gtip": compact("GTİP", "Customs tariff number", 20, "gtip"),
    "delivery/incoterms": code("Teslim şartı", "Delivery term", "delivery_terms"),
    "delivery/transport_mode": code("Taşıma şekli", "Transport mode", "transport_modes"),
    "delivery/buyer_permit_line": compact("Alıcının DİİB satır kodu", "The buyer's permit line code", 20),
    "classification": text("Harcama tipi", "Expense type", 2),
    "trace_id": text("Teçhizat sıra no", "List number of the machine", 60),
}


_PAYMENTS: Final = ("KREDIKARTI/BANKAKARTI", "EFT/HAVALE", "KAPIDAODEME", "ODEMEARACISI", "DIGER")
_INTERNET_SALE: Final = {
    "site": text("Satış yapılan site", "Site of the sale", 250),
    "payment": Field(Text("Ödeme şekli", "Way of payment"), Sort.PAYMENT, options=_PAYMENTS),
    "other": Field(Text("Ödeme yolunun adı", "Name of the way"), Sort.OTHER, 80, member="payment"),
    "agent": text("Ödeme aracısının adı", "Name of the payment agent", 100),
    "paid_on": day("Ödeme günü", "Paid on"),
    "shipped_on": day("Gönderim günü", "Shipped on"),
    "carrier/tax_id": compact("Taşıyanın numarası", "Carrier's number", 20),
    "carrier/name": text("Taşıyanın unvanı", "Carrier's name", 200),
}

INVOICE: Final[Mapping[Path, Field]] = MappingProxyType(
    {
        **HEAD,
        ("currency",): code("Para birimi", "Currency", "currencies"),
        ("exchange_rate",): number("Kur", "Exchange rate", places=6),
        ("exchange_date",): day("Kur tarihi", "Date of the rate"),
        **below("order", REFERENCE),
        **below("despatches/*", NUMBERED),
        **below("returns/*", NUMBERED),
        ("incentive",): Field(Text("Yatırım teşvik belgesi", "Investment certificate"), Sort.YES),
        **below("incentive", REFERENCE),
        ("sending",): chosen("Nasıl verilecek?", "How is it handed over?", "ELEKTRONIK", "KAGIT"),
        ("internet_sale",): Field(Text("İnternet satışı", "Internet sale"), Sort.YES),
        **below("internet_sale", _INTERNET_SALE),
        **below("buyer", PARTY),
        ("buyer", "registered_name"): text("Resmî unvan", "Registered name"),
        ("buyer", "company_id"): text("Ülkesindeki vergi no", "Tax number abroad", 60),
        ("delivery", "incoterms"): code("Teslim şartı", "Delivery term", "delivery_terms"),
        ("delivery", "transport_mode"): code("Taşıma şekli", "Transport mode", "transport_modes"),
        **below("delivery/address", ADDRESS),
        ("period", "start"): day("Dönem başı", "Start of the period"),
        ("period", "end"): day("Dönem sonu", "End of the period"),
        ("sgk", "group"): code("SGK fatura tipi", "SGK invoice group", "sgk_groups"),
        ("sgk", "provider_code"): text("SGK mükellef kodu", "SGK provider code", 60),
        ("sgk", "provider_name"): text("SGK mükellef adı", "SGK provider name"),
        ("sgk", "file_number"): text("SGK dosya no", "SGK file number", 60),
        ("payment", "means"): code("Ödeme şekli", "Means of payment", "payment_means"),
        ("payment", "due"): day("Son ödeme günü", "Due date"),
        ("payment", "iban"): compact("IBAN", "IBAN", 50, "iban"),
        ("payment", "note"): text("Ödeme notu", "Payment note"),
        ("terms", "note"): text("Ödeme koşulu", "Payment terms", 500),
        ("discount",): Field(Text("Belge iskontosu", "Document discount"), Sort.ADJUSTMENTS, 80, member="discounts"),
        ("charge",): Field(Text("Belge artırımı", "Document charge"), Sort.ADJUSTMENTS, 80, member="charges"),
        ("rounding",): number("Yuvarlama", "Rounding", places=2, low=-HUNDRED, high=HUNDRED),
        **below("lines/*", _LINE),
    }
)

DESPATCH: Final[Mapping[Path, Field]] = MappingProxyType(
    {
        **HEAD,
        ("customer_contact",): text("Teslim alacak kişi", "Person who receives", 100),
        ("supplier_contact",): text("Teslim eden", "Person who hands over", 100),
        ("despatch_date",): day("Sevk tarihi", "Date of despatch"),
        ("despatch_time",): Field(Text("Sevk saati", "Time of despatch"), Sort.MOMENT, 8),
        **below("delivery_address", ADDRESS),
        **below("carrier", PARTY),
        **below(
            "drivers/*",
            {
                "first_name": text("Şoförün adı", "Driver's first name", 100),
                "family_name": text("Şoförün soyadı", "Driver's family name", 100),
                "tckn": compact("Şoförün TCKN'si", "Driver's citizen number", 20),
            },
        ),
        ("plate",): compact("Araç plakası", "Licence plate", 20, "plate"),
        ("foreign_plate",): compact("Yabancı plaka", "Foreign licence plate", 20, "foreign_plate"),
        ("trailers",): Field(Text("Dorse plakaları", "Trailer plates"), Sort.PLATES, 120),
        ("value",): number("Malların değeri (TL)", "Value of the goods (TRY)", places=2),
        **below("paper", REFERENCE),
        **below("orders/*", REFERENCE),
        **below(
            "lines/*",
            {
                **ITEM,
                "outstanding": number("Sonra gönderilecek", "To be sent later"),
                "outstanding_reason": text("Sonra gönderme sebebi", "Why it is sent later"),
            },
        ),
    }
)
TABLES: Final[Mapping[str, Mapping[Path, Field]]] = MappingProxyType(
    {
        "invoice": INVOICE,
        "despatch_advice": DESPATCH,
        "freelance_receipt": FREELANCE,
        "producer_receipt": PRODUCER,
        "expense_note": EXPENSE,
    }
)
"""By the value of the member ``document``."""


_DIGITS: Final = 6
"""Of a position; a longer one is none."""


def path_of(pointer: str) -> Path:
    """The steps of a JSON pointer.

    >>> path_of("/lines/3/price")
    ('lines', '3', 'price')
    """
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def pattern_of(path: Path) -> Path:
    """A path with ``*`` for positions."""
    return tuple("*" if step.isascii() and step.isdecimal() and len(step) <= _DIGITS else step for step in path)


def field_of(kind: str, pointer: str) -> Field | None:
    """The field of a pointer; None if the editor of this kind has no such one."""
    return TABLES[kind].get(pattern_of(path_of(pointer)))
