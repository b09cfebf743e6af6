"""The first rows of a file as they are understood, cell by cell, for the step in which columns are matched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from ulak.errors import UlakError
from ulak_server.books.importing.cells import shown
from ulak_server.books.importing.fields import Field, fields_of
from ulak_server.books.importing.jobs import Opened, open_file, reading_of
from ulak_server.books.importing.mapping import convention
from ulak_server.books.importing.understanding import understood
from ulak_server.books.models import Import
from ulak_server.books.numbers import Convention

__all__ = ["Cell", "Column", "Preview", "preview"]

_ROWS: Final = 12


class Cell(NamedTuple):
    """A cell.

    Attributes:
        shown: as the sheet has it.
        value: as it is understood; empty where the column is not used.
        error, warning: what is wrong, or doubtful.
    """

    shown: str
    value: str
    error: UlakError | None
    warning: UlakError | None

    @property
    def is_read_otherwise(self) -> bool:
        """Whether it is understood as something that is not written there."""
        return bool(self.value) and self.value != self.shown


class Column(NamedTuple):
    """A column and the field that it is matched to; empty: it is not used."""

    place: int
    heading: str
    field: str


class Preview(NamedTuple):
    """The beginning of a file.

    Attributes:
        decimal: what its numbers tell of the decimal sign; None: nothing.
        missing: fields that it needs and that neither a column nor a fixed value gives.
        fixed: fields whose value may be fixed, with it.
    """

    opened: Opened
    columns: Sequence[Column]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    decimal: Convention | None
    missing: Sequence[Field]
    fixed: Mapping[str, str]


def preview(job: Import, data: bytes) -> Preview:
    """The first rows of an import's file; needs no scope.

    Raises:
        ImportFault: the file cannot be read as it is said.
    """
    opened = open_file(job, data)
    reading = reading_of(job)
    fields = fields_of(job.about)
    decimal = convention(job.about, reading, (cells for _, cells in opened.start.rows))
    columns = [Column(at, heading, reading.columns.get(at, "")) for at, heading in enumerate(opened.start.headings)]
    rows = [
        (number, [_cell(fields.get(one.field), cells, one.place, decimal) for one in columns])
        for number, cells in opened.start.rows[:_ROWS]
    ]
    given = {*reading.columns.values(), *reading.fixed}
    missing = [one for name, one in fields.items() if one.needed and name not in given]
    return Preview(opened, columns, rows, decimal, missing, reading.fixed)


def _cell(field: Field | None, cells: Sequence[object], place: int, decimal: Convention | None) -> Cell:
    value = cells[place] if place < len(cells) else None
    if field is None:
        return Cell(shown(value), "", None, None)
    one = understood(field, value, decimal)
    return Cell(shown(value), one.value, one.error, one.warning)
