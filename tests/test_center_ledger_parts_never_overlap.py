"""Whatever parts are sent in whatever order, those approved cover no day twice and leave no gap between neighbours."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from center_offices import ARDIC, ledger_office, package, upload

_DAYS: Final = (1, 5, 6, 10, 11, 31)


@st.composite
def parts(draw: st.DrawFn) -> tuple[int, int, int]:
    """A part's number, first and last day; few different ones, so that they meet."""
    start, end = sorted((draw(st.sampled_from(_DAYS)), draw(st.sampled_from(_DAYS))))
    return draw(st.integers(0, 3)), start, end


@settings(max_examples=40, deadline=None)
@given(st.lists(parts(), min_size=1, max_size=6))
def test_approved_parts_fit_together(sent: list[tuple[int, int, int]]) -> None:
    office, approved = ledger_office(), dict[int, tuple[date, date]]()
    for order, (number, start, end) in enumerate(sent):
        id = f"{ARDIC}-202610-YB-{number:06}"
        if number in approved:
            continue
        step = upload(office, id, package(id, order, f"2026-10-{start:02}", f"2026-10-{end:02}"))
        assert step.status in (30, 412, 413)
        if step.status == 30:
            approved[number] = (date(2026, 10, start), date(2026, 10, end))
    assert 0 not in approved or len(approved) == 1
    for (number, before), (next_number, after) in pairwise(sorted(approved.items())):
        gap = (after[0] - before[1]).days
        assert gap >= 0
        assert gap <= 1 or next_number > number + 1


@settings(max_examples=25, deadline=None)
@given(st.permutations([(1, 1, 10), (2, 10, 20), (3, 21, 31)]))
def test_parts_that_follow_each_other_pass_in_any_order(sent: list[tuple[int, int, int]]) -> None:
    office = ledger_office()
    for number, start, end in sent:
        id = f"{ARDIC}-202610-YB-{number:06}"
        assert upload(office, id, package(id, number, f"2026-10-{start:02}", f"2026-10-{end:02}")).status == 30
