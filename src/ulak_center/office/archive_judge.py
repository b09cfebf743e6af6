"""An e-Arşiv package judged: its ZIP, its header, its seal, who sent it, its content.

Source: e-Arşiv Kılavuzu V1.18, 3.3.1, 4, 5 and 11.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from ulak.envelope.limits import Limits
from ulak.reports import Product
from ulak.rules import PackStore
from ulak_center.office.asked import Asked
from ulak_center.office.desk import Accepted
from ulak_center.office.problems import Note, note, refused
from ulak_center.office.reading import Reading, unpacked_report
from ulak_center.office.reports import ROOT, Header, facts_of, header_of
from ulak_center.office.rights import Standing
from ulak_center.office.ruling import rule_report, words
from ulak_center.office.sealed import LEVELS, Trust, judged
from ulak_center.office.values import Filing, Package
from ulak_center.values import ISTANBUL

__all__ = ["ArchiveJudge"]

_VERSION: Final = "1.0"
_MOST_REPEATED: Final = 100


class ArchiveJudge:
    """Judges packages; arguments as those of `ulak_center.office.archive.ArchiveOffice`."""

    def __init__(
        self,
        asked: Asked,
        trust: Trust,
        packs: PackStore | None,
        limits: Limits,
        level: str,
        also_at: Callable[[], datetime] | None,
    ) -> None:
        self._asked = asked
        self._trust = trust
        self._packs = packs
        self._limits = limits
        self._level = level
        self._also_at = also_at

    def judge(self, package: Package, data: bytes, now: datetime) -> Accepted:
        """What an accepted package holds.

        Raises:
            Refused: ``archive.*``.
        """
        with unpacked_report(data, f"{package.id}.xml", self._limits) as file:
            return self._judged(package, Reading(file), now)

    def _judged(self, package: Package, report: Reading, now: datetime) -> Accepted:
        header = _header(package, report)
        self._check_seal(package, report, header, now)
        self._check_taxpayer(package, header, now)
        notes = self._check_rules(package, report, now)
        found = [Filing(kind, header.taxpayer, number) for kind, number in report.survey.filings]
        repeated = [*_said_twice(found, package.id), *self._asked.repeated(found, package.row)]
        shown = [(filing.kind, filing.number, earlier) for filing, earlier in repeated[:_MOST_REPEATED]]
        facts = {**facts_of(report.survey, header), "repeated": shown}
        notes += [*_late(header, package.received), *_said_before(repeated)]
        return Accepted(header.taxpayer, facts, found, notes)

    def _check_seal(self, package: Package, report: Reading, header: Header, now: datetime) -> None:
        moments = (now, self._also_at()) if self._also_at else (now,)
        seal = judged(report.file, self._trust, moments, self._limits.xml_bytes)
        if not seal.is_there:
            raise refused("archive.unsealed")
        if seal.fault is not None:
            raise refused("archive.seal", sub=seal.sub, detail=seal.fault)
        if LEVELS.index(seal.level) < LEVELS.index(self._level):
            raise refused("archive.level", level=seal.level, wanted=self._level)
        if seal.signer != package.sender:
            raise refused("archive.requester", requester=package.sender, signer=seal.signer)
        if seal.signer != header.preparer:
            raise refused("archive.preparer", signer=seal.signer, preparer=header.preparer)

    def _check_taxpayer(self, package: Package, header: Header, now: datetime) -> None:
        held = self._asked.standing("earsiv", header.taxpayer) is Standing.NO_ROLE
        if held or not self._asked.acts_for(package.sender, header.taxpayer, now):
            raise refused("archive.taxpayer", sender=package.sender, taxpayer=header.taxpayer)

    def _check_rules(self, package: Package, report: Reading, now: datetime) -> list[Note]:
        product = Product.EGIDER if report.survey.is_expense else Product.EARSIV
        today = now.astimezone(ISTANBUL).date()
        ruling = rule_report(self._packs, product, report.file, today, f"{package.id}.xml", self._limits.xml_bytes)
        if ruling.errors:
            is_header = all(_is_in_header(error.xpath) for error in ruling.errors)
            code = "archive.header-schema" if is_header else "archive.schema"
            raise refused(code, pack=ruling.pack, detail=words(ruling.errors))
        return list(ruling.notes)


def _header(package: Package, report: Reading) -> Header:
    if report.root.tag != ROOT:
        raise refused("archive.root", name=str(report.root.tag)[:200])
    header = header_of(report.root, report.survey.headers)
    if header.version != _VERSION:
        raise refused("archive.version", version=header.version[:60])
    if header.number != package.id:
        raise refused("archive.report-number", number=header.number, package=package.id)
    return header


def _is_in_header(xpath: str) -> bool:
    steps = xpath.split("/")
    return len(steps) > 2 and steps[2].rpartition(":")[2].partition("[")[0] == "baslik"


def _late(header: Header, received: datetime) -> Iterator[Note]:
    """A report of a day is due by the end of the next (V1.18, 5)."""
    came = received.astimezone(ISTANBUL)
    if (came.date() - header.part[1]).days > 1:
        until = header.part[1] + timedelta(days=1)
        yield note("archive.late", until=until.isoformat(), received=f"{came:%Y-%m-%d %H:%M}")


def _said_twice(filings: Iterable[Filing], package: str) -> Iterator[tuple[Filing, str]]:
    """What one report says more than once."""
    counted = Counter(filings)
    yield from ((filing, package) for filing, count in counted.items() if count > 1)


def _said_before(repeated: list[tuple[Filing, str]]) -> Iterator[Note]:
    if repeated:
        (kind, _, number), package = repeated[0]
        yield note("archive.repeated", count=len(repeated), kind=kind, number=number, package=package)
