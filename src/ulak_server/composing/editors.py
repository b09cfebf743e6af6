"""What differs between the editors, as values: which document each writes, and what its lines are made of."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from ulak.errors import Text

__all__ = ["EDITORS", "Editor"]


class Editor(NamedTuple):
    """One editor.

    Attributes:
        kind: ``document`` of the friendly JSON that it writes.
        title: what it writes.
        service: of GİB's that a taxpayer has who writes it; of invoices, the one without which nothing is sent.
        price: the member of a line without which it costs nothing yet; empty where nothing is reckoned.
        wanted: members that every line needs.
        usual: what the first line of a new document holds; ``vat`` is the law's highest rate of the day.
        profile, type: where the document has no choice of them.
        has_profile: whether the friendly JSON says the profile.
        is_listed: whether its receiver is looked up in GİB's list.
        deducts: whether every tax of it is kept back from the other side (e-MM kılavuzu V1.1, 2.3.17).
    """

    kind: str
    title: Text
    service: str
    price: str
    wanted: tuple[str, ...]
    usual: Mapping[str, str]
    profile: str = ""
    type: str = ""
    has_profile: bool = False
    is_listed: bool = False
    deducts: bool = False


EDITORS: Final[Mapping[str, Editor]] = MappingProxyType(
    {
        one.kind: one
        for one in (
            Editor(
                "invoice",
                Text("Fatura", "Invoice"),
                "einvoice",
                "price",
                ("name", "price"),
                {"quantity": "1", "unit": "C62", "vat": ""},
                has_profile=True,
                is_listed=True,
            ),
            Editor(
                "despatch_advice",
                Text("İrsaliye", "Despatch advice"),
                "edespatch",
                "",
                ("name", "quantity"),
                {"quantity": "1", "unit": "C62"},
                has_profile=True,
                is_listed=True,
            ),
            Editor(
                "freelance_receipt",
                Text("Serbest meslek makbuzu", "Freelance receipt"),
                "esevoucher",
                "fee",
                ("name", "fee"),
                # Gelir Vergisi Kanunu 94/2-b; a client who withholds nothing is told apart by `sense`.
                {"vat": "", "income_withholding": "20"},
                "EARSIVBELGE",
                "SERBESTMESLEKMAKBUZU",
            ),
            Editor(
                "producer_receipt",
                Text("Müstahsil makbuzu", "Producer receipt"),
                "epreceipt",
                "price",
                ("name", "quantity", "price", "income_withholding"),
                {"unit": "KGM"},
                "EARSIVBELGE",
                "MUSTAHSILMAKBUZ",
                deducts=True,
            ),
            Editor(
                "expense_note",
                Text("Gider pusulası", "Expense note"),
                "erreceipt",
                "price",
                ("name", "price"),
                {"quantity": "1", "unit": "C62"},
                "GIDERPUSULASI",
            ),
        )
    }
)
"""By the value of the member ``document``."""
