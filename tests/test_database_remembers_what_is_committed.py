"""What a process remembers of the database: read once in a transaction, given to others when that commits."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import transaction

from ulak.kept import ENTRY
from ulak_server.database.remembered import Remembered

pytestmark = pytest.mark.usefixtures("platform_database")


class _Undone(Exception):
    """Ends a transaction."""


class Reads:
    """A table's row that is counted each time it is read."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> int:
        self.count += 1
        return self.count


@pytest.fixture
def memory() -> Remembered[int]:
    return Remembered[int]("tests", 2 * ENTRY)


def test_a_transaction_reads_once_what_it_needs_for_every_document(memory: Remembered[int]) -> None:
    read = Reads()
    with transaction.atomic():
        assert [memory.get("a", read) for _ in range(5)] == [1] * 5
    assert (memory.get("a", read), read.count) == (1, 1)


def test_what_is_undone_is_forgotten(memory: Remembered[int]) -> None:
    read = Reads()
    with transaction.atomic():
        with suppress(_Undone), transaction.atomic():
            memory.get("a", read)
            raise _Undone
        assert [memory.get("a", read) for _ in range(2)] == [2, 2]
    with suppress(_Undone), transaction.atomic():
        memory.get("b", read)
        raise _Undone
    assert (memory.get("a", read), memory.get("b", read)) == (2, 4)


def test_what_is_forgotten_is_read_anew_within_the_same_transaction(memory: Remembered[int]) -> None:
    read = Reads()
    with transaction.atomic():
        memory.get("a", read)
        memory.forget("a")
        assert memory.get("a", read) == 2
    assert memory.get("a", read) == 2


def test_memories_are_apart_and_bounded(memory: Remembered[int]) -> None:
    other = Remembered[int]("tests", 2 * ENTRY)
    with transaction.atomic():
        assert [memory.get("a", lambda: 1), other.get("a", lambda: 2), memory.get("b", lambda: 3)] == [1, 2, 3]
    memory.get("c", lambda: 4)
    assert [memory.get("a", lambda: 5), other.get("a", lambda: 6)] == [5, 2]
