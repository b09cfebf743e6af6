"""The page on user lists names every code and every share as it is, and every sentence is there in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ulak.userlist.problems import PROBLEMS
from ulak_center.population import SHARES
from ulak_center.userlists import List
from userlist_cases import FILES, ROWS

PAGE = (Path(__file__).parents[1] / "docs" / "userlists.md").read_text("utf-8")


def test_the_page_lists_the_codes_as_they_are() -> None:
    listed = re.findall(r"^\| `(userlist\.[a-z-]+)` \| (.+) \| (yes|no) \|$", PAGE, re.MULTILINE)
    assert listed == [
        (code, problem.text.en, "no" if problem.permanent else "yes") for code, problem in PROBLEMS.items()
    ]


def test_the_page_tells_the_shares_of_synthetic_taxpayers() -> None:
    listed = re.findall(r"^\| (\d+)(?: of the others)? \| ", PAGE, re.MULTILINE)
    assert [int(one_in) for one_in in listed] == list(SHARES)


def test_the_page_names_every_list() -> None:
    for which in List:
        assert f"`{which}`" in PAGE
        assert f"`{which.inner}`" in PAGE


def test_every_code_has_a_bad_list_or_a_test_that_shows_it() -> None:
    shown = {case.code for case in (*FILES, *ROWS)}
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_userlist_*.py"))
    assert [code for code in PROBLEMS if code not in shown and f'"{code}"' not in tests] == []


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_code_says_what_is_wrong_and_what_to_do_in_both_languages(code: str) -> None:
    text, repair, _permanent = PROBLEMS[code]
    assert all((text.tr, text.en, repair.tr, repair.en))
    assert text.tr != text.en
    assert set(re.findall(r"\{\w+\}", text.tr)) == set(re.findall(r"\{\w+\}", text.en))
    assert all(sentence.endswith((".", ")")) for sentence in (*text, *repair))
