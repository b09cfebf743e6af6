"""The page on sealed messages lists every code with its sentence, and every sentence is there in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ulak.seal.wssecurity.problems import PROBLEMS

PAGE = (Path(__file__).parents[1] / "docs" / "ws-security.md").read_text("utf-8")


def test_the_page_lists_the_codes_as_they_are() -> None:
    listed = dict(re.findall(r"^\| `(soap\.[a-z0-9-]+)` \| (.+) \|$", PAGE, re.MULTILINE))
    assert listed == {code: problem.text.en for code, problem in PROBLEMS.items()}


@pytest.mark.parametrize("code", PROBLEMS)
def test_a_code_says_what_is_wrong_and_what_to_do_in_both_languages(code: str) -> None:
    text, repair, _permanent = PROBLEMS[code]
    assert all((text.tr, text.en, repair.tr, repair.en))
    assert text.tr != text.en
    assert set(re.findall(r"\{\w+\}", text.tr)) == set(re.findall(r"\{\w+\}", text.en))
    assert all(sentence.endswith((".", "}", ")")) for sentence in (*text, *repair))
