"""Documents of the kinds that are issued and reported, as ERPs write them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from platform_intake import encoded
from platform_world import ARDIC, MELTEM
from ulak_server import clock
from ulak_server.documents.reading import read

__all__ = ["CONSUMER", "FARMER", "FORMS", "SALE", "archived", "as_ubl", "shop_sale"]

_PLACE: Final = {"address": {"town": "Çankaya", "city": "Ankara"}, "tax_office": "Çankaya"}
_ISSUER: Final = {"tax_id": ARDIC[0], "name": ARDIC[1], **_PLACE}
CONSUMER: Final = {
    "tax_id": "11111111111",
    "first_name": "Ayşe",
    "family_name": "Yıldız",
    "address": {"town": "Ula", "city": "Muğla"},
}
FARMER: Final = {
    "tax_id": "10000000146",
    "first_name": "Kâzım",
    "family_name": "Öztürk",
    "address": {"town": "Polatlı", "city": "Ankara"},
}
_TODAY: Final = clock.today()
SALE: Final = {
    "site": "www.ardic.example",
    "payment": "EFT/HAVALE",
    "paid_on": str(_TODAY - timedelta(days=1)),
    "shipped_on": str(_TODAY),
    "carrier": {"tax_id": MELTEM[0], "name": "Meltem Kargo"},
}
_GOODS: Final = [{"name": "Çelik raf", "quantity": 2, "price": "412.50", "vat": 20}]
FORMS: Final[dict[str, dict[str, Any]]] = {
    "earchive_invoice": {"profile": "EARSIVFATURA", "customer": CONSUMER, "lines": _GOODS},
    "freelance_receipt": {
        "document": "freelance_receipt",
        "customer": {"tax_id": MELTEM[0], "name": MELTEM[1], **_PLACE},
        "lines": [{"name": "Danışmanlık", "fee": 1000, "vat": 20, "income_withholding": 20}],
    },
    "producer_receipt": {
        "document": "producer_receipt",
        "customer": FARMER,
        "delivery_date": str(_TODAY),
        "lines": [{"name": "Buğday", "quantity": 1200, "unit": "KGM", "price": "9.25", "income_withholding": 2}],
    },
    "expense_note": {
        "document": "expense_note",
        "type": "SATIS",
        "provider": {"name": "Kısa Mesaj", "vkn": MELTEM[0]},
        "customer": FARMER,
        "confirmation": {"code": "4711", "phone": "05321112233"},
        "lines": [{"name": "Eski dolap", "quantity": 1, "price": 100, "vat": 0, "exemption": "351"}],
    },
}
"""What an ERP writes of each kind, but for the issuer."""


def archived(kind: str, **changed: Any) -> bytes:
    """A document of a kind of Ardıç's; None takes a member away."""
    members = {"supplier": _ISSUER, **FORMS[kind], **changed}
    return encoded({name: value for name, value in members.items() if value is not None})


def shop_sale(tax_id: str = "", **changed: Any) -> bytes:
    """A sale as a shop's ERP hands it in: without profile, to this number or to a final consumer."""
    buyer = {"tax_id": tax_id, "name": "Alıcı", **_PLACE} if tax_id else CONSUMER
    return archived("earchive_invoice", **{"profile": None, "customer": buyer, **changed})


def as_ubl(data: bytes) -> bytes:
    """The same in UBL, without number."""
    reading = read(data)
    start, end = reading.place
    return reading.body if reading.number else reading.body[:start] + reading.body[end:]
