"""Documents made: JSON drafts as an ERP would hand them in, written as UBL-TR."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

from ulak.envelope import Party
from ulak.ubl import write_document
from ulak.ubl.documents import Document as Ubl
from ulak.ubl.forms import from_json
from ulak_center.firms import ADDRESS, firm, issued
from ulak_center.plan.candidate import Answer, Document, Sample, Taxpayer
from ulak_center.values import ISTANBUL

__all__ = ["Maker", "titled"]

_LINES: Final[Mapping[Sample, list[dict[str, object]]]] = {
    Sample.BASIC: [
        {"name": "Çelik raf", "quantity": 12, "price": "412.50", "vat": 20},
        {"name": "Bağlantı seti", "quantity": 48, "price": "18.75", "vat": 20},
    ],
    Sample.COMMERCIAL: [
        {"name": "Ofis koltuğu", "quantity": 4, "price": "2899.90", "vat": 20},
        {"name": "Kitap", "quantity": 3, "price": "145.00", "vat": 10},
    ],
    Sample.EXEMPT: [{"name": "Uluslararası taşıma", "quantity": 1, "price": "48250.00", "exemption": "311"}],
    Sample.DESPATCH: [{"name": "Çelik raf", "quantity": 12}, {"name": "Bağlantı seti", "quantity": 48}],
}
_PROFILES: Final = {
    Sample.BASIC: "TEMELFATURA",
    Sample.COMMERCIAL: "TICARIFATURA",
    Sample.EXEMPT: "TEMELFATURA",
    Sample.DESPATCH: "TEMELIRSALIYE",
}


class Maker:
    """Makes documents with ETTNs and numbers that are not used twice.

    Args:
        now: the time, aware.
        chance: gives ETTNs, and where the numbers begin, so that two runs against one center do not clash.
        series: the first three letters of numbers.
    """

    def __init__(self, now: Callable[[], datetime], chance: random.Random, series: str = "KRM") -> None:
        self._now, self._chance, self._series = now, chance, series
        self._next = chance.randrange(1, 900_000_000)

    def new_id(self) -> str:
        """An unused UUID."""
        return str(UUID(int=self._chance.getrandbits(128), version=4))

    def document(self, what: Sample, sender: Party, receiver: Party) -> tuple[Document, bytes]:
        """An invoice or a despatch advice, not sealed."""
        draft = self._draft(_PROFILES[what], sender, receiver) | {"lines": _LINES[what]}
        if what is Sample.DESPATCH:
            draft = self._despatch(draft)
        return Document(draft["uuid"], draft["number"]), _written(draft)

    def answer(self, answer: Answer, reason: str, ettn: str, issued: str, sender: Party, receiver: Party) -> bytes:
        """The answer to a commercial invoice, not sealed."""
        draft = self._draft("", sender, receiver)
        parties = {"sender": draft.pop("supplier"), "receiver": draft.pop("customer")}
        said = {"document": "application_response", "answer": answer.value, "invoice": {"uuid": ettn, "date": issued}}
        return _written({**draft, **said, **parties} | ({"reason": reason} if reason else {}))

    def _draft(self, profile: str, sender: Party, receiver: Party) -> dict[str, Any]:
        # A document dated in the very second of sending is of tomorrow for a receiver whose clock is behind.
        at = (self._now() - timedelta(minutes=1)).astimezone(ISTANBUL)
        self._next += 1
        draft: dict[str, Any] = {
            **issued(f"{self._series}{at.year}{self._next:09}", self.new_id(), at),
            "supplier": firm(sender),
            "customer": firm(receiver),
        }
        return draft | ({"profile": profile} if profile else {})

    @staticmethod
    def _despatch(draft: dict[str, Any]) -> dict[str, Any]:
        return draft | {
            "document": "despatch_advice",
            "despatch_date": draft["date"],
            "despatch_time": draft["time"],
            "delivery_address": ADDRESS,
            "plate": "06KRM406",
            "drivers": [{"first_name": "Veli", "family_name": "Demir", "tckn": "50721483392"}],
        }


def titled(taxpayer: Taxpayer, alias: str) -> Party:
    """A taxpayer at one of its aliases."""
    return Party(alias, taxpayer.number, taxpayer.title)


def _written(draft: dict[str, Any]) -> bytes:
    return write_document(cast(Ubl, from_json(draft)))
