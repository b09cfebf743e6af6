"""Books sealed, their berats made and sealed, all of it judged, and packed as GİB wants it.

A step reads what the one before it kept, and sees by the digest that nobody has changed it meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final
from uuid import uuid4

from ulak.ledger.berats import Counted, berat
from ulak.ledger.names import FileName
from ulak.ledger.packages import contents, package
from ulak.seal.keys.secrets import Secret
from ulak.seal.large import seal_book, seal_book_here, verify_large
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.trust.stamping import TimeStamper
from ulak.seal.verdicts import Indication
from ulak_server import clock
from ulak_server.exchange.keys import Address, Borrowed, authority, trust
from ulak_server.ledgers import keeping, law
from ulak_server.ledgers.folders import has_room
from ulak_server.ledgers.judging import judge, keep_findings
from ulak_server.ledgers.models import Book, File, Part, Stage, Work
from ulak_server.ledgers.problems import problem
from ulak_server.ledgers.turns import Turn
from ulak_server.ledgers.works import tell
from ulak_server.taxpayers import services as taxpayers

__all__ = ["borrowed", "fetched", "keep_package", "refuse_faulty", "seal", "sealed_by", "stamper_of"]

_BOOKS: Final = {"books": ("Y", "K"), law.INVENTORY: ("E",)}
"""What each part holds, by the kind of the work."""
_SPARE: Final = 1024 * 1024
_PERSON: Final = 11
_SEAL: Final = b"<ds:Signature "
_BOOK_END: Final = b"</edefter:defter>"
_LONGEST_SEAL: Final = 512 * 1024
"""The seal is a book's last child; time stamps make it tens of kilobytes."""


def seal(turn: Turn) -> None:
    """Do what comes next: seal a book, make a berat, or pack them; when nothing is left, it can be sent."""
    with turn.scopes():
        parts = list(Part.objects.filter(work=turn.work).order_by("number"))
        books = list(Book.objects.filter(work=turn.work).select_related("file", "part").order_by("id"))
    done = {(one.part_id, one.kind, one.is_package): one for one in books if one.stage != "judged"}
    kinds = _BOOKS[turn.work.kind]
    turn.step("sealing", 3 * len(kinds) * len(parts))
    turn.told(len(done))
    for part in parts:
        for kind in kinds:
            if (part.id, kind, False) not in done:
                unsealed = next(one for one in books if one.part_id == part.id and one.kind == kind)
                _seal_book(turn, part, unsealed)
                return
        for kind in kinds:
            if (part.id, f"{kind}B", False) not in done:
                _make_berat(turn, part, done[part.id, kind, False])
                return
            if (part.id, f"{kind}B", True) not in done:
                _pack(turn, part, [done[part.id, f"{kind}B", False], done[part.id, kind, False]])
                return
    with turn.settling() as work:
        work.stage = Stage.SEALED
        tell("ledger.sealed", work, None, parts=len(parts))


# -- books -------------------------------------------------------------------------------------------------------------


def _seal_book(turn: Turn, part: Part, book: Book) -> None:
    has_room(book.file.size + _SPARE)
    with fetched(turn, book.file) as path:
        key = borrowed(turn)
        turn.step("signing")
        with path.open("r+b") as file:
            _unseal(file)
            seal_book_here(
                file, key, at=clock.now(), trusted=key.trusted, stamper=stamper_of(turn.work), is_canonical=True
            )
        _refuse_broken(turn, path, book.name)
        refuse_faulty(turn, path, book.name)
        turn.step("keeping", path.stat().st_size)
        with path.open("rb") as source:
            kept = keeping.keep(turn.taxpayer, turn.work.id, "book", book.name, source, turn.told)
    with turn.settling() as work:
        _take_number(part)
        old = book.file_id
        keeping.complete(kept)
        book.file, book.stage, book.sealed_at, book.certificate = kept, "sound", clock.now(), sealed_by(key)
        book.save(update_fields=["file", "stage", "sealed_at", "certificate"])
        keeping.forget(old)
        tell("ledger.book-sealed", work, None, name=book.name, digest=kept.digest, by=work.key)


