"""Documents found: by what people and ERPs ask for, page by page, the last first."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db import OperationalError, connection
from django.db.models import Q, QuerySet

from ulak_server import clock
from ulak_server.documents.models import Direction, Document
from ulak_server.documents.problems import problem

__all__ = ["Filters", "Page", "find", "one"]

MOST: Final = 200
"""Documents of a page."""
_PATIENCE: Final = timedelta(seconds=5)
_SHORTEST_TEXT: Final = 2
_LONGEST_TEXT: Final = 100


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
        text: part of the partner's title or of the number, whatever the case.
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
    found = Document.objects.filter(taxpayer_id=taxpayer).filter(_wanted(filters))
    if cursor is not None:
        found = found.filter(id__lt=_read(cursor))
    rows = _within_patience(found.order_by("-id")[: min(max(limit, 1), MOST) + 1])
    more = len(rows) > min(max(limit, 1), MOST)
    rows = rows[: min(max(limit, 1), MOST)]
    return Page(rows, _written(rows[-1].id) if more else None)


def one(taxpayer: int, document: int) -> Document | None:
    """A document by its id; None if the taxpayer has no such one. Within a scope that holds the taxpayer."""
    return Document.objects.filter(taxpayer_id=taxpayer, id=document).first()


def _wanted(filters: Filters) -> Q:
    wanted = Q()
    if filters.direction:
        if filters.direction not in _DIRECTIONS:
            raise problem("intake.filter", where="/direction", value=filters.direction)
        wanted &= Q(direction=_DIRECTIONS[filters.direction])
    exact = {
        "kind__in": list(filters.kinds),
        "stage__in": list(filters.stages),
        "partner": filters.partner,
        "ettn": filters.ettn,
        "erp_key": filters.erp_key,
        "batch_id": filters.batch,
        "about_id": filters.about,
        "issue_date__gte": filters.issued_from,
        "issue_date__lte": filters.issued_until,
        "accepted_at__gte": _begin(filters.taken_from),
        "accepted_at__lt": _begin(filters.taken_until, 1),
    }
    wanted &= Q(**{name: _storable(value) for name, value in exact.items() if value not in (None, "", [])})
    if filters.number:
        number = str(_storable(filters.number)).upper()
        # A range instead of LIKE, which no index in the language of the database serves.
        wanted &= Q(number__gte=number, number__lt=number + "\U0010ffff")
    return wanted & _text(filters.text)


_DIRECTIONS: Final = {"out": Direction.OUT, "in": Direction.IN}


def _text(text: str) -> Q:
    text = str(_storable(text.strip()))
    if not text:
        return Q()
    if not _SHORTEST_TEXT <= len(text) <= _LONGEST_TEXT:
        raise problem("intake.filter", where="/text", value=text)
    return Q(party_title__icontains=text) | Q(number__icontains=text) | Q(erp_key__icontains=text)


def _storable(value: object) -> object:
    """What PostgreSQL can compare with: its texts hold no NUL."""
    if isinstance(value, str) and "\0" in value:
        raise problem("intake.filter", value=value.replace("\0", "?"))
    if isinstance(value, list):
        return [_storable(each) for each in value]
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise problem("intake.filter", value=str(value))
    return value


def _begin(day: date | None, days: int = 0) -> datetime | None:
    """The moment at which a day begins in Istanbul, or one some days later."""
    if day is None:
        return None
    try:
        return datetime.combine(day + timedelta(days), time(), clock.ISTANBUL)
    except OverflowError:
        raise problem("intake.filter", value=str(day)) from None


def _within_patience(found: QuerySet[Document]) -> list[Document]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(int(_PATIENCE.total_seconds() * 1000))])
        try:
            rows = list(found)
        except OperationalError as error:
            if "statement timeout" not in str(error):
                raise
            raise problem("intake.too-broad") from None
        cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    return rows


def _written(id: int) -> str:
    return urlsafe_b64encode(str(id).encode()).decode().rstrip("=")


def _read(cursor: str) -> int:
    try:
        id = int(urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except ValueError:
        id = -1
    if not 0 < id < 2**63 or len(cursor) > _LONGEST_TEXT:
        raise problem("intake.cursor")
    return id
