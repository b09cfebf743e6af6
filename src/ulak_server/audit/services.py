"""The timeline of everything: entries written in the transaction of what they tell, and read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection

from ulak_server.database.ahead import written
from ulak_server.database.arrays import as_arrays
from ulak_server.database.bound import bound
from ulak_server.database.scope import current, is_scoped

__all__ = ["EACH", "Entry", "Followed", "Told", "entry", "follow", "record", "timeline", "timeline_of_envelope"]

_RECORD: Final = "SELECT audit_record(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
"""A function of the database; its columns are those of `_row`."""
_COLUMNS: Final = "id, at, taxpayer_id, what, documents, envelope, stage, code, actor, origin, facts"
_READ: Final = "id, at, taxpayer_id, what, documents, envelope, stage, code, actor, origin, facts::text"
_OF_DOCUMENT: Final = f"""
WITH own AS (SELECT {_READ} FROM audit_entry WHERE id IN (SELECT ulak_audit_of(%s, %s, %s)))
SELECT {_COLUMNS} FROM own UNION
SELECT {_READ} FROM audit_entry
WHERE envelope IN (SELECT envelope FROM own WHERE envelope IS NOT NULL) AND documents = '{{}}'
ORDER BY at, id
"""  # noqa: S608
# What is numbered lower than a transaction that still runs may yet be written.
_ENDED: Final = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint + base FROM audit_epoch"
_FOLLOW: Final = f"""
SELECT {_READ}, tx FROM audit_entry WHERE tx >= %s AND tx < %s AND what = ANY (%s)
ORDER BY tx FETCH FIRST %s ROWS WITH TIES
"""  # noqa: S608
_ONE: Final = f"SELECT {_READ} FROM audit_entry WHERE id = %s"  # noqa: S608
_OF_ENVELOPE: Final = f"SELECT {_READ} FROM audit_entry WHERE envelope = %s ORDER BY at, id"  # noqa: S608


_LAST_TAXPAYER: Final = 2**31 - 1
EACH: Final = "each"
"""The fact that holds what differs between an entry's documents: lists by name, in the order of the documents."""


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


class Told(NamedTuple):
    """An entry as it was written.

    Attributes:
        id: its number in the log.
    """

    id: int
    at: datetime
    taxpayer: int | None
    what: str
    documents: tuple[int, ...]
    envelope: UUID | None
    stage: str
    code: str
    actor: str
    origin: str
    facts: Mapping[str, Any]


class Followed(NamedTuple):
    """Entries that came after a place in the log.

    Attributes:
        next: the place after them; what lies before it is complete.
    """

    entries: Sequence[Told]
    next: int


def record(entries: Sequence[Entry], *, along: bool = False) -> None:
    """Write entries in the running transaction; they are lost with it, and with it alone.

    Facts are what JSON can say; times, UUIDs and Decimals become text.

    Args:
        along: whether they may be sent with what follows, at the latest with COMMIT; else they are there at once.
    """
    if not entries:
        return
    columns = as_arrays(map(_row, entries))
    if along:
        written(_RECORD, columns)
        return
    with bound() as cursor:
        cursor.execute(_RECORD, columns)


def entry(id: int) -> Told | None:
    """One entry by its number; None if there is none that the scope may see."""
    return next(iter(_told(_ONE, id)), None)


def timeline(document: int) -> list[Told]:
    """What happened to a document, and to the envelopes it travelled in, in its order; what the scope may see of it."""
    mine = current().taxpayers if is_scoped() else ()
    # Whoever works for nobody in particular looks among the entries of all.
    among = (min(mine), max(mine)) if mine else (0, _LAST_TAXPAYER)
    return [_of_one(told, document) for told in _told(_OF_DOCUMENT, document, *among)]


def _of_one(told: Told, document: int) -> Told:
    """An entry with what it says of this document in place of what it says of each."""
    each = told.facts.get(EACH)
    if each is None or document not in told.documents:
        return told
    place = told.documents.index(document)
    facts = {name: fact for name, fact in told.facts.items() if name != EACH}
    return told._replace(facts={**facts, **{name: values[place] for name, values in each.items()}})


def timeline_of_envelope(envelope: UUID | str) -> list[Told]:
    """What happened to an envelope and to the documents in it."""
    return _told(_OF_ENVELOPE, envelope)


def follow(place: int | None, whats: Sequence[str], most: int = 500) -> Followed:
    """Entries of these words from a place on, in the order of their transactions; each is met once.

    Args:
        place: `Followed.next` of the time before; None: where the log ends now, with no entries.
        most: how many, but that a transaction's entries are never parted.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ENDED)
        ended = int(cursor.fetchone()[0])
        if place is None:
            return Followed((), ended)
        cursor.execute(_FOLLOW, [place, ended, list(whats), most])
        found = cursor.fetchall()
    told = sorted(((row[-1], _entry(row)) for row in found), key=lambda one: (one[0], one[1].id))
    return Followed([entry for _, entry in told], told[-1][0] + 1 if len(told) >= most else max(place, ended))


def _row(one: Entry) -> tuple[Any, ...]:
    documents = "{" + ",".join(map(str, one.documents)) + "}"
    facts = _clean(msgspec.json.encode(one.facts).decode()) if one.facts else "{}"
    words = map(_clean, (one.stage, one.code, one.actor, one.origin))
    envelope = None if one.envelope is None else str(one.envelope)
    return (one.at, one.taxpayer, one.what, documents, envelope, *words, facts)


def _clean(text: str) -> str:
    """Without what PostgreSQL cannot keep: the character U+0000, as such or as JSON writes it."""
    return text.replace("\0", "\ufffd").replace("\\u0000", "\\ufffd")


def _told(statement: str, *parameters: Any) -> list[Told]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found = cursor.fetchall()
    return [_entry(row) for row in found]


def _entry(row: Sequence[Any]) -> Told:
    return Told._make([*row[:4], tuple(row[4]), *row[5:10], msgspec.json.decode(row[10])])