def _refuse_broken(turn: Turn, path: Path, name: str) -> None:
    """Read the seal as strangers do, who bring the book into canonical form themselves.

    Raises:
        LedgerWorkError: ``ledger-work.seal-broken``.
    """
    turn.step("verifying")
    with path.open("rb") as source:
        report = verify_large(source, trust=trust() or Trust(TrustStore(())), at=clock.now())
    if report.indication is Indication.FAILED:
        raise problem("ledger-work.seal-broken", name=name, detail=", ".join(one.code for one in report.reasons))


def _unseal(file: BinaryIO) -> None:
    """Take off the seal of a book that is to be sealed anew; nothing, if it has none."""
    size = file.seek(0, SEEK_END)
    start = max(0, size - _LONGEST_SEAL)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_SEAL)
    if at >= 0:
        file.seek(start + at)
        file.write(_BOOK_END)
        file.truncate()


def _take_number(part: Part) -> None:
    """From now on the number is this part's: those that never came to GİB, or not for good, have these days no more."""
    others = Part.objects.filter(
        taxpayer_id=part.taxpayer_id,
        kind=part.kind,
        month=part.month,
        branch=part.branch,
        withdrawn_at__isnull=True,
    ).exclude(work_id=part.work_id)
    covered = [one for one in others.filter(sealed_at__isnull=False) if _is_covered(one, part)]
    if any(law.is_at_gib(one) for one in covered):
        raise problem("ledger-work.sent-already")
    Part.objects.filter(id__in=[one.id for one in covered]).update(withdrawn_at=clock.now())
    Part.objects.filter(id=part.id, sealed_at__isnull=True).update(sealed_at=clock.now())


def _is_covered(other: Part, part: Part) -> bool:
    """Parts may share a day, so entries tell; but another fiscal year within the month has the same numbers."""
    has_days = other.start <= part.end and part.start <= other.end
    return other.number == part.number or (has_days and other.first <= part.last and part.first <= other.last)


# -- berats and packages -----------------------------------------------------------------------------------------------


def _make_berat(turn: Turn, part: Part, book: Book) -> None:
    """The berat of a sealed book: of its head, its seal, and sums that are known since the part was planned."""
    turn.step("berats")
    with fetched(turn, book.file) as path, path.open("rb") as source:
        made = berat(source, str(uuid4()), _counted(part, book.kind))
    keep_berat(turn, made, FileName.parse(book.name).berat, f"{book.kind}B", part)


def keep_berat(turn: Turn, made: bytes, name: FileName, kind: str, part: Part | None) -> None:
    """Seal a berat or a report, judge it, and keep it."""
    key, path = borrowed(turn), turn.folder / name.xml
    with path.open("wb") as target:
        seal_book(
            BytesIO(made),
            target,
            key,
            at=clock.now(),
            trusted=key.trusted,
            stamper=stamper_of(turn.work),
            is_canonical=True,
        )
    refuse_faulty(turn, path, name.xml)
    with path.open("rb") as source:
        kept = keeping.keep(turn.taxpayer, turn.work.id, "berat", name.xml, source)
    path.unlink()
    with turn.settling() as work:
        keeping.complete(kept)
        facts = {"name": name.xml, "stage": "sound", "file": kept, "certificate": sealed_by(key)}
        unsealed = Book.objects.filter(work=work, part=part, kind=kind, is_package=False)
        old = list(unsealed.values_list("file_id", flat=True))
        unsealed.delete()
        Book.objects.create(taxpayer_id=turn.taxpayer, work=work, part=part, kind=kind, sealed_at=clock.now(), **facts)
        keeping.forget(*old)
        tell("ledger.berat-sealed", work, None, name=name.xml, digest=kept.digest, by=work.key)


def _pack(turn: Turn, part: Part, books: list[Book]) -> None:
    """Pack a berat with its book, or alone, as the month demands it."""
    keep_package(turn, FileName.parse(books[0].name), {one.name: one.file for one in books}, part)


