"""System responses: written, put into an envelope of ours, and sent like any other.

Sources: Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 1 and 4.2; Denetim Kılavuzu J17, L15.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from ulak.envelope import ElementType, Envelope, EnvelopeError, EnvelopeType, Header, Party, opening, respond
from ulak.lifecycle import inbound
from ulak.lifecycle.envelopes import EnvelopeKind
from ulak.uuids import uuid_text
from ulak_server.database.bell import ring
from ulak_server.exchange.inbound.headers import read_header
from ulak_server.exchange.inbound.raw import raw
from ulak_server.exchange.outbound.messages import add_envelope
from ulak_server.exchange.rooms import ENVELOPES, INBOUND, Row
from ulak_server.exchange.shell import Shell

__all__ = ["NOBODY", "is_answerable", "respond_to"]

NOBODY: Final = 0
"""The taxpayer of answers to receivers whom we do not serve."""


def is_answerable(header: Header | None, about: str, now: datetime) -> bool:
    """Whether an envelope says to whom a system response about it goes."""
    try:
        return header is not None and bool(_answer(header, "1200", about, now, []))
    except EnvelopeError:
        return False


def respond_to(shell: Shell, row: Row, effect: inbound.Respond) -> None:
    """Make the system response of an incoming envelope and hand it to the road; an answer that cannot be addressed is
    tried again later, as the law has it."""
    header, row["code"] = _header(row), effect.code
    try:
        made = _answer(header, effect.code, row.key, shell.now, _reasons(row)) if header else None
    except EnvelopeError as fault:
        shell.tell(INBOUND, row, "inbound.unanswerable", code=fault.code)
        return
    if made is None:
        shell.tell(INBOUND, row, "inbound.unanswerable")
        return
    id = UUID(made.header.id)
    _add(shell, row, id, made)
    row["response"] = id
    shell.happen(INBOUND, row.key, inbound.ResponsePacked(str(id)))
    ring()


def _answer(header: Header, status: str, about: str, now: datetime, reasons: list[str]) -> Envelope:
    return respond(header, status, now=now, new_id=uuid_text, about=about, reasons=reasons)


def _add(shell: Shell, inbound_row: Row, id: UUID, made: Envelope) -> None:
    sender, receiver = (_untitled(party) for party in (made.header.sender, made.header.receiver))
    (group,) = made.groups
    (message,) = group.documents
    header = Header(EnvelopeType.SYSTEM, str(id), sender, receiver, shell.now)
    facts = {"taxpayer_id": inbound_row["taxpayer_id"] or NOBODY, "about": inbound_row.key}
    row = add_envelope(shell, EnvelopeKind.SYSTEM, header, ElementType.APPLICATION_RESPONSE, message, **facts)
    shell.tell(ENVELOPES, row, "envelope.packed", code=inbound_row.record.code, about=str(inbound_row.key))
    shell.tell(INBOUND, inbound_row, "inbound.response", code=inbound_row.record.code, message=str(id))


def _untitled(party: Party) -> Party:
    return party._replace(title="")


def _header(row: Row) -> Header | None:
    """What stands on the envelope; of one that was never judged as far as its bytes tell."""
    if row["header"]:
        return read_header(row["header"])
    try:
        return opening(raw(row.key), parse=False).header
    except EnvelopeError:
        return None


def _reasons(row: Row) -> list[str]:
    return [row["reason"]["tr"]] if row["reason"] else []
