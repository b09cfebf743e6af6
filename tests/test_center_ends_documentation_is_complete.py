"""docs/center-ends.md names every code of GİB's own ends, every probe, wrong call and mark, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from ulak_center.ends import problems
from ulak_center.ends.calls import Mistake
from ulak_center.ends.probes import Kind
from ulak_center.ends.values import Mark
from ulak_center.problems import PROBLEMS as OF_THE_CENTER

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/center-ends.md").read_text(encoding="utf-8")


def rows(section: str) -> set[str]:
    """What the first cells of a section's table name."""
    text = PAGE.split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
    return {
        name for cell in re.findall(r"^\| ([^|]*)\|", text, re.MULTILINE) for name in re.findall(r"`([^`]+)`", cell)
    }


def test_every_code_is_explained_and_exists() -> None:
    assert rows("Errors") == set(problems.PROBLEMS)


def test_every_code_is_raised() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/ulak_center").rglob("*.py"))
    unused = [code for code in problems.PROBLEMS if source.count(f'"{code}"') < 2]
    assert unused == []


def test_codes_are_no_others_codes() -> None:
    assert not set(problems.PROBLEMS) & set(OF_THE_CENTER)


def test_every_probe_is_explained() -> None:
    assert {kind.value for kind in Kind} <= rows("Probes")


def test_every_wrong_call_is_explained() -> None:
    assert {mistake.value for mistake in Mistake} <= rows("Wrong calls")


def test_every_mark_is_explained() -> None:
    assert all(f"`{mark.value}`" in PAGE for mark in Mark if mark.value)
