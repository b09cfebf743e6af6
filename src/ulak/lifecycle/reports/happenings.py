"""Which of the few happenings an event is for a report.

Sources: e-Arşiv Kılavuzu (K118) V1.18, 5 and 11; what each code asks for is in `ulak.lifecycle.reports.reactions`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from ulak.lifecycle.effects import Woke
from ulak.lifecycle.outcomes import Outcome
from ulak.lifecycle.policy import Policy
from ulak.lifecycle.reports.clocks import next_warning
from ulak.lifecycle.reports.reactions import SEND, STATUS, Reaction
from ulak.lifecycle.reports.stages import Stage
from ulak.lifecycle.reports.values import (
    AskEnded,
    AtWork,
    BuildFailed,
    Built,
    Confirmed,
    Emptied,
    Event,
    Postponed,
    RepairWanted,
    Report,
    SendEnded,
    StatusTold,
)

__all__ = ["Happening", "happening"]


class Happening(StrEnum):
    """What an event is for a report."""

    DUE = "due"
    """The alarm clock rang for its work."""
    RUNNING_OUT = "running-out"
    """The alarm clock rang because its time is running out, or has."""
    AT_WORK = "at-work"
    """Building goes on."""
    BUILT = "built"
    """Built, sealed, packaged and kept."""
    BUILD_LATER = "build-later"
    """Something that building needs is away for now."""
    NOT_BUILT = "not-built"
    """It cannot be built as things are."""
    EMPTY = "empty"
    """No entry is left for it."""
    RECEIPT = "receipt"
    """000: GİB stored the package."""
    KNOWN_THERE = "known-there"
    """004 after an earlier send of ours: that one arrived."""
    CLAIMED_THERE = "claimed-there"
    """004 for the first send: another package has the number, or our records lost a send."""
    NOTHING_SENT = "nothing-sent"
    """The package did not leave this machine."""
    POSTPONED = "postponed"
    """Not tried: the service does not answer anybody now."""
    UNCLEAR = "unclear"
    """The package may have arrived: no answer, 006, 007 or 008."""
    CALL_REFUSED = "call-refused"
    """GİB did not take the call: 001, 002, 003, 005, 009, 010, or a fault without a number."""
    STRANGE_ANSWER = "strange-answer"
    """A code for the send that no guide has."""
    NO_ANSWER = "no-answer"
    """Asking brought nothing."""
    NOT_THERE = "not-there"
    """2: GİB has no such package."""
    DENIED = "denied"
    """2 for what GİB had said to have."""
    VANISHED = "vanished"
    """The same once too often, after a receipt."""
    DENIED_AGAIN = "denied-again"
    """The same once too often, after 004."""
    QUEUED = "queued"
    """10 or 15: GİB is at work."""
    DONE = "done"
    """30."""
    DUPLICATE = "duplicate"
    """150: this copy was a second one."""
    DUPLICATE_AGAIN = "duplicate-again"
    """150 once too often: how the first one fares cannot be learnt."""
    OTHERS = "others"
    """The package of this number is another taxpayer's: GİB had it before ours came (004)."""
    MISNAMED = "misnamed"
    """The answer names another taxpayer, and yet the package may be ours."""
    BAD_PACKAGE = "bad-package"
    """151–154, 158, 159, 164, 166, 167: the wrapping or the seal is at fault."""
    TOO_LARGE = "too-large"
    """165."""
    BAD_AGAIN = "bad-again"
    """One of these once too often."""
    GIB_FAILED = "gib-failed"
    """160–163: GİB failed, and the number is used up."""
    BAD_CONTENT = "bad-content"
    """155, 156, 157, 168, 169: a person has to remove the reason."""
    STRANGE_STATUS = "strange-status"
    """1, or a status that no guide has: nothing is said about the package."""
    OLD_NEWS = "old-news"
    """The end of an earlier send or question than the last, and nothing good."""
    BUILD_AGAIN = "build-again"
    """The reason is removed; nothing was ever sent."""
    SEND_AGAIN = "send-again"
    """The reason is removed; GİB had not taken the call."""
    ASK_AGAIN = "ask-again"
    """GİB may have it: it is to be asked again."""
    RENEW = "renew"
    """The reason is removed; the number is used up."""
    CONFIRMED = "confirmed"
    """A person found out that GİB has processed it."""


