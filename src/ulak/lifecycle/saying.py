"""One plain sentence for a person, made from how a document, its envelope and its answer stand.

>>> from ulak.lifecycle import documents, envelopes
>>> document = documents.Document(documents.Stage.ON_ROAD, seed=1, wake_at=None)
>>> unknown = envelopes.Envelope(envelopes.EnvelopeKind.BUSINESS, envelopes.Stage.UNKNOWN, seed=1, wake_at=None)
>>> say(document, unknown, None, datetime(2026, 11, 22)).tr
"Gönderildi mi bilinmiyor; GİB'e soruluyor. Siz bir şey yapmayın."
>>> say(document._replace(stage=documents.Stage.RETURNED, code="1181"), None, None, datetime(2026, 11, 22)).en
'It came back: the address was not found. Remove the reason, and you can send it again as it is.'
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ulak.codes.statuses import get
from ulak.errors import Text
from ulak.lifecycle import answers
from ulak.lifecycle.answers import Answer
from ulak.lifecycle.documents.stages import Stage
from ulak.lifecycle.documents.values import Document
from ulak.lifecycle.envelopes.values import Envelope

__all__ = ["say"]

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


def _came_back(label: Text, then: Text) -> Text:
    """GİB's labels are headlines; within a sentence they begin small, abbreviations apart."""
    return Text(f"Geri döndü: {_small(label.tr)}. {then.tr}", f"It came back: {_small(label.en)}. {then.en}")


def _small(label: str) -> str:
    first = label.split(" ", 1)[0]
    if not label or (first.isupper() and len(first) > 1):
        return label
    return {"I": "ı", "İ": "i"}.get(label[0], label[0].lower()) + label[1:]
