"""GİB's Schematron run by Saxon as it stands: the judge that the compiled rules are measured against.

Nothing of the compiler under test is used: each assertion is put, untranslated, into an XSLT template of its pattern's
mode, and Saxon says which of them fail where. Where Saxon stops, the same assertions are run once more, each within
``xsl:try``, to learn which of them it was.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from typing import Any, Final
from urllib.parse import quote

# A date without a zone is a date in Istanbul; Saxon takes the zone from the environment, once, when it starts.
os.environ["TZ"] = "Europe/Istanbul"

from lxml import etree
from saxonche import PySaxonProcessor

from ulak.rules.schematron import Assertion, Pattern, Schema

XSL: Final = "http://www.w3.org/1999/XSL/Transform"
TODAY: Final = "2026-06-15"
"""The business day on which the tests judge."""

_ELEMENT: Final = "(for $n in ancestor-or-self::* return concat('/', count($n/preceding-sibling::*)))"
_PLACE: Final = f"string-join(({_ELEMENT}, if (self::attribute()) then concat('@', name()) else ''), '')"
_TODAYS: Final = re.compile(r"\bcurrent-date\(\s*\)")


Check = Callable[[int, str, str], str]
"""Given an assertion's number, the variables in scope and the test that is true where it fails, the XSLT to run."""


@dataclass(frozen=True)
class Verdict:
    """What Saxon says.

    Attributes:
        failed: (assertion number, place) of each assertion that does not hold.
        stopped: numbers of the assertions whose evaluation stopped with an error.
        unclear: Saxon stopped before it came to any assertion, at a ``let`` that perhaps none needs.
    """

    failed: frozenset[tuple[int, str]]
    stopped: frozenset[int] = frozenset()
    unclear: bool = False


@cache
def processor() -> PySaxonProcessor:
    return PySaxonProcessor(license=False)


class SaxonReference:
    """Saxon over one Schematron; ``parameters`` replace schema-wide lets."""

    def __init__(self, schema: Schema, parameters: dict[str, str]) -> None:
        self.schema = schema
        self.parameters = parameters
        self.numbers = {id(a): n for n, (_, _, a) in enumerate(schema.assertions())}
        self._executable = compile_stylesheet(self.stylesheet(_plain, version="2.0"))

    @cached_property
    def _guarded(self) -> Any:
        return compile_stylesheet(self.stylesheet(_guarded))

    def judge(self, data: bytes, file: str = "") -> Verdict:
        builder = processor().new_document_builder()
        builder.set_base_uri(f"file:///{quote(file)}")
        node = builder.parse_xml(xml_text=etree.tostring(etree.fromstring(data), encoding="unicode"))
        for guarded in (False, True):
            executable = self._guarded if guarded else self._executable
            with silence(), suppress(Exception):
                return self._read(executable.transform_to_string(xdm_node=node))
        return Verdict(frozenset(), unclear=True)

    @staticmethod
    def _read(report: str) -> Verdict:
        root = etree.fromstring(report.encode())
        failed = frozenset((int(f.get("n", "")), f.get("at", "")) for f in root.iterchildren("f"))
        return Verdict(failed, frozenset(int(e.get("n", "")) for e in root.iterchildren("e")))

    # -- the stylesheet -----------------------------------------------------------------------------------------------

    def stylesheet(self, check: Check, *, version: str = "3.0") -> str:
        """The schema as a stylesheet; ``check`` gives what is done with an assertion at each of its nodes."""
        namespaces = {"xs": "http://www.w3.org/2001/XMLSchema", **self.schema.namespaces, "xsl": XSL}
        declared = " ".join(f'xmlns:{p}="{u}"' for p, u in namespaces.items())
        given = self.parameters
        lets = "".join(variable(n, f"'{given[n]}'" if n in given else v) for n, v in self.schema.lets)
        patterns = [(f"m{i}", pattern) for i, pattern in enumerate(self.schema.patterns)]
        calls = "".join(f'<xsl:apply-templates select="/" mode="{mode}"/>' for mode, _ in patterns)
        bodies = "".join(self._pattern(pattern, mode, check) for mode, pattern in patterns)
        text = (
            f'<xsl:stylesheet version="{version}" {declared}>'
            f'{"".join(self.schema.functions)}{lets}<xsl:template match="/"><r>{calls}</r></xsl:template>'
            f"{bodies}</xsl:stylesheet>"
        )
        return _TODAYS.sub(f"xs:date('{TODAY}')", text)

    def _pattern(self, pattern: Pattern, mode: str, check: Check) -> str:
        walk = f'<xsl:apply-templates select="@*|node()" mode="{mode}"/>'
        templates = [f'<xsl:template match="node()|@*" mode="{mode}" priority="-9">{walk}</xsl:template>']
        if not any(rule.context.strip() == "/" for rule in pattern.rules):
            templates.append(f'<xsl:template match="/" mode="{mode}" priority="-9">{walk}</xsl:template>')
        for priority, rule in enumerate(reversed(pattern.rules)):
            lets = "".join(variable(*let) for let in (*pattern.lets, *rule.lets))
            body = "".join(self._assertion(assertion, lets, check) for assertion in rule.assertions)
            head = f'<xsl:template match="{escape(rule.context)}" mode="{mode}" priority="{priority}">'
            templates.append(f"{head}{body}{walk}</xsl:template>")
        return "".join(templates)

    def _assertion(self, assertion: Assertion, lets: str, check: Check) -> str:
        test = assertion.test if assertion.positive else f"not({assertion.test})"
        return check(self.numbers[id(assertion)], lets, test)


def _plain(number: int, lets: str, test: str) -> str:
    at = f'<xsl:attribute name="at" select="{escape(_PLACE)}"/>'
    return f'{lets}<xsl:if test="{escape(test)}"><f n="{number}">{at}</f></xsl:if>'


def _guarded(number: int, lets: str, test: str) -> str:
    return f'<xsl:try>{_plain(number, lets, test)}<xsl:catch errors="*"><e n="{number}"/></xsl:catch></xsl:try>'


def variable(name: str, value: str) -> str:
    return f'<xsl:variable name="{name}" select="{escape(value)}"/>'


def compile_stylesheet(text: str) -> Any:
    return processor().new_xslt30_processor().compile_stylesheet(stylesheet_text=text)


@contextmanager
def silence() -> Iterator[None]:
    """Saxon writes every dynamic error to the process's stderr; here errors are answers, not news."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
