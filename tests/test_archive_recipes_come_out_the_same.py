"""What is left out of a body before it is kept comes back byte for byte, or is not left out."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_bodies import CUT, ODD, PIECES
from ulak_server.archive.recipes import Parted, Recipe, read_full, recipe_of, whole


@pytest.mark.parametrize("what", ODD)
def test_what_looks_like_a_recipe_comes_back_as_it_was(what: str) -> None:
    made = recipe_of(ODD[what])
    assert made is None or whole(made) == ODD[what]


@pytest.mark.parametrize("what", CUT)
def test_a_picture_of_ours_is_kept_as_its_text(what: str) -> None:
    made = recipe_of(CUT[what])
    assert made is not None
    assert len(made.raw) == 16 + 2 * 32 + 256
    assert len(made.text.full) < len(CUT[what]) - 800
    assert whole(made) == CUT[what]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_any_mixture_comes_back_as_it_was(pieces: list[bytes]) -> None:
    body = b"".join(pieces)
    made = recipe_of(body)
    assert made is None or whole(made) == body


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([*PIECES, b"\0", b"\1", b"\2", b"\3", b"\4", b"\5", b"\6"]), max_size=12),
    st.integers(0, 40),
)
def test_no_recipe_does_more_than_fail(pieces: list[bytes], units: int) -> None:
    with suppress(ValueError):
        assert isinstance(whole(read_full(b"".join(pieces), bytes(16 * units))), bytes)
    with suppress(ValueError):
        assert isinstance(whole(Recipe(Parted(b"".join(pieces), b"a" * 8_200), bytes(16 * units))), bytes)


@pytest.mark.parametrize("mark", [b"\0", b"\1", b"\2", b"\3", b"\4", b"\5", b"\6"])
def test_bytes_that_are_marks_are_never_made_longer(mark: bytes) -> None:
    """A hundred megabytes of them would come to gigabytes while it is seen whether they come out the same."""
    assert recipe_of(CUT["ours"] + mark * 1_000) is None


def test_names_without_end_take_no_time() -> None:
    """Each of them was followed to the end of all: a quarter of a second for 16 KB."""
    body = b"Value" * 3_200 + CUT["ours"]
    made = recipe_of(body)
    assert made is not None
    assert whole(made) == body
