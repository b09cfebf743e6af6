"""A month of books and a small e-Defter office, with every fault and every order of events, from one seed.

The office keeps every package it took; of one name at most one is processed with success, and while one is in the
queue or stands, it takes no other (111). A person who is called looks there, removes the reason and makes the book anew
where its content was at fault.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from lifecycle_center import START
from lifecycle_shell import Room, Shell
from ulak.lifecycle import ledgers
from ulak.lifecycle.effects import AskPackage, FetchBerat, Remind, SendPackage
from ulak.lifecycle.ledgers import BeratKind, Stage, StatusTold
from ulak.lifecycle.ledgers.months import waits_for
from ulak.lifecycle.outcomes import Outcome

HORIZON = timedelta(days=90)
QUEUED, DONE, FAULTY = "Paket kuyrukta", "Paket Başarıyla İşlendi", "Şematron hatası: hesap kodu boş"
_REFUSED = (101, 102, 109, 114, None)
_LOST = (110, 112, 113, 99)
Name = tuple[BeratKind, str]


class Taken:
    """A package that the office took."""

    __slots__ = ("is_good", "key", "words")

    def __init__(self, key: str, *, is_good: bool) -> None:
        self.key, self.is_good, self.words = key, is_good, QUEUED


class LedgerWorld(Shell):
    """The packages of a month.

    Attributes:
        names: of each package of ours.
        office: what the office took, by name, the newest last.
        blind: packages of which it is not known whether the last send arrived, and that were not asked for since.
        bad: packages whose content is at fault.
    """

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        handlers: dict[type, Callable[..., None]] = {
            SendPackage: self._send,
            AskPackage: self._ask,
            FetchBerat: self._fetch,
            Remind: self._remind,
            ledgers.Secured: self._secured,
        }
        self.room = Room(ledgers.step, handlers, ends=False)
        self.names: dict[str, Name] = {}
        self.office: dict[Name, list[Taken]] = {}
        self.blind, self.bad = set[str](), set[str]()
        self.is_rightless = self.strikes(self.faults.refuse * 0.3)

    def add(self, name: Name, *, is_bad: bool = False) -> None:
        key = self.new_id("p")
        self.names[key] = name
        self.bad |= {key} if is_bad else set()
        record = ledgers.begun(
            self.clock.now,
            due_at=START + timedelta(days=5),
            seed=self.seed,
            kind=name[0],
            had_before=name in self.office,
            held=bool(waits_for(*name, self._others(key))),
        )
        self.room.records[key] = record
        self.clock.at(record.wake_at or self.clock.now, self._wake, self.room, key)

    def _others(self, key: str) -> list[tuple[BeratKind, str, Stage]]:
        known = self.room.records
        return [(*self.names[other], known[other].stage) for other in known if other != key and self._counts(other)]

    def _counts(self, key: str) -> bool:
        return not self.room.records[key].stage.is_final

    # -- our side ------------------------------------------------------------------------------------------------------

    def _send(self, key: str, effect: SendPackage) -> None:
        assert key not in self.blind, "sent blindly"
        assert not waits_for(*self.names[key], self._others(key)), "sent before its turn"
        self.blind.add(key)
        seconds = self.chance.uniform(1, 300)
        if self.strikes(self.faults.network):
            if self.strikes(0.7):
                self.clock.after(self.chance.choice((seconds, 500)), self._arrive, key)
            outcome = Outcome.UNCLEAR
            number = None
        else:
            number = self._arrive(key)
            if number in (*_REFUSED, 107):
                self.blind.discard(key)
            outcome = Outcome.TAKEN if number == 0 else Outcome.REFUSED if number is None else Outcome.UNCLEAR
        self.finish(seconds, self.room, key, ledgers.SendEnded(outcome, effect.attempt, number or None))

    def _ask(self, key: str, effect: AskPackage) -> None:
        seconds = self.chance.uniform(0.1, 120)
        taken = self.office.get(self.names[key])
        if self.strikes(self.faults.network):
            event: ledgers.StatusTold | ledgers.AskEnded = ledgers.AskEnded(Outcome.UNCLEAR, effect.question)
        elif taken is None or self.strikes(self.faults.strange):
            number = self.chance.choice((303, 304, 304)) if taken else 304
            event = ledgers.AskEnded(Outcome.UNCLEAR, effect.question, number)
        else:
            event = StatusTold(taken[-1].words, effect.question)
        self.clock.after(seconds, self._told, key, event)

    def _told(self, key: str, event: ledgers.StatusTold | ledgers.AskEnded) -> None:
        if not self.strikes(self.faults.crash):
            is_answer = isinstance(event, StatusTold) or event.number == 304
            if is_answer and event.question > self.room.records[key].asked_before:
                self.blind.discard(key)
            self.happen(self.room, key, event)

    def _fetch(self, key: str, effect: FetchBerat) -> None:
        good = [taken for taken in self.office.get(self.names[key], []) if taken.words == DONE]
        event: ledgers.BeratRead | ledgers.FetchEnded
        if not good or self.strikes(self.faults.network):
            event = ledgers.FetchEnded(Outcome.UNCLEAR, effect.fetch, 204 if not good else None)
        else:
            event = ledgers.BeratRead(not self.strikes(self.faults.strange), effect.fetch, "berat.empty")
        self.finish(self.chance.uniform(1, 60), self.room, key, event)

    def _secured(self, key: str, _: ledgers.Secured) -> None:
        assert [taken.words for taken in self.office[self.names[key]]].count(DONE) == 1
        for other in list(self.room.records):
            if self._counts(other) and not waits_for(*self.names[other], self._others(other)):
                self.clock.at(self.clock.now, self.happen, self.room, other, ledgers.Released())

    def _remind(self, key: str, _: Remind) -> None:
        self.clock.after(self.chance.uniform(3, 30) * 3600, self._repair, key)

    def _repair(self, key: str) -> None:
        """A person looks, removes the reason, and says what is true."""
        if self.room.records[key].stage is not Stage.REFUSED:
            return
        self.is_rightless = False
        self.blind.discard(key)
        newest = self.office.get(self.names[key], [None])[-1]
        if newest is not None and newest.words == DONE:
            self.happen(self.room, key, ledgers.Confirmed())
        elif key in self.bad:
            self.happen(self.room, key, ledgers.WithdrawalWanted())
            self.add(self.names[key])
        else:
            self.happen(self.room, key, ledgers.RepairWanted())

    # -- the office ----------------------------------------------------------------------------------------------------

    def _arrive(self, key: str) -> int | None:
        if self.is_rightless:
            return self.chance.choice(_REFUSED)
        taken = self.office.get(self.names[key], [])
        if taken and taken[-1].words in (QUEUED, DONE):
            return 111
        if self.strikes(self.faults.strange):
            return self.chance.choice((*_LOST, 107))
        package = Taken(key, is_good=key not in self.bad)
        self.office.setdefault(self.names[key], []).append(package)
        self.clock.after(self.chance.choice((5, 600, 9000)), self._process, package)
        return self.chance.choice(_LOST) if self.strikes(self.faults.strange) else 0

    def _process(self, package: Taken) -> None:
        package.words = DONE if package.is_good else FAULTY


def live(seed: int) -> LedgerWorld:
    """A month's packages, until all of them are approved and filed."""
    world = LedgerWorld(seed)
    parts = [f"{number:06d}" for number in range(1, world.chance.choice((1, 2, 3)) + 1)]
    names: list[Name] = [(kind, part) for part in parts for kind in (BeratKind.JOURNAL, BeratKind.LEDGER)]
    for name in [*names, (BeratKind.REPORT, "000000")]:
        world.add(name, is_bad=world.strikes(world.faults.refuse * 0.5))
    world.clock.run(START + HORIZON, 20_000)
    for key, record in world.room.records.items():
        assert record.stage.is_good or record.stage is Stage.WITHDRAWN, (key, record)
    good = [name for name, taken in world.office.items() if [one.words for one in taken].count(DONE) == 1]
    assert len(good) == len(names) + 1
    return world
