"""The child process that opens ``.xls``, ``.xlsb`` and ``.ods``: a workbook in, its sheets and one sheet's rows out.

It may use as much memory and time as an honest workbook needs, and dies if it wants more.
"""

from __future__ import annotations

import io
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import msgspec
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

__all__ = ["main"]

_MEMORY: Final = 1536 * 1024 * 1024
_SECONDS: Final = 45
_MOST_COLUMNS: Final = 200
_MOST_ROWS: Final = 100_002


def main() -> None:
    """Read the workbook of the standard input; the first argument names the sheet, empty: none."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    sheets = [
        (one.name, one.visible is not SheetVisibleEnum.Visible)
        for one in book.sheets_metadata
        if one.typ is SheetTypeEnum.WorkSheet
    ]
    wanted = sys.argv[1]
    rows: list[list[Any]] = []
    if wanted in [name for name, _ in sheets]:
        for row in book.get_sheet_by_name(wanted).to_python(skip_empty_area=False)[:_MOST_ROWS]:
            rows.append([_cell(one) for one in row[:_MOST_COLUMNS]])
    sys.stdout.buffer.write(msgspec.msgpack.encode((sheets, rows)))


def _cell(value: Any) -> Any:
    """A cell as msgpack takes it: days and times are arrays of their kind and their ISO form."""
    if isinstance(value, datetime):
        return ["datetime", value.isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, time):
        return ["time", value.isoformat()]
    if isinstance(value, timedelta):
        return value.total_seconds() / 86400
    return None if value == "" else value


if __name__ == "__main__":
    main()
