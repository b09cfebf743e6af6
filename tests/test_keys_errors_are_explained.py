"""Every error of a key is documented, says the same in both languages, and says what to do."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from ulak.seal.keys.problems import PROBLEMS

DOCUMENT = (Path(__file__).parents[1] / "docs" / "keys.md").read_text("utf-8")
ROWS = [line.split("|") for line in DOCUMENT.splitlines() if line.startswith("| `key.")]
DOCUMENTED = {code: row[3].strip() == "yes" for row in ROWS for code in re.findall(r"`(key\.[a-z0-9-]+)`", row[1])}


def facts(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", PROBLEMS)
def test_an_error_is_documented_with_whether_it_passes(code: str) -> None:
    assert DOCUMENTED[code] == (not PROBLEMS[code].permanent)


@pytest.mark.parametrize("code", PROBLEMS)
def test_both_languages_tell_the_same_facts_and_a_repair(code: str) -> None:
    text, repair, _ = PROBLEMS[code]
    assert facts(text.tr) == facts(text.en)
    assert facts(repair.tr) == facts(repair.en)
    assert text.tr != text.en
    assert repair.tr
    assert repair.en


def test_no_error_is_documented_that_there_is_not() -> None:
    assert set(DOCUMENTED) - set(PROBLEMS) == {"key.unsupported"}
