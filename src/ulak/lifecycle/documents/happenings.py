"""Which of the few happenings an event is for a document.

Sources: Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 1 and 4.1; Denetim Kılavuzu J31, J32 (L28, L29 for despatches). What a
status asks for is in `ulak.codes.statuses`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from ulak.codes.statuses import Outcome, Resend, Speaker, get
from ulak.lifecycle.documents.stages import Stage
from ulak.lifecycle.documents.values import (
    Confirmed,
    Corrected,
    Document,
    EarlierStands,
    EarlierUnknown,
    Enveloped,
    Event,
    Judged,
    Released,
    ResendWanted,
    Sealed,
    SealFailed,
    Submitted,
    TripEnded,
    TripTurnedOut,
    Unpaid,
    VoidConfirmed,
    VoidRefused,
    VoidWanted,
)
from ulak.lifecycle.effects import Woke
from ulak.lifecycle.envelopes.stages import Stage as EnvelopeStage
from ulak.lifecycle.policy import Policy

__all__ = ["Happening", "happening"]


class Happening(StrEnum):
    """What an event is for a document."""

    DUE = "due"
    """The alarm clock rang."""
    OVERDUE = "overdue"
    """The alarm clock rang after the last moment for sending."""
    SUBMITTED = "submitted"
    """Its author wants it sent."""
    IN_ORDER = "in-order"
    """The rules found nothing."""
    AT_FAULT = "at-fault"
    """The rules found a fault, or it can never be sealed as it is."""
    SEALED = "sealed"
    """Numbered, sealed and kept."""
    ISSUED = "issued"
    """The same, of an archived kind."""
    SEAL_LATER = "seal-later"
    """The key is away for now."""
    UNPAID = "unpaid"
    """Its author has to buy something first."""
    ENVELOPED = "enveloped"
    """Put into an envelope."""
    ARRIVED = "arrived"
    """Its envelope was completed."""
    MAY_PASS = "may-pass"  # noqa: S105
    """Its envelope failed for a reason that may pass: 1120, 1162, 1170, 1175, 1180, 1190, 1191, 1195, 1215."""
    STILL_FAILING = "still-failing"
    """The same, once too often."""
    NEEDS_HELP = "needs-help"
    """Its envelope failed for a reason that somebody has to remove: 111x, 113x, 114x, 1171, 1230; or was not taken."""
    NO_ADDRESS = "no-address"
    """The receiver's alias does not exist any more: 1172, 1181."""
    BLAMED = "blamed"
    """It was alone in an envelope whose document is at fault: 1140, 1143, 1150, 1160, 1161, 1176, 1177."""
    BLAMED_TOGETHER = "blamed-together"
    """One of the documents of its envelope is at fault, and nobody says which; 1230 for several is that, too."""
    KNOWN_EARLIER = "known-earlier"
    """1163 or 1164, and it has travelled before."""
    KNOWN_TOGETHER = "known-together"
    """1163 or 1164 for an envelope of several, and it never travelled before."""
    KNOWN_NOT_BY_US = "known-not-by-us"
    """1163 or 1164 although no envelope of ours can have brought it."""
    VOIDED = "voided"
    """1235, and it was alone in its envelope."""
    VOIDED_TOGETHER = "voided-together"
    """1235 for an envelope of several: one of them was cancelled after all had arrived."""
    TOO_LATE = "too-late"
    """Its envelope could not be sent in time."""
    TAKEN_BACK = "taken-back"
    """Its envelope was withdrawn before it went."""
    DISPUTED = "disputed"
    """Its envelope is there and is not."""
    TURNED_OUT = "turned-out"
    """An envelope of it arrived after all."""
    TURNED_UP = "turned-up"
    """An envelope of it that counted as never sent is on the road."""
    EARLIER_WAITS = "earlier-waits"
    """The earlier envelope is still on its way."""
    EARLIER_FAILED = "earlier-failed"
    """That one did not bring it; an older one may have."""
    EARLIER_NONE = "earlier-none"
    """None of the earlier envelopes brought it, and it was alone in the last."""
    EARLIER_RETURNED = "earlier-returned"
    """The envelope that had turned up did not bring it either."""
    EARLIER_INNOCENT = "earlier-innocent"
    """None of the earlier envelopes brought it, so another document of the last one was meant."""
    CORRECTED = "corrected"
    """A corrected one was handed in."""
    RESEND = "resend"
    """A person wants it to go again, and it may."""
    RESEND_FORBIDDEN = "resend-forbidden"
    """A person wants it to go again, and it must not."""
    WITHDRAWN = "withdrawn"
    """Its author takes it back."""
    WITHDRAWN_TOGETHER = "withdrawn-together"
    """Its author takes it back, but others are in its envelope."""
    RELEASED = "released"
    """The operators know that it is not there."""
    CONFIRMED = "confirmed"
    """The operators know that it is there."""
    CORRECTION_FORBIDDEN = "correction-forbidden"
    """A corrected one was handed in although it is issued."""
    WITHDRAWAL_FORBIDDEN = "withdrawal-forbidden"
    """Its author takes it back although it is issued."""
    VOID_WANTED = "void-wanted"
    """Its author cancels it."""
    VOID_AGAIN = "void-again"
    """Its author cancels it although it is cancelled, or its buyer refused that before."""
    VOID_REFUSED = "void-refused"
    """The buyer refused that."""
    VOID_REFUSED_LATE = "void-refused-late"
    """The buyer refused a cancellation that stands for good."""
    VOID_CONFIRMED = "void-confirmed"
    """The buyer agreed."""
    OLD_WORK = "old-work"
    """The end of work on a version that was corrected since."""
    OTHER_TRIP = "other-trip"
    """News of another envelope than the one that counts."""


