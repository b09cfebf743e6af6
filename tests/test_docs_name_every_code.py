"""Every stable code that the sources know stands on a page of docs/, the tables of codes as they are in the sources."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ulak.xml
from ulak.rules import problems
from ulak.rules.advice.table import RULES

HOME = Path(__file__).parents[1]
SOURCES = HOME / "src"
CODE = re.compile(r"[a-z]+(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+")
OTHERS = re.compile(r"ulak\..*|wsgi\..*|.*\.(txt|toml|xml|zip|py|json|html|css|js|csv|pem|log|db|sqlite|example)")
"""Modules, files and what servers hand to Django, which are written alike."""


def literals(source: str) -> Iterator[str]:
    """What stands where codes do: a key of a table, the first of a row, the first or ``code=`` argument of a call."""
    for node in ast.walk(ast.parse(source)):
        places: list[ast.expr | None] = []
        if isinstance(node, ast.Dict):
            places = list(node.keys)
        elif isinstance(node, ast.Tuple):
            places = list(node.elts[:1])
        elif isinstance(node, ast.Call):
            places = [*node.args[:1], *(word.value for word in node.keywords if word.arg == "code")]
        for place in places:
            if isinstance(place, ast.Constant) and isinstance(place.value, str):
                yield place.value


@cache
def codes() -> Mapping[str, set[str]]:
    """The codes of each package, by it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in SOURCES.rglob("*.py"):
        package = path.relative_to(SOURCES).parts[0]
        said = literals(path.read_text("utf-8"))
        found[package] |= {code for code in said if CODE.fullmatch(code) and not OTHERS.fullmatch(code)}
    return found


@cache
def pages() -> str:
    return "\n".join(path.read_text("utf-8") for path in (HOME / "docs").rglob("*.md"))


@pytest.mark.parametrize("package", sorted(path.name for path in SOURCES.iterdir() if (path / "__init__.py").exists()))
def test_every_code_stands_on_a_page(package: str) -> None:
    missing = [code for code in codes()[package] if f"`{code}`" not in pages() and f"## {code}\n" not in pages()]
    assert sorted(missing) == []


def test_the_codes_of_the_sources_are_found() -> None:
    assert {"seal.no-place", "wire.timeout", "xml.dtd", "pack.not-zip", "cli.usage"} <= codes()["ulak"]


def rows(page: str, room: str) -> dict[str, str]:
    found = re.findall(
        rf"^\| `({room}\.[a-z.-]+)` \| (.+?) \|", (HOME / "docs" / page).read_text("utf-8"), re.MULTILINE
    )
    return dict(found)


TABLES: list[tuple[str, str, dict[str, Any]]] = [
    ("findings.md", "advice", {code: rule.message for code, rule in RULES.items()}),
    ("findings.md", "xml", {code: said[0] for code, said in ulak.xml._PROBLEMS.items()}),
    ("packs.md", "pack", {code: said[0] for code, said in problems._PROBLEMS.items()}),
]


@pytest.mark.parametrize(("page", "room", "table"), TABLES, ids=[room for _, room, _ in TABLES])
def test_a_page_says_what_the_sources_say(page: str, room: str, table: Mapping[str, Any]) -> None:
    assert rows(page, room) == {code: text.en for code, text in table.items()}
