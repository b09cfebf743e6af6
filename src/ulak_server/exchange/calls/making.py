"""One call to Merkez, and what its end means in the words of the law.

Sources: Yazılım Standartları (Ek-3) V1.4, 7.2 and 8. What no fault of GİB's explains counts as unclear, refusals by
HTTP alone too: they may come from something in between, and asking does no harm.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

import structlog

from ulak.envelope import Packed, read_response
from ulak.errors import UlakError
from ulak.lifecycle.outcomes import Outcome, outcome_of_fault
from ulak.lifecycle.policy import Policy
from ulak.wire import ServiceFault, efatura
from ulak.wire.client import Client, Times
from ulak.wire.problem_words import WRITING

__all__ = ["End", "Parcel", "asked", "client", "outcome_of", "sent", "timed", "times"]

Parcel = Callable[[UUID], Packed]
"""Gives the bytes of an envelope."""
EFatura = Client[efatura.Document | efatura.Query, efatura.Receipt | efatura.SystemResponse]
_LOG: Final = structlog.get_logger("ulak_server.calls")
_NOTHING_SENT: Final = frozenset({"wire.unreachable", "wire.tls", *WRITING})


class End(NamedTuple):
    """How a call ended.

    Attributes:
        outcome: None if it brought a status.
        status: the status that it brought.
        text: what was said beside it.
        problem: the code of what went wrong.
        seconds: how long it took.
        was_made: whether anything was tried on the network.
        address: that was called.
        owner: VKN or TCKN that the answer names, where it does.
        data: the file that it brought.
        at: when that was sealed by the one who gave it.
    """

    outcome: Outcome | None
    status: str = ""
    text: str = ""
    problem: str = ""
    seconds: float = 0.0
    was_made: bool = True
    address: str = ""
    owner: str = ""
    data: bytes = b""
    at: datetime | None = None

    @property
    def heard(self) -> Outcome:
        """Whether somebody is there: whoever answers is, whatever the answer."""
        return Outcome.TAKEN if self.outcome is None or self.status else self.outcome


def client(url: str, policy: Policy) -> EFatura:
    """A client of Merkez's; for one thread. Plain HTTP is for whoever configures an address with ``http:``."""
    return Client(efatura.SERVICE, url, times=times(policy.call_lease), allow_http=url.startswith("http:"))


def times(lease: timedelta) -> Times:
    """How long a call may take, so that it has ended when its lease does.

    >>> times(timedelta(seconds=8))
    Times(connect=2.0, silence=4.0, total=4.0)
    """
    seconds, usual = lease.total_seconds(), Times()
    return Times(min(usual.connect, seconds / 4), min(usual.silence, seconds / 2), min(usual.total, seconds / 2))


def sent(to: EFatura, envelope: UUID, parcel: Parcel) -> End:
    """``sendDocument``. The bytes are made first: if they cannot be made, nothing was sent."""
    try:
        packed = parcel(envelope)
    except Exception as error:
        _LOG.exception("parcel.failed", envelope=str(envelope))
        return End(Outcome.NOT_SENT, problem=getattr(error, "code", type(error).__name__), was_made=False)
    return timed(lambda: _taken(to.call(efatura.Document(packed.name, packed.data, packed.md5))))


def asked(to: EFatura, envelope: UUID) -> End:
    """``getApplicationResponse``; an answer about another envelope is none."""
    return timed(lambda: _status(str(envelope), to.call(efatura.Query(str(envelope)))))


def outcome_of(error: Exception) -> Outcome:
    """What an error says of the request that ended in it.

    >>> outcome_of(efatura.SERVICE.fault_of("sendDocument", 2001))
    <Outcome.ALREADY_THERE: 'already-there'>
    """
    if isinstance(error, ServiceFault):
        return outcome_of_fault(error.number or 0)
    is_known = isinstance(error, UlakError) and error.code in _NOTHING_SENT
    return Outcome.NOT_SENT if is_known and not getattr(error, "is_unclear", False) else Outcome.UNCLEAR


def _taken(receipt: object) -> End:
    return End(Outcome.TAKEN, text=getattr(receipt, "message", "")[:200])


def _status(envelope: str, answer: Any) -> End:
    response = read_response(answer.xml)
    if not response.is_about(envelope):
        return End(Outcome.UNCLEAR, problem="envelope.response-unclear")
    return End(None, response.status, response.description)


def timed(call: Callable[[], End]) -> End:
    """Make a call, and say how it ended and how long it took; whatever it raises is an end."""
    began = time.perf_counter()
    try:
        end = call()
    except UlakError as error:
        text = error.message if isinstance(error, ServiceFault) else ""
        end = End(outcome_of(error), text=text[:200], problem=error.code)
    except Exception as error:
        _LOG.exception("call.failed")
        end = End(Outcome.UNCLEAR, problem=type(error).__name__)
    return end._replace(seconds=round(time.perf_counter() - began, 3))
