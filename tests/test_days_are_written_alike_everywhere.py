"""A day within a sentence of the law reads like the days on the pages around it, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ulak.errors import Problem, Text, UlakError, error_of
from ulak.lifecycle.days import day_text, month_text
from ulak_server import formats


@pytest.mark.parametrize("month", range(1, 13))
def test_the_law_writes_days_and_months_as_pages_do(month: int) -> None:
    day = date(2026, month, 4)
    assert day_text(day) == formats.day_text(day)
    assert month_text(day) == formats.month_text(day)


def test_a_moment_is_told_in_istanbul() -> None:
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    assert formats.moment_text(late) == Text("24.11.2026 01.30", "24 Nov 2026 01:30")


def test_a_fact_that_has_two_languages_is_told_in_each() -> None:
    table = {
        "x.late": Problem(Text("Son gün {day}.", "The last day was {day}."), Text("{day} geçti.", "{day} is over."))
    }
    error = error_of(UlakError, table, "x.late", day=day_text(date(2026, 11, 24)))
    assert error.text == Text("Son gün 24.11.2026.", "The last day was 24 Nov 2026.")
    assert error.repair.en == "24 Nov 2026 is over."
