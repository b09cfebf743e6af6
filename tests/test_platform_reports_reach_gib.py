"""What is issued and cancelled reaches GİB in reports, each exactly once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from platform_reports import Office, balance, entries, issue, office, reports
from platform_world import taxpayer
from ulak_server import clock
from ulak_server.exchange.reports import services

pytestmark = pytest.mark.usefixtures("platform_database")


@pytest.fixture(scope="module")
def ardic(platform_database: str) -> int:
    return taxpayer()


@pytest.fixture
def world() -> Iterator[Office]:
    with office() as made:
        yield made


def test_a_days_invoices_are_reported_in_the_night(world: Office, ardic: int) -> None:
    ids = issue(ardic, 3)
    world.work()
    assert [one.what for one in entries(ardic)] == [1, 1, 1]
    services.cancel(ardic, ids[0], "Yanlış müşteri")
    world.hours(24)
    found = reports(ardic)
    print([(str(r.day), r.section_no, r.stage, r.cause, r.entries, r.said) for r in found])
    assert [one.stage for one in found] == ["accepted"]
    assert balance(ardic, clock.today()).is_balanced
