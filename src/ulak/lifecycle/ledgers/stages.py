"""Where a package of the e-Defter stands."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ulak.errors import Text

__all__ = ["SENTENCES", "Stage"]


class Stage(StrEnum):
    """Where a package stands, which is one sealed part's berat (with its book), an inventory's, or a month's report."""

    READY = "ready"
    """Sealed, judged, zipped and kept; to be sent."""
    SENDING = "sending"
    """A call is under way."""
    UNCLEAR = "unclear"
    """GİB may have it: it is asked for before anything is sent again."""
    TAKEN = "taken"
    """GİB has the package and has yet to judge it."""
    APPROVED = "approved"
    """GİB processed it; the berat with GİB's seal is still to be fetched, without which the book does not count."""
    FETCHED = "fetched"
    """The berat with GİB's seal is verified and kept beside its book: these days are closed."""
    FILED = "filed"
    """GİB processed the month's report, which gets no seal in return."""
    REFUSED = "refused"
    """GİB does not want it as it is: a person is needed."""
    DELETING = "deleting"
    """A person deleted it on GİB's portal; GİB is asked whether it is gone."""
    DELETED = "deleted"
    """It is gone at GİB: its days may be made anew."""
    WITHDRAWN = "withdrawn"
    """It was taken back before GİB had it, or after GİB had refused it."""

    @property
    def is_final(self) -> bool:
        return self in _FINAL

    @property
    def rests(self) -> bool:
        """Whether nothing happens by itself any more, although a person may still delete it at GİB."""
        return self in _RESTING

    @property
    def waits_for_person(self) -> bool:
        """Whether nothing goes on until a person acts."""
        return self is Stage.REFUSED

    @property
    def is_good(self) -> bool:
        """Whether GİB has it for good, and we have what GİB gave for it."""
        return self in _RESTING

    @property
    def is_at_gib(self) -> bool:
        """Whether GİB has it, or may have it: its days are not to be made a second time."""
        return self not in _OURS

    @property
    def sentence(self) -> Text:
        """How it stands, for a person."""
        return SENTENCES[self]


_FINAL: Final = frozenset({Stage.DELETED, Stage.WITHDRAWN})
_RESTING: Final = frozenset({Stage.FETCHED, Stage.FILED})
_OURS: Final = frozenset({Stage.READY, Stage.REFUSED, Stage.DELETED, Stage.WITHDRAWN})

SENTENCES: Final = {
    Stage.READY: Text("Paket hazır; GİB'e gönderilmek üzere.", "The package is ready and about to be sent to GİB."),
    Stage.SENDING: Text("Paket GİB'e gönderiliyor.", "The package is being sent to GİB."),
    Stage.UNCLEAR: Text(
        "Paketin ulaşıp ulaşmadığı bilinmiyor; GİB'e soruluyor. Siz bir şey yapmayın.",
        "It is not known whether the package arrived; GİB is being asked. Do nothing yourself.",
    ),
    Stage.TAKEN: Text("GİB paketi aldı, işliyor.", "GİB has the package and is processing it."),
    Stage.APPROVED: Text(
        "GİB onayladı; onaylı berat indiriliyor.", "GİB has approved it; the approved berat is being fetched."
    ),
    Stage.FETCHED: Text(
        "GİB onaylı berat alındı, doğrulandı ve saklandı.",
        "The berat that GİB approved was received, verified and kept.",
    ),
    Stage.FILED: Text("GİB defter raporunu işledi.", "GİB has processed the report of the ledgers."),
    Stage.REFUSED: Text(
        "GİB paketi kabul etmedi; nedenini giderip yeniden gönderin.",
        "GİB did not accept the package; remove the reason and send it again.",
    ),
    Stage.DELETING: Text(
        "GİB'de silindiği bildirildi; gerçekten silinip silinmediği GİB'e soruluyor.",
        "It is said to be deleted at GİB; GİB is being asked whether it is gone.",
    ),
    Stage.DELETED: Text(
        "GİB'den silindi; bu günlerin defteri yeniden oluşturulabilir.",
        "It was deleted at GİB; the books of these days may be made anew.",
    ),
    Stage.WITHDRAWN: Text("Paket geri çekildi; GİB'de yok.", "The package was withdrawn; GİB does not have it."),
}
