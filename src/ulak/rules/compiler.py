"""A Schematron compiled to XSLT 1.0 for libxslt, so that its cost stays linear in the size of the document.

Rules are grouped by the first step of their context (``inv:Invoice``). A group's stylesheet walks to that step once and
loops over the rest of each context from there. What a test says about the outer element or the whole document is
computed once, ahead of the loop; where that alone decides the test, the loop is not entered.
Assertions that only XPath 2 can express are put into a second, XSLT 2.0 stylesheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Final
from xml.sax.saxutils import quoteattr

from ulak.rules.functions import NAMESPACE
from ulak.rules.schematron import XSLT, Assertion, Let, NameOf, Pattern, Rule, Schema, ValueOf
from ulak.rules.simplify import Facts, comparisons, looked_up, simplify
from ulak.rules.xpath import (
    CONSTANT,
    FALSE,
    TRUE,
    Kind,
    Node,
    Step,
    Translator,
    Untranslatable,
    Variable,
    connect,
    literal,
    negate,
    render,
)

__all__ = ["Context", "Group", "Program", "Site", "compile_schema"]

_SHORT_LIST: Final = 40
_WRITTEN: Final = "ulak_written_"
_PLAIN: Final = frozenset({"literal", "number", "variable"})
_COUNT: Final = "count(preceding-sibling::node()[self::* or self::comment() or self::processing-instruction()])"
_PLACE: Final = (
    '<xsl:template name="place"><xsl:for-each select="ancestor-or-self::*">/'
    f'<xsl:value-of select="{_COUNT}"/></xsl:for-each>'
    '<xsl:if test="not(self::*) and not(self::text()) and ..">@<xsl:value-of select="name()"/></xsl:if></xsl:template>'
)


@dataclass(frozen=True, slots=True)
class Context:
    """One alternative of a rule's context.

    Attributes:
        start: XPath from the document to the first step.
        rest: steps from there, with no predicates; empty if ``start`` is the whole context.
        name: expanded name of the first step (``{uri}local``, ``@local``), or "" if it can be anything.
    """

    start: str
    rest: tuple[str, ...]
    name: str

    @property
    def depth(self) -> int:
        return len(self.rest)

    @property
    def steps(self) -> tuple[str, ...]:
        return (self.start.lstrip("/"), *self.rest)


@dataclass(frozen=True, slots=True)
class Site:
    """An assertion at one of its contexts; ``number`` is its place in `Program.assertions`."""

    number: int
    context: Context
    fine: Node
    lets: tuple[tuple[str, Node], ...]
    exclude: str

    @property
    def outer(self) -> Node:
        """The part of the test that is settled before the loop; FALSE if there is none."""
        parts = self.fine.children if self.fine.op == "or" else (self.fine,)
        return connect("or", [part for part in parts if part.level <= 0 and part.silent])


@dataclass(frozen=True)
class Group:
    """All sites whose context starts alike."""

    start: str
    name: str
    sites: tuple[Site, ...]

    @property
    def is_plain(self) -> bool:
        """Whether ``start`` is one step, so that the outer element can be the document's root."""
        return self.start.count("/") <= 2 and not {"[", "/"} & set(self.start.lstrip("/"))


