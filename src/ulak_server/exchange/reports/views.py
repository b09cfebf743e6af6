"""How it stands with what has to be reported, and with reports; read within the caller's scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from ulak.errors import Text
from ulak.lifecycle import documents as documents_law
from ulak.lifecycle import reports as law
from ulak.lifecycle.cancellation import may_cancel, may_object
from ulak_server import clock
from ulak_server.documents.models import Document
from ulak_server.exchange import models_of_reports as models
from ulak_server.exchange import records
from ulak_server.exchange.law import policy
from ulak_server.exchange.models_of_reports import What
from ulak_server.exchange.reports import keeping
from ulak_server.exchange.reports.attempts import attempt, result_of
from ulak_server.exchange.reports.entries import product_of
from ulak_server.exchange.reports.problems import reporting_error
from ulak_server.exchange.reports.values import WORST_FIRST, Attempt, Filing, Held, Mark, Report, Standing, Trouble
from ulak_server.exchange.reports.wishes import cancellation_of, facts_of, objections_of
from ulak_server.taxpayers.models import Taxpayer

__all__ = [
    "all_reports",
    "counts",
    "entries_of",
    "file_of",
    "filings_of",
    "marks_of",
    "report_of",
    "reports_of",
    "standing_of",
    "trouble_of",
]

_DEAD: Final = frozenset({law.Stage.REPLACED.value, law.Stage.WITHDRAWN.value})
_FACTS: Final = ("kind", "sealed_at", "accepted_at", "delivered_at", "partner", "issue_date")
_MARKS: Final = """
SELECT e.document_id, min(CASE
    WHEN r.stage = 'accepted' THEN 3
    WHEN e.error IS NOT NULL OR r.stage = 'refused' OR e.due_at <= %s THEN 0
    WHEN e.report_id IS NULL THEN 1
    ELSE 2 END)
FROM exchange_report_entry e LEFT JOIN exchange_report r ON r.id = e.report_id
WHERE e.taxpayer_id = %s AND e.document_id = ANY (%s) GROUP BY e.document_id
"""
_HELD: Final = """
SELECT e.id, e.document_id, coalesce(d.number, ''), e.what, e.day
FROM exchange_report_entry e JOIN documents_document d ON d.id = e.document_id
WHERE e.taxpayer_id = %s AND e.report_id = %s AND e.id > %s ORDER BY e.id LIMIT %s
"""
_TROUBLE: Final = """
SELECT taxpayer_id, sum(waiting)::int, min(due_at), sum(late)::int, sum(refused)::int, sum(unclear)::int,
       sum(put_aside)::int
FROM (
    SELECT taxpayer_id, count(*) AS waiting, min(due_at) AS due_at, count(*) FILTER (WHERE due_at <= %s) AS late,
           0 AS refused, 0 AS unclear, count(error) AS put_aside
    FROM exchange_report_entry WHERE report_id IS NULL AND taxpayer_id = ANY (%s) GROUP BY taxpayer_id
    UNION ALL
    SELECT taxpayer_id, entries, due_at, CASE WHEN due_at <= %s THEN entries ELSE 0 END,
           (stage = 'refused')::int, (stage = 'unclear')::int, 0
    FROM exchange_report WHERE wake_at IS NOT NULL AND taxpayer_id = ANY (%s)
) each GROUP BY taxpayer_id
"""
_NOTHING: Final = Text("", "")


# -- of documents ------------------------------------------------------------------------------------------------------


def marks_of(taxpayer: int, documents: Sequence[int]) -> dict[int, Mark]:
    """How it stands with each of these documents, the worst of its entries; documents without any are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, [clock.now(), taxpayer, list(documents)])
        return {document: WORST_FIRST[place] for document, place in cursor.fetchall()}


def filings_of(taxpayer: int, document: int) -> list[Filing]:
    """What is reported of a document, in its order."""
    entries = list(models.ReportEntry.objects.filter(taxpayer_id=taxpayer, document_id=document).order_by("id"))
    found = models.Report.objects.in_bulk([one.report_id for one in entries if one.report_id])
    return [_filing(one, found.get(one.report_id) if one.report_id else None) for one in entries]


def _filing(entry: models.ReportEntry, report: models.Report | None) -> Filing:
    stage = "" if report is None else report.stage
    return Filing(
        What(entry.what).word,
        entry.day,
        _mark(entry, stage),
        entry.due_at,
        None if report is None else report.id,
        "" if report is None else str(report.id),
        None if report is None else report.section_no,
        None if report is None else report.accepted_at,
        entry.error,
    )


def _mark(entry: models.ReportEntry, stage: str) -> Mark:
    if stage == law.Stage.ACCEPTED:
        return Mark.ACCEPTED
    if entry.error is not None or stage == law.Stage.REFUSED or entry.due_at <= clock.now():
        return Mark.TROUBLE
    return Mark.REPORTING if entry.report_id else Mark.DUE


def standing_of(taxpayer: int, document: int) -> Standing:
    """What may be done with a document that is issued, and what was done.

    Raises:
        NoSuch: ``reporting.no-document``.
    """
    row = Document.objects.filter(taxpayer_id=taxpayer, id=document).values(*_FACTS, "road").first()
    if row is None or row["road"] is None or not product_of(row["kind"]):
        raise reporting_error("reporting.no-document")
    record = records.read(documents_law.Document, bytes(row["road"]))
    facts, now = facts_of(row, record), clock.now()
    return Standing(
        may_cancel(facts, now, policy()),
        may_object(facts, now, policy()),
        cancellation_of(document, record),
        objections_of(document),
    )


