"""Documents made into views, in the caller's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ulak.errors import Language
from ulak.lifecycle import answers as law
from ulak_server import clock
from ulak_server.api.views.documents import AnswerView, DocumentFinding, DocumentView, PartnerView
from ulak_server.documents.kinds import ARCHIVED
from ulak_server.documents.models import Answer, Direction, Document
from ulak_server.exchange.answers import TAKEN
from ulak_server.exchange.records import read
from ulak_server.exchange.reports.services import Mark, marks_of
from ulak_server.exchange.services import Shown, shown

__all__ = ["view_of", "views_of"]


def view_of(document: Document, language: Language) -> DocumentView:
    """One document; within its taxpayer's scope."""
    return views_of([document], language)[0]


def views_of(documents: Iterable[Document], language: Language) -> list[DocumentView]:
    """Documents in their order; within their taxpayer's scope."""
    found = shown(documents)
    reported = [one.document for one in found if one.document.kind in ARCHIVED]
    marks = marks_of(reported[0].taxpayer_id, [one.id for one in reported]) if reported else {}
    return [_view(one, language, marks.get(one.document.id)) for one in found]


def _view(stands: Shown, language: Language, mark: Mark | None) -> DocumentView:
    row = stands.document
    is_out = row.direction == Direction.OUT
    partner = PartnerView(number=row.partner, title=row.party_title, alias=row.alias if is_out else row.sender_alias)
    return DocumentView(
        id=row.id,
        direction="out" if is_out else "in",
        kind=row.kind,
        ettn=row.ettn,
        number=row.number,
        profile=row.profile,
        type=row.type_code,
        issue_date=row.issue_date,
        partner=partner,
        own_alias=row.sender_alias if is_out else row.alias,
        currency=row.currency,
        payable=row.payable,
        erp_key=row.erp_key,
        stage=row.stage,
        sentence=stands.sentence.say(language),
        advice=stands.advice.say(language),
        may_leave=stands.may_leave,
        accepted_at=row.accepted_at,
        sealed_at=row.sealed_at,
        left_at=row.left_at,
        delivered_at=row.delivered_at,
        is_taken=not is_out and row.stage == TAKEN,
        envelope=row.envelope,
        envelope_stage=stands.envelope_stage,
        about=row.about_id,
        batch=row.batch_id,
        answer=_answer(stands.answer, language),
        report=mark.value if mark else None,
        findings=tuple(_findings(row.error, language)),
    )


def _answer(row: Answer | None, language: Language) -> AnswerView | None:
    if row is None:
        return None
    sentence = law.sentence(read(law.Answer, row.road), clock.now())
    return AnswerView(
        stage=row.stage, sentence=sentence.say(language), code=row.code, until=row.until, document=row.carrier_id
    )


def _findings(error: Any, language: Language) -> Sequence[DocumentFinding]:
    """What is kept in `Document.error`, in one language; an error without findings is a finding itself."""
    if not isinstance(error, dict):
        return []
    found = error.get("findings") or [{**error, "explanation": error.get("text")}]
    return [
        DocumentFinding(
            code=str(one.get("id") or one.get("code") or ""),
            detail=_said(one.get("explanation"), language),
            repair=_said(one.get("repair"), language),
            level=str(one.get("level") or "error"),
            pointer=str(one.get("field") or ""),
            xpath=str(one.get("xpath") or ""),
        )
        for one in found
    ]


def _said(both: Any, language: Language) -> str:
    return str(both.get(language, "")) if isinstance(both, dict) else str(both or "")
