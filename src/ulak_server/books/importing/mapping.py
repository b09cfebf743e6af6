"""Which column is which field, and how a file is read: guessed from its headings, changed by people, remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from ulak_server.books.importing.cells import shown
from ulak_server.books.importing.fields import field_of_heading, fields_of
from ulak_server.books.importing.problems import fault
from ulak_server.books.numbers import Convention, convention_of
from ulak_server.folding import fold

__all__ = ["Reading", "Start", "checked", "convention", "guessed", "shape_of", "start_of"]

_LOOKED_AT: Final = 30
_FEWEST: Final = 2


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a file is read.

    Attributes:
        sheet: of a workbook; empty for CSV.
        header: number of the row with the headings; 0: there are none.
        columns: field by the place of the column, from 0.
        decimal: ``comma``, ``point`` or ``auto``: as the file's numbers tell.
        fixed: values of fields that no column has.
    """

    sheet: str = ""
    header: int = 1
    columns: dict[int, str] = {}
    decimal: str = "auto"
    fixed: dict[str, str] = {}


class Start(NamedTuple):
    """How a sheet begins.

    Attributes:
        header: number of the row with the headings; 0 if none looks like one.
        headings: as they stand there, or A, B, C …
        rows: the first ones below, with their numbers.
    """

    header: int
    headings: Sequence[str]
    rows: Sequence[tuple[int, Sequence[Any]]]


def start_of(about: str, rows: Iterable[tuple[int, Sequence[Any]]], header: int | None = None) -> Start:
    """The beginning of a sheet; the heading is the row whose cells are known best, unless it is said.

    Raises:
        ImportFault: ``import.empty``.
    """
    first = [row for row, _ in zip(rows, range(_LOOKED_AT * 2), strict=False)]
    if not first:
        raise fault("import.empty")
    if header is None:
        ranked = [(_known(about, cells), -number, number) for number, cells in first[:_LOOKED_AT]]
        known, _, header = max(ranked)
        if known < _FEWEST:
            header = 0
    heading = next((cells for number, cells in first if number == header), None)
    below = [row for row in first if row[0] > header]
    width = max((_width(cells) for _, cells in [*below, *((0, heading),) * (heading is not None)]), default=0)
    texts = [shown(one) for one in heading or ()]
    headings = [texts[at] if at < len(texts) and texts[at] else letters(at) for at in range(width)]
    return Start(header, headings, below)


def letters(column: int) -> str:
    """What Excel calls a column, from 0: A, B … Z, AA …

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def shape_of(about: str, headings: Iterable[str]) -> str:
    """What files with the same headings for the same purpose have in common."""
    folded = "\x1f".join(fold(one) for one in headings)
    return hashlib.sha256(f"{about}\x1e{folded}".encode()).hexdigest()[:32]


def guessed(about: str, start: Start, sheet: str = "") -> Reading:
    """The reading that the headings suggest; each field has one column, the first that means it."""
    columns: dict[int, str] = {}
    if start.header:
        for at, heading in enumerate(start.headings):
            name = field_of_heading(about, heading)
            if name and name not in columns.values():
                columns[at] = name
    return Reading(sheet, start.header, columns)


def checked(about: str, values: Mapping[str, Any]) -> Reading:
    """A reading that people or the database give, if it can be.

    Raises:
        ImportFault: ``import.field``, ``import.column-twice``, ``import.column-missing``.
    """
    reading = msgspec.convert(dict(values), Reading, strict=False)
    fields = fields_of(about)
    seen: set[str] = set()
    for name in (*reading.columns.values(), *reading.fixed):
        if name not in fields:
            raise fault("import.field", field=name)
        if name in seen and name in reading.columns.values():
            raise fault("import.column-twice", where=f"/{name}", field=fields[name].label)
        seen.add(name)
    for name, field in fields.items():
        if field.needed and name not in seen:
            raise fault("import.column-missing", where=f"/{name}", field=field.label)
    return reading


def convention(about: str, reading: Reading, rows: Iterable[Sequence[Any]]) -> Convention | None:
    """The decimal sign of a file: as it is said, else as its numbers tell; None if they do not."""
    if reading.decimal in ("comma", "point"):
        return reading.decimal  # type: ignore[return-value]
    fields = fields_of(about)
    columns = [at for at, name in reading.columns.items() if fields[name].reads in ("number", "percent")]
    return convention_of(
        cells[at] for cells in rows for at in columns if at < len(cells) and isinstance(cells[at], str)
    )


def _known(about: str, cells: Sequence[Any]) -> int:
    return len({field_of_heading(about, one) for one in cells if isinstance(one, str)} - {""})


def _width(cells: Sequence[Any] | None) -> int:
    filled = [at for at, one in enumerate(cells or ()) if one not in (None, "")]
    return filled[-1] + 1 if filled else 0
