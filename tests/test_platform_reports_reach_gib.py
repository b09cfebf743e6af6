"""What is issued, cancelled and objected to reaches GİB in reports, each exactly once, whatever goes wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

import pytest

from platform_reports import CONSUMER, Office, balance, entries, issue, office, reports
from platform_world import MELTEM, archiving, taxpayer
from ulak_server import clock
from ulak_server.exchange.reports import services
from ulak_server.exchange.reports.services import ReportingError

_FAULTS: Final = (
    *(("fault", number) for number in (1, 4, 6, 7, 8)),
    *(("status", number) for number in (151, 154, 157, 160, 163, 165)),
    *((action, 0) for action in ("refuse", "error", "lost")),
)
_DAYS: Final = 4

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return archiving(taxpayer())


@pytest.fixture(scope="module")
def world(platform_database: str) -> Iterator[Office]:
    with office() as made:
        yield made


class Days:
    """Random days of a shop, with mishaps on every side."""

    def __init__(self, world: Office, shop: int, seed: int) -> None:
        self.world, self.shop, self.chance = world, shop, random.Random(seed)
        self.issued: list[int] = []
        self.cancelled: set[int] = set()
        self.objected: set[int] = set()
        self.refused: set[str] = set()

    def mishap(self) -> str:
        return self.chance.choices(("", "lost", "untold"), (8, 1, 1))[0]

    def pass_by(self) -> None:
        for _ in range(_DAYS):
            for _ in range(6):
                self._hour()
                self.world.pass_time(hours=4)

    def _hour(self) -> None:
        chance = self.chance
        self.issued += issue(self.shop, chance.randrange(3), buyer=chance.choice((CONSUMER, MELTEM[0])))
        if chance.random() < 0.3:
            self.world.fault(*chance.choice(_FAULTS))
        self.world.stamper.is_away = chance.random() < 0.1
        if chance.random() < 0.2:
            services.send_now(self.shop)
        self._half_a_build()
        for id in [id for id in self.issued if chance.random() < 0.1]:
            self._undo(id)

    def _half_a_build(self) -> None:
        """A worker is killed while it builds, and while it does anything else."""
        for _ in range(self.chance.randrange(6)):
            self.world.station.turn()
        self.world.station.close()

    def _undo(self, id: int) -> None:
        try:
            if self.chance.random() < 0.7:
                services.cancel(self.shop, id)
                self.cancelled.add(id)
            else:
                services.object_to(self.shop, id, "NOTER", f"2026/{id}", clock.today(), "Mal gelmedi.")
                self.objected.add(id)
        except ReportingError as error:
            self.refused.add(error.code)

    def settle(self) -> None:
        """Nothing goes wrong any more, and people do what they are asked to."""
        self.world.merkez.lab.center.faults.clear()
        self.world.calls.mishap, self.world.stamper.is_away = (lambda: ""), False
        for _ in range(12):
            for one in reports(self.shop):
                if one.stage == "refused":
                    # GİB's people say by telephone whether they have it.
                    services.renew(self.shop, one.id, anew=str(one.id) not in self.world.known())
            self.world.pass_time(hours=4)


@pytest.mark.parametrize("seed", [1])
def test_over_random_days_with_faults_the_books_balance(world: Office, ardic: int, seed: int) -> None:
    days = Days(world, ardic, seed)
    world.calls.mishap = days.mishap
    first = clock.today()
    days.pass_by()
    days.settle()
    assert days.refused <= {"reporting.not-cancelled", "reporting.not-objected"}
    found = reports(ardic)
    months = {first, clock.today()}
    for month in months:
        held = balance(ardic, month)
        assert held.is_balanced, held.differences
    judged = world.judged()
    assert set(judged.values()) == {1}
    counted = [sum(element.endswith(end) for element, _ in judged) for end in ("fatura", "Iptal", "Itiraz")]
    assert counted == [len(days.issued), len(days.cancelled), len(days.objected)]
    accepted = [one.section_no for one in found if one.stage == "accepted"]
    assert sorted(accepted) == list(range(1, len(accepted) + 1))
    assert len(entries(ardic)) == sum(judged.values())
