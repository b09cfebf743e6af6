"""The e-Arşiv office: reports taken, judged and answered for.

Source: e-Arşiv Kılavuzu V1.18, 4, 5 and 11. The order of the checks is in no guide; `docs/center-offices.md` has ours.
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
from ulak.seal.trust import Trust
from ulak.wire import earsiv
from ulak.wire.attachment import Attachment
from ulak.xml import XmlError, parse
from ulak_center.faults import Faults
from ulak_center.office.desk import USUAL_PACE, Accepted, Desk, Pace
from ulak_center.office.problems import Note, note, refused
from ulak_center.office.reports import (
    ROOT,
    Header,
    Report,
    facts_of,
    filings,
    header_of,
    is_expense_slip,
    report_of,
)
from ulak_center.office.rights import Open, Rights, Standing
from ulak_center.office.ruling import rule, words
from ulak_center.office.sealed import LEVELS, sealed
from ulak_center.office.shelf import Filing, Package, Shelf, Step
from ulak_center.values import ISTANBUL

__all__ = ["LIMITS", "ArchiveOffice", "Lists"]

Lists = Callable[[str], Attachment | None]
"""Gives the zipped list of e-Arşiv users as ``XML`` or ``CSV``; None while there is none."""

LIMITS: Final = Limits(zip_bytes=100 * 1024 * 1024, xml_bytes=100 * 1024 * 1024, ratio=1000)
"""100 MB unpacked (V1.18, 5)."""
_VERSION: Final = "1.0"
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
_EXPLAINED: Final = " açıklaması"
_NOT_YOURS: Final = 1
_NOT_FOUND: Final = 2
_LONGEST: Final = 1000


class _Read(NamedTuple):
    """A report as far as it was read."""

    data: bytes
    root: etree._Element
    header: Header


class ArchiveOffice:
    """Both halves of the service: `take`, `status` and `user_list` answer calls, `process` carries packages on.

    Args:
        trust: judges the seals of reports.
        rights: who may send for whom; everybody if not given.
        packs: where GİB's packages are looked for; without one of the kind a report is not judged by its schema, and
            accepted.
        lists: gives the user lists.
        level: the least XAdES level of a report; GİB wants A (V1.18, 4).
    """

    def __init__(
        self,
        shelf: Shelf,
        trust: Trust,
        *,
        rights: Rights | None = None,
        packs: PackStore | None = None,
        lists: Lists | None = None,
        faults: Faults | None = None,
        pace: Pace = USUAL_PACE,
        limits: Limits = LIMITS,
        level: str = "A",
    ) -> None:
        self._shelf = shelf
        self._trust = trust
        self._rights = rights or Open()
        self._packs = packs
        self._lists = lists
        self._limits = limits
        self._level = level
        self._desk = Desk("earsiv", "archive", shelf, self._judge, pace=pace, faults=faults)
        self.process = self._desk.process
        self.run_due = self._desk.run_due
        self.next_due = self._desk.next_due

    # -- Calls --------------------------------------------------------------------------------------------------------

    def take(self, request: earsiv.SendDocumentFile, signer: str, now: datetime) -> earsiv.Sent:
        """Take a package.

        Args:
            signer: VKN or TCKN of the one who signed the message.

        Raises:
            ServiceFault: 1 … 5, 9, 10.
        """
        self._check_signer("sendDocumentFile", signer, now)
        earsiv.check_package(request)
        assert request.attachment is not None
        if self._shelf.newest("earsiv", request.attachment.file_name[:-4]):
            raise earsiv.SERVICE.fault_of("sendDocumentFile", 4)
        self._desk.take(request.attachment, signer, "", now)
        return earsiv.Sent(earsiv.SEND[0].label)

    def status(self, request: earsiv.GetBatchStatus, signer: str) -> earsiv.StatusAnswer:
        """How a package stands; only the sender and the taxpayer may ask."""
        package = self._shelf.newest("earsiv", request.package_id)
        if package is None:
            return _answer(request.package_id, _NOT_FOUND)
        if signer not in (package.sender, package.owner):
            return _answer(request.package_id, _NOT_YOURS)
        step = self._shelf.steps(package.row)[-1]
        return _answer(package.id, step.status, step.reason.tr, package.owner or package.sender)

    def user_list(self, request: earsiv.GetUserList, signer: str, now: datetime) -> earsiv.UserList:
        """The list of e-Arşiv users.

        Raises:
            ServiceFault: 1, 2, 6.
        """
        self._check_signer("getUserList", signer, now)
        earsiv.check_user_list(request)
        found = self._lists(request.kind.strip().upper()) if self._lists else None
        if found is None:
            raise earsiv.SERVICE.fault_of("getUserList", 6)
        return earsiv.UserList(found)

    # -- For those who test -------------------------------------------------------------------------------------------

    def packages(self, party: str = "", status: int | None = None, after: int = 0, limit: int = 1000) -> list[Package]:
        """Packages in the order in which they came."""
        return list(self._shelf.packages("earsiv", party=party, status=status, after=after, limit=limit))

    def steps(self, id: str) -> list[Step]:
        """What became of a package; empty if there is none."""
        package = self._shelf.newest("earsiv", id)
        return list(self._shelf.steps(package.row)) if package else []

    def reports(self, taxpayer: str = "") -> list[Report]:
        """What was reported, by accepted reports of all taxpayers or of one."""
        found = self._shelf.packages("earsiv", party=taxpayer, status=30, limit=-1)
        return [report_of(package) for package in found if taxpayer in ("", package.owner)]

    def hold(self, number: str, standing: Standing | None) -> None:
        """Hold something against a VKN or TCKN, or nothing any more."""
        self._shelf.hold("earsiv", number, standing)

    # -- Judging ------------------------------------------------------------------------------------------------------

    def _check_signer(self, operation: str, signer: str, now: datetime) -> None:
        barred = self._shelf.standing("earsiv", signer) is Standing.UNKNOWN
        if barred or not self._rights.is_known(signer, now):
            raise earsiv.SERVICE.fault_of(operation, 1)

    def _judge(self, package: Package, data: bytes, now: datetime) -> Accepted:
        read = self._read(package, data)
        self._check_seal(package, read, now)
        self._check_taxpayer(package, read.header, now)
        notes = self._check_rules(package, read, now)
        found = list(filings(read.root, read.header.taxpayer))
        repeated = list(self._repeated(package, found))
        facts = {**facts_of(read.root, read.header, found), "repeated": repeated[:100]}
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
        seal = sealed(read.data, self._trust, now, self._limits.xml_bytes)
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


def _answer(id: str, status: int, reason: str = "", party: str = "") -> earsiv.StatusAnswer:
    """The answer for a package: GİB's words for the status, and what is special about this package."""
    result = earsiv.STATUS.get(status)
    label = result.label.removesuffix(_EXPLAINED) if result and reason else result.label if result else ""
    description = ": ".join(part for part in (label, reason) if part)[:_LONGEST]
    vkn, tckn = (party, "") if len(party) == 10 else ("", party)
    return earsiv.StatusAnswer(earsiv.BatchStatus(description, status, id, tckn, vkn))


def _is_in_header(xpath: str) -> bool:
    steps = xpath.split("/")
    return len(steps) > 2 and steps[2].rpartition(":")[2].partition("[")[0] == "baslik"


def _late(header: Header, received: datetime) -> Iterator[Note]:
    """A report of a day is due by the end of the next (V1.18, 5)."""
    until = header.part[1] + timedelta(days=1)
    came = received.astimezone(ISTANBUL)
    if came.date() > until:
        yield note("archive.late", until=until.isoformat(), received=f"{came:%Y-%m-%d %H:%M}")


def _said_before(repeated: list[list[str]]) -> Iterator[Note]:
    if repeated:
        kind, number, package = repeated[0]
        yield note("archive.repeated", count=len(repeated), kind=kind, number=number, package=package)
