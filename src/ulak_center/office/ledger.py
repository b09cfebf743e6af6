"""The e-Defter office: books and berats taken, judged, and berats approved.

Sources: Web Servis Kılavuzu V1.7, 2 and 4; Teknik Kılavuz V1.7, 2.2–2.8. What no source says, the center's
`docs/center-offices.md` does.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from io import BytesIO
from typing import Final, NamedTuple

from ulak.errors import UlakError
from ulak.rules import PackStore
from ulak.seal.counter import counter_seal
from ulak.seal.keys.port import SealingKey
from ulak.seal.trust import Trust
from ulak.wire import edefter
from ulak.wire.attachment import Attachment
from ulak_center.faults import Faults
from ulak_center.office.books import MEGABYTE, Book, Name, book_of, check_book, check_pair, month_before, name_of
from ulak_center.office.desk import DONE, USUAL_PACE, Accepted, Desk, Pace
from ulak_center.office.ledger_codes import STATUSES
from ulak_center.office.problems import Note, note, refused
from ulak_center.office.rights import Open, Rights, Standing
from ulak_center.office.ruling import rule, words
from ulak_center.office.sealed import sealed
from ulak_center.office.shelf import Filing, Package, Shelf, Step
from ulak_center.office.unpacking import unpacked
from ulak_center.values import ISTANBUL

__all__ = ["LIMITS", "LedgerOffice", "Limits"]

_OFFICE: Final = "edefter"
_SEND: Final = "sendDocumentFile"
_RECEIVE: Final = "receiveDocumentFile"
_STATUS: Final = "getBatchStatus"
_APPROVED: Final = "GIB-"
_UNIQUE: Final = "berat"
_LONGEST: Final = 1000
_BERATS_OF_REPORT: Final = ("YB", "KB")
_CENT: Final = Decimal("0.01")


class Limits(NamedTuple):
    """What is read at most.

    Attributes:
        zip_bytes: of a package; no source names it, so it is that of a file.
        xml_bytes: of each file: 200 MB (Teknik Kılavuz V1.7, 2.2).
    """

    zip_bytes: int = 200 * MEGABYTE
    xml_bytes: int = 200 * MEGABYTE


LIMITS: Final = Limits()


class LedgerOffice:
    """`take`, `receive` and `status` answer calls, `process` carries packages on.

    Args:
        trust: judges the seals of books and berats.
        key: GİB's, with which berats are counter-sealed.
        rights: who may send and seal for whom; everybody if not given.
        packs: where GİB's e-Defter package is looked for; without one, documents are not judged by schema and
            Schematron, and accepted.
    """

    def __init__(
        self,
        shelf: Shelf,
        trust: Trust,
        key: SealingKey,
        *,
        rights: Rights | None = None,
        packs: PackStore | None = None,
        faults: Faults | None = None,
        pace: Pace = USUAL_PACE,
        limits: Limits = LIMITS,
    ) -> None:
        self._shelf = shelf
        self._trust = trust
        self._key = key
        self._rights = rights or Open()
        self._packs = packs
        self._limits = limits
        self._desk = Desk(_OFFICE, "ledger", shelf, self._judge, pace=pace, faults=faults)
        self.process = self._desk.process
        self.run_due = self._desk.run_due
        self.next_due = self._desk.next_due

    # -- Calls --------------------------------------------------------------------------------------------------------

    def take(self, request: edefter.SendDocumentFile, signer: str, now: datetime) -> edefter.Sent:
        """Take a package.

        Args:
            signer: VKN or TCKN of the one who signed the message.

        Raises:
            ServiceFault: 101 … 106, 108, 109, 111, 114.
        """
        self._check_known(signer, now)
        edefter.check_package(request)
        assert request.attachment is not None
        file = request.attachment
        name = name_of(edefter.package_id_of(file.file_name))
        if name is None:
            raise _fault(_SEND, 108)
        if len(file.data) > self._limits.zip_bytes:
            raise _fault(_SEND, 106)
        self._check_owner(name.owner, signer, now)
        earlier = self._shelf.newest(_OFFICE, str(name))
        if earlier and (earlier.due or earlier.status == DONE):
            raise _fault(_SEND, 111)
        self._desk.take(file, signer, name.owner, now)
        return edefter.Sent(f"{file.file_name} paketi işleme alındı")

    def receive(self, request: edefter.ReceiveDocumentFile, signer: str) -> edefter.Received:
        """The approved berat of a package: a ZIP with one XML, both named after the package with ``GIB-`` before it.

        Raises:
            ServiceFault: 204, 205.
        """
        package = self._shelf.newest(_OFFICE, request.package_id)
        paper = self._shelf.paper(package.row) if package and package.status == DONE else None
        if package is None or paper is None:
            raise _fault(_RECEIVE, 204)
        if signer not in (package.owner, package.sender):
            raise _fault(_RECEIVE, 205)
        name = _APPROVED + package.id
        return edefter.Received(Attachment(f"{name}.zip", _zipped(f"{name}.xml", paper, package.received)))

    def status(self, request: edefter.GetBatchStatus, signer: str) -> edefter.StatusAnswer:
        """How the newest package of an id stands.

        Raises:
            ServiceFault: 304, 305.
        """
        package = self._shelf.newest(_OFFICE, request.package_id)
        if package is None:
            raise _fault(_STATUS, 304)
        if signer not in (package.owner, package.sender):
            raise _fault(_STATUS, 305)
        step = self._shelf.steps(package.row)[-1]
        label = STATUSES[step.status].tr if step.status in STATUSES else ""
        description = ": ".join(part for part in (label, step.reason.tr) if part)[:_LONGEST]
        return edefter.StatusAnswer(edefter.BatchStatus(description, str(step.status), package.id))

    # -- For those who test -------------------------------------------------------------------------------------------

    def packages(self, party: str = "", status: int | None = None, after: int = 0, limit: int = 1000) -> list[Package]:
        """Packages in the order in which they came."""
        return list(self._shelf.packages(_OFFICE, party=party, status=status, after=after, limit=limit))

    def steps(self, id: str) -> list[Step]:
        """What became of the newest package of an id; empty if there is none."""
        package = self._shelf.newest(_OFFICE, id)
        return list(self._shelf.steps(package.row)) if package else []

    def hold(self, number: str, standing: Standing | None) -> None:
        """Hold something against a VKN or TCKN, or nothing any more."""
        self._shelf.hold(_OFFICE, number, standing)

    # -- Judging ------------------------------------------------------------------------------------------------------

    def _check_known(self, signer: str, now: datetime) -> None:
        barred = self._shelf.standing(_OFFICE, signer) is Standing.UNKNOWN
        if barred or not self._rights.is_known(signer, now):
            raise _fault(_SEND, 101)

    def _check_owner(self, owner: str, signer: str, now: datetime) -> None:
        standing = self._shelf.standing(_OFFICE, owner)
        if standing is Standing.NO_ROLE:
            raise _fault(_SEND, 102)
        if not self._rights.acts_for(signer, owner, now):
            raise _fault(_SEND, 109)
        if standing is Standing.BLOCKED:
            raise _fault(_SEND, 114)

    def _judge(self, package: Package, data: bytes, now: datetime) -> Accepted:
        name = name_of(package.id)
        assert name is not None
        books = self._read(name, data)
        notes = [found for book in books for found in self._check_one(name, book, now)]
        berat = books[-1]
        if name.kind == "DR":
            self._check_berats_are_there(package, name)
            return Accepted(name.owner, _facts(name, berat), (_unique(berat),), notes)
        check_pair(books[0], berat)
        self._check_unique(package, berat)
        notes += [*_size_note(books[0], berat), *self._check_parts(name, berat)]
        paper = self._approved(berat, now)
        return Accepted(name.owner, _facts(name, berat), (_unique(berat),), notes, paper)

    def _read(self, name: Name, data: bytes) -> list[Book]:
        """The book, if there is one, and the berat or report."""
        most = self._limits.xml_bytes
        wanted = {name.book: "defter", name.berat: "berat"} if name.book else {name.berat: "defterraporu"}
        files = unpacked(data, wanted, most)
        return [book_of(file, files[file], root, most) for file, root in wanted.items()]

    def _check_one(self, name: Name, book: Book, now: datetime) -> list[Note]:
        check_book(name, book)
        seal = sealed(book.data, self._trust, now, self._limits.xml_bytes)
        if not seal.is_there:
            raise refused("ledger.unsealed", file=book.file)
        if seal.fault is not None:
            raise refused("ledger.seal", file=book.file, sub=seal.sub, detail=seal.fault)
        if seal.signer != name.owner and not self._rights.acts_for(seal.signer, name.owner, now):
            raise refused("ledger.signer", file=book.file, signer=seal.signer, owner=name.owner)
        today = now.astimezone(ISTANBUL).date()
        ruling = rule(self._packs, "edefter", book.root, book.data, today, book.file)
        if ruling.errors:
            raise refused("ledger.schema", file=book.file, pack=ruling.pack, detail=words(ruling.errors))
        return list(ruling.notes)

    def _check_unique(self, package: Package, berat: Book) -> None:
        filing = _unique(berat)
        if filing.number and (earlier := self._shelf.filed(filing, package.row)):
            raise refused("ledger.unique-id", number=filing.number, package=earlier)

    def _check_berats_are_there(self, package: Package, name: Name) -> None:
        for kind in _BERATS_OF_REPORT:
            if not self._accepted(name._replace(kind=kind)):
                raise refused("ledger.report-early", month=name.month, kind=kind)

    def _check_parts(self, name: Name, berat: Book) -> Iterator[Note]:
        parts = self._accepted(name)
        for other, facts in parts.items():
            if name.is_undivided or other.is_undivided:
                raise refused("ledger.parts-mixed", package=str(other))
            if _overlap(name, berat, other, facts):
                raise refused("ledger.dates-taken", start=berat.start, end=berat.end, package=str(other))
        yield from self._part_before(name, berat, parts)
        others = {found.series for found in self._names(name.owner) if found.kind == name.kind}
        before = name._replace(month=month_before(name.month))
        if others and before.series not in others and name.series not in others and name.kind != "EB":
            yield note("ledger.month-missing", month=before.month, kind=name.kind)

    def _part_before(self, name: Name, berat: Book, parts: Mapping[Name, Mapping[str, str]]) -> Iterator[Note]:
        if int(name.part) < 2:
            return
        before = name._replace(part=f"{int(name.part) - 1:06}")
        if before not in parts:
            yield note("ledger.part-missing", part=before.part)
            return
        end = date.fromisoformat(parts[before]["end"])
        if date.fromisoformat(berat.start) not in (end, end + timedelta(days=1)):
            raise refused("ledger.gap", before=end.isoformat(), start=berat.start)

    def _accepted(self, name: Name) -> dict[Name, Mapping[str, str]]:
        """The approved packages of a month's book, with what was kept of them."""
        found = self._shelf.packages(_OFFICE, party=name.owner, status=DONE, limit=-1)
        named = {name_of(package.id): package.facts for package in found if package.owner == name.owner}
        return {other: facts for other, facts in named.items() if other and other.series == name.series}

    def _names(self, owner: str) -> list[Name]:
        found = self._shelf.packages(_OFFICE, party=owner, status=DONE, limit=-1)
        names = (name_of(package.id) for package in found if package.owner == owner)
        return [name for name in names if name]

    def _approved(self, berat: Book, now: datetime) -> bytes:
        try:
            return counter_seal(berat.data, self._key, at=now, max_bytes=self._limits.xml_bytes)
        except UlakError as error:
            raise refused("ledger.not-approved", detail=error.text) from None


