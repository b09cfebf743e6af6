"""A document that we send: from its draft until its receiver has it, over as many envelopes as that takes.

It travels in one envelope at a time. After an envelope failed, `ulak.codes.statuses` says what may be sent again, and
these rows say when: unchanged and by itself, unchanged when somebody removed the reason, corrected, alone, or not at
all. Its number and its ETTN stay the same in every envelope unless it is corrected.

A document of an archived kind never travels: sealing issues it, and from then on it can only be cancelled. What GİB is
told of it is for `ulak.lifecycle.reports`.

Sources: Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 1 and 4.1; Denetim Kılavuzu (DK) J9–J11, J31, J32 (L7–L9, L28, L29);
e-Arşiv Kılavuzu (K118) V1.18, 4 and 5; e-Arşiv İptal, İhtar/İtiraz Bildirim Kılavuzu (IPT11) V1.1, 3.
"""

from ulak.lifecycle.documents.happenings import Happening, happening
from ulak.lifecycle.documents.rows import MACHINE, ROWS, step
from ulak.lifecycle.documents.stages import SENTENCES, Stage
from ulak.lifecycle.documents.values import (
    Arrived,
    Confirmed,
    Corrected,
    Document,
    EarlierStands,
    EarlierUnknown,
    Enveloped,
    Event,
    FindAddress,
    Issued,
    Judge,
    Judged,
    LookUp,
    Pack,
    Reinstated,
    Released,
    ResendWanted,
    Seal,
    Sealed,
    SealFailed,
    Submitted,
    Trip,
    TripEnded,
    TripTurnedOut,
    Unpaid,
    VoidConfirmed,
    Voided,
    VoidRefused,
    VoidWanted,
    WithdrawalWanted,
    WithdrawEnvelope,
    drafted,
)

__all__ = [
    "MACHINE",
    "ROWS",
    "SENTENCES",
    "Arrived",
    "Confirmed",
    "Corrected",
    "Document",
    "EarlierStands",
    "EarlierUnknown",
    "Enveloped",
    "Event",
    "FindAddress",
    "Happening",
    "Issued",
    "Judge",
    "Judged",
    "LookUp",
    "Pack",
    "Reinstated",
    "Released",
    "ResendWanted",
    "Seal",
    "SealFailed",
    "Sealed",
    "Stage",
    "Submitted",
    "Trip",
    "TripEnded",
    "TripTurnedOut",
    "Unpaid",
    "VoidConfirmed",
    "VoidRefused",
    "VoidWanted",
    "Voided",
    "WithdrawEnvelope",
    "WithdrawalWanted",
    "drafted",
    "happening",
    "step",
]
