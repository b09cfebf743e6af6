"""A whole installation for a benchmark: PostgreSQL as it runs for real, web server, workers, simulated Merkez."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from tools.demo.gib import Gib
from tools.demo.world import ARDIC, INTEGRATOR, MAILBOX, SENDER, Firm, environment

from bench.invoices import invoice_json
from ulak_trial.installation import installed

__all__ = ["LINES", "World", "cpu_of", "lines", "resident", "world"]

LINES: Final = 4
"""Of an ordinary invoice: some 7 KB of UBL-TR before the seal."""
PORTAL: Final = ("5610247301", "GİB Portal Deneme Kullanıcısı A.Ş.", "urn:mail:defaultpk@portal.example")
_TICK: Final = os.sysconf("SC_CLK_TCK")
_ULAK: Final = str(Path(sys.executable).with_name("ulak"))


class World:
    """The installation while it runs.

    Attributes:
        taxpayer: the sender's id.
        gib: the simulated Merkez, whose time is not ours.
        processes: of the platform, but for this one and PostgreSQL's.
    """

    def __init__(self, folder: Path, gib: Gib, taxpayer: int, port: int) -> None:
        self.folder, self.gib, self.taxpayer, self.port = folder, gib, taxpayer, port
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str) -> None:
        """Start one of Ulak's commands; its words are in the folder's log."""
        with (self.folder / f"{arguments[0]}.log").open("ab") as log:
            self.processes.append(subprocess.Popen([_ULAK, *arguments], stdout=log, stderr=log))

    def cpu(self, but: int = 0) -> float:
        """Seconds of CPU that the platform took so far: its processes, this one, and PostgreSQL's.

        Args:
            but: a process of PostgreSQL's that only served whoever measures.
        """
        # What was started here is below this process; PostgreSQL is not.
        return cpu_of([os.getpid(), _postmaster(self.folder)], but=(self.gib.process.pid, but))

    def close(self) -> None:
        """Stop what was started."""
        for one in self.processes:
            one.terminate()
        for one in self.processes:
            one.wait(60)


@contextmanager
def world() -> Iterator[World]:
    """A new installation whose integrator serves Ardıç; invoices go to the user of GİB's portal."""
    with tempfile.TemporaryDirectory(prefix="ulak-bench-") as scratch:
        folder = Path(scratch)
        folder.chmod(0o755)
        gib = Gib(folder / "gib", _free_port(), folder / "gib.log")
        port = _free_port()
        values = environment(folder / "ulak", gib.pki, gib.url, port)
        values = {name: value for name, value in values.items() if name.startswith("ULAK_")}
        values.pop("ULAK_DATA")
        try:
            gib.register(*INTEGRATOR, f"http://127.0.0.1:{port}/gib/efatura", (SENDER, MAILBOX))
            _account(gib, ARDIC)
            with installed(folder / "ulak", values):
                made = World(folder / "ulak", gib, _taxpayer(ARDIC), port)
                try:
                    yield made
                finally:
                    made.close()
        finally:
            gib.close()


def lines(count: int, key: str) -> bytes:
    """So many ordinary invoices as an ERP's NDJSON."""
    number, title, _ = PORTAL
    customer = {
        "tax_id": number,
        "name": title,
        "tax_office": "Ulus",
        "address": {"town": "Altındağ", "city": "Ankara"},
    }
    document = {**invoice_json(LINES), "customer": customer}
    for name in ("number", "uuid", "date", "time"):
        document.pop(name)
    items = ({"erp_key": f"{key}-{place}", "document": document} for place in range(count))
    return b"".join(json.dumps(item, ensure_ascii=False).encode() + b"\n" for item in items)


def cpu_of(roots: Sequence[int], but: Sequence[int] = ()) -> float:
    """Seconds of CPU of processes, their threads and everything below them, each counted once."""
    below: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        pid = int(stat.parent.name)
        below.setdefault(int(fields[1]), []).append(pid)
        # utime, stime, and those of children that have ended.
        used[pid] = sum(int(fields[place]) for place in (11, 12, 13, 14)) / _TICK
    waiting, total = list(roots), 0.0
    while waiting:
        pid = waiting.pop()
        total += used.pop(pid, 0.0)
        waiting += [child for child in below.get(pid, ()) if child not in but]
    return total


def resident(pid: int) -> float:
    """Megabytes of memory that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def _postmaster(folder: Path) -> int:
    return int((folder / "postgres" / "postmaster.pid").read_text().split()[0])


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _account(gib: Gib, firm: Firm) -> None:
    units = [
        {"alias": alias, "role": role, "uses": ["Invoice", "DespatchAdvice"], "operator": INTEGRATOR[0]}
        for role, alias in (("GB", firm.sender), ("PK", firm.mailbox))
    ]
    gib.post("/control/accounts", {"number": firm.number, "title": firm.title, "kind": "OZEL", "units": units})


def _taxpayer(firm: Firm) -> int:
    from ulak.lifecycle import accounts
    from ulak_server import clock
    from ulak_server.database.roles import Role
    from ulak_server.database.scope import scoped
    from ulak_server.exchange import records
    from ulak_server.taxpayers.models import Account, Alias, Series, Taxpayer
    from ulak_server.userlist.models import RegisteredUser

    now = clock.now()
    with scoped(Role.PIPELINE):
        made = Taxpayer(number=firm.number, title=firm.title, contract_from=date(2026, 1, 1))
        made.save(force_insert=True)
        record = accounts.contracted(now, seed=1, remind_at=now)._replace(stage=accounts.Stage.ACTIVE, wake_at=None)
        account = Account(taxpayer_id=made.id, service="einvoice", stage="active", road=records.write(record))
        account.save(force_insert=True)
        for role, alias in (("GB", firm.sender), ("PK", firm.mailbox)):
            one = Alias(taxpayer_id=made.id, service="einvoice", role=role, name=alias, is_default=True)
            one.save(force_insert=True)
        Series(taxpayer_id=made.id, kind="invoice", prefix="ARF", is_default=True).save(force_insert=True)
        number, title, alias = PORTAL
        before = now - timedelta(days=100)
        RegisteredUser(
            number=number, service="einvoice", role="PK", alias=alias, title=title, type="Ozel", registered=before,
            created=before, since=before, first_seen=before,
        ).save(force_insert=True)  # fmt: skip
        return made.id
