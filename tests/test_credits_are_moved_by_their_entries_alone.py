"""What is left of a package: people's wishes change it by entries, and SQL in their role by nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.db import DatabaseError, connection
from hypothesis import given, settings
from hypothesis import strategies as st

from ulak_server import clock
from ulak_server.credits import services as credits
from ulak_server.credits.services import By, Thing
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

pytestmark = pytest.mark.usefixtures("platform_database")

_TAXPAYERS = count(20_000)
_ENTER = """
INSERT INTO credits_entry (taxpayer_id, at, what, amount, balance, document_id, kind, is_incoming, package_id, note,
    actor)
VALUES (%s, now(), %s, %s, %s, %s, 'invoice', false, %s, '', '')
"""


def opened(*packages: int) -> int:
    """A metered account; its taxpayer."""
    taxpayer = next(_TAXPAYERS)
    with scoped(Role.OPERATOR):
        credits.meter(taxpayer, metered=True)
        credits.set_on_empty(taxpayer, credits.OnEmpty.GO_ON)
        for days, amount in enumerate(packages, start=10):
            credits.load(taxpayer, Decimal(amount), expires_on=clock.today() + timedelta(days=days))
    return taxpayer


@contextmanager
def cursor_of(taxpayer: int) -> Iterator[Any]:
    """SQL in the role of people's wishes."""
    with scoped(Role.WEB, [taxpayer]), connection.cursor() as cursor:
        yield cursor


def left(taxpayer: int) -> list[int]:
    with cursor_of(taxpayer) as cursor:
        cursor.execute("SELECT remaining FROM credits_package WHERE taxpayer_id = %s ORDER BY id", [taxpayer])
        return [int(amount) for (amount,) in cursor.fetchall()]


def ids(taxpayer: int) -> list[int]:
    with cursor_of(taxpayer) as cursor:
        cursor.execute("SELECT id FROM credits_package WHERE taxpayer_id = %s ORDER BY id", [taxpayer])
        return [id for (id,) in cursor.fetchall()]


def balance(taxpayer: int) -> int:
    with cursor_of(taxpayer) as cursor:
        cursor.execute("SELECT balance FROM credits_account WHERE taxpayer_id = %s", [taxpayer])
        return int(cursor.fetchone()[0])


def enter(taxpayer: int, *rows: tuple[str, int, int, int, int | None]) -> None:
    """Write entries: what, amount, balance, document, package."""
    with cursor_of(taxpayer) as cursor:
        for row in rows:
            cursor.execute(_ENTER, [taxpayer, *row])


def settle(taxpayer: int, used: Sequence[int] = (), back: Sequence[int] = (), role: Role = Role.WEB) -> None:
    with scoped(role, [taxpayer]):
        credits.settle(taxpayer, [Thing(one, "invoice") for one in used], back, By(clock.now()))


def test_a_wish_is_charged_and_given_back_as_by_a_worker() -> None:
    taxpayer = opened(2, 5)
    settle(taxpayer, used=[1, 2, 3])
    assert (left(taxpayer), balance(taxpayer)) == ([0, 4], 4)
    settle(taxpayer, back=[1, 3])
    assert (left(taxpayer), balance(taxpayer)) == ([1, 5], 6)
    settle(taxpayer, used=range(10, 18))
    assert (left(taxpayer), balance(taxpayer)) == ([0, 0], -2)
    settle(taxpayer, back=[2, 10, 11])
    assert (left(taxpayer), balance(taxpayer)) == ([0, 1], 1)


_DOCUMENTS = st.lists(st.integers(1, 6), min_size=1, max_size=4, unique=True)
_STEPS = st.one_of(
    st.tuples(st.just("use"), _DOCUMENTS),
    st.tuples(st.just("give back"), _DOCUMENTS),
    st.tuples(st.just("load"), st.integers(1, 5)),
)


