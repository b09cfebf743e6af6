"""What was issued and cancelled, noted for `sharing` as the feed meets it in the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.db import connection

from ulak_server.audit.services import Told

__all__ = ["WORDS", "take_over"]

WORDS: Final[Mapping[str, str]] = {"document.issued": "issued", "document.voided": "voided"}
"""Words of the audit log, and what they hand over."""
_TAKE: Final = """
INSERT INTO delivery_handover (taxpayer_id, document_id, what, stage, sending, created_at)
SELECT v.taxpayer, v.document, v.what, 'due', '', v.at
FROM unnest(%s::int[], %s::bigint[], %s::text[], %s::timestamptz[]) AS v(taxpayer, document, what, at)
ON CONFLICT (document_id, what) DO NOTHING
"""


def take_over(entries: Iterable[Told]) -> int:
    """Note what entries of the audit log hand over, in the running transaction; how many. Twice changes nothing."""
    rows = [
        (entry.taxpayer, document, WORDS[entry.what], entry.at)
        for entry in entries
        if entry.what in WORDS and entry.taxpayer is not None
        for document in entry.documents
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [list(column) for column in zip(*rows, strict=True)])
    return len(rows)
