"""Text for a terminal: wrapped to its width, coloured if it is one, and safe whatever a document holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from rich.cells import cell_len, chop_cells

__all__ = ["MEASURE", "Cell", "Column", "Page", "Style", "clean", "wrap"]

Style = Literal["", "bold", "dim", "red", "green", "yellow", "cyan", "bold red", "bold green", "bold yellow"]
MEASURE: Final = 110
"""Sentences are not set wider than this, however wide the terminal."""

_CODES: Final = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
# C0 and C1 controls could steer the terminal, marks of direction could reorder what is read, surrogates cannot be
# written at all.
_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_STEP: Final = re.compile(r"[^/-]*[/-]?")
_NARROWEST: Final = 24


class Cell(NamedTuple):
    """A piece of text in one style."""

    text: str
    style: Style = ""


class Column(NamedTuple):
    """A column of a table; a flexible one takes the width that the others leave, and wraps."""

    head: str = ""
    right: bool = False
    flexible: bool = False
    style: Style = ""


def clean(text: str) -> str:
    r"""The text on one line, with � for whatever a terminal might obey.

    >>> clean("a\x1b[31m\nb")
    'a�[31m b'
    """
    return _UNSAFE.sub("\ufffd", " ".join(text.split()))


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns, broken at blanks, else behind a slash or hyphen, else anywhere.

    >>> wrap("/Invoice/cac:InvoiceLine/cbc:ID", 20)
    ['/Invoice/', 'cac:InvoiceLine/', 'cbc:ID']
    """
    lines: list[str] = []
    for word in text.split():
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines += [word] if cell_len(word) <= width else _pieces(word, width)
    return lines or [""]


def _pieces(word: str, width: int) -> list[str]:
    pieces = [""]
    for step in _STEP.findall(word):
        if cell_len(pieces[-1] + step) > width and pieces[-1]:
            pieces.append("")
        pieces[-1] += step
        if cell_len(pieces[-1]) > width:
            pieces[-1:] = chop_cells(pieces[-1], width)
    return [piece for piece in pieces if piece]


class Page:
    """Collects lines; ``str(page)`` is the text.

    Args:
        width: columns of the terminal.
        colour: whether styles are shown.
    """

    def __init__(self, width: int = 80, *, colour: bool = False) -> None:
        self.width = max(width, _NARROWEST)
        self.measure = min(self.width, MEASURE)
        self._colour = colour
        self._lines: list[str] = []

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in self._lines)

    def paint(self, text: str, style: Style = "") -> str:
        """The text with the codes of its style, if this page shows any."""
        if not (self._colour and style and text):
            return text
        return f"\x1b[{';'.join(_CODES[part] for part in style.split())}m{text}\x1b[0m"

    def blank(self) -> None:
        """An empty line, unless there is one already."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def line(self, *cells: Cell | str, indent: int = 0) -> None:
        """Pieces of text side by side, on a further line those that do not fit."""
        pieces = [Cell(clean(c)) if isinstance(c, str) else Cell(clean(c.text), c.style) for c in cells]
        pieces = [piece for piece in pieces if piece.text]
        rows: list[list[Cell]] = []
        used = 0
        for piece in pieces:
            used += cell_len(piece.text) + 2
            if not rows or used - 2 > self.width - indent:
                rows.append([])
                used = cell_len(piece.text) + (4 if len(rows) > 1 else 2)
            rows[-1].append(piece)
        for at, row in enumerate(rows):
            self._set(row, indent + (2 if at else 0))

    def _set(self, row: Sequence[Cell], indent: int) -> None:
        if len(row) == 1:
            for text in wrap(row[0].text, self.width - indent):
                self._lines.append(" " * indent + self.paint(text, row[0].style))
        else:
            self._lines.append(" " * indent + "  ".join(self.paint(*piece) for piece in row))

    def paragraph(self, text: str, *, indent: int = 0, style: Style = "") -> None:
        """A text that is wrapped."""
        for row in wrap(clean(text), max(self.measure - indent, _NARROWEST // 2)):
            self._lines.append(" " * indent + self.paint(row, style))

    def labelled(self, label: str, text: str, *, indent: int = 0, gap: int = 10, style: Style = "") -> None:
        """A text with its label to the left, in a column of its own."""
        inner = indent + gap
        if gap and self.measure - inner < _NARROWEST // 2:
            if label:
                self.paragraph(label, indent=indent, style="dim")
            self.paragraph(text, indent=indent + 2, style=style)
            return
        rows = wrap(clean(text), max(self.measure - inner, _NARROWEST // 2))
        space = " " * max(gap - cell_len(label), 1 if label else 0)
        head = f"{' ' * indent}{self.paint(label, 'dim')}{space}"
        for at, row in enumerate(rows):
            self._lines.append((head if not at else " " * inner) + self.paint(row, style))

    def table(
        self, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, indent: int = 0, last: Style = ""
    ) -> None:
        """Rows under their heads, columns aligned; nothing if there are no rows.

        Args:
            last: the style of the last row.
        """
        cells = [[clean(cell) for cell in row] for row in rows]
        if not (cells and columns):
            return
        widths = self._widths(columns, cells, indent)
        if sum(widths) + 2 * (len(widths) - 1) + indent > self.width:
            self._stack(columns, cells, indent)
            return
        if any(column.head for column in columns):
            self._row([column.head for column in columns], columns, widths, indent, "dim")
        for at, row in enumerate(cells, start=1):
            self._row(row, columns, widths, indent, last if at == len(cells) else "")

    def _stack(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], indent: int) -> None:
        """A table that is too wide for the terminal: one cell under the other."""
        gap = max(cell_len(column.head) for column in columns) + 2
        for row in rows:
            self.blank()
            for column, cell in zip(columns, row, strict=True):
                if cell:
                    self.labelled(column.head, cell, indent=indent, gap=gap if gap > 2 else 0, style=column.style)

    def _widths(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], indent: int) -> list[int]:
        widths = [max(cell_len(column.head), *(cell_len(row[at]) for row in rows)) for at, column in enumerate(columns)]
        flexible = [at for at, column in enumerate(columns) if column.flexible]
        fixed = sum(width for at, width in enumerate(widths) if at not in flexible) + 2 * (len(columns) - 1) + indent
        for at in flexible:
            share = (self.width - fixed) // len(flexible)
            widths[at] = min(widths[at], max(share, _NARROWEST // 2))
        return widths

    def _row(
        self, row: Sequence[str], columns: Sequence[Column], widths: Sequence[int], indent: int, style: Style
    ) -> None:
        wrapped = [wrap(cell, width) if cell else [""] for cell, width in zip(row, widths, strict=True)]
        for depth in range(max(map(len, wrapped))):
            parts: list[str] = []
            for column, width, lines in zip(columns, widths, wrapped, strict=True):
                text = lines[depth] if depth < len(lines) else ""
                space = " " * max(width - cell_len(text), 0)
                shown = self.paint(text, style or column.style)
                parts.append(space + shown if column.right else shown + space)
            self._lines.append((" " * indent + "  ".join(parts)).rstrip())
