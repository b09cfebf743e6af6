"""Fields of a form as templates draw them, each with what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ulak.errors import Text, UlakError

__all__ = ["Choice", "Group", "Shape", "View", "faults_of", "groups_of", "ids_of"]


class Choice(NamedTuple):
    """One value of a list to choose from."""

    value: str
    label: Text


class Shape(NamedTuple):
    """How a field is drawn.

    Attributes:
        kind: of the input; ``area`` for several lines.
        choices: a list to choose from, instead of an input.
        list: id of a datalist on the page.
    """

    kind: str = "text"
    hint: Text | None = None
    choices: Sequence[Choice] = ()
    required: bool = False
    inputmode: str = ""
    maxlength: int = 400
    placeholder: str = ""
    list: str = ""
    is_wide: bool = False


class View(NamedTuple):
    """A field with its value and what is wrong with it."""

    name: str
    label: Text
    value: str
    shape: Shape
    fault: Text | None


class Group(NamedTuple):
    """Fields that belong together."""

    heading: Text
    fields: Sequence[View]


def faults_of(error: UlakError | None) -> dict[str, Text]:
    """What is wrong with each field, with what to do about it."""
    if error is None:
        return {}
    found: dict[str, Text] = {}
    for one in getattr(error, "errors", ()) or (error,):
        name = one.where.strip("/").replace("/", "_")
        found.setdefault(name, Text(f"{one.text.tr} {one.repair.tr}", f"{one.text.en} {one.repair.en}"))
    return found


def groups_of(
    layout: Iterable[tuple[Text, Sequence[str]]],
    labels: Mapping[str, Text],
    values: Any,
    shapes: Mapping[str, Shape],
    error: UlakError | None,
) -> list[Group]:
    """The fields of a form in their groups.

    Args:
        values: a form with an attribute for each field.
    """
    faults = faults_of(error)
    plain = Shape()
    return [
        Group(
            heading,
            [
                View(name, labels[name], str(getattr(values, name)), shapes.get(name, plain), faults.get(name))
                for name in names
            ],
        )
        for heading, names in layout
    ]


def ids_of(text: str) -> list[int]:
    """Numbers of rows, as pages hand them on: ``3,7,12``; what is none is left out."""
    return [int(one) for one in text.split(",")[:500] if one.isascii() and one.isdigit() and len(one) < 18]