@dataclass(frozen=True)
class Program:
    """A compiled Schematron.

    Attributes:
        assertions: (pattern, rule, assertion) by number.
        groups: by `Group.start`.
        foreign: numbers of the assertions that need XPath 2.
        values: message expressions that XPath 1 can say, by assertion number.
    """

    schema: Schema
    parameters: Mapping[str, str]
    assertions: tuple[tuple[Pattern, Rule, Assertion], ...]
    groups: Mapping[str, Group]
    foreign: tuple[int, ...]
    lets: tuple[tuple[str, Node], ...]

    def stylesheet(self, starts: frozenset[str], known: Mapping[str, Mapping[str, str]] = MappingProxyType({})) -> str:
        """XSLT 1.0 text that judges the groups named.

        ``known`` gives, for groups whose outer element occurs once, the text of children that occur once in it; the
        stylesheet is good for documents of which that is true.
        """
        groups = [
            self._specialised(group, known.get(group.start, {}))
            for group in self.groups.values()
            if group.start in starts
        ]
        return _Writer(self).write(groups)

    def _specialised(self, group: Group, values: Mapping[str, str]) -> Group:
        if not values:
            return group
        sites = []
        for site in group.sites:
            fine = simplify(
                site.fine, Facts(values, group.start, site.context.rest, self._texts(), self._absent(group))
            )
            if fine != TRUE:
                sites.append(replace(site, fine=fine))
        return replace(group, sites=tuple(sites))

    def screen(self, start: str, values: Mapping[str, str]) -> str | None:
        """XPath 1 that is true of a document in which the group finds nothing wrong; None if there is none.

        Good for documents whose root is the group's outer element, under the same terms as `stylesheet`. For a small
        document it costs a fraction of the stylesheet; its cost may grow with the square of the number of lines.
        """
        return _screen(self._specialised(self.groups[start], values), self._written())

    def own_test(self, start: str) -> str | None:
        """XPath 1 that is true of a node of the group whose own text alone proves it right, if there is such a test."""
        parts = []
        for site in self.groups[start].sites:
            alternatives = site.fine.children if site.fine.op == "or" else (site.fine,)
            own = [part for part in alternatives if _looks_at_itself(part)]
            if site.context.rest or site.exclude or site.lets or not own:
                return None
            parts.append(connect("or", own))
        return _inline(connect("and", parts), self._written())

    def _absent(self, group: Group) -> frozenset[str]:
        """Schema-wide variables that are empty where the root element is the group's outer element."""
        root = group.start.lstrip("/")
        return frozenset(
            name
            for name, node in self.lets
            if node.op == "path" and node.absolute and node.steps[0].separator == "/" and node.steps[0].test != root
        )

    def _written(self) -> dict[str, str]:
        """Schema-wide variables written out as XPath, for where no variables can be declared."""
        written: dict[str, str] = {}
        for name, node in self.lets:
            written[name] = f"({_inline(node, written)})"
        return written

    def _texts(self) -> dict[str, str]:
        return {name: node.text for name, node in self.lets if node.op == "literal"}

    def discriminators(self, start: str) -> dict[str, frozenset[str]]:
        """Children of a group's outer element worth knowing → the texts of them that make a difference."""
        found: dict[str, set[str]] = {}
        for site in self.groups[start].sites:
            comparisons(site.fine, found, site.context.depth)
        return {name: frozenset(texts) | self._codes(start, name) for name, texts in found.items()}

    def _codes(self, start: str, child: str) -> set[str]:
        """The codes of the short lists that some test looks ``child`` up in."""
        codes: set[str] = set()
        for site in self.groups[start].sites:
            for name in looked_up(site.fine, child):
                listed = self.schema.code_lists.get(name, ())
                codes |= set(listed) if len(listed) <= _SHORT_LIST else set()
        return codes

    @cached_property
    def foreign_names(self) -> frozenset[str]:
        """Expanded names of which one must occur in a document that `foreign_stylesheet` can fault; "" is any."""
        rules = {id(self.assertions[number][1]): self.assertions[number][1] for number in self.foreign}
        namespaces = self.schema.namespaces
        return frozenset(context.name for rule in rules.values() for context in _contexts(rule, namespaces))

    @cached_property
    def foreign_stylesheet(self) -> str:
        """XSLT 2.0 text of the assertions that need XPath 2; run by Saxon."""
        return _write_foreign(self)


def compile_schema(schema: Schema, parameters: Mapping[str, str]) -> Program:
    """Compile ``schema``; ``parameters`` replace the schema-wide ``let`` of the same name by a string.

    >>> from ulak.rules.schematron import Assertion, Pattern, Rule, Schema
    >>> rule = Rule("a/b", (Assertion("r", "../@x = 'y' or c", ("no c",)),))
    >>> program = compile_schema(Schema({}, (), (Pattern("p", (rule,)),)), {})
    >>> list(program.groups)
    ['//a']
    """
    lets, variables = _schema_lets(schema, parameters)
    assertions = tuple(schema.assertions())
    numbers = {id(assertion): number for number, (_, _, assertion) in enumerate(assertions)}
    foreign: set[int] = set()
    groups: dict[str, list[Site]] = {}
    for pattern in schema.patterns:
        contexts = [list(_contexts(rule, schema.namespaces)) for rule in pattern.rules]
        for index, rule in enumerate(pattern.rules):
            earlier = [context for before in contexts[:index] for context in before]
            for context in contexts[index]:
                scope = _Scope(schema.namespaces, variables, context, _exclusion(context, earlier))
                for site in scope.sites(pattern, rule, numbers, foreign):
                    groups.setdefault(context.start, []).append(site)
    made = {start: Group(start, sites[0].context.name, tuple(sites)) for start, sites in groups.items()}
    return Program(schema, parameters, assertions, made, tuple(sorted(foreign)), lets)


