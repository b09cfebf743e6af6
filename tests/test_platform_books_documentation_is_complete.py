"""docs/ledger-exchange.md says what the sources say."""

from __future__ import annotations

import re
from pathlib import Path

from ulak.lifecycle import ledgers as law
from ulak.wire import edefter
from ulak_server.exchange.ledgers.problems import PROBLEMS

PAGE = (Path(__file__).parents[1] / "docs" / "ledger-exchange.md").read_text("utf-8")


def test_every_code_of_gibs_stands_there_with_its_reaction() -> None:
    found = re.findall(r"^\| (\d{3}) \| (.+?) \| ([a-z]+) \| (.+?) \|$", PAGE, re.MULTILINE)
    tables = ((edefter.SEND, law.SEND), (edefter.RECEIVE, law.RECEIVE), (edefter.STATUS, law.STATUS))
    assert found == [
        (str(row.number), row.label, rules[row.number].reaction.value, row.repair.en)
        for table, rules in tables
        for row in table.rows
    ]


def test_every_problem_stands_there_with_its_repair() -> None:
    found = re.findall(r"^\| `(ledger-exchange\.[a-z-]+)` \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
    assert found == [(code, problem.text.en, problem.repair.en) for code, problem in PROBLEMS.items()]


def test_every_sentence_is_there_in_both_languages() -> None:
    for code, problem in PROBLEMS.items():
        for text in (problem.text, problem.repair):
            assert text.tr.strip(), code
            assert text.en.strip(), code
            assert set(re.findall(r"{(\w+)}", text.tr)) == set(re.findall(r"{(\w+)}", text.en)), code