# -- of reports --------------------------------------------------------------------------------------------------------


def reports_of(taxpayer: int, month: date) -> list[Report]:
    """A month's reports, the newest day first.

    Args:
        month: any day of it.
    """
    rows = list(
        models.Report.objects.filter(taxpayer_id=taxpayer, month=month.replace(day=1)).order_by(
            "-day", "product", "section_no", "created_at"
        )
    )
    return [_report(row, _parts(rows)) for row in rows]


def report_of(taxpayer: int | None, id: UUID) -> tuple[Report, list[Attempt]]:
    """A report and the calls about it, oldest first.

    Args:
        taxpayer: None: of anybody, for operators.

    Raises:
        NoSuch: ``reporting.no-report``.
    """
    row = _row(taxpayer, id)
    same = models.Report.objects.filter(taxpayer_id=row.taxpayer_id, product=row.product, day=row.day)
    parts = _parts(list(same.order_by("section_no", "created_at")))
    return _report(row, parts), [attempt(*said) for said in row.said]


def entries_of(taxpayer: int, report: UUID, after: int = 0, limit: int = 100) -> list[Held]:
    """The entries of a report behind one, in their order; a replaced report has none any more."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [taxpayer, report, after, limit])
        return [Held(id, document, number, What(what).word, day) for id, document, number, what, day in cursor]


def file_of(taxpayer: int, report: UUID) -> tuple[str, Iterator[bytes] | None, int]:
    """A report's package: its name, its bytes piece by piece, and how many; None while it is not built.

    The pieces are to be taken within the scope.

    Raises:
        NoSuch: ``reporting.no-report``.
    """
    row = _row(taxpayer, report)
    return f"{row.id}.zip", keeping.pieces(row.id) if row.digest else None, row.packed


def trouble_of(taxpayers: Iterable[int]) -> dict[int, Trouble]:
    """How it stands with the reports of these taxpayers; who has nothing to report is left out. One statement."""
    wanted, now = list(taxpayers), clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_TROUBLE, [now, wanted, now, wanted])
        return {taxpayer: Trouble(*figures) for taxpayer, *figures in cursor.fetchall()}


def all_reports(stage: str | None = None, limit: int = 100) -> list[tuple[int, str, Report]]:
    """For operators: everybody's reports that are not ended, or those at a stage; those first that are due first.

    Returns:
        the taxpayer's id and title, and the report.
    """
    rows = models.Report.objects.all()
    rows = rows.filter(wake_at__isnull=False) if stage is None else rows.filter(stage=stage)
    found = list(rows.order_by("due_at", "id")[:limit])
    titles = dict(Taxpayer.objects.filter(id__in={row.taxpayer_id for row in found}).values_list("id", "title"))
    return [(row.taxpayer_id, titles.get(row.taxpayer_id, ""), _report(row, {})) for row in found]


def counts() -> dict[str, int]:
    """For operators: how many reports that are not ended stand at each stage."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stage, count(*) FROM exchange_report WHERE wake_at IS NOT NULL GROUP BY stage")
        return dict(cursor.fetchall())


# -- how they are shown ------------------------------------------------------------------------------------------------

Parts = dict[UUID, tuple[int, int]]


def _row(taxpayer: int | None, id: UUID) -> models.Report:
    rows = models.Report.objects.filter(id=id)
    row = (rows if taxpayer is None else rows.filter(taxpayer_id=taxpayer)).first()
    if row is None:
        raise reporting_error("reporting.no-report")
    return row


def _parts(rows: Sequence[models.Report]) -> Parts:
    days: dict[tuple[str, date], list[UUID]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.section_no):
        if row.stage not in _DEAD:
            days[row.product, row.day].append(row.id)
    return {id: (place, len(ids)) for ids in days.values() for place, id in enumerate(ids, 1)}


def _report(row: models.Report, parts: Parts) -> Report:
    record = records.read(law.Report, bytes(row.road))
    part, of = parts.get(row.id, (0, 0))
    ended = row.accepted_at or clock.now()
    return Report(
        id=row.id,
        number=str(row.id),
        taxpayer=row.taxpayer_id,
        product=row.product,
        day=row.day,
        section_no=row.section_no,
        part=part,
        parts=of,
        cause=row.cause,
        stage=row.stage,
        sentence=record.stage.sentence,
        advice=_advice(row, record),
        code=record.code,
        entries=row.entries,
        issued=row.issued,
        cancelled=row.cancelled,
        objected=row.objected,
        size=row.size,
        created_at=row.created_at,
        due_at=row.due_at,
        built_at=row.built_at,
        sent_at=row.sent_at,
        accepted_at=row.accepted_at,
        tries=record.attempts,
        replaces=row.replaces,
        replaced_by=row.replaced_by,
        is_late=row.stage not in _DEAD and (row.sent_at or ended) >= row.due_at,
    )


def _advice(row: models.Report, record: law.Report) -> Text:
    """What stands in its way, and what to do about it."""
    if record.stage.is_final:
        return _NOTHING
    if row.error is not None:
        text, repair = Text(**row.error["text"]), Text(**row.error["repair"])
        return Text(f"{text.tr} {repair.tr}", f"{text.en} {repair.en}")
    result = result_of(record.code)
    if result is None or not record.stage.waits_for_person:
        return _NOTHING
    return Text(f"{result.text.tr} {result.repair.tr}", f"{result.text.en} {result.repair.en}")
