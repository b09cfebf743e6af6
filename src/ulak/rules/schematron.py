"""Schematron as GİB publishes it, read into plain values.

Two spellings are understood: ISO Schematron (with ``sch:include``, abstract rules, ``sch:extends``, rules that stand
outside any pattern, ``let`` anywhere, embedded ``xsl:function``) and the XSLT that GİB ships for e-Arşiv reports
instead of its Schematron source.
"""

from __future__ import annotations

import copy
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from lxml import etree

from ulak.errors import Text, UlakError
from ulak.xml import parse

__all__ = [
    "Assertion",
    "Let",
    "NameOf",
    "Pattern",
    "Rule",
    "Schema",
    "SchematronError",
    "ValueOf",
    "read_schematron",
    "unreadable_rules",
]

SCHEMATRON: Final = "http://purl.oclc.org/dsdl/schematron"
XSLT: Final = "http://www.w3.org/1999/XSL/Transform"
_S: Final = "{" + SCHEMATRON + "}"
_X: Final = "{" + XSLT + "}"
_ORDINAL: Final = re.compile(r"-\d+$")
LOOSE: Final = "general"


class SchematronError(UlakError):
    """The Schematron cannot be read; ``code`` is one of ``pack.schematron.*``."""


class ValueOf(NamedTuple):
    """A place in a message that is filled with the string value of ``select``."""

    select: str


class NameOf(NamedTuple):
    """A place in a message that is filled with the name of ``path`` (``.`` is the context)."""

    path: str


