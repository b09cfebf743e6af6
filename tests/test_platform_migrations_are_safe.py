"""Migrations are run once, by one process, without making a live system wait; what could is not let in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, models
from django.db.migrations import Migration
from django.db.migrations import operations as do
from django.db.migrations.loader import MigrationLoader

from migration_rules import faults
from platform_database import admin, connect_django, drop, url_of
from ulak_server.database import migrating
from ulak_server.database.migrating import bring_up_to_date, missing
from ulak_server.problems import DatabaseRefused

DEPLOYED: dict[str, int] = {}
"""By app: the last migration that some installation has run. Later ones meet tables that are in use. Raise the numbers
with every release; until the first, what makes the tables may still change."""


def later_ones() -> list[Migration]:
    loader = MigrationLoader(None)
    return [
        migration
        for (app, name), migration in sorted(loader.disk_migrations.items())
        if app in DEPLOYED and int(name[:4]) > DEPLOYED[app]
    ]


def migration(*operations: Any, atomic: bool = True) -> Any:
    kind = type("Migration", (Migration,), {"operations": list(operations), "atomic": atomic})
    return kind("0009_more", "documents")


def test_no_migration_after_a_release_makes_a_live_system_wait() -> None:
    assert {f"{one.app_label}.{one.name}": faults(one) for one in later_ones() if faults(one)} == {}


INDEX = models.Index(fields=["number"], name="document_number")
CHECK = models.CheckConstraint(condition=models.Q(direction__gt=0), name="towards")
BAD: dict[str, Any] = {
    "an index": migration(do.AddIndex("document", INDEX)),
    "an index within a transaction": migration(AddIndexConcurrently("document", INDEX)),
    "a constraint": migration(do.AddConstraint("document", CHECK)),
    "another type": migration(do.AlterField("document", "number", models.TextField())),
    "a value that must be there": migration(do.AddField("document", "more", models.IntegerField(default=0))),
    "a column with an index": migration(do.AddField("document", "more", models.IntegerField(null=True, db_index=True))),
    "another name": migration(do.RenameField("document", "number", "no")),
    "a column less": migration(do.RemoveField("document", "number")),
    "a table less": migration(do.DeleteModel("document")),
    "rows in one transaction": migration(do.RunPython(do.RunPython.noop)),
    "an index in SQL": migration(do.RunSQL("CREATE UNIQUE INDEX a ON documents_document (number)")),
    "a type in SQL": migration(do.RunSQL("ALTER TABLE documents_document ALTER COLUMN number TYPE text")),
    "a constraint in SQL": migration(do.RunSQL([("ALTER TABLE documents_document ADD CONSTRAINT c CHECK (true)", [])])),
    "a default that rewrites": migration(do.RunSQL("ALTER TABLE t ADD COLUMN u uuid DEFAULT gen_random_uuid()")),
    "an index beside its state": migration(
        do.SeparateDatabaseAndState(database_operations=[do.AddIndex("document", INDEX)])
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_makes_others_wait_is_noticed(name: str) -> None:
    assert len(faults(BAD[name])) == 1


NEW = do.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True)), ("n", models.IntegerField())])
GOOD: dict[str, Any] = {
    "an index made aside": migration(AddIndexConcurrently("document", INDEX), atomic=False),
    "a column that may be empty": migration(do.AddField("document", "more", models.IntegerField(null=True))),
    "a column with the database's default": migration(
        do.AddField("document", "more", models.IntegerField(db_default=0, default=0))
    ),
    "a new table with an index": migration(NEW, do.AddIndex("Thing", models.Index(fields=["n"], name="thing_n"))),
    "a new table with an index in SQL": migration(NEW, do.RunSQL("CREATE INDEX thing_n ON documents_thing (n)")),
    "an index made aside in SQL": migration(
        do.RunSQL("CREATE INDEX CONCURRENTLY a ON documents_document (number)"), atomic=False
    ),
    "a constraint to be checked later": migration(do.RunSQL("ALTER TABLE t ADD CONSTRAINT c CHECK (true) NOT VALID")),
    "rows in batches": migration(do.RunPython(do.RunPython.noop), atomic=False),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_keeps_nobody_waiting_is_let_in(name: str) -> None:
    assert faults(GOOD[name]) == []


@pytest.fixture
def nearly(platform_database: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A database for which the last migration counts as not run; names of what was run by `call_command`."""
    run: list[str] = []
    is_run = threading.Event()

    def migrate(*_: Any, **__: Any) -> None:
        run.append(threading.current_thread().name)
        is_run.set()

    monkeypatch.setattr(migrating, "call_command", migrate)
    monkeypatch.setattr(migrating, "missing", lambda: [] if is_run.is_set() else ["documents.0099_more"])
    return run


def test_a_new_database_gets_every_table_and_a_second_start_does_nothing(platform_database: str) -> None:
    name = f"{platform_database}_new"
    admin(f'CREATE DATABASE "{name}"')
    told: list[list[str]] = []
    try:
        with connect_django(name):
            done = bring_up_to_date(told.append)
            assert {"documents.0001_initial", "audit.0000_roles"} <= set(done)
            assert told == [done]
            assert missing() == []
            assert bring_up_to_date(told.append) == []
            assert told == [done]
    finally:
        drop(name)


def test_of_many_that_start_at_once_one_migrates(nearly: list[str]) -> None:
    def start() -> None:
        bring_up_to_date()
        connection.close()

    threads = [threading.Thread(target=start, name=f"start-{n}") for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(nearly) == 1


def failing(error: Callable[[], None]) -> Callable[..., None]:
    def migrate(*_: Any, **__: Any) -> None:
        error()

    return migrate


def test_a_table_that_is_held_is_waited_for_briefly_and_tried_again(
    nearly: list[str], platform_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = 0

    def alter() -> None:
        nonlocal attempts
        attempts += 1
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE documents_document ADD COLUMN more int")

    monkeypatch.setattr(migrating, "call_command", failing(alter))
    monkeypatch.setattr(migrating, "_LOCK_TIMEOUT", "20ms")
    with psycopg.connect(url_of(platform_database)) as other:
        other.execute("LOCK TABLE documents_document IN ROW EXCLUSIVE MODE")
        with pytest.raises(DatabaseRefused) as refused:
            bring_up_to_date(pause=0.01)
    assert refused.value.code == "database.migrations-wait"
    assert not refused.value.permanent
    assert attempts == 5


def test_a_migration_that_fails_is_told_and_not_tried_again(nearly: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def alter() -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE no_such_table ADD COLUMN n int")

    monkeypatch.setattr(migrating, "call_command", failing(alter))
    with pytest.raises(DatabaseRefused, match="no_such_table") as refused:
        bring_up_to_date()
    assert refused.value.code == "database.migration-failed"


def test_a_database_that_is_away_is_told(platform_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    with pytest.raises(DatabaseRefused) as refused:
        bring_up_to_date()
    assert refused.value.code == "database.away"
