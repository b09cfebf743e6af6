"""Faults on demand: what is to go wrong, where, how often and until when."""

from __future__ import annotations

import itertools
import json
import random
import threading
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.codes.statuses import get
from ulak_center.problems import center_error
from ulak_center.store import Store

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
    """The faults in force: kept, with the chances that they have had. Threads may share it.

    Args:
        seed: of which chances a share takes.
        store: where they are kept; a temporary one if not given.
        lock: around the store.
    """

    def __init__(
        self, seed: int = 0, store: Store | None = None, lock: AbstractContextManager[object] | None = None
    ) -> None:
        self._seed, self._store, self._lock = seed, store or Store(), lock or threading.RLock()
        kept = self._store.rows("select id, fault, seen from faults order by id")
        self._faults = {row["id"]: _read(row["fault"])._replace(id=row["id"]) for row in kept}
        self._seen = {row["id"]: row["seen"] for row in kept}

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
        with self._lock, self._store.step():
            self._store.add("faults", fault=_written(fault))
            row = self._store.row("select last_insert_rowid()")
            known = fault._replace(id=row[0] if row else 0)
            self._faults[known.id] = known
            self._seen[known.id] = 0
            return known

    def remove(self, id: int) -> bool:
        """Take a fault back; False if there is none of this id."""
        with self._lock, self._store.step():
            self._store.run("delete from faults where id = ?", id)
            return self._faults.pop(id, None) is not None

    def clear(self) -> None:
        """Take all faults back."""
        with self._lock, self._store.step():
            self._store.run("delete from faults")
            self._faults.clear()

    def __iter__(self) -> itertools.chain[Fault]:
        with self._lock:
            return itertools.chain(list(self._faults.values()))

    def strike(self, circumstance: Circumstance) -> Fault | None:
        """The first fault that strikes here and now; it has struck once more then."""
        if not self._faults:
            return None
        with self._lock, self._store.step():
            for fault in list(self._faults.values()):
                if _fits(fault, circumstance) and self._takes_its_chance(fault):
                    return fault
            return None

    def _takes_its_chance(self, fault: Fault) -> bool:
        seen = self._seen[fault.id] = self._seen[fault.id] + 1
        strikes = seen > fault.after and self._chance(fault.id, seen) < fault.share
        left = None if fault.times is None else fault.times - strikes
        if left == 0:
            self.remove(fault.id)
        else:
            self._faults[fault.id] = fault._replace(times=left)
            text = _written(self._faults[fault.id])
            self._store.run("update faults set fault = ?, seen = ? where id = ?", text, seen, fault.id)
        return strikes

    def _chance(self, id: int, seen: int) -> float:
        """Of 0–1 and the same in every run, whenever the center was started anew."""
        return random.Random(f"{self._seed}:faults:{id}:{seen}").random()  # noqa: S311 repeatable on purpose


def _written(fault: Fault) -> str:
    """As it is kept: what differs from the usual."""
    usual = Fault(fault.action, fault.place)._asdict()
    told = {name: value for name, value in fault._asdict().items() if value != usual[name]}
    return json.dumps({"action": fault.action, "place": fault.place, **told}, default=datetime.isoformat)


def _read(kept: str) -> Fault:
    told = json.loads(kept)
    moments = {name: datetime.fromisoformat(told[name]) for name in ("since", "until") if told.get(name)}
    return Fault(**{**told, **moments, "action": Action(told["action"]), "place": Place(told["place"])})


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
