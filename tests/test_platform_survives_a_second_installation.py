"""Two installations on one database work at once, and workers of one are killed: nothing is done twice."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from platform_installation import Installation, Merkez, installation, wait_until
from platform_journeys import counts, missing_at_receivers, portal_of, received_twice, rest, untrue, wrong_numbers
from platform_production import production
from seal_pki import trust_today

COUNT = 40
"""Documents that each of them takes in."""


def test_nothing_is_done_twice_by_two_installations_on_one_database(tmp_path: Path) -> None:
    with ExitStack() as stack:
        told = {"DATABASE_URL": stack.enter_context(production()).url, "ULAK_WORKERS": "1", **secrets_in(tmp_path)}
        first, merkez = stack.enter_context(installation(**told))
        second = stack.enter_context(another(first, merkez, tmp_path, **told))
        ardic, meltem = first.told("set-up", str(10 * COUNT))
        feeders = [one.beside("feed", ardic, str(COUNT), *portal_of(merkez), "7") for one in (first, second)]
        wait_until(merkez.envelopes, 180)
        kill_workers(second)
        taken = [id for feeder in feeders for id in feeder.communicate(timeout=180)[0].split()]
        assert [feeder.returncode for feeder in feeders] == [0, 0]
        rest(first, merkez, 300)
        assert counts(first) == {"delivered": len(set(taken))} == {"delivered": 2 * COUNT}
        assert untrue(first, merkez) == []
        assert received_twice(first) == missing_at_receivers(first, int(meltem)) == []
        assert wrong_numbers(first) == ""
        wait_until(lambda: workers_of(first) == workers_of(second) == 1, 180)
        assert first.told("verify")[0] == "holds"


def secrets_in(folder: Path) -> dict[str, str]:
    """What both have to know."""
    kek = folder / "kek"
    kek.write_bytes(bytes(range(32)))
    return {"ULAK_KEK": str(kek), "ULAK_SECRET_KEY": "s" * 64}


@contextmanager
def another(first: Installation, merkez: Merkez, folder: Path, **told: str) -> Iterator[Installation]:
    """A second machine with data of its own; invoices come in there, and answers at the first."""
    folder.chmod(0o755)
    second = Installation(folder, merkez, trust_today(), **told)
    try:
        wait_until(second.is_up, 180)
        merkez.register(f"{first.url}/gib/efatura", f"{second.url}/gib/efatura")
        yield second
    finally:
        second.close()


def kill_workers(one: Installation) -> None:
    for pid, name in one.children().items():
        if name.startswith("worker"):
            os.kill(pid, signal.SIGKILL)


def workers_of(one: Installation) -> int:
    return sum(name.startswith("worker") for name in one.children().values())
