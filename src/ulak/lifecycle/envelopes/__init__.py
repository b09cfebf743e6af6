"""An envelope that we send: from the moment it is packed until it is known what became of it.

The envelope keeps its id and its bytes across all sends; what goes again in a *new* envelope is for
`ulak.lifecycle.documents` to say. Nothing is sent while it is not known that Merkez has not got it, and there is one
single door to sending: `PACKED` or `RESTING`, when their alarm clock rings in time.

Sources: Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 1 and 4; Yazılım Standartları (Ek-3) V1.4, 7.2 and 8; Denetim Kılavuzu
(DK) J14, J15, J18, J32 (L12, L13, L16, L29 for despatches).

>>> from datetime import UTC, datetime
>>> from ulak.lifecycle import Outcome, Woke
>>> from ulak.lifecycle.policy import DEFAULT
>>> now = datetime(2026, 11, 22, 9, tzinfo=UTC)
>>> sending, effects = step(packed(EnvelopeKind.BUSINESS, now, seed=1), Woke(), now, DEFAULT)
>>> effects[0]
Send(attempt=1)
>>> step(sending, SendEnded(Outcome.UNCLEAR, attempt=1), now, DEFAULT).record.stage.sentence.en
'It is not known whether it was sent; GİB is being asked. Do nothing yourself.'
"""

from ulak.lifecycle.envelopes.happenings import Happening, happening
from ulak.lifecycle.envelopes.rows import MACHINE, ROWS, step
from ulak.lifecycle.envelopes.stages import SENTENCES, Stage
from ulak.lifecycle.envelopes.values import (
    AskEnded,
    Ended,
    Envelope,
    EnvelopeKind,
    Event,
    Postponed,
    SendEnded,
    Stands,
    Told,
    TurnedOut,
    WithdrawalWanted,
    packed,
)

__all__ = [
    "MACHINE",
    "ROWS",
    "SENTENCES",
    "AskEnded",
    "Ended",
    "Envelope",
    "EnvelopeKind",
    "Event",
    "Happening",
    "Postponed",
    "SendEnded",
    "Stage",
    "Stands",
    "Told",
    "TurnedOut",
    "WithdrawalWanted",
    "happening",
    "packed",
    "step",
]
