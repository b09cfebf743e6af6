"""Every kind of bad accounting export is told by exactly the findings it deserves."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger_entries import entries
from ulak.errors import UlakError
from ulak.ledger.checking import Checked, Expected, check
from ulak.ledger.intake import FileForm, look_at, take_in
from ulak.ledger.values import Month

FOLDER = Path(__file__).parent / "corpus" / "ledger"
ENTRIES: list[dict[str, Any]] = tomllib.loads((FOLDER / "manifest.toml").read_text(encoding="utf-8"))["file"]
REFUSED = [one for one in ENTRIES if "raises" in one]
TAKEN = [one for one in ENTRIES if "raises" not in one]


def expected(entry: dict[str, Any]) -> Expected:
    closed = date.fromisoformat(entry["closed_until"]) if "closed_until" in entry else None
    return Expected(Month(2026, 6), date(2026, 7, 15), branch=entry.get("branch", ""), closed_until=closed)


def told(entry: dict[str, Any]) -> Checked:
    path = FOLDER / entry["name"]
    form = FileForm(encoding=entry.get("encoding", "auto"), sheet=entry.get("sheet", ""))
    with entries() as store:
        take_in(store, path, look_at(path, form).mapping)
        return check(store, expected(entry))


def test_every_file_has_a_reason() -> None:
    there = sorted(one.name for one in FOLDER.iterdir() if one.suffix != ".toml")
    assert sorted(one["name"] for one in ENTRIES) == there
    assert all(one["why"] for one in ENTRIES)


@pytest.mark.parametrize("entry", REFUSED, ids=lambda one: one["name"])
def test_a_file_that_cannot_be_used_is_refused_with_a_code(entry: dict[str, Any]) -> None:
    with pytest.raises(UlakError) as caught:
        told(entry)
    assert caught.value.code == entry["raises"]
    assert all((*caught.value.text, *caught.value.repair))


@pytest.mark.parametrize("entry", TAKEN, ids=lambda one: one["name"])
def test_a_file_is_told_by_exactly_its_findings(entry: dict[str, Any]) -> None:
    found = told(entry)
    assert sorted(one.code for one in found.groups) == entry["findings"]
    for group in found.groups:
        assert group.count >= len(group.examples) >= 1
        assert all((*group.text, *group.repair))
