"""A compiled Schematron as plain values: what is asserted, in which contexts, and what of it a document's facts leave.

Rules are grouped by the first step of their context (``inv:Invoice``), the *outer element* of the group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from ulak.rules.nodes import TRUE, Node, connect
from ulak.rules.schematron import Assertion, Pattern, Rule, Schema
from ulak.rules.simplify import Facts, comparisons, looked_up, simplify

__all__ = ["Context", "Group", "Known", "Program", "Site"]

_SHORT_LIST: Final = 40


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
class Known:
    """What an engine knows of a document before it judges a group; the group's outer element is the root and alone.

    Attributes:
        values: (child, text) of children of the outer element that occur once.
        present: names of the children there are, of those that the group's tests mention.
        settled: element names whose every occurrence was found right by its own text.
    """

    values: tuple[tuple[str, str], ...] = ()
    present: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Site:
    """An assertion at one of its contexts.

    Attributes:
        number: its place in `Program.assertions`.
        fine: the test that holds where nothing is wrong.
        subject: path to the value that is looked up in a list or matched, which a person wants to be shown.
        lets: names in scope, in order.
        exclude: predicate that leaves out nodes which an earlier rule of the pattern has taken.
    """

    number: int
    context: Context
    fine: Node
    subject: Node | None
    lets: tuple[tuple[str, Node], ...]
    exclude: str

    @property
    def outer(self) -> Node:
        """The part of the test that is settled before the loop; FALSE if there is none."""
        return connect("or", [part for part in self._alternatives() if part.level <= 0 and part.silent])

    @property
    def own(self) -> Node | None:
        """The part of the test that looks at nothing but the text of the context itself."""
        own = [part for part in self._alternatives() if looks_at_itself(part)]
        return connect("or", own) if own and not self.lets else None

    @property
    def leaf(self) -> str:
        """Name of the element whose text a code list alone proves right; "" if the test is of another sort."""
        last = self.context.steps[-1]
        own = self.own
        looks_up = own is not None and own.op == "call" and own.text == "contains"
        return last if looks_up and self.context.rest and not last.startswith("@") else ""

    def _alternatives(self) -> tuple[Node, ...]:
        return self.fine.children if self.fine.op == "or" else (self.fine,)


@dataclass(frozen=True)
class Group:
    """All sites whose context starts alike."""

    start: str
    name: str
    sites: tuple[Site, ...]

    @cached_property
    def is_plain(self) -> bool:
        """Whether ``start`` is one step, so that the outer element can be the document's root."""
        return not {"[", "/"} & set(self.start.lstrip("/")) and bool(self.name)

    @cached_property
    def discriminating(self) -> dict[str, set[str]]:
        """Children of the outer element that tests compare with fixed texts → those texts."""
        found: dict[str, set[str]] = {}
        for site in self.sites:
            comparisons(site.fine, found, site.context.depth)
        return found

    @cached_property
    def leaves(self) -> dict[str, list[Site]]:
        """The sites that have a `Site.leaf`, by it."""
        leaves: dict[str, list[Site]] = {}
        for site in self.sites:
            if site.leaf:
                leaves.setdefault(site.leaf, []).append(site)
        return leaves

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """Names of the outer element's children that contexts and tests begin with."""
        names = {site.context.rest[0] for site in self.sites if site.context.rest}
        for site in self.sites:
            names.update(_first_children(site.fine, site.context.depth))
        return frozenset(name for name in names if not set("@*(.:") & set(name.replace(":", "", 1)))


