"""docs/delivery.md says what the sources say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ulak.errors import Table
from ulak_server.delivery.kinds import KINDS, SOURCES
from ulak_server.delivery.stages import Stage
from ulak_server.delivery.words import OUTCOMES, PROBLEMS

PAGE = (Path(__file__).parents[1] / "docs" / "delivery.md").read_text("utf-8")
_SENT_BY = {"never": "", "once": "at once", "daily": "daily"}


@pytest.mark.parametrize(
    ("table", "rooms"), [(PROBLEMS, "delivery|link|notification|webhook"), (OUTCOMES, "mail|webhook")]
)
def test_every_code_stands_there_with_its_repair(table: Table, rooms: str) -> None:
    found = re.findall(rf"^\| `((?:{rooms})\.[a-z-]+)` \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
    told = {code: (text, repair) for code, text, repair in found if code in table}
    assert told == {code: (problem.text.en, problem.repair.en) for code, problem in table.items()}


def test_every_event_stands_there_with_what_is_usual() -> None:
    rows = re.findall(r"^\| `([a-z.-]+)` \| ([^|]+) \| (yes|) \| ([a-z ]*) \| (yes|) \| (.+) \|$", PAGE, re.MULTILINE)
    told = {name: (about, bool(shown), mail.strip(), bool(hooks)) for name, about, shown, mail, hooks, _ in rows}
    assert told == {
        name: (kind.name.en, kind.shown, _SENT_BY[kind.mail], kind.for_hooks) for name, kind in KINDS.items()
    }
    sources = {name: set(re.findall(r"`([a-z.-]+)`", last)) for name, *_, last in rows}
    for what, fitting in SOURCES.items():
        assert all(what in sources[source.kind] for source in fitting), what


def test_every_stage_stands_there() -> None:
    table = PAGE.partition("### A message is sent once")[2].partition("\n### ")[0]
    assert {str(stage) for stage in Stage} <= set(re.findall(r"`([a-z-]+)`", table))


def test_every_sentence_is_there_in_both_languages() -> None:
    for problem in (*PROBLEMS.values(), *OUTCOMES.values()):
        for text in (problem.text, problem.repair):
            assert text.tr.strip()
            assert text.en.strip()
            assert set(re.findall(r"{(\w+)}", text.tr)) == set(re.findall(r"{(\w+)}", text.en))
