"""Parties of documents that are made up: by GİB's own ends, and by the gateway that the test plan can be tried with."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from ulak.envelope import Party
from ulak_center.values import ISTANBUL

__all__ = ["ADDRESS", "firm", "issued"]

ADDRESS: Final = {
    "street": "Deneme Sokağı",
    "number": "1",
    "town": "Çankaya",
    "city": "Ankara",
    "postal_code": "06420",
}
_TCKN: Final = 11
"""Digits."""


def firm(party: Party) -> dict[str, Any]:
    """A party of a draft: a firm has a title, a person two names."""
    common = {"tax_id": party.number, "tax_office": "Çankaya", "address": ADDRESS}
    if len(party.number) != _TCKN:
        return common | {"name": party.title or party.number}
    first, _, last = (party.title or "Deneme Kişi").rpartition(" ")
    return common | {"first_name": first or last, "family_name": last}


def issued(number: str, ettn: str, at: datetime) -> dict[str, Any]:
    """What a draft says of itself: number, ETTN, and when it was issued, in Istanbul's time."""
    local = at.astimezone(ISTANBUL)
    return {
        "number": number,
        "uuid": ettn,
        "date": local.date().isoformat(),
        "time": local.time().isoformat("seconds"),
    }
