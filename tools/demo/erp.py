"""A small ERP: it reads its exports and hands them to the platform as the platform's API wants them.

Ardıç's ERP writes JSON lines; Meltem's writes a CSV with one row for each item, as spreadsheets have it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, Final

__all__ = ["EXPORT", "csv_lines", "despatches"]

EXPORT: Final = Path(__file__).parents[2] / "examples" / "erp"
_MELTEM: Final[Mapping[str, Any]] = {
    "tax_id": "7359021640",
    "name": "Meltem Gıda Ltd. Şti.",
    "tax_office": "Kadıköy",
    "address": {"street": "Yosun Caddesi", "number": "42", "town": "Kadıköy", "city": "İstanbul"},
}


def csv_lines(path: Path) -> Iterator[bytes]:
    """A CSV export as JSON lines: rows of one record number are the lines of one invoice."""
    with path.open(encoding="utf-8", newline="") as file:
        for key, rows in groupby(csv.DictReader(file, delimiter=";"), lambda row: row["Kayıt No"]):
            item = {"erp_key": key, "document": _invoice(list(rows))}
            yield json.dumps(item, ensure_ascii=False).encode() + b"\n"


def _invoice(rows: list[dict[str, str]]) -> dict[str, Any]:
    head = rows[0]
    return {
        "profile": head["Senaryo"],
        "supplier": _MELTEM,
        "customer": {
            "tax_id": head["Alıcı VKN"],
            "name": head["Alıcı Unvanı"],
            "tax_office": head["Vergi Dairesi"],
            "address": {"town": head["İlçe"], "city": head["İl"]},
        },
        "lines": [
            {
                "name": row["Ürün"],
                "quantity": row["Miktar"].replace(",", "."),
                "unit": row["Birim"],
                "price": row["Birim Fiyat"].replace(",", "."),
                "vat": row["KDV %"],
            }
            for row in rows
        ],
    }


def despatches() -> Iterator[tuple[str, bytes]]:
    """Despatch advices, a file each: the ERP's key and the document."""
    for path in sorted((EXPORT / "despatches").glob("*.json")):
        yield path.stem, path.read_bytes()
