"""A process that makes books for tests, to be killed: forked from a server of its own, since Saxon survives no fork."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

_CONTEXT: Final = multiprocessing.get_context("forkserver")


def started(database: str, home: Path) -> BaseProcess:
    """A worker that works until nothing is due.

    Args:
        home: of the rule packs.
    """
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)
    try:
        _CONTEXT.set_forkserver_preload(["conftest", "platform_ledger_works"])
        made = _CONTEXT.Process(target=_work, args=(database, str(home)))
        made.start()
    finally:
        del os.environ["PYTHONPATH"]
    return made


def _work(database: str, home: str) -> None:
    import conftest  # noqa: F401 Django is set up first
    from platform_database import connect_django
    from platform_ledger_works import done, software, worker
    from seal_pki import NOW
    from ulak.rules.store import PackStore
    from ulak_server import clock
    from ulak_server.ledgers import judging

    store = PackStore(Path(home))
    judging._store = lambda: store  # type: ignore[assignment]
    clock.use(lambda: NOW)
    with connect_django(database), software(), worker() as works:
        done(works)