_H = Happening
_ALWAYS: Final[dict[type, Happening]] = {
    Submitted: _H.SUBMITTED,
    Enveloped: _H.ENVELOPED,
    Released: _H.RELEASED,
    Confirmed: _H.CONFIRMED,
    VoidConfirmed: _H.VOID_CONFIRMED,
}
_ENDINGS: Final = {
    EnvelopeStage.COMPLETED: _H.ARRIVED,
    EnvelopeStage.EXPIRED: _H.TOO_LATE,
    EnvelopeStage.WITHDRAWN: _H.TAKEN_BACK,
    EnvelopeStage.DISPUTED: _H.DISPUTED,
    EnvelopeStage.NOT_TAKEN: _H.NEEDS_HELP,
}
_ADDRESS: Final = frozenset({"1172", "1181"})
_BOUNCED: Final = "1230"
_UNCHANGED: Final = frozenset({Stage.RETURNED, Stage.RETRYING})


def happening(document: Document, event: Event, now: datetime, policy: Policy) -> Happening:
    """What an event is for this document."""
    if isinstance(event, Woke):
        return _H.OVERDUE if document.not_after is not None and now >= document.not_after else _H.DUE
    always = _ALWAYS.get(type(event))
    if always is not None:
        return always
    if isinstance(event, TripEnded):
        return _after_trip(document, event, policy)
    if isinstance(event, TripTurnedOut):
        return _turned_out(document, event)
    if isinstance(event, Judged | Sealed | SealFailed | Unpaid):
        return _worked(document, event)
    if isinstance(event, EarlierStands | EarlierUnknown):
        return _after_look(document, event)
    return _wish(document, event)


def _worked(document: Document, event: Judged | Sealed | SealFailed | Unpaid) -> Happening:
    if event.version != document.version:
        return _H.OLD_WORK
    if isinstance(event, Judged):
        return _H.IN_ORDER if event.is_valid else _H.AT_FAULT
    if isinstance(event, SealFailed):
        return _H.AT_FAULT if event.permanent else _H.SEAL_LATER
    if isinstance(event, Unpaid):
        return _H.UNPAID
    return _H.ISSUED if event.issued else _H.SEALED


def _wish(document: Document, event: Event) -> Happening:
    if isinstance(event, VoidWanted):
        is_again = document.refused or document.stage is Stage.VOIDED
        return _H.VOID_AGAIN if is_again else _H.VOID_WANTED
    if isinstance(event, VoidRefused):
        return _H.VOID_REFUSED_LATE if document.settled else _H.VOID_REFUSED
    if isinstance(event, Corrected):
        return _H.CORRECTION_FORBIDDEN if document.stage.rests else _H.CORRECTED
    if isinstance(event, ResendWanted):
        by_receiver = document.stage is Stage.TO_CORRECT and document.by is Speaker.TARGET
        return _H.RESEND if document.stage in _UNCHANGED or by_receiver else _H.RESEND_FORBIDDEN
    if document.stage.rests:
        return _H.WITHDRAWAL_FORBIDDEN
    together = document.stage is Stage.ON_ROAD and document.trips[-1].company > 1
    return _H.WITHDRAWN_TOGETHER if together else _H.WITHDRAWN


def _after_trip(document: Document, event: TripEnded, policy: Policy) -> Happening:
    if not document.trips or event.envelope != document.trips[-1].envelope:
        return _H.OTHER_TRIP
    company = document.trips[-1].company
    if event.stage is EnvelopeStage.CANCELLED:
        return _voided(company)
    if event.stage in _ENDINGS:
        return _ENDINGS[event.stage]
    status = get(event.code)
    if status is None or event.code in _ADDRESS:
        return _H.NEEDS_HELP if status is None else _H.NO_ADDRESS
    if status.resend is Resend.FORBIDDEN:
        return _known(document)
    if status.resend is Resend.CORRECTED:
        return _H.BLAMED if company == 1 else _H.BLAMED_TOGETHER
    if status.permanent:
        return _H.BLAMED_TOGETHER if status.code == _BOUNCED and company > 1 else _H.NEEDS_HELP
    return _H.MAY_PASS if document.resends < policy.repacks else _H.STILL_FAILING


def _turned_out(document: Document, event: TripTurnedOut) -> Happening:
    if event.envelope not in (trip.envelope for trip in document.trips):
        return _H.OTHER_TRIP
    return _H.TURNED_OUT if event.arrived else _H.TURNED_UP


def _voided(company: int) -> Happening:
    return _H.VOIDED if company == 1 else _H.VOIDED_TOGETHER


def _known(document: Document) -> Happening:
    if len(document.trips) > 1:
        return _H.KNOWN_EARLIER
    return _H.KNOWN_NOT_BY_US if document.trips[-1].company == 1 else _H.KNOWN_TOGETHER


def _after_look(document: Document, event: EarlierStands | EarlierUnknown) -> Happening:
    if not 0 <= document.looking < len(document.trips) or document.trips[document.looking].envelope != event.envelope:
        return _H.OTHER_TRIP
    if isinstance(event, EarlierStands):
        status = get(event.code)
        if status is None or status.outcome is not Outcome.ERROR:
            return _H.ARRIVED if status is not None and status.is_final else _H.EARLIER_WAITS
        if status.code == "1235":
            return _voided(document.trips[document.looking].company)
    if document.looking == len(document.trips) - 1:
        return _H.EARLIER_RETURNED
    if document.looking > 0:
        return _H.EARLIER_FAILED
    return _H.EARLIER_NONE if document.trips[-1].company == 1 else _H.EARLIER_INNOCENT
