"""The documents that GİB's own ends make: UBL-TR of ordinary content, not sealed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple, cast

from ulak.envelope import Party
from ulak.errors import UlakError
from ulak.ubl import read_document, write_document
from ulak.ubl.documents import Document as Ubl
from ulak.ubl.forms import from_json, to_json
from ulak_center.ends.problems import end_error
from ulak_center.firms import ADDRESS, firm, issued
from ulak_center.values import CUSTOMS

__all__ = [
    "CUSTOMS_PARTY",
    "DESPATCHES",
    "INVOICES",
    "Named",
    "ReceivedLine",
    "answer_to",
    "draft_of",
    "lifted",
    "receipt_of",
    "varied",
    "written",
]

INVOICES: Final = ("TEMELFATURA", "TICARIFATURA")
DESPATCHES: Final = ("TEMELIRSALIYE",)
_NEEDED: Final = ("number", "date", "supplier", "lines")
"""What an answer takes of the document that it is about."""
_GOODS: Final = (
    {"name": "Çelik raf", "quantity": 12, "price": "412.50", "vat": 20},
    {"name": "Bağlantı seti", "quantity": 48, "price": "18.75", "vat": 20},
)
_SENT_GOODS: Final = ({"name": "Çelik raf", "quantity": 12}, {"name": "Bağlantı seti", "quantity": 48})
CUSTOMS_PARTY: Final[Mapping[str, Any]] = {
    "tax_id": CUSTOMS,
    "name": "GÜMRÜK VE TİCARET BAKANLIĞI BİLGİ İŞLEM DAİRESİ BAŞKANLIĞI",
    "tax_office": "Ulus",
    "address": {
        "street": "Üniversiteler Mahallesi Dumlupınar Bulvarı",
        "number": "151",
        "town": "Çankaya",
        "city": "Ankara",
    },
}
"""Customs as a party (Gümrük İşlemleri Kılavuzu V1.8, 3.2)."""


class Named(NamedTuple):
    """What a document is called."""

    ettn: str
    number: str


class ReceivedLine(NamedTuple):
    """What came of a line of a despatch advice.

    Attributes:
        position: from 1.
        received, rejected: in the line's own unit; what is neither is missing.
        reason: of the rejection.
    """

    position: int
    received: Decimal
    rejected: Decimal = Decimal(0)
    reason: str = ""


def draft_of(
    profile: str, named: Named, sender: Party, receiver: Party, at: datetime, more: Mapping[str, Any] | None = None
) -> bytes:
    """An invoice or a despatch advice, by its profile.

    Args:
        more: members of the JSON form (docs/json.md) that replace or add to the usual ones.

    Raises:
        JsonError, TotalsError: ``more`` makes no document.
    """
    draft: dict[str, Any] = {
        "profile": profile,
        **issued(named.number, named.ettn, at),
        "supplier": firm(sender),
        "customer": firm(receiver),
        "lines": list(_GOODS),
    }
    if profile in DESPATCHES:
        draft |= {
            "document": "despatch_advice",
            "despatch_date": draft["date"],
            "despatch_time": draft["time"],
            "delivery_address": ADDRESS,
            "plate": "06PRT406",
            "drivers": [{"first_name": "Veli", "family_name": "Demir", "tckn": "50721483392"}],
            "lines": list(_SENT_GOODS),
        }
    return written({**draft, **(more or {})})


def varied(template: bytes, old: Named, names: Sequence[Named]) -> Iterator[bytes]:
    """The same document under other names; ETTN and number stand in it wherever they are referred to."""
    for named in names:
        renamed = template.replace(old.ettn.encode(), named.ettn.encode())
        yield renamed.replace(old.number.encode(), named.number.encode())


def lifted(data: bytes, ettn: str) -> dict[str, Any]:
    """A document that came, in its JSON form.

    Raises:
        CenterError: ``center.unreadable``.
    """
    try:
        form: dict[str, Any] = json.loads(to_json(read_document(data)))
    except UlakError as fault:
        raise end_error("center.unreadable", ettn=ettn, detail=fault.text) from None
    missing = [name for name in _NEEDED if not form.get(name)]
    if missing:
        raise end_error("center.unreadable", ettn=ettn, detail=", ".join(missing))
    return form


def answer_to(
    form: Mapping[str, Any], ettn: str, answer: str, reason: str, named: Named, at: datetime, /, **more: Any
) -> bytes:
    """The answer to an invoice.

    Args:
        form: the invoice's JSON form.
        more: members that replace or add to the usual ones.
    """
    draft = {
        "document": "application_response",
        **issued(named.number, named.ettn, at),
        "answer": answer,
        "reason": reason,
        "notes": [reason] if reason else [],
        "invoice": {"uuid": ettn, "date": form["date"]},
        "sender": form.get("customer", CUSTOMS_PARTY),
        "receiver": form["supplier"],
    }
    return written({**draft, **more})


def receipt_of(
    despatch: Mapping[str, Any],
    ettn: str,
    lines: Sequence[ReceivedLine] | None,
    reason: str,
    named: Named,
    at: datetime,
) -> bytes:
    """The receipt of a despatch advice.

    Args:
        despatch: its JSON form.
        lines: what came; None if all did. With ``reason`` and no lines, nothing was accepted.

    Raises:
        CenterError: ``center.lines``.
    """
    itself = issued(named.number, named.ettn, at)
    came = _came(despatch["lines"], lines, reason)
    return written(
        {
            "document": "receipt_advice",
            "profile": despatch.get("profile", DESPATCHES[0]),
            **itself,
            "notes": [reason] if reason else [],
            "despatch": {"uuid": ettn, "number": despatch["number"], "date": despatch["date"]},
            "customer": despatch["customer"],
            "supplier": despatch["supplier"],
            "delivery_date": itself["date"],
            "delivery_time": itself["time"],
            "lines": came,
        }
    )


def _came(sent: Sequence[Mapping[str, Any]], lines: Sequence[ReceivedLine] | None, reason: str) -> list[dict[str, Any]]:
    if lines is None:
        lines = [
            ReceivedLine(at, Decimal(0), _quantity(line), reason) if reason else ReceivedLine(at, _quantity(line))
            for at, line in enumerate(sent, start=1)
        ]
    return [_received(sent, line) for line in lines]


def _received(sent: Sequence[Mapping[str, Any]], line: ReceivedLine) -> dict[str, Any]:
    quantities = (line.received, line.rejected)
    if not 1 <= line.position <= len(sent) or not all(one.is_finite() and one >= 0 for one in quantities):
        raise end_error("center.lines", position=line.position)
    of = sent[line.position - 1]
    missing = _quantity(of) - line.received - line.rejected
    came: dict[str, Any] = {
        "name": of.get("name", "-"),
        "received": str(line.received),
        "unit": of.get("unit", "C62"),
        "despatch_line": str(of.get("id", line.position)),
    }
    if line.rejected:
        came |= {"rejected": str(line.rejected), "reject_reason": line.reason or "-"}
    if missing > 0:
        came["short"] = str(missing)
    elif missing < 0:
        came["oversupply"] = str(-missing)
    return came


def _quantity(line: Mapping[str, Any]) -> Decimal:
    return Decimal(str(line.get("quantity", 1)))


def written(draft: Mapping[str, Any]) -> bytes:
    """The UBL of a JSON form."""
    return write_document(cast(Ubl, from_json(draft)))
