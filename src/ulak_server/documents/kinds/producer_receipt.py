"""Receipts for producers (e-MM): whoever buys from a farmer issues them."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak_server.documents.kinds.kind import Kind

__all__ = ["PRODUCER_RECEIPT"]

PRODUCER_RECEIPT: Final = Kind(
    name="producer_receipt",
    form="producer_receipt",
    root="CreditNote",
    label=Text("e-Müstahsil Makbuzu", "producer receipt (e-MM)"),
    service="epreceipt",
    source="UBL-TR Müstahsil Makbuzu Kılavuzu V1.1, 2; e-Arşiv Kılavuzu V1.18, 8",
    product="earsiv",
    profiles=("EARSIVBELGE",),
    types=("MUSTAHSILMAKBUZ", ""),
)
