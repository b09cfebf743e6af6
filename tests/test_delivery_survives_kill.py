"""The delivering process killed again and again: no message goes twice, and none is called sent that was not."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from django.conf import settings

from delivery_world import Server, document, firm, serving_mail
from platform_database import url_of
from platform_people import Watch
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery import services as delivery
from ulak_server.delivery.addresses import message_in
from ulak_server.delivery.mail.claiming import LEASE
from ulak_server.delivery.mail.station import Mail
from ulak_server.delivery.models import Message
from ulak_server.delivery.services import Wanted

pytestmark = pytest.mark.usefixtures("platform_database")
_MESSAGES: Final = 150
_KILLS: Final = 3
_THREADS: Final = 4
_PATIENCE: Final = 60.0


@contextmanager
def delivering(database: str, server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """The process as `ulak serve` starts it; killed at the end, whatever it is doing."""
    environ = {
        **os.environ,
        "DATABASE_URL": url_of(database),
        "ULAK_DATA": str(settings.ENVIRONMENT.data),
        "ULAK_SECRET_KEY": settings.SECRET_KEY,
        "ULAK_SMTP_URL": server.url,
        "ULAK_MAIL_FROM": "Ulak <fatura@ulak.example>",
    }
    command = [sys.executable, "-m", "ulak_server.operations.parts", "delivery"]
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)


def until_taken(server: Server, count: int) -> None:
    """Wait until the server has taken so many."""
    until = time.monotonic() + _PATIENCE
    while len(server.taken) < count:
        assert time.monotonic() < until, f"{len(server.taken)} of {count}"
        time.sleep(0.01)


def stages(ardic: int) -> dict[int, str]:
    with scoped(Role.WEB, [ardic]):
        return dict(Message.objects.values_list("id", "stage"))


def test_no_message_goes_twice_whenever_the_process_is_killed(platform_database: str) -> None:
    ardic = firm()
    chance = random.Random(2026)
    with serving_mail() as server:
        invoice = document(ardic)
        with scoped(Role.WEB, [ardic]):
            for start in range(0, _MESSAGES, 50):
                to = [f"k{number}@meltem.example" for number in range(start, start + 50)]
                delivery.send(ardic, invoice, Wanted(to, attach=(), link=False))
            Message.objects.update(due_at=clock.now())
        for _ in range(_KILLS):
            aim = len(server.taken) + chance.randint(5, 30)
            with delivering(platform_database, server):
                until_taken(server, aim)
            end_leases(ardic)
        settle(ardic)
        taken = Counter(message_in(path) for path, _, _ in server.taken)
    assert set(taken.values()) == {1}, "twice"
    found = stages(ardic)
    assert set(found.values()) <= {"sent", "unclear"}
    assert all(id in taken for id, stage in found.items() if stage == "sent")
    unclear = [id for id, stage in found.items() if stage == "unclear"]
    assert len(unclear) <= _KILLS * _THREADS
    assert len(taken) >= _MESSAGES - len(unclear)


def end_leases(ardic: int) -> None:
    """Let the time of the leases be over, as it is ten minutes later."""
    with scoped(Role.WEB, [ardic]):
        Message.objects.filter(due_at__isnull=False).update(due_at=clock.now())


def settle(ardic: int) -> None:
    """What was left behind, after its lease."""
    watch = Watch()
    watch.pass_time(seconds=LEASE.total_seconds() + 1)
    clock.use(watch)
    station = Mail()
    try:
        while station.turn():
            pass
    finally:
        station.close()
        clock.use(None)
