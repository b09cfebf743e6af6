"""The table of an envelope that we received: stage and happening → stage and effects."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ulak.lifecycle.backoff import pause
from ulak.lifecycle.effects import Alarm, AnswerPoll, Effects, Note
from ulak.lifecycle.inbound.happenings import Happening, happening
from ulak.lifecycle.inbound.stages import Stage
from ulak.lifecycle.inbound.values import (
    Event,
    File,
    Incoming,
    Judged,
    Open,
    RefuseCall,
    Respond,
    ResponsePacked,
)
from ulak.lifecycle.machine import Machine, Row, Step
from ulak.lifecycle.policy import Policy

__all__ = ["MACHINE", "ROWS", "step"]

Done = tuple[Incoming, Effects]
_BROKEN: Final = "1195"
_KNOWN: Final = 2001


# -- what is done ------------------------------------------------------------------------------------------------------


def open_it(incoming: Incoming, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    tries = incoming.tries + 1
    wake_at = now + policy.work_lease + pause(policy.rework, tries, incoming.seed)
    return incoming._replace(tries=tries, wake_at=wake_at), (Open(),)


def file_it(incoming: Incoming, to: Stage, event: Judged, now: datetime, policy: Policy) -> Done:
    after, effects = owe(incoming, to, event, now, policy)
    return after, (File(), *effects)


def owe(incoming: Incoming, to: Stage, event: Judged, now: datetime, policy: Policy) -> Done:
    after = incoming._replace(stage=to, code=event.code, tries=1, wake_at=now + policy.work_lease)
    return after, (Respond(event.code),)


def despair(incoming: Incoming, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    """Its sender must not wait for ever: a system error is what it is."""
    after, effects = owe(incoming, to, Judged(_BROKEN), now, policy)
    return after, (*effects, Alarm("lifecycle.not-judged"))


def respond_again(incoming: Incoming, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    tries = incoming.tries + 1
    wake_at = now + policy.work_lease + pause(policy.rework, tries, incoming.seed)
    effects = (Respond(incoming.code),)
    after = incoming._replace(tries=tries, wake_at=wake_at)
    return after, (*effects, Alarm("lifecycle.work-stuck")) if tries == policy.work_tries else effects


def respond_later(incoming: Incoming, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    wake_at = now + pause(policy.repack, incoming.responses, incoming.seed)
    return incoming._replace(stage=to, tries=0, wake_at=wake_at), ()


def set_out(incoming: Incoming, to: Stage, event: ResponsePacked, now: datetime, policy: Policy) -> Done:
    responses = incoming.responses + 1
    wake_at = now + policy.remind
    return incoming._replace(stage=to, responses=responses, response=event.envelope, wake_at=wake_at), ()


def still_on_road(incoming: Incoming, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return incoming._replace(wake_at=now + policy.remind), ()


def end(incoming: Incoming, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return incoming._replace(stage=to, wake_at=None), ()


def file_and_end(incoming: Incoming, to: Stage, event: Judged, now: datetime, policy: Policy) -> Done:
    return incoming._replace(stage=to, code=event.code, wake_at=None), (File(),)


def end_untold(incoming: Incoming, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    code = event.code if isinstance(event, Judged) else incoming.code
    return incoming._replace(stage=to, code=code, wake_at=None), (Alarm("lifecycle.not-told"),)


def say_known(incoming: Incoming, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return incoming, (Note("arrived-again"), RefuseCall(_KNOWN))


def say_queued(incoming: Incoming, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return incoming, (AnswerPoll("1100" if incoming.tries else "1000"),)


def say_verdict(incoming: Incoming, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return incoming, (AnswerPoll(incoming.code),)


# -- the table ---------------------------------------------------------------------------------------------------------

_S, _H = Stage, Happening

ROWS: Final = (
    # The envelope.
    Row((_S.STORED,), _H.DUE, None, open_it, "DK J16, L14; Ek-2, 4.2 (1100)"),
    Row((_S.STORED,), _H.HOPELESS, _S.OWED, despair, "Ek-2, 4 (1195)"),
    Row((_S.STORED,), _H.IN_ORDER, _S.OWED, file_it, "Ek-2, 4.2 (1200); DK J17, L15"),
    Row((_S.STORED,), _H.AT_FAULT, _S.OWED, owe, "Ek-2, 1 and 4.2 (11xx); DK J19–J21, L17–L19"),
    Row((_S.STORED,), _H.UNANSWERED, _S.FILED, file_and_end, "Ek-2, 4.3"),
    Row((_S.STORED,), _H.UNADDRESSED, _S.UNTOLD, end_untold, "own"),
    # Its system response.
    Row((_S.OWED,), _H.DUE, None, respond_again, "DK J17, L15"),
    Row((_S.OWED,), _H.PACKED, _S.RESPONDING, set_out, "DK J17, L15"),
    Row((_S.RESPONDING,), _H.DUE, None, still_on_road, "own"),
    Row((_S.RESPONDING, _S.OWED), _H.TOLD, _S.SETTLED, end, "Ek-2, 4.2"),
    Row((_S.RESPONDING,), _H.NOT_TOLD, _S.OWED, respond_later, "DK J18, L16"),
    Row((_S.RESPONDING,), _H.NEVER_TOLD, _S.UNTOLD, end_untold, "DK J18, L16"),
    # GİB's calls, at any time.
    Row(tuple(_S), _H.AGAIN, None, say_known, "Ek-3, 8 (2001)"),
    Row((_S.STORED,), _H.POLLED, None, say_queued, "Ek-3, 7.2.2; Ek-2, 4.2 (1000, 1100)"),
    Row((_S.OWED, _S.RESPONDING, _S.SETTLED, _S.FILED, _S.UNTOLD), _H.POLLED, None, say_verdict, "Ek-3, 7.2.2"),
)

MACHINE: Final = Machine[Incoming](ROWS, happening)


def step(incoming: Incoming, event: Event, now: datetime, policy: Policy) -> Step[Incoming]:
    """What an event does to an envelope that we received."""
    return MACHINE.step(incoming, event, now, policy)
