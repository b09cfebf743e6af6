"""Which of the few happenings an event is for a package.

Sources: Web Servis Kılavuzu V1.7, 2 and 4; what each code and sentence asks for: `ulak.lifecycle.ledgers.reactions`.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from ulak.lifecycle.effects import Woke
from ulak.lifecycle.ledgers.clocks import next_warning
from ulak.lifecycle.ledgers.reactions import RECEIVE, SEND, STATUS, Reaction, Said, read
from ulak.lifecycle.ledgers.record import Package
from ulak.lifecycle.ledgers.stages import Stage
from ulak.lifecycle.ledgers.values import (
    AskEnded,
    BeratRead,
    Confirmed,
    DeletionTold,
    Event,
    FetchEnded,
    Lost,
    Postponed,
    Released,
    RepairWanted,
    SendEnded,
    StatusTold,
    WithdrawalWanted,
)
from ulak.lifecycle.outcomes import Outcome
from ulak.lifecycle.policy import Policy

__all__ = ["Happening", "happening"]


class Happening(StrEnum):
    """What an event is for a package."""

    DUE = "due"
    """The alarm clock rang for its work."""
    RUNNING_OUT = "running-out"
    """The alarm clock rang because its time is running out, or has."""
    RECEIPT = "receipt"
    """GİB took the package."""
    KNOWN_THERE = "known-there"
    """111 after an earlier send of ours: that one arrived."""
    CLAIMED_THERE = "claimed-there"
    """111 for the first send: a package of this name is there, or our records lost a send."""
    NOTHING_SENT = "nothing-sent"
    """The package did not leave this machine, or did not come through (107)."""
    POSTPONED = "postponed"
    """Not tried: the service does not answer anybody now."""
    UNCLEAR = "unclear"
    """The package may have arrived: no answer, 110, 112 or 113."""
    CALL_REFUSED = "call-refused"
    """GİB did not take the call: 101–106, 108, 109, 114, or a fault without a number."""
    STRANGE_ANSWER = "strange-answer"
    """A code for the send that the guide does not have."""
    NO_ANSWER = "no-answer"
    """Asking brought nothing, or 303."""
    NOT_THERE = "not-there"
    """304: GİB has no package of this name."""
    DENIED = "denied"
    """304 for what GİB had said to have; words that nobody knows of what a person deleted."""
    VANISHED = "vanished"
    """The same once too often, after a receipt."""
    DENIED_AGAIN = "denied-again"
    """The same once too often, after 111."""
    QUEUED = "queued"
    """GİB is at work."""
    DONE = "done"
    """Processed with success, by GİB's words or a person's: a berat that GİB gives back."""
    DONE_REPORT = "done-report"
    """The same of a month's report, which GİB does not give back."""
    FAULTY = "faulty"
    """GİB explains what is wrong with it, or says something that only a person can read."""
    EARLIER_FAULTY = "earlier-faulty"
    """The same while it is not known whether it arrived, and GİB had an earlier package of this name."""
    GONE = "gone"
    """It was deleted at GİB."""
    OTHERS = "others"
    """305, 205: the package of this name is not ours to ask about or to fetch."""
    BERAT_HELD = "berat-held"
    """The berat with GİB's seal is there and holds."""
    BERAT_BAD = "berat-bad"
    """What GİB gave as the approved berat does not hold."""
    NO_BERAT = "no-berat"
    """Fetching brought nothing: no answer, 203, 204 or 206."""
    OLD_NEWS = "old-news"
    """The end of an earlier send, question or fetch than the last, and nothing good."""
    SEND_AGAIN = "send-again"
    """The reason is removed; GİB does not have it, or refused it."""
    ASK_AGAIN = "ask-again"
    """GİB may have it: it is to be asked again."""
    WITHDRAWN = "withdrawn"
    """It is not wanted any more."""
    RELEASED = "released"
    """The packages that have to be there before it are there."""
    LOST = "lost"
    """The kept berat is to be fetched once more."""
    DELETION_TOLD = "deletion-told"
    """A person deleted it on GİB's portal."""


