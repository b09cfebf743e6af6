"""What a check says: findings, the verdict and where in the document they point."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from lxml import etree

from ulak.errors import Language, Text

__all__ = ["Finding", "Level", "Locator", "Report", "Verdict", "line_of"]

_PREFIXES: Final = {
    "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2": "cac",
    "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2": "cbc",
    "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2": "ext",
    "http://www.w3.org/2000/09/xmldsig#": "ds",
    "http://uri.etsi.org/01903/v1.3.2#": "xades",
    "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader": "sh",
    "http://www.efatura.gov.tr/package-namespace": "ef",
    "http://www.hr-xml.org/3": "hr",
    "http://www.openapplications.org/oagis/9": "oa",
}


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """GİB refuses the document for it."""
    WARNING = "warning"
    """Ulak's own check: probably a mistake, but GİB takes the document."""
    ENGINE = "engine"
    """A rule that could not be evaluated; nobody can tell what GİB would say."""


class Verdict(StrEnum):
    """The outcome of a check."""

    VALID = "valid"
    """No rule of GİB's is broken."""
    INVALID = "invalid"
    """At least one rule of GİB's is broken."""
    COULD_NOT_JUDGE = "could-not-judge"
    """A rule could not be evaluated, or there are no rules for such a document; never to be taken for valid."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    Attributes:
        id: rule name and ordinal (``InvoiceIDCheck-1``), ``xsd.*``, ``xml.*``, ``advice.*`` or ``rules.*``.
        level: what it means for the document.
        message: GİB's own words with their values filled in (Turkish), or Ulak's for what is not GİB's.
        explanation: what the rule demands, in plain words.
        repair: what to do.
        xpath: where, in the prefixes that GİB's guides use.
        line: line in the file, from 1; None if unknown.
        value: the offending text, at most 200 characters.
        field: JSON pointer of the caller's own field, where the document was built from JSON.
    """

    id: str
    level: Level
    message: Text
    explanation: Text
    repair: Text
    xpath: str = ""
    line: int | None = None
    value: str = ""
    field: str = ""

    def as_json(self, language: Language = "tr") -> dict[str, Any]:
        """The finding as it stands in ``ulak check --format json``."""
        said = {
            "id": self.id,
            "level": str(self.level),
            "message": self.message.say(language),
            "explanation": self.explanation.say(language),
            "repair": self.repair.say(language),
            "xpath": self.xpath,
            "line": self.line,
            "value": self.value,
        }
        return {**said, "field": self.field} if self.field else said


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a check says of one file.

    Attributes:
        document: local name of the root element, e.g. ``Invoice``; empty if the file could not be read.
        profile: its ``cbc:ProfileID``; of an envelope its ``sh:Type``.
        type: its type code, e.g. ``SATIS``.
        pack: name of the rule pack that judged it.
    """

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    document: str = ""
    profile: str = ""
    type: str = ""
    pack: str = ""
    file: str = field(default="", compare=False)

    def named(self, file: str) -> Report:
        return replace(self, file=file)

    def as_json(self, language: Language = "tr") -> dict[str, Any]:
        """The report as it stands in ``ulak check --format json``."""
        return {
            "file": self.file,
            "document": self.document,
            "profile": self.profile,
            "type": self.type,
            "pack": self.pack,
            "verdict": str(self.verdict),
            "findings": [finding.as_json(language) for finding in self.findings],
        }


class Locator:
    """Writes XPaths into one document, in GİB's prefixes; a position is given where siblings share the name.

    >>> root = etree.fromstring("<a><b/><b c='1'/></a>")
    >>> Locator().locate(root[1], "c")
    '/a/b[2]/@c'
    """

    def __init__(self) -> None:
        self._steps: dict[etree._Element, str] = {}

    def locate(self, node: etree._Element, attribute: str = "") -> str:
        steps = [self._step(node), *(self._step(above) for above in node.iterancestors())]
        path = "/" + "/".join(reversed(steps))
        return f"{path}/@{attribute}" if attribute else path

    def _step(self, node: etree._Element) -> str:
        if node not in self._steps:
            parent = node.getparent()
            self._number([node] if parent is None else [child for child in parent if isinstance(child.tag, str)])
        return self._steps[node]

    def _number(self, siblings: list[etree._Element]) -> None:
        # All siblings at once: to count those before each of 5 000 faulty lines would take their square.
        totals = Counter(node.tag for node in siblings)
        seen: Counter[object] = Counter()
        for node in siblings:
            seen[node.tag] += 1
            self._steps[node] = _name(node) + (f"[{seen[node.tag]}]" if totals[node.tag] > 1 else "")


def line_of(node: etree._Element) -> int | None:
    """The line on which ``node`` begins."""
    line: Any = node.sourceline
    return line if isinstance(line, int) else None


def _name(node: etree._Element) -> str:
    name = etree.QName(node)
    # Documents stand under their bare names in GİB's texts; prefixes are for what is inside them.
    prefix = _PREFIXES.get(name.namespace or "", "")
    return f"{prefix}:{name.localname}" if prefix else name.localname
