"""An e-Arşiv package judged: its ZIP, its header, its seal, who sent it, its content.

Source: e-Arşiv Kılavuzu V1.18, 3.3.1, 4, 5 and 11.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO
from typing import Final, NamedTuple

from lxml import etree

from ulak.envelope import EnvelopeError
from ulak.envelope.limits import Limits
from ulak.envelope.unzipping import content, entry_of
from ulak.rules import PackStore
from ulak.rules.pack import Kind
from ulak.xml import XmlError, parse
from ulak_center.office.desk import Accepted
from ulak_center.office.problems import Note, note, refused
from ulak_center.office.reports import ROOT, Header, facts_of, filings, header_of, is_expense_slip
from ulak_center.office.rights import Rights, Standing
from ulak_center.office.ruling import rule, words
from ulak_center.office.sealed import LEVELS, Trust, judged
from ulak_center.office.values import Filing, Package, Shelf
from ulak_center.values import ISTANBUL

__all__ = ["ArchiveJudge"]

_VERSION: Final = "1.0"
_MOST_REPEATED: Final = 100
_ZIP_CODES: Final = {
    "envelope.not-zip": "archive.zip",
    "envelope.zip-damaged": "archive.zip",
    "envelope.zip-encrypted": "archive.unreadable",
    "envelope.zip-method": "archive.unreadable",
    "envelope.file-count": "archive.several",
    "envelope.too-large": "archive.too-large",
    "envelope.zip-bomb": "archive.too-large",
}
_EMPTY_ZIP: Final = b"PK\x05\x06"


class _Read(NamedTuple):
    """A report as far as it was read."""

    data: bytes
    root: etree._Element
    header: Header


class ArchiveJudge:
    """Judges packages; arguments as those of `ulak_center.office.archive.ArchiveOffice`."""

    def __init__(
        self,
        shelf: Shelf,
        trust: Trust,
        rights: Rights,
        packs: PackStore | None,
        limits: Limits,
        level: str,
        also_at: Callable[[], datetime] | None,
    ) -> None:
        self._shelf = shelf
        self._trust = trust
        self._rights = rights
        self._packs = packs
        self._limits = limits
        self._level = level
        self._also_at = also_at

    def judge(self, package: Package, data: bytes, now: datetime) -> Accepted:
        """What an accepted package holds.

        Raises:
            Refused: ``archive.*``.
        """
        read = self._read(package, data)
        self._check_seal(package, read, now)
        self._check_taxpayer(package, read.header, now)
        notes = self._check_rules(package, read, now)
        found = list(filings(read.root, read.header.taxpayer))
        repeated = list(self._repeated(package, found))
        facts = {**facts_of(read.root, read.header, found), "repeated": repeated[:_MOST_REPEATED]}
        notes += [*_late(read.header, package.received), *_said_before(repeated)]
        return Accepted(read.header.taxpayer, facts, found, notes)

    def _read(self, package: Package, data: bytes) -> _Read:
        xml = _unzipped(data, f"{package.id}.xml", self._limits)
        try:
            root = parse(xml, max_bytes=self._limits.xml_bytes)
        except XmlError as error:
            raise refused("archive.not-xml", detail=error.text, line=error.line) from None
        if root.tag != ROOT:
            raise refused("archive.root", name=str(root.tag)[:200])
        header = header_of(root)
        if header.version != _VERSION:
            raise refused("archive.version", version=header.version[:60])
        if header.number != package.id:
            raise refused("archive.report-number", number=header.number, package=package.id)
        return _Read(xml, root, header)

    def _check_seal(self, package: Package, read: _Read, now: datetime) -> None:
        moments = (now, self._also_at()) if self._also_at else (now,)
        seal = judged(read.data, self._trust, moments, self._limits.xml_bytes)
        if not seal.is_there:
            raise refused("archive.unsealed")
        if seal.fault is not None:
            raise refused("archive.seal", sub=seal.sub, detail=seal.fault)
        if LEVELS.index(seal.level) < LEVELS.index(self._level):
            raise refused("archive.level", level=seal.level, wanted=self._level)
        if seal.signer != package.sender:
            raise refused("archive.requester", requester=package.sender, signer=seal.signer)
        if seal.signer != read.header.preparer:
            raise refused("archive.preparer", signer=seal.signer, preparer=read.header.preparer)

    def _check_taxpayer(self, package: Package, header: Header, now: datetime) -> None:
        held = self._shelf.standing("earsiv", header.taxpayer) is Standing.NO_ROLE
        if held or not self._rights.acts_for(package.sender, header.taxpayer, now):
            raise refused("archive.taxpayer", sender=package.sender, taxpayer=header.taxpayer)

    def _check_rules(self, package: Package, read: _Read, now: datetime) -> list[Note]:
        kind: Kind = "egider" if is_expense_slip(read.root) else "earsiv"
        today = now.astimezone(ISTANBUL).date()
        ruling = rule(self._packs, kind, read.root, read.data, today, f"{package.id}.xml")
        if ruling.errors:
            is_header = all(_is_in_header(error.xpath) for error in ruling.errors)
            code = "archive.header-schema" if is_header else "archive.schema"
            raise refused(code, pack=ruling.pack, detail=words(ruling.errors))
        return list(ruling.notes)

    def _repeated(self, package: Package, found: list[Filing]) -> Iterator[list[str]]:
        for filing in found:
            if earlier := self._shelf.filed(filing, package.row):
                yield [filing.kind, filing.number, earlier]


def _unzipped(data: bytes, wanted: str, limits: Limits) -> bytes:
    """The one file of the package.

    Raises:
        Refused: 151, 152, 153, 158, 164, 165.
    """
    file = BytesIO(data)
    if data.startswith(_EMPTY_ZIP):
        raise refused("archive.empty")
    try:
        entry = entry_of(file, limits)
    except EnvelopeError as error:
        raise refused(_ZIP_CODES[error.code], detail=error.text) from None
    if entry.name != wanted:
        raise refused("archive.file-name", name=entry.name[:200], wanted=wanted)
    try:
        return b"".join(content(file, entry, limits))
    except EnvelopeError as error:
        code = "archive.too-large" if error.code == "envelope.zip-bomb" else "archive.unreadable"
        raise refused(code, detail=error.text) from None


def _is_in_header(xpath: str) -> bool:
    steps = xpath.split("/")
    return len(steps) > 2 and steps[2].rpartition(":")[2].partition("[")[0] == "baslik"


def _late(header: Header, received: datetime) -> Iterator[Note]:
    """A report of a day is due by the end of the next (V1.18, 5)."""
    came = received.astimezone(ISTANBUL)
    if (came.date() - header.part[1]).days > 1:
        until = header.part[1] + timedelta(days=1)
        yield note("archive.late", until=until.isoformat(), received=f"{came:%Y-%m-%d %H:%M}")


def _said_before(repeated: list[list[str]]) -> Iterator[Note]:
    if repeated:
        kind, number, package = repeated[0]
        yield note("archive.repeated", count=len(repeated), kind=kind, number=number, package=package)
