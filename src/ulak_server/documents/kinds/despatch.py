"""Despatch advices (e-İrsaliye)."""

from __future__ import annotations

from typing import Final

from ulak.envelope import ElementType, EnvelopeType
from ulak.errors import Text
from ulak_server.documents.kinds.kind import Kind

__all__ = ["DESPATCH"]

DESPATCH: Final = Kind(
    name="despatch_advice",
    form="despatch_advice",
    root="DespatchAdvice",
    label=Text("e-İrsaliye", "Despatch advice"),
    service="edespatch",
    list="edespatch",
    envelope=EnvelopeType.SENDER,
    element=ElementType.DESPATCH_ADVICE,
    from_role="GB",
    to_role="PK",
    is_numbered=True,
    at_once=True,
    source="Entegrasyon Kılavuzu V1.10, 4.4.3",
)
