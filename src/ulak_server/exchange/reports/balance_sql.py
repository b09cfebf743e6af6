"""The statements of the balance: each counts from one source alone, or finds what one has and another lacks.

A month may have a million documents. So what is counted is read from indexes alone, documents and entries are held
against each other once, and names are gathered only of what is not where it belongs.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "BUILT",
    "CANCELLED",
    "DOCUMENTS",
    "ENTERED",
    "FIRST",
    "NAMES",
    "NO_CANCELLATION",
    "NO_NAMES",
    "OBJECTED",
    "OPEN",
    "REPORTS",
    "STRAY",
    "TALLY",
    "UNPAIRED",
]

FIRST: Final = 20
"""Documents that a difference names."""
NAMES: Final = f"(array_agg(e.document_id ORDER BY e.id))[1:{FIRST}]"
NO_NAMES: Final = "'{}'::bigint[]"

# -- reports and entries -----------------------------------------------------------------------------------------------

REPORTS: Final = """
SELECT r.id, r.product, r.day, r.stage, r.issued, r.cancelled, r.objected, r.built_at IS NOT NULL,
       EXISTS (SELECT FROM exchange_report_file f WHERE f.report_id = r.id AND f.place = 0)
FROM exchange_report r
WHERE r.taxpayer_id = %s AND r.month = %s AND r.stage NOT IN ('replaced', 'withdrawn')
"""
TALLY: Final = """
SELECT e.what, e.day, e.report_id, count(*) FROM exchange_report_entry e
WHERE e.taxpayer_id = %s AND e.what IN (1, 2, 3) AND e.day >= %s AND e.day < %s GROUP BY 1, 2, 3 ORDER BY 2, 1
"""
BUILT: Final = """
SELECT r.id, r.product, r.day, r.issued, r.cancelled, r.objected,
       r.built_at IS NOT NULL AND r.stage NOT IN ('replaced', 'withdrawn'),
       CASE WHEN r.stage IN ('accepted', 'refused') THEN r.stage
            WHEN r.due_at <= %s THEN 'late'
            WHEN r.stage = 'unclear' THEN 'unclear'
            ELSE 'under-way' END
FROM exchange_report r WHERE r.taxpayer_id = %s AND r.month = %s
"""
"""A month's reports: what their writers counted, if that stands, and how it stands with it."""
STATE: Final = """CASE
    WHEN e.report_id IS NOT NULL AND (r.id IS NULL OR r.stage IN ('replaced', 'withdrawn')) THEN 'lost'
    WHEN r.stage = 'accepted' THEN 'accepted'
    WHEN r.stage = 'refused' THEN 'refused'
    WHEN e.report_id IS NULL AND e.error IS NOT NULL THEN 'put-aside'
    WHEN e.due_at <= %s THEN 'late'
    WHEN e.report_id IS NULL THEN 'waiting'
    WHEN r.stage = 'unclear' THEN 'unclear'
    ELSE 'under-way' END"""
_COLUMNS: Final = "id, document_id, product, day, what, due_at, report_id, error"
OPEN: Final = f"""
SELECT e.product, e.day, e.what, {STATE}, count(*), {{names}}, array_remove(array[e.report_id], NULL)
FROM (
    SELECT {_COLUMNS} FROM exchange_report_entry WHERE taxpayer_id = %s AND report_id IS NULL
    UNION ALL
    SELECT {_COLUMNS} FROM exchange_report_entry WHERE taxpayer_id = %s AND report_id = ANY (%s)
) e LEFT JOIN exchange_report r ON r.id = e.report_id
WHERE e.day >= %s AND e.day < %s
GROUP BY 1, 2, 3, 4, e.report_id ORDER BY 2, 1, 3, min(e.id)
"""  # noqa: S608
"""Entries without a report, and those of some reports, by how it stands with each; with ``NAMES`` or ``NO_NAMES``."""

# -- documents ---------------------------------------------------------------------------------------------------------

