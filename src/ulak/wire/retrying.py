"""Whether something that was sent may be sent again: never before it is known that the other side has not got it.

Sources: Ek-3 V1.4, 8 (2001 and 2004: a second envelope of the same id is noticed, and one can be asked for), e-Arşiv
Kılavuzu V1.18, 11 (004), e-Defter Web Servis Kılavuzu V1.7, 4 (111, 304); Denetim Kılavuzu J14 (when GİB cannot be
reached it is tried again by itself). The guides have no table of what to do after which answer; this is our reading.
Asking here settles whether something arrived. How an envelope fares is asked rarely, after 24 hours (Denetim Kılavuzu
J15); that is not for this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final, Generic, NamedTuple, TypeVar

from ulak.errors import UlakError
from ulak.wire import earsiv
from ulak.wire.problem_words import WRITING
from ulak.wire.problems import WireError

__all__ = ["Arrival", "Delivery", "Next", "Step", "after_asking", "after_sending", "deliver", "pauses"]

Sent = TypeVar("Sent")
LONGEST: Final = 300.0
"""Seconds of the longest pause."""


class Step(StrEnum):
    """What to do next."""

    DONE = "done"
    """Nothing: the other side has it."""
    SEND = "send"
    """Send the same bytes under the same name again: the other side has not got them."""
    ASK = "ask"
    """Ask whether it arrived; do not send before that is known."""
    GIVE_UP = "give-up"
    """Nothing that a machine can do helps."""


class Next(NamedTuple):
    """A step, and whether to let some time pass before it."""

    step: Step
    waits: bool = False


class Arrival(StrEnum):
    """What is known in the end of what was sent."""

    TAKEN = "taken"
    """The other side gave a receipt for it."""
    THERE = "there"
    """The other side says that it has it, though it gave no receipt for it now."""
    REFUSED = "refused"
    """The other side does not want it."""
    ABSENT = "absent"
    """Nothing arrived: nothing was sent, or the other side does not know it."""
    UNKNOWN = "unknown"
    """It may have arrived."""


class Delivery(NamedTuple, Generic[Sent]):
    """How an attempt to deliver ended.

    Attributes:
        receipt: what the other side answered, if it took it.
        error: why it is not settled that the other side has it; None if it is.
        asked: what the last question ended in, if not in an answer.
        sends: how often it was sent.
        asks: how often it was asked for.
    """

    arrival: Arrival
    receipt: Sent | None
    error: UlakError | None
    asked: UlakError | None
    sends: int
    asks: int


_AFTER_SENDING: Final = {
    # The zip was damaged on its way, and refused (Ek-3, 5 and 8).
    "wire.efatura.2000": Next(Step.SEND),
    # It is known already: by an earlier try, or by somebody else's use of the id. The question tells which.
    "wire.efatura.2001": Next(Step.ASK),
    # Number 0 is that of success; in a fault it says nothing that could be relied on.
    "wire.earsiv.send.000": Next(Step.ASK),
    "wire.earsiv.send.004": Next(Step.ASK),
    "wire.edefter.111": Next(Step.ASK),
    # No connection: nothing left this machine (Denetim Kılavuzu J14).
    "wire.unreachable": Next(Step.SEND, waits=True),
}
_KNOWN_THERE: Final = frozenset(code for code, then in _AFTER_SENDING.items() if then == Next(Step.ASK))
_NOT_THERE: Final = frozenset({"wire.efatura.2004", "wire.earsiv.status.2", "wire.edefter.304"})
_LATER: Final = Next(Step.ASK, waits=True)
_NOTHING_SENT: Final = frozenset({"wire.unreachable", "wire.tls", *WRITING})
_OTHER_BYTES: Final = "wire.receipt"
"""The other side has something of that id, but says another hash of it: asking does not settle that."""


def after_sending(error: UlakError | None) -> Next:
    """What to do after sending.

    Args:
        error: what sending ended in; None for a receipt. One that is no `WireError` came before anything was sent:
            the request could not be sealed.

    >>> after_sending(None).step
    <Step.DONE: 'done'>
    """
    if error is None:
        return Next(Step.DONE)
    if error.code in _AFTER_SENDING:
        return _AFTER_SENDING[error.code]
    if _was_not_sent(error):
        return Next(Step.GIVE_UP) if error.permanent else Next(Step.SEND, waits=True)
    return Next(Step.GIVE_UP) if error.permanent and not _is_unclear(error) else _LATER


def after_asking(answer: object) -> Next:
    """What to do after asking whether something arrived.

    Args:
        answer: the service's answer, or the error that asking ended in.
    """
    if isinstance(answer, UlakError):
        if answer.code in _NOT_THERE:
            return Next(Step.SEND)
        return Next(Step.GIVE_UP) if answer.permanent and not _is_unclear(answer) else _LATER
    if not isinstance(answer, earsiv.StatusAnswer):
        return Next(Step.DONE)
    return _after_status(answer)


def _after_status(answer: earsiv.StatusAnswer) -> Next:
    """e-Arşiv says in an ordinary answer that it does not know a package, or does not tell."""
    code = answer.status.code if answer.status else None
    if code is None:
        return _LATER
    return {1: Next(Step.GIVE_UP), 2: Next(Step.SEND)}.get(code, Next(Step.DONE))


def pauses(times: int, first: float) -> list[float]:
    """Seconds to wait before each further step: twice as long each time, five minutes at most.

    >>> pauses(4, 60)
    [60, 120, 240, 300.0]
    """
    return [min(first * 2**time, LONGEST) for time in range(times)]


def deliver(
    send: Callable[[], Sent],
    ask: Callable[[], object],
    *,
    wait: Callable[[float], object],
    pauses: Iterable[float] = (),
) -> Delivery[Sent]:
    """Send, and as long as it is not settled take the step that is safe.

    Args:
        send: sends the same bytes each time; returns the receipt or raises.
        ask: asks whether they arrived.
        wait: lets some seconds pass.
        pauses: one number of seconds for each further step, whether it sends or asks; none: one single try.
    """
    attempt = _Attempt(send, ask)
    then = attempt.send()
    for seconds in pauses:
        if then.step not in (Step.SEND, Step.ASK):
            break
        if then.waits:
            wait(seconds)
        then = attempt.send() if then.step is Step.SEND else attempt.ask()
    return attempt.delivery()


class _Attempt(Generic[Sent]):
    def __init__(self, send: Callable[[], Sent], ask: Callable[[], object]) -> None:
        self._send, self._ask = send, ask
        self._arrival = Arrival.UNKNOWN
        self._receipt: Sent | None = None
        self._error: UlakError | None = None
        self._asked: UlakError | None = None
        self._sends = self._asks = 0

    def send(self) -> Next:
        self._sends += 1
        try:
            self._receipt, self._error = self._send(), None
        except UlakError as error:
            self._error = error
            self._arrival = _arrival(error)
            return after_sending(error)
        self._arrival = Arrival.TAKEN
        return Next(Step.DONE)

    def ask(self) -> Next:
        self._asks += 1
        was_said_there = self._error is not None and self._error.code in _KNOWN_THERE
        answer: object
        try:
            answer, self._asked = self._ask(), None
        except UlakError as error:
            answer = self._asked = error
        then = after_asking(answer)
        if then.step is Step.DONE:
            self._arrival = Arrival.THERE
            if self._error is not None and self._error.code != _OTHER_BYTES:
                self._error = None
        elif then.step is Step.SEND:
            # It has the id and does not know it: sending once more would only turn in a circle.
            if was_said_there:
                return Next(Step.GIVE_UP)
            self._arrival = Arrival.ABSENT
        return then

    def delivery(self) -> Delivery[Sent]:
        return Delivery(self._arrival, self._receipt, self._error, self._asked, self._sends, self._asks)


def _arrival(error: UlakError) -> Arrival:
    """What is known of the request that ended in an error."""
    then = after_sending(error)
    if then.step is Step.ASK:
        return Arrival.UNKNOWN if then.waits else Arrival.THERE
    return Arrival.ABSENT if _was_not_sent(error) else Arrival.REFUSED


def _was_not_sent(error: UlakError) -> bool:
    """Whether the request never left: there was no connection, it could not be written, or not be sealed."""
    return not _is_unclear(error) and (error.code in _NOTHING_SENT or not isinstance(error, WireError))


def _is_unclear(error: UlakError) -> bool:
    return bool(getattr(error, "is_unclear", False))
