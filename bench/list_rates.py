"""Measures what `bench/lists` prints."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
os.environ.update(DJANGO_SETTINGS_MODULE="ulak_server.settings", ULAK_USERLIST_URL="http://lists.example")

from ulak.userlist import ListRole, User, user_list, write_zip
from ulak_center.population import Population

MOST_SECONDS: Final = 90
MOST_MEGABYTES: Final = 250
NOW: Final = datetime(2026, 11, 22, 9, tzinfo=UTC)
Measured = tuple[float, float, float, float, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=1_500_000)
    users = parser.parse_args().users
    import django

    django.setup()
    from platform_database import database, drop, stop_server

    name = database()
    try:
        with tempfile.TemporaryDirectory() as folder:
            first, second = Path(folder) / "1.zip", Path(folder) / "2.zip"
            for path, changed in ((first, False), (second, True)):
                produced = multiprocessing.get_context("spawn").Process(target=produce, args=(path, users, changed))
                produced.start()
                produced.join()
            show(users, "taken into an empty table", alone(name, first, 0))
            show(users, "taken an hour later, 1 in 200 changed", alone(name, second, 1))
            show(users, "the same file again", alone(name, second, 2))
    finally:
        drop(name)
        stop_server()


def produce(path: Path, count: int, changed: bool) -> None:
    with path.open("w+b") as file:
        write_zip(file, ListRole.PK.file_name, user_list(listed(count, changed)), NOW)


def listed(count: int, changed: bool) -> Iterator[User]:
    """Synthetic taxpayers; an hour later one in 400 has another title and one in 400 is gone."""
    for index, user in enumerate(Population(count).users(ListRole.PK)):
        if changed and index % 400 == 0:
            continue
        yield user._replace(title=f"{user.title} Yeni") if changed and index % 400 == 1 else user


def alone(name: str, path: Path, hours: int) -> Measured:
    """Take a list in a process of its own, as the one that runs jobs does."""
    queue: multiprocessing.Queue[Measured] = multiprocessing.get_context("spawn").Queue()
    process = multiprocessing.get_context("spawn").Process(target=take, args=(queue, name, path, hours))
    process.start()
    found = queue.get()
    process.join()
    return found


def take(queue: Any, name: str, path: Path, hours: int) -> None:
    import django

    django.setup()
    from platform_database import connect_django
    from ulak_server import clock
    from ulak_server.userlist.syncing import Name, sync

    clock.use(lambda: NOW + timedelta(hours=hours))

    def fetch(url: str, file: Any) -> bytes:
        with path.open("rb") as given:
            shutil.copyfileobj(given, file)
        return path.name.encode()

    with connect_django(name):
        begin, used = time.perf_counter(), time.process_time()
        run = sync(Name.PK, fetch=fetch)
        took = (time.perf_counter() - begin, time.process_time() - used, of_postgres())
    said = f"{run.outcome}: {run.entries} aliases, +{run.added} ~{run.changed} -{run.removed} {run.error or ''}"
    queue.put((*took, peak(), said))


def of_postgres() -> float:
    """Seconds of the processor that this connection's PostgreSQL process took, which runs on this machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak() -> float:
    """Megabytes that this process held resident at most."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) / 1024


def show(users: int, what: str, found: Measured) -> None:
    seconds, used, of_database, memory, said = found
    verdict = "reached" if seconds <= MOST_SECONDS and memory <= MOST_MEGABYTES else "MISSED"
    print(
        f"{users} users {what}: {seconds:.1f} s (processor: {used:.1f} s, and {of_database:.1f} s PostgreSQL's), at"
        f" most {memory:.0f} MB   goal {MOST_SECONDS} s, {MOST_MEGABYTES} MB: {verdict}\n    {said}"
    )


if __name__ == "__main__":
    main()
