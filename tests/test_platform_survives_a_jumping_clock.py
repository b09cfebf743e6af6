"""The clock of the platform jumps back and forth by hours while documents are on their way; Merkez's goes on.

A seed decides when; ``ULAK_CHAOS=seed`` takes another one.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Final

import pytest

from platform_reports import Office, balance, issue, office, reports
from platform_way_out import assert_no_gap, documents, sql
from platform_world import MELTEM, archiving, invoices, taxpayer
from seal_pki import NOW
from ulak_server import clock
from ulak_server.exchange.reports import services

SEED: Final = int(os.environ.get("ULAK_CHAOS") or 1)
_JUMPS: Final = tuple(timedelta(minutes=minutes) for minutes in (-300, -45, -3, 0, 2, 30, 240))
"""What the platform's clock is wrong by; all of it within one day, so that no document is of another one."""
_ROUNDS: Final = 10
_FARTHEST: Final = 4
"""Hours that the clock was ahead at most: what it put off until then goes by then."""

pytestmark = pytest.mark.usefixtures("platform_database")


class Wrong:
    """A clock that is wrong, by more or less."""

    def __init__(self, world: Office) -> None:
        self._right = world.merkez.lab.center.clock.now
        self.by = timedelta()
        clock.use(self.now)

    def now(self) -> datetime:
        return self._right() + self.by


def test_nothing_is_sent_twice_and_nothing_stays_behind() -> None:
    print(f"\nULAK_CHAOS={SEED}")
    chance, sent, issued = random.Random(SEED), list[int](), list[int]()
    with office(at=NOW) as world:
        ardic, meltem = archiving(taxpayer()), taxpayer(MELTEM, "MEL")
        wrong = Wrong(world)
        for _ in range(_ROUNDS):
            wrong.by = chance.choice(_JUMPS)
            sent += invoices(ardic, 2)
            issued += issue(ardic, 1)
            if chance.random() < 0.4:
                world.fault("error", times=3)
            world.work()
            wrong.by = chance.choice(_JUMPS)
            services.send_now(ardic)
            world.pass_time(minutes=chance.randrange(1, 10))
        wrong.by = timedelta()
        world.merkez.lab.center.faults.clear()
        world.hours(_FARTHEST + 1)
        services.send_now(ardic)
        as_people_do(world, ardic)
        world.hours(1)
        assert_each_arrived_once(ardic, meltem, sent)
        assert_each_was_reported_once(world, ardic, issued)
        assert_no_gap(ardic)


def as_people_do(world: Office, ardic: int) -> None:
    """Calls with a time of another hour are refused by GİB's service, and their reports wait for an operator."""
    for one in reports(ardic):
        if one.stage == "refused":
            assert "soap.expired" in one.said[-1][-1]
            services.renew(ardic, one.id, anew=str(one.id) not in world.known())


def assert_each_arrived_once(ardic: int, meltem: int, sent: list[int]) -> None:
    """Or was refused for a seal of the future, which its author is told."""
    rows = [row for row in documents(ardic) if row.id in sent]
    arrived = [row for row in rows if row.stage == "delivered"]
    refused = [row for row in rows if row.stage == "to-correct"]
    assert len(arrived) + len(refused) == len(sent)
    assert len(arrived) > len(refused)
    assert Counter(row.ettn for row in documents(meltem) if row.direction == 2) == Counter(row.ettn for row in arrived)
    for row in refused:
        ((said,),) = sql("SELECT said::text FROM exchange_envelope WHERE id = %s", [row.envelope])
        assert "İmza zamanı gelecekte" in json.loads(said)[-1][-1]


def assert_each_was_reported_once(world: Office, ardic: int, issued: list[int]) -> None:
    judged = world.judged()
    assert len(judged) == len(issued)
    assert set(judged.values()) == {1}
    assert {one.stage for one in reports(ardic)} <= {"accepted", "replaced"}
    found = [one for one in reports(ardic) if one.stage == "accepted"]
    assert all(one.accepted_at is not None and one.accepted_at <= one.due_at for one in found)
    assert balance(ardic, clock.today()).is_balanced
