"""To whom a document probably goes: the address that stands in it, and those that were written to before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from ulak.errors import UlakError
from ulak.ubl.documents import read_document
from ulak.ubl.forms import to_json
from ulak_server.archive import services as archive
from ulak_server.delivery.addresses import address_of, is_somebody
from ulak_server.delivery.links import sealed
from ulak_server.delivery.models import Channel, Message
from ulak_server.delivery.problems import DeliveryError
from ulak_server.documents.models import Document

__all__ = ["proposed"]

_MOST: Final = 5
_LOOKED_AT: Final = 100


def proposed(taxpayer: int, document: int) -> list[str]:
    """E-mail addresses for a document, the likeliest first; within the caller's scope.

    Raises:
        DeliveryError: ``delivery.no-document``, ``delivery.not-sealed``.
    """
    found = sealed(taxpayer, document)
    known: dict[str, None] = {}
    for text in (*_before(taxpayer, found), *_within(found)):
        with suppress(DeliveryError):
            known.setdefault(address_of(text))
    return list(known)[:_MOST]


def _before(taxpayer: int, document: Document) -> Iterator[str]:
    ids = [document.id]
    if is_somebody(document.partner):
        theirs = Document.objects.filter(taxpayer_id=taxpayer, partner=document.partner).order_by("-id")
        ids = list(theirs.values_list("id", flat=True)[:_LOOKED_AT])
    sent = Message.objects.filter(taxpayer_id=taxpayer, channel=Channel.MAIL, stage="sent", document_id__in=ids)
    yield from sent.order_by("-id").values_list("recipient", flat=True)[:_MOST]


def _within(document: Document) -> Iterator[str]:
    ref = archive.Ref(document.taxpayer_id, document.month, document.id)
    try:
        said: dict[str, Any] = json.loads(to_json(read_document(archive.read([ref])[ref])))
    except (UlakError, KeyError):
        return
    for role in ("customer", "receiver"):
        party = said.get(role)
        if isinstance(party, dict) and party.get("email"):
            yield str(party["email"])
