"""Every code of time stamps and evidence is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ulak.seal.levels.problems import PROBLEMS

PAGE = Path(__file__).parents[1] / "docs" / "long-term-seals.md"
ROWS = dict(re.findall(r"^\| `([a-z0-9.-]+)` \| .* \| (yes|no) \|$", PAGE.read_text("utf-8"), re.MULTILINE))


def test_the_page_has_every_code_and_no_other() -> None:
    assert set(ROWS) == set(PROBLEMS)


@pytest.mark.parametrize("code", PROBLEMS)
def test_the_page_says_what_may_succeed_later(code: str) -> None:
    assert (ROWS[code] == "no") is PROBLEMS[code].permanent


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_code_says_what_and_what_to_do_in_both_languages(code: str) -> None:
    text, repair, _ = PROBLEMS[code]
    assert all((*text, *repair))
    assert text.tr != text.en
    assert sorted(re.findall(r"{(\w+)}", text.tr)) == sorted(re.findall(r"{(\w+)}", text.en))
