"""What people want of documents that are issued: one transaction each.

All of these but `delivered` open their own scope: call them outside of any. Permission is for the faces to ask.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from ulak.lifecycle import documents as documents_law
from ulak.lifecycle import reports as law
from ulak.lifecycle.cancellation import Facts, Kind, is_taxpayer, may_cancel, may_object
from ulak.lifecycle.documents import Stage
from ulak.reports import METHODS
from ulak_server import clock, formats
from ulak_server.documents.models import Direction
from ulak_server.exchange.models_of_reports import ReportEntry, ReportNote, What
from ulak_server.exchange.reports.deciding import persistently
from ulak_server.exchange.reports.entries import enter, product_of
from ulak_server.exchange.reports.problems import reporting_error
from ulak_server.exchange.reports.values import Cancellation, Objection
from ulak_server.exchange.rooms import DOCUMENTS, Row
from ulak_server.exchange.shell import Shell
from ulak_server.exchange.texts import printable

__all__ = [
    "METHODS",
    "cancel",
    "cancellation_answered",
    "cancellation_of",
    "delivered",
    "facts_of",
    "object_to",
    "objections_of",
]

_MOST_REASON: Final = 500
_MOST_TEXT: Final = 255
"""Characters of an objection's explanation (EArsiv.xsd 1.1_6, ``belgeItirazType``)."""


def cancel(taxpayer: int, document: int, reason: str = "", *, actor: str = "", origin: str = "") -> Cancellation:
    """Cancel a document that is issued. One that was cancelled before stays so, and `is_repeated` says it.

    Args:
        reason: for the taxpayer's own records; GİB is not told.

    Raises:
        NoSuch: ``reporting.no-document``.
        ReportingError: ``reporting.not-cancelled``, ``reporting.busy``.
    """

    def do(shell: Shell) -> Cancellation:
        row = _document(shell, taxpayer, document)
        if row.record.stage is Stage.VOIDED:
            found = cancellation_of(document, row.record)
            if found is not None:
                return found._replace(is_repeated=True)
        verdict = may_cancel(facts_of(row.values, row.record), shell.now, shell.policy)
        if not verdict.allowed:
            raise reporting_error("reporting.not-cancelled", why=verdict.why)
        shell.happen(DOCUMENTS, document, documents_law.VoidWanted(is_request=verdict.is_request))
        told = printable(reason)[:_MOST_REASON]
        _note(taxpayer, document, What.CANCELLED, 1, {"reason": told})
        return Cancellation("requested" if verdict.is_request else "ours", shell.now, told)

    return persistently(do, taxpayer, actor, origin)


def cancellation_answered(
    taxpayer: int, document: int, accepted: bool, day: date | None = None, *, actor: str = "", origin: str = ""
) -> Cancellation:
    """Record what the buyer answered on GİB's portal, which tells us nothing by itself.

    Args:
        accepted: whether the buyer agreed; if not, the document counts again.
        day: of the answer; today if nobody knows.

    Raises:
        NoSuch: ``reporting.no-document``.
        ReportingError: ``reporting.no-cancellation``, ``reporting.answer-day``, ``reporting.busy``.
    """

    def do(shell: Shell) -> Cancellation:
        row = _document(shell, taxpayer, document)
        if row.record.stage is not Stage.VOIDED or row.record.settled:
            raise reporting_error("reporting.no-cancellation", why=row.record.stage.sentence)
        if not _is_reported(document):
            raise reporting_error("reporting.no-cancellation", why=law.SENTENCES[law.Stage.BUILDING])
        if day is not None and not _asked_on(document) <= day <= clock.today():
            raise reporting_error("reporting.answer-day", day=formats.day_text(day))
        event = documents_law.VoidConfirmed() if accepted else documents_law.VoidRefused()
        shell.happen(DOCUMENTS, document, event)
        if accepted:
            _of_cancellation(document).update(confirmed_at=shell.now)
        answered = (day or clock.today()).isoformat()
        _add_to_note(document, {"answered_on": answered})
        found = cancellation_of(document, row.record)
        assert found is not None
        return found._replace(stage="accepted" if accepted else "refused", answered_at=shell.now)

    return persistently(do, taxpayer, actor, origin)


