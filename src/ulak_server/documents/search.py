"""Documents found: by what people and ERPs ask for, page by page, the last first."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection

from ulak_server.documents.finding import patience
from ulak_server.documents.models import Document
from ulak_server.documents.problems import problem
from ulak_server.documents.states import Shelf
from ulak_server.documents.wanted import Condition, Wanted, condition, storable

__all__ = ["Filters", "Page", "find", "one"]

MOST: Final = 200
"""Documents of a page."""
_SHORTEST_TEXT: Final = 2
_LONGEST_CURSOR: Final = 100
_LARGEST_ID: Final = 2**63 - 1


class Filters(NamedTuple):
    """What is looked for; what is None or empty does not matter.

    Attributes:
        direction: ``out`` or ``in``.
        stages: of `ulak.lifecycle.documents`, or ``filed``.
        issued_from, issued_until: days of issue, both included.
        taken_from, taken_until: days on which Ulak took it in, in Istanbul, both included.
        partner: VKN or TCKN.
        number: the whole number, or how it begins.
        batch: id of the batch with which it came.
        about: id of the document that it answers or returns.
        text: words, see `ulak_server.documents.wanted.Wanted`.
    """

    direction: str = ""
    kinds: Sequence[str] = ()
    stages: Sequence[str] = ()
    issued_from: date | None = None
    issued_until: date | None = None
    taken_from: date | None = None
    taken_until: date | None = None
    partner: str = ""
    number: str = ""
    ettn: UUID | None = None
    erp_key: str = ""
    batch: int | None = None
    about: int | None = None
    text: str = ""


class Page(NamedTuple):
    """Some of what was found.

    Attributes:
        next: where the next page begins; None after the last.
    """

    rows: Sequence[Document]
    next: str | None


def find(taxpayer: int, filters: Filters, *, cursor: str | None = None, limit: int = 50) -> Page:
    """Documents of a taxpayer, the last taken in first; within a scope that holds the taxpayer.

    Pages stay as they are while documents come in: a cursor says behind which document the page begins.

    Args:
        cursor: `Page.next` of the page before.
        limit: at most `MOST`.

    Raises:
        IntakeError: ``intake.cursor``, ``intake.filter``; ``intake.too-broad`` if it takes longer than five seconds.
    """
    if 0 < len(filters.text.strip()) < _SHORTEST_TEXT:
        raise problem("intake.filter", where="/text", value=filters.text)
    last = _LARGEST_ID if cursor is None else _read(cursor)
    most = min(max(limit, 1), MOST)
    with patience():
        ids = _ids(taxpayer, filters, last, most + 1)
        found = Document.objects.filter(taxpayer_id=taxpayer).in_bulk(ids[:most])
    rows = [found[id] for id in ids[:most] if id in found]
    return Page(rows, _written(rows[-1].id) if len(ids) > most else None)


def one(taxpayer: int, document: int) -> Document | None:
    """A document by its id; None if the taxpayer has no such one. Within a scope that holds the taxpayer."""
    return Document.objects.filter(taxpayer_id=taxpayer, id=document).first()


def _ids(taxpayer: int, filters: Filters, last: int, most: int) -> list[int]:
    """The newest of each shelf, and of those the newest: each shelf is in order, all together are not."""
    found = [_on_shelf(taxpayer, shelf, filters) & Condition("id < %s", (last,)) for shelf in Shelf]
    each = [
        f"(SELECT id FROM documents_document WHERE {one.sql} ORDER BY id DESC LIMIT {most:d})"  # noqa: S608
        for one in found
    ]
    with connection.cursor() as asked:
        asked.execute(
            f"SELECT id FROM ({' UNION ALL '.join(each)}) AS one ORDER BY id DESC LIMIT {most:d}",  # noqa: S608
            [value for one in found for value in one.values],
        )
        return [id for (id,) in asked.fetchall()]


def _on_shelf(taxpayer: int, shelf: Shelf, filters: Filters) -> Condition:
    wanted = Wanted(
        shelf,
        direction=filters.direction,
        kinds=filters.kinds,
        party=filters.partner,
        issued_from=filters.issued_from,
        issued_until=filters.issued_until,
        arrived_from=filters.taken_from,
        arrived_until=filters.taken_until,
        number=filters.number,
        text=filters.text,
        batch=filters.batch,
    )
    found = condition(taxpayer, wanted)
    if filters.stages:
        found &= Condition("stage = ANY (%s::text[])", ([storable(one) for one in filters.stages],))
    if filters.ettn is not None:
        found &= Condition("direction = ANY ('{1,2}') AND ettn = %s", (filters.ettn,))
    for column, value in (("erp_key", filters.erp_key or None), ("about_id", filters.about)):
        if value is not None:
            found &= Condition(f"{column} = %s", (storable(value),))
    return found


def _written(id: int) -> str:
    return urlsafe_b64encode(str(id).encode()).decode().rstrip("=")


def _read(cursor: str) -> int:
    try:
        id = int(urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except ValueError:
        id = -1
    if not 0 < id < 2**63 or len(cursor) > _LONGEST_CURSOR:
        raise problem("intake.cursor")
    return id
