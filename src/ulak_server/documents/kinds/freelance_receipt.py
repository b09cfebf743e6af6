"""Receipts of self-employed persons (e-SMM)."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak_server.documents.kinds.kind import Kind

__all__ = ["FREELANCE_RECEIPT"]

FREELANCE_RECEIPT: Final = Kind(
    name="freelance_receipt",
    form="freelance_receipt",
    root="Invoice",
    label=Text("e-Serbest Meslek Makbuzu", "freelance receipt (e-SMM)"),
    service="esevoucher",
    source="e-Arşiv Kılavuzu V1.18, 3.3.6 and 7; profile and type as integrators exchange them",
    product="earsiv",
    profiles=("EARSIVBELGE",),
    types=("SERBESTMESLEKMAKBUZU",),
)