def object_to(
    taxpayer: int,
    document: int,
    method: str,
    number: str,
    day: date,
    explanation: str,
    *,
    actor: str = "",
    origin: str = "",
) -> Objection:
    """Report an objection that was made outside (TTK 18/3). The very same told twice is reported once.

    Args:
        method: one of `METHODS`.
        number, day: of the notice, letter, telegram or KEP message.

    Raises:
        NoSuch: ``reporting.no-document``.
        ReportingError: ``reporting.not-objected``, ``reporting.objection-method``, ``reporting.objection-fields``,
            ``reporting.objection-day``, ``reporting.busy``.
    """
    number, explanation = _text(number), _text(explanation)
    if method not in METHODS:
        raise reporting_error("reporting.objection-method", given=printable(method)[:40])

    def do(shell: Shell) -> Objection:
        row = _document(shell, taxpayer, document)
        told = Objection(method, number, day, explanation, shell.now)
        known = next((one for one in objections_of(document) if one[:3] == told[:3]), None)
        if known is not None:
            return known._replace(is_repeated=True)
        verdict = may_object(facts_of(row.values, row.record), shell.now, shell.policy)
        if not verdict.allowed:
            raise reporting_error("reporting.not-objected", why=verdict.why)
        if not (row["issue_date"] or day) <= day <= clock.today():
            raise reporting_error("reporting.objection-day", day=formats.day_text(day))
        turn = ReportEntry.objects.filter(document_id=document, what=What.OBJECTED).count() + 1
        enter(shell, row, What.OBJECTED, turn=turn, until=verdict.until)
        facts = {"method": method, "number": number, "day": day.isoformat(), "explanation": explanation}
        _note(taxpayer, document, What.OBJECTED, turn, facts)
        shell.tell(DOCUMENTS, row, "document.objected")
        return told

    return persistently(do, taxpayer, actor, origin)


def delivered(document: int, at: datetime) -> bool:
    """Record that a document's buyer has it, from when on cancelling is counted; whether that was not known yet.

    Within a scope that holds the taxpayer. The first moment counts.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_document SET delivered_at = %s"
            " WHERE id = %s AND stage IN ('issued', 'voided') AND (delivered_at IS NULL OR delivered_at > %s)",
            [at, document, at],
        )
        return bool(cursor.rowcount)


# -- what is looked up -------------------------------------------------------------------------------------------------


def facts_of(columns: Any, record: documents_law.Document) -> Facts:
    """What the law of cancelling and objecting asks of a document; ``columns`` are those of its row."""
    return Facts(
        Kind(columns["kind"]),
        columns["sealed_at"] or columns["accepted_at"],
        columns["delivered_at"],
        is_taxpayer(columns["partner"]),
        record.stage,
        columns["issue_date"],
        record.refused,
    )


def cancellation_of(document: int, record: documents_law.Document) -> Cancellation | None:
    """How a document was cancelled; None if it never was. Within a scope that holds its taxpayer."""
    entry = _of_cancellation(document).first()
    if entry is None:
        return None
    note = ReportNote.objects.filter(document_id=document, what=What.CANCELLED, turn=entry.turn).first()
    reason = "" if note is None else str(note.facts.get("reason", ""))
    answered = entry.reversed_at or entry.confirmed_at
    stage = "accepted" if entry.confirmed_at else "refused" if entry.reversed_at else "requested"
    if stage == "requested" and record.settled:
        stage = "ours"
    return Cancellation(stage, entry.made_at, reason, answered)


def objections_of(document: int) -> list[Objection]:
    """A document's objections, oldest first; within a scope that holds its taxpayer."""
    notes = ReportNote.objects.filter(document_id=document, what=What.OBJECTED)
    made = dict(ReportEntry.objects.filter(document_id=document, what=What.OBJECTED).values_list("turn", "made_at"))
    return [_objection(note.facts, made[note.turn]) for note in notes.order_by("turn") if note.turn in made]


def _objection(facts: dict[str, str], at: datetime) -> Objection:
    return Objection(facts["method"], facts["number"], date.fromisoformat(facts["day"]), facts["explanation"], at)


def _document(shell: Shell, taxpayer: int, document: int) -> Row:
    row = shell.get(DOCUMENTS, document) if 0 < document < 2**63 else None
    if row is None or row["taxpayer_id"] != taxpayer or row["direction"] != Direction.OUT or row.record is None:
        raise reporting_error("reporting.no-document")
    if not product_of(row["kind"]):
        raise reporting_error("reporting.no-document")
    return row


def _of_cancellation(document: int) -> Any:
    return ReportEntry.objects.filter(document_id=document, what=What.CANCELLED).order_by("-turn")


def _asked_on(document: int) -> date:
    made_at: datetime = _of_cancellation(document).values_list("made_at", flat=True)[0]
    return made_at.astimezone(clock.ISTANBUL).date()


def _is_reported(document: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT true FROM exchange_report_entry e JOIN exchange_report r ON r.id = e.report_id"
            " WHERE e.document_id = %s AND e.what = %s AND r.stage = 'accepted'",
            [document, int(What.CANCELLED)],
        )
        return cursor.fetchone() is not None


def _note(taxpayer: int, document: int, what: What, turn: int, facts: dict[str, str]) -> None:
    ReportNote(document_id=document, what=what, turn=turn, taxpayer_id=taxpayer, facts=facts).save(force_insert=True)


def _add_to_note(document: int, more: dict[str, str]) -> None:
    note = ReportNote.objects.filter(document_id=document, what=What.CANCELLED).order_by("-turn").first()
    if note is not None:
        note.facts = {**note.facts, **more}
        note.save(update_fields=["facts"])


def _text(given: str) -> str:
    told = given.strip()
    if not 0 < len(told) <= _MOST_TEXT or printable(told) != told:
        raise reporting_error("reporting.objection-fields", most=_MOST_TEXT)
    return told
