"""The XPath of a rule as a tree that sentences can be made from.

Only shape matters here, not evaluation: names need no declaration and unknown functions are kept as calls.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["Call", "Cast", "Expression", "Join", "Literal", "Operation", "Path", "Step", "UnreadableError", "Variable"]
__all__ += ["read"]

_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<literal>'[^']*'|"[^"]*")
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<variable>\$[\w.:-]*\w)
    | (?P<axis>[a-z-]+::)
    | (?P<name>[^\W\d][\w.-]*(?::[^\W\d][\w.-]*)?)
    | (?P<mark>\.\.|//|!=|<=|>=|[][()@,./*=<>+|-])
    )""",
    re.VERBOSE,
)
_COMPARISONS: Final = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_LEVELS: Final = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!=", "<", "<=", ">", ">=", *_COMPARISONS}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)
_BELOW: Final = {"//": "descendant", "/": "child"}


class UnreadableError(ValueError):
    """The expression is outside what this reader understands."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A text or a number, as written."""

    value: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    name: str


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """``operand castable as type``."""

    operand: Expression
    type: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A comparison or a calculation of two operands."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Join:
    """``or`` / ``and`` of two or more parts."""

    operator: str
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path; ``name`` has no prefix, ``call`` is set where the step is a function."""

    axis: str
    name: str
    filters: tuple[Expression, ...] = ()
    call: Call | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the context, or from the document where ``absolute``; no steps mean the context itself."""

    steps: tuple[Step, ...]
    absolute: bool = False


Expression = Literal | Variable | Call | Cast | Operation | Join | Path


def read(source: str) -> Expression:
    """Read an XPath expression.

    Raises:
        UnreadableError: it is not an expression, or uses constructs such as ``for`` or ``if``.

    >>> read("count(cac:Signature) <= 1").operator
    '<='
    """
    reader = _Reader(_tokens(source))
    expression = reader.level(0)
    if reader.kind:
        raise UnreadableError(source)
    return expression


def _tokens(source: str) -> list[tuple[str, str]]:
    tokens, at, end = [], 0, len(source.rstrip())
    while at < end:
        match = _TOKEN.match(source, at)
        if match is None or match.lastgroup is None:
            raise UnreadableError(source)
        tokens.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return tokens


class _Reader:
    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self._tokens = [*tokens, ("", "")]
        self._at = 0

    @property
    def kind(self) -> str:
        return self._tokens[self._at][0]

    @property
    def text(self) -> str:
        return self._tokens[self._at][1]

    def _take(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1][1]

    def _accept(self, text: str) -> bool:
        found = self.kind in {"mark", "name"} and self.text == text
        self._at += found
        return found

    def _expect(self, text: str) -> None:
        if not self._accept(text):
            raise UnreadableError(f"{text} expected, {self.text!r} found")

    def level(self, depth: int) -> Expression:
        if depth == len(_LEVELS):
            return self._cast()
        parts = [self.level(depth + 1)]
        operators = []
        while self.kind in {"mark", "name"} and self.text in _LEVELS[depth]:
            operators.append(self._take())
            parts.append(self.level(depth + 1))
        if depth < 2 and operators:
            return Join(operators[0], tuple(parts))
        result = parts[0]
        for operator, part in zip(operators, parts[1:], strict=True):
            result = Operation(_COMPARISONS.get(operator, operator), result, part)
        return result

    def _cast(self) -> Expression:
        operand = self._primary()
        if self._accept("castable"):
            self._expect("as")
            return Cast(operand, self._take())
        return operand

    def _primary(self) -> Expression:
        if self.kind == "literal":
            return Literal(self._take()[1:-1])
        if self.kind == "number":
            return Literal(self._take(), number=True)
        if self.kind == "variable":
            return Variable(self._take()[1:])
        if self._accept("("):
            inner = self.level(0)
            self._expect(")")
            return inner
        return self._path()

    def _path(self) -> Expression:
        absolute = self.kind == "mark" and self.text in _BELOW
        axis = _BELOW[self._take()] if absolute else "child"
        steps = [self._step(axis)]
        while self.kind == "mark" and self.text in _BELOW:
            steps.append(self._step(_BELOW[self._take()]))
        if len(steps) == 1 and (call := steps[0].call) and not absolute:
            return call
        return Path(tuple(step for step in steps if step.axis != "self" or step.filters), absolute)

    def _step(self, axis: str) -> Step:
        if self._accept("."):
            return Step("self", ".", self._filters())
        if self._accept(".."):
            return Step("parent", "..", self._filters())
        if self._accept("@"):
            axis = "attribute"
        if self.kind == "axis":
            axis = self._take()[:-2]
        if self.kind != "name" and self.text != "*":
            raise UnreadableError(self.text)
        name = self._take()
        if self._accept("("):
            return self._function(axis, name)
        return Step(axis, name.rpartition(":")[2], self._filters())

    def _function(self, axis: str, name: str) -> Step:
        arguments = self._arguments()
        if name == "node":
            return Step(axis, "*", self._filters())
        if name == "text":
            return Step("self", ".", self._filters())
        return Step("child", "", (), Call(name, arguments))

    def _arguments(self) -> tuple[Expression, ...]:
        if self._accept(")"):
            return ()
        arguments = [self.level(0)]
        while self._accept(","):
            arguments.append(self.level(0))
        self._expect(")")
        return tuple(arguments)

    def _filters(self) -> tuple[Expression, ...]:
        filters = []
        while self._accept("["):
            filters.append(self.level(0))
            self._expect("]")
        return tuple(filters)
