"""Which of the few happenings an event is for an envelope.

Sources: Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 4; Yazılım Standartları (Ek-3) V1.4, 7.2 and 8.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from ulak.codes.statuses import Outcome as Standing
from ulak.codes.statuses import Speaker, get
from ulak.lifecycle.effects import Resumed, Woke
from ulak.lifecycle.envelopes.stages import Stage
from ulak.lifecycle.envelopes.values import (
    AskEnded,
    Envelope,
    EnvelopeKind,
    Event,
    Postponed,
    SendEnded,
    Stands,
    Told,
    WithdrawalWanted,
)
from ulak.lifecycle.outcomes import Outcome
from ulak.lifecycle.policy import Policy

__all__ = ["Happening", "happening"]


class Happening(StrEnum):
    """What an event is for an envelope."""

    DUE = "due"
    """The alarm clock rang."""
    TOO_LATE = "too-late"
    """The alarm clock rang after the last moment for sending."""
    RECEIPT = "receipt"
    """Merkez gave a receipt."""
    KNOWN_THERE = "known-there"
    """2001 after an earlier send of ours: that one arrived."""
    CLAIMED_THERE = "claimed-there"
    """2001 for the first send: somebody else's id, or a send that our records lost."""
    NOTHING_SENT = "nothing-sent"
    """The send did not arrive: no connection, or refused as damaged (2000)."""
    UNCLEAR = "unclear"
    """The send may have arrived."""
    CALL_REFUSED = "call-refused"
    """The call was refused for good (2006)."""
    CALL_REFUSED_IN_DOUBT = "call-refused-in-doubt"
    """The same, but an earlier send may have arrived."""
    NEVER_THERE = "never-there"
    """2004 after that."""
    SUSPENDED = "suspended"
    """2007 for a send, or not tried because of an earlier 2007."""
    ASK_SUSPENDED = "ask-suspended"
    """The same for a question."""
    POSTPONED = "postponed"
    """Not tried: the counterpart does not answer anybody now."""
    OLD_NEWS = "old-news"
    """The end of an earlier send or question than the last, and nothing good."""
    NOT_THERE = "not-there"
    """2004: Merkez does not have it."""
    DENIED = "denied"
    """2004 for what Merkez had said to have (2001, 1200 …)."""
    DENIED_AGAIN = "denied-again"
    """The same, once too often."""
    NO_ANSWER = "no-answer"
    """Asking brought nothing."""
    QUEUED = "queued"
    """1000 or 1100: Merkez, or the receiver, is at work."""
    PASSED = "passed"
    """1200 of Merkez's."""
    TRYING = "trying"
    """1210."""
    SILENT = "silent"
    """1220."""
    DONE = "done"
    """1300, 1200 of the receiver's, or 1200 of Merkez's where nobody else answers."""
    FAULTY = "faulty"
    """11xx of Merkez's."""
    BOUNCED = "bounced"
    """1230, or a failure that the receiver says."""
    GIVEN_UP = "given-up"
    """1215."""
    TURNED = "turned"
    """A system response of Merkez's with 11xx after it had passed the envelope."""
    KNOWN_DOCUMENT = "known-document"
    """1163 or 1164."""
    VOIDED = "voided"
    """1235."""
    NONSENSE = "nonsense"
    """A status that no guide has, or that this speaker cannot give."""
    RESUMED = "resumed"
    """The permission is back."""
    WITHDRAWN = "withdrawn"
    """It is not to be sent."""


