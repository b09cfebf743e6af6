"""Numbers as they are written: ``1.234,56`` or ``1,234.56``; in Python for a file's beginning, in SQL for all of it.

Nothing is forgiven: a group of thousands has three digits, a number has one decimal sign. One thing can be doubtful: a
single separator with three digits behind it (``1.234``), if no other number of the file tells what it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from ulak.ledger.intake.neutral import NUMBER

__all__ = ["DOUBTFUL", "Convention", "convention_of", "number_sql", "tidy_sql", "votes_sql"]

Convention = Literal["comma", "point"]
DOUBTFUL: Final = r"-?[1-9][0-9]{0,2}[.,][0-9]{3}"
_WRITTEN: Final = {
    "comma": r"-?([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,[0-9]+)?",
    "point": r"-?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?",
}


def _telling(group: str, sign: str) -> str:
    """Numbers that can only be meant so, with what parts thousands and what stands before the decimals."""
    return (
        rf"-?([0-9]{{1,3}}([{group}][0-9]{{3}})+[{sign}][0-9]+|[0-9]+[{sign}]([0-9]{{1,2}}|[0-9]{{4,}})"
        rf"|[0-9]{{1,3}}([{group}][0-9]{{3}}){{2,}}|(0|[0-9]{{4,}})[{sign}][0-9]{{3}})"
    )


_TELLS_COMMA: Final = _telling(".", ",")
_TELLS_POINT: Final = _telling(",", ".")
_COMMA: Final = re.compile(_TELLS_COMMA)
_POINT: Final = re.compile(_TELLS_POINT)
_BLANKS: Final = " \u00a0\u202f\u2009"


def convention_of(texts: Iterable[str]) -> Convention | None:
    """The convention that the numbers of a file follow; None if none of them tells, or as many tell one as the other.

    >>> convention_of(["1.234,50", "12"]), convention_of(["1234.5"]), convention_of(["1.234"])
    ('comma', 'point', None)
    """
    comma = point = 0
    for text in texts:
        plain = _plain(text)
        comma += _COMMA.fullmatch(plain) is not None
        point += _POINT.fullmatch(plain) is not None
    return None if comma == point else "comma" if comma > point else "point"


def _plain(text: str) -> str:
    found = "".join(one for one in text if one not in _BLANKS).removesuffix("TL").removesuffix("₺").removeprefix("₺")
    return f"-{found[1:-1]}" if found[:1] == "(" and found[-1:] == ")" else found


def tidy_sql(column: str) -> str:
    """A number without blanks, the sign of the lira, and brackets that mean minus; see `_plain`."""
    bare = f"trim(regexp_replace(translate({column}, '{_BLANKS}', ''), 'TL$|₺$|^₺', ''))"
    return (
        f"CASE WHEN regexp_full_match({column}, '[-0-9.,]*') OR {column} < ' ' THEN {column} "
        f"WHEN {bare} LIKE '(%)' THEN '-' || {bare}[2:-2] ELSE {bare} END"
    )


def votes_sql(tidy: str) -> tuple[str, str, str]:
    """Whether a tidy text tells comma, tells point, is doubtful."""
    return tuple(f"regexp_full_match({tidy}, '{one}')" for one in (_TELLS_COMMA, _TELLS_POINT, DOUBTFUL))  # type: ignore[return-value]


def number_sql(column: str, tidy: str, convention: Convention) -> str:
    """The number of a cell as DECIMAL(38,10); NULL if it is none. What the source knows as a number has a point."""
    group, sign = (".", ",") if convention == "comma" else (",", ".")
    plain = f"replace(replace({tidy}, '{group}', ''), '{sign}', '.')"
    return (
        f"CASE WHEN {column}[1] = '{NUMBER}' THEN try_cast({column}[2:] AS DECIMAL(38,10)) "
        f"WHEN regexp_full_match({tidy}, '{_WRITTEN[convention]}') THEN try_cast({plain} AS DECIMAL(38,10)) END"
    )
