"""The stylesheets of a compiled Schematron: XSLT 1.0 for libxslt, and XSLT 3.0 for what only XPath 2 can say.

A group's stylesheet walks to the outer element once and loops over the rest of each context from there. What a test
says about the outer element or the whole document is computed once, ahead of the loop; where that alone decides the
test, the loop is not entered. So the cost stays linear in the number of lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.sax.saxutils import quoteattr

from ulak.rules.functions import NAMESPACE
from ulak.rules.nodes import CONSTANT, FALSE, TRUE, Kind, Node, connect, literal, negate
from ulak.rules.program import Group, Known, Program, Site
from ulak.rules.rendering import render
from ulak.rules.schematron import XSLT, NameOf, Pattern, Rule, ValueOf
from ulak.rules.xpath import Translator, Variable

__all__ = ["foreign_stylesheet", "stylesheet"]

_PLAIN: Final = frozenset({"literal", "number", "variable"})
_COUNT: Final = "count(preceding-sibling::node()[self::* or self::comment() or self::processing-instruction()])"
_PLACE: Final = (
    '<xsl:template name="place"><xsl:for-each select="ancestor-or-self::*">/'
    f'<xsl:value-of select="{_COUNT}"/></xsl:for-each>'
    '<xsl:if test="not(self::*) and not(self::text()) and ..">@<xsl:value-of select="name()"/></xsl:if></xsl:template>'
)


def stylesheet(program: Program, known: Mapping[str, Known | None]) -> str:
    """XSLT 1.0 text that judges the groups named by the keys of ``known``.

    What is known of a group's document makes its part smaller, and good only for documents of which it is true.
    """
    groups = []
    for start, facts in known.items():
        group = program.groups[start]
        groups.append(group if facts is None else program.specialised(group, facts))
    return _Writer(program).write(groups)


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
        # XSLT 1 knows no second variable of the same name in one place, so lets get a place of their own.
        if rest or exclude or lets:
            select = f"{rest or 'self::node()'}{exclude}"
            body = f"<xsl:for-each select={quoteattr(select)}>{body}</xsl:for-each>"
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
            f'<xsl:attribute name="p"><xsl:call-template name="place"/></xsl:attribute>'
            f"{values}{self._pointer(site)}</f></xsl:if>"
        )

    @staticmethod
    def _pointer(site: Site) -> str:
        if site.subject is None:
            return ""
        select = quoteattr(f"({render(site.subject)})[1]")
        return f'<xsl:for-each select={select}><s><xsl:call-template name="place"/></s></xsl:for-each>'

    def _value(self, part: ValueOf | NameOf, site: Site) -> str:
        if isinstance(part, NameOf):
            return f"<v><xsl:value-of select={quoteattr(f'name({part.path})')}/></v>"
        known = {name: Variable(node.kind) for name, node in (*self.program.lets, *site.lets)}
        for name, text in self.program.parameters.items():
            known[name] = Variable(Kind.STRING, node=literal(text))
        # What a message cannot fill in is no error of the assertion.
        node = Translator(self.program.schema.namespaces, known, site.context.depth, number=-1).translate(part.select)
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
                return self.globals.setdefault(render(part), f"ulak_g{len(self.globals)}")
            if part.level == 0 and depth > 0:
                text = render(part, climb=depth, namer=lambda inner: name(inner) if inner.level == CONSTANT else None)
                return local.setdefault(text, f"ulak_h{len(local)}")
            return None

        return render(node, namer=name)


def _variable(name: str, select: str) -> str:
    return f'<xsl:variable name="{name}" select={quoteattr(select)}/>'


def foreign_stylesheet(program: Program) -> str:
    """XSLT text of the assertions that need XPath 2; run by Saxon.

    It is of version 3.0 for ``xsl:try``: one assertion that stops with an error must not silence the others.
    """
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
            _foreign_rule(program, pattern, rule, mode, len(pattern.rules) - i) for i, rule in enumerate(pattern.rules)
        )
        templates.append(
            f'<xsl:template match="node()|@*" mode="{mode}" priority="-2">'
            f'<xsl:apply-templates select="@*|node()" mode="{mode}"/></xsl:template>'
        )
    place = _PLACE.replace('test="not(self::*) and not(self::text()) and .."', 'test="self::attribute()"')
    return (
        f'<xsl:stylesheet version="3.0"{declared}><xsl:output method="xml"/>{"".join(program.schema.functions)}{lets}'
        f'<xsl:template match="/"><r>{"".join(calls)}</r></xsl:template>{"".join(templates)}{place}</xsl:stylesheet>'
    )


def _foreign_rule(program: Program, pattern: Pattern, rule: Rule, mode: str, priority: int) -> str:
    lets = "".join(_variable(name, value) for name, value in (*pattern.lets, *rule.lets))
    body = ""
    for number in program.foreign:
        _, owner, assertion = program.assertions[number]
        if owner is rule:
            test = assertion.test if assertion.positive else f"not({assertion.test})"
            values = "".join(_foreign_value(part) for part in assertion.message if not isinstance(part, str))
            body += (
                f"<xsl:try>{lets}<xsl:if test={quoteattr(test)}><f n='{number}'>"
                f'<xsl:attribute name="p"><xsl:call-template name="place"/></xsl:attribute>{values}</f></xsl:if>'
                f'<xsl:catch errors="*"><e n="{number}"/></xsl:catch></xsl:try>'
            )
    match = "/" if rule.context.strip() == "/" else rule.context
    return (
        f'<xsl:template match={quoteattr(match)} mode="{mode}" priority="{priority}">{body}'
        f'<xsl:apply-templates select="@*|node()" mode="{mode}"/></xsl:template>'
    )


def _foreign_value(part: ValueOf | NameOf) -> str:
    select = part.select if isinstance(part, ValueOf) else f"name({part.path})"
    return f"<v><xsl:value-of select={quoteattr(select)}/></v>"