def _fault(operation: str, number: int) -> Exception:
    return edefter.SERVICE.fault_of(operation, number)


def _unique(berat: Book) -> Filing:
    return Filing(_UNIQUE, "", berat.unique.lower())


def _facts(name: Name, berat: Book) -> dict[str, str]:
    return {"kind": name.kind, "month": name.month, "start": berat.start, "end": berat.end, "unique": berat.unique}


def _overlap(name: Name, berat: Book, other: Name, facts: Mapping[str, str]) -> bool:
    """Whether two parts cover the same days; neighbours may share the day between them (Teknik Kılavuz V1.7, 2.2)."""
    first, second = sorted([(name.part, berat.start, berat.end), (other.part, facts["start"], facts["end"])])
    return second[1] < first[2]


def _size_note(book: Book, berat: Book) -> Iterator[Note]:
    """The berat states the book's size in MB, rounded to two digits (Berat Kılavuzu V1.2, 2.2.3)."""
    found = (Decimal(len(book.data)) / MEGABYTE).quantize(_CENT, ROUND_HALF_UP)
    try:
        differs = abs(Decimal(berat.megabytes or "0") - found) > _CENT
    except InvalidOperation:
        differs = True
    if differs:
        yield note("ledger.size-differs", said=berat.megabytes[:20] or "–", found=found)


def _zipped(name: str, data: bytes, at: datetime) -> bytes:
    file = BytesIO()
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(entry, data)
    return file.getvalue()