_H = Happening
_FIXED: Final[dict[type, Happening]] = {
    WithdrawalWanted: _H.WITHDRAWN,
    DeletionTold: _H.DELETION_TOLD,
    Lost: _H.LOST,
    Released: _H.RELEASED,
}
_BY_OUTCOME: Final = {Outcome.NOT_SENT: _H.NOTHING_SENT, Outcome.REFUSED: _H.CALL_REFUSED, Outcome.TAKEN: _H.RECEIPT}
_SENT: Final = {Reaction.ASK: _H.UNCLEAR, Reaction.PERSON: _H.CALL_REFUSED, Reaction.SAME: _H.NOTHING_SENT}
_GOOD_NEWS: Final = frozenset({_H.RECEIPT, _H.KNOWN_THERE})
_DOUBTFUL: Final = frozenset({"111", "205", "304", "305"})
"""With these GİB may have the package: it is asked for again, not sent again."""


def happening(package: Package, event: Event, now: datetime, policy: Policy) -> Happening:
    """What an event is for this package."""
    if isinstance(event, Woke):
        return _rang(package, now, policy)
    if isinstance(event, SendEnded):
        return _after_send(package, event)
    if isinstance(event, Postponed):
        return _H.POSTPONED if event.attempt in (None, package.attempts) else _H.OLD_NEWS
    if isinstance(event, StatusTold | AskEnded):
        return _asked(package, event, policy)
    if isinstance(event, BeratRead | FetchEnded):
        return _fetched(package, event)
    if isinstance(event, Confirmed):
        return _done(package)
    if isinstance(event, RepairWanted):
        return _H.ASK_AGAIN if package.code in _DOUBTFUL else _H.SEND_AGAIN
    return _FIXED[type(event)]


def _rang(package: Package, now: datetime, policy: Policy) -> Happening:
    is_warning = package.stage is not Stage.DELETING and now >= next_warning(package, policy)
    return _H.RUNNING_OUT if is_warning or package.work_at is None or now < package.work_at else _H.DUE


def _after_send(package: Package, event: SendEnded) -> Happening:
    what = _send_end(package, event)
    return what if what in _GOOD_NEWS or event.attempt == package.attempts else _H.OLD_NEWS


def _send_end(package: Package, event: SendEnded) -> Happening:
    if event.number is None:
        return _BY_OUTCOME.get(event.outcome, _H.UNCLEAR)
    rule = SEND.get(event.number)
    if rule is None:
        return _H.STRANGE_ANSWER
    if rule.reaction is Reaction.KNOWN:
        return _H.CLAIMED_THERE if package.attempts < 2 else _H.KNOWN_THERE
    return _SENT[rule.reaction]


def _asked(package: Package, event: StatusTold | AskEnded, policy: Policy) -> Happening:
    said = read(event.words) if isinstance(event, StatusTold) else None
    if said is Said.DONE and event.question > package.asked_before:
        return _done(package)
    if event.question <= package.asked_before:
        return _H.OLD_NEWS
    if isinstance(event, AskEnded):
        return _no_state(package, event, policy)
    if said is Said.WAITING:
        return _H.QUEUED
    if package.stage is Stage.DELETING and said is Said.FAULTY:
        return _H.DENIED if package.disputes + 1 < policy.disputes else _H.GONE
    if said is Said.GONE:
        return _H.NOT_THERE if package.stage is Stage.UNCLEAR else _H.GONE
    is_in_doubt = package.stage is Stage.UNCLEAR and package.had_before and not package.said_there
    return _H.EARLIER_FAULTY if is_in_doubt else _H.FAULTY


def _no_state(package: Package, event: AskEnded, policy: Policy) -> Happening:
    rule = STATUS.get(event.number or 0)
    if rule is None or rule.reaction is Reaction.AGAIN:
        return _H.NO_ANSWER
    return _H.OTHERS if rule.reaction is Reaction.OTHERS else _not_there(package, policy)


def _not_there(package: Package, policy: Policy) -> Happening:
    if package.stage is Stage.DELETING:
        return _H.GONE
    if package.stage is not Stage.TAKEN and not package.said_there:
        return _H.NOT_THERE
    if package.disputes + 1 < policy.disputes:
        return _H.DENIED
    return _H.DENIED_AGAIN if package.said_there else _H.VANISHED


def _done(package: Package) -> Happening:
    return _H.DONE if package.is_returned else _H.DONE_REPORT


def _fetched(package: Package, event: BeratRead | FetchEnded) -> Happening:
    if isinstance(event, BeratRead) and event.holds:
        return _H.BERAT_HELD
    if event.fetch != package.fetches:
        return _H.OLD_NEWS
    if isinstance(event, BeratRead):
        return _H.BERAT_BAD
    rule = RECEIVE.get(event.number or 0)
    return _H.OTHERS if rule is not None and rule.reaction is Reaction.OTHERS else _H.NO_BERAT
