"""The page on the wire lists every code as it is, and every sentence is there in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ulak.wire import Outcome, Result, earsiv, edefter, efatura
from ulak.wire.problems import PROBLEMS

PAGE = (Path(__file__).parents[1] / "docs" / "wire.md").read_text("utf-8")
TABLES = (efatura.FAULTS, earsiv.SEND, earsiv.USERS, earsiv.STATUS, edefter.SEND, edefter.RECEIVE, edefter.STATUS)
RESULTS = [row for table in TABLES for row in table.rows]


def again(permanent: bool) -> str:
    return "no" if permanent else "yes"


def test_the_page_lists_ulaks_codes_as_they_are() -> None:
    listed = re.findall(r"^\| `(wire\.[a-z0-9-]+)` \| (.+) \| (yes|no) \|$", PAGE, re.MULTILINE)
    assert listed == [(code, problem.text.en, again(problem.permanent)) for code, problem in PROBLEMS.items()]


def row_of(result: Result) -> tuple[str, str, str, str, str]:
    meaning = result.text.en + ("" if result.in_guide else " (not in the guide)")
    tried = again(result.permanent) if result.outcome is Outcome.ERROR else "-"
    return result.code, str(result.number), result.label, meaning, tried


def test_the_page_lists_gibs_codes_as_they_are() -> None:
    pattern = r"^\| `(wire\.[a-z]+\.[a-z0-9.]+)` \| (\d+) \| (.+) \| (.+) \| (yes|no|-) \|$"
    assert re.findall(pattern, PAGE, re.MULTILINE) == [row_of(result) for result in RESULTS]


def test_no_code_is_given_twice() -> None:
    codes = [*PROBLEMS, *(result.code for result in RESULTS)]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_code_says_what_is_wrong_and_what_to_do_in_both_languages(code: str) -> None:
    text, repair, _permanent = PROBLEMS[code]
    assert all((text.tr, text.en, repair.tr, repair.en))
    assert text.tr != text.en
    assert set(re.findall(r"\{\w+\}", text.tr)) == set(re.findall(r"\{\w+\}", text.en))
    assert all(sentence.endswith((".", "}", ")")) for sentence in (*text, *repair))


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.code)
def test_a_result_says_what_is_wrong_and_what_to_do_in_both_languages(result: Result) -> None:
    assert all((result.label, result.text.tr, result.text.en, result.repair.tr, result.repair.en))
    assert result.text.tr != result.text.en
    assert all(sentence.endswith((".", ")")) for sentence in (*result.text, *result.repair))
    assert f".{result.number:03}" in result.code or f".{result.number}" in result.code
