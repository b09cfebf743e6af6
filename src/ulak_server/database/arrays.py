"""Arrays as PostgreSQL reads them, for bulk statements: `%s::text[]` of a text written here.

psycopg's own dumping asks of each element what it is, which takes several times as long.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import NoneType
from typing import Final
from uuid import UUID

__all__ = ["array", "as_arrays"]

_PLAIN: Final = frozenset({int, bool, float})
_QUOTED: Final = frozenset({str, UUID, Decimal, date, datetime})
"""Types of which a column is written by one look at all of it."""


def array(values: Iterable[object]) -> str:
    r"""A column as the text of an array. Bytes, times, UUIDs and Decimals are written as PostgreSQL reads them.

    >>> print(array([1, None, 'a "b" \\', b"\x00\xff"]))
    {1,NULL,"a \"b\" \\","\\x00ff"}
    """
    column = list(values)
    kinds = set(map(type, column))
    if kinds == {NoneType}:
        return "{" + "NULL," * (len(column) - 1) + "NULL}"
    if len(kinds) == 1 and kinds <= _PLAIN:
        return "{" + ",".join(map(str, column)) + "}"
    if len(kinds) == 1 and kinds <= _QUOTED:
        text = '","'.join(map(str, column))
        if "\\" not in text and text.count('"') == 2 * (len(column) - 1):
            return '{"' + text + '"}'
    return "{" + ",".join(map(_element, column)) + "}"


def as_arrays(rows: Iterable[Iterable[object]]) -> list[str]:
    """The columns of a table of at least one row, each as the text of an array.

    >>> as_arrays([(1, "a"), (2, "b")])
    ['{1,2}', '{"a","b"}']
    """
    return [array(column) for column in zip(*rows, strict=True)]


def _element(value: object) -> str:
    if value is None:
        return "NULL"
    if type(value) in _PLAIN:
        return str(value)
    if isinstance(value, bytes):
        return '"\\\\x' + value.hex() + '"'
    if isinstance(value, Enum):
        value = value.value
    text = str(value)
    if "\\" in text or '"' in text:
        text = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
