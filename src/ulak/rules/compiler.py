"""Compiles a Schematron: each assertion is translated once for every context its rule has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ulak.rules.nodes import CONSTANT, TRUE, Kind, Node, as_boolean, literal, negate
from ulak.rules.program import Context, Group, Program, Site
from ulak.rules.rendering import render
from ulak.rules.schematron import Let, Pattern, Rule, Schema, ValueOf
from ulak.rules.xpath import Translator, Untranslatable, Variable

__all__ = ["compile_schema"]


def compile_schema(schema: Schema, parameters: Mapping[str, str]) -> Program:
    """Compile ``schema``; ``parameters`` replace the schema-wide ``let`` of the same name by a string.

    >>> from ulak.rules.schematron import Assertion, Pattern, Rule, Schema
    >>> rule = Rule("a/b", (Assertion("r", "../@x = 'y' or c", ("no c",)),))
    >>> program = compile_schema(Schema({}, (), (Pattern("p", (rule,)),)), {})
    >>> list(program.groups)
    ['//a']
    """
    assertions = tuple(schema.assertions())
    marks = _Marks(len(assertions))
    lets, variables = _schema_lets(schema, parameters, marks)
    numbers = {id(assertion): number for number, (_, _, assertion) in enumerate(assertions)}
    foreign: set[int] = set()
    groups: dict[str, list[Site]] = {}
    for pattern in schema.patterns:
        contexts = [list(_contexts(rule, schema.namespaces)) for rule in pattern.rules]
        for index, rule in enumerate(pattern.rules):
            earlier = [context for before in contexts[:index] for context in before]
            for context in contexts[index]:
                scope = _Scope(schema.namespaces, variables, context, _exclusion(context, earlier), marks)
                for site in scope.sites(pattern, rule, numbers, foreign):
                    groups.setdefault(context.start, []).append(site)
    made = {start: Group(start, sites[0].context.name, tuple(sites)) for start, sites in groups.items()}
    foreign_rules = [rule for _, rule, assertion in assertions if numbers[id(assertion)] in foreign]
    names = {_innermost(one, schema.namespaces) for rule in foreign_rules for one in _contexts(rule, schema.namespaces)}
    names = {"" if name.startswith("@") else name for name in names}
    return Program(schema, parameters, assertions, made, tuple(sorted(foreign)), frozenset(names), lets, marks.frozen())


class _Marks:
    """Numbers, beyond those of the assertions, under which ``let``s report engine errors, and who uses which."""

    def __init__(self, first: int) -> None:
        self._next = first
        self._users: dict[int, set[int]] = {}

    def new(self) -> int:
        self._next += 1
        return self._next - 1

    def use(self, marks: Iterable[int], number: int) -> None:
        for mark in marks:
            self._users.setdefault(mark, set()).add(number)

    def frozen(self) -> dict[int, frozenset[int]]:
        return {mark: frozenset(users) for mark, users in self._users.items()}


def _schema_lets(
    schema: Schema, parameters: Mapping[str, str], marks: _Marks
) -> tuple[tuple[tuple[str, Node], ...], dict[str, Variable]]:
    lets: list[tuple[str, Node]] = []
    variables: dict[str, Variable] = {}
    for name, value in schema.lets:
        if name in parameters:
            variables[name] = Variable(Kind.STRING, node=literal(parameters[name]))
            continue
        try:
            translator = Translator(schema.namespaces, variables, number=marks.new())
            node = translator.translate(value)
        except Untranslatable:
            variables.pop(name, None)
            continue
        lets.append((name, node))
        blamed = frozenset({translator.number, *translator.used})
        variables[name] = Variable(node.kind, CONSTANT, node.single, marks=blamed)
    return tuple(lets), variables


# -- contexts ---------------------------------------------------------------------------------------------------------


def _contexts(rule: Rule, namespaces: Mapping[str, str]) -> Iterator[Context]:
    node = Translator(namespaces, {}).translate(rule.context)
    alternatives = node.children if node.op == "binary" and node.text == "|" else (node,)
    for alternative in alternatives:
        yield _context(alternative, namespaces)


def _context(path: Node, namespaces: Mapping[str, str]) -> Context:
    steps = path.steps
    if not steps:
        return Context("/", (), "")
    plain = all(not step.predicates and step.test not in ("..", ".") for step in steps)
    if plain and all(step.separator == "/" for step in steps[1:]):
        anchored = path.absolute and steps[0].separator == "/"
        start = f"{'/' if anchored else '//'}{steps[0].test}"
        return Context(start, tuple(step.test for step in steps[1:]), _expanded(steps[0].test, namespaces))
    text = render(path)
    return Context(text if path.absolute else f"//{text}", (), _expanded(steps[0].test, namespaces))


def _innermost(context: Context, namespaces: Mapping[str, str]) -> str:
    """The name of what a context is about: where it does not occur, the rule says nothing."""
    return _expanded(context.rest[-1], namespaces) if context.rest else context.name


def _expanded(test: str, namespaces: Mapping[str, str]) -> str:
    """``{uri}local`` or ``@local`` of a name test; "" for what is not bound to one name."""
    prefix, _, local = test.rpartition(":")
    if "*" in test or "(" in test or prefix.endswith(":"):
        return ""
    if test.startswith("@"):
        # A document may spell an attribute's namespace with a prefix of its own.
        return "" if prefix else test
    return f"{{{namespaces.get(prefix, '')}}}{local}" if prefix else local


def _exclusion(context: Context, earlier: Iterable[Context]) -> str:
    """A predicate that leaves out nodes which an earlier rule of the pattern has taken; mostly empty."""
    tests = [_reversed(other) for other in earlier if _may_overlap(context, other)]
    return f"[not({' or '.join(dict.fromkeys(tests))})]" if tests else ""


def _may_overlap(one: Context, other: Context) -> bool:
    if "/" in (one.start, other.start):
        return one.start == other.start
    if not (_is_plain(one) and _is_plain(other)):
        return True
    pairs = zip(reversed(one.steps), reversed(other.steps), strict=False)
    return all(_may_name(a, b) for a, b in pairs)


def _is_plain(context: Context) -> bool:
    """Whether ``context`` is nothing but names, one below the other."""
    return not {"[", "/", "("} & set(context.start.lstrip("/"))


def _is_simple(context: Context) -> bool:
    """Whether ``context`` is plain and stands anywhere in the document."""
    return context.start.startswith("//") and _is_plain(context)


def _may_name(a: str, b: str) -> bool:
    if a.startswith("@") != b.startswith("@"):
        return False
    return a == b or "*" in a or "*" in b or "(" in a or "(" in b or "[" in a or "[" in b


def _reversed(context: Context) -> str:
    """A test, true at a node that matches ``context``."""
    if context.start == "/":
        return "true()"
    if not _is_simple(context):
        path = "/".join((context.start, *context.rest))
        return f"count(. | {path}) = count({path})"
    last = context.steps[-1]
    own = f"count(.|../{last}) = count(../{last})" if last.startswith("@") else f"self::{last}"
    parents = ""
    for step in context.steps[:-1]:
        parents = f"parent::{step}[{parents}]" if parents else f"parent::{step}"
    return f"({own} and {parents})" if parents else own


# -- sites ------------------------------------------------------------------------------------------------------------


@dataclass
class _Scope:
    namespaces: Mapping[str, str]
    variables: Mapping[str, Variable]
    context: Context
    exclude: str
    marks: _Marks

    def sites(self, pattern: Pattern, rule: Rule, numbers: Mapping[int, int], foreign: set[int]) -> Iterator[Site]:
        lets, known = self._lets((*pattern.lets, *rule.lets))
        for assertion in rule.assertions:
            number = numbers[id(assertion)]
            translator = Translator(self.namespaces, known, self.context.depth, number)
            try:
                test = translator.translate(assertion.test)
                self.marks.use(translator.used, number)
                for part in assertion.message:
                    if isinstance(part, ValueOf):
                        translator.translate(part.select)
            except Untranslatable:
                foreign.add(number)
                continue
            fine = negate(as_boolean(test)) if assertion.positive else as_boolean(test)
            if fine != TRUE:
                yield Site(number, self.context, fine, _subject(fine), lets, self.exclude)

    def _lets(self, lets: Iterable[Let]) -> tuple[tuple[tuple[str, Node], ...], dict[str, Variable]]:
        known = dict(self.variables)
        done: list[tuple[str, Node]] = []
        for name, value in lets:
            try:
                translator = Translator(self.namespaces, known, self.context.depth, self.marks.new())
                node = translator.translate(value)
            except Untranslatable:
                known.pop(name, None)
                continue
            done.append((name, node))
            blamed = frozenset({translator.number, *translator.used})
            level = max(node.level, self.context.depth)
            known[name] = Variable(node.kind, level, node.single, silent=False, marks=blamed)
        return tuple(done), known


def _subject(node: Node) -> Node | None:
    looks_up = node.op == "call" and node.text in ("contains", "u:matches") and len(node.children) == 2
    if looks_up and node.children[0 if node.text == "u:matches" else 1].op != "literal":
        value = node.children[0 if node.text == "u:matches" else 1]
        return next((path for path in _paths(value) if path.steps and not path.absolute), None)
    return next((found for child in node.children if (found := _subject(child))), None)


def _paths(node: Node) -> Iterator[Node]:
    if node.op == "path":
        yield node
    for child in node.children:
        yield from _paths(child)
