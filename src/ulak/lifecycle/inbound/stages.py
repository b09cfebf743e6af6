"""Where an envelope that we received stands."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ulak.errors import Text

__all__ = ["SENTENCES", "Stage"]


class Stage(StrEnum):
    """Where an incoming envelope stands. GİB's call was answered before the first of them (DK J16)."""

    STORED = "stored"
    """Its bytes are kept; it is to be opened, judged and filed."""
    OWED = "owed"
    """Judged; its sender has to be told by a system response."""
    RESPONDING = "responding"
    """The system response is in an envelope of ours that has not ended."""
    SETTLED = "settled"
    """Its sender was told."""
    FILED = "filed"
    """It is a system response itself, which nobody answers."""
    UNTOLD = "untold"
    """Nobody can be told by a system response; who asks is answered."""

    @property
    def is_final(self) -> bool:
        return self in _FINAL

    @property
    def sentence(self) -> Text:
        """How it stands, for a person."""
        return SENTENCES[self]


_FINAL: Final = frozenset({Stage.SETTLED, Stage.FILED, Stage.UNTOLD})

SENTENCES: Final = {
    Stage.STORED: Text("Alındı; açılıp denetleniyor.", "Received; it is being opened and checked."),
    Stage.OWED: Text("Denetlendi; gönderenine bildirilecek.", "Checked; its sender is about to be told."),
    Stage.RESPONDING: Text("Sonucu gönderenine bildiriliyor.", "Its sender is being told the outcome."),
    Stage.SETTLED: Text("Sonucu gönderenine bildirildi.", "Its sender was told the outcome."),
    Stage.FILED: Text("Sistem yanıtı; ilgili zarfa işlendi.", "A system response; entered at its envelope."),
    Stage.UNTOLD: Text(
        "Sonucu gönderenine bildirilemedi; GİB sorarsa yanıtlanır.",
        "Its sender could not be told the outcome; GİB is answered if it asks.",
    ),
}