@dataclass(frozen=True)
class Program:
    """A compiled Schematron.

    Attributes:
        parameters: texts that replace schema-wide ``let``s.
        assertions: (pattern, rule, assertion) by number.
        groups: by `Group.start`.
        foreign: numbers of the assertions that need XPath 2.
        foreign_names: expanded names of elements of which one must occur for those to fail; "" is any.
        lets: the schema-wide names that XPath 1 can say.
        users: mark under which a ``let`` reports engine errors → numbers of the assertions that use it.
    """

    schema: Schema
    parameters: Mapping[str, str]
    assertions: tuple[tuple[Pattern, Rule, Assertion], ...]
    groups: Mapping[str, Group]
    foreign: tuple[int, ...]
    foreign_names: frozenset[str]
    lets: tuple[tuple[str, Node], ...]
    users: Mapping[int, frozenset[int]]

    def stopped(self, marks: Iterable[int]) -> tuple[int, ...]:
        """Numbers of the assertions that could not be evaluated, given the marks of what reported an error."""
        count = len(self.assertions)
        found = ({mark} if 0 <= mark < count else self.users.get(mark, ()) for mark in marks)
        return tuple(sorted({number for numbers in found for number in numbers}))

    @cached_property
    def texts(self) -> dict[str, str]:
        """The schema-wide names that are literal texts, such as the code lists."""
        return {name: node.text for name, node in self.lets if node.op == "literal"}

    def specialised(self, group: Group, known: Known) -> Group:
        """``group`` without what ``known`` settles; it says the same of every document that ``known`` is true of."""
        missing = group.mentioned - known.present
        sites = (self._specialised_site(site, group, known, missing) for site in group.sites)
        return replace(group, sites=tuple(site for site in sites if site is not None))

    def _specialised_site(self, site: Site, group: Group, known: Known, missing: frozenset[str]) -> Site | None:
        rest = site.context.rest
        if (rest and rest[0] in missing) or (site.leaf and site.leaf in known.settled):
            return None
        facts = Facts(dict(known.values), group.start, rest, self.texts, self._absent(group), missing)
        fine = simplify(site.fine, facts)
        return None if fine == TRUE else replace(site, fine=fine)

    def _absent(self, group: Group) -> frozenset[str]:
        """Schema-wide names that are empty where the root element is the group's outer element."""
        root = group.start.lstrip("/")
        return frozenset(name for name, node in self.lets if starts_elsewhere(node, root))

    def discriminators(self, group: Group) -> dict[str, frozenset[str]]:
        """Children of a group's outer element worth knowing → the texts of them that make a difference."""
        return {name: frozenset(texts | self._codes(group, name)) for name, texts in group.discriminating.items()}

    def _codes(self, group: Group, child: str) -> set[str]:
        """The codes of the short lists that some test looks ``child`` up in."""
        codes: set[str] = set()
        for site in group.sites:
            for name in looked_up(site.fine, child):
                listed = self.schema.code_lists.get(name, ())
                codes |= set(listed) if len(listed) <= _SHORT_LIST else set()
        return codes


def starts_elsewhere(node: Node, root: str) -> bool:
    """Whether ``node`` is a path from a root element other than ``root``."""
    return node.op == "path" and node.absolute and node.steps[:1] != () and _is_other(node, root)


def _is_other(node: Node, root: str) -> bool:
    first = node.steps[0]
    return first.separator == "/" and first.test != root and "*" not in first.test and "(" not in first.test


def looks_at_itself(node: Node) -> bool:
    """Whether nothing but the text of the context decides ``node``."""
    if node.op == "path":
        return not node.steps and not node.absolute
    if node.op == "filter" or (node.op == "binary" and node.text == "|"):
        return False
    if node.op == "call" and node.text in ("name", "local-name", "position", "last", "namespace-uri"):
        return False
    if node.op == "variable" and (node.kind.value == "nodes" or node.text == "ulak_file"):
        return False
    return all(looks_at_itself(child) for child in node.children)


def _first_children(node: Node, depth: int) -> Iterator[str]:
    if node.op == "path" and node.level == 0 and not node.absolute and len(node.steps) > depth:
        step = node.steps[depth]
        if step.separator == "/" and all(before.is_parent for before in node.steps[:depth]):
            yield step.test
    for child in node.children:
        yield from _first_children(child, depth)
