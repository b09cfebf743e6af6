"""Rules about vouchers, journal numbers and accounts as a whole, each a query that gives one row for each finding.

A journal entry is what has one number; where the source gave none, the rows of one day, voucher and branch.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ulak.ledger.checking.lines import AMOUNT_FAULTS
from ulak.ledger.checking.shown import day_shown, money_shown
from ulak.ledger.checking.values import Expected

__all__ = ["Rule", "Shape", "rules_of", "unit_sql"]

UNIT: Final = """
CREATE OR REPLACE TABLE check_unit AS
SELECT {keys}, count(*) AS lines, min(place) AS place,
       coalesce(sum(amount) FILTER (WHERE side = 'D'), 0) AS debit,
       coalesce(sum(amount) FILTER (WHERE side = 'C'), 0) AS credit,
       min(voucher) AS voucher, min(entry_date) AS day, {more}
       sum(CAST(hash(main, sub, amount, side, document_number, comment) >> 2 AS BIGINT)) AS lines_hash,
       arg_min(source, place) AS source, arg_min(source_row, place) AS source_row,
       max(source) <> min(source) AS is_of_two_sources, count(told) > 0 AS amount_told
FROM line LEFT JOIN (SELECT DISTINCT place AS told FROM raw_fault WHERE code IN ({told})) ON told = place
GROUP BY {keys}
"""
"""One row for each journal entry; what a query about vouchers is asked of."""
_SHOWN: Final = "place, source, source_row"


class Shape(NamedTuple):
    """Which numbers the lines of a store have, and which of them all have."""

    lines: int
    with_entry: int
    with_line: int
    accounts: int

    @property
    def is_numbered(self) -> bool:
        return self.with_entry == self.lines


class Rule(NamedTuple):
    """A query that gives ``place, source, source_row, value, voucher`` of each finding."""

    code: str
    field: str
    query: str


def unit_sql(shape: Shape) -> str:
    """The statement that makes `UNIT` for a store."""
    if shape.is_numbered:
        several = (
            "max(voucher) <> min(voucher) AS has_vouchers, max(entry_date) <> min(entry_date) AS has_days, "
            "max(branch) <> min(branch) AS has_branches, min(entry) AS number,"
        )
        return UNIT.format(keys="entry", more=several, told=AMOUNT_FAULTS)
    none = "false AS has_vouchers, false AS has_days, false AS has_branches, min(entry) AS number,"
    return UNIT.format(keys="entry_date, voucher, branch", more=none, told=AMOUNT_FAULTS).replace(
        "min(voucher) AS voucher, ", ""
    )


def rules_of(expected: Expected, shape: Shape) -> tuple[Rule, ...]:
    """The rules that hold for a store of a shape."""
    found = [*_always(), *_copies(), *_names(), *_documents()]
    found += _numbered(expected) if shape.is_numbered else _mixed(shape)
    found += _lines(expected, shape)
    return tuple(Rule(f"ledger.check.{code}", field, query) for code, field, query in found)


Row = tuple[str, str, str]


def _of_unit(code: str, field: str, condition: str, value: str) -> Row:
    return code, field, f"SELECT {_SHOWN}, {value} AS value, voucher FROM check_unit WHERE {condition}"  # noqa: S608 fixed


_MONEY: Final = f"concat('B ', {money_shown('debit')}, ' – A ', {money_shown('credit')})"
_SPLIT: Final = (
    "(SELECT voucher FROM check_unit WHERE voucher <> '' GROUP BY voucher "
    "HAVING count(*) > 1 AND sum(debit) = sum(credit) AND count_if(debit <> credit) > 0)"
)


def _always() -> list[Row]:
    unequal = "debit <> credit AND NOT amount_told"
    return [
        _of_unit("unbalanced", "debit", f"{unequal} AND voucher NOT IN {_SPLIT}", _MONEY),
        _of_unit("split-days", "date", f"{unequal} AND voucher IN {_SPLIT}", day_shown("day")),
        _of_unit("one-line", "voucher", "lines = 1 AND day IS NOT NULL", _MONEY),
        _of_unit("voucher-again", "voucher", "is_of_two_sources", "voucher"),
    ]


_LAST: Final = "max(place) AS place, arg_max(source, place) AS source, arg_max(source_row, place) AS source_row"
_ACCOUNT: Final = "coalesce(nullif(any_value(sub), ''), any_value(main))"


def _copies() -> list[Row]:
    unit = (
        f"SELECT {_SHOWN}, concat('= ', first_voucher) AS value, voucher FROM (SELECT *, "  # noqa: S608 fixed
        "first_value(voucher) OVER same AS first_voucher, row_number() OVER same AS nth FROM check_unit "
        "WHERE lines > 1 "
        "WINDOW same AS (PARTITION BY day, lines, debit, credit, lines_hash ORDER BY place)) WHERE nth > 1"
    )
    value = f"concat_ws(' ', {_ACCOUNT}, {money_shown('any_value(amount)')}, any_value(side))"
    lines = (
        f"SELECT {_LAST}, {value} AS value, any_value(voucher) AS voucher FROM line GROUP BY entry_date, "  # noqa: S608 fixed
        "hash(voucher, entry, branch, main, sub, amount, side, document_number, document_date, comment) "
        "HAVING count(*) > 1"
    )
    return [("voucher-copied", "voucher", unit), ("line-copied", "", lines)]


def _names() -> list[Row]:
    return [
        ("main-names", "main_name", _several("main", "main_name")),
        ("sub-names", "account_name", _several("sub", "sub_name")),
    ]


def _several(code: str, name: str) -> str:
    """Codes with more than one name, each where the last name comes up."""
    first = "min(place) AS first, arg_min(source, place) AS source, arg_min(source_row, place) AS source_row"
    names = f"SELECT {code}, {name}, {first} FROM line WHERE {name} <> '' AND {code} <> '' GROUP BY {code}, {name}"  # noqa: S608 fixed
    return (
        "SELECT max(first) AS place, arg_max(source, first) AS source, arg_max(source_row, first) AS source_row, "  # noqa: S608 fixed
        f"concat({code}, ': ', string_agg({name}, ' / ' ORDER BY first)[1:200]) AS value, '' AS voucher "
        f"FROM ({names}) GROUP BY {code} HAVING count(*) > 1"
    )


def _documents() -> list[Row]:
    # The hash of many texts is a tenth of the work of grouping by them.
    value = f"concat_ws(' ', any_value(document_number), {_ACCOUNT}, {money_shown('any_value(amount)')})"
    twice = (
        f"SELECT {_LAST}, {value} AS value, arg_max(voucher, place) AS voucher FROM line "  # noqa: S608 fixed
        "WHERE document_type = 'invoice' AND document_number <> '' "
        "GROUP BY hash(document_number, main, sub, amount, side) HAVING min(voucher) <> max(voucher)"
    )
    many = "CAST(count(DISTINCT document_number) AS VARCHAR)"
    days = f"concat_ws(' – ', {day_shown('min(document_date)')}, {day_shown('max(document_date)')})"
    return [
        ("document-twice", "document_number", twice),
        (
            "documents-many",
            "document_number",
            _invoices(many, "count(*) > 100 AND count(DISTINCT document_number) > 100"),
        ),
        ("documents-long", "document_date", _invoices(days, "max(document_date) - min(document_date) > 10")),
    ]


def _invoices(value: str, condition: str) -> str:
    """Journal entries of whose invoices something is true."""
    first = "min(place) AS place, arg_min(source, place) AS source, arg_min(source_row, place) AS source_row"
    return (
        f"SELECT {first}, {value} AS value, any_value(voucher) AS voucher FROM line "  # noqa: S608 fixed
        "WHERE document_type = 'invoice' AND document_number <> '' GROUP BY entry, entry_date, voucher, branch "
        f"HAVING {condition}"
    )


def _mixed(shape: Shape) -> list[Row]:
    if not shape.with_entry:
        return []
    query = f"SELECT {_SHOWN}, voucher AS value, voucher FROM line WHERE entry IS NULL"  # noqa: S608 fixed
    return [("entry-mixed", "entry", query)]


def _numbered(expected: Expected) -> list[Row]:
    number = "CAST(number AS VARCHAR)"
    first = f"number = (SELECT min(number) FROM check_unit) AND number <> {expected.first_entry}"  # noqa: S608 fixed
    gap = f"concat(CAST(number_before AS VARCHAR), ' → ', {number})"
    days = f"concat({day_shown('day_before')}, ' → ', {day_shown('day')})"
    return [
        _of_unit("entry-first", "entry", first, f"concat({number}, ' ≠ {expected.first_entry}')"),
        _of_unit("entry-shared", "entry", "has_vouchers OR has_branches", number),
        _of_unit("entry-days", "date", "has_days", number),
        ("entry-gap", "entry", _in_order("number <> number_before + 1", gap)),
        ("entry-order", "date", _in_order("day < day_before", days)),
    ]


def _in_order(condition: str, value: str) -> str:
    """Journal entries that do not fit to the one before them."""
    before = "lag(number) OVER (ORDER BY number) AS number_before, lag(day) OVER (ORDER BY number) AS day_before"
    return (
        f"SELECT {_SHOWN}, {value} AS value, voucher FROM (SELECT *, {before} FROM check_unit) "  # noqa: S608 fixed
        f"WHERE {condition}"
    )


def _lines(expected: Expected, shape: Shape) -> list[Row]:
    if not shape.with_line:
        return []
    if shape.with_line < shape.lines:
        query = f"SELECT {_SHOWN}, voucher AS value, voucher FROM line WHERE line IS NULL"  # noqa: S608 fixed
        return [("line-mixed", "line", query)]
    order = "entry, line" if shape.is_numbered else "line"
    before = f"(SELECT *, lag(line) OVER (ORDER BY {order}) AS line_before FROM line)"  # noqa: S608 fixed
    first = f"concat(CAST(line AS VARCHAR), ' ≠ {expected.first_line}')"
    gap = "concat(CAST(line_before AS VARCHAR), ' → ', CAST(line AS VARCHAR))"
    begins = f"line_before IS NULL AND line <> {expected.first_line}"
    return [
        ("line-first", "line", f"SELECT {_SHOWN}, {first} AS value, voucher FROM {before} WHERE {begins}"),  # noqa: S608 fixed
        ("line-gap", "line", f"SELECT {_SHOWN}, {gap} AS value, voucher FROM {before} WHERE line <> line_before + 1"),  # noqa: S608 fixed
    ]
