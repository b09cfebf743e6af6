"""The child process that opens ``.xls``, ``.xlsb`` and ``.ods``: a workbook in, its sheets or one sheet's rows out.

It may use as much memory and time as an honest workbook needs, and dies if it wants more. What it says comes in frames:
four bytes of length, then msgpack.
"""

from __future__ import annotations

import io
import resource
import sys
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, Final

import msgspec
from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

__all__ = ["main"]

_MEMORY: Final = 1536 * 1024 * 1024
_SECONDS: Final = 45
_AT_ONCE: Final = 500


def main() -> None:
    """Read the workbook of the standard input; arguments: ``sheets`` or ``rows``, the sheet, most rows and columns."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    wanted, sheet, most_rows, most_columns = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    if wanted == "sheets":
        _say(
            [
                (one.name, one.visible is not SheetVisibleEnum.Visible)
                for one in book.sheets_metadata
                if one.typ is SheetTypeEnum.WorkSheet
            ]
        )
        return
    rows = islice(book.get_sheet_by_name(sheet).to_python(skip_empty_area=False), most_rows)
    while piece := [[_cell(one) for one in row[:most_columns]] for row in islice(rows, _AT_ONCE)]:
        _say(piece)


def _say(content: Any) -> None:
    said = msgspec.msgpack.encode(content)
    sys.stdout.buffer.write(len(said).to_bytes(4, "big") + said)


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
