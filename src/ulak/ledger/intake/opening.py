"""A file of any form, opened: what it is is told by its content, not by its name."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Protocol

from ulak.ledger.intake.delimited import Delimited
from ulak.ledger.intake.jsonl import JsonLines
from ulak.ledger.intake.mapping import FileForm
from ulak.ledger.intake.neutral import NeutralFile
from ulak.ledger.intake.others import Parquet, Spreadsheet
from ulak.ledger.intake.problems import problem
from ulak.sheets import form_of_workbook

__all__ = ["Source", "opened"]

_FOREIGN: Final = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"MZ": "EXE",
    b"\x1f\x8b": "GZIP",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"SQLite": "SQLite",
}
_MARK: Final = b"\xef\xbb\xbf"


class Source(Protocol):
    """A file whose rows can be read."""

    @property
    def kind(self) -> str: ...

    def head(self, count: int) -> list[tuple[int, list[str]]]: ...

    def write(self, target: NeutralFile, after: int) -> None: ...


def opened(path: Path, form: FileForm) -> Source:
    """A file, ready to be read.

    Raises:
        InputError: ``ledger.input.empty``, ``ledger.input.form``, and those of the forms.
        SheetError: ``sheet.…``.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        workbook = form_of_workbook(file)
    if not head.removeprefix(_MARK).strip(b" \t\r\n\0"):
        raise problem("ledger.input.empty")
    if workbook:
        return Spreadsheet(path, form.sheet)
    if head.startswith(b"PAR1"):
        return Parquet(path)
    _refuse_foreign(head)
    start = head.removeprefix(_MARK).lstrip()
    if start.startswith(b"{"):
        return JsonLines(path)
    return Delimited(path, form.encoding, form.separator)


def _refuse_foreign(head: bytes) -> None:
    for mark, name in _FOREIGN.items():
        if head.startswith(mark):
            raise problem("ledger.input.form", found=name)
    if head.startswith(b"PK\x03\x04"):
        raise problem("ledger.input.form", found="ZIP")
    if head.removeprefix(_MARK).lstrip().startswith((b"<", b"[")):
        raise problem("ledger.input.form", found="HTML/XML" if b"<" in head[:200] else "JSON")
