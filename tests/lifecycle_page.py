"""The tables of docs/lifecycle.md, written from the code."""

from __future__ import annotations

from enum import Enum
from typing import Any

from ulak.lifecycle.machine import Row
from ulak.lifecycle.problems import PROBLEMS


def rows_table(rows: tuple[Row, ...]) -> str:
    """One line for each row of a machine."""
    head = "| at | happens | then | does | source |\n|---|---|---|---|---|\n"
    return head + "\n".join(_row(row) for row in rows)


def _row(row: Row) -> str:
    at = ", ".join(stage.value for stage in row.stages)
    return f"| {at} | {row.on.value} | {row.to.value if row.to else '='} | {_words(row.do)} | {row.source} |"


def _words(do: Any) -> str:
    return str(do.__name__).replace("_", " ")


def stages_table(stages: type[Enum], sentences: Any) -> str:
    """One line for each stage: its word, whether it is the end, and what a person reads."""
    lines = [
        f"| {stage.value} | {'end' if getattr(stage, 'is_final', False) else ''} | {sentences[stage].tr} "
        f"| {sentences[stage].en} |"
        for stage in stages
    ]
    return "| stage | | Turkish | English |\n|---|---|---|---|\n" + "\n".join(lines)


def problems_table() -> str:
    """One line for each code."""
    lines = [f"| `{code}` | {problem.text.en} | {problem.repair.en} |" for code, problem in PROBLEMS.items()]
    return "| code | means | to do |\n|---|---|---|\n" + "\n".join(lines)