_H = Happening
_SENT: Final = {
    Outcome.TAKEN: _H.RECEIPT,
    Outcome.ALREADY_THERE: _H.KNOWN_THERE,
    Outcome.DAMAGED: _H.NOTHING_SENT,
    Outcome.NOT_SENT: _H.NOTHING_SENT,
    Outcome.NOT_THERE: _H.UNCLEAR,
    Outcome.UNCLEAR: _H.UNCLEAR,
    Outcome.REFUSED: _H.CALL_REFUSED,
    Outcome.SUSPENDED: _H.SUSPENDED,
}
_GOOD_NEWS: Final = frozenset({_H.RECEIPT, _H.KNOWN_THERE})
_STATES: Final = {
    "1000": _H.QUEUED,
    "1100": _H.QUEUED,
    "1163": _H.KNOWN_DOCUMENT,
    "1164": _H.KNOWN_DOCUMENT,
    "1200": _H.PASSED,
    "1210": _H.TRYING,
    "1215": _H.GIVEN_UP,
    "1220": _H.SILENT,
    "1230": _H.BOUNCED,
    "1235": _H.VOIDED,
    "1300": _H.DONE,
}
_ENDS_IT: Final = {
    EnvelopeKind.BUSINESS: frozenset[Happening](),
    EnvelopeKind.SYSTEM: frozenset({_H.PASSED, _H.SILENT}),
    EnvelopeKind.USER: frozenset({_H.PASSED}),
}
"""What already means the end where no further answer can come."""
_FIXED: Final[dict[type, Happening]] = {Resumed: _H.RESUMED, WithdrawalWanted: _H.WITHDRAWN}
_BEFORE_PASSING: Final = frozenset({_H.FAULTY, _H.KNOWN_DOCUMENT})
_BEYOND: Final = frozenset({Stage.PASSED, Stage.UNDELIVERED, Stage.UNANSWERED})


def happening(envelope: Envelope, event: Event, now: datetime, policy: Policy) -> Happening:
    """What an event is for this envelope."""
    if isinstance(event, Woke):
        return _H.TOO_LATE if envelope.not_after is not None and now >= envelope.not_after else _H.DUE
    if isinstance(event, SendEnded):
        return _after_send(envelope, event)
    if isinstance(event, AskEnded):
        return _after_ask(envelope, event, policy)
    if isinstance(event, Stands):
        return _state(envelope.kind, event.code)
    if isinstance(event, Told):
        return _merkez(envelope, event.code) if event.by is Speaker.MERKEZ else _target(event.code)
    if isinstance(event, Postponed):
        return _H.POSTPONED if event.attempt == envelope.attempts else _H.OLD_NEWS
    return _FIXED[type(event)]


def _after_send(envelope: Envelope, event: SendEnded) -> Happening:
    what = _SENT[event.outcome]
    if event.attempt != envelope.attempts and what not in _GOOD_NEWS:
        return _H.OLD_NEWS
    if what is _H.CALL_REFUSED and envelope.unclear_before:
        return _H.CALL_REFUSED_IN_DOUBT
    return _H.CLAIMED_THERE if what is _H.KNOWN_THERE and envelope.attempts < 2 else what


def _after_ask(envelope: Envelope, event: AskEnded, policy: Policy) -> Happening:
    if event.outcome is Outcome.SUSPENDED:
        return _H.ASK_SUSPENDED
    if event.outcome is not Outcome.NOT_THERE:
        return _H.NO_ANSWER
    if event.question != envelope.questions or _sent_since(envelope):
        return _H.OLD_NEWS
    if not envelope.said_there and envelope.stage not in _BEYOND:
        return _H.NEVER_THERE if envelope.refused else _H.NOT_THERE
    return _H.DENIED if envelope.disputes + 1 < policy.disputes else _H.DENIED_AGAIN


def _sent_since(envelope: Envelope) -> bool:
    """Whether it was sent after it was asked for: what that question brings says nothing of this send."""
    asked, sent = envelope.asked_at, envelope.sent_at
    return asked is None or (sent is not None and asked < sent)


def _merkez(envelope: Envelope, code: str) -> Happening:
    what = _state(envelope.kind, code)
    return _H.TURNED if what in _BEFORE_PASSING and envelope.stage in _BEYOND else what


def _state(kind: EnvelopeKind, code: str) -> Happening:
    """What Merkez's word about an envelope says, pushed or asked for."""
    what = _STATES.get(code)
    if what is None:
        status = get(code)
        return _H.FAULTY if status is not None and status.outcome is Standing.ERROR else _H.NONSENSE
    return _H.DONE if what in _ENDS_IT[kind] else what


def _target(code: str) -> Happening:
    """What the receiver's word says: Merkez's own states it cannot know."""
    status = get(code)
    if status is None or not status.in_system_response:
        return _H.NONSENSE
    return {Standing.OK: _H.DONE, Standing.ERROR: _H.BOUNCED, Standing.WAITING: _H.QUEUED}[status.outcome]
