"""What is special about a shop's sales: buyers who give no number, and sales over the internet."""

from __future__ import annotations

from typing import Any, Final

from ulak.codes.identifiers import FINAL_CONSUMER
from ulak_server import clock

__all__ = ["as_sale"]

_NOBODY: Final = {"first_name": "NİHAİ", "family_name": "TÜKETİCİ"}
_UNDATED: Final = ("KAPIDAODEME", "DIGER")
"""Ways of payment that need no day (e-Arşiv Kılavuzu V1.18, 3.3.2.17)."""


def as_sale(document: dict[str, Any]) -> None:
    """Fill in what a sheet of sales leaves open.

    A buyer without a number is a final consumer, with the names that the sheet has. Days that a sale over the internet
    leaves open are the day of the sale; its site is the taxpayer's.
    """
    customer = document.setdefault("customer", {})
    if not customer.get("tax_id"):
        customer["tax_id"] = FINAL_CONSUMER
        name = customer.pop("name", "")
        if "first_name" not in customer:
            customer |= _names(name)
    if sale := document.get("internet_sale"):
        _complete(sale, document)


def _names(name: str) -> dict[str, str]:
    first, _, family = name.rpartition(" ")
    return {"first_name": first or family, "family_name": family} if family else dict(_NOBODY)


def _complete(sale: dict[str, Any], document: dict[str, Any]) -> None:
    day = document.get("date") or clock.today().isoformat()
    site = document["supplier"].get("website")
    if site:
        sale.setdefault("site", site)
    sale.setdefault("shipped_on", day)
    if not str(sale.get("payment", "")).startswith(_UNDATED):
        sale.setdefault("paid_on", day)
