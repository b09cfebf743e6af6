"""Unfinished documents: kept as they were handed in, with as much in their rows as can be read of them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

import msgspec

from ulak.errors import UlakError
from ulak.uuids import new_uuid
from ulak_server.documents.items import Item, packed
from ulak_server.documents.kinds import Kind, kind_of_form
from ulak_server.documents.models import Form
from ulak_server.documents.problems import problem
from ulak_server.documents.reading import LARGEST, SENT, Reading, read
from ulak_server.documents.services import Draft

__all__ = ["sketch"]

_LONGEST: int = 200


def sketch(taxpayer: int, item: Item, ettn: UUID | None = None) -> Draft:
    """The row and the body of a draft. Nobody is asked whether it may be sent, and a JSON one may lack anything.

    Args:
        ettn: that the draft has already.

    Raises:
        UlakError: ``intake.not-json`` for JSON that is no object, ``intake.kind``; what `reading.read` raises for UBL.
    """
    if len(item.data) > LARGEST:
        raise problem("intake.too-large", limit=LARGEST)
    members = _members(item) if item.format == "json" else {}
    reading: Reading | None = None
    if item.format == "ubl":
        reading = read(item.data, "ubl", kinds=item.options.kinds)
    else:
        with suppress(UlakError):
            reading = read(item.data, "json", kinds=item.options.kinds, ettn=ettn)
    draft = _of_members(taxpayer, members, ettn) if reading is None else _of_reading(taxpayer, reading)
    options = item.options
    return draft._replace(
        body=packed(item if reading is None or item.format == "json" else item._replace(data=reading.body)),
        erp_key=options.erp_key,
        alias=options.alias,
        sender_alias=options.sender_alias,
        priority=options.priority,
        design=options.design,
        about=options.about,
        batch=options.batch,
        not_after=options.not_after,
    )


def _of_reading(taxpayer: int, reading: Reading) -> Draft:
    return Draft(
        taxpayer,
        reading.kind.name,
        Form.JSON,
        b"",
        reading.ettn,
        profile=reading.profile,
        type_code=reading.type_code,
        issue_date=reading.issue_date,
        partner=reading.partner,
        party_title=reading.title,
        currency=reading.currency,
        payable=reading.payable,
        vat=reading.vat,
    )


def _members(item: Item) -> dict[str, Any]:
    try:
        members = msgspec.json.decode(item.data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        members = None
    if not isinstance(members, dict):
        raise problem("intake.not-json")
    kind = _kind(members)
    if kind is None or kind.name not in item.options.kinds:
        raise problem("intake.kind", kind=str(members.get("document")), where="/document")
    return members


def _kind(members: dict[str, Any]) -> Kind | None:
    form = members.get("document", SENT[0])
    return kind_of_form(form, _text(members.get("profile"))) if isinstance(form, str) else None


def _of_members(taxpayer: int, members: dict[str, Any], ettn: UUID | None) -> Draft:
    """What can be seen of a document that cannot be built yet."""
    customer = members.get("customer")
    partner = customer if isinstance(customer, dict) else {}
    kind = _kind(members)
    assert kind is not None
    return Draft(
        taxpayer,
        kind.name,
        Form.JSON,
        b"",
        ettn or _stated(members.get("uuid")) or new_uuid(),
        profile=_text(members.get("profile"))[:40],
        partner=_text(partner.get("tax_id"))[:11],
        party_title=_text(partner.get("name")),
        currency=_text(members.get("currency"))[:3],
    )


def _stated(value: object) -> UUID | None:
    with suppress(ValueError):
        return UUID(value) if isinstance(value, str) else None
    return None


def _text(value: object) -> str:
    """What a column can hold of a member."""
    return value[:_LONGEST].replace("\0", "") if isinstance(value, str) else ""
