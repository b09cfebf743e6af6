"""Every code of trust stands in docs/trust.md with what it means, and every sentence exists in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ulak.seal.errors import Problem
from ulak.seal.trust import problems, stamp_problems
from ulak.seal.trust.reasons import REASONS
from ulak.seal.trust.words import Words

PAGE = (Path(__file__).parent.parent / "docs" / "trust.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `((?:trust|timestamp)\.[a-z0-9-]+)` \| ([^|]+) \|", PAGE, re.MULTILINE))
ALL: dict[str, Words | Problem] = {**REASONS, **problems._PROBLEMS, **stamp_problems._PROBLEMS}
PLACES = re.compile(r"\{(\w+)")


def test_the_page_lists_every_code_with_its_sentence_and_no_other() -> None:
    assert {code: words.text.en for code, words in ALL.items()} == ROWS


def test_no_code_means_two_things() -> None:
    assert len(ALL) == len(REASONS) + len(problems._PROBLEMS) + len(stamp_problems._PROBLEMS)


@pytest.mark.parametrize("code", ALL)
def test_a_sentence_says_the_same_in_both_languages_and_what_to_do(code: str) -> None:
    words = ALL[code]
    for said in (words.text, words.repair):
        assert said.tr.strip()
        assert said.en.strip()
        assert sorted(PLACES.findall(said.tr)) == sorted(PLACES.findall(said.en))
    assert words.text.tr != words.text.en
    assert words.repair.tr.endswith((".", "}"))
    assert words.repair.en.endswith((".", "}"))


def test_every_code_is_used() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path(problems.__file__).parent.glob("*.py"))
    built = {f"trust.{kind}-{what}" for kind in ("crl", "ocsp") for what in ("from-future", "stale", "after-expiry")}
    for code in ALL:
        assert source.count(f'"{code}"') >= 2 or code in built, code
