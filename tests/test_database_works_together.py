"""Work that waits is done together, by whoever comes first; everyone gets what came of their own."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ulak_server.database.together import Stopped, Together

PATIENCE = 30


class Works:
    """Doubles numbers, group by group, of which the first waits until it is let go; odd ones are refused.

    ``then`` is what the groups behind the first end with, if they fail as a whole.
    """

    def __init__(self, then: BaseException | None = None) -> None:
        self.groups: list[list[int]] = []
        self.then = then
        self.began, self.go = threading.Event(), threading.Event()

    def __call__(self, works: Sequence[int]) -> Sequence[int | Exception]:
        self.groups.append(list(works))
        self.began.set()
        assert self.go.wait(PATIENCE)
        if self.then is not None and len(self.groups) > 1:
            raise self.then
        return [ValueError(str(one)) if one % 2 else 2 * one for one in works]


def outcome(together: Together[int, int], work: int) -> int | str:
    try:
        return together.do(work)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def waiting(together: Together[int, int]) -> int:
    return len(together._waiting)


def gathered(together: Together[int, int], works: Works, numbers: Sequence[int]) -> list[int | str]:
    """What came of the first number, and of all the others, which came while it was being worked on."""
    with ThreadPoolExecutor(len(numbers)) as pool:
        first = pool.submit(outcome, together, numbers[0])
        assert works.began.wait(PATIENCE)
        rest = [pool.submit(outcome, together, one) for one in numbers[1:]]
        while waiting(together) < len(rest):
            pass
        works.go.set()
        return [one.result(PATIENCE) for one in (first, *rest)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 1000), min_size=1, max_size=12), st.integers(1, 8))
def test_everyone_gets_their_own_whatever_the_groups(numbers: list[int], most: int) -> None:
    works = Works()
    together = Together(works, most)
    told = gathered(together, works, numbers)
    assert told == [f"ValueError: {one}" if one % 2 else 2 * one for one in numbers]
    assert works.groups[0] == numbers[:1]
    assert sorted(one for group in works.groups for one in group) == sorted(numbers)
    assert max(map(len, works.groups)) <= most
    assert len(works.groups) == 1 + -(-(len(numbers) - 1) // most)
    assert waiting(together) == 0


def test_whoever_comes_alone_waits_for_nobody() -> None:
    works = Works()
    works.go.set()
    together = Together(works, 8)
    assert [together.do(one) for one in (2, 4, 6)] == [4, 8, 12]
    assert works.groups == [[2], [4], [6]]


def test_a_failure_of_the_whole_is_everyones_and_the_next_begin_anew() -> None:
    works = Works(OSError("the line is down"))
    together = Together(works, 8)
    assert gathered(together, works, [2, 9, 4, 3]) == [4, *["OSError: the line is down"] * 3]
    works.then = None
    assert together.do(6) == 12


def test_nobody_waits_for_one_that_was_stopped() -> None:
    works = Works(SystemExit())
    together = Together(works, 8)
    ends: list[BaseException] = []

    def run(number: int) -> None:
        try:
            together.do(number)
        except BaseException as error:
            ends.append(error)

    threads = [threading.Thread(target=run, args=[2])]
    threads[0].start()
    assert works.began.wait(PATIENCE)
    threads += [threading.Thread(target=run, args=[number]) for number in (4, 6)]
    for thread in threads[1:]:
        thread.start()
    while waiting(together) < 2:
        pass
    works.go.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)
    assert sorted(type(one).__name__ for one in ends) == [Stopped.__name__, SystemExit.__name__]


def test_a_result_too_few_is_told_to_all() -> None:
    together = Together[int, int](lambda works: [], 8)
    with pytest.raises(ValueError, match="zip"):
        together.do(1)
