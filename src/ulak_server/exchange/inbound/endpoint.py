"""Both operations of the EFatura service, from the receiver's side: envelopes kept and answered at once.

Sources: Yazılım Standartları (Ek-3) V1.4, 7 and 8; Denetim Kılavuzu J16, L14: what comes in is stored and answered, and
looked at later. A question reads the row without its lock, so that it never waits for whoever judges the envelope.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any, Final, NamedTuple
from uuid import uuid4

from django.db import connection

from ulak.envelope import EnvelopeError, Header, opening, query_answer
from ulak.errors import UlakError
from ulak.lifecycle import inbound
from ulak.lifecycle.effects import AnswerPoll, RefuseCall
from ulak.wire.efatura import SERVICE, Document, Query, Receipt, SystemResponse, check_document, hash_of
from ulak.wire.mtom import Limits
from ulak.wire.service import Reply
from ulak.wire.soap import spoken
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.bell import ring
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange import records
from ulak_server.exchange.inbound.headers import read_header
from ulak_server.exchange.inbound.raw import raw
from ulak_server.exchange.law import policy

__all__ = ["LIMITS", "answer", "call"]

LIMITS: Final = Limits(total=48 * 1024 * 1024)
"""GİB's guides name no size; base64 inside the envelope ends at 20 MiB."""
_GIB: Final = "gib"
_TAKEN: Final = "Zarf alındı."
_KEEP: Final = """
INSERT INTO exchange_inbound (id, received_at, origin, size, digest, data, type, sender_alias, sender_number,
    receiver_alias, receiver_number, documents, code, stage, wake_at, road)
VALUES (%s, %s, %s, %s, %s, %s, '', '', '', '', '', '{}', '', %s, %s, %s)
ON CONFLICT (id) DO NOTHING
"""
_FIND: Final = "SELECT road, header::text, reason::text, taxpayer_id FROM exchange_inbound WHERE id = %s"


class _Found(NamedTuple):
    record: inbound.Incoming
    header: str | None
    reason: str | None
    taxpayer: int | None


def answer(content_type: str, body: bytes, soap_action: str = "", origin: str = "") -> Reply:
    """Answer a SOAP message; whatever is wrong with it, or with us, is answered with a fault.

    Args:
        origin: the address it came from, for the timeline.
    """
    try:
        asked = SERVICE.read_request(content_type, body, soap_action=soap_action, limits=LIMITS)
        return SERVICE.write_response(asked, call(asked.request, origin))
    except UlakError as error:
        return SERVICE.write_fault(error, version=spoken(content_type))


def call(request: Document | Query, origin: str = "") -> Receipt | SystemResponse:
    """Answer a request.

    Raises:
        ServiceFault: 2006, 2000, 2001; 2004, 2005.
    """
    return _take(request, origin) if isinstance(request, Document) else _tell(request, origin)


def _take(document: Document, origin: str) -> Receipt:
    check_document(document)
    now, id = clock.now(), document.envelope_id.lower()
    record = inbound.stored(now, seed=secrets.randbits(31))
    data = archive.seal_loose(document.data)
    digest = hashlib.sha256(document.data).digest()
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        row: list[Any] = [id, now, origin, len(document.data), digest, data]
        cursor.execute(_KEEP, [*row, record.stage, record.wake_at, records.write(record)])
        if cursor.rowcount:
            facts = {"method": "sendDocument", "size": len(document.data)}
            entry = Entry("inbound.stored", now, envelope=id, stage="stored", actor=_GIB, origin=origin, facts=facts)
            audit.record([entry])
            ring()
            return Receipt(_TAKEN, hash_of(document.data))
        refused = _happened(id, inbound.ArrivedAgain(), origin)
    if isinstance(refused, RefuseCall):
        raise SERVICE.fault_of("sendDocument", refused.number)
    raise SERVICE.fault_of("sendDocument", 2005)


def _tell(query: Query, origin: str) -> SystemResponse:
    id = query.envelope_id.strip().lower()
    with scoped(Role.PIPELINE):
        found = _find(id)
        reply = _happened(id, inbound.Polled(), origin) if found else None
    if found is None:
        raise SERVICE.fault_of("getApplicationResponse", 2004)
    if not isinstance(reply, AnswerPoll):
        raise SERVICE.fault_of("getApplicationResponse", 2005)
    reasons = [json.loads(found.reason)["tr"]] if found.reason else []
    try:
        header = read_header(json.loads(found.header)) if found.header else _header_of(id)
        xml = query_answer(header, reply.code, now=clock.now(), new_id=lambda: str(uuid4()), about=id, reasons=reasons)
    except EnvelopeError:
        raise SERVICE.fault_of("getApplicationResponse", 2005) from None
    return SystemResponse(xml)


def _happened(id: str, event: inbound.ArrivedAgain | inbound.Polled, origin: str) -> AnswerPoll | RefuseCall | None:
    """What the law answers to a call about a kept envelope; such calls change nothing."""
    found = _find(id)
    if found is None:
        return None
    now, what = clock.now(), "arrived-again" if isinstance(event, inbound.ArrivedAgain) else "polled"
    effects = inbound.step(found.record, event, now, policy()).effects
    reply = next((effect for effect in effects if isinstance(effect, (AnswerPoll, RefuseCall))), None)
    said = reply.code if isinstance(reply, AnswerPoll) else str(reply.number) if reply else ""
    facts = {"method": "sendDocument" if what == "arrived-again" else "getApplicationResponse"}
    entry = Entry(f"inbound.note.{what}", now, found.taxpayer, envelope=id, code=said, origin=origin, facts=facts)
    audit.record([entry._replace(stage=str(found.record.stage), actor=_GIB)])
    return reply


def _find(id: str) -> _Found | None:
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [id])
        row = cursor.fetchone()
    if row is None:
        return None
    return _Found(records.read(inbound.Incoming, row[0]), *row[1:])


def _header_of(id: str) -> Header:
    with scoped(Role.PIPELINE):
        data = raw(id)
    return opening(data, parse=False).header
