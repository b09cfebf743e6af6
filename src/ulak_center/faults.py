"""Faults on demand: what is to go wrong, where, how often and until when."""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.codes.statuses import get
from ulak_center.problems import center_error

__all__ = ["ACTIONS", "Action", "Circumstance", "Fault", "Faults", "Place"]


class Place(StrEnum):
    """Where in the center a fault strikes."""

    TAKE = "take"
    """A call that comes in, before it is read."""
    JUDGE = "judge"
    """An envelope that is being processed."""
    RESPOND = "respond"
    """A system response that Merkez is about to send or pass on."""
    DELIVER = "deliver"
    """A call that Merkez makes."""


class Action(StrEnum):
    """What happens."""

    REFUSE = "refuse"
    """The connection is closed at once, nothing is taken."""
    OUTAGE = "outage"
    """As `REFUSE`, for every call to any service, and nothing is delivered either."""
    ERROR = "error"
    """HTTP ``status`` (default 503) without SOAP; nothing is taken."""
    SLOW = "slow"
    """The answer comes ``seconds`` later."""
    TIMEOUT = "timeout"
    """What came is taken, but no answer ever comes."""
    FAULT = "fault"
    """The service's own fault ``number``; nothing is taken."""
    WRONG_HASH = "wrong-hash"
    """The receipt has a wrong hash (take), or an envelope is delivered with a wrong hash (deliver)."""
    STATUS = "status"
    """Processing ends with the status ``number``, e.g. 1120 or 1195 (judge); a package of an office is held at 10 or 15
    for ``seconds`` (default 60). A call that asks how a package stands is answered with ``number`` (take)."""
    UNKNOWN_ALIAS = "unknown-alias"
    """The receiver's alias is not found (1181)."""
    LOST = "lost"
    """A system response never leaves (respond); an envelope counts as delivered but never arrives (deliver); a package
    to the e-Arşiv office is answered as if it were kept (take)."""
    UNREACHABLE = "unreachable"
    """The receiver cannot be reached (1210)."""
    DUPLICATE = "duplicate"
    """An envelope is delivered twice."""
    OUT_OF_ORDER = "out-of-order"
    """An envelope waits until ``overtakers`` later ones were delivered, or ``seconds`` (default 60) have passed."""


ACTIONS: Final[Mapping[Action, tuple[Place, ...]]] = {
    Action.REFUSE: (Place.TAKE,),
    Action.OUTAGE: (Place.TAKE, Place.DELIVER),
    Action.ERROR: (Place.TAKE,),
    Action.SLOW: (Place.TAKE, Place.DELIVER),
    Action.TIMEOUT: (Place.TAKE,),
    Action.FAULT: (Place.TAKE,),
    Action.WRONG_HASH: (Place.TAKE, Place.DELIVER),
    Action.STATUS: (Place.JUDGE, Place.TAKE),
    Action.UNKNOWN_ALIAS: (Place.JUDGE,),
    Action.LOST: (Place.RESPOND, Place.DELIVER, Place.TAKE),
    Action.UNREACHABLE: (Place.DELIVER,),
    Action.DUPLICATE: (Place.DELIVER,),
    Action.OUT_OF_ORDER: (Place.DELIVER,),
}
"""Where each action can strike; the first is the default."""


_OF_OFFICES: Final = frozenset({"sendDocumentFile", "getBatchStatus"})


class Fault(NamedTuple):
    """One scripted fault.

    Attributes:
        number: SOAP fault or status code.
        status: HTTP status of `Action.ERROR`.
        operation: only for this operation (``sendDocument``, ``getApplicationResponse``, ``sendDocumentFile``, …).
        envelope_type: only for this type of envelope.
        party: only if this VKN/TCKN or alias is the sender or the receiver.
        after: the first so many chances pass unharmed.
        times: how often it strikes; None without end.
        share: in how many of its chances it strikes, 0–1.
        since, until: when it is in force; None without bound.
    """

    action: Action
    place: Place
    id: int = 0
    number: int = 0
    status: int = 503
    seconds: float = 0.0
    overtakers: int = 1
    operation: str = ""
    envelope_type: str = ""
    party: str = ""
    after: int = 0
    times: int | None = 1
    share: float = 1.0
    since: datetime | None = None
    until: datetime | None = None


