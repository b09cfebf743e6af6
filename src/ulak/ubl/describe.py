"""What a component consists of, for the machinery that reads and writes it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Any, Final, Literal, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from ulak.ubl import values
from ulak.ubl.values import Component

__all__ = ["Attribute", "Kind", "Leaf", "Member", "attributes_of", "members_of"]

Kind = Literal["component", "text", "number", "flag", "date", "time", "datetime", "amount", "measured", "binary"]
Leaf = type[msgspec.Struct]


class Member(NamedTuple):
    """One field of a component.

    Attributes:
        field: the name in Python.
        name: the prefixed name in XML, e.g. ``cbc:ID``.
        kind: what stands in it.
        type: the class of a component or of a leaf with attributes; None for a leaf that never has any.
        repeated: whether it is a tuple.
    """

    field: str
    name: str
    kind: Kind
    type: type[msgspec.Struct] | None
    repeated: bool


class Attribute(NamedTuple):
    """An attribute of a leaf: its field in Python, its name in XML, whether the schema requires it."""

    field: str
    name: str
    required: bool


_PLAIN: Final[tuple[tuple[object, Kind], ...]] = (
    (str, "text"),
    (Decimal, "number"),
    (bool, "flag"),
    (values.Date, "date"),
    (values.Time, "time"),
    (values.DateTime, "datetime"),
)
_LEAVES: Final[dict[Leaf, Kind]] = {
    values.LanguageText: "text",
    values.Code: "text",
    values.Identifier: "text",
    values.Numeric: "number",
    values.Amount: "amount",
    values.Quantity: "measured",
    values.Measure: "measured",
    values.Binary: "binary",
}


@cache
def members_of(component: type[Component]) -> tuple[Member, ...]:
    """The fields of a component in the order of the schema."""
    hints = get_type_hints(component, include_extras=True)
    pairs = zip(component.__struct_fields__, component.__struct_encode_fields__, strict=True)
    return tuple(_member(field, name, hints[field]) for field, name in pairs if field != "kept")


@cache
def attributes_of(leaf: Leaf) -> tuple[Attribute, ...]:
    """The attributes that a leaf may carry."""
    return tuple(Attribute(f.name, f.encode_name, f.required) for f in msgspec.structs.fields(leaf)[1:])


def _member(field: str, name: str, hint: Any) -> Member:
    repeated = get_origin(hint) is tuple
    wanted = get_args(hint)[0] if repeated else hint
    choices = [choice for choice in _choices(wanted) if choice is not NoneType]
    structs = [choice for choice in choices if isinstance(choice, type) and issubclass(choice, msgspec.Struct)]
    if structs:
        return Member(field, name, _LEAVES.get(structs[0], "component"), structs[0], repeated)
    return Member(field, name, next(kind for plain, kind in _PLAIN if plain == choices[0]), None, repeated)


def _choices(hint: Any) -> tuple[Any, ...]:
    # An Annotated hint has arguments too, but is one choice.
    return (hint,) if hasattr(hint, "__metadata__") or not get_args(hint) else get_args(hint)
