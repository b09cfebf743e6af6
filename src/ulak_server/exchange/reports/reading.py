"""The entries of a report with what their elements are made of, some at a time, and the elements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection

from ulak import reports
from ulak.errors import UlakError
from ulak_server.archive import services as archive
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.addresses import xml_address
from ulak_server.exchange.models_of_reports import ReportNote, What
from ulak_server.exchange.reports.problems import reporting_error

__all__ = ["Cargo", "Line", "element_of", "lines_of"]

_DAMAGED: Final = "archive.damaged"
_LINES: Final = """
SELECT e.id, e.document_id, e.what, e.turn, e.day, d.month, d.kind, d.number, d.ettn, d.sealed_at
FROM exchange_report_entry e JOIN documents_document d ON d.id = e.document_id
WHERE e.report_id = %s AND e.id > %s ORDER BY e.id LIMIT %s
"""


class Line(NamedTuple):
    """An entry and its document's row."""

    id: int
    document: int
    what: int
    turn: int
    day: date
    month: date
    kind: str
    number: str | None
    ettn: UUID
    sealed_at: datetime


class Cargo(NamedTuple):
    """Some entries of a report, with what they need.

    Attributes:
        bodies: by document; an error in place of one that is damaged.
        notes: by document and turn.
    """

    lines: Sequence[Line]
    bodies: Mapping[int, bytes | UlakError]
    notes: Mapping[tuple[int, int], Mapping[str, str]]


def lines_of(report: UUID, taxpayer: int, after: int, most: int) -> Cargo:
    """The entries behind one; in a transaction of its own, which locks nothing.

    Raises:
        ArchiveError: bodies cannot be read at all: a key is away.
    """
    with scoped(Role.PIPELINE, [taxpayer]):
        with connection.cursor() as cursor:
            cursor.execute(_LINES, [report, after, most])
            lines = [Line(*found) for found in cursor.fetchall()]
        refs = {archive.Ref(taxpayer, line.month, line.document) for line in lines if line.what != What.OBJECTED}
        bodies = _bodies(sorted(refs))
        objected = [line.document for line in lines if line.what == What.OBJECTED]
        found_notes = ReportNote.objects.filter(document_id__in=objected, what=What.OBJECTED) if objected else ()
        notes = {(note.document_id, note.turn): note.facts for note in found_notes}
    return Cargo(lines, bodies, notes)


def _bodies(refs: Sequence[archive.Ref]) -> dict[int, bytes | UlakError]:
    """A damaged body keeps no other from being read."""
    try:
        return {ref.owner: body for ref, body in archive.read(refs).items()}
    except UlakError as error:
        if error.code != _DAMAGED:
            raise
        if len(refs) == 1:
            return {refs[0].owner: error}
        half = len(refs) // 2
        return {**_bodies(refs[:half]), **_bodies(refs[half:])}


def element_of(cargo: Cargo, line: Line, taxpayer: int, words: reports.Words | None = None) -> reports.Entry:
    """What a report says of an entry.

    Args:
        words: the values that the pack in force knows; None: the usual ones.

    Raises:
        ReportingError: ``reporting.no-body``.
        ReportError: the document does not say what the report needs.
        ArchiveError: ``archive.damaged``.
    """
    if line.what == What.OBJECTED:
        facts = cargo.notes.get((line.document, line.turn))
        if facts is None:
            raise reporting_error("reporting.no-body")
        day = date.fromisoformat(facts["day"])
        said = reports.Objection(facts["method"], facts["number"], day, facts["explanation"])
        return reports.objected(line.kind, line.number or "", said, uuid=str(line.ettn))
    body = cargo.bodies.get(line.document)
    if body is None:
        raise reporting_error("reporting.no-body")
    if isinstance(body, UlakError):
        raise body
    if line.what == What.CANCELLED:
        return reports.cancelled_document(body, line.day)
    return reports.issued(body, reports.Facts(xml_address(taxpayer, line.ettn), line.sealed_at), words=words)
