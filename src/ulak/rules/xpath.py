"""XPath 2 as GİB writes it, restated in XPath 1 with the same answers.

An expression becomes a tree of `Node`. Each node knows its kind, whether it can hold more than one item, and its
*level*: how far up the rule's context it looks. That is what lets the compiler move work out of loops.

Where XPath 2 stops with an error (two nodes where a string is wanted, a number that is none), the translation calls
``u:many`` or ``u:number`` so that the engine learns of it; where XPath 2 has no counterpart in XPath 1,
`Untranslatable` is raised and the assertion is left to a real XPath 2 engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import elementpath
from elementpath.tdop import Parser
from elementpath.xpath2 import XPath2Parser

from ulak.rules.functions import date_minutes
from ulak.rules.nodes import CONSTANT, FALSE, TRUE, Kind, Node, Step, as_boolean, compose, connect, literal, negate

__all__ = ["Translator", "Untranslatable", "Variable"]

_XS: Final = "http://www.w3.org/2001/XMLSchema"
_AXES: Final = frozenset(
    {"ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self", "following"}
    | {"following-sibling", "namespace", "parent", "preceding", "preceding-sibling", "self"}
)
_KIND_TESTS: Final = frozenset({"node", "text", "comment", "processing-instruction"})
_NEGATED: Final = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_MIRRORED: Final = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_VALUE_OPERATORS: Final = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


class Untranslatable(Exception):
    """The expression needs XPath 2."""


@dataclass(frozen=True, slots=True)
class Variable:
    """What is known of a variable in scope.

    Attributes:
        node: given where its value replaces it.
        marks: the numbers under which the variable and those it is made of report engine errors.
    """

    kind: Kind
    level: int = CONSTANT
    single: bool = True
    node: Node | None = None
    silent: bool = True
    marks: frozenset[int] = frozenset()


@dataclass
class Translator:
    """Translates expressions that stand in a context ``depth`` steps below the first step of its rule.

    Attributes:
        variables: name → what is known of it.
        number: identifies the assertion in reports of engine errors.
        used: marks of the variables that were met.
    """

    namespaces: Mapping[str, str]
    variables: Mapping[str, Variable]
    depth: int = 0
    number: int = 0
    inside: int = field(default=0, init=False)
    used: set[int] = field(default_factory=set, init=False)

    def translate(self, source: str) -> Node:
        """Translate ``source``.

        Raises:
            Untranslatable: XPath 1 cannot say it.
        """
        try:
            token = parse(source, self.namespaces)
        except elementpath.ElementPathError as error:
            raise Untranslatable(str(error)) from None
        return self._expression(token)

    def _expression(self, token: Any) -> Node:
        symbol = token.symbol
        if symbol in _BINARY:
            return _BINARY[symbol](self, token)
        if symbol == "(":
            return self._parenthesis(token)
        if symbol == "$":
            return self._variable(token)
        if symbol == "(string)":
            return literal(token.value)
        if symbol in ("(integer)", "(decimal)"):
            return Node("number", Kind.NUMBER, str(token.value))
        if symbol == "castable":
            return self._castable(token)
        if symbol == "|":
            return self._union(token)
        if symbol == "-" and len(token) == 1:
            return compose("negative", Kind.NUMBER, "-", (self._number(self._expression(token[0])),))
        if self._is_call(token):
            return self._call(token)
        return self._path(token)

    @staticmethod
    def _is_call(token: Any) -> bool:
        if token.symbol == ":":
            return bool(token[1].symbol != "(name)" and token[1].symbol != "*")
        return token.symbol in _FUNCTIONS

    def _parenthesis(self, token: Any) -> Node:
        if len(token) != 1:
            raise Untranslatable("empty sequence")
        return self._expression(token[0])

    def _variable(self, token: Any) -> Node:
        name = token[0].value
        known = self.variables.get(name)
        if known is None:
            raise Untranslatable(f"${name}")
        if known.node is not None:
            return known.node
        self.used |= known.marks
        return Node("variable", known.kind, name, level=known.level, single=known.single, silent=known.silent)

    # -- operators ------------------------------------------------------------------------------------------------

    def _logic(self, token: Any) -> Node:
        parts = [as_boolean(self._expression(child)) for child in _flatten(token, token.symbol)]
        return connect(token.symbol, parts)

    def _comparison(self, token: Any) -> Node:
        operator = _VALUE_OPERATORS.get(token.symbol, token.symbol)
        if token.symbol in ("=", "!=") and _is_sequence(token[1]):
            options = [_Pair(token[0], item, token.symbol) for item in _flatten(token[1][0], ",")]
            return connect("or", [self._comparison(option) for option in options])
        if (number := _number_of_string(token[0])) is not None and token[1].symbol == "(string)":
            return self._is_not_a_number(number, operator, token[1].value)
        left, right = self._expression(token[0]), self._expression(token[1])
        if token.symbol in _VALUE_OPERATORS:
            left, right = self._one(left), self._one(right)
        return self._compare(left, operator, right)

    def _is_not_a_number(self, token: Any, operator: str, text: str) -> Node:
        """``string(number(X)) = 'NaN'``: the one string of a number that both versions write alike."""
        if text != "NaN" or operator not in ("=", "!="):
            raise Untranslatable("number as a string")
        number = self._expression(token)
        return compose("binary", Kind.BOOLEAN, _NEGATED[operator], (number, number))

    def _compare(self, left: Node, operator: str, right: Node) -> Node:
        kinds = {left.kind, right.kind}
        if left.op == right.op == "literal" and operator in ("=", "!="):
            return TRUE if (left.text == right.text) == (operator == "=") else FALSE
        if left.kind is Kind.NUMBER and right.kind is Kind.NODES:
            return self._compare(right, _MIRRORED[operator], left)
        if kinds == {Kind.NODES, Kind.NUMBER}:
            return self._compare_numbers(left, operator, right)
        if kinds in ({Kind.NUMBER}, {Kind.DATE}):
            return compose("binary", Kind.BOOLEAN, operator, (left, right))
        if kinds <= {Kind.NODES, Kind.STRING} and operator in ("=", "!="):
            return compose("binary", Kind.BOOLEAN, operator, (left, right))
        if kinds <= {Kind.NODES, Kind.STRING}:
            return self._extension("compare", Kind.BOOLEAN, left, literal(operator), right)
        raise Untranslatable(f"{left.kind.value} {operator} {right.kind.value}")

    def _compare_numbers(self, left: Node, operator: str, right: Node) -> Node:
        """Compare each node as a number; what is no number is an error in XPath 2 and silence in XPath 1."""
        return compose("numeric", Kind.BOOLEAN, operator, (left, right, self._mark()))

    def _arithmetic(self, token: Any) -> Node:
        if len(token) != 2:
            return compose("negative", Kind.NUMBER, "-", (self._number(self._expression(token[0])),))
        left, right = (self._number(self._expression(child)) for child in token)
        return compose("binary", Kind.NUMBER, token.symbol, (left, right))

    def _number(self, node: Node) -> Node:
        if node.kind is not Kind.NUMBER:
            raise Untranslatable("arithmetic on nodes")
        return node

    def _union(self, token: Any) -> Node:
        parts = [self._expression(child) for child in token]
        if any(part.kind is not Kind.NODES for part in parts):
            raise Untranslatable("union of values")
        return compose("binary", Kind.NODES, "|", tuple(parts), single=False)

    def _castable(self, token: Any) -> Node:
        target = _qualified(token[1], self.namespaces)
        if target not in ((_XS, "date"), (_XS, "time")):
            raise Untranslatable(f"castable as {target}")
        return self._extension(f"castable-{target[1]}", Kind.BOOLEAN, self._expression(token[0]))

    # -- functions ------------------------------------------------------------------------------------------------

    def _call(self, token: Any) -> Node:
        if token.symbol == ":":
            name = _qualified(token, self.namespaces)
            if name == (_XS, "date"):
                return self._date(self._expression(token[1][0]))
            raise Untranslatable(f"{name[1]}()")
        return _FUNCTIONS[token.symbol](self, token.symbol, [*token])

    def _date(self, value: Node) -> Node:
        if value.kind is Kind.DATE:
            return value
        if value.op == "literal":
            minutes = date_minutes(value.text)
            if minutes is None:
                raise Untranslatable(value.text)
            return Node("number", Kind.DATE, str(minutes))
        return self._extension("date", Kind.DATE, value, self._mark())

    def _extension(self, name: str, kind: Kind, *arguments: Node) -> Node:
        return compose("call", kind, f"u:{name}", arguments)

    def _string_call(self, name: str, arguments: Sequence[Any]) -> Node:
        if not arguments:
            return Node("call", Kind.STRING, name, (self._context(),), level=self._own_level)
        return compose("call", _RESULTS.get(name, Kind.STRING), name, [self._string(a) for a in arguments])

    def _positional(self, name: str, arguments: Sequence[Any]) -> Node:
        values = (self._string(arguments[0]), *(self._number(self._expression(a)) for a in arguments[1:]))
        return compose("call", Kind.STRING, name, values)

    def _string(self, token: Any) -> Node:
        node = self._one(self._expression(token))
        if node.kind not in (Kind.NODES, Kind.STRING):
            raise Untranslatable(f"{node.kind.value} as a string")
        return node

    def _one(self, node: Node) -> Node:
        """Hold ``node`` to one item, as XPath 2 demands of a function's argument."""
        if node.kind is not Kind.NODES or node.single:
            return node
        return compose("first", Kind.NODES, "", (node, self._mark()))

    def _mark(self) -> Node:
        return Node("number", Kind.NUMBER, str(self.number))

    def _node_call(self, name: str, arguments: Sequence[Any]) -> Node:
        if not arguments:
            return Node("call", Kind.STRING, name, level=self._own_level)
        return compose("call", Kind.STRING, name, (self._one(self._expression(arguments[0])),))

    def _count(self, name: str, arguments: Sequence[Any]) -> Node:
        node = self._expression(arguments[0])
        if node.kind is not Kind.NODES:
            raise Untranslatable("count of values")
        return compose("call", Kind.NUMBER, "count", (node,))

    def _boolean(self, name: str, arguments: Sequence[Any]) -> Node:
        value = as_boolean(self._expression(arguments[0]))
        if name == "not":
            return negate(value)
        return value

    def _exists(self, name: str, arguments: Sequence[Any]) -> Node:
        node = self._expression(arguments[0])
        if node.kind is not Kind.NODES:
            raise Untranslatable("existence of a value")
        found = as_boolean(node)
        return negate(found) if name == "empty" else found

    def _to_number(self, name: str, arguments: Sequence[Any]) -> Node:
        if not arguments:
            return Node("call", Kind.NUMBER, "u:double", (self._context(),), level=self._own_level)
        value = self._one(self._expression(arguments[0]))
        if value.kind is Kind.NUMBER:
            return value
        if value.kind not in (Kind.NODES, Kind.STRING):
            raise Untranslatable(f"{value.kind.value} as a number")
        return self._extension("double", Kind.NUMBER, value)

    def _ends_with(self, name: str, arguments: Sequence[Any]) -> Node:
        return compose("ends", Kind.BOOLEAN, "", [self._string(a) for a in arguments])

    def _matches(self, name: str, arguments: Sequence[Any]) -> Node:
        if len(arguments) != 2 or arguments[1].symbol != "(string)":
            raise Untranslatable("matches() with flags or a computed pattern")
        if "\\w" in arguments[1].value.lower():
            raise Untranslatable("words, which are other letters in XML Schema than in Python")
        text = compose("call", Kind.STRING, "string", (self._string(arguments[0]),))
        return self._extension("matches", Kind.BOOLEAN, text, literal(arguments[1].value))

    def _constant(self, name: str, arguments: Sequence[Any]) -> Node:
        return TRUE if name == "true" else FALSE

    def _today(self, name: str, arguments: Sequence[Any]) -> Node:
        return Node("variable", Kind.DATE, "ulak_today")

    def _base_uri(self, name: str, arguments: Sequence[Any]) -> Node:
        return Node("variable", Kind.STRING, "ulak_file")

    def _place(self, name: str, arguments: Sequence[Any]) -> Node:
        return Node("call", Kind.NUMBER, name, level=self.depth)

    # -- paths ----------------------------------------------------------------------------------------------------

    @property
    def _own_level(self) -> int:
        # What stands in a predicate looks at that predicate's node; it never moves above the path that holds it.
        return self.depth + (1_000 if self.inside else 0)

    def _context(self) -> Node:
        return Node("path", Kind.NODES, level=self._own_level)

    def _path(self, token: Any) -> Node:
        start, steps, absolute = self._walk(token)
        if start is not None:
            return Node(
                "filter", Kind.NODES, "", (start,), tuple(steps), level=start.level, single=False, silent=start.silent
            )
        level = CONSTANT if absolute else self._own_level
        if not absolute and not self.inside:
            level = max(self.depth - _leading_parents(steps), 0)
        return Node(
            "path", Kind.NODES, "", (), tuple(steps), absolute, level, _is_single(steps, absolute), _are_silent(steps)
        )

    def _walk(self, token: Any) -> tuple[Node | None, list[Step], bool]:
        symbol = token.symbol
        if symbol in ("/", "//"):
            if len(token) == 0:
                return None, [], True
            if len(token) == 1:
                return None, [self._step(token[0], symbol)], True
            start, steps, absolute = self._walk(token[0])
            return start, [*steps, self._step(token[1], symbol)], absolute
        if symbol == ".":
            return None, [], False
        if symbol in ("(", "$") or (symbol == "[" and _primary(token) is not None):
            return self._filtered(token)
        return None, [self._step(token, "/")], False

    def _filtered(self, token: Any) -> tuple[Node | None, list[Step], bool]:
        predicates: list[Node] = []
        while token.symbol == "[":
            predicates.insert(0, self._predicate(token[1]))
            token = token[0]
        start = self._expression(token)
        if start.kind is not Kind.NODES:
            raise Untranslatable("path from a value")
        return start, [Step("", "", tuple(predicates))] if predicates else [], False

    def _step(self, token: Any, separator: str) -> Step:
        if token.symbol == "[":
            step = self._step(token[0], separator)
            return replace(step, predicates=(*step.predicates, self._predicate(token[1])))
        return Step(separator, self._test(token))

    def _test(self, token: Any) -> str:
        symbol = token.symbol
        if symbol in ("(name)", ":") or (symbol == "*" and len(token) == 0):  # with two operands it multiplies
            return _name(token)
        if symbol in ("..", "."):
            return str(symbol)
        if symbol == "@":
            return "@" + self._test(token[0])
        if symbol in _AXES:
            return f"{symbol}::{self._test(token[0])}"
        if symbol in _KIND_TESTS and len(token) == 0:
            return f"{symbol}()"
        raise Untranslatable(f"step {symbol}")

    def _predicate(self, token: Any) -> Node:
        self.inside += 1
        try:
            return self._expression(token)
        finally:
            self.inside -= 1


