"""How a Schematron's rules read the texts of a document, as far as that can be told from the rules themselves.

Most texts are only asked whether they are empty, whether they are one of a few words, or whether they match a pattern.
What answers all of these questions alike is judged alike; `ulak.rules.moulds` builds on that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from ulak.rules.nodes import Node, Step
from ulak.rules.program import Program, Site

__all__ = ["Read", "Reads", "reads_of", "words_of"]

How = Literal["word", "length", "pattern", "zero", "other"]
"""``word``: is it one of some words; ``length``: how many letters; ``pattern``: does it match; ``zero``: is it more or
less than 0; ``other``: anything else. Whether it is there, or more than blanks, is no question to a text that is."""
Place = tuple[str | None, ...]
"""Names from the outer element down, as rules write them; None for what is not known."""

_SIGNS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
_UNNAMED: Final = frozenset({"*", "("})
_COMPARED: Final = frozenset("'\"=<>,")
"""Without these an XPath asks nothing but whether something is there."""


@dataclass(frozen=True, slots=True)
class Read:
    """One question; ``pattern`` is that of `u:matches`."""

    how: How
    pattern: str = ""


@dataclass
class Reads:
    """The questions of some rules.

    Attributes:
        found: (parent, element) → what its text is asked; expanded names, a parent "" is any.
        words: every text that any rule of the program compares a text with.
        is_clear: whether that is all; False if a rule may read a text that is not named.
    """

    found: dict[tuple[str, str], set[Read]] = field(default_factory=dict)
    words: frozenset[bytes] = frozenset()
    is_clear: bool = True

    def of(self, parent: str, name: str) -> frozenset[Read]:
        """What the text of an element is asked."""
        return frozenset(self.found.get((parent, name), ())) | frozenset(self.found.get(("", name), ()))


def reads_of(program: Program, sites: Iterable[Site], words: frozenset[bytes]) -> Reads:
    """What ``sites`` of a program, and the schema-wide names, read; ``words`` are `words_of` the program."""
    reads = _read(program, sites).reads
    return Reads(reads.found, words, reads.is_clear)


def words_of(program: Program) -> frozenset[bytes]:
    """Every text, in UTF-8, that any rule of a program compares a text with."""
    every = _read(program, (site for group in program.groups.values() for site in group.sites))
    return frozenset(word.encode() for word in every.words)


def _read(program: Program, sites: Iterable[Site]) -> _Reader:
    reader = _Reader(program.schema.namespaces, program.texts)
    for _, node in program.lets:
        reader.read(node, (None,))
    for site in sites:
        reader.site(site)
    return reader


@dataclass
class _Reader:
    namespaces: Mapping[str, str]
    lists: Mapping[str, str]
    reads: Reads = field(default_factory=Reads)
    words: set[str] = field(default_factory=set)

    def site(self, site: Site) -> None:
        names = (site.context.start.lstrip("/"), *site.context.rest)
        # Names of a rule's own, and contexts that are chosen by a text, are not looked into.
        if site.lets or any({"[", "/"} & set(name) for name in names) or _COMPARED & set(site.exclude):
            self.reads.is_clear = False
        self.read(site.fine, (None, *names))

    def read(self, node: Node, place: Place) -> None:
        """Note what ``node`` reads, seen from ``place``."""
        asked = _existence(node) or _pattern(node) or _word(node) or _size(node) or _listed(node, self.lists)
        if asked is not None:
            path, read, words = asked
            self.words.update(words)
            self._path(path, place, read)
        elif node.op == "path":
            self._path(node, place, Read("other"))
        else:
            for child in node.children:
                self.read(child, place)
            if node.op == "filter":
                self._steps(node.steps, (None,), Read("other"))

    def _path(self, path: Node, place: Place, read: Read | None) -> None:
        self._steps(path.steps, (None,) if path.absolute else place, read)

    def _steps(self, steps: tuple[Step, ...], place: Place, read: Read | None) -> None:
        for step in steps:
            place = _moved(place, step)
            for predicate in step.predicates:
                self.read(predicate, place)
        if read is not None:
            self._note(place, read)

    def _note(self, place: Place, read: Read) -> None:
        parent, name = (None, *place)[-2:]
        if name is None or _UNNAMED & set(name):
            self.reads.is_clear = False
        elif not name.startswith("@"):
            above = "" if parent is None or _UNNAMED & set(parent) else self._expanded(parent)
            self.reads.found.setdefault((above, self._expanded(name)), set()).add(read)

    def _expanded(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        return f"{{{self.namespaces.get(prefix, '')}}}{local}" if prefix else local


def _moved(place: Place, step: Step) -> Place:
    if step.test in (".", "text()"):
        return place if step.separator != "//" else (None, None)
    if step.test == "..":
        return place[:-1] or (None,)
    axis, _, name = step.test.rpartition("::")
    if axis in ("attribute", "namespace"):
        return (*place, f"@{name}")
    return (None, name) if axis or step.separator == "//" else (*place, name)


# -- what is asked ----------------------------------------------------------------------------------------------------

_Asked = tuple[Node, Read | None, Iterable[str]]


def _existence(node: Node) -> _Asked | None:
    """``boolean(path)`` and ``count(path)``: no text is read."""
    if node.op != "call" or node.text not in ("boolean", "count"):
        return None
    path = _unwrapped(node.children[0], "first")
    return (path, None, ()) if path.op == "path" else None


def _pattern(node: Node) -> _Asked | None:
    if node.op != "call" or node.text != "u:matches":
        return None
    path = _unwrapped(node.children[0], "string", "first")
    return (path, Read("pattern", node.children[1].text), ()) if path.op == "path" else None


def _word(node: Node) -> _Asked | None:
    if node.op != "binary" or node.text not in ("=", "!="):
        return None
    for one, other in (node.children, node.children[::-1]):
        path = _unwrapped(one, "string", "first")
        if path.op == "path" and other.op == "literal":
            return path, Read("word"), (other.text,)
    return None


def _size(node: Node) -> _Asked | None:
    """Comparisons with a number: of a length, or of the number that a text spells."""
    if node.op not in ("binary", "numeric") or node.text not in _SIGNS or node.children[1].op != "number":
        return None
    value, number = node.children[:2]
    if node.op == "numeric":
        return _asked(_unwrapped(value, "first"), Read("zero") if float(number.text) == 0 else Read("other"))
    if value.op == "call" and value.text == "u:double" and float(number.text) == 0:
        return _asked(_unwrapped(value.children[0], "first"), Read("zero"))
    if value.op == "call" and value.text == "string-length":
        inner = value.children[0]
        if not _is_call(inner, "normalize-space"):
            return _asked(_unwrapped(inner, "string", "first"), Read("length"))
        blank = None if float(number.text) == 0 else Read("other")
        return _asked(_unwrapped(inner, "normalize-space", "string", "first"), blank)
    return None


def _listed(node: Node, lists: Mapping[str, str]) -> _Asked | None:
    """``contains(',A,B,', concat(',', path, ','))``: is it in the list."""
    if not _is_call(node, "contains") or not _is_call(node.children[1], "concat"):
        return None
    parts = node.children[1].children
    commas = len(parts) == 3 and all(part.op == "literal" and part.text == "," for part in (parts[0], parts[2]))
    path = _unwrapped(parts[1], "string", "first") if commas else None
    held = node.children[0]
    text = held.text if held.op == "literal" else lists.get(held.text) if held.op == "variable" else None
    return (path, Read("word"), text.split(",")) if path and path.op == "path" and text is not None else None


def _asked(path: Node, read: Read | None) -> _Asked | None:
    return (path, read, ()) if path.op == "path" else None


def _is_call(node: Node, name: str) -> bool:
    return node.op == "call" and node.text == name and bool(node.children)


def _unwrapped(node: Node, *wrappings: str) -> Node:
    while node.children and ("first" if node.op == "first" else node.text if node.op == "call" else "") in wrappings:
        node = node.children[0]
    return node
