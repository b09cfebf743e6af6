"""A test rewritten for a document of which some facts are known, such as its ``cbc:ProfileID``.

Most of GİB's assertions begin with "not this profile, or …". With the profile known they are settled before the
document is looked at, and a stylesheet made for the profile holds only what is left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ulak.rules.functions import matches
from ulak.rules.nodes import FALSE, TRUE, Kind, Node, Step, compose, connect, literal, negate

__all__ = ["Facts", "comparisons", "looked_up", "simplify"]

_SPACE: Final = " \t\r\n"
_BLANK: Final = re.compile(r"[ \t\r\n]+")
_OF_NODES: Final = frozenset({"name", "local-name", "namespace-uri"})
"""Functions that ask a node for its name; the text that it is known to have is no answer."""
_COMPARE: Final[dict[str, Callable[[float, float], bool]]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


@dataclass(frozen=True)
class Facts:
    """What is known where a site stands.

    Attributes:
        values: child of the outer element that occurs exactly once → its text.
        start: the outer element's step, as it begins an absolute path (``//inv:Invoice``).
        rest: steps from the outer element to the site's context.
        lists: text of the schema's literal variables.
        absent: schema-wide variables that hold no node.
        missing: names that no child of the outer element has.
        bare: names that no child of the site's context has.
    """

    values: Mapping[str, str]
    start: str
    rest: tuple[str, ...]
    lists: Mapping[str, str]
    absent: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()

    def of(self, node: Node) -> str | None:
        """The text that ``node`` is known to have, if it is a path to a known child."""
        if node.op != "path":
            return None
        if node.absolute:
            steps = node.steps
            outer = len(steps) == 2 and f"{steps[0].separator}{steps[0].test}" == self.start
            return self._child(steps[1]) if outer and not steps[0].predicates else None
        if not node.steps:
            return self.values.get(self.rest[0]) if len(self.rest) == 1 and node.level == 1 else None
        depth = len(self.rest)
        if node.level != 0 or len(node.steps) != depth + 1:
            return None
        return self._child(node.steps[-1]) if all(step.is_parent for step in node.steps[:-1]) else None

    def is_empty(self, node: Node) -> bool:
        """Whether ``node`` is known to select nothing."""
        if node.op == "variable":
            return node.text in self.absent
        if node.op != "path" or not node.steps:
            return False
        if node.absolute:
            first, rest = f"{node.steps[0].separator}{node.steps[0].test}", node.steps[1:]
            here = first == self.start and not node.steps[0].predicates
            return here and bool(rest) and rest[0].separator == "/" and rest[0].test in self.missing
        depth = len(self.rest)
        if node.level == depth and node.steps[0].separator == "/" and node.steps[0].test in self.bare:
            return True
        if node.level != 0 or len(node.steps) <= depth or not all(step.is_parent for step in node.steps[:depth]):
            return False
        return node.steps[depth].separator == "/" and node.steps[depth].test in self.missing

    def _child(self, step: Step) -> str | None:
        return self.values.get(step.test) if step.separator == "/" and not step.predicates else None


def comparisons(node: Node, found: dict[str, set[str]], depth: int) -> None:
    """Collect the outer element's children that ``node`` compares with fixed texts: child → texts."""
    if node.op == "binary" and node.text in ("=", "!=") and node.children[1].op == "literal":
        path = node.children[0]
        if path.op == "path" and path.level == 0 and not path.absolute and len(path.steps) == depth + 1:
            last = path.steps[-1]
            if last.separator == "/" and not last.predicates and not last.test.startswith(("@", ".", "*")):
                found.setdefault(last.test, set()).add(node.children[1].text)
    for child in node.children:
        comparisons(child, found, depth)


def looked_up(node: Node, child: str) -> Iterator[str]:
    """Names of the code lists that ``node`` looks the outer element's ``child`` up in."""
    looks_up = node.op == "call" and node.text == "contains" and node.children[0].op == "variable"
    if looks_up and any(path.steps and path.steps[-1].test == child for path in _paths(node.children[1])):
        yield node.children[0].text
    for inner in node.children:
        yield from looked_up(inner, child)


