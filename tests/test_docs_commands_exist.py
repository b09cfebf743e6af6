"""Every `ulak …` line that the documentation gives to copy names a command that exists, with options that it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from ulak.cli.app import app
from ulak.cli.plugins import plugin_names

HOME = Path(__file__).parents[1]
PAGES = [HOME / "README.md", HOME / "README.tr.md", *sorted((HOME / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^ *```[a-z]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\s*(?:\$ )?ulak (.+)$", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]*")
EVERYWHERE = frozenset({"--lang", "--help", "--version"})


@cache
def root() -> Any:
    group: Any = typer.main.get_command(app)
    for name in plugin_names():
        group.add(name)
    return group


def examples(page: Path) -> Iterator[str]:
    for block in BLOCK.findall(page.read_text("utf-8")):
        for line in COMMAND.findall(block.replace("\\\n", " ")):
            yield re.split(r"\s#|\s{2,}|\s[|>&]\s|;|…", line)[0]


def leaf(line: str) -> tuple[Any, list[str]]:
    """The command that a line calls, and the words that name it."""
    command = root()
    named: list[str] = []
    for word in line.split():
        if word in EVERYWHERE or (named == [] and word in ("tr", "en")):
            continue
        if not (inner := getattr(command, "commands", {})):
            break
        assert word in inner, f"ulak {' '.join([*named, word])}"
        command = inner[word]
        named.append(word)
    return command, named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_to_be_copied_can_be_called(page: Path) -> None:
    for line in examples(page):
        command, named = leaf(line)
        known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
        odd = set(OPTION.findall(line)) - known - EVERYWHERE
        assert not odd, (named, odd)


def test_examples_are_found() -> None:
    found = [line for page in PAGES for line in examples(page)]
    assert len(found) > 100
    assert any(line.startswith("api-key new --taxpayer") for line in found)
