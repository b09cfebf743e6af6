"""Cancellations, objections, and the reports of the e-Arşiv family, as the API shows them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from ulak.ubl.forms.base import doc
from ulak_server.api.views.common import Given, Moment, Taken

__all__ = [
    "AnswerTold",
    "AttemptView",
    "BalanceView",
    "CalendarView",
    "CancelWanted",
    "CancellationView",
    "DayView",
    "DifferenceView",
    "EntryPage",
    "EntryView",
    "FilingList",
    "FilingView",
    "LimitView",
    "LineView",
    "ObjectionView",
    "ObjectionWanted",
    "Product",
    "ReportList",
    "ReportShown",
    "ReportView",
    "SendWanted",
    "SentOff",
    "What",
]

Product = Literal["earsiv", "egider"]
What = Literal["issued", "cancelled", "objected"]
_Reason = Annotated[str, Meta(max_length=2000)]


class CancelWanted(Taken):
    """A document that is to be cancelled."""

    reason: Annotated[_Reason, doc("Neden; yalnız kayıtta durur.", "Why; it is kept with the timeline only.")] = ""


class AnswerTold(Taken):
    """What the buyer answered to a request to cancel, on GİB's portal."""

    answer: Annotated[Literal["accepted", "refused"], doc("Kabul ya da ret.", "Accepted or refused.")]
    on: Annotated[date | UnsetType, doc("Hangi gün; yazılmazsa bugün.", "On which day; left out: today.")] = UNSET


class ObjectionWanted(Taken):
    """An objection that was made outside of the system (TTK 18/3)."""

    method: Annotated[
        Literal["KEP", "NOTER", "TELGRAF", "TAAHHUTLU_MEKTUP"],
        doc("İtirazın yapılış yolu.", "How the objection was made."),
    ]
    number: Annotated[Annotated[str, Meta(max_length=100)], doc("İtiraz belgesinin no.su.", "Number of the objection.")]
    date: Annotated[date, doc("İtirazın tarihi.", "Date of the objection.")]
    explanation: Annotated[Annotated[str, Meta(max_length=255)], doc("Açıklama.", "Explanation.")]


class ObjectionView(Given):
    """An objection, as it is told to GİB."""

    method: Annotated[str, doc("Yapılış yolu.", "How it was made.")]
    number: Annotated[str, doc("Belgesinin no.su.", "Its number.")]
    date: Annotated[date, doc("Tarihi.", "Its date.")]
    explanation: Annotated[str, doc("Açıklama.", "Explanation.")]
    told_at: Annotated[Moment, doc("Kaydedildiği an.", "When it was written down.")]


class LimitView(Given):
    """Whether the law allows something now, and until when."""

    allowed: Annotated[bool, doc("Şimdi yapılabilir mi.", "Whether it may be done now.")]
    until: Annotated[Moment | None, doc("Son an; null: süre yok.", "The last moment; null: no clock runs.")]
    why: Annotated[str, doc("Neden öyle olduğu.", "Why it is so.")]


class CancellationView(Given):
    """What may be cancelled or objected to, what was, and how that stands."""

    document: Annotated[int, doc("Belge.", "The document.")]
    stage: Annotated[str, doc("Belgenin aşaması.", "Stage of the document.")]
    cancel: Annotated[LimitView, doc("İptal edilebilir mi.", "Whether it may be cancelled.")]
    is_request: Annotated[
        bool,
        doc(
            "İptal, alıcının GİB portalinde reddedebileceği bir istek mi.",
            "Whether cancelling is a request that the buyer may refuse on GİB's portal.",
        ),
    ]
    objection: Annotated[LimitView, doc("İtiraz bildirilebilir mi.", "Whether an objection may be told.")]
    cancellation: Annotated[
        str,
        doc(
            "Boş: iptal yok; ours: iptal edildi; requested: alıcının yanıtı bekleniyor; accepted, refused: yanıtı.",
            "Empty: none; ours: cancelled; requested: the buyer may answer; accepted, refused: the answer.",
        ),
    ]
    cancelled_at: Annotated[Moment | None, doc("İptal edildiği an.", "When it was cancelled.")]
    reason: Annotated[str, doc("İptalin nedeni.", "Why it was cancelled.")]
    answered_at: Annotated[Moment | None, doc("Alıcının yanıtının işlendiği an.", "When the answer was recorded.")]
    objections: Annotated[tuple[ObjectionView, ...], doc("İtirazlar.", "The objections.")]


