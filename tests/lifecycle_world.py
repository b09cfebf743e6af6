"""What a shell does around the machines of the road: calls, work, people; and what must hold at each of these."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from lifecycle_center import Center
from lifecycle_shell import Room
from lifecycle_traffic import Traffic
from ulak.codes.statuses import Speaker
from ulak.lifecycle import accounts, answers, breaker, documents, envelopes, identities, inbound
from ulak.lifecycle.effects import AnswerPoll, Ask, Remind, Send, StopTraffic
from ulak.lifecycle.envelopes import EnvelopeKind
from ulak.lifecycle.outcomes import Outcome
from ulak.lifecycle.policy import DEFAULT


class World(Traffic):
    """One life: some documents that go out, an envelope that comes in, or an account."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.center = Center(self.clock, self.chance, self.faults, self)
        self.refused: Counter[str] = Counter()
        self._build()

    def _build(self) -> None:
        d, e, i, a, c = documents, envelopes, inbound, answers, accounts
        self.identity = Room(identities.step, {identities.ResumeAll: self._resume_all}, ends=False)
        self.identity.records["us"] = identities.Identity()
        self.breaker = breaker.Breaker(self.seed)
        self.envelopes = Room(
            envelopes.step,
            {
                Send: self._send,
                Ask: self._ask,
                e.Ended: self._trip_ended,
                e.TurnedOut: self._turned_out,
                StopTraffic: self._stop,
            },
        )
        self.documents = Room(
            documents.step,
            {
                d.Judge: self._judge,
                d.Seal: self._seal,
                d.Pack: self._pack_soon,
                d.LookUp: self._look_up,
                d.WithdrawEnvelope: self._withdraw_envelope,
                d.Arrived: self._arrived,
                Remind: self._person_decides,
            },
        )
        self.documents.ended = self._document_ended
        self.inbound = Room(
            inbound.step,
            {i.Open: self._open, i.File: self._file, i.Respond: self._respond, AnswerPoll: self._answer_poll},
        )
        self.answers = Room(
            answers.step, {a.MakeAnswer: self._make_answer, a.Take: self._take, a.Refuse: self._refused}
        )
        self.accounts = Room(
            accounts.step,
            {c.MakeRequest: self._make_request, Remind: self._taxpayer_decides, c.StartAnew: self._anew},
        )
        self.filed: Counter[str] = Counter()
        self.taken: Counter[str] = Counter()
        self.poll_answer: str | None = None

    # -- documents -----------------------------------------------------------------------------------------------------

    def add_document(self, key: str, kind: answers.AnswerKind, not_after: datetime | None = None) -> None:
        now = self.clock.now
        record = documents.drafted(now, seed=self.seed, remind_at=now + timedelta(days=7), not_after=not_after)
        self.documents.records[key] = record
        self.clock.at(record.wake_at or now, self._wake, self.documents, key)
        if not_after is None:
            self.answers.records[key] = waiting = answers.awaited(kind, now, DEFAULT)
            if waiting.wake_at is not None:
                self.clock.at(waiting.wake_at, self._wake, self.answers, key)
        self.happen(self.documents, key, documents.Submitted())

    def _judge(self, key: str, effect: Any) -> None:
        is_valid = self.center.faulty.get(key) != "ours"
        self.finish(self.chance.uniform(0.01, 2), self.documents, key, documents.Judged(is_valid, effect.version))

    def _seal(self, key: str, effect: Any) -> None:
        failed = self.strikes(self.faults.network)
        event = documents.SealFailed(self.strikes(0.1), effect.version) if failed else documents.Sealed(effect.version)
        self.finish(self.chance.uniform(0.01, 2), self.documents, key, event)

    def _pack_soon(self, key: str, effect: Any) -> None:
        if not self.strikes(self.faults.crash):
            self.clock.after(self.chance.uniform(0.1, 20), self._pack)

    def _pack(self) -> None:
        ready = [key for key, doc in self.documents.records.items() if doc.stage is documents.Stage.SEALED]
        together = tuple(key for key in ready if not self._alone(key))
        for load in (together, *((key,) for key in ready if self._alone(key))):
            if load:
                self._envelope(load)

    def _alone(self, key: str) -> bool:
        record = self.documents.records[key]
        return record.alone or record.not_after is not None

    def _envelope(self, load: tuple[str, ...]) -> None:
        limit = self.documents.records[load[0]].not_after
        key = self.add_envelope(EnvelopeKind.BUSINESS, limit)
        self.cargo[key] = load
        for doc in load:
            assert self.center.faulty.get(doc) != "ours", "sent unjudged"
            self.happen(self.documents, doc, documents.Enveloped(key, len(load)))

    def _trip_ended(self, key: str, effect: Any) -> None:
        record = self.envelopes.records[key]
        about = self.carried.get(key)
        if about is not None and about in self.inbound.records:
            self.happen(self.inbound, about, inbound.ResponseEnded(key, effect.stage))
        elif about is not None:
            self.happen(self.accounts, about, accounts.RequestEnded(key, effect.stage, effect.code))
        for doc in self.cargo.get(key, ()):
            times = record.sent_at, record.asked_at
            ended = documents.TripEnded(key, effect.stage, effect.code, effect.by, *times)
            self.happen(self.documents, doc, ended)
            self._person_may_wish(doc)

    def _turned_out(self, key: str, effect: Any) -> None:
        for doc in self.cargo.get(key, ()):
            self.happen(self.documents, doc, documents.TripTurnedOut(key, effect.code, effect.arrived))

    def _look_up(self, key: str, effect: Any) -> None:
        envelope, last = effect.envelope, self.asked.get(effect.envelope)
        if last is not None and self.clock.now - last < DEFAULT.ask_every:
            return
        if self._is_suspended():
            return
        self._must_be_time(envelope)
        self.asked[envelope] = self.clock.now
        answer, seconds = self._call(lambda: self.center.query(envelope))
        if isinstance(answer, Outcome) and answer is not Outcome.NOT_THERE:
            return
        unknown = isinstance(answer, Outcome)
        event = documents.EarlierUnknown(envelope) if unknown else documents.EarlierStands(envelope, str(answer))
        for doc, record in self.documents.records.items():
            if record.stage is documents.Stage.LOOKING and record.trips[record.looking].envelope == envelope:
                self.finish(seconds, self.documents, doc, event)

    def _withdraw_envelope(self, key: str, effect: Any) -> None:
        self.happen(self.envelopes, effect.envelope, envelopes.WithdrawalWanted())

    def _document_ended(self, key: str, record: documents.Document) -> None:
        if key.startswith("answer:"):
            arrived = record.stage is documents.Stage.DELIVERED
            self.happen(self.answers, key.removeprefix("answer:"), answers.AnswerEnded(arrived))
        elif record.stage is not documents.Stage.DELIVERED and key in self.answers.records:
            self.happen(self.answers, key, answers.NeverDelivered())

    def _arrived(self, key: str, effect: Any) -> None:
        if key in self.answers.records:
            self.happen(self.answers, key, answers.Delivered())

    # -- people --------------------------------------------------------------------------------------------------------

    def _person_decides(self, key: str, effect: Any) -> None:
        self.clock.after(self.chance.uniform(600, 80000), self._decide, key)

    def _decide(self, key: str) -> None:
        """Whoever is waited for acts at last, and does not lie."""
        stage, doc = self.documents.records[key].stage, documents
        if stage in (doc.Stage.RETURNED, doc.Stage.TO_CORRECT, doc.Stage.FAULTY):
            gives_up = self.strikes(0.2) or len(self.documents.records[key].trips) > 6
            if gives_up:
                self.happen(self.documents, key, doc.WithdrawalWanted())
            elif stage is doc.Stage.RETURNED and self.strikes(0.7):
                self.happen(self.documents, key, doc.ResendWanted())
            else:
                self.center.faulty.pop(key, None)
                self.happen(self.documents, key, doc.Corrected())
        elif stage is doc.Stage.DISPUTED:
            self._find_out(key, doc.Released())
        elif stage is doc.Stage.CLASHED:
            self._find_out(key, doc.Corrected() if self.strikes(0.5) else doc.WithdrawalWanted())

    def _find_out(self, key: str, if_not: Any) -> None:
        trips = self.documents.records[key].trips
        open_there = [self.center.kept[trip.envelope].status for trip in trips if trip.envelope in self.center.kept]
        if self.center.accepted[key]:
            self.happen(self.documents, key, documents.Confirmed())
        elif not {"1000", "1200", "1210", "1220"} & set(open_there):
            if isinstance(if_not, documents.Corrected):
                self.center.registered.pop(key, None)
            self.happen(self.documents, key, if_not)

    def _person_may_wish(self, key: str) -> None:
        """People press buttons at any time."""
        if self.strikes(self.faults.refuse * 0.3):
            self.later(self.chance.uniform(0, 90000), self.documents, key, documents.ResendWanted())

    # -- what GİB brings -----------------------------------------------------------------------------------------------

    def told(self, about: str, by: Speaker, code: str) -> None:
        if about in self.envelopes.records:
            self.happen(self.envelopes, about, envelopes.Told(by, code))

    def arrive(self, envelope: str) -> bool:
        """Stored durably before the call is answered, or not at all."""
        if self.strikes(self.faults.crash):
            return False
        if envelope in self.inbound.records:
            self.happen(self.inbound, envelope, inbound.ArrivedAgain())
            return True
        self.inbound.records[envelope] = inbound.stored(self.clock.now, seed=self.seed)
        self.clock.at(self.clock.now, self._wake, self.inbound, envelope)
        return True

    def polled(self, envelope: str) -> str | None:
        self.poll_answer = None
        self.happen(self.inbound, envelope, inbound.Polled())
        return self.poll_answer

    def _answer_poll(self, key: str, effect: Any) -> None:
        self.poll_answer = effect.code

    def _open(self, key: str, effect: Any) -> None:
        code = "1150" if self.center.faulty.get(key) else "1200"
        if not self.strikes(self.faults.strange * 5):
            odd = self.strikes(self.faults.refuse * 0.1)
            event = inbound.Judged(code, is_answered=not odd or self.strikes(0.5), is_addressed=not odd)
            self.finish(self.chance.uniform(0.1, 30), self.inbound, key, event)

    def _file(self, key: str, effect: Any) -> None:
        self.filed[key] += 1
        kind = self.chance.choice(tuple(answers.AnswerKind))
        self.answers.records[key] = record = answers.received(kind, self.clock.now, DEFAULT)
        if record.wake_at is None:
            return
        self.clock.at(record.wake_at, self._wake, self.answers, key)
        for _ in range(self.chance.randrange(4)):
            code = self.chance.choice(("KABUL", "RED", "IADE", answers.RECEIPT))
            days = self.chance.choice((self.chance.uniform(0, 10), 8.6 + self.chance.uniform(0, 0.03)))
            self.later(days * 86400, self.answers, key, answers.AnswerWanted(code))

    def _respond(self, key: str, effect: Any) -> None:
        if self.strikes(self.faults.crash):
            return
        envelope = self.add_envelope(EnvelopeKind.SYSTEM)
        self.carried[envelope] = key
        self.happen(self.inbound, key, inbound.ResponsePacked(envelope))

    def _make_answer(self, key: str, effect: Any) -> None:
        self.documents.records.pop(f"answer:{key}", None)
        self.add_document(f"answer:{key}", answers.AnswerKind.NONE, effect.not_after)

    def _take(self, key: str, effect: Any) -> None:
        self.taken[key] += 1

    def _refused(self, key: str, effect: Any) -> None:
        self.refused[effect.problem] += 1

    # -- accounts ------------------------------------------------------------------------------------------------------

    def _make_request(self, key: str, effect: Any) -> None:
        if self.strikes(self.faults.crash):
            return
        envelope = self.add_envelope(EnvelopeKind.USER)
        self.carried[envelope] = key
        self.happen(self.accounts, key, accounts.RequestPacked(envelope))

    def _taxpayer_decides(self, key: str, effect: Any) -> None:
        account = self.accounts.records[key]
        opens = account.stage in (accounts.Stage.CONTRACTED, accounts.Stage.NOT_OPENED)
        gives_up = opens and self.strikes(0.3)
        wish = accounts.ContractEnded() if gives_up else accounts.OpenWanted() if opens else accounts.CloseWanted()
        self.later(self.chance.uniform(60, 90000), self.accounts, key, wish)

    def _anew(self, key: str, effect: Any) -> None:
        self.refused["anew"] += 1
