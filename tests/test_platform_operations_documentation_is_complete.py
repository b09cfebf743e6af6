"""docs/platform.md and docs/operations.md say what the sources say."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from procrastinate.contrib.django import app
from prometheus_client.metrics import MetricWrapperBase

import ulak_server
from ulak.errors import Problem
from ulak_server import meters
from ulak_server.environment import VARIABLES
from ulak_server.operations import exposition, supervisor, web
from ulak_server.operations import problems as found
from ulak_server.problems import PROBLEMS

DOCS = Path(__file__).parents[1] / "docs"
PLATFORM, OPERATIONS = ((DOCS / name).read_text("utf-8") for name in ("platform.md", "operations.md"))


def rows(page: str, name: str) -> dict[str, tuple[str, str]]:
    """The rows of a table whose first cell is a code like ``name``: its other two cells."""
    found = re.findall(rf"^\| `({name})` \| (.+?) \| (.+) \|$", page, re.MULTILINE)
    return {code: (second, third.replace("\\|", "|")) for code, second, third in found}


def test_every_variable_stands_there_with_its_default_and_meaning() -> None:
    told = rows(PLATFORM, "[A-Z_]+")
    shown = {None: "**required**", "": "–"}
    assert told == {one.name: (shown.get(one.default, f"`{one.default}`"), one.about.en) for one in VARIABLES}


@pytest.mark.parametrize(
    ("page", "name", "table"),
    [(PLATFORM, "(?:environment|database|serve)[a-z.-]+", PROBLEMS), (OPERATIONS, r"doctor\.[a-z-]+", found.PROBLEMS)],
    ids=["platform", "doctor"],
)
def test_every_error_stands_there_with_its_repair(page: str, name: str, table: Mapping[str, Problem]) -> None:
    assert rows(page, name) == {code: (problem.text.en, problem.repair.en) for code, problem in table.items()}


def test_every_metric_stands_there() -> None:
    documented = {name.removesuffix("_total") for name in re.findall(r"^\| `(ulak_[a-z_]+)`", OPERATIONS, re.MULTILINE)}
    every = (one for one in vars(meters).values() if isinstance(one, MetricWrapperBase))
    counted = {metric.name for one in every for metric in one.describe()}
    source = Path(exposition.__file__).read_text("utf-8")
    assert documented == counted | set(re.findall(r'"(ulak_[a-z_]+)"', source))


def test_the_housekeeping_stands_there() -> None:
    own = {name.rpartition(".")[2] for name, _ in app.periodic_registry.periodic_tasks if ".operations." in name}
    assert own == set(re.findall(r"^\| `([a-z_]+)` \| [^|]*[0-9a-z] \|", OPERATIONS, re.MULTILINE)) - {"part"}


def events() -> set[str]:
    """What calls of loggers in the sources say first."""
    verbs = {"info", "warning", "error", "exception"}
    found: set[str] = set()
    for path in Path(ulak_server.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in verbs):
                continue
            if node.args and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    return found


def test_every_event_of_the_log_stands_there() -> None:
    table = OPERATIONS.partition("### Log events")[2].partition("\n## ")[0]
    computed = {"request.failed", "request.slow", "api.failed", "api.unavailable"}
    assert {"worker.started", "batch.item-failed"} <= events()
    assert set(re.findall(r"^\| `([a-z.-]+)` \|", table, re.MULTILINE)) == events() | computed


def test_figures_are_those_of_the_sources() -> None:
    assert f"after {supervisor.GRACE:.0f} s what still runs is killed" in PLATFORM
    assert f"{web.THREADS} at a time each" in PLATFORM
