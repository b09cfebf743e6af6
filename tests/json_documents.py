"""Friendly documents that several test files start from."""

from __future__ import annotations

from typing import Any

from ulak.ubl.components import Invoice
from ulak.ubl.forms import from_json

UUID = "f47ac10b-58cc-4372-a567-0e02b2c3d479"


def invoice(*lines: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A small invoice; ``more`` replaces or adds members."""
    return {
        "number": "ABC2026000000001",
        "uuid": UUID,
        "date": "2026-11-02",
        "supplier": {"tax_id": "4812530769", "name": "Ardıç A.Ş.", "address": {"town": "Çankaya", "city": "Ankara"}},
        "customer": {"tax_id": "7359021640", "name": "Meltem Ltd.", "address": {"town": "Konak", "city": "İzmir"}},
        "lines": [{"name": "Mal", "price": 100, "vat": 20, **line} for line in lines or ({},)],
        **more,
    }


def built(*lines: dict[str, Any], **more: Any) -> Invoice:
    """That invoice in UBL."""
    made = from_json(invoice(*lines, **more))
    assert isinstance(made, Invoice)
    return made
