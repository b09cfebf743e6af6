"""A whole installation as processes: `ulak serve` over its own database, and `ulak center run` as its Merkez."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import httpx
import psycopg

from center_registry import ARDIC_GB, ARDIC_PK, INTEGRATOR, MELTEM_GB, MELTEM_PK
from ports import free_port
from seal_pki import trust_today
from ulak_server.database import embedded
from ulak_server.database.address import embedded_folder

__all__ = ["Installation", "Merkez", "installation", "wait_until"]

_HERE: Final = Path(__file__).parent
_ULAK: Final = str(Path(sys.executable).with_name("ulak"))
_PARTS: Final = "ulak_server.operations.parts"
QUICK: Final = {
    "call_lease": 6,
    "work_lease": 5,
    "first_ask": 3,
    "ask_every": 2,
    "resend": [0.3, 2, 2, 0.25],
    "arrival": [0.4, 2, 2, 0.25],
    "rework": [0.4, 2, 2, 0.25],
    "repack": [0.5, 2, 3, 0.25],
    "breaker": [0.4, 2, 2, 0.25],
    "repacks": 8,
}
"""Times of the law for whoever has no patience."""


class Merkez:
    """The center's process, and what its control API says."""

    def __init__(self, folder: Path, pki: Path) -> None:
        self.url = f"http://127.0.0.1:{free_port()}"
        command = [_ULAK, "center", "run", "--port", self.url.rpartition(":")[2], "--data", str(folder / "center")]
        self._command = [*command, "--pki", str(pki), "--taxpayers", "0"]
        self._log = (folder / "center.log").open("ab")
        self.process = self.start()
        self._http = httpx.Client(base_url=self.url, timeout=60, trust_env=False)

    def start(self) -> subprocess.Popen[bytes]:
        self.process = subprocess.Popen(self._command, stdout=self._log, stderr=subprocess.STDOUT)
        return self.process

    def shoot(self) -> None:
        """``kill -9``; its data stay."""
        self.process.kill()
        self.process.wait()

    def get(self, path: str) -> Any:
        return self._http.get(f"/control{path}").raise_for_status().json()

    def post(self, path: str, **body: Any) -> Any:
        return self._http.post(f"/control{path}", json=body).raise_for_status().json()

    def delete(self, path: str) -> None:
        self._http.delete(f"/control{path}").raise_for_status()

    def is_up(self) -> bool:
        with suppress(httpx.HTTPError):
            return bool(self.get("/status"))
        return False

    def register(self, endpoint: str, mailbox: str = "") -> None:
        """Make the platform and its taxpayers known.

        Args:
            mailbox: where invoices are taken, if that is another place.
        """
        places = {"endpoint_gb": endpoint, "endpoint_pk": mailbox or endpoint}
        self.post("/integrators", number=INTEGRATOR, title="Deneme", **places)
        for gb, pk in ((ARDIC_GB, ARDIC_PK), (MELTEM_GB, MELTEM_PK)):
            units = [
                {"alias": one.alias, "role": role, "uses": ["Invoice", "DespatchAdvice"], "operator": INTEGRATOR}
                for one, role in ((gb, "GB"), (pk, "PK"))
            ]
            self.post("/accounts", number=gb.number, title=gb.title, kind="OZEL", units=units)

    def envelopes(self) -> list[dict[str, Any]]:
        """All envelopes with their documents."""
        found: list[dict[str, Any]] = []
        after = ""
        while True:
            page = self.get(f"/envelopes?limit=1000{after}")
            found += page["envelopes"]
            if page["next"] is None:
                return found
            after = f"&after={page['next']}"

    def close(self) -> None:
        self._http.close()
        assert self.process.poll() is None, "the center has ended by itself"
        self.process.terminate()
        self.process.wait(20)
        self._log.close()


