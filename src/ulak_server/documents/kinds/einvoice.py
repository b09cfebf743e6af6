"""e-Fatura invoices."""

from __future__ import annotations

from typing import Final

from ulak.envelope import ElementType, EnvelopeType
from ulak.errors import Text
from ulak_server.documents.kinds.kind import Kind

__all__ = ["EINVOICE"]

EINVOICE: Final = Kind(
    name="invoice",
    form="invoice",
    root="Invoice",
    label=Text("e-Fatura", "e-Fatura invoice"),
    service="einvoice",
    list="einvoice",
    envelope=EnvelopeType.SENDER,
    element=ElementType.INVOICE,
    from_role="GB",
    to_role="PK",
    is_numbered=True,
    at_once=False,
    source="Entegrasyon Kılavuzu V1.10, 3.1",
)
