"""The inventory book (envanter defteri): its list read and looked through, divided by size, written and judged.

What comes then, its seal, its berat and its package, is as of any other book. Source: Envanter Defteri Kılavuzu V1.0.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from ulak.errors import Text
from ulak.ledger.checking import Checked
from ulak.ledger.inventory import Item, Written, write_inventory
from ulak.ledger.inventory_checking import Examiner, Found
from ulak.ledger.inventory_input import InventoryFile
from ulak.ledger.inventory_store import StoredItems, fill
from ulak.ledger.store import EntryStore
from ulak.ledger.totals import Difference, totals
from ulak.ledger.values import UNDIVIDED, Company, Month
from ulak.ledger.writing import unique_id
from ulak_server import clock
from ulak_server.ledgers import law
from ulak_server.ledgers.companies import company_of
from ulak_server.ledgers.folders import has_room
from ulak_server.ledgers.models import Book, File, Part, Stage, Work
from ulak_server.ledgers.steps.building import Made, book_name, keep_books, planned_of, serial_of
from ulak_server.ledgers.steps.checking import LIST, fetched_input, keep_checked, keep_list, listed, numbered
from ulak_server.ledgers.steps.planning import keep_plan
from ulak_server.ledgers.stores import keep_entries, leave_ready, made_anew, opened
from ulak_server.ledgers.turns import Turn
from ulak_server.ledgers.works import tell

__all__ = ["build_inventory", "check_inventory", "plan_inventory"]

_TIMES: Final = 4
_KIND: Final = "E"
_OFTEN: Final = 1000
_NOTHING: Final = (0, Path(os.devnull))
_DIFFERS: Final = Difference(
    "ledger-work.not-reconciled",
    Text("Yazılan envanter defteri, listedekiyle aynı değil.", "The inventory that was written is not the list's."),
    Text("Hiçbir şey mühürlenmedi. İşletmeciye haber verin.", "Nothing was sealed. Tell the operator."),
)


# -- read and looked through -------------------------------------------------------------------------------------------


def check_inventory(turn: Turn) -> None:
    """Read all files, tell what is wrong with them, and keep their items, numbered, if a book can be made of them."""
    with turn.scopes():
        inputs = list(File.objects.filter(work=turn.work, what="input", completed_at__isnull=False).order_by("id"))
        day = law.inventory_of(turn.work).day
        first = law.first_numbers(turn.work)
    has_room(_TIMES * sum(one.size for one in inputs))
    kept: list[File] = []
    with made_anew(turn) as store:
        with (turn.folder / LIST).open("wb") as target:
            seen = Examiner(lambda code, example: target.write(listed(code, example)))
            fill(store, _items(turn, inputs, seen), day, *first)
        found = _checked(store, seen, day)
        said = numbered(store)
        if found.may_build:
            kept = keep_entries(turn, store)
    lists = keep_list(turn) if any(one.count > len(one.examples) for one in found.groups) else []
    keep_checked(turn, found, said, kept, lists)
    if kept:
        leave_ready(turn, kept)


def _items(turn: Turn, inputs: Iterable[File], seen: Examiner) -> Iterator[Found]:
    turn.step("reading")
    done = 0
    for file in inputs:
        path = fetched_input(turn, file)
        with path.open("rb") as source:
            for one in seen.items(file.name, InventoryFile(source)):
                done += 1
                turn.told(done)
                yield one
        path.unlink()


def _checked(store: EntryStore, seen: Examiner, day: date) -> Checked:
    sums = totals(store)
    numbers = sums.first_entry, sums.last_entry
    return Checked(seen.groups(), sums.entries, sums.lines, sums.debit, sums.credit, *numbers, day, day)


# -- planned -----------------------------------------------------------------------------------------------------------


def plan_inventory(turn: Turn) -> None:
    """Divide the inventory by the size of its book, as far as the law lets it be made now."""
    work = turn.work
    with turn.scopes():
        law.may_make_inventory(turn.taxpayer, work.branch, work.month)
        day = law.inventory_of(work).day
        company = company_of(turn.taxpayer, work.branch, day)
    turn.step("planning")
    with opened(turn) as store:
        sums = totals(store)
        entry, line = sums.first_entry or 1, sums.first_line or 1
        parts = []
        written = _write(turn, store, company, day, (entry, line))
        for place, one in enumerate(written, 1):
            number = UNDIVIDED if len(written) == 1 else f"{place:06}"
            parts.append(_part(work, day, number, entry, line, one))
            entry, line = entry + one.entries, line + one.lines
        whole = planned_of(parts[0])._replace(last=parts[-1].last)
        keep_plan(turn, parts, store, whole)


def _part(work: Work, day: date, number: str, entry: int, line: int, one: Written) -> Part:
    return Part(
        taxpayer_id=work.taxpayer_id,
        work=work,
        kind=work.kind,
        month=work.month,
        branch=work.branch,
        number=number,
        start=day,
        end=day,
        first=entry,
        last=entry + one.entries - 1,
        first_line=line,
        last_line=line + one.lines - 1,
        entries=one.entries,
        lines=one.lines,
        debit=one.amount,
        journal_size=one.size,
    )


# -- written -----------------------------------------------------------------------------------------------------------


def build_inventory(turn: Turn) -> None:
    """Make the book of the next part; when there is none, it is for a person to seal them."""
    with turn.scopes():
        parts = list(Part.objects.filter(work=turn.work).order_by("number"))
        done = set(Book.objects.filter(work=turn.work, kind=_KIND).values_list("part_id", flat=True))
        company = company_of(turn.taxpayer, turn.work.branch, law.period_day(turn.work))
        serial = serial_of(turn.work)
    rest = [one for one in parts if one.id not in done]
    if not rest:
        with turn.settling() as work:
            work.stage = Stage.BUILT
            tell("ledger.created", work, None, parts=len(parts))
        return
    _build(turn, parts, parts.index(rest[0]), company, serial)


def _build(turn: Turn, parts: Sequence[Part], place: int, company: Company, serial: int) -> None:
    part = parts[place]
    has_room(2 * part.journal_size)
    name = book_name(company, Month.of(part.month), _KIND, part.number).xml
    path = turn.folder / name
    turn.step("inventory", sum(one.lines for one in parts))
    first = parts[0].first, parts[0].first_line
    with opened(turn) as store:
        written = _write(turn, store, company, part.start, first, serial, (place + 1, path))
    unique = unique_id("E", Month.of(part.month), serial + place)
    keep_books(turn, part, [Made(_KIND, name, unique, path)], lambda: _differences(parts, written))


def _differences(parts: Sequence[Part], written: Sequence[Written]) -> tuple[Difference, ...]:
    """Whether what was written is what a person has seen before."""
    planned = [(one.entries, one.lines, one.debit) for one in parts]
    return () if planned == [(one.entries, one.lines, one.amount) for one in written] else (_DIFFERS,)


def _write(
    turn: Turn,
    store: EntryStore,
    company: Company,
    day: date,
    first: tuple[int, int],
    serial: int = 1,
    keep: tuple[int, Path] = _NOTHING,
) -> tuple[Written, ...]:
    """Write the whole inventory; of its parts only the one that is to be kept comes to the disk.

    Args:
        first: numbers of the first entry and the first line.
        serial: of the first part's ``uniqueID``; all of them are equally long.
        keep: which part, counted from 1, and where.
    """
    month = Month.of(day)
    with keep[1].open("wb") as kept, open(os.devnull, "wb") as nowhere:
        return write_inventory(
            _Told(turn, store),
            company,
            day,
            lambda number: kept if number == keep[0] else nowhere,
            at=clock.today(),
            unique=lambda number: unique_id("E", month, serial + number - 1),
            first_entry=first[0],
            first_line=first[1],
        )


class _Told:
    """The items of a store, telling how many were read."""

    def __init__(self, turn: Turn, store: EntryStore) -> None:
        self._turn, self._items = turn, StoredItems(store)

    def __iter__(self) -> Iterator[Item]:
        for done, item in enumerate(self._items, 1):
            if done % _OFTEN == 0:
                self._turn.told(done)
            yield item
