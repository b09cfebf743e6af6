"""What differs between two packs, said in words: codes, rules and schemas that came, went or changed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from lxml import etree

from ulak.errors import Language, Text
from ulak.rules import identity
from ulak.rules.pack import Pack
from ulak.rules.schematron import Assertion, Schema

__all__ = ["Change", "PackDiff", "diff"]

What = Literal[
    "list-added",
    "list-removed",
    "code-added",
    "code-removed",
    "variable-added",
    "variable-removed",
    "variable-changed",
    "rule-added",
    "rule-removed",
    "rule-changed",
    "rule-reworded",
    "rule-moved",
    "schema-added",
    "schema-removed",
    "schema-changed",
]
_SENTENCES: Final[dict[What, Text]] = {
    "list-added": Text("Yeni kod listesi {subject}: {after}", "New code list {subject}: {after}"),
    "list-removed": Text("{subject} kod listesi kaldırıldı: {before}", "The code list {subject} is gone: {before}"),
    "code-added": Text("{subject} listesinde yeni kod: {after}", "New code {after} in {subject}"),
    "code-removed": Text("{subject} listesinden {before} kodu çıkarıldı", "Code {before} removed from {subject}"),
    "variable-added": Text("Yeni değişken {subject}: {after}", "New variable {subject}: {after}"),
    "variable-removed": Text("{subject} değişkeni kaldırıldı", "The variable {subject} is gone"),
    "variable-changed": Text("{subject} değişkeni değişti: {edit}", "The variable {subject} changed: {edit}"),
    "rule-added": Text("Yeni kural {subject}: {after}", "New rule {subject}: {after}"),
    "rule-removed": Text("{subject} kuralı kaldırıldı: {before}", "Rule {subject} removed: {before}"),
    "rule-changed": Text("{subject} kuralı değişti: {after} [{edit}]", "Rule {subject} changed: {after} [{edit}]"),
    "rule-reworded": Text(
        "{subject} kuralının yalnız iletisi değişti: {after}", "Only the message of rule {subject} changed: {after}"
    ),
    "rule-moved": Text(
        "{subject} kuralının baktığı yerler değişti: {edit}", "The places that rule {subject} looks at changed: {edit}"
    ),
    "schema-added": Text("Yeni XSD: {subject}", "New XSD: {subject}"),
    "schema-removed": Text("XSD kaldırıldı: {subject}", "XSD removed: {subject}"),
    "schema-changed": Text("XSD değişti: {subject} ({edit})", "XSD changed: {subject} ({edit})"),
}
_LONGEST: Final = 400
_TOKEN: Final = re.compile(r"'[^']*'|[\w$@:.-]+|\S")
_LOCATED: Final = ("import", "include", "redefine")


@dataclass(frozen=True)
class Change:
    """One difference.

    Attributes:
        what: the kind of change.
        subject: a rule's id, a list's or variable's name, or an XSD's file name.
        before: the code, message or value that was; empty if there was none.
        after: the one that is.
        edit: what was taken out (−) and put in (+) of a test, value, context or XSD.
    """

    what: What
    subject: str
    before: str = ""
    after: str = ""
    edit: str = ""

    @property
    def text(self) -> Text:
        facts = {"before": self.before, "after": self.after, "edit": self.edit}
        return _SENTENCES[self.what].format(subject=self.subject, **{k: _short(v) for k, v in facts.items()})


@dataclass(frozen=True)
class PackDiff:
    """All differences between two packs, codes first, then rules, then XSDs, each in order of name."""

    before: str
    after: str
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def in_words(self, language: Language = "tr") -> list[str]:
        """A sentence for each change."""
        return [change.text.say(language) for change in self.changes]


def diff(before: Pack, after: Pack, ledger: identity.Ledger | None = None) -> PackDiff:
    """Compare two packs.

    Rules are recognised by their ids in ``ledger`` (by default that of Ulak), so that a reworded rule is one change and
    not two; XSDs by file name, and only what they declare counts.

    Raises:
        PackError, SchematronError, XmlError: a file of either cannot be read.
    """
    changes: list[Change] = []
    known = identity.built_in_ledger() if ledger is None else ledger
    for role in sorted({*before.schematrons, *after.schematrons}):
        schemas = [pack.schematron(role) if role in pack.schematrons else None for pack in (before, after)]
        prefix = identity.prefix_of(after.kind, role)
        changes += _lists(schemas[0], schemas[1])
        changes += _variables(schemas[0], schemas[1])
        changes += _rules(schemas[0], schemas[1], known, prefix)
    changes += _schemas(before, after)
    order = {what: place for place, what in enumerate(_SENTENCES)}
    area = {what: what.partition("-")[0] for what in _SENTENCES}
    areas = list(dict.fromkeys(area.values()))
    changes.sort(key=lambda c: (_area(areas, area[c.what]), _natural(c.subject), order[c.what], c.before, c.after))
    return PackDiff(before.name, after.name, tuple(changes))


def _area(areas: list[str], name: str) -> int:
    return areas.index("list" if name == "code" else name)


def _natural(subject: str) -> tuple[str, int]:
    name, _, ordinal = subject.rpartition("-")
    return (name, int(ordinal)) if ordinal.isdecimal() else (subject, 0)


def _lists(before: Schema | None, after: Schema | None) -> Iterator[Change]:
    old = before.code_lists if before else {}
    new = after.code_lists if after else {}
    for name in {*old, *new}:
        if name not in old:
            yield Change("list-added", name, after=", ".join(new[name]))
        elif name not in new:
            yield Change("list-removed", name, before=", ".join(old[name]))
        else:
            yield from (Change("code-added", name, after=code) for code in {*new[name]} - {*old[name]})
            yield from (Change("code-removed", name, before=code) for code in {*old[name]} - {*new[name]})


def _variables(before: Schema | None, after: Schema | None) -> Iterator[Change]:
    old, new = _values(before), _values(after)
    for name in {*old, *new}:
        if name not in old:
            yield Change("variable-added", name, after=new[name])
        elif name not in new:
            yield Change("variable-removed", name, before=old[name])
        elif _squeeze(old[name]) != _squeeze(new[name]):
            yield Change("variable-changed", name, old[name], new[name], _edit(old[name], new[name]))


def _values(schema: Schema | None) -> dict[str, str]:
    return {name: value for name, value in schema.lets if name not in schema.code_lists} if schema else {}


@dataclass
class _Demand:
    assertion: Assertion
    places: set[str]


def _rules(before: Schema | None, after: Schema | None, ledger: identity.Ledger, prefix: str) -> Iterator[Change]:
    old, ledger = _demands(before, ledger, prefix)
    new, _ = _demands(after, ledger, prefix)
    for rule in {*old, *new}:
        if rule not in old:
            yield Change("rule-added", rule, after=new[rule].assertion.words)
        elif rule not in new:
            yield Change("rule-removed", rule, before=old[rule].assertion.words)
        else:
            yield from _rule(rule, old[rule], new[rule])


def _rule(rule: str, old: _Demand, new: _Demand) -> Iterator[Change]:
    was, is_now = old.assertion, new.assertion
    if was.fingerprint != is_now.fingerprint:
        yield Change("rule-changed", rule, was.words, is_now.words, _edit(was.test, is_now.test))
    elif was.words != is_now.words:
        yield Change("rule-reworded", rule, was.words, is_now.words)
    if gone := sorted(old.places - new.places) + sorted(new.places - old.places):
        edit = " ".join(f"{'−' if place in old.places else '+'}{place}" for place in gone)
        yield Change("rule-moved", rule, edit=edit)


def _demands(schema: Schema | None, ledger: identity.Ledger, prefix: str) -> tuple[dict[str, _Demand], identity.Ledger]:
    demands: dict[str, _Demand] = {}
    if schema is None:
        return demands, ledger
    ids, fresh = identity.assign(schema, ledger, prefix=prefix)
    for _, rule, assertion in schema.assertions():
        demand = demands.setdefault(ids[assertion], _Demand(assertion, set()))
        demand.places.add(_squeeze(rule.context))
    return demands, identity.extend(ledger, fresh)


def _schemas(before: Pack, after: Pack) -> Iterator[Change]:
    old, new = _declarations(before), _declarations(after)
    for name in {*old, *new}:
        if name not in old:
            yield Change("schema-added", name)
        elif name not in new:
            yield Change("schema-removed", name)
        elif old[name] != new[name]:
            yield Change("schema-changed", name, edit=_edit(old[name], new[name]))


def _declarations(pack: Pack) -> Mapping[str, str]:
    """File name → what the XSD declares: without comments, annotations and the places of other files."""
    declared: dict[str, str] = {}
    for xsd in pack.schemas.xsds.values():
        tree = etree.fromstring(etree.tostring(xsd.tree))
        etree.strip_tags(tree, etree.Comment)
        for element in list(tree.iter("*")):
            name = etree.QName(element).localname
            parent = element.getparent()
            if name == "annotation" and parent is not None:
                parent.remove(element)
            elif name in _LOCATED:
                element.attrib.pop("schemaLocation", "")
        etree.indent(tree, "")
        declared[xsd.file_name] = etree.tostring(tree, method="c14n").decode()
    return declared


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _edit(before: str, after: str) -> str:
    """What went out of a text and what came in, as its tokens."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    parts: list[str] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag in ("delete", "replace"):
            parts.append("−" + " ".join(old[i1:i2]))
        if tag in ("insert", "replace"):
            parts.append("+" + " ".join(new[j1:j2]))
    return " ".join(parts)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
