"""A shop's day: what Meltem sells to people, what it buys from farmers, and Elif's receipts; by the evening GİB has it.

The shop's tills and its web shop write one CSV. Nobody says whether a sale is an e-Fatura or an e-Arşiv invoice: that
is for the platform to find out.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from tools.demo.erp import EXPORT
from tools.demo.world import ELIF, MELTEM, Firm

__all__ = ["CANCELLED", "FARMERS", "FEES", "farm_receipts", "fee_receipts", "sales"]

SALES: Final = EXPORT / "shop.csv"
CANCELLED: Final = 20
"""Sales that the buyers think better of."""
FARMERS: Final = 10
FEES: Final = 10
_ANYBODY: Final = "11111111111"
"""Stands for a buyer who gives no number (e-Arşiv Kılavuzu, 3.3.2.16)."""
_SITE: Final = "https://www.meltem.example"
_ADDRESS: Final = {"town": "Merkez", "city": "Niğde"}
_FARMER: Final = {"tax_id": "50721483392", "first_name": "Hasan", "family_name": "Toprak", "address": _ADDRESS}
_CLIENT: Final = {
    "tax_id": "4812530769",
    "name": "Ardıç Ticaret A.Ş.",
    "tax_office": "Çankaya",
    "address": {"town": "Çankaya", "city": "Ankara"},
}


def sales(today: date, path: Path = SALES) -> Iterator[bytes]:
    """The day's sales as JSON lines: rows of one slip are the lines of one invoice."""
    with path.open(encoding="utf-8", newline="") as file:
        for key, rows in groupby(csv.DictReader(file, delimiter=";"), lambda row: row["Fiş No"]):
            yield _line({"erp_key": key, "document": _sale(list(rows), today)})


def farm_receipts() -> Iterator[tuple[str, bytes]]:
    """What farmers brought: the ERP's key and the e-Müstahsil Makbuzu."""
    for number in range(1, FARMERS + 1):
        line = {"name": "Zeytin", "quantity": 200 + 35 * number, "unit": "KGM", "price": "41.50"}
        document = {
            "document": "producer_receipt",
            "supplier": _issuer(MELTEM),
            "customer": _FARMER,
            "lines": [line | {"income_withholding": 2}],
        }
        yield f"ALIM-{number:03}", _line(document)


def fee_receipts() -> Iterator[tuple[str, bytes]]:
    """What Elif Kara, a lawyer, was paid for: the key and the e-SMM."""
    for number in range(1, FEES + 1):
        line = {"name": "Hukuki danışmanlık", "fee": 4000 + 250 * number, "vat": 20, "income_withholding": 20}
        document = {"document": "freelance_receipt", "supplier": _issuer(ELIF), "customer": _CLIENT, "lines": [line]}
        yield f"DOSYA-{number:03}", _line(document)


def _sale(rows: list[dict[str, str]], today: date) -> dict[str, Any]:
    head = rows[0]
    sale: dict[str, Any] = {
        "supplier": _issuer(MELTEM),
        "customer": _buyer(head),
        "sending": head["Teslim"],
        "lines": [_item(row) for row in rows],
    }
    if head["Ödeme"]:
        sale["internet_sale"] = {
            "site": _SITE,
            "payment": head["Ödeme"],
            "paid_on": today.isoformat(),
            "shipped_on": today.isoformat(),
            "carrier": {"tax_id": head["Taşıyan VKN"], "name": head["Taşıyan"]},
        }
    return sale


def _issuer(firm: Firm) -> dict[str, Any]:
    first, family = firm.name
    who = {"first_name": first, "family_name": family} if first else {"name": firm.title}
    return {
        "tax_id": firm.number,
        **who,
        "tax_office": firm.office,
        "address": {"town": firm.town, "city": firm.city},
    }


def _buyer(head: dict[str, str]) -> dict[str, Any]:
    named = {"first_name": head["Ad"] or "Nihai", "family_name": head["Soyad"] or "Tüketici"}
    mail = {"email": head["E-posta"]} if head["E-posta"] else {}
    return {"tax_id": head["TCKN"] or _ANYBODY, **named, "address": {"city": head["İl"]}, **mail}


def _item(row: dict[str, str]) -> dict[str, Any]:
    return {
        "name": row["Ürün"],
        "quantity": row["Miktar"].replace(",", "."),
        "unit": row["Birim"],
        "price": row["Birim Fiyat"].replace(",", "."),
        "vat": row["KDV %"],
    }


def _line(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"
