"""Days as they are written, in SQL: ``31.01.2026``, ``2026-01-31``, ``20260131``, those that a spreadsheet knows.

A day before 1901 means none: databases write 1899-12-30 or 1900-01-01 where there is no day.
"""

from __future__ import annotations

from typing import Final

from ulak.ledger.intake.neutral import DAY, NUMBER

__all__ = ["FIRST_YEAR", "LAST_YEAR", "day_sql", "looks_like_day_sql"]

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
_BETWEEN: Final = ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y")
_MONTH_FIRST: Final = ("%d.%m.%Y", "%m/%d/%Y", "%m-%d-%Y", "%d.%m.%y", "%m/%d/%y")
_YEAR_FIRST: Final = ("%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d")
_SHAPE: Final = r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}|[0-9]{8}"


def day_sql(column: str, day_first: bool) -> str:
    """The day of a cell; NULL if it is none. Excel counts days from 1900, when it believed in the 29th of February."""
    formats = ", ".join(f"'{one}'" for one in (*(_BETWEEN if day_first else _MONTH_FIRST), *_YEAR_FIRST))
    serial = f"try_cast({column}[2:] AS DOUBLE)"
    return (
        f"CASE WHEN {column}[1] = '{DAY}' THEN try_cast({column}[2:11] AS DATE) "
        f"WHEN {column}[1] = '{NUMBER}' THEN "
        f"CASE WHEN {serial} BETWEEN 61 AND 99999 THEN DATE '1899-12-30' + CAST(floor({serial}) AS INTEGER) "
        f"ELSE CAST(try_strptime({column}[2:], '%Y%m%d') AS DATE) END "
        f"ELSE CAST(try_strptime({_first_word(column)}, [{formats}]) AS DATE) END"
    )


def looks_like_day_sql(column: str) -> str:
    """Whether a cell that is no day has the form of one: then the calendar has no such day."""
    return f"regexp_full_match({_first_word(f'ltrim({column}, {_MARKS})')}, '{_SHAPE}')"


_MARKS: Final = f"'{NUMBER}{DAY}'"


def _first_word(column: str) -> str:
    """A day without the time behind it."""
    return f"split_part(replace({column}, 'T', ' '), ' ', 1)"
