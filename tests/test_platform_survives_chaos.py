"""Two thousand invoices while everything goes wrong: each arrives exactly once, or rests and says truthfully why.

A seed decides what strikes when, though processes are never killed at quite the same instant twice; ``ULAK_CHAOS=seed``
takes another one. ``ULAK_CHAOS_DOCUMENTS`` takes more documents.
"""

from __future__ import annotations

import os
import subprocess
from typing import Any, Final

import pytest

from center_registry import INTEGRATOR
from platform_chaos import FAULTS, Chaos
from platform_installation import Installation, Merkez, installation
from platform_journeys import counts, missing_at_receivers, portal_of, received_twice, rest, tail, untrue, wrong_numbers

SEED: Final = int(os.environ.get("ULAK_CHAOS") or 2)
COUNT: Final = int(os.environ.get("ULAK_CHAOS_DOCUMENTS") or 2000)
_PATIENCE: Final = 420.0


class Run:
    """One installation that has gone through it."""

    def __init__(self, platform: Installation, merkez: Merkez) -> None:
        self.platform, self.merkez = platform, merkez
        ardic, meltem = platform.told("set-up", str(COUNT * 3 // 4))
        self.ardic, self.meltem = int(ardic), int(meltem)
        self.chaos = Chaos(platform, merkez, SEED)
        self.taken: list[int] = []

    def go(self) -> None:
        feeder = self._feeder()
        self.chaos.run(lambda: feeder.poll() is None, least=20, most=75)
        said, _ = feeder.communicate(timeout=120)
        assert feeder.returncode == 0, tail(self.platform)
        self.taken = [int(word) for word in said.split()]
        self.chaos.end()
        # A quarter waits for kontör until now, but for those that came back.
        self.platform.told("load", str(self.ardic), str(COUNT))
        rest(self.platform, self.merkez, _PATIENCE, self._permit)

    def _feeder(self) -> subprocess.Popen[str]:
        return self.platform.beside("feed", str(self.ardic), str(COUNT), *portal_of(self.merkez), str(SEED))

    def _permit(self) -> None:
        if self.platform.sql("SELECT FROM exchange_identity WHERE stage = 'suspended'"):
            self.platform.told("permit", INTEGRATOR)


@pytest.fixture(scope="module")
def run() -> Any:
    print(f"\nULAK_CHAOS={SEED}")
    with installation() as (platform, merkez):
        made = Run(platform, merkez)
        made.go()
        print(dict(made.chaos.struck), counts(platform))
        yield made


def test_everything_went_wrong_that_can(run: Run) -> None:
    struck = set(run.chaos.struck)
    assert {action.split()[0] for action in struck} >= {fault["action"] for fault in FAULTS}
    assert {"shoot database", "kill everything", "suspend"} <= struck


def test_nothing_that_was_taken_in_is_lost(run: Run) -> None:
    ids = {id for (id,) in run.platform.sql("SELECT id FROM documents_document WHERE direction = 1")}
    assert len(run.taken) == len(set(run.taken)) == COUNT
    assert set(run.taken) <= ids


def test_each_document_arrived_exactly_once_or_rests_truthfully(run: Run) -> None:
    assert untrue(run.platform, run.merkez) == []
    assert counts(run.platform)["delivered"] > COUNT * 0.5


def test_receivers_have_each_document_once(run: Run) -> None:
    assert received_twice(run.platform) == []
    assert missing_at_receivers(run.platform, run.meltem) == []


def test_numbers_have_neither_gap_nor_duplicate(run: Run) -> None:
    assert wrong_numbers(run.platform) == ""


def test_each_document_that_is_there_was_paid_once_and_no_other(run: Run) -> None:
    wrong = run.platform.sql(
        "SELECT d.id, d.stage, e.cost FROM documents_document d LEFT JOIN (SELECT document_id, -sum(amount) AS cost"
        " FROM credits_entry GROUP BY document_id) AS e ON e.document_id = d.id WHERE d.direction = 1"
        " AND coalesce(e.cost, 0) <> (d.stage IN ('delivered', 'disputed', 'on-road'))::int"
    )
    assert wrong == []
    ((balance, entries, left, waiting),) = run.platform.sql(
        "SELECT a.balance, (SELECT sum(amount) FROM credits_entry), (SELECT sum(remaining) FROM credits_package),"
        " (SELECT count(*) FROM credits_waiting) FROM credits_account a WHERE a.taxpayer_id = %s",
        run.ardic,
    )
    assert balance == entries == left
    assert waiting == 0
    assert run.platform.sql("SELECT FROM audit_entry WHERE what = 'document.unpaid' LIMIT 1"), "some had to wait"


def test_the_chain_of_the_timeline_holds(run: Run) -> None:
    assert run.platform.told("verify")[0] == "holds"
    stages = run.platform.sql(
        "SELECT id FROM documents_document d WHERE direction = 1 AND stage = 'delivered' AND NOT EXISTS"
        " (SELECT FROM audit_entry e WHERE d.id = ANY (e.documents) AND e.what = 'document.delivered') LIMIT 5"
    )
    assert stages == []
