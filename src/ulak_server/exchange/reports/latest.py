"""The entry by which a document's stage is reported, for the one sentence that people read of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection

from ulak.lifecycle import reports as law
from ulak_server.exchange import records

__all__ = ["Latest", "latest_of"]

_LATEST: Final = """
SELECT DISTINCT ON (e.document_id) e.document_id, e.due_at, r.road
FROM exchange_report_entry e JOIN documents_document d ON d.id = e.document_id
LEFT JOIN exchange_report r ON r.id = e.report_id
WHERE e.document_id = ANY (%s) AND e.what = CASE d.stage WHEN 'voided' THEN 2 ELSE 1 END
ORDER BY e.document_id, e.id DESC
"""


class Latest(NamedTuple):
    """When it is due, and the report that it is in, if it is in one."""

    due_at: datetime
    report: law.Report | None


def latest_of(documents: Sequence[int]) -> dict[int, Latest]:
    """Of documents that are issued or cancelled, by one statement; within the caller's scope."""
    if not documents:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [list(documents)])
        return {id: Latest(due_at, _read(road)) for id, due_at, road in cursor.fetchall()}


def _read(road: bytes | None) -> law.Report | None:
    return None if road is None else records.read(law.Report, bytes(road))
