"""Calls to Merkez, and what must hold at each: nothing blindly, nothing twice, nothing too late, early or often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from lifecycle_center import Center, Kept
from lifecycle_shell import Room, Shell
from ulak.lifecycle import breaker, documents, envelopes, identities
from ulak.lifecycle.effects import Resumed, Send
from ulak.lifecycle.envelopes import EnvelopeKind
from ulak.lifecycle.outcomes import Outcome
from ulak.lifecycle.policy import DEFAULT

_WHETHER = frozenset({envelopes.Stage.UNKNOWN})
_NEVER_AGAIN = frozenset({envelopes.Stage.COMPLETED, envelopes.Stage.CANCELLED})


class Traffic(Shell):
    """The rooms that Merkez sees.

    Attributes:
        cargo: the documents of each envelope.
        carried: the incoming envelope or the account that an envelope of ours is about.
        asked: when each envelope was asked for last.
        delayed: whether a request has arrived after its end.
    """

    center: Center
    breaker: breaker.Breaker
    identity: Room
    envelopes: Room
    documents: Room
    inbound: Room

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.cargo: dict[str, tuple[str, ...]] = {}
        self.carried: dict[str, str] = {}
        self.asked: dict[str, datetime] = {}
        self.delayed = False

    def add_envelope(self, kind: EnvelopeKind, not_after: datetime | None = None) -> str:
        key, now = self.new_id("e"), self.clock.now
        self.envelopes.records[key] = envelopes.packed(kind, now, seed=self.seed + len(key), not_after=not_after)
        self.clock.at(now, self._wake, self.envelopes, key)
        return key

    def _is_suspended(self) -> bool:
        return bool(self.identity.records["us"].stage is identities.Stage.SUSPENDED)

    def _send(self, key: str, effect: Send) -> None:
        if self._is_suspended():
            self.happen(self.envelopes, key, envelopes.SendEnded(Outcome.SUSPENDED, effect.attempt))
            return
        self.breaker, until = breaker.admit(self.breaker, self.clock.now, DEFAULT)
        if until is not None:
            self.happen(self.envelopes, key, envelopes.Postponed(until, effect.attempt))
            return
        self._must_be_allowed(key)
        outcome, seconds = self._call(lambda: self.center.send(key, self._kept(key)))
        assert isinstance(outcome, Outcome)
        self.breaker = breaker.ended(self.breaker, outcome, self.clock.now, DEFAULT)
        self.finish(seconds, self.envelopes, key, envelopes.SendEnded(outcome, effect.attempt))

    def _ask(self, key: str, effect: Any) -> None:
        if self._is_suspended():
            self.happen(self.envelopes, key, envelopes.AskEnded(Outcome.SUSPENDED, effect.question))
            return
        if self.envelopes.records[key].stage not in _WHETHER:
            self._must_be_time(key)
        self.asked[key] = self.clock.now
        answer, seconds = self._call(lambda: self.center.query(key))
        if isinstance(answer, Outcome):
            self.finish(seconds, self.envelopes, key, envelopes.AskEnded(answer, effect.question))
        else:
            self.finish(seconds, self.envelopes, key, envelopes.Stands(answer))

    def _call(self, call: Callable[[], Outcome | str]) -> tuple[Outcome | str, float]:
        """A call over a network: it may not leave, arrive damaged, late, without an answer or not at all; or last."""
        seconds = self.chance.uniform(0.05, 20) if not self.strikes(self.faults.network * 0.2) else 2000.0
        if self.center.is_down:
            return Outcome.NOT_SENT, seconds
        if not self.strikes(self.faults.network):
            return call(), seconds
        way = self.chance.randrange(6)
        if way < 3:
            return (Outcome.NOT_SENT, Outcome.UNCLEAR, Outcome.DAMAGED)[way], seconds
        if way == 3:
            self.delayed = True
            self.clock.after(self.chance.uniform(1, 4000), call)
        else:
            call()
        return Outcome.UNCLEAR, seconds

    def _kept(self, key: str) -> Kept:
        about = self.carried.get(key, "")
        says = self.inbound.records[about].code if about in self.inbound.records else ""
        return Kept(self.envelopes.records[key].kind, self.cargo.get(key, ()), True, about, says)

    def _must_be_allowed(self, key: str) -> None:
        """Never after its time, never while another envelope may bring one of its documents."""
        envelope = self.envelopes.records[key]
        assert envelope.not_after is None or self.clock.now < envelope.not_after
        assert key not in self.center.kept or self.center.lied or self.delayed, "sent blindly"
        for doc in self.cargo.get(key, ()):
            record = self.documents.records[doc]
            assert record.stage is documents.Stage.ON_ROAD
            assert record.trips[-1].envelope == key
            for trip in record.trips[:-1]:
                earlier = self.envelopes.records[trip.envelope].stage
                assert earlier.is_final
                assert earlier not in _NEVER_AGAIN
                kept = self.center.kept.get(trip.envelope)
                open_there = kept is not None and kept.status in ("1000", "1200", "1210", "1220", "1300")
                assert not open_there or self.center.lied, (doc, trip, kept and kept.status)

    def _must_be_time(self, key: str) -> None:
        now, sent = self.clock.now, self.envelopes.records[key].sent_at
        assert now - sent >= timedelta(hours=24), "asked too early"
        assert key not in self.asked or now - self.asked[key] >= timedelta(hours=5), "asked too often"

    def _stop(self, key: str, effect: Any) -> None:
        if not self._is_suspended():
            self.happen(self.identity, "us", identities.PermissionGone())
            self._lift_soon()

    def _lift_soon(self) -> None:
        if self.center.suspended:
            self.clock.after(7200, self._lift_soon)
        else:
            self.later(self.chance.uniform(60, 40000), self.identity, "us", identities.PermissionBack())

    def _resume_all(self, key: str, effect: Any) -> None:
        for envelope in list(self.envelopes.records):
            self.happen(self.envelopes, envelope, Resumed())
