"""What an XSD lets stand in the elements that hold nothing but a text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final, Literal, NamedTuple

from lxml import etree

from ulak.rules.schemas import XSD, SchemaSet

__all__ = ["LeafKind", "LeafTypes"]

LeafKind = Literal["text", "decimal", "time", ""]
"""Any text, any decimal, any time of the day; "" is what is bound in another way, or is not known."""

_X: Final = f"{{{XSD}}}"
_BUILT_IN: Final[dict[str, LeafKind]] = {
    f"{_X}string": "text",
    f"{_X}normalizedString": "text",
    f"{_X}decimal": "decimal",
    f"{_X}time": "time",
}
_UNKNOWN: Final = frozenset({""})
_TYPES: Final = (f"{_X}complexType", f"{_X}simpleType")
_HARMLESS: Final = frozenset({f"{_X}annotation", f"{_X}attribute"})
_BINDING: Final = (f"{_X}key", f"{_X}keyref", f"{_X}unique", f"{_X}redefine")
_DEEPEST: Final = 20


class _Declared(NamedTuple):
    """What all files of a pack declare, by expanded names; where several do, all of it.

    Attributes:
        elements: element → its types; "" for one that is no global element of a named type.
        types: type → the types that it only adds attributes to; "" for one that does anything else.
        is_bound: whether values are bound to each other.
    """

    elements: dict[str, set[str]]
    types: dict[str, set[str]]
    is_bound: bool


class LeafTypes:
    """The kinds of leaves by a pack's XSDs. Where several files declare a name, all of them must agree."""

    def __init__(self, schemas: SchemaSet) -> None:
        self._schemas = schemas

    def of(self, tag: str) -> LeafKind:
        """The kind of the elements of an expanded name."""
        declared = self._declared
        if declared.is_bound:
            return ""
        return _agreed(self._kind(type, 0) for type in declared.elements.get(tag, _UNKNOWN))

    def _kind(self, type: str, depth: int) -> LeafKind:
        if type.startswith(_X) or depth > _DEEPEST:
            return _BUILT_IN.get(type, "")
        return _agreed(self._kind(base, depth + 1) for base in self._declared.types.get(type, _UNKNOWN))

    @cached_property
    def _declared(self) -> _Declared:
        elements: dict[str, set[str]] = {}
        types: dict[str, set[str]] = {}
        is_bound = False
        for xsd in self._schemas.xsds.values():
            tree = xsd.tree
            is_bound = is_bound or next(tree.iter(*_BINDING), None) is not None
            for element in tree.iter(f"{_X}element"):
                # What stands inside of a type is declared for that place alone.
                is_plain = element.getparent() is tree and element.get("fixed") is None
                name = f"{{{xsd.namespace}}}{element.get('name')}"
                elements.setdefault(name, set()).add(_named(element, "type") if is_plain else "")
            for type in tree.iterchildren(*_TYPES):
                types.setdefault(f"{{{xsd.namespace}}}{type.get('name')}", set()).add(_base(type))
        return _Declared(elements, types, is_bound)


def _base(type: etree._Element) -> str:
    """The type that a type only adds attributes to."""
    for inner in type.iterchildren("*"):
        if inner.tag == f"{_X}simpleContent":
            return _base(inner)
        if inner.tag in (f"{_X}extension", f"{_X}restriction"):
            is_harmless = all(child.tag in _HARMLESS for child in inner.iterchildren("*"))
            return _named(inner, "base") if is_harmless else ""
        if inner.tag not in _HARMLESS:
            break
    return ""


def _named(element: etree._Element, attribute: str) -> str:
    """The expanded name that an attribute has as its value; "" if there is none."""
    prefix, _, local = element.get(attribute, "").rpartition(":")
    return f"{{{element.nsmap.get(prefix or None, '')}}}{local}" if local else ""


def _agreed(kinds: Iterable[LeafKind]) -> LeafKind:
    found = set(kinds)
    return found.pop() if len(found) == 1 else ""
