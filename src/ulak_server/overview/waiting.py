"""How much waits for a person: counted for one taxpayer or for all clients of an accountant, by one statement each.

What waits is little beside what there is, and has indexes of its own: a million documents that arrived cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection

from ulak.lifecycle.answers import AnswerKind
from ulak.lifecycle.documents import Stage
from ulak_server import clock
from ulak_server.credits import services as credits
from ulak_server.credits.services import Standing
from ulak_server.documents.states import State
from ulak_server.exchange.reports.services import Trouble, trouble_of
from ulak_server.overview.bookkeeping import Bookkeeping, bookkeeping_of
from ulak_server.overview.crediting import are_credits_short

__all__ = ["BROKEN", "FAULTY", "RESTING", "RETURNED", "Waiting", "rejected_since", "waiting_of"]

FAULTY: Final = (Stage.FAULTY,)
RETURNED: Final = (Stage.RETURNED, Stage.TO_CORRECT)
RESTING: Final = (Stage.CLASHED, Stage.DISPUTED)
BROKEN: Final = (*FAULTY, *RETURNED, *RESTING)
"""Stages in which a document of ours waits for a person, drafts apart: what `State.TROUBLED` stands for."""
_REJECTED_FOR: Final = timedelta(days=30)
_TROUBLED: Final = f"""
SELECT taxpayer_id, stage, count(*) FROM documents_document
WHERE taxpayer_id = ANY (%s) AND shelf IN (1, 3, 4, 5) AND state = {State.TROUBLED:d} GROUP BY taxpayer_id, stage
"""  # noqa: S608
_DRAFTS: Final = f"""
SELECT taxpayer_id, count(*) FROM documents_document
WHERE taxpayer_id = ANY (%s) AND shelf IN (1, 3, 5) AND state = {State.DRAFT:d} GROUP BY taxpayer_id
"""  # noqa: S608
_ANSWERS: Final = """
SELECT taxpayer_id, kind, count(*), min(until) FROM documents_answer
WHERE taxpayer_id = ANY (%s) AND stage = 'open' AND until > %s GROUP BY taxpayer_id, kind
"""
_REJECTED: Final = f"""
SELECT taxpayer_id, count(*) FROM documents_document
WHERE taxpayer_id = ANY (%s) AND shelf = 1 AND state IN ({State.REJECTED:d}, {State.RETURNED:d}) AND accepted_at > %s
GROUP BY taxpayer_id
"""  # noqa: S608
_LAST: Final = """
SELECT w.id, max(d.accepted_at) FROM unnest(%s::int[]) AS w(id) CROSS JOIN (VALUES (1), (2), (3), (5)) AS s(shelf)
CROSS JOIN LATERAL (
    SELECT accepted_at FROM documents_document WHERE taxpayer_id = w.id AND shelf = s.shelf ORDER BY id DESC LIMIT 1
) AS d GROUP BY w.id
"""


class Waiting(NamedTuple):
    """How much waits for the people of one taxpayer.

    Attributes:
        answers: commercial invoices that came in and may still be answered.
        receipts: despatch advices that came in and may still be answered by a receipt advice.
        until: when the first of the answers lapses.
        drafts, faulty, returned, resting: documents of ours that were not sent, have a fault, came back, or of which
            nobody knows whether they arrived.
        rejected: ours of the last 30 days that were rejected, or whose return was announced.
        last: when the last document came or was written.
        reports: how it stands with the reports to GİB.
        ledgers: how it stands with the books.
        credits: how it stands with kontör.
    """

    answers: int = 0
    receipts: int = 0
    until: datetime | None = None
    drafts: int = 0
    faulty: int = 0
    returned: int = 0
    resting: int = 0
    rejected: int = 0
    last: datetime | None = None
    reports: Trouble = Trouble()
    ledgers: Bookkeeping = Bookkeeping()
    credits: Standing = Standing(0)

    @property
    def troubled(self) -> int:
        """How many of ours have a fault or came back."""
        return self.faulty + self.returned

    @property
    def needs(self) -> int:
        """How many things somebody should look at; drafts are somebody's own business."""
        reports = self.reports.refused + self.reports.put_aside + bool(self.reports.late)
        papers = self.answers + self.receipts + self.faulty + self.returned + self.resting + self.rejected
        return papers + reports + self.ledgers.needs + are_credits_short(self.credits)


def rejected_since(now: datetime) -> datetime:
    """From when on rejections are shown."""
    return now - _REJECTED_FOR


def waiting_of(taxpayers: Iterable[int]) -> Mapping[int, Waiting]:
    """What waits for the people of each of these taxpayers, all of whom are in scope."""
    ids, now = sorted(set(taxpayers)), clock.now()
    found: dict[int, dict[str, Any]] = {id: {} for id in ids}
    for id, count in _rows(_DRAFTS, [ids]):
        found[id]["drafts"] = count
    for id, stage, count in _rows(_TROUBLED, [ids]):
        group = _GROUPS[stage]
        found[id][group] = found[id].get(group, 0) + count
    for id, kind, count, until in _rows(_ANSWERS, [ids, now]):
        is_receipt = kind == AnswerKind.DESPATCH
        found[id]["receipts" if is_receipt else "answers"] = count
        found[id]["until"] = min(filter(None, (until, found[id].get("until"))))
    for id, count in _rows(_REJECTED, [ids, rejected_since(now)]):
        found[id]["rejected"] = count
    for id, last in _rows(_LAST, [ids]):
        found[id]["last"] = last
    for id, trouble in trouble_of(ids).items():
        found[id]["reports"] = trouble
    for id, books in bookkeeping_of(ids).items():
        found[id]["ledgers"] = books
    for id, standing in credits.standings(ids).items():
        found[id]["credits"] = standing
    return {id: Waiting(**counts) for id, counts in found.items()}


_GROUPS: Final[Mapping[str, str]] = {
    **dict.fromkeys(map(str, FAULTY), "faulty"),
    **dict.fromkeys(map(str, RETURNED), "returned"),
    **dict.fromkeys(map(str, RESTING), "resting"),
}


def _rows(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
