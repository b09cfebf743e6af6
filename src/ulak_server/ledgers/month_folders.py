"""A month as GİB wants the taxpayer to keep it: books, berats, approved berats and stylesheets in one folder.

Source: Uyumluluk Onay Kılavuzu V1.7, 2.2; Uygulama Kılavuzu V1.12, steps 11–12.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from ulak.ledger.folders import month_folder
from ulak.ledger.names import FileName
from ulak.ledger.values import Month
from ulak_server.exchange.ledgers import services as gib
from ulak_server.ledgers.companies import Facts, fiscal_year, read_facts
from ulak_server.ledgers.doors import READ, admitted
from ulak_server.ledgers.law import INVENTORY
from ulak_server.ledgers.models import Book, Part
from ulak_server.ledgers.problems import problem
from ulak_server.ledgers.reading import file_of
from ulak_server.people.services import Caller
from ulak_server.taxpayers import services as taxpayers

__all__ = ["folder_of_month"]


def folder_of_month(caller: Caller, taxpayer: int, month: date, branch: str = "") -> tuple[str, Iterator[bytes]]:
    """A month's sealed files as a ZIP: its name, and its bytes piece by piece.

    Each file is read in a scope of its own, and not before it is its turn.

    Args:
        month: any day of it.

    Raises:
        UnknownLedger: ``ledger-work.book-unknown``: nothing of the month is sealed.
        LedgerWorkError, LedgerExchangeError, ArchiveError: while the bytes are taken, if a file was changed.
    """
    first = month.replace(day=1)
    with admitted(caller, taxpayer, READ):
        books = _books(taxpayer, first, branch)
        approved = [one.id for one in gib.packages_of(taxpayer, first, branch) if one.has_berat]
        number = taxpayers.of(taxpayer).number
        year_of = _year_of(taxpayer, first, branch)
    if not books:
        raise problem("ledger-work.book-unknown")
    name = "-".join(part for part in (number, f"{first:%Y%m}", branch) if part)
    files = _files(caller, taxpayer, books, approved)
    return f"{name}.zip", month_folder(number, year_of, Month.of(first), files)


def _books(taxpayer: int, month: date, branch: str) -> list[tuple[int, str]]:
    """The sealed files of a month that count: id and name; of reports that were made anew the last."""
    rows = Book.objects.filter(
        taxpayer_id=taxpayer, work__month=month, work__branch=branch, is_package=False, sealed_at__isnull=False
    ).exclude(part__withdrawn_at__isnull=False)
    by_name = {name: id for id, name in rows.order_by("id").values_list("id", "name")}
    return sorted(((id, name) for name, id in by_name.items()), key=lambda one: one[1])


def _year_of(taxpayer: int, month: date, branch: str) -> Callable[[FileName], tuple[date, date]]:
    """Which fiscal year a file of a month is of: that of its part; a report stands at the end of the month."""
    facts = read_facts(taxpayer, branch) or read_facts(taxpayer) or Facts()
    made = Part.objects.filter(taxpayer_id=taxpayer, month=month, branch=branch, sealed_at__isnull=False)
    ends = {(one.kind == INVENTORY, one.number): one.end for one in made.order_by("id")}
    last = Month.of(month).last

    def year_of(name: FileName) -> tuple[date, date]:
        year = fiscal_year(facts, ends.get((name.kind in ("E", "EB"), name.part), last))
        return year.start, year.end

    return year_of


def _files(
    caller: Caller, taxpayer: int, books: Sequence[tuple[int, str]], approved: Sequence[UUID]
) -> Iterator[tuple[str, Iterable[bytes]]]:
    for id, name in books:
        yield name, file_of(caller, taxpayer, id)[1]
    for package in approved:
        with admitted(caller, taxpayer, READ):
            name, xml = gib.approved_berat(taxpayer, package)
        yield name, [xml]
