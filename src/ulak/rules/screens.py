"""Screens: one XPath that clears a document of a group's faults, at a fraction of a stylesheet's cost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ulak.rules.nodes import FALSE, TRUE, Kind, Node, Step, as_boolean, connect, negate
from ulak.rules.program import Group, Known, Program, Site
from ulak.rules.rendering import render
from ulak.rules.simplify import Facts, simplify

__all__ = ["Screen", "leaf_test", "own_test", "screen"]

_WRITTEN: Final = "ulak_written_"


@dataclass(frozen=True)
class Screen:
    """XPath 1 that is true of a document in which nothing is wrong, if its root is the group's outer element.

    Attributes:
        test: the expression; its variables are those of ``ahead``.
        ahead: name → expression, computed before the test so that loops need not.
        climbing: children of the root for which the cost is their number times that of the root's children.
    """

    test: str
    ahead: Mapping[str, str]
    climbing: frozenset[str]


def screen(program: Program, group: Group, known: Known) -> Screen | None:
    """The screen of a group for documents of which ``known`` is true; None if its rules have ``let``s."""
    special = program.specialised(group, known)
    if any(site.lets for site in special.sites):
        return None
    return _Screening(special, _written(program)).screen()


def own_test(program: Program, group: Group) -> str | None:
    """XPath 1 that is true of a node of the group whose own text alone proves it right, if there is such a test."""
    parts = [site.own for site in group.sites if not site.context.rest and not site.exclude]
    if len(parts) < len(group.sites) or not all(parts):
        return None
    return _inline(connect("and", [part for part in parts if part]), _written(program))


def leaf_test(program: Program, sites: list[Site]) -> str:
    """XPath 1 that is true of an element whose text proves it right for all of ``sites``, which share a `Site.leaf`."""
    return _inline(connect("and", [site.own for site in sites if site.own]), _written(program))


def _written(program: Program) -> dict[str, str]:
    """Schema-wide names written out as XPath, for where no variables can be declared."""
    written: dict[str, str] = {}
    for name, node in program.lets:
        written[name] = f"({_inline(node, written)})"
    return written


@dataclass
class _Branch:
    """Tests at one place of the document and, below it, at the places reached by a further step."""

    tests: list[Node] = field(default_factory=list)
    below: dict[str, _Branch] = field(default_factory=dict)


@dataclass
class _Screening:
    group: Group
    written: Mapping[str, str]
    ahead: dict[str, str] = field(default_factory=dict)
    climbing: set[str] = field(default_factory=set)

    def screen(self) -> Screen:
        root = _Branch()
        for site in self.group.sites:
            branch = root
            for step in (*site.context.rest, *((f"self::node(){site.exclude}",) if site.exclude else ())):
                branch = branch.below.setdefault(step, _Branch())
            branch.tests.append(site.fine)
            if site.context.rest and _climbs_aloud(site.fine):
                self.climbing.add(site.context.rest[0])
        test = f"boolean({self._outer}[{self._fine(root, 0)}])"
        names = {name: text for text, name in self.ahead.items()}
        return Screen(test, names, frozenset(self.climbing))

    @property
    def _outer(self) -> str:
        return f"/{self.group.start.lstrip('/')}"

    def _fine(self, branch: _Branch, depth: int) -> str:
        deeper = [self._cleared(below, step, _deeper(depth, step)) for step, below in branch.below.items()]
        tests = [self._render(node, depth) for node in _factored([_guarded(test, depth) for test in branch.tests])]
        return _balanced([*deeper, *tests])

    def _cleared(self, branch: _Branch, path: str, depth: int) -> str:
        """A test that every node at ``path`` is fine; steps without tests of their own are not stopped at."""
        if not branch.tests and len(branch.below) == 1:
            ((step, below),) = branch.below.items()
            return self._cleared(below, f"{path}/{step}", _deeper(depth, step))
        return f"not({path}[not({self._fine(branch, depth)})])"

    def _render(self, node: Node, depth: int) -> str:
        def ahead(part: Node) -> str | None:
            if part.op == "variable" and part.text in self.written:
                return f"{_WRITTEN}{part.text}"
            outside = depth > 0 and part.level <= 0 and part.silent and part.kind is Kind.BOOLEAN
            if not outside or part in (TRUE, FALSE):
                return None
            text = f"boolean({self._outer}[{_inline(part, self.written, climb=depth)}])"
            return self.ahead.setdefault(text, f"ahead{len(self.ahead)}")

        return _fill(render(node, namer=ahead), self.written)


def _deeper(depth: int, step: str) -> int:
    return depth if step.startswith("self::") else depth + 1


def _guarded(test: Node, depth: int) -> Node:
    """``test``, preceded by the absence of a child without which it holds, so that several tests can share that."""
    for name in dict.fromkeys(_own_children(test, depth)):
        facts = Facts({}, "", ("",) * depth, {}, bare=frozenset({name}))
        if simplify(test, facts) == TRUE:
            child = Node("path", Kind.NODES, steps=(Step("/", name),), level=depth, single=False)
            return connect("or", [negate(as_boolean(child)), test])
    return test


def _own_children(node: Node, depth: int) -> Iterator[str]:
    if node.op == "path" and node.level == depth and node.steps and not node.absolute:
        first = node.steps[0]
        if first.separator == "/" and not {"@", "(", ".", "*"} & set(first.test):
            yield first.test
    for child in node.children:
        yield from _own_children(child, depth)


def _factored(tests: list[Node]) -> list[Node]:
    """Join tests that begin with the same alternative, so that it is looked at once: (A or B), (A or C)."""
    joined: dict[Node, list[Node]] = {}
    for test in tests:
        first, rest = (test.children[0], test.children[1:]) if test.op == "or" else (test, ())
        joined.setdefault(first, []).append(connect("or", rest) if rest else FALSE)
    return [connect("or", [first, connect("and", rests)]) for first, rests in joined.items()]


def _climbs_aloud(node: Node) -> bool:
    """Whether a part of ``node`` looks at the outer element each time anew because it cannot be computed ahead."""
    if node.level <= 0 and node.silent and node.kind is Kind.BOOLEAN:
        return False
    if node.op == "path":
        return node.level == 0 or node.absolute
    inner = [predicate for step in node.steps for predicate in step.predicates]
    return any(_climbs_aloud(child) for child in (*node.children, *inner))


def _balanced(tests: list[str]) -> str:
    """Join by ``and`` as a balanced tree: libxml2 limits how deep an expression may nest."""
    if len(tests) <= 1:
        return tests[0] if tests else "true()"
    middle = len(tests) // 2
    return f"({_balanced(tests[:middle])} and {_balanced(tests[middle:])})"


def _inline(node: Node, written: Mapping[str, str], *, climb: int = 0) -> str:
    """``node`` rendered with the schema's variables written out."""

    def mark(part: Node) -> str | None:
        return f"{_WRITTEN}{part.text}" if part.op == "variable" and part.text in written else None

    return _fill(render(node, climb=climb, namer=mark), written)


def _fill(text: str, written: Mapping[str, str]) -> str:
    return re.sub(rf"\${_WRITTEN}([\w.-]+)", lambda match: written[match[1]], text)