def _paths(node: Node) -> Iterator[Node]:
    if node.op == "path":
        yield node
    for inner in node.children:
        yield from _paths(inner)


def simplify(node: Node, facts: Facts) -> Node:
    """``node`` with everything folded that ``facts`` decide; equal in value for every document they hold of."""
    if node.op in ("path", "literal", "number", "variable", "filter") or node.text in _OF_NODES:
        return node
    children = tuple(simplify(child, facts) for child in node.children)
    fold = _FOLDS.get(node.op)
    return (fold(node, children, facts) if fold else None) or _rebuild(node, children)


def _rebuild(node: Node, children: tuple[Node, ...]) -> Node:
    if children == node.children:
        return node
    return compose(node.op, node.kind, node.text, children, single=node.single)


def _text(node: Node, facts: Facts) -> str | None:
    if node.op == "literal":
        return node.text
    if node.op == "variable":
        return "" if node.text in facts.absent else facts.lists.get(node.text)
    return "" if facts.is_empty(node) else facts.of(node)


def _fold_logic(node: Node, children: tuple[Node, ...], facts: Facts) -> Node:
    return connect(node.op, children)


def _fold_binary(node: Node, children: tuple[Node, ...], facts: Facts) -> Node | None:
    left, right = children
    if left.op == right.op == "number" and node.text in _COMPARE:
        return _truth(_COMPARE[node.text](float(left.text), float(right.text)))
    if node.kind is Kind.BOOLEAN and any(facts.is_empty(child) for child in children):
        return FALSE
    if node.text not in ("=", "!="):
        return None
    known_left, known_right = facts.of(left), facts.of(right)
    texts = (left.text if left.op == "literal" else known_left, right.text if right.op == "literal" else known_right)
    if None not in texts:
        return _truth((texts[0] == texts[1]) == (node.text == "="))
    if known_left is None and known_right is None:
        return None
    left = literal(known_left) if known_left is not None else left
    right = literal(known_right) if known_right is not None else right
    return _rebuild(node, (left, right))


def _fold_first(node: Node, children: tuple[Node, ...], facts: Facts) -> Node | None:
    if facts.is_empty(children[0]):
        return children[0]
    known = facts.of(children[0])
    return literal(known) if known is not None else None


def _fold_numeric(node: Node, children: tuple[Node, ...], facts: Facts) -> Node | None:
    return FALSE if facts.is_empty(children[0]) else None


def _fold_call(node: Node, children: tuple[Node, ...], facts: Facts) -> Node | None:
    if node.text == "not":
        return negate(children[0])
    if node.text in ("boolean", "count") and facts.is_empty(children[0]):
        return FALSE if node.text == "boolean" else Node("number", Kind.NUMBER, "0")
    if node.text == "boolean":
        return TRUE if facts.of(children[0]) is not None else None
    if node.text == "count":
        return Node("number", Kind.NUMBER, "1") if facts.of(children[0]) is not None else None
    texts = [_text(child, facts) for child in children]
    if not texts or None in texts:
        return None
    fold = _STRING_CALLS.get(node.text)
    return fold([text for text in texts if text is not None]) if fold else None


def _truth(value: bool) -> Node:
    return TRUE if value else FALSE


_STRING_CALLS: Final[dict[str, Callable[[list[str]], Node]]] = {
    "string": lambda texts: literal(texts[0]),
    "concat": lambda texts: literal("".join(texts)),
    "normalize-space": lambda texts: literal(_BLANK.sub(" ", texts[0].strip(_SPACE))),
    "string-length": lambda texts: Node("number", Kind.NUMBER, str(len(texts[0]))),
    "contains": lambda texts: _truth(texts[1] in texts[0]),
    "starts-with": lambda texts: _truth(texts[0].startswith(texts[1])),
    "u:matches": lambda texts: _truth(matches(texts[0], texts[1])),
}
_FOLDS: Final[dict[str, Callable[[Node, tuple[Node, ...], Facts], Node | None]]] = {
    "or": _fold_logic,
    "and": _fold_logic,
    "binary": _fold_binary,
    "first": _fold_first,
    "numeric": _fold_numeric,
    "call": _fold_call,
}
