"""Ordinary invoices of any length, as a caller would send them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

__all__ = ["NOW", "invoice_json"]

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
_GOODS = ("Defter", "Kurşun kalem", "Silgi", "Cetvel", "Dosya", "Zımba", "Makas", "Yapıştırıcı", "Zarf", "Kâğıt")


def invoice_json(lines: int) -> dict[str, Any]:
    """A TEMELFATURA of that many lines, with discounts and two VAT rates, as friendly JSON."""
    return {
        "profile": "TEMELFATURA",
        "number": "ULK2026000000017",
        "uuid": "3f6c0c5e-6a5b-4a0e-9f0f-0d1c7b7f2a11",
        "date": "2026-11-20",
        "time": "09:30:00",
        "supplier": {
            "tax_id": "4812530769",
            "name": "Ardıç Ticaret A.Ş.",
            "tax_office": "Çankaya",
            "address": {"street": "Bahar Sokak", "number": "7", "town": "Çankaya", "city": "Ankara"},
            "email": "muhasebe@ardic.example",
        },
        "customer": {
            "tax_id": "7359021640",
            "name": "Meltem Gıda Ltd. Şti.",
            "tax_office": "Kadıköy",
            "address": {"street": "Yosun Caddesi", "number": "42", "town": "Kadıköy", "city": "İstanbul"},
        },
        "notes": ["Teşekkür ederiz."],
        "lines": [_line(index) for index in range(lines)],
    }


def _line(index: int) -> dict[str, Any]:
    line: dict[str, Any] = {
        "name": f"{_GOODS[index % len(_GOODS)]} {index + 1}",
        "quantity": 1 + index % 7,
        "price": f"{10 + index % 90}.{index % 10}5",
        "vat": 20 if index % 3 else 10,
    }
    return {**line, "code": f"SKU-{index:05}"}