@dataclass(frozen=True)
class _Pair:
    """Two tokens under a comparison, as if the source had written them so."""

    left: Any
    right: Any
    symbol: str

    def __getitem__(self, index: int) -> Any:
        return self.right if index else self.left


_BINARY: Final[dict[str, Callable[[Translator, Any], Node]]] = {
    "or": Translator._logic,
    "and": Translator._logic,
    **dict.fromkeys(("=", "!=", "<", ">", "<=", ">=", *_VALUE_OPERATORS), Translator._comparison),
    **dict.fromkeys(("+", "-"), Translator._arithmetic),
}
_FUNCTIONS: Final[dict[str, Callable[[Translator, str, Sequence[Any]], Node]]] = {
    **dict.fromkeys(
        ("string", "concat", "contains", "starts-with", "substring-before", "substring-after", "string-length",
         "normalize-space", "translate"),
        Translator._string_call,
    ),
    "substring": Translator._positional,
    **dict.fromkeys(("name", "local-name", "namespace-uri"), Translator._node_call),
    "count": Translator._count,
    "not": Translator._boolean,
    "boolean": Translator._boolean,
    "exists": Translator._exists,
    "empty": Translator._exists,
    "number": Translator._to_number,
    "ends-with": Translator._ends_with,
    "matches": Translator._matches,
    "true": Translator._constant,
    "false": Translator._constant,
    "current-date": Translator._today,
    "base-uri": Translator._base_uri,
    "position": Translator._place,
    "last": Translator._place,
}  # fmt: skip
_RESULTS: Final = {"contains": Kind.BOOLEAN, "starts-with": Kind.BOOLEAN, "string-length": Kind.NUMBER}


