"""Accounting exports that a person names, taken into a store that lasts as long as the command."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from ulak.cli.errors import usage
from ulak.cli.inputs import Source, read, shown
from ulak.cli.session import Session
from ulak.cli.wire_calling import number_of
from ulak.errors import Text
from ulak.ledger.checking import Expected
from ulak.ledger.company_file import read_company
from ulak.ledger.intake import MAPPINGS, look_at, read_mapping, take_in
from ulak.ledger.intake import Mapping as Columns
from ulak.ledger.store import EntryStore
from ulak.ledger.values import Company, Month

__all__ = ["EntriesWish", "entries_wish", "taken_in"]

_LARGEST: Final = 1024 * 1024
_MOST: Final = 999_999_999
_NO_MONTH: Final = Text("--month: “{text}” bir ay değil.", "--month: “{text}” is no month.")
_WRITE_MONTH: Final = Text("Yıl-ay olarak yazın: 2026-11.", "Write it as year-month: 2026-11.")
_NO_COLUMN: Final = Text("{file}: şu alanlar hiçbir sütunda yok: {fields}", "{file}: no column gives: {fields}")
_NAME_MAPPING: Final = Text(
    "Başlıkları düzeltin ya da --mapping ile bir eşleme verin: {known}, ya da bir TOML dosyası.",
    "Correct the headings, or name a mapping with --mapping: {known}, or a TOML file.",
)
_TAKEN: Final = Text("{file}: {rows} satır alındı ({mapping})", "{file}: {rows} rows taken ({mapping})")
_BY_HEADINGS: Final = Text("başlıklardan", "by its headings")


class EntriesWish(NamedTuple):
    """Which month of which company, and how to read its entries.

    Attributes:
        company: None where only the entries are looked at.
        mapping: one of the shipped ones, or a file; None: known from the headings.
    """

    month: Month | None
    company: Company | None
    mapping: str | None
    first_entry: int
    first_line: int

    def expected(self, month: Month, today: date) -> Expected:
        """What the entries are checked against."""
        of = self.company
        return Expected(
            month,
            today,
            of.branch.number if of and of.branch else "",
            of.fiscal_start if of else None,
            of.fiscal_end if of else None,
            self.first_entry,
            self.first_line,
        )


def entries_wish(
    month: str | None, company: str | None, mapping: str | None, first_entry: str, first_line: str
) -> EntriesWish:
    """What the options ask for.

    Raises:
        UlakError: ``cli.usage``, ``company.*``, ``file.*``.
    """
    return EntriesWish(
        _month_of(month) if month else None,
        read_company(read(Source(shown(company), company), _LARGEST)) if company else None,
        mapping,
        number_of(first_entry, "--first-entry", least=1, most=_MOST),
        number_of(first_line, "--first-line", least=1, most=_MOST),
    )


def _month_of(text: str) -> Month:
    plain = text.replace("-", "", 1)
    if not re.fullmatch(r"[0-9]{4}-?(?:0[1-9]|1[0-2])", text) or plain.startswith("0000"):
        raise usage(_NO_MONTH.format(text=text), _WRITE_MONTH)
    return Month.parse(plain)


@contextmanager
def taken_in(session: Session, names: Sequence[str], wish: EntriesWish) -> Iterator[EntryStore]:
    """The entries of the files; the store is gone with the block.

    Raises:
        UlakError: ``cli.usage``, ``ledger.input.*``, ``sheet.*``, ``file.*``.
    """
    with tempfile.TemporaryDirectory(prefix="ulak-") as folder, EntryStore.create(Path(folder) / "store") as store:
        for name in names:
            read(Source(shown(name), name), 0)
            _take(session, store, name, wish)
        yield store


def _take(session: Session, store: EntryStore, name: str, wish: EntriesWish) -> None:
    path = Path(name)
    mapping, called = _columns(session, path, wish.mapping)
    taken = take_in(store, path, mapping)
    session.tell(session.say(_TAKEN.format(file=shown(path.name), rows=taken.rows, mapping=called)) + "\n")


def _columns(session: Session, path: Path, mapping: str | None) -> tuple[Columns, str]:
    if mapping is not None and mapping in MAPPINGS:
        return MAPPINGS[mapping], mapping
    if mapping is not None:
        text = read(Source(shown(mapping), mapping), _LARGEST).decode("utf-8", "replace")
        return read_mapping(text), shown(mapping)
    look = look_at(path)
    if look.missing:
        known = ", ".join(sorted(MAPPINGS))
        raise usage(
            _NO_COLUMN.format(file=shown(path.name), fields=Text(*map(", ".join, zip(*look.missing, strict=True)))),
            _NAME_MAPPING.format(known=known),
        )
    return look.mapping, look.known or session.say(_BY_HEADINGS)