@given(st.lists(st.tuples(st.sampled_from([Role.WEB, Role.PIPELINE]), _STEPS), max_size=14))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_whoever_does_the_steps_packages_hold_what_the_balance_has(steps: list[tuple[Role, tuple[str, Any]]]) -> None:
    taxpayer = opened(3, 2)
    for role, (what, things) in steps:
        if what == "load":
            with scoped(Role.OPERATOR):
                credits.load(taxpayer, Decimal(things))
        else:
            settle(taxpayer, **{"used" if what == "use" else "back": things}, role=role)
        assert sum(left(taxpayer)) == max(balance(taxpayer), 0)


def test_nothing_is_given_back_to_another_package_than_it_was_taken_from() -> None:
    taxpayer = opened(2, 5)
    first, second = ids(taxpayer)
    with pytest.raises(DatabaseError, match="add up"):
        enter(taxpayer, ("used", -2, 5, 1, first), ("refunded", 2, 7, 1, second))
    with pytest.raises(DatabaseError, match="add up"):
        enter(taxpayer, ("used", -2, 5, 1, first), ("refunded", 2, 7, 1, first), ("refunded", 1, 8, 1, first))
    with pytest.raises(DatabaseError, match="add up"):
        enter(taxpayer, ("used", -2, 5, 1, None))
    assert (left(taxpayer), balance(taxpayer)) == ([2, 5], 7)


def test_nothing_is_taken_from_a_package_of_somebody_else() -> None:
    taxpayer, other = opened(2), opened(3)
    (package,) = ids(other)
    with pytest.raises(DatabaseError, match="no package of theirs"):
        enter(taxpayer, ("used", -1, 1, 1, package))
    assert (left(taxpayer), left(other)) == ([2], [3])


@pytest.mark.parametrize("what", ["used", "expired"])
def test_nothing_is_given_back_under_another_word(what: str) -> None:
    taxpayer = opened(2)
    (package,) = ids(taxpayer)
    settle(taxpayer, used=[1])
    with pytest.raises(DatabaseError, match="add up"):
        enter(taxpayer, (what, 1, 2, 1, package))


@pytest.mark.parametrize("isolation", ["READ COMMITTED", "REPEATABLE READ"])
def test_two_who_give_the_same_back_at_the_same_moment_give_it_back_once(isolation: str) -> None:
    taxpayer = opened(4, 4)
    settle(taxpayer, used=[1, 2])
    (package, _), barrier, refused = ids(taxpayer), threading.Barrier(2), []

    def give_back() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {isolation}")
            with cursor_of(taxpayer) as cursor:
                cursor.execute("SELECT count(*), current_setting('transaction_isolation') FROM credits_entry")
                assert cursor.fetchone()[1] == isolation.lower()
                barrier.wait()
                cursor.execute(_ENTER, [taxpayer, "refunded", 1, 7, 1, package])
        except DatabaseError as error:
            refused.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=give_back) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(refused) == 1
    assert (left(taxpayer), balance(taxpayer)) == ([3, 4], 7)


def test_a_process_of_the_version_before_moves_a_package_once() -> None:
    taxpayer = opened(4)
    (package,) = ids(taxpayer)
    with cursor_of(taxpayer) as cursor:
        cursor.execute(_ENTER, [taxpayer, "used", -1, 3, 1, package])
        cursor.execute("UPDATE credits_package SET remaining = remaining - 1 WHERE id = %s", [package])
        cursor.execute("UPDATE credits_account SET balance = 3, warned = 'ok' WHERE taxpayer_id = %s", [taxpayer])
    assert (left(taxpayer), balance(taxpayer)) == ([3], 3)
    with cursor_of(taxpayer) as cursor:
        cursor.execute("SELECT set_config('ulak.kontor_moved', 'on', true)")
        cursor.execute("UPDATE credits_package SET remaining = 1000 WHERE id = %s", [package])
    assert left(taxpayer) == [3], "whoever forges the mark gains nothing"