class Let(NamedTuple):
    """A named expression."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """One ``assert`` or ``report``.

    Attributes:
        rule: name of the abstract rule it came from, else of the pattern that holds it.
        test: XPath; an assert fails where it is false, a report where it is true.
        message: GİB's words, with the places to fill.
        positive: True for ``report``.
        printed_id: the ``id`` the source gives it, if any.
    """

    rule: str
    test: str
    message: tuple[str | ValueOf | NameOf, ...]
    positive: bool = False
    printed_id: str = ""

    @property
    def fingerprint(self) -> str:
        """Hash of what the assertion demands: rule name and test without white space; the message may change."""
        content = f"{self.rule}|{self.positive}|{''.join(self.test.split())}"
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    @property
    def words(self) -> str:
        """The message on one line, with ``{select}`` for the places to fill."""
        parts = (part if isinstance(part, str) else f"{{{part[0]}}}" for part in self.message)
        return " ".join("".join(parts).split())


@dataclass(frozen=True, slots=True)
class Rule:
    """Assertions over every node that matches ``context`` and no earlier rule of the same pattern."""

    context: str
    assertions: tuple[Assertion, ...]
    lets: tuple[Let, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """Rules of which a node obeys the first that matches it."""

    id: str
    rules: tuple[Rule, ...]
    lets: tuple[Let, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """A whole Schematron.

    Attributes:
        namespaces: prefix → URI, as declared with ``sch:ns``.
        lets: schema-wide names; code lists are those whose value is a literal ``',A,B,'``.
        functions: embedded ``xsl:function`` elements as XML text.
    """

    namespaces: Mapping[str, str]
    lets: tuple[Let, ...]
    patterns: tuple[Pattern, ...]
    functions: tuple[str, ...] = ()
    code_lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def assertions(self) -> Iterator[tuple[Pattern, Rule, Assertion]]:
        for pattern in self.patterns:
            for rule in pattern.rules:
                for assertion in rule.assertions:
                    yield pattern, rule, assertion


def read_schematron(files: Mapping[str, bytes], main: str) -> Schema:
    """Read the Schematron ``main``; its includes are looked up in ``files`` by path relative to it.

    Raises:
        SchematronError: a file or an abstract rule is missing, an include loops, or the file is no Schematron.
        XmlError: a file is not XML that Ulak reads.
    """
    root = parse(files[main])
    if root.tag == f"{_X}stylesheet":
        return _read_compiled(root)
    if root.tag != f"{_S}schema":
        raise _error("root", "Bu dosya Schematron değil: {name}", "This file is not Schematron: {name}", name=main)
    _include(root, PurePosixPath(main).parent, files, depth=0)
    return _read_schema(root)


def _include(element: etree._Element, folder: PurePosixPath, files: Mapping[str, bytes], depth: int) -> None:
    if depth > 8:
        raise _error("loop", "sch:include kendini çağırıyor.", "sch:include calls itself.")
    for include in list(element.iter(f"{_S}include")):
        path, _, fragment = (include.get("href") or "").partition("#")
        name = str(folder / path)
        if name not in files:
            raise _error("missing", "Pakette {name} dosyası yok.", "The pack lacks the file {name}.", name=name)
        part = parse(files[name])
        if fragment:
            found = [e for e in part.iter() if isinstance(e.tag, str) and e.get("id") == fragment]
            if not found:
                raise _error("missing", "{name} bulunamadı.", "{name} was not found.", name=f"{name}#{fragment}")
            part = found[0]
        _include(part, PurePosixPath(name).parent, files, depth + 1)
        parent = include.getparent()
        if parent is not None:
            part.tail = include.tail
            parent.replace(include, part)


def _read_schema(root: etree._Element) -> Schema:
    abstract = {r.get("id", ""): r for r in root.iter(f"{_S}rule") if r.get("abstract") == "true"}
    patterns: list[Pattern] = []
    lets = [*_lets(root)]
    loose: list[Rule] = []
    for child in root:
        if child.tag == f"{_S}pattern":
            pattern = _read_pattern(child, abstract, len(patterns))
            if pattern.rules:
                patterns.append(pattern)
            else:
                lets.extend(pattern.lets)
        elif child.tag == f"{_S}rule" and child.get("abstract") != "true":
            loose.append(_read_rule(child, abstract, LOOSE))
    if loose:
        patterns.append(Pattern(LOOSE, tuple(loose)))
    namespaces = {n.get("prefix", ""): n.get("uri", "") for n in root.iter(f"{_S}ns")}
    functions = tuple(etree.tostring(f, encoding="unicode", with_tail=False) for f in root.iter(f"{_X}function"))
    return Schema(namespaces, tuple(lets), tuple(patterns), functions, _code_lists(lets))


def _read_pattern(element: etree._Element, abstract: Mapping[str, etree._Element], index: int) -> Pattern:
    name = element.get("id") or element.get("name") or f"pattern{index + 1}"
    concrete = [r for r in element.iterchildren(f"{_S}rule") if r.get("abstract") != "true"]
    return Pattern(name, tuple(_read_rule(r, abstract, name) for r in concrete), tuple(_lets(element)))


def _read_rule(element: etree._Element, abstract: Mapping[str, etree._Element], pattern: str) -> Rule:
    lets: list[Let] = []
    assertions: list[Assertion] = []
    for child, name in _expand(element, abstract, pattern, ()):
        if child.tag == f"{_S}let":
            lets.append(_let(child))
        else:
            assertions.append(_read_assertion(child, name))
    return Rule(element.get("context", ""), tuple(assertions), tuple(lets))


def _expand(
    rule: etree._Element, abstract: Mapping[str, etree._Element], name: str, seen: tuple[str, ...]
) -> Iterator[tuple[etree._Element, str]]:
    for child in rule:
        if child.tag in (f"{_S}let", f"{_S}assert", f"{_S}report"):
            yield child, name
        elif child.tag == f"{_S}extends":
            target = child.get("rule", "")
            if target not in abstract:
                raise _error("missing", "Soyut kural {name} yok.", "Abstract rule {name} is missing.", name=target)
            if target in seen:
                raise _error("loop", "{name} kendini genişletiyor.", "{name} extends itself.", name=target)
            yield from _expand(abstract[target], abstract, target, (*seen, target))


def _read_assertion(element: etree._Element, rule: str) -> Assertion:
    printed = element.get("id", "")
    # A flattened Schematron has no abstract rules left; there the assert's own id keeps their name.
    name = _ORDINAL.sub("", printed) if _ORDINAL.search(printed) else rule
    message = tuple(_message(element))
    return Assertion(name, element.get("test", ""), message, element.tag == f"{_S}report", printed)


def _message(element: etree._Element) -> Iterator[str | ValueOf | NameOf]:
    if element.text:
        yield element.text
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in (f"{_S}value-of", f"{_X}value-of"):
            yield ValueOf(child.get("select", "."))
        elif tag == f"{_S}name":
            yield NameOf(child.get("path", "."))
        elif tag:
            yield from _message(child)
        if child.tail:
            yield child.tail


def _lets(element: etree._Element) -> Iterator[Let]:
    return (_let(child) for child in element.iterchildren(f"{_S}let"))


def _let(element: etree._Element) -> Let:
    return Let(element.get("name", ""), element.get("value", ""))


def _code_lists(lets: Sequence[Let]) -> dict[str, tuple[str, ...]]:
    lists = {}
    for name, value in lets:
        literal = value.strip()
        if re.fullmatch(r"'[^']*,[^']*'", literal):
            lists[name] = tuple(code.strip() for code in literal[1:-1].split(",") if code.strip())
    return lists


def _read_compiled(root: etree._Element) -> Schema:
    """Read GİB's e-Arşiv stylesheet: each template of a mode is a rule, each ``choose`` an assertion."""
    modes: dict[str, list[tuple[float, Rule]]] = {}
    for template in root.iterchildren(f"{_X}template"):
        context, mode = template.get("match", ""), template.get("mode", "")
        assertions = tuple(_compiled_assertions(template, f"earsiv-{PurePosixPath(context).name.split(':')[-1]}"))
        if mode.startswith("M") and assertions:
            priority = float(template.get("priority") or 0)
            modes.setdefault(mode, []).append((priority, Rule(context, assertions)))
    if not modes:
        raise _error("root", "Dosyada kural bulunamadı.", "The file holds no rules.")
    patterns = [
        Pattern(mode, tuple(rule for _, rule in sorted(rules, key=lambda r: -r[0]))) for mode, rules in modes.items()
    ]
    namespaces = {prefix: uri for prefix, uri in root.nsmap.items() if prefix and uri != XSLT}
    return Schema(namespaces, (), tuple(patterns))


def _compiled_assertions(template: etree._Element, rule: str) -> Iterator[Assertion]:
    for choose in template.iterchildren(f"{_X}choose"):
        when, otherwise = choose.find(f"{_X}when"), choose.find(f"{_X}otherwise")
        if when is None:
            continue
        holder = when if otherwise is None else otherwise
        message = tuple(_message(copy.copy(holder)))
        yield Assertion(rule, when.get("test", ""), message, positive=otherwise is None)


def unreadable_rules(detail: str) -> SchematronError:
    """The error for a Schematron whose rules cannot be compiled."""
    tr, en = "Şematronun kuralları derlenemedi: {detail}", "The Schematron's rules cannot be compiled: {detail}"
    return _error("uncompilable", tr, en, detail=detail)


def _error(kind: str, tr: str, en: str, **facts: object) -> SchematronError:
    repair = Text(
        "Paketi GİB'in yayımladığı haliyle, eksiksiz olarak verin.", "Give the package whole, as GİB publishes it."
    )
    return SchematronError(f"pack.schematron.{kind}", Text(tr, en).format(**facts), repair)