def parse(source: str, namespaces: Mapping[str, str]) -> Any:
    """The syntax tree of an XPath 2 expression, as elementpath's tokens."""
    parser = XPath2Parser(namespaces={"xs": _XS, **namespaces}, strict=False)
    # XPath2Parser.parse would also evaluate the expression, which needs locales that a machine may lack.
    return Parser.parse(parser, " ".join(source.split()))


def _flatten(token: Any, symbol: str) -> Iterator[Any]:
    if token.symbol == symbol and len(token) == 2:
        yield from _flatten(token[0], symbol)
        yield from _flatten(token[1], symbol)
    else:
        yield token


def _is_sequence(token: Any) -> bool:
    return bool(token.symbol == "(" and len(token) == 1 and token[0].symbol == ",")


def _number_of_string(token: Any) -> Any:
    """X of ``string(X)`` where X is ``number(...)``."""
    if token.symbol == "string" and len(token) == 1 and token[0].symbol == "number":
        return token[0]
    return None


def _primary(token: Any) -> Any:
    while token.symbol == "[":
        token = token[0]
    return token if token.symbol in ("(", "$") else None


def _name(token: Any) -> str:
    if token.symbol == ":":
        return f"{_name(token[0])}:{_name(token[1])}"
    return "*" if token.symbol == "*" else str(token.value)


def _qualified(token: Any, namespaces: Mapping[str, str]) -> tuple[str, str]:
    if token.symbol != ":":
        return "", str(token.symbol)
    prefix, local = token[0].value, token[1]
    return {"xs": _XS, **namespaces}.get(prefix, ""), str(local.value if local.symbol == "(name)" else local.symbol)


def _leading_parents(steps: Sequence[Step]) -> int:
    count = 0
    while count < len(steps) and steps[count].is_parent:
        count += 1
    return count


def _is_single(steps: Sequence[Step], absolute: bool) -> bool:
    def single(step: Step) -> bool:
        attribute = step.test.startswith("@") and "*" not in step.test
        first = bool(step.predicates) and step.predicates[-1].op == "number" and step.predicates[-1].text == "1"
        return step.separator == "/" and (step.test in ("..", ".") or attribute or first or "namespace::" in step.test)

    return all(single(step) for step in steps)


def _are_silent(steps: Sequence[Step]) -> bool:
    return all(predicate.silent for step in steps for predicate in step.predicates)
