"""Where the answer to a document stands: ours to what we received, theirs to what we sent."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ulak.errors import Text

__all__ = ["SENTENCES", "Stage"]


class Stage(StrEnum):
    """Where an answer stands."""

    OPEN = "open"
    """We received the document and may answer it."""
    ANSWERING = "answering"
    """Our answer is chosen and on its way; there is no second one."""
    NOT_DELIVERED = "not-delivered"
    """We sent the document; its receiver does not have it yet, so no time runs."""
    EXPECTED = "expected"
    """Its receiver has it and may answer."""
    ANSWERED = "answered"
    """Our answer arrived."""
    LAPSED = "lapsed"
    """We did not answer in time."""
    RECEIVED = "received"
    """The receiver's answer is here; the first one counts."""
    SILENT = "silent"
    """The receiver did not answer in time."""
    NONE = "none"
    """No answer is foreseen."""

    @property
    def is_final(self) -> bool:
        return self in _FINAL

    @property
    def sentence(self) -> Text:
        """How it stands, for a person; `ulak.lifecycle.answers.sentence` knows the days too."""
        return SENTENCES[self]


_FINAL: Final = frozenset({Stage.ANSWERED, Stage.LAPSED, Stage.RECEIVED, Stage.SILENT, Stage.NONE})

SENTENCES: Final = {
    Stage.OPEN: Text("Yanıt verebilirsiniz.", "You may answer."),
    Stage.ANSWERING: Text("Yanıtınız gönderiliyor.", "Your answer is being sent."),
    Stage.NOT_DELIVERED: Text("Alıcıya ulaşınca yanıt süresi başlar.", "The time for an answer begins on delivery."),
    Stage.EXPECTED: Text("Alıcının yanıtı bekleniyor.", "The receiver's answer is awaited."),
    Stage.ANSWERED: Text("Yanıtınız ulaştı.", "Your answer has arrived."),
    Stage.LAPSED: Text("Yanıt süresi doldu; yanıt verilmedi.", "The time for an answer ended without one."),
    Stage.RECEIVED: Text("Alıcı yanıtladı.", "The receiver has answered."),
    Stage.SILENT: Text("Alıcı süresi içinde yanıt vermedi.", "The receiver did not answer in time."),
    Stage.NONE: Text("Yanıt beklenmez.", "No answer is foreseen."),
}
