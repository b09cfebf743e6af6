"""One plain sentence for a person, made from how a document, its envelope, its answer and its report stand.

>>> from ulak.lifecycle import documents, envelopes
>>> document = documents.Document(documents.Stage.ON_ROAD, seed=1, wake_at=None)
>>> unknown = envelopes.Envelope(envelopes.EnvelopeKind.BUSINESS, envelopes.Stage.UNKNOWN, seed=1, wake_at=None)
>>> say(document, unknown, None, datetime(2026, 11, 22)).tr
"Gönderildi mi bilinmiyor; GİB'e soruluyor. Siz bir şey yapmayın."
>>> say(document._replace(stage=documents.Stage.RETURNED, code="1181"), None, None, datetime(2026, 11, 22)).en
'It came back: the address was not found. Remove the reason, and you can send it again as it is.'
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from ulak.codes.statuses import get
from ulak.errors import Text
from ulak.lifecycle import answers, reports
from ulak.lifecycle.answers import Answer
from ulak.lifecycle.days import ISTANBUL, day_text
from ulak.lifecycle.documents.stages import Stage
from ulak.lifecycle.documents.values import Document
from ulak.lifecycle.envelopes.values import Envelope

__all__ = ["say", "say_issued"]

_GIVEN: Final = {
    "KABUL": Text("Alıcı kabul etti.", "The receiver has accepted it."),
    "RED": Text("Alıcı reddetti.", "The receiver has rejected it."),
    "IADE": Text("Alıcı iade edeceğini bildirdi.", "The receiver has announced a return."),
    answers.RECEIPT: Text("Alıcı irsaliye yanıtı gönderdi.", "The receiver has sent a receipt advice."),
}
_AFTERWARDS: Final = frozenset({answers.Stage.EXPECTED, answers.Stage.RECEIVED, answers.Stage.SILENT})
_NEXT: Final = {
    Stage.RETURNED: Text(
        "Nedenini giderip olduğu gibi yeniden gönderebilirsiniz.",
        "Remove the reason, and you can send it again as it is.",
    ),
    Stage.TO_CORRECT: Text("Düzeltip yeniden gönderin.", "Correct it and send it again."),
    Stage.RETRYING: Text("Kendiliğinden yeniden gönderilecek.", "It is sent again by itself."),
}


_R = reports.Stage
_ISSUED: Final = {Stage.ISSUED: Text("Düzenlendi", "Issued"), Stage.VOIDED: Text("İptal edildi", "Cancelled")}
_ASKED: Final = Text("İptal istendi (alıcı reddedebilir)", "Cancellation asked for (the buyer may refuse)")
_REPORTED: Final = {
    _R.BUILDING: Text("raporu hazırlanıyor.", "its report is being built."),
    _R.READY: Text("raporu GİB'e gönderilmek üzere.", "its report is about to be sent to GİB."),
    _R.SENDING: Text("raporu GİB'e gönderiliyor.", "its report is being sent to GİB."),
    _R.UNCLEAR: Text(
        "raporunun ulaşıp ulaşmadığı GİB'e soruluyor. Siz bir şey yapmayın.",
        "GİB is being asked whether its report arrived. Do nothing yourself.",
    ),
    _R.TAKEN: Text("raporu GİB'in sırasında.", "its report is in GİB's queue."),
    _R.ACCEPTED: Text("GİB'e bildirildi.", "reported to GİB."),
    _R.REFUSED: Text(
        "raporu GİB'e verilemedi. Nedeni raporun sayfasında; ekibimiz de ilgileniyor.",
        "its report could not be handed in at GİB. The report's page tells why; our people see to it too.",
    ),
    _R.REPLACED: Text("yeni bir raporla bildiriliyor.", "it is being reported by a new report."),
    _R.WITHDRAWN: Text("bildirilmek üzere.", "it is about to be reported."),
}
_UNREPORTED: Final = Text("GİB'e {day} günü sonuna kadar bildirilir.", "GİB is told by the end of {day}.")


def say(document: Document, envelope: Envelope | None, answer: Answer | None, now: datetime) -> Text:
    """How a document that we send stands.

    Args:
        envelope: the one that it is in, if it is in one.
        answer: the one that may come from its receiver, if any is foreseen.
    """
    if document.stage is Stage.ON_ROAD and envelope is not None:
        return envelope.stage.sentence
    if document.stage is Stage.DELIVERED and answer is not None and answer.stage in _AFTERWARDS:
        return _GIVEN.get(answer.code) or answers.sentence(answer, now)
    if document.stage in _NEXT and (status := get(document.code)) is not None:
        return _came_back(status.label, _NEXT[document.stage])
    return document.stage.sentence


def say_issued(document: Document, report: reports.Report | None, due_at: datetime) -> Text:
    """How a document of an archived kind stands: that it is issued or cancelled, and whether GİB was told.

    Args:
        report: the one in which that stands, if it is in one.
        due_at: the first moment at which it is late.
    """
    if document.stage not in _ISSUED:
        return document.stage.sentence
    day = day_text(due_at.astimezone(ISTANBUL) - timedelta(microseconds=1))
    about = _UNREPORTED.format(day=day) if report is None else _REPORTED[report.stage]
    is_asked = document.stage is Stage.VOIDED and not document.settled
    head, done = _ASKED if is_asked else _ISSUED[document.stage], report is not None and report.stage is _R.ACCEPTED
    joint = Text(" ve ", " and ") if done else Text("; ", "; ")
    return Text(f"{head.tr}{joint.tr}{about.tr}", f"{head.en}{joint.en}{about.en}")


def _came_back(label: Text, then: Text) -> Text:
    """GİB's labels are headlines; within a sentence they begin small, abbreviations apart."""
    return Text(f"Geri döndü: {_small(label.tr)}. {then.tr}", f"It came back: {_small(label.en)}. {then.en}")


def _small(label: str) -> str:
    first = label.split(" ", 1)[0]
    if not label or (first.isupper() and len(first) > 1):
        return label
    return {"I": "ı", "İ": "i"}.get(label[0], label[0].lower()) + label[1:]
