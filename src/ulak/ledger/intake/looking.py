"""A file looked at before it is taken in: what it is, its columns, its first rows, and how they may be matched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from ulak.errors import Text
from ulak.ledger.intake.guessing import Guess, guess, guess_header, missing, places_of
from ulak.ledger.intake.mapping import Content, Decimal, FileForm, Mapping
from ulak.ledger.intake.neutral import DAY, MOST_COLUMNS, NUMBER, cleaned
from ulak.ledger.intake.numbers import convention_of
from ulak.ledger.intake.opening import Source, opened
from ulak.ledger.intake.problems import problem
from ulak.sheets import SheetName

__all__ = ["Column", "Look", "header_of", "look_at"]

_HEAD: Final = 60
_SHOWN: Final = 12
_SAMPLES: Final = 3
_LONGEST: Final = 500
"""Letters of a cell or heading that are looked at."""
_OWN_NAMES: Final = ("parquet", "jsonl")


class Column(NamedTuple):
    """A column.

    Attributes:
        place: counted from 1.
        field: name of the field it is matched to; empty: it is not used.
        sureness: of that, from 0 to 1.
        samples: the first different values, as the file has them.
    """

    place: int
    heading: str
    field: str
    sureness: float
    samples: tuple[str, ...]


class Look(NamedTuple):
    """A file as it is understood so far.

    Attributes:
        kind: ``csv``, ``xlsx``, ``xls`` (also ``.xlsb`` and ``.ods``), ``parquet`` or ``jsonl``.
        content: entries, or the chart of accounts.
        encoding, separator: of CSV, else empty.
        header_row: row of the headings; -1: none was found, 0: the form names its columns itself.
        decimal: what stands before the decimals of numbers that are text; ``auto``: nothing tells.
        rows: the first ones behind the headings, by their numbers.
        mapping: with which `take_in` would read it.
        known: name of the shipped mapping; empty: matched by common usage, or by hand.
        missing: what it needs and no column gives; a file with some cannot be taken in.
    """

    kind: str
    content: Content
    encoding: str
    separator: str
    sheets: tuple[SheetName, ...]
    sheet: str
    header_row: int
    decimal: Decimal
    columns: tuple[Column, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    mapping: Mapping
    sureness: float
    known: str
    missing: tuple[Text, ...]


def look_at(path: Path, form: FileForm = FileForm(), mapping: Mapping | None = None) -> Look:  # noqa: B008
    """Look at the beginning of a file.

    Args:
        form: what is known of how it is to be read; the mapping's own counts if there is one.
        mapping: with which it shall be matched; None: it is guessed.

    Raises:
        InputError: ``ledger.input.…``, if no rows can be read of it.
        SheetError: ``sheet.…``.
    """
    form = mapping.file if mapping else form
    source = opened(path, form)
    rows = source.head(_HEAD)
    headings, header_row = header_of(source, rows, form)
    found = Guess(mapping, places_of(mapping, headings, strict=False), 1.0) if mapping else guess(headings, form)
    behind = [(number, cells) for number, cells in rows if number > header_row]
    known = set(found.places) | set(found.mapping.fixed)
    return Look(
        source.kind, found.mapping.content, getattr(source, "encoding", ""), getattr(source, "separator", ""),
        tuple(getattr(source, "sheets", ())), getattr(source, "sheet", ""), header_row,
        _decimal(behind, found, form), _columns(headings, behind, found),
        tuple((number, tuple(map(shown, cells))) for number, cells in behind[:_SHOWN]),
        _kept(found.mapping, source, header_row), found.sureness,
        found.mapping.name if not mapping and found.mapping.name != "guessed" else "",
        tuple(missing(found.mapping.content, known)),
    )  # fmt: skip


def header_of(source: Source, rows: Sequence[tuple[int, list[str]]], form: FileForm) -> tuple[list[str], int]:
    """The headings of a file and their row.

    Raises:
        InputError: ``ledger.input.empty``, ``ledger.input.too-many-columns``.
    """
    if not rows:
        raise problem("ledger.input.empty")
    number = 0 if source.kind in _OWN_NAMES else form.header_row or guess_header(rows)
    width = max(len(cells) for _, cells in rows)
    if width > MOST_COLUMNS:
        raise problem("ledger.input.too-many-columns", limit=MOST_COLUMNS)
    found = next((cells for at, cells in rows if at == number), [])
    if source.kind == "csv" and found:
        width = len(found)
    return [shown(one).strip() for one in found] + [""] * (width - len(found)), number


def shown(cell: str) -> str:
    """The beginning of a cell, without what marks it as a number or a day, nor what is no letter."""
    return cleaned(cell[1:] if cell[:1] in (NUMBER, DAY) else cell, _LONGEST)


def _columns(headings: Sequence[str], rows: Sequence[tuple[int, list[str]]], found: Guess) -> tuple[Column, ...]:
    fields = {place: field for field, place in found.places.items()}
    sureness = 1.0 if found.mapping.name != "guessed" else 0.8
    return tuple(
        Column(place, heading, fields.get(place, ""), sureness if place in fields else 0.0, _samples(rows, place))
        for place, heading in enumerate(headings, 1)
    )


def _samples(rows: Sequence[tuple[int, list[str]]], place: int) -> tuple[str, ...]:
    values = (shown(cells[place - 1])[:80] for _, cells in rows if len(cells) >= place)
    return tuple(dict.fromkeys(one for one in values if one.strip()))[:_SAMPLES]


def _decimal(rows: Sequence[tuple[int, list[str]]], found: Guess, form: FileForm) -> Decimal:
    if form.decimal != "auto":
        return form.decimal
    places = [found.places[name] for name in ("debit", "credit", "amount") if name in found.places]
    texts = (cells[at - 1] for _, cells in rows for at in places if len(cells) >= at and cells[at - 1][:1] != NUMBER)
    return convention_of(texts) or "auto"


def _kept(mapping: Mapping, source: Source, header_row: int) -> Mapping:
    """The mapping with what was found out of the file, so that it is read alike when it is taken in."""
    form = msgspec.structs.replace(
        mapping.file,
        encoding=getattr(source, "encoding", mapping.file.encoding),
        separator=getattr(source, "separator", mapping.file.separator),
        sheet=getattr(source, "sheet", ""),
        header_row=header_row if source.kind not in _OWN_NAMES else 0,
    )
    return msgspec.structs.replace(mapping, file=form)
