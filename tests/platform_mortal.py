"""A worker's process that may be killed at any instant: ``python platform_mortal.py DATABASE SEED``.

It hands in invoices, too, so that everything that takes a number happens in processes that die.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from pathlib import Path

HOME = Path(__file__).parents[1]


def _die_later(chance: random.Random) -> None:
    time.sleep(chance.uniform(0.05, 0.6))
    os.kill(os.getpid(), signal.SIGKILL)


def main(name: str, seed: int) -> None:
    """Work until death comes, or until there is nothing to do if the seed is 0."""
    import django

    django.setup()
    from platform_database import connect_django
    from platform_way_out import Called, key_ring
    from ulak_server.exchange.outbound.stations import Packing, Preparing

    calls, keys = Called(), key_ring()
    stations = (Preparing(keys, calls), Packing(calls))
    with connect_django(name):
        if seed:
            # Rules are compiled first, so that death comes in the midst of work.
            stations[0].turn()
            threading.Thread(target=_die_later, args=(random.Random(seed),), daemon=True).start()
        idle = 0
        while seed or idle < 3:
            idle = 0 if sum(station.turn() for station in stations) else idle + 1


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ulak_server.settings")
    main(sys.argv[1], int(sys.argv[2]))
