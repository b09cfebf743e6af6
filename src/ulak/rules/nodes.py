"""Expressions as trees: what a translated XPath is made of, and how trees are joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

__all__ = ["CONSTANT", "FALSE", "TRUE", "Kind", "Node", "Step", "as_boolean", "compose", "connect", "literal", "negate"]

CONSTANT: Final = -1
"""Level of what is the same for the whole document. Level 0 is the first step of the rule's context."""


class Kind(Enum):
    NODES = "nodes"
    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: separator, axis with node test, predicates."""

    separator: str
    test: str
    predicates: tuple[Node, ...] = ()

    @property
    def is_parent(self) -> bool:
        return self.test == ".." and not self.predicates and self.separator == "/"


@dataclass(frozen=True, slots=True)
class Node:
    """A translated expression.

    Attributes:
        op: what it is; ``path``, ``call``, ``literal``, ``variable``, ``or`` …
        text: name of a function, operator, variable or the literal's text.
        children: operands.
        steps: of a path.
        absolute: a path that starts at the document.
        level: `CONSTANT`, or the context step it depends on (0 … depth).
        single: it can hold one item at most.
        silent: it never reports an engine error, so it may be computed early.
    """

    op: str
    kind: Kind
    text: str = ""
    children: tuple[Node, ...] = ()
    steps: tuple[Step, ...] = ()
    absolute: bool = False
    level: int = CONSTANT
    single: bool = True
    silent: bool = True


TRUE: Final = Node("call", Kind.BOOLEAN, "true")
FALSE: Final = Node("call", Kind.BOOLEAN, "false")


def literal(value: str) -> Node:
    return Node("literal", Kind.STRING, value)


def compose(op: str, kind: Kind, text: str, children: Sequence[Node], *, single: bool = True) -> Node:
    """A node whose level and silence follow from its children."""
    level = max((child.level for child in children), default=CONSTANT)
    silent = op not in ("first", "numeric") and text != "u:date" and all(child.silent for child in children)
    return Node(op, kind, text, tuple(children), level=level, single=single, silent=silent)


def as_boolean(node: Node) -> Node:
    """The effective boolean value of ``node``."""
    if node.kind is Kind.BOOLEAN:
        return node
    if node.op == "literal":
        return TRUE if node.text else FALSE
    return compose("call", Kind.BOOLEAN, "boolean", (node,))


def negate(node: Node) -> Node:
    """``not(node)``, pushed through ``and``/``or`` of constants only where it is free."""
    if node in (TRUE, FALSE):
        return FALSE if node == TRUE else TRUE
    if node.op == "call" and node.text == "not":
        return node.children[0]
    return compose("call", Kind.BOOLEAN, "not", (node,))


def connect(operator: str, parts: Sequence[Node]) -> Node:
    """Join booleans by ``and`` or ``or``; constants are folded away."""
    absorbing, neutral = (TRUE, FALSE) if operator == "or" else (FALSE, TRUE)
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.children if part.op == operator else (part,))
    if absorbing in flat:
        return absorbing
    flat = [part for part in flat if part != neutral]
    if not flat:
        return neutral
    return flat[0] if len(flat) == 1 else compose(operator, Kind.BOOLEAN, operator, flat)
