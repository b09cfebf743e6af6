"""Jobs by the clock run in a process of their own; one whose process was killed is run again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicRegistry

from platform_world import taxpayer
from ulak_server.operations import jobs

pytestmark = pytest.mark.usefixtures("platform_database")

DONE: list[int] = []
CLOCK = app.periodic_registry


@app.task(name="test.remember")
def remember(number: int) -> None:
    DONE.append(number)


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # A full minute would put the clock's own jobs among those of a test.
    monkeypatch.setattr(app, "periodic_registry", PeriodicRegistry())  # type: ignore[no-untyped-call]
    DONE.clear()
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def run() -> None:
    """Run what is waiting, then end."""
    jobs.run(wait=False, install_signal_handlers=False)


def retry_stalled() -> None:
    app.configure_task("ulak_server.operations.tasks.retry_stalled").defer(timestamp=0)
    run()
    run()


def states() -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status FROM procrastinate_jobs")
        return dict(cursor.fetchall())


def deferred(number: int, key: str | None = None) -> int:
    """A job that waits; of those with a key one waits and one is worked on at a time."""
    return int(remember.configure(lock=key, queueing_lock=key).defer(number=number))


def killed(number: int, key: str | None = None) -> int:
    """A job whose worker was killed while it was at it."""
    job = deferred(number, key)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 h') RETURNING id"
        )
        (worker,) = cursor.fetchone() or (None,)
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, job])
    return job


def test_a_deferred_job_is_done_and_forgotten() -> None:
    job = deferred(7)
    run()
    assert DONE == [7]
    assert job not in states()


def test_a_job_of_a_killed_process_is_run_again() -> None:
    job = killed(8)
    run()
    assert states()[job] == "doing"
    retry_stalled()
    assert DONE == [8]


def test_a_killed_job_whose_successor_waits_already_keeps_nothing_back() -> None:
    killed(8, "remember")
    deferred(9, "remember")
    other = killed(10)
    retry_stalled()
    assert sorted(DONE) == [9, 10]
    assert other not in states()


def test_a_job_under_way_is_left_alone() -> None:
    job = killed(9)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now()")
    retry_stalled()
    assert states()[job] == "doing"
    assert DONE == []


def test_a_job_that_fails_stays_to_be_looked_into() -> None:
    job = app.configure_task("test.no-such-task").defer()
    run()
    assert states()[job] == "failed"


def test_housekeeping_is_known_to_the_clock() -> None:
    names = {key[0] for key in CLOCK.periodic_tasks}
    rooms = {name.split(".")[1] for name in names}
    assert "operations" in rooms
    assert all(name.startswith("ulak_server.") for name in names)


def test_what_is_over_is_forgotten() -> None:
    taxpayer()
    app.configure_task("ulak_server.operations.tasks.tidy_people").defer(timestamp=0)
    app.configure_task("ulak_server.operations.tasks.forget_old_jobs").defer(timestamp=0)
    app.configure_task("ulak_server.operations.tasks.forget_handed").defer(timestamp=0)
    run()
    assert states() == {}