class Circumstance(NamedTuple):
    """What is going on where a fault may strike; empty where it is not known yet.

    Attributes:
        can: what can happen here; faults of other actions pass by without using up a chance. None for all that the
            place knows.
        is_by_name: only faults that name this operation are meant for it, and outages.
        numbers: only faults of these numbers are meant; None for any.
    """

    place: Place
    at: datetime
    operation: str = ""
    envelope_type: str = ""
    parties: tuple[str, ...] = ()
    can: Collection[Action] | None = None
    is_by_name: bool = False
    numbers: Collection[int] | None = None


class Faults:
    """The faults in force. Threads may share it."""

    def __init__(self, seed: int = 0) -> None:
        self._faults: dict[int, Fault] = {}
        self._seen: dict[int, int] = {}
        self._random = random.Random(f"{seed}:faults")  # noqa: S311 repeatable on purpose
        self._ids = itertools.count(1)
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> Fault:
        """Put a fault in force and return it with its id.

        Raises:
            CenterError: ``center.fault-place``, ``center.fault-value``, ``center.fault-number``.
        """
        if fault.place not in ACTIONS[fault.action]:
            raise center_error("center.fault-place", action=fault.action, place=fault.place)
        if not 0 <= fault.share <= 1 or fault.after < 0 or (fault.times is not None and fault.times < 1):
            raise center_error("center.fault-value", action=fault.action)
        if not _has_its_number(fault):
            raise center_error("center.fault-number", action=fault.action, number=fault.number)
        with self._lock:
            known = fault._replace(id=next(self._ids))
            self._faults[known.id] = known
            self._seen[known.id] = 0
            return known

    def remove(self, id: int) -> bool:
        """Take a fault back; False if there is none of this id."""
        with self._lock:
            return self._faults.pop(id, None) is not None

    def clear(self) -> None:
        """Take all faults back."""
        with self._lock:
            self._faults.clear()

    def __iter__(self) -> itertools.chain[Fault]:
        with self._lock:
            return itertools.chain(list(self._faults.values()))

    def strike(self, circumstance: Circumstance) -> Fault | None:
        """The first fault that strikes here and now; it has struck once more then."""
        with self._lock:
            for fault in list(self._faults.values()):
                if _fits(fault, circumstance) and self._takes_its_chance(fault):
                    return fault
            return None

    def _takes_its_chance(self, fault: Fault) -> bool:
        self._seen[fault.id] += 1
        if self._seen[fault.id] <= fault.after or (fault.share < 1 and self._random.random() >= fault.share):
            return False
        if fault.times is not None:
            left = fault.times - 1
            if left:
                self._faults[fault.id] = fault._replace(times=left)
            else:
                del self._faults[fault.id]
        return True


def _has_its_number(fault: Fault) -> bool:
    # The offices' durumKodu are their own; an envelope of an unknown status could not be asked for.
    if fault.action is Action.STATUS and fault.operation not in _OF_OFFICES:
        return get(str(fault.number)) is not None
    return fault.number > 0 or fault.action not in (Action.FAULT, Action.STATUS)


def _fits(fault: Fault, here: Circumstance) -> bool:
    # An outage strikes calls both ways, whichever way it was scripted for.
    is_outage = fault.action is Action.OUTAGE
    return (
        (fault.place is here.place or (is_outage and here.place in ACTIONS[Action.OUTAGE]))
        and (here.can is None or fault.action in here.can)
        and (fault.operation == here.operation or (not fault.operation and (is_outage or not here.is_by_name)))
        and (here.numbers is None or fault.number in here.numbers)
        and (not fault.envelope_type or fault.envelope_type == here.envelope_type)
        and (not fault.party or fault.party in here.parties)
        and (fault.since is None or fault.since <= here.at)
        and (fault.until is None or here.at < fault.until)
    )
