"""A process beside an installation: taxpayers made, invoices handed in again and again until they are taken.

``set-up KONTOR`` prints the ids of Ardıç, whose documents cost kontör, and Meltem; ``load ID KONTOR`` gives it more;
``feed ID COUNT PORTAL_NUMBER PORTAL_ALIAS SEED`` prints the id of each document once it is stored; ``permit NUMBER``
gives a permission back; ``accept ID`` answers all commercial invoices that came in; ``verify`` prints whether the
timeline holds.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ulak_server.settings")

import django

django.setup()

from django.db import Error, connection  # noqa: E402

from platform_world import ARDIC, MELTEM, invoices, taxpayer  # noqa: E402
from ulak_server.credits import services as credits  # noqa: E402
from ulak_server.database.roles import Role  # noqa: E402
from ulak_server.database.scope import scoped  # noqa: E402


def patiently(do: Callable[[], Any]) -> Any:
    """Do it again while the database is away."""
    for _ in range(300):
        try:
            return do()
        except Error:
            connection.close()
            time.sleep(0.1)
    raise SystemExit("the database stays away")


def set_up(kontor: str) -> None:
    ardic, meltem = taxpayer(ARDIC, "ARD"), taxpayer(MELTEM, "MEL")
    with scoped(Role.OPERATOR):
        credits.meter(ardic, metered=True)
    load(ardic, kontor)
    print(ardic, meltem, flush=True)


def load(id: int, kontor: str) -> None:
    def once() -> None:
        with scoped(Role.OPERATOR):
            credits.load(id, Decimal(kontor))

    patiently(once)


def feed(id: int, count: int, portal: tuple[str, str, str, str], seed: int) -> None:
    chance = random.Random(seed)
    while count > 0:
        some = min(count, chance.randrange(1, 30))
        receiver = portal if chance.random() < 0.6 else MELTEM
        for taken in patiently(partial(invoices, id, some, receiver=receiver)):
            print(taken, flush=True)
        count -= some


def permit(number: str) -> None:
    from ulak_server.exchange.services import ExchangeError, give_permission_back

    try:
        patiently(lambda: give_permission_back(number, actor="test"))
    except ExchangeError as error:
        print(error.code, flush=True)


def accept(id: int) -> None:
    from ulak_server.documents.models import Document
    from ulak_server.exchange.answers import answer

    with scoped(Role.WEB, [id]):
        came = list(Document.objects.filter(direction=2, kind="invoice").values_list("id", flat=True))
    for one in came:
        answer(id, one, "KABUL", actor="test")


def verify() -> None:
    from ulak_server.audit.verifying import verify

    found = patiently(verify)
    print("holds" if found.fault is None else f"broken: {found.fault}", found.blocks, found.entries, flush=True)


if __name__ == "__main__":
    what, *given = sys.argv[1:]
    if what == "set-up":
        set_up(given[0])
    elif what == "load":
        load(int(given[0]), given[1])
    elif what == "feed":
        feed(int(given[0]), int(given[1]), (given[2], "Portal", "", given[3]), int(given[4]))
    elif what == "accept":
        accept(int(given[0]))
    elif what == "verify":
        verify()
    else:
        permit(given[0])