class FilingView(Given):
    """One thing about a document that GİB is told in a report."""

    what: Annotated[What, doc("Düzenlendi, iptal edildi, itiraz edildi.", "Issued, cancelled or objected to.")]
    day: Annotated[date, doc("Hangi günün raporunda.", "Of which day's report.")]
    mark: Annotated[
        Literal["due", "reporting", "accepted", "trouble"],
        doc(
            "due: raporu bekliyor; reporting: raporda, yolda; accepted: GİB aldı; trouble: bir kişiyi bekliyor.",
            "due: awaits its report; reporting: in a report on its way; accepted: GİB has it; trouble: needs people.",
        ),
    ]
    due_at: Annotated[Moment | None, doc("Yasal süre.", "Until when the law wants it told.")]
    report: Annotated[UUID | None, doc("Raporu: raporNo.", "Its report: raporNo.")]
    section_no: Annotated[int | None, doc("bolumNo.", "bolumNo.")]
    accepted_at: Annotated[Moment | None, doc("GİB'in aldığı an.", "When GİB took it.")]


class FilingList(Given):
    """Everything about a document that GİB is told in reports, the oldest first."""

    items: Annotated[tuple[FilingView, ...], doc("Bildirilenler.", "What GİB is told.")]


class ReportView(Given):
    """A report to GİB."""

    id: Annotated[UUID, doc("raporNo.", "raporNo.")]
    product: Annotated[Product, doc("e-Arşiv ya da e-Gider Pusulası raporu.", "Of e-Arşiv, or of expense notes.")]
    day: Annotated[date, doc("Hangi günün raporu.", "The day it is about.")]
    section_no: Annotated[int, doc("bolumNo: ay içindeki sırası.", "bolumNo: its number in the month.")]
    stage: Annotated[str, doc("Aşama (docs/reporting.md).", "Stage (docs/reporting.md).")]
    sentence: Annotated[str, doc("Nasıl durduğu, tek cümleyle.", "How it stands, in one sentence.")]
    advice: Annotated[str, doc("Ne yapılacağı; boş: bir şey gerekmez.", "What to do; empty: nothing.")]
    code: Annotated[str, doc("GİB'in son durum kodu.", "The status that GİB gave last.")]
    issued: Annotated[int, doc("Düzenlenen belge sayısı.", "How many documents were issued.")]
    cancelled: Annotated[int, doc("İptal sayısı.", "How many were cancelled.")]
    objected: Annotated[int, doc("İtiraz sayısı.", "How many were objected to.")]
    size: Annotated[int, doc("Açık boyu, bayt.", "Bytes unpacked.")]
    due_at: Annotated[Moment | None, doc("Yasal süre.", "Until when the law wants it.")]
    built_at: Annotated[Moment | None, doc("Kurulduğu an.", "When it was built.")]
    sent_at: Annotated[Moment | None, doc("Gönderildiği an.", "When it was sent.")]
    accepted_at: Annotated[Moment | None, doc("GİB'in aldığı an.", "When GİB took it.")]
    tries: Annotated[int, doc("Kaç kez gönderildi.", "How often it was sent.")]
    replaces: Annotated[UUID | None, doc("Yerine geçtiği rapor.", "The report it was built in place of.")]
    replaced_by: Annotated[UUID | None, doc("Yerine kurulan rapor.", "The report that was built in its place.")]


class ReportList(Given):
    """The reports of a month, the newest first."""

    items: Annotated[tuple[ReportView, ...], doc("Raporlar.", "The reports.")]


class AttemptView(Given):
    """Something that was done with a report."""

    at: Annotated[Moment, doc("Ne zaman.", "When.")]
    what: Annotated[str, doc("build, send ya da ask.", "build, send or ask.")]
    code: Annotated[str, doc("Sonucun kodu.", "Code of what came of it.")]
    label: Annotated[str, doc("Kodun anlamı.", "What the code means.")]
    text: Annotated[str, doc("GİB'in kendi sözü.", "GİB's own words.")]


class ReportShown(Given):
    """A report with what was done with it."""

    report: Annotated[ReportView, doc("Rapor.", "The report.")]
    attempts: Annotated[tuple[AttemptView, ...], doc("Yapılanlar, eskiden yeniye.", "What was done, oldest first.")]


