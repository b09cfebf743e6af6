"""Where a document that we send stands."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ulak.errors import Text

__all__ = ["SENTENCES", "Stage"]


class Stage(StrEnum):
    """Where a document stands; while it is `ON_ROAD` its envelope knows more."""

    DRAFT = "draft"
    """Being written; nobody works on it."""
    ACCEPTED = "accepted"
    """Stored durably and promised to be worked on; to be judged by the rules in force."""
    FAULTY = "faulty"
    """The rules, or its sealing, found a fault; its author has to correct it."""
    JUDGED = "judged"
    """In order; to be numbered and sealed."""
    SEALED = "sealed"
    """Numbered, sealed and kept; to be put into an envelope."""
    ON_ROAD = "on-road"
    """In an envelope that has not ended: nothing may be sent for it."""
    RETRYING = "retrying"
    """Came back for a reason that may pass; goes again unchanged, by itself."""
    RETURNED = "returned"
    """Came back; may go again unchanged when a person has removed the reason."""
    TO_CORRECT = "to-correct"
    """Came back because of itself; has to be corrected and sealed anew."""
    LOOKING = "looking"
    """Merkez has it from an earlier envelope: that one is asked for."""
    CLASHED = "clashed"
    """Merkez knows it, and no envelope of ours brought it: a person has to look."""
    DISPUTED = "disputed"
    """It is not known whether it arrived, and Merkez cannot tell: the operators have to find out."""
    DELIVERED = "delivered"
    """Its receiver has it."""
    ISSUED = "issued"
    """Of an archived kind: numbered, sealed, kept and so issued; it is reported to GİB and never travels."""
    VOIDED = "voided"
    """It was issued and cancelled by us, which is reported to GİB; the buyer may refuse that."""
    CANCELLED = "cancelled"
    """Cancelled on GİB's portal."""
    WITHDRAWN = "withdrawn"
    """Taken back before it arrived anywhere."""
    EXPIRED = "expired"
    """The time within which it might be sent ended."""

    @property
    def is_final(self) -> bool:
        return self in _FINAL

    @property
    def rests(self) -> bool:
        """Whether nothing happens by itself any more, although a wish may still change it."""
        return self in _RESTING

    @property
    def waits_for_person(self) -> bool:
        """Whether nothing happens until a person acts."""
        return self in _WAITING

    @property
    def sentence(self) -> Text:
        """How it stands, for a person."""
        return SENTENCES[self]


_FINAL: Final = frozenset({Stage.DELIVERED, Stage.CANCELLED, Stage.WITHDRAWN, Stage.EXPIRED})
_RESTING: Final = frozenset({Stage.ISSUED, Stage.VOIDED})
_WAITING: Final = frozenset(
    {Stage.DRAFT, Stage.FAULTY, Stage.RETURNED, Stage.TO_CORRECT, Stage.CLASHED, Stage.DISPUTED}
)

SENTENCES: Final = {
    Stage.DRAFT: Text("Taslak; henüz gönderilmedi.", "A draft; it has not been sent yet."),
    Stage.ACCEPTED: Text("Alındı; denetleniyor.", "Accepted; it is being checked."),
    Stage.FAULTY: Text("Düzeltmeniz gerekiyor; gönderilmedi.", "You have to correct it; it has not been sent."),
    Stage.JUDGED: Text("Denetimden geçti; mühürleniyor.", "It passed the checks and is being sealed."),
    Stage.SEALED: Text("Mühürlendi; gönderilmek üzere.", "Sealed; about to be sent."),
    Stage.ON_ROAD: Text("Yolda.", "On its way."),
    Stage.RETRYING: Text(
        "Ulaşmadı; kendiliğinden yeniden gönderilecek.", "It did not arrive; it is sent again by itself."
    ),
    Stage.RETURNED: Text(
        "Geri döndü. Nedenini giderip olduğu gibi yeniden gönderebilirsiniz.",
        "It came back. Remove the reason, and you can send it again as it is.",
    ),
    Stage.TO_CORRECT: Text(
        "Geri döndü: belgede hata var. Düzeltip yeniden gönderin.",
        "It came back: there is a fault in the document. Correct it and send it again.",
    ),
    Stage.LOOKING: Text(
        "GİB bu belgeyi daha önce almış; önceki gönderimin sonucu soruluyor. Siz bir şey yapmayın.",
        "GİB already has this document; the outcome of the earlier sending is being asked for. Do nothing yourself.",
    ),
    Stage.CLASHED: Text(
        "GİB'de bu belge başka bir gönderimle kayıtlı. Başka bir yoldan gönderip göndermediğinize bakın.",
        "GİB has this document from another sending. See whether you have sent it another way.",
    ),
    Stage.DISPUTED: Text(
        "Ulaşıp ulaşmadığı bilinmiyor; ekibimiz GİB'e soruyor. Siz bir şey yapmayın.",
        "It is not known whether it arrived; our people are asking GİB. Do nothing yourself.",
    ),
    Stage.DELIVERED: Text("Alıcıya ulaştı.", "It has reached the receiver."),
    Stage.ISSUED: Text("Düzenlendi; GİB'e raporda bildirilir.", "Issued; GİB is told by the report."),
    Stage.VOIDED: Text("İptal edildi; GİB'e raporda bildirilir.", "Cancelled; GİB is told by the report."),
    Stage.CANCELLED: Text("GİB portalında iptal edildi.", "It was cancelled on GİB's portal."),
    Stage.WITHDRAWN: Text("Geri çekildi; gönderilmedi.", "Withdrawn; it was not sent."),
    Stage.EXPIRED: Text(
        "Süresi içinde gönderilemedi; artık gönderilmeyecek.",
        "It could not be sent in time, and is not sent any more.",
    ),
}
