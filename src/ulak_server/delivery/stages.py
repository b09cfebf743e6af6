"""Where a message stands."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ulak.errors import Text

__all__ = ["SENTENCES", "Stage"]


class Stage(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    """To be sent when its time comes."""
    SENDING = "sending"
    """A process is at it; nothing that counts was said to the receiving server yet."""
    HANDING = "handing"
    """The receiving server is about to be told that the message is complete: from now on it may have it."""
    SENT = "sent"
    """The receiving server has taken it."""
    UNCLEAR = "unclear"
    """The connection or the process ended while it was being handed over: nobody here knows whether it was taken."""
    REFUSED = "refused"
    """The receiving server refused it for good."""
    BOUNCED = "bounced"
    """It was taken, and came back."""
    GIVEN_UP = "given-up"
    """It was tried as often as is sensible."""
    SUPPRESSED = "suppressed"
    """Nothing is sent to the address any more."""
    STOPPED = "stopped"
    """Somebody stopped it before it was sent."""

    @property
    def sentence(self) -> Text:
        """How it stands, for a person."""
        return SENTENCES[self]

    @property
    def tone(self) -> str:
        """``ok``, ``wait``, ``bad`` or ``info``."""
        return _TONES.get(self, "bad")

    @property
    def may_go_again(self) -> bool:
        """Whether a person may have it sent again."""
        return self in _AGAIN


_AGAIN: Final = frozenset({Stage.UNCLEAR, Stage.REFUSED, Stage.BOUNCED, Stage.GIVEN_UP, Stage.STOPPED, Stage.SENT})
_TONES: Final = {
    Stage.WAITING: "wait",
    Stage.SENDING: "wait",
    Stage.HANDING: "wait",
    Stage.SENT: "ok",
    Stage.STOPPED: "info",
}
SENTENCES: Final = {
    Stage.WAITING: Text("Sırada.", "Waiting."),
    Stage.SENDING: Text("Gönderiliyor.", "Being sent."),
    Stage.HANDING: Text("Gönderiliyor.", "Being sent."),
    Stage.SENT: Text("Gönderildi.", "Sent."),
    Stage.UNCLEAR: Text("Ulaştı mı bilinmiyor.", "It is not known whether it arrived."),
    Stage.REFUSED: Text("Reddedildi.", "Refused."),
    Stage.BOUNCED: Text("Geri döndü.", "Came back."),
    Stage.GIVEN_UP: Text("Gönderilemedi.", "Could not be sent."),
    Stage.SUPPRESSED: Text("Adres kapalı; gönderilmedi.", "The address is stopped; not sent."),
    Stage.STOPPED: Text("Durduruldu.", "Stopped."),
}
