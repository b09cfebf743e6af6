"""Friendly JSON read: it is built to UBL once and never parsed again."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, cast
from uuid import UUID, uuid4

from ulak.ubl.documents import Document, write_document
from ulak.ubl.forms import from_json
from ulak.ubl.values import Identifier
from ulak_server import clock
from ulak_server.documents.kinds import KINDS, Kind
from ulak_server.documents.models import Form
from ulak_server.documents.readings import (
    LONGEST_NAME,
    LONGEST_TITLE,
    SCHEMES,
    Reading,
    allowed_kind,
    built_vat,
    date_of,
    ettn_of,
    number_of,
    numbered,
    open_place,
    sum_of,
)

__all__ = ["read_json"]

_UNNUMBERED: Final = secrets.token_hex(8)
"""Stands for a number until it is known which series gives it; nobody outside of this process can write it."""
_KNOWN: Final = tuple(KINDS)
_PARTIES: Final = {
    "invoice": ("accounting_supplier_party", "accounting_customer_party"),
    "despatch_advice": ("despatch_supplier_party", "delivery_customer_party"),
    "receipt_advice": ("delivery_customer_party", "despatch_supplier_party"),
}


def read_json(data: bytes, kinds: Sequence[str], ettn: UUID | None) -> Reading:
    now = clock.now().astimezone(clock.ISTANBUL)
    data = data.removeprefix(b"\xef\xbb\xbf")
    component: Any = from_json(data, kinds=_KNOWN, now=now, new_uuid=lambda: str(ettn or uuid4()), number=_UNNUMBERED)
    kind = allowed_kind(type(component).__name__, kinds)
    body = write_document(cast(Document, component))
    stated = str(component.id)
    number, prefix = number_of(kind, "" if stated == _UNNUMBERED else stated, str(component.uuid))
    start = body.find(_UNNUMBERED.encode()) if stated == _UNNUMBERED else -1
    issuer, partner = _built_parties(kind, component)
    reading = Reading(
        kind,
        Form.UBL,
        body,
        ettn_of(component.uuid, "/uuid"),
        number,
        prefix,
        (start, start + len(_UNNUMBERED)) if start >= 0 or number else open_place(body, kind)[1],
        date_of(component.issue_date, "/date"),
        str(component.profile_id or "")[:LONGEST_NAME],
        str(getattr(component, f"{kind.name}_type_code", None) or "")[:LONGEST_NAME],
        _built_number(issuer),
        _built_number(partner),
        _built_title(partner),
        *_built_sum(component),
        component=component,
        vat=built_vat(component),
    )
    return reading if number == stated or not number else reading._replace(body=numbered(reading, number))


def _built_parties(kind: Kind, component: Any) -> tuple[Any, Any]:
    if kind.name == "application_response":
        return component.sender_party, component.receiver_party
    issuer, partner = _PARTIES[kind.name]
    found = (getattr(component, issuer), getattr(component, partner))
    return found[0] and found[0].party, found[1] and found[1].party


def _built_number(party: Any) -> str:
    for one in party.party_identification if party else ():
        if isinstance(one.id, Identifier) and one.id.scheme_id in SCHEMES:
            return one.id.value[:11]
    return ""


def _built_title(party: Any) -> str:
    if party and party.party_name and party.party_name.name is not None:
        return str(party.party_name.name)[:LONGEST_TITLE]
    person = party and party.person
    return f"{person.first_name or ''} {person.family_name or ''}".strip()[:LONGEST_TITLE] if person else ""


def _built_sum(component: Any) -> tuple[str, Decimal | None]:
    total = getattr(component, "legal_monetary_total", None)
    amount = total.payable_amount if total else None
    currency = str(getattr(component, "document_currency_code", None) or "")[:3]
    return currency, sum_of(amount.value) if amount else None
