"""Labels put on documents and taken off, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import connection

from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.documents.problems import problem

__all__ = ["MOST_LABELS", "label", "unlabel"]

MOST_LABELS: Final = 10
"""Of a document."""
_LONGEST: Final = 60
_LABEL: Final = """
UPDATE documents_document SET labels = array_append(coalesce(labels, '{}'), %s)
WHERE taxpayer_id = %s AND id = ANY (%s) AND NOT coalesce(labels, '{}') && ARRAY[%s]
    AND coalesce(cardinality(labels), 0) < %s RETURNING id
"""
_UNLABEL: Final = """
UPDATE documents_document SET labels = nullif(array_remove(labels, %s), '{}')
WHERE taxpayer_id = %s AND id = ANY (%s) AND labels && ARRAY[%s] RETURNING id
"""


def label(taxpayer: int, documents: Sequence[int], key: str, *, actor: str = "", origin: str = "") -> list[int]:
    """Put a label on documents; within a scope that holds their taxpayer.

    Returns:
        the ids of those that have got it: neither had it nor have `MOST_LABELS` already.

    Raises:
        IntakeError: ``intake.filter`` for a key that no label has.
    """
    changed = _changed(_LABEL, [_checked(key), taxpayer, list(documents), key, MOST_LABELS])
    _tell(taxpayer, changed, "document.labelled", key, actor, origin)
    return changed


def unlabel(taxpayer: int, documents: Sequence[int], key: str, *, actor: str = "", origin: str = "") -> list[int]:
    """Take a label off documents; within a scope that holds their taxpayer. The ids of those that had it."""
    changed = _changed(_UNLABEL, [_checked(key), taxpayer, list(documents), key])
    _tell(taxpayer, changed, "document.unlabelled", key, actor, origin)
    return changed


def _checked(key: str) -> str:
    if not 0 < len(key) <= _LONGEST or not key.isprintable():
        raise problem("intake.filter", where="/label", value=key)
    return key


def _changed(statement: str, values: Sequence[str | int | list[int]]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return sorted(id for (id,) in cursor.fetchall())


def _tell(taxpayer: int, documents: Sequence[int], what: str, key: str, actor: str, origin: str) -> None:
    if documents:
        facts = {"label": key}
        audit.record([Entry(what, clock.now(), taxpayer, tuple(documents), actor=actor, origin=origin, facts=facts)])
