"""Kinds of designs, and the documents that wear them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ulak.errors import Text

__all__ = ["KINDS", "WORN_BY"]

KINDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "invoice": Text("Fatura", "Invoice"),
        "despatch": Text("İrsaliye", "Despatch advice"),
        "receipt": Text("İrsaliye yanıtı", "Receipt advice"),
        "answer": Text("Uygulama yanıtı", "Application response"),
        "freelance": Text("Serbest meslek makbuzu", "Freelance receipt"),
        "producer": Text("Müstahsil makbuzu", "Producer receipt"),
        "expense": Text("Gider pusulası", "Expense note"),
    }
)
"""As `ulak.render.stylesheet` names them."""
WORN_BY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "invoice": "invoice",
        "earchive_invoice": "invoice",
        "freelance_receipt": "freelance",
        "producer_receipt": "producer",
        "expense_note": "expense",
        "despatch_advice": "despatch",
        "receipt_advice": "receipt",
        "application_response": "answer",
    }
)
"""The kind of design of each kind of document (`ulak_server.documents.kinds`)."""
