"""A document that is issued and reported, as its page tells of it: reports, cancellation, objections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from ulak.errors import LANGUAGES, Language, Text
from ulak_server import formats
from ulak_server.documents.kinds import ARCHIVED
from ulak_server.documents.models import Document
from ulak_server.exchange.reports import services as reporting
from ulak_server.exchange.reports.services import Cancellation, Filing, Objection, Standing
from ulak_server.pages.door import Visit
from ulak_server.portal.rooms.reports_view import last_day_of
from ulak_server.portal.rooms.reports_words import MARKS, WHATS, Word

__all__ = ["COMPOSED", "METHODS", "Archived", "Told", "archived"]

COMPOSED: Final[Mapping[str, str]] = {
    "invoice": "invoice",
    "earchive_invoice": "invoice",
    "freelance_receipt": "freelance",
    "producer_receipt": "producer",
    "expense_note": "expense",
}
"""The editor of each kind that is written again from a document of it."""
METHODS: Final[Mapping[str, Text]] = {
    "KEP": Text("KEP (kayıtlı e-posta)", "KEP (registered e-mail)"),
    "NOTER": Text("Noter", "Notary"),
    "TAAHHUTLU_MEKTUP": Text("Taahhütlü mektup", "Registered letter"),
    "TELGRAF": Text("Telgraf", "Telegram"),
}
"""How an objection may have been made (itirazYontemi of eArsiv.xsd)."""
_OPEN: Final = ("issued", "voided")


class Told(NamedTuple):
    """One thing that GİB is told of the document.

    Attributes:
        text: what, in which report, and how far that has come.
    """

    filing: Filing
    word: Word
    text: Text


class Archived(NamedTuple):
    """What the page of an issued document tells.

    Attributes:
        last_cancel: the last day for cancelling, if time runs.
        cancelled: what became of a cancellation, in one sentence; None if there was none.
        is_asked: whether the buyer has been asked by a report, and their answer is still to be recorded.
        objections: each with its way in words.
        editor: where a document like it is written.
    """

    told: Sequence[Told]
    standing: Standing
    last_cancel: date | None
    cancelled: Text | None
    is_asked: bool
    objections: Sequence[tuple[Objection, Text]]
    editor: str


def archived(visit: Visit, row: Document) -> Archived | None:
    """What the page tells; within the visit's scope. None of a document that is not issued and reported."""
    if row.kind not in ARCHIVED or row.stage not in _OPEN:
        return None
    standing = reporting.standing_of(visit.taxpayer, row.id)
    made, filings = standing.cancellation, reporting.filings_of(visit.taxpayer, row.id)
    return Archived(
        [_told(one) for one in filings],
        standing,
        last_day_of(standing.may_cancel.until) if standing.may_cancel.allowed else None,
        _cancelled(made) if made else None,
        made is not None and made.stage == "requested" and _is_known(filings),
        [(one, METHODS.get(one.method, Text(one.method, one.method))) for one in standing.objections],
        editor_of(visit, row),
    )


def _is_known(filings: Sequence[Filing]) -> bool:
    return any(one.what == "cancelled" and one.mark == "accepted" for one in filings)


def editor_of(visit: Visit, row: Document) -> str:
    """Where a document like this one is written; empty for kinds that no editor writes."""
    form = COMPOSED.get(row.kind, "")
    return f"/t/{visit.taxpayer}/compose/{form}?as=repeat&from={row.id}" if form else ""


_STATES: Final[Mapping[str, Text]] = {
    "due": Text("henüz raporlanmadı; son gün {last}.", "not reported yet; due on {last}."),
    "reporting": Text(
        "{day} raporunda, bölüm {part}; GİB'in yanıtı bekleniyor.",
        "in the report of {day}, part {part}; GİB's answer is awaited.",
    ),
    "accepted": Text(
        "{day} raporunda, bölüm {part}; GİB {at} kabul etti.",
        "in the report of {day}, part {part}; accepted by GİB on {at}.",
    ),
    "trouble": Text(
        "raporu sorunlu; son gün {last}. Nedeni raporun sayfasında.",
        "its report is in trouble; due on {last}. The report's page tells why.",
    ),
    "late": Text(
        "süresinde raporlanmadı; son gün {last} idi. Raporlar sayfasından şimdi gönderin.",
        "not reported in time; it was due on {last}. Send it now from the page of reports.",
    ),
    "aside": Text("rapora konamadı: {why}", "could not be put into a report: {why}"),
}


def _told(one: Filing) -> Told:
    said = {language: _said(one, language) for language in LANGUAGES}
    return Told(one, MARKS[one.mark], Text(said["tr"], said["en"]))


def _said(one: Filing, language: Language) -> str:
    last = last_day_of(one.due_at)
    facts = {
        "day": formats.day(one.day, language),
        "part": one.section_no or "–",
        "last": formats.day(last, language) if last else "–",
        "at": formats.moment(one.accepted_at, language) if one.accepted_at else "–",
        "why": _why(one, language),
    }
    state = "aside" if one.error else "late" if one.mark == "trouble" and one.report is None else one.mark
    return f"{WHATS[one.what].say(language)}: {_STATES[state].say(language).format(**facts)}"


def _why(one: Filing, language: Language) -> str:
    """Why it was put aside, and what to do."""
    said = [(one.error or {}).get(name) for name in ("text", "repair")]
    return " ".join(str(text.get(language, "")) for text in said if isinstance(text, dict))


_CANCELLED: Final[Mapping[str, Text]] = {
    "ours": Text("{at} iptal edildi; alıcının onayı gerekmez.", "Cancelled on {at}; the buyer need not agree."),
    "requested": Text(
        "{at} iptal istendi. Alıcı GİB'in portalında kabul ya da ret eder; öğrenince işaretleyin.",
        "Cancellation was asked for on {at}. The buyer accepts or refuses on GİB's portal; record it once you know.",
    ),
    "accepted": Text("Alıcı iptali kabul etti ({answered}).", "The buyer accepted the cancellation ({answered})."),
    "refused": Text(
        "Alıcı iptali reddetti ({answered}); belge geçerli kaldı.",
        "The buyer refused the cancellation ({answered}); the document stays valid.",
    ),
}


def _cancelled(one: Cancellation) -> Text:
    said = {}
    for language in LANGUAGES:
        answered = formats.day(one.answered_at, language) if one.answered_at else "–"
        told = _CANCELLED[one.stage].say(language)
        said[language] = told.format(at=formats.moment(one.asked_at, language), answered=answered)
    return Text(said["tr"], said["en"])
