"""Receipt advices (irsaliye yanıtı)."""

from __future__ import annotations

from typing import Final

from ulak.envelope import ElementType, EnvelopeType
from ulak.errors import Text
from ulak_server.documents.kinds.kind import Kind

__all__ = ["RECEIPT_ADVICE"]

RECEIPT_ADVICE: Final = Kind(
    name="receipt_advice",
    form="receipt_advice",
    root="ReceiptAdvice",
    label=Text("İrsaliye yanıtı", "Receipt advice"),
    service="edespatch",
    list="edespatch",
    envelope=EnvelopeType.POSTBOX,
    element=ElementType.RECEIPT_ADVICE,
    from_role="PK",
    to_role="GB",
    is_numbered=True,
    at_once=True,
    source="Entegrasyon Kılavuzu V1.10, 3.2",
)
