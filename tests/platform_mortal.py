"""A worker's process that may be killed at any instant: ``python platform_mortal.py DATABASE SEED``.

It seals, packs and reports; what has to be reported it reports at once.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

HOME = Path(__file__).parents[1]


def _die_later(chance: random.Random) -> None:
    time.sleep(chance.uniform(0.05, 0.6))
    os.kill(os.getpid(), signal.SIGKILL)


def _hurried() -> bool:
    """Let nothing wait for the night; whether anything is yet to be put into a report, or a report to be built."""
    from django.db import connection

    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped

    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute("UPDATE exchange_report_entry SET ready_at = made_at WHERE report_id IS NULL RETURNING true")
        waits = cursor.fetchone()
        cursor.execute("SELECT true FROM exchange_report WHERE stage = 'building' LIMIT 1")
        return bool(waits or cursor.fetchone())


def main(name: str, seed: int) -> None:
    """Work until death comes, or until there is nothing to do if the seed is 0."""
    import django

    django.setup()
    from center_registry import INTEGRATOR
    from levels_support import trust_of
    from platform_database import connect_django
    from platform_reports import Stamper
    from platform_way_out import Called, key_ring
    from seal_pki import pki_folder
    from ulak_server.exchange.keys import Address, KeyRing
    from ulak_server.exchange.outbound.stations import Packing, Preparing
    from ulak_server.exchange.reports.station import Reports

    calls, keys = Called(), key_ring()
    integrator = Address(f"pkcs12:{pki_folder() / f'integrator-{INTEGRATOR}.p12'}", INTEGRATOR)
    reports = Reports(KeyRing(lambda: integrator), Stamper(), trust_of(), every=timedelta())
    stations = (Preparing(keys, calls), Packing(calls), reports)
    with connect_django(name):
        if seed:
            # Rules are compiled first, so that death comes in the midst of work.
            stations[0].turn()
            threading.Thread(target=_die_later, args=(random.Random(seed),), daemon=True).start()
        idle = 0
        while seed or idle < 3:
            hurried = _hurried()
            done = sum(station.turn() for station in stations)
            idle = 0 if done or hurried else idle + 1


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ulak_server.settings")
    main(sys.argv[1], int(sys.argv[2]))
