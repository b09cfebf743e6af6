"""The tables of docs/lifecycle.md, written from the code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from enum import Enum
from types import ModuleType
from typing import Any

from ulak.lifecycle import effects
from ulak.lifecycle.machine import Row
from ulak.lifecycle.policy import DEFAULT, Backoff, Policy
from ulak.lifecycle.problems import PROBLEMS
from ulak.lifecycle.reports import shown


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


def reactions_table(*codes: tuple[Iterable[Any], bool]) -> str:
    """One line for each result code of the e-Arşiv service: what it asks for, and why."""
    lines = [
        f"| {shown(rule.code, is_send=is_send)} | {rule.reaction.value} | {rule.why} |"
        for rules, is_send in codes
        for rule in rules
    ]
    return "| code | reaction | why |\n|---|---|---|\n" + "\n".join(lines)


def problems_table() -> str:
    """One line for each code."""
    lines = [f"| `{code}` | {problem.text.en} | {problem.repair.en} |" for code, problem in PROBLEMS.items()]
    return "| code | means | to do |\n|---|---|---|\n" + "\n".join(lines)


def effects_table(rooms: Iterable[ModuleType]) -> str:
    """One line for each effect: what the shell does."""
    found = {name: value for room in (effects, *rooms) for name, value in vars(room).items() if _is_effect(room, value)}
    lines = [
        f"| `{name}` | {_said(value)} | {'outside' if value in effects.OUTSIDE else ''} |"
        for name, value in sorted(found.items())
    ]
    return "| effect | the shell does | |\n|---|---|---|\n" + "\n".join(lines)


def _is_effect(room: ModuleType, value: object) -> bool:
    if not isinstance(value, type) or not hasattr(value, "_fields"):
        return False
    said = value.__doc__ or ""
    return said.startswith("Effect: ") or (room is effects and value not in (effects.Woke, effects.Resumed))


def _said(value: type) -> str:
    said = " ".join((value.__doc__ or "").split(" Attributes:")[0].split()).removeprefix("Effect: ")
    return said[0].upper() + said[1:]


def policy_table() -> str:
    """One line for each time and count."""
    body = (Policy.__doc__ or "").split("Attributes:\n")[1]
    meanings = re.findall(r"^        ([a-z_, ]+): (.+)$", body, re.MULTILINE)
    lines = [f"| {_names(names)} | {_values(names)} | {meaning} |" for names, meaning in meanings]
    return "| name | value | meaning |\n|---|---|---|\n" + "\n".join(lines)


def _names(names: str) -> str:
    return ", ".join(f"`{name}`" for name in names.split(", "))


def _values(names: str) -> str:
    return ", ".join(_value(getattr(DEFAULT, name)) for name in names.split(", "))


def _value(value: object) -> str:
    if isinstance(value, Backoff):
        return f"{_value(value.first)} × {value.factor:g}ⁿ ≤ {_value(value.cap)}"
    if not isinstance(value, timedelta):
        return str(value)
    seconds = value.total_seconds()
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds % size == 0 and seconds >= size and (unit != "d" or seconds > size):
            return f"{seconds / size:g} {unit}"
    return f"{seconds:g} s"