MINE: Final = "d.taxpayer_id = %s AND d.direction = 1 AND d.stage IN ('issued', 'voided') AND d.kind = ANY (%s)"
SEALED: Final = f"{MINE} AND d.sealed_at >= %s AND d.sealed_at < %s"
ISSUED: Final = "e.taxpayer_id = %s AND e.what = 1 AND e.day >= %s AND e.day < %s"
_UNFIT: Final = "d.id IS NULL OR d.stage NOT IN ('issued', 'voided')"
_DAY: Final = "(d.sealed_at AT TIME ZONE 'Europe/Istanbul')::date"
DOCUMENTS: Final = f"""
SELECT count(*), count(*) FILTER (WHERE d.stage = 'voided') FROM documents_document d WHERE {SEALED}
"""  # noqa: S608
UNPAIRED: Final = f"""
SELECT d.kind, {_DAY}, count(*), count(*) FILTER (WHERE o.id IS NULL),
       (array_agg(d.id ORDER BY d.id) FILTER (WHERE o.id IS NULL))[1:{FIRST}]
FROM documents_document d LEFT JOIN exchange_report_entry o ON o.document_id = d.id AND o.what = 1 AND o.turn = 1
WHERE {SEALED} AND NOT EXISTS (SELECT FROM exchange_report_entry e WHERE {ISSUED} AND e.document_id = d.id)
GROUP BY 1, 2
"""  # noqa: S608
"""Documents of the month without an entry in it; how many of them have none at all, and the first of those."""
ENTERED: Final = f"""
SELECT e.product, e.day, count(*) FILTER (WHERE {MINE}), count(*) FILTER (WHERE {_UNFIT}),
       (array_agg(e.document_id ORDER BY e.id) FILTER (WHERE {_UNFIT}))[1:{FIRST}]
FROM exchange_report_entry e LEFT JOIN documents_document d ON d.id = e.document_id
WHERE {ISSUED} AND e.turn = 1 AND NOT EXISTS (SELECT FROM documents_document d WHERE {SEALED} AND d.id = e.document_id)
GROUP BY 1, 2
"""  # noqa: S608
"""Entries whose documents bear another month's seal, their authors' of old; and how many have none that is issued."""
NO_CANCELLATION: Final = f"""
SELECT d.kind, {_DAY}, count(*), (array_agg(d.id ORDER BY d.id))[1:{FIRST}]
FROM documents_document d
WHERE {SEALED} AND d.stage = 'voided' AND NOT EXISTS (
    SELECT FROM exchange_report_entry e WHERE e.document_id = d.id AND e.what = 2 AND e.reversed_at IS NULL)
GROUP BY 1, 2
"""  # noqa: S608
CANCELLED: Final = """
SELECT count(*) FROM exchange_report_entry e JOIN documents_document d ON d.id = e.document_id
WHERE e.taxpayer_id = %s AND e.what = 2 AND e.day >= %s AND e.day < %s
    AND (d.stage = 'voided' OR e.reversed_at IS NOT NULL)
"""
STRAY: Final = f"""
SELECT e.product, e.day, count(*), (array_agg(e.document_id ORDER BY e.id))[1:{FIRST}]
FROM exchange_report_entry e LEFT JOIN documents_document d ON d.id = e.document_id
WHERE e.taxpayer_id = %s AND e.what IN (2, 3) AND e.day >= %s AND e.day < %s AND (
    {_UNFIT} OR (e.what = 2 AND e.reversed_at IS NULL AND d.stage <> 'voided'))
GROUP BY 1, 2
"""  # noqa: S608
OBJECTED: Final = """
SELECT count(*) FROM exchange_report_note n
JOIN exchange_report_entry e ON e.document_id = n.document_id AND e.what = n.what AND e.turn = n.turn
WHERE n.taxpayer_id = %s AND e.taxpayer_id = n.taxpayer_id AND e.what = 3 AND e.day >= %s AND e.day < %s
"""
