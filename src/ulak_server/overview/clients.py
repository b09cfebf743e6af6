"""All clients of an accountant at a glance: one row for each taxpayer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from ulak_server.overview import months
from ulak_server.overview.models import Close, Month
from ulak_server.overview.waiting import Waiting, waiting_of
from ulak_server.taxpayers.models import Taxpayer

__all__ = ["SORTS", "Client", "clients", "names"]

SORTS: Final = ("needs", "name", "until", "last")


class Client(NamedTuple):
    """One taxpayer.

    Attributes:
        gaps: how many numbers were missing in the month before, when it was counted last; None: not counted yet.
        closed_at, closed_by: of the month before, if it is closed; empty if it is not.
    """

    id: int
    number: str
    title: str
    waiting: Waiting
    gaps: int | None
    closed: str
    closed_by: str


def clients(taxpayers: Iterable[int]) -> Sequence[Client]:
    """How each of these taxpayers stands, all of whom are in scope; those who need somebody most come first."""
    ids = sorted(set(taxpayers))
    waiting, month = waiting_of(ids), months.before(months.current())
    gaps = dict(Month.objects.filter(taxpayer_id__in=ids, month=month).values_list("taxpayer_id", "gaps"))
    closed = _closed(ids, month)
    rows = Taxpayer.objects.filter(id__in=ids).values_list("id", "number", "title")
    found = [
        Client(id, number, title, waiting[id], gaps.get(id), *closed.get(id, ("", ""))) for id, number, title in rows
    ]
    return sorted(found, key=lambda one: (-one.waiting.needs, one.title))


def names(taxpayers: Iterable[int]) -> Sequence[tuple[int, str, str]]:
    """Id, number and title of these taxpayers, all of whom are in scope, in the order of their titles."""
    rows = Taxpayer.objects.filter(id__in=list(taxpayers)).values_list("id", "number", "title")
    return sorted(rows, key=lambda one: one[2])


def _closed(ids: Sequence[int], month: date) -> Mapping[int, tuple[str, str]]:
    rows = Close.objects.filter(taxpayer_id__in=ids, month=month, closed_at__isnull=False)
    return {one.taxpayer_id: (one.closed_at.isoformat() if one.closed_at else "", one.closed_name) for one in rows}
