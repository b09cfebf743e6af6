"""Answers to what came in, and returns of it, written in the friendly form from the incoming document itself.

Sources: Ticari Fatura Senaryosu; UBL-TR İrsaliye Yanıtı V1.0 (quantities of lines); Schematron 20260312,
``InvoiceTypeCodeCheck`` (profiles that may be returned) and ``IADEInvioceCheck``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import msgspec

from ulak.ubl.documents import read_document
from ulak.ubl.forms import to_json
from ulak_server.exchange.inbound.problems import inbound_error

__all__ = ["may_return", "receipt", "response", "returned"]

_ZERO: Final = Decimal(0)
_QUANTITIES: Final = ("received", "rejected", "short", "oversupply")
_RETURNED_AS_IS: Final = frozenset({"ILAC_TIBBICIHAZ", "YATIRIMTESVIK", "IDIS"})
"""Profiles whose returns keep the profile; those of all others are TEMELFATURA."""
_ABROAD: Final = frozenset({"IHRACAT", "YOLCUBERABERFATURA"})
_RETURNABLE: Final = frozenset({"SATIS", "TEVKIFAT", "ISTISNA", "OZELMATRAH", "IHRACKAYITLI", "KONAKLAMAVERGISI"})
_OF_LINE: Final = frozenset(
    {
        "name",
        "description",
        "code",
        "buyer_code",
        "manufacturer_code",
        "brand",
        "model",
        "ids",
        "quantity",
        "unit",
        "price",
        "discounts",
        "charges",
        "vat",
        "withholding",
        "exemption",
        "exemption_reason",
        "vat_base",
        "withholding_percent",
        "origin",
        "classification",
        "taxes",
        "serial",
        "trace_id",
    }
)
_OF_RETURN: Final = ("currency", "exchange_rate", "exchange_date", "incentive")
_OF_WHOLE: Final = ("discounts", "charges")
"""What was taken off the whole invoice, or put on it, comes back with what it was for."""
_OF_RECEIPT: Final = frozenset({"document", "profile", "despatch", "customer", "supplier", "lines"})


def response(body: bytes, code: str, reason: str) -> bytes:
    """The application response to an invoice, as friendly JSON.

    Args:
        body: of the invoice, as it came.
        code: KABUL, RED or IADE.
    """
    invoice = _friendly(body)
    return _written(
        {
            "document": "application_response",
            "answer": code,
            "reason": reason,
            "invoice": {"uuid": invoice["uuid"], "date": invoice["date"]},
            "sender": invoice["customer"],
            "receiver": invoice["supplier"],
        }
    )


# -- receipts ----------------------------------------------------------------------------------------------------------


def receipt(body: bytes, given: Mapping[str, Any]) -> bytes:
    """The receipt advice to a despatch advice, as friendly JSON.

    Args:
        body: of the despatch advice, as it came.
        given: what differs from "all of it was received": fields of the friendly receipt advice; its ``lines`` name
            their ``despatch_line``, those that are not named were received whole.

    Raises:
        InboundError: ``inbound.receipt-line``, ``inbound.receipt-quantity``, with the JSON pointer.
    """
    despatch = _friendly(body)
    own = {name: value for name, value in given.items() if name not in _OF_RECEIPT}
    answered = {"uuid": despatch["uuid"], "date": despatch["date"], "number": despatch["number"]}
    return _written(
        {
            "document": "receipt_advice",
            "profile": despatch.get("profile", "TEMELIRSALIYE"),
            "despatch": answered,
            "customer": despatch["customer"],
            "supplier": despatch["supplier"],
            **own,
            "lines": _receipt_lines(despatch["lines"], given.get("lines", ())),
        }
    )


def _receipt_lines(despatched: Sequence[Mapping[str, Any]], given: Any) -> list[dict[str, Any]]:
    ids = [str(line.get("id") or place) for place, line in enumerate(despatched, 1)]
    said: dict[str, tuple[int, Mapping[str, Any]]] = {}
    for place, line in enumerate(given if isinstance(given, Sequence) and not isinstance(given, str) else (given,)):
        about = str(line.get("despatch_line", place + 1)) if isinstance(line, Mapping) else str(line)
        if about not in ids or about in said or not isinstance(line, Mapping):
            raise inbound_error("inbound.receipt-line", where=f"/lines/{place}/despatch_line", id=about[:50])
        said[about] = place, line
    return [_receipt_line(id, line, *said.get(id, (0, {}))) for id, line in zip(ids, despatched, strict=True)]


def _receipt_line(id: str, despatched: Mapping[str, Any], place: int, given: Mapping[str, Any]) -> dict[str, Any]:
    delivered = Decimal(str(despatched.get("quantity", 0)))
    stated = {name: _quantity(given[name], f"/lines/{place}/{name}") for name in _QUANTITIES if name in given}
    rejected, short, over = (stated.get(name, _ZERO) for name in _QUANTITIES[1:])
    received = stated.get("received", delivered - rejected - short)
    if received < 0 or received + rejected + short not in (delivered, delivered + over):
        facts = {"received": received, "rejected": rejected, "short": short, "delivered": delivered}
        raise inbound_error("inbound.receipt-quantity", where=f"/lines/{place}/received", id=id, **facts)
    kept = {name: value for name, value in despatched.items() if name in ("name", "code", "unit", "description")}
    own = {name: value for name, value in given.items() if name not in _QUANTITIES}
    return {**kept, **own, "despatch_line": id, **stated, "received": received}


def _quantity(value: Any, where: str) -> Decimal:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0:
        raise inbound_error("inbound.quantity", where=where, value=str(value)[:50])
    return found


# -- returns -----------------------------------------------------------------------------------------------------------


def may_return(type_code: str, profile: str) -> bool:
    """Whether an invoice of that type and profile is returned by an invoice (IADE).

    >>> may_return("SATIS", "TICARIFATURA"), may_return("IADE", "TEMELFATURA")
    (True, False)
    """
    return type_code in _RETURNABLE and profile not in _ABROAD


def returned(body: bytes, lines: Sequence[Mapping[str, Any]] | None = None, reason: str = "") -> bytes:
    """The invoice that returns what an incoming one sold, as friendly JSON without number, date and ETTN.

    Args:
        body: of the incoming invoice, as it came.
        lines: which lines, and how much of each: ``{"line": "2", "quantity": 3}``; None: everything.

    Raises:
        InboundError: ``inbound.not-returnable``, ``inbound.return-line``.
    """
    invoice = _friendly(body)
    kind, profile = invoice.get("type", "SATIS"), invoice.get("profile", "")
    if invoice.get("document", "invoice") != "invoice" or not may_return(kind, profile):
        raise inbound_error("inbound.not-returnable", type=f"{profile} {kind}"[:50])
    said = f"{invoice['date']} {invoice['number']} {invoice['uuid']}"
    made: dict[str, Any] = {
        "document": "invoice",
        "profile": profile if profile in _RETURNED_AS_IS else "TEMELFATURA",
        "supplier": invoice["customer"],
        "customer": invoice["supplier"],
        "returns": [{"number": invoice["number"], "date": invoice["date"]}],
        "notes": [note for note in (f"İade edilen fatura: {said}", reason) if note],
        "lines": _returned_lines(invoice["lines"], lines),
    }
    kept: dict[str, Any] = {name: invoice[name] for name in _OF_RETURN if name in invoice}
    share = _part(invoice["lines"], made["lines"]) if lines is not None else Decimal(1)
    whole: dict[str, Any] = {
        name: [_share(one, share) for one in invoice[name]] for name in _OF_WHOLE if name in invoice
    }
    return _written({**made, **kept, **whole})


def _part(sold: Sequence[Mapping[str, Any]], back: Sequence[Mapping[str, Any]]) -> Decimal:
    """How much of what was sold comes back, by the lines' worth: as what was taken off the whole was shared out."""
    all, part = sum(map(_worth, sold), _ZERO), sum(map(_worth, back), _ZERO)
    return min(part / all, Decimal(1)) if all else Decimal(1)