def _schema_lets(
    schema: Schema, parameters: Mapping[str, str]
) -> tuple[tuple[tuple[str, Node], ...], dict[str, Variable]]:
    lets: list[tuple[str, Node]] = []
    variables: dict[str, Variable] = {}
    for name, value in schema.lets:
        if name in parameters:
            variables[name] = Variable(Kind.STRING, node=literal(parameters[name]))
            continue
        try:
            node = Translator(schema.namespaces, variables).translate(value)
        except Untranslatable:
            variables.pop(name, None)
            continue
        lets.append((name, node))
        variables[name] = Variable(node.kind, CONSTANT, node.single)
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
    return Context(text if path.absolute else f"//{text}", (), _expanded(_first_name(steps), namespaces))


def _first_name(steps: tuple[Step, ...]) -> str:
    return steps[0].test


def _expanded(test: str, namespaces: Mapping[str, str]) -> str:
    """``{uri}local`` of a name test; "" for what is not bound to one name."""
    if test.startswith("@"):
        return test
    prefix, _, local = test.rpartition(":")
    if "*" in test or "(" in test or prefix.endswith(":"):
        return ""
    return f"{{{namespaces.get(prefix, '')}}}{local}" if prefix else local


def _exclusion(context: Context, earlier: Iterable[Context]) -> str:
    """A predicate that leaves out nodes which an earlier rule of the pattern has taken; mostly empty."""
    tests = [_reversed(other) for other in earlier if _may_overlap(context, other)]
    return f"[not({' or '.join(dict.fromkeys(tests))})]" if tests else ""


def _may_overlap(one: Context, other: Context) -> bool:
    if "/" in (one.start, other.start):
        return one.start == other.start
    pairs = zip(reversed(one.steps), reversed(other.steps), strict=False)
    return all(_may_name(a, b) for a, b in pairs)


def _may_name(a: str, b: str) -> bool:
    if a.startswith("@") != b.startswith("@"):
        return False
    return a == b or "*" in a or "*" in b or "(" in a or "(" in b or "[" in a or "[" in b


def _reversed(context: Context) -> str:
    """A test, true at a node that matches ``context``."""
    test = ""
    for step in context.steps:
        test = f"parent::{step}[{test}]" if test else f"parent::{step}"
    if context.start.startswith("/") and not context.start.startswith("//"):
        test = test.replace("parent::", "parent::", 1)
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

    def sites(self, pattern: Pattern, rule: Rule, numbers: Mapping[int, int], foreign: set[int]) -> Iterator[Site]:
        lets, known = self._lets((*pattern.lets, *rule.lets))
        for assertion in rule.assertions:
            number = numbers[id(assertion)]
            translator = Translator(self.namespaces, known, self.context.depth, number)
            try:
                test = translator.translate(assertion.test)
                for part in assertion.message:
                    if isinstance(part, ValueOf):
                        translator.translate(part.select)
            except Untranslatable:
                foreign.add(number)
                continue
            test = test if test.kind is Kind.BOOLEAN else connect("and", [_boolean(test)])
            fine = negate(test) if assertion.positive else test
            if fine != TRUE:
                yield Site(number, self.context, fine, lets, self.exclude)

    def _lets(self, lets: Iterable[Let]) -> tuple[tuple[tuple[str, Node], ...], dict[str, Variable]]:
        known = dict(self.variables)
        done: list[tuple[str, Node]] = []
        for name, value in lets:
            try:
                node = Translator(self.namespaces, known, self.context.depth).translate(value)
            except Untranslatable:
                known.pop(name, None)
                continue
            done.append((name, node))
            known[name] = Variable(node.kind, max(node.level, self.context.depth), node.single, silent=False)
        return tuple(done), known


def _boolean(node: Node) -> Node:
    return Node("call", Kind.BOOLEAN, "boolean", (node,), level=node.level, silent=node.silent)


# -- screens ----------------------------------------------------------------------------------------------------------


@dataclass
class _Branch:
    """Tests at one place of the document and, below it, at the places reached by a further step."""

    tests: list[str] = field(default_factory=list)
    below: dict[str, _Branch] = field(default_factory=dict)

    def fine(self) -> str:
        return _balanced([*(branch.cleared(step) for step, branch in self.below.items()), *self.tests])

    def cleared(self, path: str) -> str:
        """A test that every node at ``path`` is fine; steps without tests of their own are not stopped at."""
        if not self.tests and len(self.below) == 1:
            ((step, branch),) = self.below.items()
            return branch.cleared(f"{path}/{step}")
        return f"not({path}[not({self.fine()})])"


