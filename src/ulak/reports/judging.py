"""The pieces of a report judged one after the other, and what is found told as of the whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple

from lxml import etree

from ulak.reports.streaming import HEAD, Node
from ulak.reports.uniqueness import Uniqueness, constraints_of
from ulak.reports.values import NAMESPACE
from ulak.rules.check import MOST, and_more, checker_for, verdict_of
from ulak.rules.findings import Finding, Locator, Report
from ulak.rules.pack import Pack
from ulak.rules.store import PackStore
from ulak.xml import parse

__all__ = ["Judge"]

_AT_ONCE: Final = 1_000
"""Children that are judged together: to name the place of a fault, libxml2 counts all that stand before it."""
_ENOUGH: Final = 10_000
_NUMBER: Final = re.compile("[0-9]+")
_DS: Final = "http://www.w3.org/2000/09/xmldsig#"
_SIGNATURE: Final = f"{{{_DS}}}Signature"
_UNEXPECTED: Final = "This element is not expected."
_STRAY_TEXT: Final = "xsd.text-not-allowed"
"""Said of the root once for every text between its children; all else that is said of it is said once."""
# Enough of a signature for the schema, where a report is judged before it is sealed.
_STUB: Final = (
    f'<ds:Signature xmlns:ds="{_DS}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="-"/>'
    '<ds:SignatureMethod Algorithm="-"/><ds:Reference><ds:DigestMethod Algorithm="-"/>'
    "<ds:DigestValue>AA==</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>AA==</ds:SignatureValue></ds:Signature>"
)
_HEAD_OF_PIECES: Final = (
    f'<baslik xmlns="{NAMESPACE}"><versiyon>1.0</versiyon><mukellef><vkn>0000000000</vkn></mukellef><hazirlayan>'
    "<vkn>0000000000</vkn></hazirlayan><raporNo>00000000-0000-0000-0000-000000000000</raporNo><donemBaslangicTarihi>"
    "2026-01-01</donemBaslangicTarihi><donemBitisTarihi>2026-01-01</donemBitisTarihi><bolumBaslangicTarihi>2026-01-01"
    f"</bolumBaslangicTarihi><bolumBitisTarihi>2026-01-01</bolumBitisTarihi><bolumNo>1</bolumNo>{_STUB}</baslik>"
)


class _Found(NamedTuple):
    """A finding, and the entry that it is about: its name and its position among those of that name."""

    finding: Finding
    tag: str = ""
    position: int = 0


class _Findings:
    """The first findings of one kind, and how many more there were."""

    def __init__(self) -> None:
        self.kept: list[_Found] = []
        self.more = 0

    def add(self, found: _Found) -> None:
        if len(self.kept) < MOST:
            self.kept.append(found)
        else:
            self.more += 1


class Judge:
    """Judges one report.

    Args:
        root: the root element, as far as it is known: its name, attributes and prefixes.
        pack: the rules.
        store: gives the rules their ids.
        day: the business day.
        is_sealed: False where the head has no seal yet, and needs none.
    """

    def __init__(self, root: Node, pack: Pack, store: PackStore, *, day: date, is_sealed: bool) -> None:
        self.has_begun = False
        self._root = root
        self._pack = pack
        self._checker = checker_for(pack, store, advice=False)
        self._day = day
        self._is_sealed = is_sealed
        self._unique = Uniqueness(constraints_of(pack, str(root.tag)))
        self._counts: Counter[str] = Counter()
        self._samples: dict[str, Node] = {}
        self._schema, self._rules = _Findings(), _Findings()
        self._about_root: dict[tuple[str, str], Finding] = {}
        self._schema_stopped = False
        self._said = 0
        role = pack.role_for(root)
        ids = [] if role is None else [*store.ids(pack, role).values()]
        self._ranks = {id_: rank for rank, id_ in enumerate(ids)}

    def take(self, children: list[Node]) -> None:
        """Judge the next children of the root; they are moved out of it.

        After ten thousand findings the rest is not judged any more.
        """
        for at in range(0, max(len(children), 1), _AT_ONCE):
            if self._said <= _ENOUGH:
                self._judge(children[at : at + _AT_ONCE])

    def _judge(self, children: list[Node]) -> None:
        shell = self._shell()
        if self.has_begun:
            shell.append(parse(_HEAD_OF_PIECES.encode()))
            shell.extend(self._unique.stand_ins(children))
        else:
            shell.text = self._root.text
            self._complete(children)
        shell.extend(children)
        for child in children:
            if isinstance(child.tag, str) and child.tag not in self._samples:
                self._samples[child.tag] = deepcopy(child)
        findings = self._checker.check_tree(shell, today=self._day).findings
        self._said += len(findings)
        self._sort(findings, shell, children)
        self._counts.update(child.tag for child in children if isinstance(child.tag, str))
        self.has_begun = True

    def _shell(self) -> Node:
        prefixes: Any = self._root.nsmap
        shell = etree.Element(self._root.tag, nsmap=prefixes)
        shell.attrib.update(self._root.attrib)
        shell.sourceline = self._root.sourceline
        return shell

    def _complete(self, children: list[Node]) -> None:
        """Give a head that is not sealed yet what the schema wants to see there."""
        head = next((child for child in children if child.tag == HEAD), None)
        if not self._is_sealed and head is not None and head.find(_SIGNATURE) is None:
            head.append(parse(_STUB.encode()))

    # -- what was found, and where ------------------------------------------------------------------------------------

    def _sort(self, findings: Iterable[Finding], shell: Node, children: list[Node]) -> None:
        places: dict[str, Node] = {}
        positions: dict[Node, int] = {}
        faulty: set[tuple[Node, str]] = set()
        by_rules = False
        for finding in findings:
            if not places:
                places, positions = self._places(shell, children)
            of_schema = finding.id.startswith("xsd.")
            by_rules = by_rules or not (of_schema or finding.id == "rules.more")
            if finding.id == "rules.more":
                (self._rules if by_rules else self._schema).more += _count(finding)
            elif of_schema and self._schema_stopped:
                continue
            else:
                self._file(finding, places, positions, faulty)
        self._unique.remember(children, frozenset(faulty))
        self._schema_stopped = self._schema_stopped or self._stops(findings)

    def _places(self, shell: Node, children: list[Node]) -> tuple[dict[str, Node], dict[Node, int]]:
        """The children by the way to them in the piece, and their positions in the whole report."""
        locator, counts = Locator(), Counter(self._counts)
        positions = {}
        for child in children:
            if isinstance(child.tag, str):
                counts[child.tag] += 1
                positions[child] = counts[child.tag]
        return {locator.locate(child): child for child in shell.iterchildren("*")}, positions

    def _file(
        self, finding: Finding, places: dict[str, Node], positions: dict[Node, int], faulty: set[tuple[Node, str]]
    ) -> None:
        steps = finding.xpath.split("/")
        child = places.get("/".join(steps[:3])) if len(steps) > 2 else None
        target = self._schema if finding.id.startswith("xsd.") else self._rules
        if finding.id == _STRAY_TEXT and child is None:
            target.add(_Found(finding))
        elif child is None:
            if target is self._schema or not finding.xpath:
                self._about_root.setdefault((finding.id, finding.message.tr), finding)
        elif child in positions:
            target.add(_Found(finding, str(child.tag), positions[child]))
            if target is self._schema and len(steps) > 3:
                faulty.add((child, steps[3].removesuffix("[1]")))

    def _stops(self, findings: Iterable[Finding]) -> bool:
        """Whether the schema leaves the rest of the root alone: it does after a child that it does not expect."""
        return any(
            finding.id.startswith("xsd.") and _UNEXPECTED in finding.message.en and finding.xpath.count("/") == 2
            for finding in findings
        )

    # -- the whole ----------------------------------------------------------------------------------------------------

    def report(self, file: str) -> Report:
        """What was found in the whole report."""
        by_rules = sorted(self._rules.kept, key=self._order)
        findings = [
            *(self._told(found) for found in self._schema.kept),
            *(each for each in self._about_root.values() if each.id.startswith("xsd.")),
            *and_more(self._schema.more),
            *self._on_the_root(),
            *(self._told(found) for found in by_rules),
            *and_more(self._rules.more),
            *(each for each in self._about_root.values() if not each.id.startswith("xsd.")),
        ]
        name = etree.QName(self._root).localname
        return Report(verdict_of(findings), tuple(findings), name, pack=self._pack.name, file=file)

    def _order(self, found: _Found) -> tuple[int, int]:
        return found.finding.line or 0, self._ranks.get(found.finding.id, 0)

    def _on_the_root(self) -> list[Finding]:
        """What the rules say of the root of a report that has one entry of each element."""
        shell = self._shell()
        shell.extend(self._samples.values())
        return [
            finding
            for finding in self._checker.check_tree(shell, today=self._day).findings
            if not finding.id.startswith("xsd.") and finding.xpath.count("/") == 1
        ]

    def _told(self, found: _Found) -> Finding:
        """The finding with its place in the whole report."""
        if not found.position:
            return found.finding
        steps = found.finding.xpath.split("/")
        name = steps[2].partition("[")[0]
        steps[2] = f"{name}[{found.position}]" if self._counts[found.tag] > 1 else name
        return replace(found.finding, xpath="/".join(steps))


def _count(finding: Finding) -> int:
    """How many findings one of `and_more` stands for."""
    told = _NUMBER.search(finding.message.en)
    return int(told[0]) if told else 0
