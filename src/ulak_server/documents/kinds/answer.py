"""Application responses to invoices: KABUL, RED, IADE (uygulama yanıtı)."""

from __future__ import annotations

from typing import Final

from ulak.envelope import ElementType, EnvelopeType
from ulak.errors import Text
from ulak_server.documents.kinds.kind import Kind

__all__ = ["ANSWER"]

ANSWER: Final = Kind(
    name="application_response",
    form="application_response",
    root="ApplicationResponse",
    label=Text("Uygulama yanıtı", "Application response"),
    service="einvoice",
    list="einvoice",
    envelope=EnvelopeType.POSTBOX,
    element=ElementType.APPLICATION_RESPONSE,
    from_role="PK",
    to_role="GB",
    is_numbered=False,
    at_once=True,
    source="Uygulama Yanıtı kılavuzu, 2.3.5; Entegrasyon Kılavuzu V1.10, 3.2",
)
