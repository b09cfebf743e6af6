"""What an XSD lets stand in the elements that hold nothing but a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from lxml import etree

from ulak.rules.schemas import XSD, SchemaSet

__all__ = ["LeafKind", "LeafTypes"]

LeafKind = Literal["text", "decimal", "time", ""]
"""Any text, any decimal, any time of the day; "" is what is bound in another way, or is not known."""

_X: Final = f"{{{XSD}}}"
_BUILT_IN: Final[dict[str, LeafKind]] = {
    "string": "text",
    "normalizedString": "text",
    "decimal": "decimal",
    "time": "time",
}
_TYPES: Final = (f"{_X}complexType", f"{_X}simpleType")
_HARMLESS: Final = frozenset({f"{_X}annotation", f"{_X}attribute"})
_BINDING: Final = (f"{_X}key", f"{_X}keyref", f"{_X}unique", f"{_X}redefine")
_DEEPEST: Final = 20


class LeafTypes:
    """The kinds of leaves by a pack's XSDs. Where several files declare a name, all of them must agree."""

    def __init__(self, schemas: SchemaSet) -> None:
        self._trees = [(xsd.namespace, xsd.tree) for xsd in schemas.xsds.values()]
        self._is_bound = any(next(tree.iter(*_BINDING), None) is not None for _, tree in self._trees)
        self._known: dict[str, LeafKind] = {}

    def of(self, tag: str) -> LeafKind:
        """The kind of the elements of an expanded name."""
        if tag not in self._known:
            self._known[tag] = "" if self._is_bound else self._declared(etree.QName(tag))
        return self._known[tag]

    def _declared(self, name: etree.QName) -> LeafKind:
        found = [element for tree in self._of(name.namespace) for element in tree.iter(f"{_X}element")]
        named = [element for element in found if element.get("name") == name.localname]
        # What stands inside of a type is declared for that place alone.
        is_plain = all(
            element.getparent() in self._of(name.namespace) and element.get("fixed") is None for element in named
        )
        return _agreed([self._type(element, element.get("type"), 0) for element in named]) if is_plain else ""

    def _of(self, namespace: str | None) -> list[etree._Element]:
        return [tree for own, tree in self._trees if own == (namespace or "")]

    def _type(self, place: etree._Element, written: str | None, depth: int) -> LeafKind:
        prefix, _, local = (written or "").rpartition(":")
        namespace = place.nsmap.get(prefix or None)
        if namespace == XSD:
            return _BUILT_IN.get(local, "")
        if written is None or depth > _DEEPEST:
            return ""
        named = [one for tree in self._of(namespace) for one in tree.iterchildren(*_TYPES) if one.get("name") == local]
        return _agreed([self._derived(one, depth) for one in named])

    def _derived(self, type: etree._Element, depth: int) -> LeafKind:
        """The kind of a type that only adds attributes to another one."""
        for inner in _content(type):
            if inner.tag == f"{_X}simpleContent":
                return self._derived(inner, depth)
            if inner.tag in (f"{_X}extension", f"{_X}restriction"):
                is_harmless = all(child.tag in _HARMLESS for child in inner.iterchildren("*"))
                return self._type(inner, inner.get("base"), depth + 1) if is_harmless else ""
        return ""


def _content(type: etree._Element) -> Iterator[etree._Element]:
    return (child for child in type.iterchildren("*") if child.tag not in _HARMLESS)


def _agreed(kinds: list[LeafKind]) -> LeafKind:
    return kinds[0] if kinds and len(set(kinds)) == 1 else ""
