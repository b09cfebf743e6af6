"""docs/lifecycle.md holds the tables as they are in the code, and every sentence is there in both languages."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from types import ModuleType

import pytest

from lifecycle_page import effects_table, policy_table, problems_table, reactions_table, rows_table, stages_table
from ulak.lifecycle import accounts, answers, documents, envelopes, identities, inbound, ledgers, reports
from ulak.lifecycle.policy import Policy
from ulak.lifecycle.problems import PROBLEMS

PAGE = (Path(__file__).parents[1] / "docs" / "lifecycle.md").read_text("utf-8")
ROOMS = [envelopes, documents, answers, inbound, accounts, reports, ledgers, identities]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__.rsplit(".", 1)[1])
def test_the_page_has_the_tables_as_they_are(room: ModuleType) -> None:
    assert rows_table(room.ROWS) in PAGE
    assert stages_table(room.Stage, room.SENTENCES) in PAGE


def test_the_page_has_the_codes_as_they_are() -> None:
    assert problems_table() in PAGE


def test_the_page_has_the_reactions_as_they_are() -> None:
    assert reactions_table((reports.SEND.values(), True), (reports.STATUS.values(), False)) in PAGE


def test_the_page_has_the_reactions_of_the_ledgers_as_they_are() -> None:
    tables = (ledgers.SEND, ledgers.RECEIVE, ledgers.STATUS)
    assert reactions_table(*((rules.values(), True) for rules in tables)) in PAGE


def test_the_page_has_the_effects_as_they_are() -> None:
    assert effects_table(ROOMS) in PAGE


def test_the_page_has_the_times_as_they_are() -> None:
    assert policy_table() in PAGE
    assert all(f"`{name}`" in policy_table() for name in Policy._fields)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__.rsplit(".", 1)[1])
def test_every_stage_has_its_sentence_in_both_languages(room: ModuleType) -> None:
    stages: type[Enum] = room.Stage
    assert set(room.SENTENCES) == set(stages)
    for text in room.SENTENCES.values():
        assert text.tr != text.en
        assert text.tr.endswith((".", "?"))
        assert text.en.endswith((".", "?"))


def test_every_code_has_words_and_advice_in_both_languages() -> None:
    for problem in PROBLEMS.values():
        assert all((*problem.text, *problem.repair))
        assert problem.text.tr != problem.text.en
