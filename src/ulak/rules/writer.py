"""Writes findings on one document: GİB's words filled in, what they mean, what to do, and where."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from lxml import etree

from ulak.errors import Text, UlakError
from ulak.rules.advice import Advice
from ulak.rules.engine import Failure
from ulak.rules.explain import explain_schema_error, explanation, likely_codes
from ulak.rules.findings import Finding, Level, Locator, line_of
from ulak.rules.program import Program
from ulak.rules.schematron import Assertion, NameOf, ValueOf

__all__ = ["Writer"]

_LONGEST_VALUE: Final = 200
_STOPPED: Final = Text(
    "{rule} kuralı bu belgede değerlendirilemedi: {words}", "Rule {rule} could not be evaluated here: {words}"
)
_STOPPED_EXPLANATION: Final = Text(
    "Kural tek değer beklerken birden çok değer ya da sayı olmayan bir değer buldu; GİB'in kendi motoru da böyle bir "
    "belgede durur.",
    "The rule expects one value and met several, or a value that is no number; GİB's own engine stops at such a "
    "document too.",
)
_STOPPED_REPAIR: Final = Text(
    "Kuralın baktığı alanı bir kez ve beklenen biçimde yazın (örneğin birden çok sürücü yerine tek sürücü).",
    "Give the field that the rule looks at once and in the expected form (for example one driver instead of several).",
)
_MEANT: Final = Text(" Bunu mu demek istediniz: {codes}?", " Did you mean: {codes}?")


class Writer:
    """Writes the findings on the document of ``root``."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root

    @cached_property
    def _locator(self) -> Locator:
        return Locator()

    @cached_property
    def _spoken(self) -> dict[str, str]:
        """Every prefix that the document declares anywhere."""
        return {prefix: uri for element in self._root.iter("*") for prefix, uri in element.nsmap.items() if prefix}

    def plain(self, id_: str, level: Level, text: Text, repair: Text, node: etree._Element) -> Finding:
        return Finding(id_, level, text, text, repair, self._locator.locate(node), line_of(node))

    def stopped(self, error: Exception, node: etree._Element) -> Finding:
        """An engine that could not go on."""
        if isinstance(error, UlakError):
            return self.plain(error.code, Level.ENGINE, error.text, error.repair, node)
        return self.plain("rules.engine", Level.ENGINE, Text(str(error), str(error)), _STOPPED_REPAIR, node)

    def schema_error(self, entry: etree._LogEntry, document: etree._Element) -> Finding:
        """What a schema holds against a document, which may stand in an envelope."""
        problem = explain_schema_error(entry.type_name, entry.message)
        message = Text(entry.message, entry.message)
        xpath = self._readable(entry.path or "", document)
        return Finding(
            problem.id, Level.ERROR, message, problem.explanation, problem.repair, xpath, entry.line, problem.value
        )

    def failure(self, failure: Failure, program: Program, ids: Mapping[Assertion, str]) -> Finding:
        """A broken rule of GİB's."""
        _, rule, assertion = program.assertions[failure.number]
        lists = program.schema.code_lists
        node, attribute = failure.subject or (failure.node, failure.attribute)
        words = _filled(assertion, failure.values)
        value = _value(node, attribute) or _quoted(failure, assertion)
        explained = explanation(
            ids[assertion],
            test=assertion.test,
            context=rule.context,
            message=words,
            lists=lists,
            positive=assertion.positive,
        )
        meant = likely_codes(assertion.test, value, lists) if value else ()
        repair = _joined(explained.repair, _MEANT.format(codes=", ".join(meant))) if meant else explained.repair
        xpath = self._locator.locate(node, attribute)
        message = Text(words, words)
        return Finding(ids[assertion], Level.ERROR, message, explained.explanation, repair, xpath, line_of(node), value)

    def unjudged(self, rule_id: str, assertion: Assertion) -> Finding:
        """A rule that could not be evaluated."""
        text = _STOPPED.format(rule=rule_id, words=assertion.words)
        return Finding(rule_id, Level.ENGINE, text, _STOPPED_EXPLANATION, _STOPPED_REPAIR)

    def advice(self, found: Advice) -> Finding:
        xpath = self._locator.locate(found.node, found.attribute)
        line, value = line_of(found.node), found.value[:_LONGEST_VALUE]
        return Finding(found.id, Level.WARNING, found.message, found.explanation, found.repair, xpath, line, value)

    def _readable(self, path: str, document: etree._Element) -> str:
        """libxml2's path, in GİB's prefixes. It begins at the document that was validated, wherever that stands."""
        _, below, steps = path.removeprefix("/").partition("/")
        try:
            found = document.xpath(f".{below}{steps}", namespaces=self._spoken) if path else []
        except etree.XPathError:
            return path
        node = found[0] if isinstance(found, list) and found else None
        return self._locator.locate(node) if isinstance(node, etree._Element) else path


def _filled(assertion: Assertion, values: tuple[str, ...]) -> str:
    given = iter(values)
    parts = (part if isinstance(part, str) else next(given, "") for part in assertion.message)
    return " ".join("".join(parts).split())


def _value(node: etree._Element, attribute: str) -> str:
    """The text at fault: the attribute's, or that of an element without children."""
    if attribute:
        return (node.get(attribute) or "")[:_LONGEST_VALUE]
    return "" if len(node) else (node.text or "").strip()[:_LONGEST_VALUE]


def _quoted(failure: Failure, assertion: Assertion) -> str:
    """The first value that GİB's message quotes."""
    quoted = [part for part in assertion.message if isinstance(part, ValueOf | NameOf)]
    values = zip(quoted, failure.values, strict=False)
    return next((value.strip()[:_LONGEST_VALUE] for part, value in values if isinstance(part, ValueOf)), "")


def _joined(first: Text, second: Text) -> Text:
    return Text(first.tr + second.tr, first.en + second.en)