class EntryView(Given):
    """One entry of a report."""

    id: Annotated[int, doc("Girişin numarası.", "Id of the entry.")]
    document: Annotated[int, doc("Belge.", "The document.")]
    number: Annotated[str, doc("Belge no.", "Number of the document.")]
    what: Annotated[What, doc("Ne bildirildi.", "What is told.")]
    day: Annotated[date, doc("Olduğu gün.", "The day on which it happened.")]


class EntryPage(Given):
    """A page of a report's entries."""

    items: Annotated[tuple[EntryView, ...], doc("Girişler.", "The entries.")]
    next: Annotated[str | None, doc("Sonraki sayfanın imleci.", "Cursor of the next page; null: this is the last.")]


class SendWanted(Taken):
    """What is to be reported at once."""

    product: Annotated[Product | UnsetType, doc("Yazılmazsa ikisi.", "Left out: both.")] = UNSET


class SentOff(Given):
    """What goes out by that."""

    entries: Annotated[int, doc("Yola çıkan girişler.", "Entries that set out.")]


class DayView(Given):
    """A day of the calendar of reports."""

    day: Annotated[date, doc("Gün.", "The day.")]
    issued: Annotated[int, doc("Düzenlenen.", "Issued.")]
    cancelled: Annotated[int, doc("İptal.", "Cancelled.")]
    objected: Annotated[int, doc("İtiraz.", "Objected to.")]
    mark: Annotated[
        Literal["due", "reporting", "accepted", "trouble", ""],
        doc("Girişlerin en kötü durumu; boş: giriş yok.", "How the worst of its entries stands; empty: none."),
    ]
    due_at: Annotated[Moment | None, doc("Yasal süre.", "Until when the law wants it told.")]
    is_late: Annotated[bool, doc("Süresi geçti mi.", "Whether that has passed.")]
    reports: Annotated[tuple[UUID, ...], doc("Raporları.", "Its reports.")]


class CalendarView(Given):
    """Every day of a month."""

    days: Annotated[tuple[DayView, ...], doc("Günler.", "The days.")]


class DifferenceView(Given):
    """Why documents and GİB's answers do not agree yet."""

    cause: Annotated[str, doc("Değişmez sözcük (docs/reporting.md).", "A stable word (docs/reporting.md).")]
    detail: Annotated[str, doc("Ne olduğu.", "What it is.")]
    product: Annotated[str, doc("earsiv ya da egider.", "earsiv or egider.")]
    day: Annotated[date | None, doc("Hangi gün.", "Of which day.")]
    size: Annotated[int, doc("Kaç tane.", "How many.")]
    documents: Annotated[tuple[int, ...], doc("Belgelerin ilkleri.", "The first of the documents.")]
    reports: Annotated[tuple[UUID, ...], doc("Raporlar.", "The reports.")]
    repair: Annotated[str, doc("send, ask, renew, wait, call ya da boş.", "send, ask, renew, wait, call, or empty.")]


class LineView(Given):
    """Things of one sort, through all hands."""

    what: Annotated[What, doc("Düzenleme, iptal, itiraz.", "Issued, cancelled, objected to.")]
    documents: Annotated[int, doc("Belgelerde.", "Among the documents.")]
    reported: Annotated[int, doc("Raporlarda.", "In reports.")]
    accepted: Annotated[int, doc("GİB'in aldıkları.", "That GİB has.")]


class BalanceView(Given):
    """Documents ↔ reports ↔ GİB's answers, of a month."""

    documents: Annotated[int, doc("Düzenlenen belgeler.", "Documents that were issued.")]
    cancellations: Annotated[int, doc("İptaller.", "Cancellations.")]
    objections: Annotated[int, doc("İtirazlar.", "Objections.")]
    entries: Annotated[int, doc("Raporlanacaklar.", "Entries that are to be reported.")]
    reported: Annotated[int, doc("Rapora girenler.", "Entries that stand in a report.")]
    accepted: Annotated[int, doc("GİB'in aldıkları.", "Entries that GİB has.")]
    is_balanced: Annotated[bool, doc("Hepsi GİB'de mi.", "Whether GİB has all of it.")]
    lines: Annotated[tuple[LineView, ...], doc("Türlerine göre.", "By what they are.")]
    differences: Annotated[tuple[DifferenceView, ...], doc("Farklar.", "The differences.")]
