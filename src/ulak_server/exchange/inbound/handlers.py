"""What carries out the effects of incoming envelopes and of answers inside the transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from ulak.lifecycle import answers, documents, inbound
from ulak.lifecycle.effects import Remind
from ulak.lifecycle.problems import lifecycle_error
from ulak_server.documents.models import Direction
from ulak_server.documents.services import Draft, accept
from ulak_server.exchange.inbound.filing import CARRIER, DRAFT, awaited, file_it
from ulak_server.exchange.inbound.responding import respond_to
from ulak_server.exchange.inbound.station import OPENING
from ulak_server.exchange.rooms import ANSWERS, DOCUMENTS, Row
from ulak_server.exchange.shell import Handlers, Shell

__all__ = ["HANDLERS"]

_D: Final = documents.Stage
_GONE: Final = frozenset({_D.EXPIRED, _D.WITHDRAWN, _D.CANCELLED})
_BACK: Final = frozenset({_D.FAULTY, _D.RETURNED, _D.TO_CORRECT})
_OURS: Final = frozenset({"application_response", "receipt_advice"})
"""Kinds by which we answer."""


def _open(shell: Shell, row: Row, effect: inbound.Open) -> None:
    """Opening takes its time: the station does it after the transaction."""
    row.values[OPENING] = True


# -- answers -----------------------------------------------------------------------------------------------------------


def _make(shell: Shell, row: Row, effect: answers.MakeAnswer) -> None:
    """Take the answer in as a document of ours, which must not go once the time is over."""
    draft: Callable[[datetime], Draft] = row.values.pop(DRAFT)
    (row["carrier_id"],) = accept([draft(effect.not_after)], shell.policy, actor=shell.actor, origin=shell.origin)


def _take(shell: Shell, row: Row, effect: answers.Take) -> None:
    row["carrier_id"] = row.values.get(CARRIER)


def _ignore(shell: Shell, row: Row, effect: answers.Ignore) -> None:
    shell.tell(ANSWERS, row, "answer.ignored", code=effect.problem)


def _refuse(shell: Shell, row: Row, effect: answers.Refuse) -> None:
    raise lifecycle_error(effect.problem)


def _remind(shell: Shell, row: Row, effect: Remind) -> None:
    shell.tell(ANSWERS, row, "answer.reminder")


def _answer_moved(shell: Shell, row: Row, stage: answers.Stage) -> None:
    row["until"], row["code"] = row.record.until, row.record.code
    if stage is answers.Stage.OPEN:
        row["carrier_id"] = None


# -- what the course of documents means for answers --------------------------------------------------------------------


def _document_moved(shell: Shell, row: Row, stage: documents.Stage) -> None:
    """A document of ours was delivered: its answer may come. One that carries our answer has ended: that is told."""
    if row["direction"] != Direction.OUT:
        return
    if row["kind"] in _OURS:
        _carried(shell, row, stage)
    elif stage is _D.DELIVERED and answers.kind_of(row["profile"]) is not answers.AnswerKind.NONE:
        awaited(shell, row["taxpayer_id"], row.key, row["profile"])
        shell.happen(ANSWERS, row.key, answers.Delivered())


def _carried(shell: Shell, row: Row, stage: documents.Stage) -> None:
    if row["about_id"] is None:
        return
    if stage in _BACK:
        # It is answered anew rather than corrected: this one must not go beside the next.
        shell.happen(DOCUMENTS, row.key, documents.WithdrawalWanted())
    elif stage is _D.DELIVERED or stage in _GONE:
        shell.happen(ANSWERS, row["about_id"], answers.AnswerEnded(stage is _D.DELIVERED))


HANDLERS: Final[Handlers] = {
    ("inbound", inbound.Open): _open,
    ("inbound", inbound.File): file_it,
    ("inbound", inbound.Respond): respond_to,
    ("answer", answers.MakeAnswer): _make,
    ("answer", answers.Take): _take,
    ("answer", answers.Ignore): _ignore,
    ("answer", answers.Refuse): _refuse,
    ("answer", Remind): _remind,
    ("answer", answers.Stage): _answer_moved,
    ("document", documents.Stage): _document_moved,
}
