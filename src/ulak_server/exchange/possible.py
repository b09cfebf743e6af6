"""What people may want of a document as it stands: what to offer them; the law decides when they do.

Sources of `Undoing`: İptal/İhtar/İtiraz Kılavuzu V1.2, sections 2, 4 and 5; Ticari Fatura Senaryosu (RED within eight
days).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from ulak.lifecycle import answers as answers_law
from ulak.lifecycle import documents as law
from ulak.lifecycle import envelopes as envelopes_law
from ulak.lifecycle.answers import AnswerKind
from ulak.lifecycle.documents import Happening
from ulak_server.documents.models import Direction
from ulak_server.exchange import records
from ulak_server.exchange.inbound.writing import may_return
from ulak_server.exchange.views import Shown

__all__ = ["Possible", "Undoing", "possible"]

_E: Final = envelopes_law.Stage
_NOT_GONE: Final = frozenset({_E.PACKED, _E.RESTING, _E.HELD})


class Undoing(StrEnum):
    """How an invoice that its receiver has can still be undone, outside of Ulak."""

    PORTAL = "portal"
    """Cancelled on GİB's portal by either party, if the other agrees, within eight days of delivery; or objected to."""
    ANSWER = "answer"
    """By the receiver's RED within eight days; objected to afterwards."""
    SELLER_OBJECTS = "seller-objects"
    """No cancellation; the seller alone may notify an objection."""
    RETURN = "return"
    """By an invoice that returns it."""


class Possible(NamedTuple):
    """What may be wanted of a document.

    Attributes:
        resend: once more, unchanged.
        correct: handed in anew, corrected.
        readdress: to another alias, since the one it went to is gone.
        answer: KABUL or RED.
        receipt: a receipt advice.
        returns: an invoice that returns it.
        undoing: of an invoice that has arrived.
    """

    resend: bool = False
    withdraw: bool = False
    correct: bool = False
    readdress: bool = False
    answer: bool = False
    receipt: bool = False
    returns: bool = False
    undoing: Undoing | None = None


def possible(shown: Shown) -> Possible:
    """What may be wanted of a document as it is shown."""
    return _of_theirs(shown) if shown.document.direction == Direction.IN else _of_ours(shown)


def _of_theirs(shown: Shown) -> Possible:
    one = shown.document
    kind = None
    if shown.answer is not None and shown.answer.stage == answers_law.Stage.OPEN:
        kind = AnswerKind(shown.answer.kind)
    is_invoice = one.kind == "invoice"
    return Possible(
        answer=kind is AnswerKind.COMMERCIAL,
        receipt=kind is AnswerKind.DESPATCH,
        returns=is_invoice and may_return(one.type_code, one.profile) and not _is_rejected(shown),
        undoing=_undoing(one.profile) if is_invoice else None,
    )


def _is_rejected(shown: Shown) -> bool:
    """Whether we rejected it: RED undoes an invoice, nothing is left to return."""
    if shown.answer is None or shown.answer.stage not in (answers_law.Stage.ANSWERING, answers_law.Stage.ANSWERED):
        return False
    return records.read(answers_law.Answer, bytes(shown.answer.road)).code == "RED"


def _of_ours(shown: Shown) -> Possible:
    one = shown.document
    if one.road is None:
        return Possible()
    record = records.read(law.Document, bytes(one.road))
    has_gone = record.stage is law.Stage.ON_ROAD and shown.envelope_stage not in _NOT_GONE
    has_arrived = record.stage is law.Stage.DELIVERED and one.kind == "invoice"
    return Possible(
        resend=law.MACHINE.row(record.stage, Happening.RESEND) is not None,
        withdraw=law.MACHINE.row(record.stage, Happening.WITHDRAWN) is not None
        and record.stage not in _KEPT
        and not has_gone,
        correct=law.MACHINE.row(record.stage, Happening.CORRECTED) is not None,
        readdress=record.stage is law.Stage.RETURNED and record.code in _NO_ADDRESS,
        undoing=_undoing(one.profile) if has_arrived else None,
    )


_NO_ADDRESS: Final = frozenset({"1172", "1181"})
"""GİB's codes for an alias that does not exist any more (Sistem Yanıtı Şema Yapısı, 4)."""
_KEPT: Final = frozenset({law.Stage.LOOKING, law.Stage.DISPUTED, law.Stage.DELIVERED})
"""Stages at which the law refuses to take a document back, in words."""
_UNDOINGS: Final = {
    "TEMELFATURA": Undoing.PORTAL,
    "HKS": Undoing.PORTAL,
    "TICARIFATURA": Undoing.ANSWER,
    "KAMU": Undoing.SELLER_OBJECTS,
}


def _undoing(profile: str) -> Undoing:
    return _UNDOINGS.get(profile, Undoing.RETURN)
