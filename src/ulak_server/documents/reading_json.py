"""Friendly JSON read: it is built to UBL once and never parsed again."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Final, cast
from uuid import UUID

import msgspec

from ulak.ubl.documents import Document, write_document
from ulak.ubl.forms import from_json
from ulak.ubl.values import Identifier
from ulak.uuids import uuid_text
from ulak_server import clock
from ulak_server.documents.kinds import EINVOICE, KINDS, Kind, kind_of
from ulak_server.documents.models import Form
from ulak_server.documents.readings import (
    LONGEST_NAME,
    LONGEST_TITLE,
    SCHEMES,
    Reading,
    allowed_kind,
    attribute_of_type,
    built_vat,
    date_of,
    ettn_of,
    number_of,
    numbered,
    open_place,
    parties_of,
    sum_of,
    tells_internet,
)

__all__ = ["read_json"]

_UNNUMBERED: Final = secrets.token_hex(8)
"""Stands for a number until it is known which series gives it; nobody outside of this process can write it."""
_CAPITAL: Final = re.compile(r"(?<!^)(?=[A-Z])")
_KNOWN: Final = tuple(dict.fromkeys(kind.form for kind in KINDS.values()))


class _Stated(msgspec.Struct, gc=False):
    profile: Any = None


_STATED: Final = msgspec.json.Decoder(_Stated)


def read_json(data: bytes, kinds: Sequence[str], ettn: UUID | None) -> Reading:
    now = clock.now().astimezone(clock.ISTANBUL)
    data = data.removeprefix(b"\xef\xbb\xbf")
    new_uuid = (lambda: str(ettn)) if ettn else uuid_text
    component: Any = from_json(data, kinds=_KNOWN, now=now, new_uuid=new_uuid, number=_UNNUMBERED)
    root = type(component).__name__
    profile = str(component.profile_id or "")
    type_code = str(getattr(component, attribute_of_type(root), None) or "")
    kind = allowed_kind(kind_of(root, profile, type_code), root, kinds)
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
        profile[:LONGEST_NAME],
        type_code[:LONGEST_NAME],
        _built_number(issuer),
        _built_number(partner),
        _built_title(partner),
        *_built_sum(component),
        component=component,
        vat=built_vat(component),
        is_automatic=kind is EINVOICE and _STATED.decode(data).profile is None,
        is_internet=kind.root == EINVOICE.root and tells_internet(component.note),
    )
    return reading if number == stated or not number else reading._replace(body=numbered(reading, number))


def _built_parties(kind: Kind, component: Any) -> tuple[Any, Any]:
    found = [getattr(component, _attribute(name)) for name in parties_of(kind.root)]
    issuer, partner = (one and getattr(one, "party", one) for one in found)
    return issuer, partner


@cache
def _attribute(element: str) -> str:
    """``AccountingSupplierParty`` as ``accounting_supplier_party``."""
    return _CAPITAL.sub("_", element).lower()


def _built_number(party: Any) -> str:
    for one in party.party_identification if party else ():
        if isinstance(one.id, Identifier) and one.id.scheme_id in SCHEMES:
            return one.id.value.strip()[:11]
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
