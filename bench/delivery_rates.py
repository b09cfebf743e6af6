"""Measures what `bench/delivery` prints: messages handed over to a mail server on this machine, from queue to "sent".

A whole installation's database (PostgreSQL as it commits durably), the station as the delivering process runs it, and a
mail server in a process of its own that throws everything away. Rates are of the core that this process has, beside
them by the clock, on whatever else the machine is doing. Messages carry a link alone, the XML too, or XML and PDF.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

__all__ = ["main", "sink"]

_GOAL: Final = 50.0
_LOADS: Final = (("link", ()), ("link and XML", ("xml",)), ("link, XML and PDF", ("pdf", "xml")))


def main() -> None:
    """Measure, and print what the goal says."""
    wants = argparse.ArgumentParser(description=__doc__)
    wants.add_argument("--messages", type=int, default=1_000)
    said = wants.parse_args()
    with tempfile.TemporaryDirectory(prefix="ulak-bench-") as scratch, sink() as port:
        os.environ.update(ULAK_SMTP_URL=f"smtp://127.0.0.1:{port}", ULAK_MAIL_FROM="Ulak <fatura@ulak.example>")
        with _installed(Path(scratch)):
            firm, invoice = _world()
            for name, attach in _LOADS:
                count = said.messages if "pdf" not in attach else max(50, said.messages // 10)
                _measure(firm, invoice, name, attach, count)


@contextmanager
def sink() -> Iterator[int]:
    """A mail server that throws everything away; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", "-c", "aiosmtpd.handlers.Sink"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _until_listening(port)
            yield port
        finally:
            server.terminate()


def _until_listening(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("the mail server does not listen")


@contextmanager
def _installed(folder: Path) -> Iterator[None]:
    folder.chmod(0o755)
    os.environ.update(ULAK_DATA=str(folder / "ulak"), DJANGO_SETTINGS_MODULE="ulak_server.settings")
    from ulak_server.commands.ground import ground

    with ground():
        yield


def _world() -> tuple[int, int]:
    """A taxpayer and a sealed invoice."""
    from platform_way_out import run
    from platform_world import invoices, taxpayer

    firm = taxpayer()
    (invoice,) = invoices(firm)
    run()
    return firm, int(invoice)


def _measure(firm: int, invoice: int, name: str, attach: Sequence[str], count: int) -> None:
    from ulak_server.delivery.mail.station import Mail

    _wanted(firm, invoice, attach, count)
    station = Mail()
    clock, processor = time.perf_counter(), time.process_time()
    while station.turn():
        pass
    took, worked = time.perf_counter() - clock, time.process_time() - processor
    station.close()
    sent = _sent(firm)
    rate, core = sent / took, sent / worked
    verdict = f"   goal {_GOAL:g}/s: {'reached' if core >= _GOAL else 'MISSED'}" if not attach else ""
    print(f"{name:20} {sent} messages: {core:6.0f}/s of a core, {rate:.0f}/s by the clock{verdict}")


def _wanted(firm: int, invoice: int, attach: Sequence[str], count: int) -> None:
    from ulak_server import clock
    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped
    from ulak_server.delivery import services as delivery
    from ulak_server.delivery.models import Link, Message

    with scoped(Role.WEB, [firm]):
        Message.objects.all().delete()
        for start in range(0, count, 50):
            Link.objects.update(revoked_at=clock.now())
            to = [f"k{number}@meltem.example" for number in range(start, min(start + 50, count))]
            delivery.send(firm, invoice, delivery.Wanted(to, attach=attach))
        Message.objects.update(due_at=clock.now())


def _sent(firm: int) -> int:
    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped
    from ulak_server.delivery.models import Message

    with scoped(Role.WEB, [firm]):
        return Message.objects.filter(stage="sent").count()


if __name__ == "__main__":
    main()