def _worth(line: Mapping[str, Any]) -> Decimal:
    worth = Decimal(str(line.get("quantity", 1))) * Decimal(str(line.get("price", 0)))
    for sign, name in ((-1, "discounts"), (1, "charges")):
        for one in line.get(name, ()):
            worth += sign * (
                Decimal(str(one["amount"])) if "amount" in one else worth * Decimal(str(one["percent"])) / 100
            )
    return worth


def _returned_lines(sold: Sequence[Mapping[str, Any]], wanted: Any) -> list[dict[str, Any]]:
    by_id = {str(line.get("id") or place): line for place, line in enumerate(sold, 1)}
    if wanted is None:
        return [_returned_line(line, None) for line in by_id.values()]
    made = []
    for place, one in enumerate(wanted):
        line = by_id.pop(str(one.get("line", "")), None)
        if line is None:
            raise inbound_error("inbound.return-line", where=f"/lines/{place}/line", id=str(one.get("line", ""))[:50])
        made.append(_returned_line(line, one.get("quantity"), f"/lines/{place}/quantity"))
    if not made:
        raise inbound_error("inbound.return-line", where="/lines", id="")
    return made


def _returned_line(line: Mapping[str, Any], quantity: Any, where: str = "") -> dict[str, Any]:
    kept = {name: value for name, value in line.items() if name in _OF_LINE}
    sold = Decimal(str(line.get("quantity", 1)))
    withheld = {"original_quantity": sold} if "withholding" in kept else {}
    if quantity is None:
        return {**kept, **withheld}
    back = _quantity(quantity, where)
    if not 0 < back <= sold:
        raise inbound_error("inbound.quantity", where=where, value=str(quantity)[:50])
    # What was stated as a sum belongs to the whole quantity.
    for name in ("discounts", "charges", "taxes"):
        if name in kept:
            kept[name] = [_share(one, back / sold) for one in kept[name]]
    return {**kept, **withheld, "quantity": back}


def _share(stated: Mapping[str, Any], share: Decimal) -> dict[str, Any]:
    if "amount" not in stated or "percent" in stated:
        return dict(stated)
    amount = (Decimal(str(stated["amount"])) * share).quantize(Decimal("0.01"))
    return {**stated, "amount": amount}


# -- both --------------------------------------------------------------------------------------------------------------


def _friendly(body: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_json(read_document(body)), parse_float=Decimal)
    return found


def _written(draft: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode(draft)