_H = Happening
_FIXED: Final[dict[type, Happening]] = {
    AtWork: _H.AT_WORK,
    Built: _H.BUILT,
    Emptied: _H.EMPTY,
    AskEnded: _H.NO_ANSWER,
    Confirmed: _H.CONFIRMED,
}
_BY_OUTCOME: Final = {Outcome.NOT_SENT: _H.NOTHING_SENT, Outcome.REFUSED: _H.CALL_REFUSED, Outcome.TAKEN: _H.RECEIPT}
_SENT: Final = {Reaction.TAKE: _H.RECEIPT, Reaction.ASK: _H.UNCLEAR, Reaction.PERSON: _H.CALL_REFUSED}
_GOOD_NEWS: Final = frozenset({_H.RECEIPT, _H.KNOWN_THERE})
_TOLD: Final = {
    Reaction.WAIT: _H.QUEUED,
    Reaction.ACCEPT: _H.DONE,
    Reaction.LATER: _H.GIB_FAILED,
    Reaction.PERSON: _H.BAD_CONTENT,
    Reaction.ALARM: _H.STRANGE_STATUS,
}
_OURS: Final = {Reaction.ANEW: _H.BAD_PACKAGE, Reaction.DIVIDE: _H.TOO_LARGE}
_DOUBTFUL: Final = frozenset({"2", "10", "15", "30", "150"})


def happening(report: Report, event: Event, now: datetime, policy: Policy) -> Happening:
    """What an event is for this report."""
    if isinstance(event, Woke):
        return _H.RUNNING_OUT if now >= next_warning(report, policy) else _H.DUE
    if isinstance(event, BuildFailed):
        return _H.NOT_BUILT if event.permanent else _H.BUILD_LATER
    if isinstance(event, SendEnded):
        return _after_send(report, event)
    if isinstance(event, Postponed):
        return _H.POSTPONED if event.attempt == report.attempts else _H.OLD_NEWS
    if isinstance(event, StatusTold):
        return _told(report, event, policy)
    if isinstance(event, RepairWanted):
        return _repair(report, event)
    return _FIXED[type(event)]


def _after_send(report: Report, event: SendEnded) -> Happening:
    what = _send_end(report, event)
    return what if what in _GOOD_NEWS or event.attempt == report.attempts else _H.OLD_NEWS


def _send_end(report: Report, event: SendEnded) -> Happening:
    if event.number is None:
        return _BY_OUTCOME.get(event.outcome, _H.UNCLEAR)
    rule = SEND.get(event.number)
    if rule is None:
        return _H.STRANGE_ANSWER
    if rule.reaction is Reaction.KNOWN:
        return _H.CLAIMED_THERE if report.attempts < 2 else _H.KNOWN_THERE
    return _SENT[rule.reaction]


def _told(report: Report, event: StatusTold, policy: Policy) -> Happening:
    rule = STATUS.get(event.number)
    reaction = Reaction.ALARM if rule is None else rule.reaction
    if reaction is Reaction.ACCEPT and event.is_ours:
        return _H.DONE
    if event.question <= report.asked_before:
        return _H.OLD_NEWS
    if reaction is Reaction.SAME:
        return _not_there(report, policy)
    if not event.is_ours:
        return _H.OTHERS if report.said_there else _H.MISNAMED
    if reaction is Reaction.KNOWN:
        return _H.DUPLICATE if report.disputes + 1 < policy.disputes else _H.DUPLICATE_AGAIN
    if reaction in _OURS:
        return _OURS[reaction] if report.faults < policy.report_faults else _H.BAD_AGAIN
    return _TOLD[reaction]


def _not_there(report: Report, policy: Policy) -> Happening:
    if report.stage is not Stage.TAKEN and not report.said_there:
        return _H.NOT_THERE
    if report.disputes + 1 < policy.disputes:
        return _H.DENIED
    return _H.DENIED_AGAIN if report.said_there else _H.VANISHED


def _repair(report: Report, event: RepairWanted) -> Happening:
    """What may follow on a person's word: the bytes of a number that GİB may have are never changed."""
    if not report.attempts:
        return _H.BUILD_AGAIN
    if event.anew:
        return _H.RENEW
    if report.code in _DOUBTFUL:
        return _H.ASK_AGAIN
    return _H.SEND_AGAIN if report.code[:1] in ("", "0") else _H.RENEW
