"""A small Merkez with receivers behind it, for simulations: every fault and every order of events, from one seed."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple, Protocol

from ulak.codes.statuses import Speaker
from ulak.lifecycle.envelopes import EnvelopeKind
from ulak.lifecycle.outcomes import Outcome

START = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
_OPEN = frozenset({"1200", "1210", "1220"})
_FREE_AGAIN = frozenset({"1215", "1230"})
_RETRY = timedelta(hours=2)


class Clock:
    """Virtual time: whatever is due is done in order, and nothing takes time by itself."""

    def __init__(self) -> None:
        self.now = START
        self._due: list[tuple[datetime, int, Callable[..., object], tuple[Any, ...]]] = []
        self._number = 0

    def at(self, when: datetime, do: Callable[..., object], *args: Any) -> None:
        self._number += 1
        heapq.heappush(self._due, (when if when > self.now else self.now, self._number, do, args))

    def after(self, seconds: float, do: Callable[..., object], *args: Any) -> None:
        self.at(self.now + timedelta(seconds=seconds), do, *args)

    def run(self, until: datetime, most: int) -> None:
        """Do what is due until then; more than `most` things mean that something turns in circles."""
        due = self._due
        for _ in range(most):
            if not due or due[0][0] > until:
                return
            self.now, _, do, args = heapq.heappop(due)
            do(*args)
        raise AssertionError("it turns in circles")


class Faults(NamedTuple):
    """How likely each fault is.

    Attributes:
        crash: that the shell dies between two steps.
        network: that a call does not get through, or its answer does not.
        refuse: that Merkez or a receiver finds a fault.
        unreachable: that a receiver cannot be reached for a while.
        lose: that a system response is lost; and that it comes twice.
        strange: that GİB does what no guide foresees.
        suspend: that the identity is suspended once.
    """

    crash: float = 0.0
    network: float = 0.0
    refuse: float = 0.0
    unreachable: float = 0.0
    lose: float = 0.0
    strange: float = 0.0
    suspend: float = 0.0


CALM = Faults()
USUAL = Faults(0.01, 0.05, 0.08, 0.08, 0.05, 0.0, 0.02)
WILD = Faults(0.08, 0.25, 0.3, 0.3, 0.3, 0.02, 0.2)
MAD = Faults(0.1, 0.3, 0.4, 0.4, 0.4, 0.15, 0.3)


class Home(Protocol):
    """Our side, as GİB reaches it."""

    def told(self, about: str, by: Speaker, code: str) -> None: ...

    def arrive(self, envelope: str) -> bool: ...

    def polled(self, envelope: str) -> str | None: ...


class Kept:
    """What Merkez keeps of an envelope."""

    __slots__ = ("about", "docs", "kind", "ours", "says", "status", "tries")

    def __init__(self, kind: EnvelopeKind, docs: tuple[str, ...], ours: bool, about: str = "", says: str = "") -> None:
        self.kind, self.docs, self.ours, self.about, self.says = kind, docs, ours, about, says
        self.status, self.tries = "1000", 0


class Center:
    """Merkez, and the receivers behind it.

    Attributes:
        accepted: how often receivers took each document.
        faulty: documents in which a fault is found until they are corrected.
        lied: whether Merkez or a receiver has said what is not true.
    """

    def __init__(self, clock: Clock, chance: Random, faults: Faults, home: Home) -> None:
        self._clock, self._chance, self._faults, self._home = clock, chance, faults, home
        self.kept: dict[str, Kept] = {}
        self.registered: dict[str, str] = {}
        self.accepted: Counter[str] = Counter()
        self.faulty: dict[str, str] = {}
        self.verdicts: dict[str, str] = {}
        self.forgotten: set[str] = set()
        self.lied = False
        self.suspended = False
        self.is_down = False

    # -- the service ---------------------------------------------------------------------------------------------------

    def send(self, envelope: str, kept: Kept) -> Outcome:
        if self.suspended:
            return Outcome.SUSPENDED
        if envelope in self.kept:
            return Outcome.ALREADY_THERE
        if self._strikes(self._faults.strange):
            way = self._chance.randrange(4)
            if way == 0:
                return Outcome.REFUSED
            self.lied = True
            if way < 3:
                return (Outcome.TAKEN, Outcome.ALREADY_THERE)[way - 1]
            self.forgotten.add(envelope)
        self.kept[envelope] = kept
        self._clock.after(self._chance.uniform(0.2, 90), self._judge, envelope)
        return Outcome.TAKEN

    def query(self, envelope: str) -> Outcome | str:
        if self.suspended:
            return Outcome.SUSPENDED
        kept = self.kept.get(envelope)
        if kept is None or envelope in self.forgotten or self._lies():
            return Outcome.NOT_THERE
        return kept.status

    # -- judging -------------------------------------------------------------------------------------------------------

    def _judge(self, envelope: str) -> None:
        kept = self.kept[envelope]
        kept.status = self._verdict(envelope, kept)
        if kept.status != "1200":
            self._tell(envelope, Speaker.MERKEZ, kept.status, kept.kind is not EnvelopeKind.SYSTEM)
            return
        for doc in kept.docs:
            self.registered[doc] = envelope
        if kept.kind is EnvelopeKind.USER:
            kept.status = "1300"
        elif kept.kind is EnvelopeKind.SYSTEM:
            self.settle(kept.about, kept.says)
        self._tell(envelope, Speaker.MERKEZ, "1200", kept.kind is not EnvelopeKind.SYSTEM)
        if kept.kind is not EnvelopeKind.USER:
            self._clock.after(self._chance.uniform(0.1, 60), self._deliver, envelope)

    def _verdict(self, envelope: str, kept: Kept) -> str:
        if kept.kind is EnvelopeKind.BUSINESS and any(self._blocks(doc, envelope) for doc in kept.docs):
            return "1163"
        for doc in kept.docs:
            if self.faulty.get(doc) == "merkez":
                return "1150"
        if not self._strikes(self._faults.refuse * 0.5):
            return "1200"
        if kept.kind is EnvelopeKind.USER:
            return self._chance.choice(("1182", "1195", "1170"))
        return self._chance.choice(("1110", "1120", "1160", "1172", "1177", "1181", "1195"))

    def _blocks(self, doc: str, envelope: str) -> bool:
        holder = self.registered.get(doc)
        if holder == "":
            return True
        return holder is not None and holder != envelope and self.kept[holder].status not in _FREE_AGAIN

    # -- the road ------------------------------------------------------------------------------------------------------

    def _deliver(self, envelope: str) -> None:
        kept = self.kept[envelope]
        if kept.status not in ("1200", "1210"):
            return
        if not self._strikes(self._faults.unreachable if not kept.tries else 0.6):
            kept.status = "1220"
            self._arrive(envelope, kept)
            return
        if self._strikes(self._faults.strange):
            self._arrive(envelope, kept)
        kept.tries += 1
        kept.status = "1215" if kept.tries > 4 else "1210"
        if kept.status == "1210":
            self._clock.at(self._clock.now + _RETRY, self._deliver, envelope)
        elif self.verdicts.get(envelope) == "1200":
            self.lied = True

    def _arrive(self, envelope: str, kept: Kept) -> None:
        """The receiver takes it; nobody answers a system response."""
        if kept.kind is EnvelopeKind.SYSTEM:
            kept.status = "1300"
        elif envelope not in self.verdicts:
            self.verdicts[envelope] = code = self._receivers_verdict(kept)
            if code == "1200":
                self.accepted.update(kept.docs)
            wait = self._chance.choice((5.0, 300.0, 7200.0, 90000.0, 260000.0 if self._faults.lose else 10.0))
            self._clock.after(wait, self._answer, envelope, code)

    def _receivers_verdict(self, kept: Kept) -> str:
        if any(self.accepted[doc] for doc in kept.docs):
            return "1163"
        if any(self.faulty.get(doc) == "receiver" for doc in kept.docs):
            return "1177"
        return self._chance.choice(("1150", "1195")) if self._strikes(self._faults.refuse * 0.3) else "1200"

    def _answer(self, envelope: str, code: str) -> None:
        self.settle(envelope, code)
        self._tell(envelope, Speaker.TARGET, code)
        if self._lies():
            self._home.told(envelope, Speaker.TARGET, "1200" if code != "1200" else "1195")

    def void(self, doc: str) -> None:
        """Somebody cancels an invoice on GİB's portal."""
        kept = self.kept.get(self.registered.get(doc, ""))
        if kept is not None and kept.status in ("1220", "1300") and self.accepted[doc]:
            kept.status = "1235"

    def settle(self, envelope: str, code: str) -> None:
        """Only the first word counts."""
        kept = self.kept.get(envelope)
        if kept is not None and kept.status in _OPEN and code not in ("1000", "1100"):
            kept.status = "1300" if code == "1200" else "1230"

    def _tell(self, envelope: str, by: Speaker, code: str, is_told: bool = True) -> None:
        """A system response: lost, late, twice, or as it should be; never lost if it says that 1215 was wrong."""
        if not is_told or not self.kept[envelope].ours:
            return
        if self._strikes(self._faults.lose) and not (by is Speaker.TARGET and self.kept[envelope].status == "1215"):
            return
        for _ in range(2 if self._strikes(self._faults.lose) else 1):
            late = self._chance.uniform(0, 100000) if self._strikes(self._faults.lose) else self._chance.uniform(0, 60)
            self._clock.after(late, self._home.told, envelope, by, code)

    # -- what comes to us ----------------------------------------------------------------------------------------------

    def offer(self, envelope: str) -> None:
        """Bring an envelope of somebody else's to us, on GİB's schedule."""
        self.kept[envelope] = kept = Kept(EnvelopeKind.BUSINESS, (), ours=False)
        kept.status = "1200"
        self._bring(envelope)

    def _bring(self, envelope: str) -> None:
        kept = self.kept[envelope]
        if kept.status not in ("1200", "1210"):
            return
        arrived = not self._strikes(self._faults.network) and self._home.arrive(envelope)
        if arrived and not self._strikes(self._faults.network):
            kept.status = "1220"
            self._clock.at(self._clock.now + _RETRY, self._poll, envelope)
            if self._strikes(self._faults.lose):
                self._clock.after(60, self._home.arrive, envelope)
            return
        kept.tries += 1
        kept.status = "1215" if kept.tries > 4 else "1210"
        self._clock.at(self._clock.now + _RETRY, self._bring, envelope)

    def _poll(self, envelope: str) -> None:
        kept = self.kept[envelope]
        if kept.status != "1220" or kept.tries > 100:
            return
        kept.tries += 1
        code = None if self._strikes(0.3) else self._home.polled(envelope)
        if code is not None:
            self.settle(envelope, code)
        self._clock.at(self._clock.now + _RETRY, self._poll, envelope)

    # -- chance --------------------------------------------------------------------------------------------------------

    def _lies(self) -> bool:
        if not self._strikes(self._faults.strange):
            return False
        self.lied = True
        return True

    def _strikes(self, likely: float) -> bool:
        return likely > 0 and self._chance.random() < likely