def keep_package(turn: Turn, name: FileName, files: dict[str, File], part: Part | None) -> None:
    """Pack kept documents, those that the package is to hold, and keep it."""
    wanted = [one.xml for one in contents(name)]
    has_room(2 * sum(files[one].size for one in wanted))
    turn.step("packing")
    path = turn.folder / name.zip
    with ExitStack() as stack:
        sources: dict[str, BinaryIO] = {}
        for one in wanted:
            document = stack.enter_context(fetched(turn, files[one]))
            sources[one] = stack.enter_context(document.open("rb"))
        with path.open("wb") as target:
            package(target, name, sources)
    with path.open("rb") as source:
        kept = keeping.keep(turn.taxpayer, turn.work.id, "package", name.zip, source)
    path.unlink()
    with turn.settling() as work:
        keeping.complete(kept)
        facts = {"kind": name.kind, "is_package": True, "name": name.zip, "stage": "sound", "file": kept}
        Book.objects.create(taxpayer_id=turn.taxpayer, work=work, part=part, **facts)
        tell("ledger.packed", work, None, name=name.zip, digest=kept.digest)


def _counted(part: Part, kind: str) -> Counted:
    sums = {code: (Decimal(debit), Decimal(credit)) for code, (debit, credit) in part.told.get("sums", {}).items()}
    return Counted(part.entries if kind != "K" else int(part.told.get("accounts", 0)), sums)


# -- what they have in common ------------------------------------------------------------------------------------------


@contextmanager
def fetched(turn: Turn, file: File) -> Iterator[Path]:
    """A kept file on disk, the same as it was kept; removed in the end.

    Raises:
        LedgerWorkError: ``ledger-work.changed``.
    """
    path = turn.folder / file.name
    path.unlink(missing_ok=True)
    try:
        yield keeping.fetch(file, path, turn.scopes)
    finally:
        path.unlink(missing_ok=True)


def borrowed(turn: Turn) -> Borrowed:
    """The key that a person chose, if it may seal these books today.

    Raises:
        LedgerWorkError: ``ledger-work.no-own-key``.
        LifecycleError: ``lifecycle.ledger-needs-seal``, ``lifecycle.ledger-no-consent``.
        KeyFailure, SealingKeyError: as `ulak_server.exchange.keys.KeyRing.using`.
    """
    with turn.scopes():
        own = taxpayers.own_key(turn.taxpayer) if turn.work.key == "own" else None
        number = taxpayers.of(turn.taxpayer).number
    if turn.work.key == "own" and own is None:
        raise problem("ledger-work.no-own-key")
    key = Borrowed(turn.keys, Address(own.address, number, Secret(own.secret)) if own else None)
    is_signature = len(key.certificate.tax_id or "") == _PERSON
    with turn.scopes():
        law.may_seal(turn.work, turn.work.key, is_signature=is_signature)
    return key


def stamper_of(work: Work) -> TimeStamper | None:
    """Who stamps the seals, if they are to be stamped.

    Raises:
        LedgerWorkError: ``ledger-work.no-stamper``.
    """
    if not work.is_stamped:
        return None
    found = authority()
    if found is None:
        raise problem("ledger-work.no-stamper")
    return found


def sealed_by(key: Borrowed) -> dict[str, Any]:
    """Who sealed, as it is kept beside a book."""
    one = key.certificate
    return {"serial": f"{one.serial:x}", "subject": one.common_name, "tax_id": one.tax_id or ""}


def refuse_faulty(turn: Turn, path: Path, name: str) -> None:
    """Judge a sealed document; nothing that breaks a rule goes on.

    Raises:
        LedgerWorkError: ``ledger-work.rules``.
    """
    turn.step("judging", path.stat().st_size)
    judged = judge(path, name, is_sealed=True, told=turn.told)
    if not judged.errors:
        return
    with turn.settling() as work:
        keep_findings(work, judged.findings)
    raise problem("ledger-work.rules", name=name, count=judged.errors)
