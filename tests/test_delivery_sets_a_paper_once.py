"""A PDF that many open is set once, and remembered within bounds of time and size."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ulak_server.delivery.kept_papers import Papers


class Maker:
    """Makes files of so many bytes, and counts them."""

    def __init__(self, size: int = 100) -> None:
        self.made, self._size = 0, size

    def __call__(self) -> bytes:
        self.made += 1
        return bytes(self._size)


def test_the_second_to_open_it_waits_for_nothing() -> None:
    papers, make = Papers(), Maker()
    assert papers.get(("digest", "tr"), make) == papers.get(("digest", "tr"), make)
    papers.get(("digest", "en"), make)
    assert make.made == 2


def test_after_some_minutes_it_is_forgotten() -> None:
    now = [0.0]
    papers, make = Papers(seconds=600, now=lambda: now[0]), Maker()
    for now[0] in (0.0, 599.0, 600.0):
        papers.get("a", make)
    assert make.made == 2
    now[0] = 2_000.0
    papers.get("b", make)
    assert list(papers._kept) == ["b"]


def test_a_very_large_one_drives_out_no_others() -> None:
    papers, small, large = Papers(most=1_000), Maker(), Maker(251)
    papers.get("small", small)
    papers.get("large", large)
    papers.get("large", large)
    papers.get("small", small)
    assert (small.made, large.made) == (1, 2)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 300), st.integers(0, 400)), max_size=60))
def test_they_never_take_more_than_they_may(asked: list[tuple[int, int, int]]) -> None:
    now = [0.0]
    papers = Papers(most=1_000, seconds=600, now=lambda: now[0])
    for key, size, later in asked:
        now[0] += later
        papers.get(key, Maker(size))
        held = sum(len(one.data) for one in papers._kept.values())
        assert held == papers._size <= 1_000
        assert all(one.until > now[0] for one in papers._kept.values())
