"""Every code of sealing stands in docs/ with what it means, and is used."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import ulak.seal
from ulak.seal import certificates, problems
from ulak.seal.errors import Problem
from ulak.seal.pki.problems import PROBLEMS as PKI
from ulak.seal.trust.words import Words
from ulak.seal.verify import Deviation

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "seals.md").read_text(encoding="utf-8")
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


@pytest.mark.parametrize(
    ("page", "table"), [("pki.md", PKI), ("seals.md", certificates._PROBLEMS)], ids=["pki", "seals"]
)
def test_a_page_lists_a_room_s_codes_with_their_sentences(page: str, table: Mapping[str, Problem]) -> None:
    (room,) = {code.partition(".")[0] for code in table}
    rows = re.findall(rf"^\| `({room}\.[a-z-]+)` \| (.+) \|$", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(rows) == {code: problem.text.en for code, problem in table.items()}


def tables() -> Iterator[Mapping[str, object]]:
    """Whatever any module below `ulak.seal` says by code."""
    for found in pkgutil.walk_packages(ulak.seal.__path__, "ulak.seal."):
        for held in vars(importlib.import_module(found.name)).values():
            if isinstance(held, Mapping) and all(
                isinstance(said, Problem | Words | Deviation) for said in held.values()
            ):
                yield held


def test_no_code_of_any_room_is_missing_from_the_pages() -> None:
    codes = {code for table in tables() for code in table}
    assert {code.partition(".")[0] for code in codes} == {
        *("certificate", "key", "large", "level", "pki", "seal", "soap", "timestamp", "trust")
    }
    pages = "\n".join(page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))
    assert sorted(code for code in codes if f"`{code}`" not in pages and f"## {code}\n" not in pages) == []
