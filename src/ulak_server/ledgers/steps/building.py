"""Journal and general ledger of each part written, judged and reconciled; kept unsealed until a person seals them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from ulak.ledger.names import FileName
from ulak.ledger.scanning import sums_of_file
from ulak.ledger.store import EntryStore
from ulak.ledger.totals import Balance, Difference, reconcile, trial_balance
from ulak.ledger.values import Company, Month
from ulak.ledger.values import Part as Planned
from ulak.ledger.writing import unique_id, write_journal, write_ledger
from ulak_server import clock
from ulak_server.ledgers import keeping, law
from ulak_server.ledgers.companies import company_of, fiscal_year, read_facts
from ulak_server.ledgers.folders import has_room
from ulak_server.ledgers.judging import Judged, judge, keep_findings
from ulak_server.ledgers.models import Book, File, Finding, Part, Stage, Work
from ulak_server.ledgers.problems import problem
from ulak_server.ledgers.stores import opened
from ulak_server.ledgers.turns import Turn
from ulak_server.ledgers.works import tell

__all__ = ["Made", "book_name", "build", "keep_books", "planned_of", "serial_of"]

_KINDS: Final = ("Y", "K")
_WRITERS: Final = {"Y": write_journal, "K": write_ledger}
_SERIAL: Final = 6
"""Digits of the number in a `uniqueID`."""
_STEPS: Final = {"Y": "journal", "K": "ledger"}


class Made(NamedTuple):
    """A book that was written."""

    kind: str
    name: str
    unique: str
    path: Path
    judged: Judged = Judged([], 0)


def build(turn: Turn) -> None:
    """Make the books of the next part; when there is none, it is for a person to seal them."""
    with turn.scopes():
        parts = list(Part.objects.filter(work=turn.work).order_by("number"))
        done = set(Book.objects.filter(work=turn.work, kind="K").values_list("part_id", flat=True))
        company = company_of(turn.taxpayer, turn.work.branch, law.period_day(turn.work))
        serial = serial_of(turn.work)
    rest = [one for one in parts if one.id not in done]
    if not rest:
        with turn.settling() as work:
            work.stage = Stage.BUILT
            tell("ledger.created", work, None, parts=len(parts))
        return
    _build(turn, rest[0], company, serial + parts.index(rest[0]))


def _build(turn: Turn, part: Part, company: Company, serial: int) -> None:
    has_room(2 * (part.journal_size + part.ledger_size))
    with opened(turn) as store:
        written = [_written(turn, store, part, company, kind, serial) for kind in _KINDS]
        balance = trial_balance(store, planned_of(part)) if part.entries else ()
    # What DuckDB held is free again before the rules need room.
    keep_books(turn, part, written, lambda: _reconciled(written, balance))


def keep_books(turn: Turn, part: Part, written: Sequence[Made], compare: Callable[[], tuple[Difference, ...]]) -> None:
    """Judge what was written of a part, and keep it if nothing is wrong.

    Args:
        compare: tells in what the books differ from each other, or from what was planned.

    Raises:
        LedgerWorkError: ``ledger-work.not-reconciled``, ``ledger-work.rules``; what was found is kept.
    """
    made = [_judged(turn, one) for one in written]
    turn.step("reconciling")
    differences = compare()
    if differences or any(one.judged.errors for one in made):
        _refuse(turn, made, differences)
    files = [_keep(turn, one) for one in made]
    with turn.settling() as work:
        keep_findings(work, [row for one in made for row in one.judged.findings])
        for one, file in zip(made, files, strict=True):
            keeping.complete(file)
            facts = {"kind": one.kind, "name": one.name, "unique": one.unique, "stage": "judged", "file": file}
            Book.objects.create(taxpayer_id=turn.taxpayer, work=work, part=part, built_at=clock.now(), **facts)
        digests = {file.name: file.digest for file in files}
        tell("ledger.part-created", work, None, part=part.number, digests=digests)


def _written(turn: Turn, store: EntryStore, part: Part, company: Company, kind: str, serial: int) -> Made:
    month = Month.of(part.month)
    unique = unique_id(kind, month, serial)  # type: ignore[arg-type]
    name = book_name(company, month, kind, part.number).xml
    path = turn.folder / name
    turn.step(_STEPS[kind], part.lines)
    with path.open("wb") as target:
        _WRITERS[kind](store, company, planned_of(part), target, at=clock.today(), unique=unique, told=turn.told)
    return Made(kind, name, unique, path)


def _judged(turn: Turn, one: Made) -> Made:
    turn.step("judging", one.path.stat().st_size)
    return one._replace(judged=judge(one.path, one.name, is_sealed=False, told=turn.told))


def _reconciled(made: Sequence[Made], balance: Iterable[Balance]) -> tuple[Difference, ...]:
    """In what the two books and the trial balance of their entries differ."""
    sums = []
    for one in made:
        with one.path.open("rb") as source:
            sums.append(sums_of_file(source))
    return reconcile(sums[0], sums[1], balance)


def _refuse(turn: Turn, made: list[Made], differences: tuple[Difference, ...]) -> None:
    """Keep what is wrong where a person finds it, and end the work's way here."""
    rows = [row for one in made for row in one.judged.findings]
    rows += [
        Finding(
            origin="books", code=one.code, level="error", count=1, text=one.text._asdict(), repair=one.repair._asdict()
        )
        for one in differences
    ]
    with turn.settling() as work:
        keep_findings(work, rows)
    if differences:
        raise problem("ledger-work.not-reconciled", count=len(differences))
    faulty = next(one for one in made if one.judged.errors)
    raise problem("ledger-work.rules", name=faulty.name, count=faulty.judged.errors)


def _keep(turn: Turn, one: Made) -> File:
    turn.step("keeping", one.path.stat().st_size)
    with one.path.open("rb") as source:
        file = keeping.keep(turn.taxpayer, turn.work.id, "book", one.name, source, turn.told)
    one.path.unlink()
    return file


def book_name(company: Company, month: Month, kind: str, part: str) -> FileName:
    """What a book or a berat of a company is called."""
    branch = company.branch.number if company.branch else ""
    return FileName(company.tax_id, month, kind, part, branch)  # type: ignore[arg-type]


def planned_of(part: Part) -> Planned:
    """A part as the library knows it."""
    sizes = part.journal_size, part.ledger_size
    return Planned(part.number, part.start, part.end, part.first, part.last, part.entries, part.lines, *sizes)


def serial_of(work: Work) -> int:
    """The first number of `uniqueID` that is free: books count through the fiscal year (Genel Açıklamalar, 4.1.2).

    A number that another fiscal year has used in the same month is not used again, since no uniqueID is.
    """
    facts = read_facts(work.taxpayer_id, work.branch) or read_facts(work.taxpayer_id)
    assert facts is not None
    fiscal = fiscal_year(facts, law.period_day(work))
    sealed = Part.objects.filter(
        taxpayer_id=work.taxpayer_id, kind=work.kind, branch=work.branch, sealed_at__isnull=False
    ).exclude(work=work)
    before = sealed.filter(month__lte=work.month, end__range=(fiscal.start, fiscal.end))
    others = Book.objects.filter(part__in=sealed.filter(month=work.month, end__lt=fiscal.start), is_package=False)
    used = [int(one[-_SERIAL:]) for one in others.exclude(unique="").values_list("unique", flat=True)]
    first = before.count() + 1
    return max(used) + 1 if first in used else first
