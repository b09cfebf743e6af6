"""Expense notes (e-Gider Pusulası): whoever buys from, or takes back from, a person without documents issues them."""

from __future__ import annotations

from typing import Final

from ulak.errors import Text
from ulak_server.documents.kinds.kind import Kind

__all__ = ["EXPENSE_NOTE"]

EXPENSE_NOTE: Final = Kind(
    name="expense_note",
    form="expense_note",
    root="CreditNote",
    label=Text("e-Gider Pusulası", "expense note (e-Gider Pusulası)"),
    service="erreceipt",
    source="e-Gider Pusulası Paketi V1.0",
    product="egider",
    profiles=("GIDERPUSULASI",),
)
