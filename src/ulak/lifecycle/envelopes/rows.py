"""The table of an envelope that we send: stage and happening → stage and effects."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ulak.codes.statuses import Speaker
from ulak.lifecycle.backoff import pause
from ulak.lifecycle.effects import Alarm, Ask, Effects, Note, Send, StopTraffic
from ulak.lifecycle.envelopes.happenings import Happening, happening
from ulak.lifecycle.envelopes.stages import Stage
from ulak.lifecycle.envelopes.values import Ended, Envelope, Event, Postponed, Stands, Told, TurnedOut
from ulak.lifecycle.machine import Machine, Row, Step
from ulak.lifecycle.policy import Policy

__all__ = ["MACHINE", "ROWS", "step"]

Done = tuple[Envelope, Effects]


# -- what is done ------------------------------------------------------------------------------------------------------


def send(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    attempt = envelope.attempts + 1
    before = envelope.unclear_before or envelope.unclear
    after = envelope._replace(stage=to, attempts=attempt, sent_at=now, wake_at=now + policy.call_lease)
    return after._replace(unclear=False, unclear_before=before), (Send(attempt),)


def taken(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    after = envelope._replace(stage=to, failures=0, asks=0, said_there=False)
    return after._replace(wake_at=_may_ask(after, now, policy)), ()


def claimed(envelope: Envelope, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after, effects = taken(envelope, to, event, now, policy)
    return after._replace(said_there=True), effects


def rest(envelope: Envelope, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    failures = envelope.failures + 1
    wake_at = now + pause(policy.resend, failures, envelope.seed)
    after = envelope._replace(stage=to, failures=failures, wake_at=wake_at)
    return after, (Alarm("lifecycle.not-arriving"),) if failures == policy.failing_sends else ()


def postpone(envelope: Envelope, to: Stage, event: Postponed, now: datetime, policy: Policy) -> Done:
    return envelope._replace(stage=to, wake_at=max(now, event.until)), ()


def at_once(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return envelope._replace(stage=to, asks=0, wake_at=now), ()


def lose_sight(envelope: Envelope, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return at_once(envelope._replace(unclear=True), to, event, now, policy)


def vanished(envelope: Envelope, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after, effects = at_once(envelope, to, event, now, policy)
    return after, (*effects, Alarm("lifecycle.vanished"))


def doubt(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    wake_at = now + pause(policy.arrival, 1, envelope.seed)
    return envelope._replace(stage=to, asks=0, unclear=True, wake_at=wake_at), ()


def claim(envelope: Envelope, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after, effects = doubt(envelope, to, event, now, policy)
    return after._replace(said_there=True), effects


def denied(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    after = envelope._replace(stage=to, disputes=envelope.disputes + 1, wake_at=now + policy.ask_every)
    return after, (Note("denied", "2004"),)


def ask_whether(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    asks = envelope.asks + 1
    return _ask(envelope, now, asks, now + pause(policy.arrival, asks, envelope.seed))


def ask_how(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    asks = envelope.asks + 1
    after, effects = _ask(envelope, now, asks, now + policy.ask_every)
    return after, (*effects, Alarm("lifecycle.overdue")) if asks == policy.overdue_asks else effects


def hold(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return envelope._replace(stage=to, wake_at=now + policy.remind), (StopTraffic(),)


def stop(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return envelope, (StopTraffic(),)


def still_held(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return envelope._replace(wake_at=now + policy.remind), (Alarm("lifecycle.still-suspended"),)


def go_on(envelope: Envelope, to: Stage, event: Stands | Told, now: datetime, policy: Policy) -> Done:
    """Merkez or the receiver said something that does not end it; when it may be asked for is not changed by that."""
    asks = envelope.asks if to is envelope.stage else 0
    after = envelope._replace(stage=to, code=event.code, by=_by(event), said_there=False, asks=asks)
    return after._replace(wake_at=_may_ask(after, now, policy)), (Note("status", event.code, _by(event)),)


def note(envelope: Envelope, to: Stage, event: Stands | Told, now: datetime, policy: Policy) -> Done:
    return envelope, (Note("status", event.code, _by(event)),)


def nothing(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return envelope, ()


def settle(envelope: Envelope, to: Stage, event: Stands | Told, now: datetime, policy: Policy) -> Done:
    return _end(envelope._replace(code=event.code, by=_by(event)), to)


def end(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return _end(envelope, to)


def refuse(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    after, effects = _end(envelope, to)
    return after, (*effects, Alarm("lifecycle.call-refused"))


def refuse_in_doubt(envelope: Envelope, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return doubt(envelope._replace(refused=True), to, event, now, policy)


def dispute(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    after, effects = _end(envelope, to)
    return after, (*effects, Alarm("lifecycle.disputed"))


def contradict(envelope: Envelope, to: Stage, event: Stands | Told, now: datetime, policy: Policy) -> Done:
    facts = {"stage": envelope.stage.value, "code": event.code}
    return envelope, (Note("status", event.code, _by(event)), Alarm("lifecycle.contradiction", facts))


def turn_out(envelope: Envelope, to: Stage, event: Stands | Told, now: datetime, policy: Policy) -> Done:
    same, effects = contradict(envelope, to, event, now, policy)
    return same, (*effects, TurnedOut(event.code, arrived=True))


def turn_up(envelope: Envelope, to: Stage, event: Stands | Told, now: datetime, policy: Policy) -> Done:
    same, effects = contradict(envelope, to, event, now, policy)
    return same, (*effects, TurnedOut(event.code, arrived=False))


def unknown_there(envelope: Envelope, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    facts = {"stage": envelope.stage.value, "code": "2004"}
    return envelope._replace(disputes=envelope.disputes + 1), (Alarm("lifecycle.contradiction", facts),)


def _by(event: Stands | Told) -> Speaker:
    return event.by if isinstance(event, Told) else Speaker.MERKEZ


def _end(envelope: Envelope, to: Stage) -> Done:
    return envelope._replace(stage=to, wake_at=None), (Ended(to, envelope.code, envelope.by),)


def _ask(envelope: Envelope, now: datetime, asks: int, wake_at: datetime) -> Done:
    question = envelope.questions + 1
    return envelope._replace(questions=question, asks=asks, asked_at=now, wake_at=wake_at), (Ask(question),)


def _may_ask(envelope: Envelope, now: datetime, policy: Policy) -> datetime:
    """When asking how it fares is allowed: 24 hours after it was sent, five hours after it was asked for."""
    first = (envelope.sent_at or now) + policy.first_ask
    return first if envelope.asked_at is None else max(first, envelope.asked_at + policy.ask_every)


# -- the table ---------------------------------------------------------------------------------------------------------

_S, _H = Stage, Happening
_READY: Final = (_S.PACKED, _S.RESTING)
_DOUBT: Final = (_S.SENDING, _S.RESTING, _S.UNKNOWN, _S.HELD, _S.HELD_UNKNOWN)
_BEYOND: Final = (_S.PASSED, _S.UNDELIVERED, _S.UNANSWERED)
_ROAD: Final = (_S.TAKEN, *_BEYOND)
_OUT: Final = (*_DOUBT, *_ROAD)
_NEVER_OUT: Final = (_S.NOT_TAKEN, _S.EXPIRED, _S.WITHDRAWN, _S.DISPUTED)
_FAILED: Final = (_S.REFUSED, _S.UNDELIVERABLE, *_NEVER_OUT)
_ANY_WORD: Final = (
    *(_H.QUEUED, _H.PASSED, _H.TRYING, _H.SILENT, _H.FAULTY, _H.BOUNCED, _H.GIVEN_UP, _H.KNOWN_DOCUMENT, _H.VOIDED),
    *(_H.TURNED, _H.NONSENSE, _H.DONE),
)
_UNDER_WAY: Final = (_H.QUEUED, _H.PASSED, _H.TRYING, _H.SILENT)
_MUST_NOT: Final = "DK J32; Ek-2, 4.1"
"""Nothing goes out while something may be there."""

ROWS: Final = (
    # Sending: one door.
    Row(_READY, _H.DUE, _S.SENDING, send, "Ek-3, 7.2.1; DK J14"),
    Row((*_READY, _S.HELD), _H.TOO_LATE, _S.EXPIRED, end, "DK J25, L22"),
    Row((*_READY, _S.HELD), _H.WITHDRAWN, _S.WITHDRAWN, end, "own"),
    # How a send ended.
    Row(_DOUBT, _H.RECEIPT, _S.TAKEN, taken, "Ek-3, 7.2.1; Ek-2, 4.1"),
    Row(_DOUBT, _H.KNOWN_THERE, _S.TAKEN, claimed, "Ek-3, 8 (2001)"),
    Row(_DOUBT, _H.CLAIMED_THERE, _S.UNKNOWN, claim, "Ek-3, 8 (2001)"),
    Row((_S.SENDING, _S.UNKNOWN), _H.NOTHING_SENT, _S.RESTING, rest, "DK J14; Ek-3, 8 (2000)"),
    Row((_S.HELD_UNKNOWN,), _H.NOTHING_SENT, _S.HELD, hold, "Ek-3, 8 (2007)"),
    Row((_S.SENDING,), _H.POSTPONED, _S.RESTING, postpone, "DK J14"),
    Row((_S.SENDING,), _H.UNCLEAR, _S.UNKNOWN, doubt, _MUST_NOT),
    Row((_S.SENDING,), _H.DUE, _S.UNKNOWN, lose_sight, _MUST_NOT),
    Row((_S.SENDING,), _H.TOO_LATE, _S.UNKNOWN, lose_sight, _MUST_NOT),
    Row((_S.SENDING, _S.UNKNOWN, _S.HELD_UNKNOWN), _H.CALL_REFUSED, _S.NOT_TAKEN, refuse, "Ek-3, 8 (2006)"),
    Row((_S.SENDING, _S.UNKNOWN), _H.CALL_REFUSED_IN_DOUBT, _S.UNKNOWN, refuse_in_doubt, _MUST_NOT),
    # Whether it arrived.
    Row((_S.UNKNOWN,), _H.DUE, None, ask_whether, "Ek-3, 7.2.2"),
    Row((_S.UNKNOWN,), _H.TOO_LATE, None, ask_whether, "Ek-3, 7.2.2"),
    Row((_S.UNKNOWN,), _H.NO_ANSWER, None, nothing, "Ek-3, 7.2.2"),
    Row((_S.UNKNOWN,), _H.NOT_THERE, _S.RESTING, at_once, "Ek-3, 8 (2004)"),
    Row((_S.UNKNOWN, _S.HELD_UNKNOWN), _H.NEVER_THERE, _S.NOT_TAKEN, refuse, "Ek-3, 8 (2004, 2006)"),
    Row((_S.HELD_UNKNOWN,), _H.NOT_THERE, _S.HELD, hold, "Ek-3, 8 (2004)"),
    Row((_S.TAKEN,), _H.NOT_THERE, _S.RESTING, vanished, "Ek-3, 8 (2004)"),
    Row((_S.TAKEN,), _H.NEVER_THERE, _S.RESTING, vanished, "Ek-3, 8 (2004)"),
    Row((_S.UNKNOWN, _S.TAKEN), _H.DENIED, _S.UNKNOWN, denied, "own"),
    Row((_S.UNKNOWN, _S.TAKEN), _H.DENIED_AGAIN, _S.DISPUTED, dispute, "own"),
    Row(_BEYOND, _H.DENIED, None, unknown_there, "own"),
    Row(_BEYOND, _H.DENIED_AGAIN, _S.DISPUTED, dispute, "own"),
    # Suspended.
    Row((_S.SENDING, _S.UNKNOWN), _H.SUSPENDED, _S.HELD, hold, "Ek-3, 8 (2007)"),
    Row((_S.UNKNOWN,), _H.ASK_SUSPENDED, _S.HELD_UNKNOWN, hold, "Ek-3, 8 (2007)"),
    Row(_ROAD, _H.ASK_SUSPENDED, None, stop, "Ek-3, 8 (2007)"),
    Row((_S.HELD, _S.HELD_UNKNOWN), _H.DUE, None, still_held, "Ek-3, 8 (2007)"),
    Row((_S.HELD_UNKNOWN,), _H.TOO_LATE, None, still_held, "Ek-3, 8 (2007)"),
    Row((_S.HELD,), _H.RESUMED, _S.RESTING, at_once, "own"),
    Row((_S.HELD_UNKNOWN,), _H.RESUMED, _S.UNKNOWN, at_once, _MUST_NOT),
    # How it fares: asked only while a system response is missing.
    Row(_ROAD, _H.DUE, None, ask_how, "DK J15, L13"),
    Row(_ROAD, _H.TOO_LATE, None, ask_how, "DK J15, L13"),
    Row(_ROAD, _H.NO_ANSWER, None, nothing, "DK J15, L13"),
    Row(_DOUBT, _H.QUEUED, _S.TAKEN, go_on, "Ek-2, 4.1 (1000, 1100)"),
    Row(_ROAD, _H.QUEUED, None, note, "Ek-2, 4.1 and 4.2 (1000, 1100)"),
    Row((*_DOUBT, _S.TAKEN), _H.PASSED, _S.PASSED, go_on, "Ek-2, 4.1 (1200)"),
    Row(_BEYOND, _H.PASSED, None, note, "Ek-2, 4.1 (1200)"),
    Row(_OUT, _H.TRYING, _S.UNDELIVERED, go_on, "Ek-2, 4.1 (1210)"),
    Row(_OUT, _H.SILENT, _S.UNANSWERED, go_on, "Ek-2, 4.1 (1220)"),
    # How it ended.
    Row(_OUT, _H.DONE, _S.COMPLETED, settle, "Ek-2, 4.1 (1300)"),
    Row(_OUT, _H.FAULTY, _S.REFUSED, settle, "Ek-2, 4.1 (11xx)"),
    Row(_OUT, _H.BOUNCED, _S.RETURNED, settle, "Ek-2, 4.1 (1230) and 4.2"),
    Row(_OUT, _H.GIVEN_UP, _S.UNDELIVERABLE, settle, "Ek-2, 4.1 (1215)"),
    Row(_OUT, _H.KNOWN_DOCUMENT, _S.DUPLICATE, settle, "Ek-2, 4.1 (1163)"),
    Row(_OUT, _H.VOIDED, _S.CANCELLED, settle, "Ek-2, 4 (1235)"),
    # What cannot be, or comes late.
    Row(_BEYOND, _H.TURNED, None, contradict, "Ek-2, 4.1"),
    Row(_OUT, _H.NONSENSE, None, contradict, "own"),
    *(Row((_S.PACKED,), word, None, contradict, "own") for word in _ANY_WORD),
    *(
        Row((_S.COMPLETED,), word, None, note, "Ek-2, 4.1")
        for word in (_H.QUEUED, _H.PASSED, _H.TRYING, _H.SILENT, _H.DONE, _H.VOIDED)
    ),
    *(
        Row((_S.COMPLETED,), word, None, contradict, "own")
        for word in (_H.FAULTY, _H.BOUNCED, _H.GIVEN_UP, _H.KNOWN_DOCUMENT, _H.NONSENSE)
    ),
    *(Row((_S.RETURNED,), word, None, note, "Ek-2, 4.2") for word in (_H.PASSED, _H.BOUNCED)),
    Row((_S.RETURNED,), _H.DONE, None, contradict, "own"),
    Row(_FAILED, _H.DONE, None, turn_out, "own"),
    *(Row(_NEVER_OUT, word, None, turn_up, "own") for word in _UNDER_WAY),
    *(Row(_NEVER_OUT, word, None, contradict, "own") for word in _ANY_WORD if word not in (*_UNDER_WAY, _H.DONE)),
)

MACHINE: Final = Machine[Envelope](ROWS, happening)


def step(envelope: Envelope, event: Event, now: datetime, policy: Policy) -> Step[Envelope]:
    """What an event does to an envelope that we send."""
    return MACHINE.step(envelope, event, now, policy)
