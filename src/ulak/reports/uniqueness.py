"""Numbers that may stand only once in a report (``xs:unique`` of GİB's schema), held over all pieces of it.

The schema itself sees a piece at a time. Where a piece repeats a number of an earlier one, a stand-in of that is put
before it, so that the schema finds the same fault, in the same words, as in the whole report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from lxml import etree

from ulak.reports.streaming import Node
from ulak.rules.pack import Pack

__all__ = ["Constraint", "Uniqueness", "constraints_of"]

_XS: Final = "{http://www.w3.org/2001/XMLSchema}"


class Constraint(NamedTuple):
    """One rule: elements ``selector`` differ in the text of their child ``field`` (Clark names)."""

    selector: str
    field: str


@cache
def constraints_of(pack: Pack, root: str) -> tuple[Constraint, ...]:
    """The rules that the pack's schema has for a root element."""
    name = etree.QName(root).localname
    path = pack.schemas.declarations[root][0]
    found = pack.schemas.xsds[path].tree.iterfind(f"{_XS}element[@name='{name}']/{_XS}unique")
    return tuple(dict.fromkeys(_constraint(each) for each in found))


def _constraint(unique: Node) -> Constraint:
    selector, field = unique.find(f"{_XS}selector"), unique.find(f"{_XS}field")
    return Constraint(_clark(selector), _clark(field))


def _clark(node: Node | None) -> str:
    if node is None:
        return ""
    prefix, _, name = node.get("xpath", "").strip().rpartition(":")
    return f"{{{node.nsmap.get(prefix or None, '')}}}{name}"


class Uniqueness:
    """What was seen of a report so far."""

    def __init__(self, constraints: Iterable[Constraint]) -> None:
        self._constraints: dict[str, list[tuple[str, set[str]]]] = {}
        for selector, field in constraints:
            self._constraints.setdefault(selector, []).append((field, set()))

    def stand_ins(self, children: Iterable[Node]) -> list[Node]:
        """An element for each number of a piece that an earlier piece held."""
        repeated = {(child.tag, field, key) for child, field, key, seen in self._keys(children) if key in seen}
        return [_stand_in(str(tag), field, key) for tag, field, key in sorted(repeated)]

    def remember(self, children: Iterable[Node], faulty: frozenset[tuple[Node, str]]) -> None:
        """Remember a piece's numbers; those that the schema could not read (``faulty``) are no keys to it."""
        for child, field, key, seen in self._keys(children):
            if (child, etree.QName(field).localname) not in faulty:
                seen.add(key)

    def _keys(self, children: Iterable[Node]) -> Iterator[tuple[Node, str, str, set[str]]]:
        for child in children:
            for field, seen in self._constraints.get(str(child.tag), ()):
                key = child.findtext(field)
                if key is not None:
                    yield child, field, key, seen


def _stand_in(tag: str, field: str, key: str) -> Node:
    made = etree.Element(tag)
    etree.SubElement(made, field).text = key
    return made
