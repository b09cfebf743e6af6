"""Pieces of XML that DuckDB fills: the same template tells the text of a row and how many bytes it has.

Values are escaped as canonical XML writes text (Canonical XML 1.0 section 1.1 and 2.3), so that what is written is
what digests are taken of. Control characters that XML cannot hold are written as spaces.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import duckdb

__all__ = [
    "ODD",
    "TRY",
    "Element",
    "Group",
    "Item",
    "Value",
    "element",
    "escaped",
    "number",
    "odd_of",
    "optional",
    "prepare",
    "quoted",
    "short_number",
    "size",
    "text",
    "written",
]

TRY: Final = "try"
_ODD_CHARACTERS: Final = r"[&<>\x00-\x08\x0b-\x1f\x{FFFE}\x{FFFF}]"
_FORBIDDEN: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{FFFE}\x{FFFF}]"
ODD: Final = "odd"
"""The column that says that some text of the row must be escaped; see `odd_of`."""


class Value(NamedTuple):
    """A value of a row as SQL; never NULL, and escaped already."""

    sql: str


class Group(NamedTuple):
    """Items that are there only for rows of a condition."""

    condition: str
    items: tuple[str | Value | Group, ...]


Item = str | Value | Group


class Element(NamedTuple):
    """How elements of a book are opened: the context they belong to."""

    context: str

    def opened(self, name: str, unit: str = "") -> str:
        """The start tag of an element; numbers have a unit, and ``decimals="INF"`` as all of GİB's books."""
        numeric = f' decimals="INF" unitRef="{unit}"' if unit else ""
        return f'<{name} contextRef="{self.context}"{numeric}>'

    def __call__(self, name: str, value: str, unit: str = "") -> str:
        """A whole element with a text that is known already.

        >>> Element("journal_context")("gl-cor:entriesType", "journal")
        '<gl-cor:entriesType contextRef="journal_context">journal</gl-cor:entriesType>'
        """
        return f"{self.opened(name, unit)}{escaped(value)}</{name}>"


def escaped(value: str) -> str:
    """A text as canonical XML has it between tags; control characters that XML forbids become spaces.

    >>> escaped("A & B <C>\\x0b")
    'A &amp; B &lt;C&gt; '
    """
    clean = "".join(" " if _is_forbidden(sign) else sign for sign in value)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#xD;")


def _is_forbidden(sign: str) -> bool:
    return (sign < " " and sign not in "\t\n\r") or sign in "\ufffe\uffff" or "\ud800" <= sign <= "\udfff"


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a connection the words the templates use."""
    connection.execute(
        f"CREATE OR REPLACE TEMP MACRO xml_text(value) AS CASE WHEN regexp_matches(value, '{_ODD_CHARACTERS}') THEN "
        f"replace(replace(replace(replace(regexp_replace(value, '{_FORBIDDEN}', ' ', 'g'),"
        f" '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), chr(13), '&#xD;') ELSE value END"
    )


def odd_of(columns: Iterable[str]) -> str:
    """SQL for `ODD`: one search through all texts of a row, as few need escaping."""
    return f"regexp_matches(concat({', '.join(columns)}), '{_ODD_CHARACTERS}')"


def text(column: str) -> Value:
    """A text of a row, escaped."""
    return Value(f"CASE WHEN {ODD} THEN xml_text({column}) ELSE {column} END")


def number(column: str) -> Value:
    """A number or a day of a row as XML Schema writes it."""
    return Value(f"CAST({column} AS VARCHAR)")


def short_number(column: str) -> Value:
    """A decimal of a row without zeros at its end."""
    return Value(f"rtrim(rtrim(CAST({column} AS VARCHAR), '0'), '.')")


def element(of: Element, name: str, value: Value, unit: str = "") -> tuple[Item, ...]:
    """An element of a row."""
    return of.opened(name, unit), value, f"</{name}>"


def optional(of: Element, name: str, column: str) -> Group:
    """An element with a text, for the rows that have the text."""
    return Group(f"{column} <> ''", element(of, name, text(column)))


def quoted(value: str) -> str:
    """A text as SQL."""
    return "'" + value.replace("'", "''") + "'"


def written(items: Iterable[Item]) -> str:
    """SQL for the text of a template."""
    return f"concat({', '.join(_sql(item) for item in _joined(items))})"


def size(items: Iterable[Item]) -> str:
    """SQL for the bytes of a template's text in UTF-8."""
    everything = tuple(items)
    known = sum(len(item.encode()) for item in everything if isinstance(item, str))
    return " + ".join([str(known), *(_size(item) for item in everything if not isinstance(item, str))])


def _sql(item: Item) -> str:
    if isinstance(item, str):
        return quoted(item)
    if isinstance(item, Value):
        return item.sql
    return f"CASE WHEN {item.condition} THEN {written(item.items)} ELSE '' END"


def _size(item: Value | Group) -> str:
    if isinstance(item, Value):
        return f"strlen({item.sql})"
    return f"(CASE WHEN {item.condition} THEN {size(item.items)} ELSE 0 END)"


def _joined(items: Iterable[Item]) -> list[Item]:
    """The items with neighbouring fixed texts made one."""
    joined: list[Item] = []
    for item in items:
        if isinstance(item, str) and joined and isinstance(joined[-1], str):
            joined[-1] += item
        else:
            joined.append(item)
    return joined
