"""Merkez is killed at random moments and comes back on its data: each document arrives exactly once all the same.

A seed decides when; ``ULAK_CHAOS=seed`` takes another one.
"""

from __future__ import annotations

import os
import random
import time
from typing import Final

from platform_installation import Merkez, installation, wait_until
from platform_journeys import counts, missing_at_receivers, portal_of, received_twice, rest, untrue, wrong_numbers

SEED: Final = int(os.environ.get("ULAK_CHAOS") or 3)
COUNT: Final = 50
"""Documents handed in around each death."""
_DEATHS: Final = 2


def test_what_is_on_the_road_while_merkez_dies_arrives_exactly_once() -> None:
    print(f"\nULAK_CHAOS={SEED}")
    chance, taken = random.Random(SEED), list[str]()
    with installation(ULAK_WORKERS="1") as (platform, merkez):
        ardic, meltem = platform.told("set-up", str(10 * COUNT))
        for _ in range(_DEATHS):
            known = len(merkez.envelopes())
            feeder = platform.beside("feed", ardic, str(COUNT), *portal_of(merkez), str(SEED))
            die_and_rise(merkez, known, chance)
            taken += feeder.communicate(timeout=180)[0].split()
            assert feeder.returncode == 0
        rest(platform, merkez, 300)
        assert counts(platform) == {"delivered": len(set(taken))} == {"delivered": _DEATHS * COUNT}
        assert untrue(platform, merkez) == []
        assert received_twice(platform) == missing_at_receivers(platform, int(meltem)) == []
        assert wrong_numbers(platform) == ""


def die_and_rise(merkez: Merkez, known: int, chance: random.Random) -> None:
    """Once it has more envelopes than were known."""
    wait_until(lambda: len(merkez.envelopes()) > known, 180)
    time.sleep(chance.uniform(0, 0.5))
    merkez.shoot()
    time.sleep(chance.uniform(0.3, 1.0))
    merkez.start()
    wait_until(merkez.is_up, 180)
