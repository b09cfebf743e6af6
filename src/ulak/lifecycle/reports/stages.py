"""Where a report to GİB stands."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ulak.errors import Text

__all__ = ["SENTENCES", "Stage"]


class Stage(StrEnum):
    """Where a report stands, which is one `raporNo`."""

    BUILDING = "building"
    """It has its entries; to be built, sealed and packaged."""
    READY = "ready"
    """Its package is kept; to be sent."""
    SENDING = "sending"
    """A call is under way."""
    UNCLEAR = "unclear"
    """GİB may have it: it is asked for before anything is sent again."""
    TAKEN = "taken"
    """GİB has the package and has yet to judge it."""
    ACCEPTED = "accepted"
    """GİB processed it (30): what is in it is reported."""
    REFUSED = "refused"
    """It could not be built, or GİB does not want it as it is: a person is needed."""
    REPLACED = "replaced"
    """GİB refused it; its entries are in another report with a number of its own."""
    WITHDRAWN = "withdrawn"
    """There was nothing left to report."""

    @property
    def is_final(self) -> bool:
        return self in _FINAL

    @property
    def waits_for_person(self) -> bool:
        """Whether nothing happens until a person acts."""
        return self is Stage.REFUSED

    @property
    def sentence(self) -> Text:
        """How it stands, for a person."""
        return SENTENCES[self]


_FINAL: Final = frozenset({Stage.ACCEPTED, Stage.REPLACED, Stage.WITHDRAWN})

SENTENCES: Final = {
    Stage.BUILDING: Text("Rapor hazırlanıyor.", "The report is being built."),
    Stage.READY: Text("Rapor hazır; GİB'e gönderilmek üzere.", "The report is ready and about to be sent to GİB."),
    Stage.SENDING: Text("Rapor GİB'e gönderiliyor.", "The report is being sent to GİB."),
    Stage.UNCLEAR: Text(
        "Raporun ulaşıp ulaşmadığı bilinmiyor; GİB'e soruluyor. Siz bir şey yapmayın.",
        "It is not known whether the report arrived; GİB is being asked. Do nothing yourself.",
    ),
    Stage.TAKEN: Text("Rapor GİB'in sırasında.", "The report is in GİB's queue."),
    Stage.ACCEPTED: Text("GİB raporu kabul etti.", "GİB has accepted the report."),
    Stage.REFUSED: Text(
        "Rapor GİB'e verilemedi; nedenini giderip yeniden gönderin.",
        "The report could not be handed in at GİB; remove the reason and send it again.",
    ),
    Stage.REPLACED: Text(
        "GİB bu raporu almadı; aynı belgeler yeni numaralı bir raporla bildiriliyor.",
        "GİB did not take this report; the same documents are being reported under a new number.",
    ),
    Stage.WITHDRAWN: Text("Bildirilecek bir şey kalmadı; rapor gönderilmedi.", "Nothing was left to report."),
}