def _screen(group: Group, written: Mapping[str, str]) -> str | None:
    root = _Branch()
    for site in group.sites:
        if site.lets:
            return None
        branch = root
        for step in (*site.context.rest, *((f"self::node(){site.exclude}",) if site.exclude else ())):
            branch = branch.below.setdefault(step, _Branch())
        branch.tests.append(_inline(site.fine, written))
    outer = f"/{group.start.lstrip('/')}"
    return f"boolean({outer}[{root.fine()}])"


def _balanced(tests: list[str]) -> str:
    """Join by ``and`` as a balanced tree: libxml2 limits how deep an expression may nest."""
    if len(tests) <= 1:
        return tests[0] if tests else "true()"
    middle = len(tests) // 2
    return f"({_balanced(tests[:middle])} and {_balanced(tests[middle:])})"


def _inline(node: Node, written: Mapping[str, str]) -> str:
    """``node`` rendered with the schema's variables written out."""

    def mark(part: Node) -> str | None:
        return f"{_WRITTEN}{part.text}" if part.op == "variable" and part.text in written else None

    return re.sub(rf"\${_WRITTEN}([\w.-]+)", lambda match: written[match[1]], render(node, namer=mark))


def _looks_at_itself(node: Node) -> bool:
    if node.op == "path":
        return not node.steps and not node.absolute
    if node.op in ("filter", "binary") and node.kind is Kind.NODES:
        return False
    if node.op == "call" and node.text in ("name", "local-name", "position", "last", "namespace-uri"):
        return False
    if node.op == "variable" and node.kind is Kind.NODES:
        return False
    return all(_looks_at_itself(child) for child in node.children)


# -- writing ----------------------------------------------------------------------------------------------------------


class _Writer:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.globals: dict[str, str] = {}

    def write(self, groups: Iterable[Group]) -> str:
        body = "".join(self._group(group) for group in groups)
        hoisted = "".join(_variable(name, text) for text, name in self.globals.items())
        lets = "".join(self._used_lets(body + hoisted))
        namespaces = "".join(f" xmlns:{p}={quoteattr(u)}" for p, u in self._namespaces().items())
        return (
            f'<xsl:stylesheet version="1.0" exclude-result-prefixes="u"{namespaces}>'
            f'<xsl:output method="xml"/><xsl:param name="ulak_today"/><xsl:param name="ulak_file"/>'
            f'{lets}<xsl:template match="/"><r>{hoisted}{body}</r></xsl:template>{_PLACE}</xsl:stylesheet>'
        )

    def _namespaces(self) -> dict[str, str]:
        return {**self.program.schema.namespaces, "xsl": XSLT, "u": NAMESPACE}

    def _used_lets(self, text: str) -> list[str]:
        used: list[str] = []
        for name, node in reversed(self.program.lets):
            if f"${name}" in text:
                rendered = render(node)
                text += rendered
                used.append(_variable(name, rendered))
        return used[::-1]

    def _group(self, group: Group) -> str:
        local: dict[str, str] = {}
        loops = "".join(self._loops(group, local))
        hoisted = "".join(_variable(name, text) for text, name in local.items())
        return f"<xsl:for-each select={quoteattr(group.start)}>{hoisted}{loops}</xsl:for-each>"

    def _loops(self, group: Group, local: dict[str, str]) -> Iterator[str]:
        by_loop: dict[tuple[str, str, tuple[tuple[str, Node], ...], bool], list[Site]] = {}
        for site in group.sites:
            guarded = site.context.depth > 0 and site.outer != FALSE
            by_loop.setdefault(("/".join(site.context.rest), site.exclude, site.lets, guarded), []).append(site)
        for (rest, exclude, lets, guarded), sites in by_loop.items():
            yield self._loop(rest, exclude, lets, sites, guarded, local)

    def _loop(
        self,
        rest: str,
        exclude: str,
        lets: tuple[tuple[str, Node], ...],
        sites: list[Site],
        guarded: bool,
        local: dict[str, str],
    ) -> str:
        depth = sites[0].context.depth
        body = "".join(_variable(name, self._render(node, depth, local)) for name, node in lets)
        body += "".join(self._check(site, local) for site in sites)
        if rest or exclude:
            body = f"<xsl:for-each select={quoteattr((rest or '.') + exclude)}>{body}</xsl:for-each>"
        if guarded:
            settled = connect("and", [site.outer for site in sites])
            body = f"<xsl:if test={quoteattr('not(' + self._render(settled, depth, local) + ')')}>{body}</xsl:if>"
        return body

    def _check(self, site: Site, local: dict[str, str]) -> str:
        test = self._render(negate(site.fine), site.context.depth, local)
        _, _, assertion = self.program.assertions[site.number]
        values = "".join(self._value(part, site) for part in assertion.message if not isinstance(part, str))
        return (
            f"<xsl:if test={quoteattr(test)}><f n='{site.number}'>"
            f'<xsl:attribute name="p"><xsl:call-template name="place"/></xsl:attribute>{values}</f></xsl:if>'
        )

    def _value(self, part: ValueOf | NameOf, site: Site) -> str:
        if isinstance(part, NameOf):
            return f"<v><xsl:value-of select={quoteattr(f'name({part.path})')}/></v>"
        known = {name: Variable(node.kind) for name, node in (*self.program.lets, *site.lets)}
        for name, text in self.program.parameters.items():
            known[name] = Variable(Kind.STRING, node=literal(text))
        node = Translator(self.program.schema.namespaces, known, site.context.depth).translate(part.select)
        select = quoteattr(render(node))
        if node.kind is not Kind.NODES or node.single:
            return f"<v><xsl:value-of select={select}/></v>"
        # XSLT 2 writes every item of a sequence; XSLT 1 would write the first alone.
        space = '<xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if>'
        return f'<v><xsl:for-each select={select}>{space}<xsl:value-of select="."/></xsl:for-each></v>'

    def _render(self, node: Node, depth: int, local: dict[str, str]) -> str:
        def name(part: Node) -> str | None:
            if part.op in _PLAIN or not part.silent or part in (TRUE, FALSE):
                return None
            if part.level == CONSTANT:
                return self.globals.setdefault(render(part), f"g{len(self.globals)}")
            if part.level == 0 and depth > 0:
                text = render(part, climb=depth, namer=lambda inner: name(inner) if inner.level == CONSTANT else None)
                return local.setdefault(text, f"h{len(local)}")
            return None

        return render(node, namer=name)


