"""Every code that keeps a document from being sealed stands in docs/seals.md with what it means, and is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ulak.seal import problems

PAGE = (Path(__file__).parent.parent / "docs" / "seals.md").read_text(encoding="utf-8")
SOURCES = Path(problems.__file__).parent.glob("*.py")
PLACES = re.compile(r"\{(\w+)")


def test_the_page_lists_every_code_with_its_sentence_and_no_other() -> None:
    rows = dict(re.findall(r"^\| `(seal\.[a-z-]+)` \| (.+) \|$", PAGE, re.MULTILINE))
    assert rows == {code: problem.text.en for code, problem in problems._PROBLEMS.items()}


@pytest.mark.parametrize("code", problems._PROBLEMS)
def test_a_sentence_says_the_same_in_both_languages(code: str) -> None:
    said = problems._PROBLEMS[code].text
    assert said.tr != said.en
    assert sorted(PLACES.findall(said.tr)) == sorted(PLACES.findall(said.en))


def test_every_code_is_used() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    assert [code for code in problems._PROBLEMS if source.count(f'"{code}"') < 2] == []
