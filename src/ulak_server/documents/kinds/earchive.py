"""e-Arşiv invoices."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak_server.documents.kinds.kind import Kind

__all__ = ["EARCHIVE", "EARCHIVE_PROFILE"]

EARCHIVE_PROFILE: Final = "EARSIVFATURA"
EARCHIVE: Final = Kind(
    name="earchive_invoice",
    form="invoice",
    root="Invoice",
    label=Text("e-Arşiv fatura", "e-Arşiv invoice"),
    service="earchive",
    list="einvoice",
    source="e-Arşiv Kılavuzu V1.18, 3.3.2 and 6",
    product="earsiv",
    profiles=(EARCHIVE_PROFILE,),
)
