"""Lives on the road from seeds, with every fault and every order of events: nothing lost, nothing twice, no dead ends.

What is promised stands in `lifecycle_shell`, `lifecycle_world` and `lifecycle_lives` where it is checked: a final stage
stays; every other one has an alarm clock; nothing is sent while an earlier envelope may bring it, nor after its time;
Merkez is asked no earlier than 24 hours after sending and no oftener than every five; each document is taken exactly
once, or rests where it is said truthfully why not.

`ULAK_LIVES=1000000` lives more of them; `ULAK_LIFE=4711` only that one.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from lifecycle_lives import live
from ulak.lifecycle import accounts, answers, documents, envelopes, inbound

LIVES = int(os.environ.get("ULAK_LIVES", "100000"))
ONE = os.environ.get("ULAK_LIFE")
PARTS = 20
EACH = max(1, LIVES // PARTS)
ROOMS = {
    "Account": accounts.Stage,
    "Answer": answers.Stage,
    "Document": documents.Stage,
    "Envelope": envelopes.Stage,
    "Incoming": inbound.Stage,
}
BEGINNINGS = {("Document", "draft"), ("Envelope", "packed"), ("Incoming", "stored"), ("Account", "contracted")}
RARE = {("Incoming", "untold"), ("Envelope", "withdrawn")}
AT_HOME = {("Document", "issued"), ("Document", "voided")}
"""What never travels: `test_lifecycle_issued_documents_can_only_be_cancelled`."""


@pytest.mark.parametrize("part", range(PARTS))
def test_lives_end_well(part: int) -> None:
    seeds = [int(ONE)] if ONE else range(part * EACH, (part + 1) * EACH)
    for seed in seeds:
        try:
            live(seed)
        except Exception as error:
            error.add_note(f"ULAK_LIFE={seed} lives this one again")
            raise


def test_a_seed_lives_the_same_life_twice() -> None:
    for seed in range(40):
        one, other = live(seed), live(seed)
        assert one.steps == other.steps
        assert one.envelopes.records == other.envelopes.records
        assert one.documents.records == other.documents.records


def test_lives_reach_every_stage_and_every_alarm_that_is_not_rare() -> None:
    stages, alarms = set(BEGINNINGS), Counter[str]()
    for seed in range(6000):
        world = live(seed)
        stages |= world.stages
        alarms += world.alarms
    everything = {(name, stage.value) for name, room in ROOMS.items() for stage in room}
    assert everything - stages <= RARE | AT_HOME
    assert {"lifecycle.overdue", "lifecycle.suspended", "lifecycle.vanished", "lifecycle.contradiction"} <= set(alarms)
