"""Transactions begin and end along with their statements, and are what they would be if each were sent by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from platform_database import admin
from platform_world import ARDIC, taxpayer
from ulak_server.database.ahead import Ask, ahead, asked, written
from ulak_server.database.bound import bound
from ulak_server.database.engine.line import Line
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

pytestmark = pytest.mark.usefixtures("platform_database")
_PUT = "INSERT INTO little VALUES (%s::int, %s)"
_WHO = Ask("SELECT current_user, current_setting('ulak.taxpayers')")


@pytest.fixture(autouse=True)
def table() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE little (id int PRIMARY KEY, text text)")
        cursor.execute("GRANT ALL ON little TO PUBLIC")
    yield
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE little")


def rows() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM little ORDER BY id")
        return [id for (id,) in cursor.fetchall()]


def put(*ids: int) -> None:
    for id in ids:
        written(_PUT, [str(id), ""])


def failing(error: type[Exception], work: Callable[[], None]) -> None:
    with pytest.raises(error), transaction.atomic():
        work()


def begun() -> bool:
    line = connection.connection
    assert isinstance(line, Line)
    return line.info.transaction_status.name != "IDLE"


def test_a_scope_in_which_nothing_is_asked_begins_nothing() -> None:
    with scoped(Role.WEB, [1]):
        assert not begun()
    assert not begun()
    with scoped(Role.WEB, [1]):
        assert asked(_WHO) == [[("ulak_web", "{1}")]]
        assert begun()
    assert asked(_WHO)[0][0][0] == "postgres"


@pytest.mark.parametrize("way", ["django", "bound", "raw", "many", "copy", "named"])
def test_whatever_the_cursor_it_works_for_whom_the_scope_is(way: str) -> None:
    mine = taxpayer(ARDIC, "ARD") if way == "django" else 1
    with scoped(Role.WEB, [mine]):
        if way == "bound":
            with bound() as direct:
                found = direct.execute(b"SELECT current_user").fetchall()
        elif way == "raw":
            found = connection.connection.execute("SELECT current_user").fetchall()
        elif way == "many":
            with connection.cursor() as cursor:
                cursor.executemany("INSERT INTO little SELECT %s, current_user", [(1,), (2,)])
                cursor.execute("SELECT text FROM little WHERE id = 1")
                found = cursor.fetchall()
        elif way == "copy":
            with connection.cursor() as cursor, cursor.copy("COPY (SELECT current_user) TO STDOUT") as copy:
                found = list(copy.rows())
        elif way == "named":
            with connection.chunked_cursor() as cursor:
                cursor.execute("SELECT current_user")
                found = cursor.fetchall()
        else:
            (found,) = asked(Ask("SELECT current_user"))
        assert found[0][0] == "ulak_web"


def test_what_is_written_comes_in_its_order_and_with_the_commit() -> None:
    with transaction.atomic():
        written(_PUT, ["1", "100% \\ '; --"])
        written("UPDATE little SET id = 2 WHERE id = %s::int", ["1"])
        assert not begun()
        assert rows() == [2]
        written(_PUT, ["3", ""])
    assert rows() == [2, 3]
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM little WHERE id = 2")
        assert cursor.fetchone() == ("100% \\ '; --",)
    written(_PUT, ["4", "outside"])
    with transaction.atomic():
        written(_PUT, ["5", "x" * 100_000])
    assert rows() == [2, 3, 4, 5]


def test_all_is_undone_where_the_last_fails() -> None:
    told: list[str] = []

    def work() -> None:
        transaction.on_commit(lambda: told.append("committed"))
        put(1, 1, 2)

    failing(IntegrityError, work)
    assert (rows(), told, begun()) == ([], [], False)


def test_what_was_held_back_is_gone_with_an_error() -> None:
    def work() -> None:
        put(1)
        raise KeyError

    failing(KeyError, work)
    assert (rows(), begun()) == ([], False)


def test_savepoints_keep_what_came_before_them() -> None:
    def leave() -> None:
        put(1)
        raise KeyError

    with scoped(Role.WEB, [1]):
        put(1)
        failing(IntegrityError, lambda: put(2, 1))
        failing(KeyError, leave)
        with transaction.atomic():
            put(3)
        assert asked(_WHO) == [[("ulak_web", "{1}")]]
    assert rows() == [1, 3]


def test_many_are_asked_at_once_each_with_its_own_rows() -> None:
    with scoped(Role.WEB, [1]):
        found = asked(Ask("SELECT generate_series(1, %s)", [2]), Ask("SELECT 1 WHERE false"), Ask("SELECT '7%%', 8"))
    assert found == [[(1,), (2,)], [], [("7%", 8)]]
    assert asked() == []


def test_a_lost_connection_is_an_error_whatever_waits_to_be_sent() -> None:
    def work() -> None:
        asked(Ask("SELECT 1"))
        put(1)
        admin(f"SELECT pg_terminate_backend({connection.connection.info.backend_pid})")

    failing(OperationalError, work)
    connection.close_if_unusable_or_obsolete()
    assert rows() == []


def test_statements_that_only_prepare_are_not_sent_for_themselves() -> None:
    with scoped(Role.WEB, [1]):
        asked(_WHO)
        ahead("SELECT 1 / 0", ())
    assert not begun()
