"""The page on the offices lists every code as it is, and every sentence is there in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from ulak_center.office.ledger_codes import STATUSES
from ulak_center.office.problems import NOTES, REFUSALS

PAGE: Final = (Path(__file__).parents[1] / "docs" / "center-offices.md").read_text("utf-8")


def test_the_page_lists_every_refusal_as_it_is() -> None:
    listed = re.findall(r"^\| `((?:archive|ledger)\.[a-z-]+)` \| (\d+) \| (.+) \|$", PAGE, re.MULTILINE)
    wanted = [(code, str(status), problem.text.en) for code, (status, problem) in REFUSALS.items()]
    assert listed == wanted


def test_the_page_lists_every_note_and_every_status_of_ours() -> None:
    notes = re.findall(r"^\| `([a-z]+\.[a-z-]+)` \| ([^|]+) \|$", PAGE, re.MULTILINE)
    assert notes == [(code, text.en) for code, text in NOTES.items()]
    statuses = re.findall(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
    assert statuses == [(str(status), *text) for status, text in STATUSES.items()]


@pytest.mark.parametrize("code", [*REFUSALS, *NOTES])
def test_every_sentence_has_the_same_facts_in_both_languages(code: str) -> None:
    texts = [REFUSALS[code][1].text, REFUSALS[code][1].repair] if code in REFUSALS else [NOTES[code]]
    for text in texts:
        assert text.tr
        assert sorted(re.findall(r"{\w+}", text.tr)) == sorted(re.findall(r"{\w+}", text.en))