def _variable(name: str, select: str) -> str:
    return f'<xsl:variable name="{name}" select={quoteattr(select)}/>'


def _write_foreign(program: Program) -> str:
    namespaces = {
        **program.schema.namespaces, "xsl": XSLT, "u": NAMESPACE, "xs": "http://www.w3.org/2001/XMLSchema"
    }  # fmt: skip
    declared = "".join(f" xmlns:{p}={quoteattr(u)}" for p, u in namespaces.items())
    lets = "".join(
        _variable(name, f"'{program.parameters[name]}'" if name in program.parameters else value)
        for name, value in program.schema.lets
    )
    templates: list[str] = []
    calls: list[str] = []
    for pattern in program.schema.patterns:
        wanted = [r for r in pattern.rules if any(program.assertions[n][1] is r for n in program.foreign)]
        if not wanted:
            continue
        mode = f"m{len(calls)}"
        calls.append(f'<xsl:apply-templates select="/" mode="{mode}"/>')
        templates.extend(
            _foreign_rule(program, rule, mode, len(pattern.rules) - i) for i, rule in enumerate(pattern.rules)
        )
        templates.append(
            f'<xsl:template match="node()|@*" mode="{mode}" priority="-2">'
            f'<xsl:apply-templates select="@*|node()" mode="{mode}"/></xsl:template>'
        )
    place = _PLACE.replace('test="not(self::*) and not(self::text()) and .."', 'test="self::attribute()"')
    return (
        f'<xsl:stylesheet version="2.0"{declared}><xsl:output method="xml"/>{"".join(program.schema.functions)}{lets}'
        f'<xsl:template match="/"><r>{"".join(calls)}</r></xsl:template>{"".join(templates)}{place}</xsl:stylesheet>'
    )


def _foreign_rule(program: Program, rule: Rule, mode: str, priority: int) -> str:
    body = "".join(_variable(name, value) for name, value in rule.lets)
    for number in program.foreign:
        _, owner, assertion = program.assertions[number]
        if owner is rule:
            test = assertion.test if assertion.positive else f"not({assertion.test})"
            values = "".join(_foreign_value(part) for part in assertion.message if not isinstance(part, str))
            body += (
                f"<xsl:if test={quoteattr(test)}><f n='{number}'>"
                f'<xsl:attribute name="p"><xsl:call-template name="place"/></xsl:attribute>{values}</f></xsl:if>'
            )
    match = "/" if rule.context.strip() == "/" else rule.context
    return (
        f'<xsl:template match={quoteattr(match)} mode="{mode}" priority="{priority}">{body}'
        f'<xsl:apply-templates select="@*|node()" mode="{mode}"/></xsl:template>'
    )


def _foreign_value(part: ValueOf | NameOf) -> str:
    select = part.select if isinstance(part, ValueOf) else f"name({part.path})"
    return f"<v><xsl:value-of select={quoteattr(select)}/></v>"
