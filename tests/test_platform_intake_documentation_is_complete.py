"""docs/intake.md says what the sources say."""

from __future__ import annotations

import re
from pathlib import Path

from ulak_server.documents import batch_problems, problems, splitting
from ulak_server.documents.intake import LONGEST_KEY, Options

PAGE = (Path(__file__).parents[1] / "docs" / "intake.md").read_text("utf-8")


def test_every_code_stands_there_with_its_words() -> None:
    found = dict(re.findall(r"^\| `((?:intake|batch)\.[a-z-]+)` \| (.+?) \| ", PAGE, re.MULTILINE))
    tables = {**problems.PROBLEMS, **batch_problems.PROBLEMS}
    assert found == {code: problem.text.en.replace("{{", "{").replace("}}", "}") for code, problem in tables.items()}


def test_sentences_are_there_in_both_languages_and_name_the_same_facts() -> None:
    for code, problem in {**problems.PROBLEMS, **batch_problems.PROBLEMS}.items():
        for text in (problem.text, problem.repair):
            assert text.tr, code
            assert text.en, code
            assert set(re.findall(r"{(\w+)}", text.tr)) == set(re.findall(r"{(\w+)}", text.en)), code


def test_options_and_limits_are_those_of_the_sources() -> None:
    for name in ("erp_key", "series", "branch", "alias", "sender_alias", "priority"):
        assert name in Options._fields
        assert f"| `{name}` |" in PAGE
    assert f"at most {LONGEST_KEY} printable" in PAGE
    assert f"{splitting.BIGGEST // 2**20} MiB" in PAGE
    assert f"{splitting.MOST:_}".replace("_", " ") in PAGE
    assert f"{splitting.DENSEST} times" in PAGE
