"""Which answers may be given to which documents, and until when.

Sources: Entegrasyon Kılavuzu V1.10, 3.1 and 3.2; Ticari Fatura Senaryosu V0.3, 2.6; Bilgi Sistemleri Denetimi Kılavuzu
J23 to J30 and L21 to L26, which wins where it differs from the former.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from ulak.envelope import ElementType
from ulak_center.ends.problems import end_error
from ulak_center.ends.shelf import Shelf
from ulak_center.ends.values import Direction, EndDocument
from ulak_center.merkez import Desk
from ulak_center.values import ISTANBUL

__all__ = ["Answer", "due_by", "is_late", "refuse_answer", "refuse_repeated", "refuse_unknown"]


class Answer(StrEnum):
    """An answer to a document."""

    ACCEPT = "KABUL"
    REJECT = "RED"
    RETURN = "IADE"
    CUSTOMS = "GUMRUKONAY"
    """Customs let the goods of a traveller pass."""
    RECEIPT = "YANIT"
    """Ours: a receipt advice that answers line by line; no code of GİB's."""


_OK: Final = 1200
_COMMERCIAL: Final = "TICARIFATURA"
_ANSWERS: Final = {
    ElementType.INVOICE: (Answer.ACCEPT, Answer.REJECT, Answer.RETURN),
    ElementType.DESPATCH_ADVICE: (Answer.ACCEPT, Answer.REJECT, Answer.RECEIPT),
}
_NEED_REASON: Final = (Answer.REJECT, Answer.RETURN)
_TO_SEND: Final = {ElementType.INVOICE: 8, ElementType.DESPATCH_ADVICE: 7}
"""Days to answer, until the end of the last (J24, J26; L21, L24)."""
_TO_TAKE: Final = 8
"""Days in which an answer is taken, from the receiver's system response (J29, L26)."""


def due_by(document: EndDocument) -> date | None:
    """The last day on which a document that came can be answered; None if it is not answered at all."""
    days = _TO_SEND.get(document.element)
    is_basic = document.element is ElementType.INVOICE and document.profile != _COMMERCIAL
    if days is None or is_basic or document.direction is Direction.OUT:
        return None
    return _day(document.at) + timedelta(days=days)


def refuse_unknown(document: EndDocument) -> None:
    """See that a document came, in an envelope that was accepted.

    Raises:
        CenterError: ``center.not-incoming``, ``center.not-accepted``.
    """
    if document.direction is not Direction.IN:
        raise end_error("center.not-incoming", ettn=document.ettn)
    if document.status != _OK:
        raise end_error("center.not-accepted", ettn=document.ettn, status=document.status)


def refuse_answer(document: EndDocument, answer: Answer, reason: str) -> None:
    """See that such a document is answered so.

    Raises:
        CenterError: ``center.no-answer``, ``center.reason-missing``.
    """
    if due_by(document) is None or answer not in _ANSWERS[document.element]:
        raise end_error("center.no-answer", profile=document.profile or document.element, answer=answer)
    if answer in _NEED_REASON and not reason.strip():
        raise end_error("center.reason-missing", answer=answer)


def refuse_repeated(document: EndDocument, now: datetime) -> None:
    """See that it is the first answer, and in time.

    Raises:
        CenterError: ``center.answered``, ``center.answer-late``.
    """
    if document.answer:
        raise end_error("center.answered", ettn=document.ettn, answer=document.answer)
    last = due_by(document)
    if last is not None and _day(now) > last:
        raise end_error("center.answer-late", ettn=document.ettn, last=last.isoformat())


def is_late(desk: Desk, shelf: Shelf, sent: EndDocument, now: datetime) -> bool:
    """Whether an answer to a document that was sent comes too late."""
    kept = desk.book.get(sent.envelope)
    told = [] if kept is None else [one.at for one in shelf.told(kept) if one.teller[:2] == kept.receiver[:2]]
    began = told[0] if told else sent.at
    return _day(now) > _day(began) + timedelta(days=_TO_TAKE)


def _day(at: datetime) -> date:
    return at.astimezone(ISTANBUL).date()
