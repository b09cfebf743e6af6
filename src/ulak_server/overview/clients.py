"""All clients of an accountant at a glance: one row for each taxpayer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from time import monotonic
from typing import Final, NamedTuple

from ulak_server import clock
from ulak_server.overview import months
from ulak_server.overview.closing import count_gaps
from ulak_server.overview.models import Close, Month
from ulak_server.overview.waiting import Waiting, waiting_of
from ulak_server.taxpayers.models import Taxpayer

__all__ = ["Client", "clients"]

_FRESH: Final = timedelta(days=1)
_PATIENCE: Final = 0.1
"""Seconds for which numbers are counted while somebody waits."""


class Client(NamedTuple):
    """One taxpayer.

    Attributes:
        gaps: how many numbers were missing in the month before, when it was counted last; None: not counted yet.
        closed, closed_by: when (ISO 8601) and by whom the month before was closed; empty if it is not.
    """

    id: int
    number: str
    title: str
    waiting: Waiting
    gaps: int | None
    closed: str
    closed_by: str


def clients(taxpayers: Iterable[int]) -> Sequence[Client]:
    """How each of these taxpayers stands, all of whom are in scope."""
    ids = sorted(set(taxpayers))
    waiting, month = waiting_of(ids), months.before(months.current())
    gaps = _gaps(ids, month)
    closed = _closed(ids, month)
    rows = Taxpayer.objects.filter(id__in=ids).values_list("id", "number", "title")
    return [
        Client(id, number, title, waiting[id], gaps.get(id), *closed.get(id, ("", ""))) for id, number, title in rows
    ]


def _gaps(ids: Sequence[int], month: date) -> Mapping[int, int]:
    """What was counted; of those that were not today, as many are counted now as there is time for."""
    fresh, until = clock.now() - _FRESH, monotonic() + _PATIENCE
    counted = {one.taxpayer_id: one for one in Month.objects.filter(taxpayer_id__in=ids, month=month)}
    found = {id: one.gaps for id, one in counted.items()}
    for id in ids:
        if (id not in counted or counted[id].counted_at < fresh) and monotonic() < until:
            found[id] = count_gaps(id, month)
    return found


def _closed(ids: Sequence[int], month: date) -> Mapping[int, tuple[str, str]]:
    rows = Close.objects.filter(taxpayer_id__in=ids, month=month, closed_at__isnull=False)
    return {one.taxpayer_id: (one.closed_at.isoformat() if one.closed_at else "", one.closed_name) for one in rows}
