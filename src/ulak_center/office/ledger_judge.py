"""An e-Defter package judged: its ZIP, each document in it, what they say of each other, what came before.

Source: Teknik Kılavuz V1.7, 2.1–2.8; Berat Kılavuzu V1.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, BinaryIO, Final, NamedTuple

from ulak.errors import UlakError
from ulak.rules import PackStore
from ulak.seal.counter import counter_seal
from ulak.seal.keys.port import SealingKey
from ulak_center.office.asked import Asked
from ulak_center.office.books import MEGABYTE, Book, Name, book_of, check_book, check_pair, month_before, name_of
from ulak_center.office.comparing import added, differing, facts_of, sums_in, unlike
from ulak_center.office.desk import DONE, Accepted
from ulak_center.office.problems import Note, note, refused
from ulak_center.office.ruling import rule_book, words
from ulak_center.office.sealed import Trust, judged
from ulak_center.office.unpacking import unpacked
from ulak_center.office.values import Filing, Package
from ulak_center.values import ISTANBUL

__all__ = ["LIMITS", "LedgerJudge", "Limits"]

_UNIQUE: Final = "berat"
_BERATS_OF_REPORT: Final = ("YB", "KB")


class Limits(NamedTuple):
    """What is read at most.

    Attributes:
        zip_bytes: of a package; no source names it, so it is that of a file.
        xml_bytes: of each file: 200 MB (Teknik Kılavuz V1.7, 2.2).
    """

    zip_bytes: int = 200 * MEGABYTE
    xml_bytes: int = 200 * MEGABYTE


LIMITS: Final = Limits()


class LedgerJudge:
    """Judges packages; arguments as those of `ulak_center.office.ledger.LedgerOffice`."""

    def __init__(
        self,
        asked: Asked,
        trust: Trust,
        key: SealingKey | None,
        packs: PackStore | None,
        limits: Limits,
        also_at: Callable[[], datetime] | None,
    ) -> None:
        self._asked = asked
        self._trust = trust
        self._key = key
        self._packs = packs
        self._limits = limits
        self._also_at = also_at

    def judge(self, package: Package, data: bytes, now: datetime) -> Accepted:
        """What an accepted package holds, and the approved berat.

        Raises:
            Refused: ``ledger.*``.
        """
        name = name_of(package.id)
        assert name is not None
        with unpacked(data, name.files, self._limits.xml_bytes) as files:
            return self._judged(package, name, files, now)

    def _judged(self, package: Package, name: Name, files: Mapping[str, BinaryIO], now: datetime) -> Accepted:
        most = self._limits.xml_bytes
        berat, *book = (book_of(file, files[file], root, most) for file, root in name.files.items())
        for one in (berat, *book):
            check_book(name, one)
        # Berat and book are judged by the same packs: what is to be said of these is said once.
        notes = list(dict.fromkeys(found for one in (berat, *book) for found in self._check_one(name, one, now)))
        if book:
            check_pair(book[0], berat)
        self._check_unique(package, berat)
        facts, filings = facts_of(name, berat, book), (_unique(berat),)
        if name.kind == "DR":
            notes += self._check_report(name, berat)
            return Accepted(name.owner, facts, filings, notes)
        notes += [*differing(book[0], berat)] if book else []
        notes += [*self._other_book(name, berat), *self._check_parts(name, berat), *self._key_note()]
        paper = _approved(berat, self._key, now, most) if self._key else None
        return Accepted(name.owner, facts, filings, notes, paper, has_book=bool(book))

    def _check_one(self, name: Name, book: Book, now: datetime) -> list[Note]:
        moments = (now, self._also_at()) if self._also_at else (now,)
        seal = judged(book.source, self._trust, moments, self._limits.xml_bytes)
        if not seal.is_there:
            raise refused("ledger.unsealed", file=book.file)
        if seal.fault is not None:
            raise refused("ledger.seal", file=book.file, sub=seal.sub, detail=seal.fault)
        if not self._may_seal(seal.signer, name.owner, now):
            raise refused("ledger.signer", file=book.file, signer=seal.signer, owner=name.owner)
        today = now.astimezone(ISTANBUL).date()
        ruling = rule_book(self._packs, book.source, today, book.file, self._limits.xml_bytes)
        if ruling.errors:
            raise refused("ledger.schema", file=book.file, pack=ruling.pack, detail=words(ruling.errors))
        return list(ruling.notes)

    def _may_seal(self, signer: str, owner: str, now: datetime) -> bool:
        """The taxpayer, or one who has its consent (Web Servis Kılavuzu V1.7, 2.1)."""
        return (
            signer == owner
            or self._asked.acts_for(signer, owner, now)
            or (bool(signer) and self._asked.has_consent(signer, owner))
        )

    def _key_note(self) -> Iterator[Note]:
        if self._key is None:
            yield note("ledger.no-key")

    def _check_unique(self, package: Package, berat: Book) -> None:
        filing = _unique(berat)
        if filing.number and (earlier := self._asked.filed(filing, package.row)):
            raise refused("ledger.unique-id", number=filing.number, package=earlier)

    def _check_report(self, name: Name, report: Book) -> Iterator[Note]:
        """A report comes after the month's berats, and tells what the month's general ledgers hold."""
        for kind in _BERATS_OF_REPORT:
            if not self._accepted(name._replace(kind=kind)):
                raise refused("ledger.report-early", month=name.month, kind=kind)
        ledgers = self._accepted(name._replace(kind="KB")).values()
        told = added(sums_in(facts) for facts in ledgers)
        yield from unlike("ledger.report-differs", told, sums_in(facts_of(name, report, [])))

    def _other_book(self, name: Name, berat: Book) -> Iterator[Note]:
        """Journal and general ledger of a part hold the same vouchers (Uygulama Kılavuzu V1.12, C)."""
        if name.kind == "EB":
            return
        other = name._replace(kind="KB" if name.kind == "YB" else "YB")
        if (facts := self._accepted(other).get(other)) is not None:
            yield from unlike("ledger.books-differ", sums_in(facts), sums_in(facts_of(name, berat, [])), str(other))

    def _check_parts(self, name: Name, berat: Book) -> Iterator[Note]:
        parts = self._accepted(name)
        for other, facts in parts.items():
            if name.is_undivided or other.is_undivided:
                raise refused("ledger.parts-mixed", package=str(other))
            if _overlap(name, berat, other, facts):
                raise refused("ledger.dates-taken", start=berat.head.start, end=berat.head.end, package=str(other))
        yield from self._neighbours(name, berat, parts)
        yield from self._month_before(name)

    def _month_before(self, name: Name) -> Iterator[Note]:
        """Software must not skip months (Teknik Kılavuz V1.7, 2.2); of a first book nobody knows what came before."""
        before = name._replace(month=month_before(name.month))
        if name.kind == "EB" or self._accepted(name) or self._accepted(before):
            return
        if any(earlier.kind == name.kind for earlier in self._named(f"{name.owner}-")):
            yield note("ledger.month-missing", month=before.month, kind=name.kind)

    def _neighbours(self, name: Name, berat: Book, parts: Mapping[Name, Mapping[str, Any]]) -> Iterator[Note]:
        number, own = int(name.part), {"start": berat.head.start, "end": berat.head.end}
        before, after = (name._replace(part=f"{other:06}") for other in (number - 1, number + 1))
        for first, second in ((parts.get(before), own), (own, parts.get(after))):
            if number and first and second and not _adjoin(first["end"], second["start"]):
                raise refused("ledger.gap", before=first["end"], start=second["start"])
        if number > 1 and before not in parts:
            yield note("ledger.part-missing", part=before.part)

    def _accepted(self, name: Name) -> dict[Name, Mapping[str, Any]]:
        """The approved packages of a month's book, with what was kept of them."""
        found = self._named(f"{name.owner}-{name.month}-{name.kind}-")
        return {other: facts for other, facts in found.items() if other.branch == name.branch}

    def _named(self, prefix: str) -> dict[Name, Mapping[str, Any]]:
        found = ((name_of(package.id), package.facts) for package in self._asked.alike("edefter", prefix, DONE))
        return {name: facts for name, facts in found if name}


def _approved(berat: Book, key: SealingKey, now: datetime, most: int) -> bytes:
    try:
        berat.source.seek(0)
        return counter_seal(berat.source.read(), key, at=now, max_bytes=most)
    except UlakError as error:
        raise refused("ledger.not-approved", detail=error.text) from None


def _unique(berat: Book) -> Filing:
    return Filing(_UNIQUE, "", berat.head.unique.lower())


def _overlap(name: Name, berat: Book, other: Name, facts: Mapping[str, Any]) -> bool:
    """Whether two parts cover the same days; neighbours may share the day between them (Teknik Kılavuz V1.7, 2.2)."""
    first, second = sorted([(name.part, berat.head.start, berat.head.end), (other.part, facts["start"], facts["end"])])
    return bool(second[1] < first[2])


def _adjoin(end: str, start: str) -> bool:
    """Whether a part begins on the day on which the one before ends, or on the next."""
    return (date.fromisoformat(start) - date.fromisoformat(end)).days in (0, 1)
