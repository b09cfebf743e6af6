"""Envelopes of ours that carry one message and no document: system responses, requests about accounts."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings

from ulak.envelope import ElementType, Header
from ulak.lifecycle import envelopes
from ulak.lifecycle.envelopes import EnvelopeKind
from ulak_server.archive import services as archive
from ulak_server.exchange.outbound.parcels import written
from ulak_server.exchange.rooms import ENVELOPES, Row
from ulak_server.exchange.shell import Shell

__all__ = ["add_envelope"]


def add_envelope(
    shell: Shell, kind: EnvelopeKind, header: Header, element: ElementType, message: bytes, **about: object
) -> Row:
    """Put a message into an envelope and hand that to the road; the message is kept with it, encrypted.

    Args:
        header: its id is the envelope's.
        about: further columns: ``taxpayer_id``, and what it is about.
    """
    xml = written(header, element, [message])
    return shell.add(
        ENVELOPES,
        UUID(header.id),
        envelopes.packed(kind, shell.now, seed=secrets.randbits(31)),
        identity=settings.ENVIRONMENT["ULAK_INTEGRATOR_NUMBER"],
        kind=str(kind),
        type=str(header.type),
        element=str(element),
        sender_alias=header.sender.alias,
        sender_number=header.sender.number,
        receiver_alias=header.receiver.alias,
        receiver_number=header.receiver.number,
        documents=[],
        size=len(xml.data),
        digest=xml.digest,
        message=archive.seal_loose(message),
        said=[],
        created_at=shell.now,
        **about,
    )
