"""Where an envelope that we send stands."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ulak.errors import Text

__all__ = ["SENTENCES", "Stage"]


class Stage(StrEnum):
    """Where an envelope stands."""

    PACKED = "packed"
    """Complete and stored; nothing was sent yet."""
    SENDING = "sending"
    """A `sendDocument` is under way, or was when a process died."""
    RESTING = "resting"
    """The last send did not arrive; it will be sent again."""
    UNKNOWN = "unknown"
    """A send may have arrived. Merkez is asked; nothing is sent until it says."""
    HELD = "held"
    """GİB suspended the identity (2007) before anything arrived."""
    HELD_UNKNOWN = "held-unknown"
    """GİB suspended the identity while it was not known whether the envelope had arrived."""
    TAKEN = "taken"
    """Merkez has it (1000, 1100)."""
    PASSED = "passed"
    """Merkez found it in order (1200); the receiver's system response is missing."""
    UNDELIVERED = "undelivered"
    """Merkez could not deliver it and tries again (1210)."""
    UNANSWERED = "unanswered"
    """Delivered; the receiver sent no system response yet (1220)."""
    COMPLETED = "completed"
    """The receiver took it (1200 of the receiver's, 1300)."""
    REFUSED = "refused"
    """Merkez found a fault in it (11xx); it went nowhere."""
    RETURNED = "returned"
    """The receiver's system found a fault in it (1230)."""
    UNDELIVERABLE = "undeliverable"
    """Merkez gave up delivering it (1215)."""
    DUPLICATE = "duplicate"
    """It holds a document that Merkez has from an earlier envelope (1163, 1164)."""
    CANCELLED = "cancelled"
    """Its invoice was cancelled on GİB's portal (1235)."""
    NOT_TAKEN = "not-taken"
    """Merkez refused the call itself; nothing arrived."""
    EXPIRED = "expired"
    """The time within which it might be sent ended before it arrived."""
    WITHDRAWN = "withdrawn"
    """Taken back before it was sent."""
    DISPUTED = "disputed"
    """Merkez says of it both that it is there and that it is not; a person has to find out."""

    @property
    def is_final(self) -> bool:
        return self in _FINAL

    @property
    def sentence(self) -> Text:
        """How it stands, for a person."""
        return SENTENCES[self]


_FINAL: Final = frozenset(list(Stage)[list(Stage).index(Stage.COMPLETED) :])

SENTENCES: Final = {
    Stage.PACKED: Text("Gönderilmek üzere.", "About to be sent."),
    Stage.SENDING: Text("GİB'e gönderiliyor.", "It is being sent to GİB."),
    Stage.RESTING: Text(
        "GİB'e ulaşılamadı; kendiliğinden yeniden denenecek.", "GİB could not be reached; it is tried again by itself."
    ),
    Stage.UNKNOWN: Text(
        "Gönderildi mi bilinmiyor; GİB'e soruluyor. Siz bir şey yapmayın.",
        "It is not known whether it was sent; GİB is being asked. Do nothing yourself.",
    ),
    Stage.HELD: Text(
        "GİB gönderimi geçici olarak durdurdu; izin gelince gönderilecek.",
        "GİB has stopped sending for a while; it is sent when GİB permits it again.",
    ),
    Stage.HELD_UNKNOWN: Text(
        "GİB gönderimi geçici olarak durdurdu; ulaşıp ulaşmadığı izin gelince sorulacak. Siz bir şey yapmayın.",
        "GİB has stopped sending for a while; whether it arrived is asked when GİB permits it. Do nothing yourself.",
    ),
    Stage.TAKEN: Text(
        "GİB'in sırasında. Genellikle iki dakika sürer.", "It is in GİB's queue. Usually that takes two minutes."
    ),
    Stage.PASSED: Text("GİB kabul etti; alıcıya iletiliyor.", "GİB has accepted it and is passing it to the receiver."),
    Stage.UNDELIVERED: Text(
        "Alıcının sistemine ulaşılamıyor; GİB iki saatte bir yeniden deniyor.",
        "The receiver's system cannot be reached; GİB tries again every two hours.",
    ),
    Stage.UNANSWERED: Text(
        "Alıcıya ulaştı; alıcının sisteminden onay bekleniyor.",
        "It has reached the receiver; the receiver's system has yet to confirm it.",
    ),
    Stage.COMPLETED: Text("Alıcıya ulaştı.", "It has reached the receiver."),
    Stage.REFUSED: Text("Geri döndü: GİB hata buldu.", "It came back: GİB found a fault."),
    Stage.RETURNED: Text(
        "Geri döndü: alıcının sistemi hata buldu.", "It came back: the receiver's system found a fault."
    ),
    Stage.UNDELIVERABLE: Text(
        "Geri döndü: GİB alıcının sistemine ulaşamadı.", "It came back: GİB could not reach the receiver's system."
    ),
    Stage.DUPLICATE: Text(
        "İçindeki bir belge GİB'de zaten kayıtlı; yeniden gönderilmedi.",
        "GİB already has a document in it; it was not sent again.",
    ),
    Stage.CANCELLED: Text("Fatura GİB portalında iptal edildi.", "The invoice was cancelled on GİB's portal."),
    Stage.NOT_TAKEN: Text("GİB zarfı almadı; hiçbir şey ulaşmadı.", "GİB did not take the envelope; nothing arrived."),
    Stage.EXPIRED: Text(
        "Süresi içinde gönderilemedi; artık gönderilmeyecek.",
        "It could not be sent in time, and is not sent any more.",
    ),
    Stage.WITHDRAWN: Text("Gönderilmeden geri çekildi.", "It was withdrawn before it was sent."),
    Stage.DISPUTED: Text(
        "GİB bu zarf için çelişkili bilgi veriyor; ekibimiz GİB'e soruyor. Siz bir şey yapmayın.",
        "GİB says contradictory things about this envelope; our people are asking GİB. Do nothing yourself.",
    ),
}
