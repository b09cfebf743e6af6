"""The fields of the receipts: e-SMM, e-MM and e-Gider Pusulası."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ulak.errors import Text
from ulak_server.composing.field import (
    HEAD,
    ITEM,
    PARTY,
    ZERO,
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

__all__ = ["EXPENSE", "FREELANCE", "PRODUCER"]

_HEAD: Final = {path: field for path, field in HEAD.items() if path not in (("profile",), ("type",))}
_CURRENCY: Final[dict[Path, Field]] = {
    ("currency",): code("Para birimi", "Currency", "currencies"),
    ("exchange_rate",): number("Kur", "Exchange rate", places=6),
    ("exchange_date",): day("Kur tarihi", "Date of the rate"),
}


def _share(tr: str, en: str) -> Field:
    return Field(Text(tr, en), Sort.SHARE, 40, ZERO, None, 2, member="fee")


FREELANCE: Final[Mapping[Path, Field]] = MappingProxyType(
    {
        **_HEAD,
        **_CURRENCY,
        **below(
            "lines/*",
            {
                "name": text("Hizmet", "Service", 500),
                "note": text("Satır notu", "Note on the line", 1000),
                "fee": number("Brüt ücret", "Gross fee", places=2),
                "income_withholding": percent("Stopaj %", "Income tax %"),
                "vat": percent("KDV %", "VAT %"),
                "withholding": code("KDV tevkifatı", "VAT withholding", "withholdings"),
                "exemption": code("İstisna sebebi", "Exemption reason", "exemptions"),
                "net": _share("Net ücret", "Net fee"),
                "collected": _share("Ele geçen", "Collected"),
            },
        ),
    }
)
"""A line is a service and its fee; ``net`` and ``collected`` are reckoned from the fee, and the fee from them."""

_CONFIRMED: Final[dict[Path, Field]] = {
    ("provider", "name"): text("Doğrulama uygulaması", "Confirmation service", 200),
    ("provider", "vkn"): compact("İşletmecinin VKN'si", "VKN of its operator", 20, "vkn"),
    ("confirmation", "kind"): chosen("Doğrulama", "Confirmed by", "SMS", "IADEKODU"),
    ("confirmation", "code"): text("Doğrulama kodu", "Confirmation code", 60),
    ("confirmation", "phone"): text("Kodun gittiği telefon", "Telephone that got the code", 40),
}
"""What stands in place of the other side's signature on the printed copy (e-MM kılavuzu V1.1, 2.4)."""

PRODUCER: Final[Mapping[Path, Field]] = MappingProxyType(
    {
        **_HEAD,
        **_CONFIRMED,
        ("delivery_date",): day("Teslim günü", "Delivered on"),
        **below(
            "lines/*",
            {
                **ITEM,
                "income_withholding": percent("Stopaj %", "Income tax %"),
                "social": tax("SGK (Bağ-Kur) primi %", "Social insurance %", "SGK_PRIM"),
                "exchange_fee": tax("Borsa tescil ücreti %", "Exchange registration fee %", "8001"),
                "pasture": tax("Mera fonu %", "Pasture fund %", "9040"),
            },
        ),
    }
)
EXPENSE: Final[Mapping[Path, Field]] = MappingProxyType(
    {
        **_HEAD,
        **_CONFIRMED,
        ("type",): chosen("Tür", "Type", "SATIS", "IADE"),
        ("original", "kind"): chosen(
            "Satışın belgesi", "Document of the sale", "EARSIV_FATURA", "SATIS_FISI", "BELGESIZ"
        ),
        ("original", "number"): text("Belge no", "Document number", 60),
        ("original", "date"): day("Satışın günü", "Day of the sale"),
        **below("courier", {name: PARTY[name] for name in ("tax_id", "name", "address/town", "address/city")}),
        ("courier_permit",): text("Kargonun yetki belgesi no", "Permit number of the courier", 60),
        **below(
            "lines/*",
            {
                **ITEM,
                "vat": percent("KDV %", "VAT %"),
                "discount": Field(Text("İskonto", "Discount"), Sort.ADJUSTMENTS, 80, member="discounts"),
                "income": tax("Stopaj %", "Income tax %", "0003"),
            },
        ),
    }
)
