"""Reports and a small e-Arşiv office, with every fault and every order of events, from one seed.

The office keeps packages by number and takes each number once. What is in a package counts as reported when it was
processed (30); a person who is called looks there and says what is true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from lifecycle_center import START
from lifecycle_shell import Room, Shell
from ulak.lifecycle import reports
from ulak.lifecycle.effects import AskReport, Remind, SendReport
from ulak.lifecycle.outcomes import Outcome
from ulak.lifecycle.policy import DEFAULT
from ulak.lifecycle.reports import Stage, StatusTold

HORIZON = timedelta(days=60)
_WRAPPING = (151, 152, 153, 154, 158, 159, 164, 166, 167)
_CONTENT = (155, 156, 157, 168)
_FAILURES = (160, 161, 162, 163)
_CALLS = (1, 2, 3, 5, 9, 10, None)


class Package:
    """What the office keeps under a number."""

    __slots__ = ("again", "is_ours", "status")

    def __init__(self, status: int, *, is_ours: bool = True) -> None:
        self.status, self.is_ours, self.again = status, is_ours, 0


class ReportWorld(Shell):
    """The reports of one day.

    Attributes:
        entries: of each report.
        accepted: how often the office processed each entry.
        blind: reports of which it is not known whether the last send arrived, and that were not asked for since.
    """

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        handlers: dict[type, Callable[..., None]] = {
            reports.BuildReport: self._build,
            reports.RenewReport: self._renew,
            SendReport: self._send,
            AskReport: self._ask,
            Remind: self._remind,
        }
        self.room = Room(reports.step, handlers)
        self.entries: dict[str, list[str]] = {}
        self.accepted: Counter[str] = Counter()
        self.late: list[str] = []
        self.office: dict[str, Package] = {}
        self.blind: set[str] = set()
        self.bad = set[str]()
        self.down = (START, START)
        self.is_rightless = self.strikes(self.faults.refuse * 0.3)
        if self.strikes(self.faults.network):
            begin = START + timedelta(seconds=self.chance.uniform(0, 90000))
            self.down = (begin, begin + timedelta(seconds=self.chance.uniform(60, 72 * 3600)))

    def add(self, entries: list[str], due_at: Any) -> None:
        key = self.new_id("r")
        self._keep(key, entries, reports.begun(self.clock.now, due_at=due_at, seed=self.seed))

    def _keep(self, key: str, entries: list[str], record: reports.Report) -> None:
        self.entries[key] = entries
        self.room.records[key] = record
        if self.strikes(self.faults.strange):
            self.office[key] = Package(30, is_ours=False)
        self.clock.at(record.wake_at or self.clock.now, self._wake, self.room, key)

    # -- our side ------------------------------------------------------------------------------------------------------

    def _build(self, key: str, effect: reports.BuildReport) -> None:
        if not self.entries[key]:
            self.finish(1, self.room, key, reports.Emptied())
        elif self.strikes(self.faults.refuse):
            self.finish(1, self.room, key, reports.BuildFailed(self.strikes(0.2), "reporting.x"))
        else:
            self.finish(self.chance.uniform(1, 1500), self.room, key, reports.Built(1))

    def _renew(self, key: str, effect: reports.RenewReport) -> None:
        entries, self.entries[key] = self.entries[key], []
        halves = [entries[::2], entries[1::2]] if effect.divided and len(entries) > 1 else [entries]
        for half in halves:
            old = self.room.records[key]
            record = reports.successor(old, effect, self.clock.now, DEFAULT, seed=self.seed + len(self.entries))
            self._keep(self.new_id("r"), half, record)

    def _send(self, key: str, effect: SendReport) -> None:
        assert key not in self.blind, "sent blindly"
        self.blind.add(key)
        seconds = self.chance.uniform(1, 300)
        if self._is_down():
            outcome = self.chance.choice((Outcome.NOT_SENT, Outcome.UNCLEAR))
            self._sent(seconds, key, reports.SendEnded(outcome, effect.attempt))
        elif self.strikes(self.faults.network):
            if self.strikes(0.7):
                self.clock.after(self.chance.choice((seconds, 7000)), self._arrive, key)
            self._sent(seconds, key, reports.SendEnded(Outcome.UNCLEAR, effect.attempt))
        else:
            number = self._arrive(key)
            outcome = Outcome.REFUSED if number is None else Outcome.UNCLEAR
            self._sent(seconds, key, reports.SendEnded(outcome, effect.attempt, number))

    def _sent(self, seconds: float, key: str, event: reports.SendEnded) -> None:
        if event.outcome is Outcome.NOT_SENT:
            self.blind.discard(key)
        self.finish(seconds, self.room, key, event)

    def _ask(self, key: str, effect: AskReport) -> None:
        seconds = self.chance.uniform(0.1, 120)
        if self._is_down() or self.strikes(self.faults.network):
            self.finish(seconds, self.room, key, reports.AskEnded(Outcome.UNCLEAR, effect.question))
            return
        package = self.office.get(key)
        number = 2 if package is None else self._status(package)
        if self.strikes(self.faults.strange):
            number = self.chance.choice((1, 2, 77))
        is_ours = package is None or package.is_ours
        self.clock.after(seconds, self._told, key, StatusTold(number, effect.question, is_ours=is_ours))

    def _told(self, key: str, event: StatusTold) -> None:
        if not self.strikes(self.faults.crash):
            if event.number == 2 and event.question > self.room.records[key].asked_before:
                self.blind.discard(key)
            self.happen(self.room, key, event)

    def _remind(self, key: str, _: Remind) -> None:
        self.clock.after(self.chance.uniform(3, 30) * 3600, self._repair, key)

    def _repair(self, key: str) -> None:
        """A person looks, removes the reason, and says what is true."""
        record, package = self.room.records[key], self.office.get(key)
        if record.stage is not Stage.REFUSED or (package is not None and package.status in (10, 15)):
            return
        self.is_rightless = False
        self.bad -= set(self.entries[key])
        self.blind.discard(key)
        if package is not None and package.status == 30 and package.is_ours:
            self.happen(self.room, key, reports.Confirmed())
        else:
            is_others = package is not None and not package.is_ours
            self.happen(self.room, key, reports.RepairWanted(anew=is_others or record.code in ("2", "150")))

    # -- the office ----------------------------------------------------------------------------------------------------

    def _is_down(self) -> bool:
        return self.down[0] <= self.clock.now < self.down[1]

    def _arrive(self, key: str) -> int | None:
        if self.is_rightless:
            return self.chance.choice(_CALLS)
        package = self.office.get(key)
        if package is not None:
            package.again = 1 if self.strikes(self.faults.strange) else 0
            return 4
        if self.strikes(self.faults.strange):
            return self.chance.choice((6, 7, 8, 99))
        self.office[key] = Package(10)
        self.clock.after(self.chance.choice((5, 600, 9000)), self._process, key, list(self.entries[key]))
        return 8 if self.strikes(self.faults.strange) else 0

    def _process(self, key: str, entries: list[str]) -> None:
        package = self.office[key]
        package.status = self._judge(entries)
        if package.status == 30:
            self.accepted.update(entries)
        elif self.strikes(self.faults.strange) and package.status == 163:
            del self.office[key]

    def _judge(self, entries: list[str]) -> int:
        if self.bad & set(entries):
            return self.chance.choice(_CONTENT)
        if len(entries) > 4:
            return 165
        if self.strikes(self.faults.refuse):
            return self.chance.choice((*_WRAPPING, *_FAILURES))
        return 30

    @staticmethod
    def _status(package: Package) -> int:
        if package.again:
            package.again -= 1
            return 150
        return package.status


def live(seed: int) -> ReportWorld:
    """The reports of a day, until all of them have ended."""
    world = ReportWorld(seed)
    entries = [f"d{number}" for number in range(world.chance.choice((0, 1, 3, 9)))]
    if entries and world.strikes(world.faults.refuse):
        world.bad.add(entries[0])
    world.add(entries, START + timedelta(hours=world.chance.choice((-5, 2, 17, 41))))
    world.clock.run(START + HORIZON, 20_000)
    check_end(world, entries)
    return world


def check_end(world: ReportWorld, entries: list[str]) -> None:
    """Everything ended; each entry is reported exactly once; who is late was warned of."""
    for key, record in world.room.records.items():
        assert record.stage.is_final, (key, record)
        if record.stage is Stage.ACCEPTED and record.sent_at >= record.due_at:
            assert world.alarms["lifecycle.report-late"], (key, record)
    assert world.accepted == Counter(entries), world.accepted
    kept = {entry for key, there in world.entries.items() for entry in there if is_accepted(world, key)}
    assert kept == set(entries)


def is_accepted(world: ReportWorld, key: str) -> bool:
    return bool(world.room.records[key].stage is Stage.ACCEPTED)
