"""USERENVELOPEs of the plan: several customers, several aliases of each, in one envelope."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

import msgspec

from ulak.envelope import ElementType, Party
from ulak.envelope.accounts import user_header
from ulak.lifecycle import envelopes
from ulak.uuids import new_uuid
from ulak_center.plan.candidate import AccountChange
from ulak_center.plan.gateway.accounts import account_documents
from ulak_center.plan.gateway.keys import Keys
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.exchange.law import happening
from ulak_server.exchange.outbound.parcels import written
from ulak_server.exchange.rooms import ENVELOPES

__all__ = ["packed"]

_HELD: Final = timedelta(days=30)


def packed(keys: Keys, user: Party, service: str, changes: Sequence[AccountChange], *, opens: bool) -> UUID:
    """An envelope that opens or closes accounts, kept and held; its id."""
    now, id = clock.now(), new_uuid()
    documents = account_documents(service, changes, keys, opens=opens, now=now)
    header = user_header(service, user, id=str(id), created=now)
    # Envelopes are made anew from their rows, which have no titles.
    header = header._replace(sender=header.sender._replace(title=""), receiver=header.receiver._replace(title=""))
    element = ElementType.PROCESS_USER_ACCOUNT if opens else ElementType.CANCEL_USER_ACCOUNT
    xml = written(header, element, documents)
    record = envelopes.packed(envelopes.EnvelopeKind.USER, now, seed=secrets.randbits(31))
    with happening(actor="trial") as shell:
        shell.add(
            ENVELOPES,
            id,
            record._replace(wake_at=now + _HELD),
            taxpayer_id=0,
            identity=user.number,
            kind=str(record.kind),
            type=str(header.type),
            element=str(element),
            sender_alias=header.sender.alias,
            sender_number=header.sender.number,
            receiver_alias=header.receiver.alias,
            receiver_number=header.receiver.number,
            documents=[],
            said=[],
            created_at=now,
            size=len(xml.data),
            digest=xml.digest,
            message=archive.seal_loose(msgspec.msgpack.encode(documents)),
        )
    return id
