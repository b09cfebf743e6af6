"""A Schematron for books divided by how its rules are judged where no one can hold the whole document.

A rule is judged on the *frame* (the document without its entries) if it looks at nothing else, and on *pieces* (the
frame's head with some entries) if it looks at one line, or at one entry's own fields. What looks further – sums,
order, uniqueness, counters – is *streamed* if Ulak knows the rule, word for word; if not, the document must be held
as a whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import Final

from ulak.ledger.judging.known import KNOWN
from ulak.ledger.reading.tags import ENTRIES, HEADER, XBRL
from ulak.rules.schematron import Assertion, Let, Pattern, Rule, Schema, ValueOf

__all__ = ["Division", "Way", "divide", "mark_of", "way_of"]


class Way(Enum):
    """How a rule is judged."""

    FRAME = "frame"
    PIECES = "pieces"
    BOTH = "both"
    """On frame and pieces: a rule for elements anywhere."""
    STREAMED = "streamed"
    UNKNOWN = "unknown"


class _Place(Enum):
    ABOVE = 0
    """The elements around the entries."""
    HEADER = 1
    LINE = 2
    """Inside of an entryHeader: a line, what is in it, or a field of the header."""
    ASIDE = 3
    """Neither around the entries nor in them."""
    DEEP_ASIDE = 4
    """Such an element whose parent is another one."""
    ANYWHERE = 5


_TOKEN: Final = re.compile(
    r"(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>\d+(?:\.\d+)?)|(?P<axis>[a-z-]+)::|(?P<variable>\$[\w.-]+)"
    r"|(?P<word>and|or|div|mod)\b(?![-.:])|(?P<call>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)\s*\(|(?P<name>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)"
    r"|(?P<mark>//|\.\.|<=|>=|!=|[/.@*()\[\],=<>+|-])|(?P<blank>\s+)"
)
_PLAIN_PATH: Final = re.compile(r"(?:/[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)+")
_AROUND: Final = (XBRL, ENTRIES)
_FAR: Final = frozenset({"entryHeader", "entryDetail"})
_AXES: Final = frozenset({"parent", "child", "self", "attribute"})
_TESTS: Final = frozenset({"node", "text"})
_TEXTS: Final = (
    "concat",
    "contains",
    "ends-with",
    "lower-case",
    "matches",
    "normalize-space",
    "replace",
    "starts-with",
)
_MORE_TEXTS: Final = ("string", "string-join", "string-length", "substring", "substring-after", "substring-before")
_NUMBERS: Final = ("count", "distinct-values", "floor", "max", "min", "number", "round", "sum", "xs:date", "xs:decimal")
_OTHERS: Final = ("base-uri", "boolean", "empty", "exists", "false", "not", "translate", "true", "upper-case")
_CALLS: Final = frozenset({*_TEXTS, *_MORE_TEXTS, *_NUMBERS, *_OTHERS})
_COUNTING: Final = frozenset({"not", "count", "exists", "empty", "boolean"})
_WORDS: Final = ("and", "or", "div", "mod")


@dataclass(frozen=True)
class Division:
    """A Schematron's parts.

    Attributes:
        frame, pieces: Schematrons of the same rules with some of their assertions.
        streamed: name of a streamed rule (`known.KNOWN`) → number of the assertion in the whole.
        unknown: assertions that only the whole document can be judged by.
    """

    frame: Schema
    pieces: Schema
    streamed: Mapping[str, int]
    unknown: tuple[Assertion, ...]


def divide(schema: Schema) -> Division:
    """Divide a Schematron for ``edefter:defter``."""
    ways: dict[int, Way] = {}
    streamed: dict[str, int] = {}
    unknown = []
    for number, (pattern, rule, assertion) in enumerate(schema.assertions()):
        way = ways[id(assertion)] = way_of(schema, pattern, rule, assertion)
        if way is Way.STREAMED:
            streamed[KNOWN[mark_of(schema, pattern, rule, assertion)]] = number
        elif way is Way.UNKNOWN:
            unknown.append(assertion)
    frame, pieces = (_only(schema, ways, {way, Way.BOTH}) for way in (Way.FRAME, Way.PIECES))
    return Division(frame, pieces, streamed, tuple(unknown))


def _only(schema: Schema, ways: Mapping[int, Way], wanted: set[Way]) -> Schema:
    """The Schematron without other assertions; rules stay, since an earlier one hides later ones of its pattern."""

    def rule(whole: Rule) -> Rule:
        kept = tuple(each for each in whole.assertions if ways[id(each)] in wanted)
        used = {let.name for each in kept for text in _texts(each) for let in _used(text, whole.lets)}
        return replace(whole, assertions=kept, lets=tuple(let for let in whole.lets if let.name in used))

    patterns = (replace(pattern, rules=tuple(rule(each) for each in pattern.rules)) for pattern in schema.patterns)
    return replace(schema, patterns=tuple(patterns))


def mark_of(schema: Schema, pattern: Pattern, rule: Rule, assertion: Assertion) -> str:
    """Hash of all that decides an assertion: context, test and the names it uses, without white space."""
    lets = _used(assertion.test, (*schema.lets, *pattern.lets, *rule.lets))
    steps = _clark(rule.context, schema.namespaces) or (rule.context,)
    parts = ("/".join(steps), str(assertion.positive), assertion.test, *(f"{let.name}={let.value}" for let in lets))
    functions = schema.functions if _calls_own(assertion.test) else ()
    return hashlib.sha256("|".join("".join(part.split()) for part in (*parts, *functions)).encode()).hexdigest()[:16]


def way_of(schema: Schema, pattern: Pattern, rule: Rule, assertion: Assertion) -> Way:
    """How an assertion can be judged."""
    known = KNOWN.get(mark_of(schema, pattern, rule, assertion))
    if known is not None:
        return Way.FRAME if known == "any-entry" else Way.STREAMED
    place = _place(rule.context, schema.namespaces)
    lets = (*schema.lets, *pattern.lets, *rule.lets)
    own = _texts(assertion)
    texts = (*own, *(let.value for text in own for let in _used(text, lets)))
    if place is None or not all(_is_near(text, place) for text in texts):
        return Way.UNKNOWN
    if place in (_Place.HEADER, _Place.LINE):
        return Way.PIECES
    return Way.BOTH if place is _Place.ANYWHERE else Way.FRAME


def _texts(assertion: Assertion) -> tuple[str, ...]:
    """Its test, and what its message is filled with."""
    return assertion.test, *(part.select for part in assertion.message if isinstance(part, ValueOf))


def _used(text: str, lets: Iterable[Let]) -> list[Let]:
    """The names that an expression uses, and those that they use; a later one hides an earlier one."""
    known = {let.name: let for let in lets}
    found: dict[str, Let] = {}
    todo = [text]
    while todo:
        for token in _TOKEN.finditer(todo.pop()):
            name = (token["variable"] or "")[1:]
            if name in known and name not in found:
                found[name] = known[name]
                todo.append(known[name].value)
    return [found[name] for name in sorted(found)]


def _calls_own(text: str) -> bool:
    return any(":" in (token["call"] or "") and token["call"] not in _CALLS for token in _TOKEN.finditer(text))


# -- where a rule stands ----------------------------------------------------------------------------------------------


def _clark(path: str, namespaces: Mapping[str, str]) -> tuple[str, ...] | None:
    """The steps of a path of plain names from the root, as Clark names."""
    if not _PLAIN_PATH.fullmatch(path.strip()):
        return None
    steps = (step.rpartition(":") for step in path.strip()[1:].split("/"))
    return tuple(f"{{{namespaces.get(prefix, '')}}}{name}" if prefix else name for prefix, _, name in steps)


def _place(context: str, namespaces: Mapping[str, str]) -> _Place | None:
    if context.strip() in ("/", "*"):
        return _Place.ABOVE if context.strip() == "/" else _Place.ANYWHERE
    steps = _clark(context, namespaces)
    if steps is None:
        return None
    if steps[1:] == _AROUND[: len(steps) - 1]:
        return _Place.ABOVE
    if steps[1:4] != (*_AROUND, HEADER):
        return _Place.DEEP_ASIDE if len(steps) > len(_common(steps)) + 1 else _Place.ASIDE
    return _Place.HEADER if len(steps) == 4 else _Place.LINE


def _common(steps: tuple[str, ...]) -> tuple[str, ...]:
    """The first steps of a path that are elements around the entries."""
    around = (steps[0], *_AROUND)
    same = next((at for at, pair in enumerate(zip(steps, around, strict=False)) if pair[0] != pair[1]), len(around))
    return steps[:same]


# -- what it looks at -------------------------------------------------------------------------------------------------


def _is_near(text: str, place: _Place) -> bool:
    """Whether an expression surely looks at nothing that is not there where rules of a place are judged."""
    tokens = list(_tokens(text))
    if "" in tokens or "//" in tokens or ".." in tokens:
        return False
    if any(name.rpartition(":")[2] in _FAR for name in tokens):
        return False
    may_climb = place in (_Place.LINE, _Place.DEEP_ASIDE) and not _climbs_twice(tokens)
    if "parent::" in tokens and not may_climb:
        return False
    if place is not _Place.LINE and _is_wide(tokens, place):
        return False
    return all(_is_known(token) for token in tokens)


def _is_known(token: str) -> bool:
    if token.endswith("::"):
        return token[:-2] in _AXES
    return not token.endswith("(") or token[:-1] in _CALLS or token[:-1] in ("", *_TESTS)


def _tokens(text: str) -> Iterator[str]:
    """Names, marks and words; calls end in ``(``, axes in ``::``; what is not understood is empty."""
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            yield ""
            return
        at = token.end()
        kind = token.lastgroup
        if kind in ("call", "axis"):
            yield token[kind] + ("(" if kind == "call" else "::")
        elif kind in ("name", "mark", "variable", "word"):
            yield token[0]


def _climbs_twice(tokens: list[str]) -> bool:
    return any(
        tokens[at] == "parent::" and "parent::" in tokens[at + 1 : at + 6] and "/" in tokens[at + 1 : at + 5]
        for at in range(len(tokens))
    )


def _is_wide(tokens: list[str], place: _Place) -> bool:
    """Whether an expression may look at all children of an element, or at all text in it."""
    steps = [
        token for at, token in enumerate(tokens) if token in ("*", "node(", "text(") and tokens[at - 1] != "parent::"
    ]
    if steps:
        return True
    if place in (_Place.ABOVE, _Place.HEADER, _Place.ANYWHERE) and _looks_at_itself(tokens):
        return True
    return place is not _Place.HEADER and _takes_text(tokens)


def _looks_at_itself(tokens: list[str]) -> bool:
    """Whether ``.`` stands outside of all predicates, where it is the context."""
    inside = 0
    for before, mark in pairwise(["", *tokens]):
        inside += {"[": 1, "]": -1}.get(mark, 0)
        if mark == "." and not inside and before != "base-uri(":
            return True
    return False


def _takes_text(tokens: list[str]) -> bool:
    """Whether a path ends at an element around the entries other than to see whether it is there."""
    names = {"xbrl", "accountingEntries", "defter"}
    ends = [
        at
        for at, token in enumerate(tokens)
        if token.rpartition(":")[2] in names and not token.endswith("(") and tokens[at + 1 : at + 2] != ["/"]
    ]
    return any(not _is_counted(tokens, at) for at in ends)


def _is_counted(tokens: list[str], at: int) -> bool:
    start = at
    while start > 0 and (tokens[start - 1] == "/" or tokens[start - 1].rpartition(":")[2].isidentifier()):
        if tokens[start - 1] in _WORDS:
            break
        start -= 1
    before = tokens[start - 1] if start else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    is_asked = before.rstrip("(") in _COUNTING and after == ")"
    return is_asked or (before in ("", "and", "or") and after in ("", "and", "or"))
