"""GİB's Schematron run by Saxon as it stands: the judge that the compiled rules are measured against.

Nothing of the compiler under test is used: each assertion is put, untranslated, into an XSLT 2.0 template of its
pattern's mode, and Saxon says which of them fail where.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any
from urllib.parse import quote

from lxml import etree
from saxonche import PySaxonProcessor

from ulak.rules.schematron import Pattern, Schema

XSL = "http://www.w3.org/1999/XSL/Transform"


@cache
def processor() -> PySaxonProcessor:
    return PySaxonProcessor(license=False)


class SaxonReference:
    """Saxon over one Schematron; ``failed`` gives {(assertion number, place)} or None where Saxon stops."""

    def __init__(self, schema: Schema, parameters: dict[str, str]) -> None:
        self.numbers = {id(a): n for n, (_, _, a) in enumerate(schema.assertions())}
        text = self._stylesheet(schema, parameters)
        self.executable: Any = processor().new_xslt30_processor().compile_stylesheet(stylesheet_text=text)

    def failed(self, data: bytes, file: str = "") -> set[tuple[int, str]] | None:
        builder = processor().new_document_builder()
        builder.set_base_uri(f"file:///{quote(file)}")
        node = builder.parse_xml(xml_text=etree.tostring(etree.fromstring(data), encoding="unicode"))
        try:
            report = self.executable.transform_to_string(xdm_node=node)
        except Exception:
            return None
        return {(int(f.get("n", "")), f.get("at", "")) for f in etree.fromstring(report.encode())}

    def _stylesheet(self, schema: Schema, parameters: dict[str, str]) -> str:
        namespaces = {"xs": "http://www.w3.org/2001/XMLSchema", **schema.namespaces, "xsl": XSL}
        declared = " ".join(f'xmlns:{p}="{u}"' for p, u in namespaces.items())
        lets = "".join(
            variable(name, f"'{parameters[name]}'" if name in parameters else value) for name, value in schema.lets
        )
        calls = "".join(f'<xsl:apply-templates select="/" mode="m{i}"/>' for i in range(len(schema.patterns)))
        bodies = "".join(self._pattern(pattern, f"m{i}") for i, pattern in enumerate(schema.patterns))
        return (
            f'<xsl:stylesheet version="2.0" {declared}>{"".join(schema.functions)}{lets}'
            f'<xsl:template match="/"><r>{calls}</r></xsl:template>{bodies}</xsl:stylesheet>'
        )

    def _pattern(self, pattern: Pattern, mode: str) -> str:
        walk = f'<xsl:apply-templates select="@*|node()" mode="{mode}"/>'
        templates = [f'<xsl:template match="node()|@*" mode="{mode}" priority="-9">{walk}</xsl:template>']
        if not any(rule.context == "/" for rule in pattern.rules):
            templates.append(f'<xsl:template match="/" mode="{mode}" priority="-9">{walk}</xsl:template>')
        for priority, rule in enumerate(reversed(pattern.rules)):
            body = "".join(variable(*let) for let in (*pattern.lets, *rule.lets))
            for assertion in rule.assertions:
                test = assertion.test if assertion.positive else f"not({assertion.test})"
                place = "string-join((for $n in ancestor-or-self::* return concat('/', count($n/preceding-sibling::*)), if (self::attribute()) then concat('@', name()) else ''), '')"
                at = f'<xsl:attribute name="at" select="{escape(place)}"/>'
                number = self.numbers[id(assertion)]
                body += f'<xsl:if test="{escape(test)}"><f n="{number}">{at}</f></xsl:if>'
            head = f'<xsl:template match="{escape(rule.context)}" mode="{mode}" priority="{priority}">'
            templates.append(f"{head}{body}{walk}</xsl:template>")
        return "".join(templates)


def variable(name: str, value: str) -> str:
    return f'<xsl:variable name="{name}" select="{escape(value)}"/>'
