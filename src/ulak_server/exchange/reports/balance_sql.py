"""The statements of the balance: each counts from one source alone, or finds what one has and another lacks."""

from __future__ import annotations

from typing import Final

__all__ = ["CANCELLED", "COUNTS", "DOCUMENTS", "ENTRIES", "FIRST", "NO_CANCELLATION", "NO_ENTRY", "OBJECTED", "STRAY"]

FIRST: Final = 20
"""Documents that a difference names."""
STATE: Final = """CASE
    WHEN e.report_id IS NOT NULL AND (r.id IS NULL OR r.stage IN ('replaced', 'withdrawn')) THEN 'lost'
    WHEN r.stage = 'accepted' THEN 'accepted'
    WHEN r.stage = 'refused' THEN 'refused'
    WHEN e.report_id IS NULL AND e.error IS NOT NULL THEN 'put-aside'
    WHEN e.due_at <= %s THEN 'late'
    WHEN e.report_id IS NULL THEN 'waiting'
    WHEN r.stage = 'unclear' THEN 'unclear'
    ELSE 'under-way' END"""
ENTRIES: Final = f"""
SELECT e.product, e.day, e.what, {STATE} AS state, count(*), (array_agg(e.document_id ORDER BY e.id))[1:{FIRST}],
       array_agg(DISTINCT e.report_id) FILTER (WHERE e.report_id IS NOT NULL)
FROM exchange_report_entry e LEFT JOIN exchange_report r ON r.id = e.report_id
WHERE e.taxpayer_id = %s AND e.day >= %s AND e.day < %s
GROUP BY 1, 2, 3, 4 ORDER BY 2, 1, 3
"""  # noqa: S608
MINE: Final = "d.taxpayer_id = %s AND d.direction = 1 AND d.kind = ANY (%s) AND d.stage IN ('issued', 'voided')"
ENTERED: Final = "FROM exchange_report_entry e WHERE e.document_id = d.id AND e.what = %s"
DOCUMENTS: Final = f"""
SELECT count(*) FROM documents_document d
LEFT JOIN exchange_report_entry e ON e.document_id = d.id AND e.what = 1 AND e.turn = 1
WHERE {MINE} AND coalesce(e.made_at, d.sealed_at) >= %s AND coalesce(e.made_at, d.sealed_at) < %s
"""  # noqa: S608
NO_ENTRY: Final = f"""
SELECT d.kind, (d.sealed_at AT TIME ZONE 'Europe/Istanbul')::date, count(*), (array_agg(d.id ORDER BY d.id))[1:{FIRST}]
FROM documents_document d
WHERE {MINE} AND d.sealed_at >= %s AND d.sealed_at < %s AND NOT EXISTS (SELECT {ENTERED}) GROUP BY 1, 2
"""  # noqa: S608
NO_CANCELLATION: Final = f"""
SELECT d.kind, (d.sealed_at AT TIME ZONE 'Europe/Istanbul')::date, count(*), (array_agg(d.id ORDER BY d.id))[1:{FIRST}]
FROM documents_document d
WHERE {MINE} AND d.stage = 'voided' AND d.sealed_at >= %s AND d.sealed_at < %s
    AND NOT EXISTS (SELECT {ENTERED} AND e.reversed_at IS NULL) GROUP BY 1, 2
"""  # noqa: S608
CANCELLED: Final = """
SELECT count(*) FROM exchange_report_entry e JOIN documents_document d ON d.id = e.document_id
WHERE e.taxpayer_id = %s AND e.what = 2 AND e.day >= %s AND e.day < %s
    AND (d.stage = 'voided' OR e.reversed_at IS NOT NULL)
"""
STRAY: Final = f"""
SELECT e.product, e.day, count(*), (array_agg(e.document_id ORDER BY e.id))[1:{FIRST}]
FROM exchange_report_entry e LEFT JOIN documents_document d ON d.id = e.document_id
WHERE e.taxpayer_id = %s AND e.day >= %s AND e.day < %s AND (
    d.id IS NULL OR d.stage NOT IN ('issued', 'voided')
    OR (e.what = 2 AND e.reversed_at IS NULL AND d.stage <> 'voided'))
GROUP BY 1, 2
"""  # noqa: S608
OBJECTED: Final = """
SELECT count(*) FROM exchange_report_note n
JOIN exchange_report_entry e ON e.document_id = n.document_id AND e.what = n.what AND e.turn = n.turn
WHERE n.taxpayer_id = %s AND n.what = 3 AND e.day >= %s AND e.day < %s
"""
COUNTS: Final = """
SELECT r.id, r.product, r.day, r.stage, r.issued, r.cancelled, r.objected, r.built_at IS NOT NULL,
       (SELECT array[count(*) FILTER (WHERE e.what = 1), count(*) FILTER (WHERE e.what = 2),
                     count(*) FILTER (WHERE e.what = 3)]
        FROM exchange_report_entry e WHERE e.report_id = r.id),
       EXISTS (SELECT FROM exchange_report_file f WHERE f.report_id = r.id AND f.place = 0)
FROM exchange_report r
WHERE r.taxpayer_id = %s AND r.month = %s AND r.stage NOT IN ('replaced', 'withdrawn')
"""
