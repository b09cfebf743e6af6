"""What a taxpayer says to documents that came in: accepted, rejected, received, returned, taken over by the ERP.

Every verb opens its own transaction; call them outside of any scope. The law (`ulak.lifecycle.answers`) decides whether
an answer may be given: in time, once, and only of the sort that the document takes.

Sources: Entegrasyon Kılavuzu V1.10, 3.2; Denetim Kılavuzu J23–J28, L20–L25.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from ulak.lifecycle import answers
from ulak.lifecycle.answers.values import RECEIPT
from ulak.lifecycle.problems import lifecycle_error
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.intake import Options, read_one
from ulak_server.documents.models import Direction, Document
from ulak_server.documents.services import Draft
from ulak_server.documents.states import TAKEN
from ulak_server.documents.taking import take_in
from ulak_server.exchange.inbound.filing import DRAFT
from ulak_server.exchange.inbound.problems import inbound_error
from ulak_server.exchange.inbound.writing import receipt as written_receipt
from ulak_server.exchange.inbound.writing import response, returned
from ulak_server.exchange.law import happening, policy
from ulak_server.exchange.rooms import ANSWERS
from ulak_server.taxpayers.models import Alias

__all__ = ["TAKEN", "accept", "answer", "receipt", "reject", "return_draft", "take"]

_NEED_REASON: Final = frozenset({"RED", "IADE"})


def accept(taxpayer: int, document: int, reason: str = "", *, actor: str = "", origin: str = "") -> int:
    """Accept an invoice (KABUL); see `answer`."""
    return answer(taxpayer, document, "KABUL", reason, actor=actor, origin=origin)


def reject(taxpayer: int, document: int, reason: str, *, actor: str = "", origin: str = "") -> int:
    """Reject an invoice (RED); see `answer`."""
    return answer(taxpayer, document, "RED", reason, actor=actor, origin=origin)


def answer(taxpayer: int, document: int, code: str, reason: str = "", *, actor: str = "", origin: str = "") -> int:
    """Answer a TICARIFATURA.

    Args:
        document: id of the incoming invoice.
        code: KABUL, RED or IADE.
        reason: what the seller reads; RED and IADE need one.

    Returns:
        the id of the document that carries the answer.

    Raises:
        InboundError: ``inbound.no-document``, ``inbound.answer-reason``.
        LifecycleError: ``lifecycle.answer-too-late``, ``lifecycle.answered-already``,
            ``lifecycle.answer-not-foreseen``.
        IntakeError: the answer cannot be sent, e.g. ``intake.account-closed``.
    """
    if code in _NEED_REASON and not reason.strip():
        raise inbound_error("inbound.answer-reason", where="/reason")
    return _answered(
        taxpayer, document, code, lambda body: response(body, code, reason.strip()), actor=actor, origin=origin
    )


def receipt(
    taxpayer: int,
    document: int,
    data: bytes | str | Mapping[str, Any] = b"{}",
    *,
    series: str = "",
    actor: str = "",
    origin: str = "",
) -> int:
    """Answer a despatch advice by a receipt advice.

    Args:
        document: id of the incoming despatch advice.
        data: what differs from "all of it was received": fields of the friendly receipt advice, e.g.
            ``{"lines": [{"despatch_line": "1", "rejected": 1, "reject_reason": "…"}], "delivery_date": "…"}``.
        series: prefix of the series that numbers it; else the usual one.

    Returns:
        the id of the document that carries the answer.

    Raises:
        InboundError: ``inbound.no-document``, ``inbound.answer-form``, ``inbound.receipt-…``, with the JSON pointer.
        JsonError: of fields that cannot be read.
        LifecycleError, IntakeError: as `answer`.
    """
    given = _object(data)
    return _answered(
        taxpayer,
        document,
        RECEIPT,
        lambda body: written_receipt(body, given),
        series=series,
        actor=actor,
        origin=origin,
    )


def return_draft(
    taxpayer: int,
    document: int,
    lines: Sequence[Mapping[str, Any]] | None = None,
    reason: str = "",
    *,
    actor: str = "",
    origin: str = "",
) -> int:
    """A draft of the invoice (IADE) that returns an incoming one; a person looks at it and sends it.

    Args:
        lines: which lines, and how much of each: ``{"line": "2", "quantity": 3}``; None: everything.
        reason: becomes a note.

    Returns:
        the draft's id.

    Raises:
        InboundError: ``inbound.no-document``, ``inbound.not-returnable``, ``inbound.return-line``,
            ``inbound.quantity``.
        UlakError: of taking it in.
    """
    with scoped(Role.WEB, [taxpayer]):
        row, body = _incoming(taxpayer, document)
    if row.kind != "invoice":
        raise inbound_error("inbound.not-returnable", type=row.kind)
    made = returned(body, lines, reason.strip())
    options = Options(about=row.id)
    taken = take_in(taxpayer, made, "json", options, intent="draft", policy=policy(), actor=actor, origin=origin)
    return taken.id


def take(taxpayer: int, documents: Sequence[int], *, actor: str = "", origin: str = "") -> list[int]:
    """Mark incoming documents as taken over by the ERP, so that it need not look at them again.

    Returns:
        the ids of those that were not marked before.
    """
    now = clock.now()
    with scoped(Role.WEB, [taxpayer]):
        waiting = Document.objects.filter(taxpayer_id=taxpayer, id__in=list(documents), direction=Direction.IN)
        fresh = list(waiting.filter(stage="filed").select_for_update().order_by("id").values_list("id", flat=True))
        if fresh:
            Document.objects.filter(id__in=fresh).update(stage=TAKEN)
            what = f"document.{TAKEN}"
            audit.record([Entry(what, now, taxpayer, tuple(fresh), stage=TAKEN, actor=actor, origin=origin)])
    return fresh


def _answered(
    taxpayer: int,
    document: int,
    code: str,
    write: Callable[[bytes], bytes],
    *,
    series: str = "",
    actor: str,
    origin: str,
) -> int:
    with happening(role=Role.WEB, taxpayers=[taxpayer], actor=actor, origin=origin) as shell:
        row, body = _incoming(taxpayer, document)
        answering = shell.get(ANSWERS, document)
        if answering is None:
            raise lifecycle_error("lifecycle.answer-not-foreseen")
        answering.values[DRAFT] = lambda not_after: _draft(row, write(body), series, not_after)
        shell.happen(ANSWERS, document, answers.AnswerWanted(code))
        carrier: int = answering["carrier_id"]
        return carrier


def _draft(row: Document, data: bytes, series: str, not_after: datetime) -> Draft:
    """The answer goes back from the alias that was addressed to the one that the document came from."""
    is_open = Alias.objects.filter(taxpayer_id=row.taxpayer_id, name=row.alias, role="PK", closed_at=None).exists()
    options = Options(
        series=series,
        alias=row.sender_alias,
        sender_alias=row.alias if is_open else "",
        priority=True,
        about=row.id,
        not_after=not_after,
        kinds=("application_response", "receipt_advice"),
    )
    return read_one(row.taxpayer_id, data, "json", options)


def _incoming(taxpayer: int, document: int) -> tuple[Document, bytes]:
    found = Document.objects.filter(taxpayer_id=taxpayer, id=document, direction=Direction.IN).first()
    if found is None:
        raise inbound_error("inbound.no-document")
    ref = archive.Ref(taxpayer, found.month, found.id)
    return found, archive.read([ref])[ref]


def _object(data: bytes | str | Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        found = data if isinstance(data, Mapping) else json.loads(data or b"{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, Mapping):
        raise inbound_error("inbound.answer-form")
    return found