class Installation:
    """The platform's processes."""

    def __init__(self, folder: Path, merkez: Merkez, pki: Path, **told: str) -> None:
        self.folder, self.data = folder, folder / "data"
        self.url = f"http://127.0.0.1:{free_port()}"
        self.environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("ULAK_", "DATABASE_"))},
            "ULAK_DATA": str(self.data),
            "ULAK_LISTEN": self.url.removeprefix("http://"),
            "ULAK_PUBLIC_URL": self.url,
            "ULAK_WORKERS": "2",
            "ULAK_INTEGRATOR_NUMBER": INTEGRATOR,
            "ULAK_INTEGRATOR_TITLE": "Deneme",
            "ULAK_INTEGRATOR_SENDER": "urn:mail:gb@deneme.example",
            "ULAK_INTEGRATOR_MAILBOX": "urn:mail:pk@deneme.example",
            "ULAK_SEAL_KEY": f"pkcs12:{pki / f'integrator-{INTEGRATOR}.p12'}",
            "ULAK_TRUST": str(pki),
            "ULAK_MERKEZ_URL": f"{merkez.url}/EFaturaMerkez/services/EFatura",
            "ULAK_USERLIST_URL": f"{merkez.url}/EFaturaMerkez/",
            "ULAK_POLICY": json.dumps(QUICK),
            **told,
        }
        self.has_own_database = "DATABASE_URL" not in told
        self.log = (folder / "serve.log").open("ab")
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        self.process = subprocess.Popen([_ULAK, "serve"], env=self.environ, stdout=self.log, stderr=self.log)
        return self.process

    def keep_up(self) -> None:
        """Start it again if it has ended, as the system does whose service it is."""
        if self.process.poll() is not None:
            self.start()

    def is_up(self) -> bool:
        with suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/health", timeout=2, trust_env=False).status_code == 200
        return False

    def beside(self, *arguments: str) -> subprocess.Popen[str]:
        """A process of `platform_feeder` that works on the same data."""
        environ = {**self.environ, "PYTHONPATH": str(_HERE)}
        command = [sys.executable, str(_HERE / "platform_feeder.py"), *arguments]
        return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=self.log, text=True)

    def told(self, *arguments: str) -> list[str]:
        """What such a process said, in words."""
        process = self.beside(*arguments)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0, (arguments, _ends(self.folder / "serve.log"))
        return said.split()

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another `ulak` command on the same data."""
        return subprocess.run(
            [_ULAK, *arguments], env=self.environ, capture_output=True, text=True, timeout=120, check=False
        )

    def children(self) -> dict[int, str]:
        """What `ulak serve` started, by its number: ``web``, ``worker 1`` …"""
        found = {}
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError, IndexError):
                parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
                words = (place / "cmdline").read_bytes().decode(errors="replace").split("\0")
                if parent == self.process.pid and _PARTS in words:
                    found[int(place.name)] = " ".join(words[words.index(_PARTS) + 1 :]).strip()
        return found

    def shoot_database(self) -> None:
        """End PostgreSQL at once, as a failing machine does."""
        with suppress(OSError, ValueError, IndexError):
            pid = int((embedded_folder(self.data) / "postmaster.pid").read_text().splitlines()[0])
            os.kill(pid, signal.SIGQUIT)

    def sql(self, statement: str, *parameters: Any) -> list[Any]:
        """A statement as the owner, repeated while the database is away."""
        address = embedded.address(self.data) if self.has_own_database else self.environ["DATABASE_URL"]
        for _ in range(200):
            try:
                with psycopg.connect(address, autocommit=True) as connection:
                    return connection.execute(statement.encode(), parameters).fetchall()
            except psycopg.OperationalError:
                self.keep_up()
                time.sleep(0.1)
        raise AssertionError("the database stays away")

    def close(self) -> None:
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(40)
        if self.process.poll() is None:
            self.process.kill()
        if self.has_own_database:
            embedded.stop(self.data)
        self.log.close()


@contextmanager
def installation(**told: str) -> Iterator[tuple[Installation, Merkez]]:
    """Both, ready to work; everything is gone afterwards.

    Args:
        told: further variables of the platform's.
    """
    pki = trust_today()
    with tempfile.TemporaryDirectory(prefix="ulak-inst-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        merkez = Merkez(folder, pki)
        stack.callback(merkez.close)
        platform = Installation(folder, merkez, pki, **told)
        stack.callback(platform.close)
        try:
            wait_until(merkez.is_up, 180)
            wait_until(platform.is_up, 180)
        except AssertionError:
            raise AssertionError(
                (folder / "serve.log").read_text()[-3000:]
                + (folder / "center.log").read_text()[-2000:]
                + str((merkez.is_up(), platform.is_up()))
            ) from None
        merkez.register(f"{platform.url}/gib/efatura")
        yield platform, merkez


def _ends(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:]


def wait_until(holds: Callable[[], object], seconds: float, pause: float = 0.1) -> None:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds:g} s: {getattr(holds, '__name__', holds)}")
        time.sleep(pause)
