"""The timeline of everything: entries written in the transaction of what they tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

__all__ = ["Entry", "record"]

_INSERT: Final = """
INSERT INTO audit_entry (at, taxpayer_id, what, documents, envelope, stage, code, actor, origin, facts)
VALUES (%s, %s, %s, %s::bigint[], %s, %s, %s, %s, %s, %s)
"""


class Entry(NamedTuple):
    """Something that happened. See `ulak_server.audit.models.Entry`."""

    what: str
    at: datetime
    taxpayer: int | None = None
    documents: tuple[int, ...] = ()
    envelope: UUID | str | None = None
    stage: str = ""
    code: str = ""
    actor: str = ""
    origin: str = ""
    facts: Mapping[str, Any] = {}


def record(entries: Sequence[Entry]) -> None:
    """Write entries in the running transaction; they are lost with it, and with it alone."""
    if not entries:
        return
    rows: list[Any] = [
        (
            one.at,
            one.taxpayer,
            one.what,
            list(one.documents),
            one.envelope,
            one.stage,
            one.code,
            one.actor,
            one.origin,
            Jsonb(dict(one.facts)),
        )
        for one in entries
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, rows)
