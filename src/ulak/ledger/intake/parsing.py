"""The SQL that turns neutral rows into lines: an expression for each field, and one that tells what cannot be read."""

from __future__ import annotations

from typing import Final

from ulak.ledger.intake.days import FIRST_YEAR, LAST_YEAR, day_sql, looks_like_day_sql
from ulak.ledger.intake.fields import BY_NAME
from ulak.ledger.intake.neutral import NUMBER
from ulak.ledger.intake.numbers import Convention, number_sql, tidy_sql

__all__ = ["LINE", "literal", "numbers_of", "parsed_sql", "plain_sql"]

_PLACES: Final = {"original_amount": 4, "rate": 8, "quantity": 4, "unit_cost": 4}
_DAYS: Final = ("date", "document_date", "rate_date")
_TEXTS: Final = (
    "voucher", "entered_by", "entry_comment", "branch_name", "rate_source", "rate_comment", "document_number",
    "document_reference", "payment_method", "comment",
)  # fmt: skip
_WHOLES: Final = ("entry", "line")
_NAMED: Final = {"date": "entry_date"}
_NO_DAY: Final = "1753, 1899, 1900"
"""Years of the days that databases write where there is none."""
_MAIN: Final = "([0-9]{3,4})([^0-9].*)?"
LINE: Final = (
    "place", "source", "source_row", "voucher", "voucher_type", "entry", "entered_by", "entry_date", "entry_comment",
    "branch", "branch_name", "line", "main", "main_name", "sub", "sub_name", "amount", "side", "currency",
    "original_amount", "rate", "rate_date", "rate_source", "rate_comment", "document_type",
    "document_type_description", "document_number", "document_reference", "document_date", "payment_method", "comment",
    "quantity", "unit_cost",
)  # fmt: skip
"""Columns of `EntryStore`'s table ``line`` as they are filled."""


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def plain_sql(column: str) -> str:
    """A cell without what marks it as a number or a day."""
    return f"CASE WHEN {column} < ' ' THEN {column}[2:] ELSE {column} END"


class _Have:
    """The columns of a layer, for fields that are there and for those that are not.

    ``f_``: the cell; ``p_``: without its mark; ``v_``: its number; ``d_``: its day.
    """

    def __init__(self, fields: set[str]) -> None:
        self._fields = fields

    def __contains__(self, field: str) -> bool:
        return field in self._fields

    def text(self, field: str) -> str:
        return f"coalesce(p_{field}, '')" if field in self._fields else "''"

    def number(self, field: str) -> str:
        return f"v_{field}" if field in self._fields else "CAST(NULL AS DECIMAL(38,10))"


def parsed_sql(fields: set[str], source: str, convention: Convention, day_first: bool) -> str:
    """The query over ``raw`` (and the tables of choices) that gives every column of `LINE`, and ``bad_<field>``."""
    have = _Have(fields)
    columns = {"place": "place", "source": literal(source), "source_row": "number"}
    columns |= {name: have.text(name) for name in _TEXTS}
    columns |= {_NAMED.get(name, name): _day(have, name) for name in _DAYS}
    columns |= {name: _number(have, name, places) for name, places in _PLACES.items()}
    columns |= {name: _whole(have, name) for name in _WHOLES}
    columns |= _account(have) | _money(have) | _choices(have)
    if "currency" in have:
        columns |= {name: _foreign(columns[name]) for name in (*_CURRENCY, "rate_date")}
        columns |= {name: _foreign(columns[name], "''") for name in ("rate_source", "rate_comment")}
    bad = {f"bad_{field}": expression for field, expression in _bad(fields).items()}
    chosen = ", ".join(f"{expression} AS {name}" for name, expression in (columns | bad).items())
    return f"SELECT {chosen} FROM ({_typed_sql(fields, convention, day_first)}){_joins(have)}"  # noqa: S608 fixed


def _typed_sql(fields: set[str], convention: Convention, day_first: bool) -> str:
    """The cells with what they are worth, each worked out once."""
    reads = {field: BY_NAME["entries"][field].reads for field in sorted(fields)}
    worth = [
        f"{plain_sql(f'f_{field}')} AS p_{field}" for field, kind in reads.items() if kind in ("text", "code", "choice")
    ]
    worth += [f"{number_sql(f'f_{field}', f't_{field}', convention)} AS v_{field}" for field in numbers_of(fields)]
    worth += [f"{day_sql(f'f_{field}', day_first)} AS d_{field}" for field, kind in reads.items() if kind == "day"]
    tidy = "".join(f", {tidy_sql(f'f_{field}')} AS t_{field}" for field in numbers_of(fields))
    return f"SELECT *, {', '.join(worth)} FROM (SELECT *{tidy} FROM raw WHERE place BETWEEN ? AND ?)"  # noqa: S608 fixed


def numbers_of(fields: set[str]) -> list[str]:
    """Fields that are numbers."""
    return [one for one in sorted(fields) if BY_NAME["entries"][one].reads in ("amount", "number", "whole")]


_CURRENCY: Final = ("original_amount", "rate")


def _foreign(expression: str, otherwise: str = "NULL") -> str:
    """What belongs to a foreign currency; programs fill it for lira, too."""
    return f"CASE WHEN {_CURRENCY_CODE} = '' THEN {otherwise} ELSE {expression} END"


_CURRENCY_CODE: Final = "coalesce(k_currency.value, '')"


def _day(have: _Have, field: str) -> str:
    return (
        f"CASE WHEN year(d_{field}) BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN d_{field} END"
        if field in have
        else "CAST(NULL AS DATE)"
    )


def _number(have: _Have, field: str, places: int) -> str:
    return f"nullif(try_cast({have.number(field)} AS DECIMAL(18,{places})), 0)"


def _whole(have: _Have, field: str) -> str:
    value = have.number(field)
    return f"CASE WHEN {value} = floor({value}) AND {value} BETWEEN 1 AND 999999999999 THEN CAST({value} AS BIGINT) END"


def _account(have: _Have) -> dict[str, str]:
    """Main account: the three or four digits before the first separator, else the first three characters."""
    code = have.text("account") if "account" in have else have.text("main")
    digits = f"regexp_extract({code}, '^{_MAIN}$', 1)"
    split = f"CASE WHEN regexp_full_match({code}, '{_MAIN}') THEN {digits} ELSE {code}[1:3] END"
    main = f"coalesce(nullif({have.text('main')}, ''), {split})" if "main" in have else f"({split})"
    name, main_name = have.text("account_name"), have.text("main_name")
    return {
        "main": main,
        "sub": f"CASE WHEN {code} = {main} THEN '' ELSE {code} END",
        "main_name": f"CASE WHEN {code} = {main} AND {main_name} = '' THEN {name} ELSE {main_name} END",
        "sub_name": f"CASE WHEN {code} = {main} THEN '' ELSE {name} END",
    }


def _money(have: _Have) -> dict[str, str]:
    if "debit" in have and "credit" in have:
        debit, credit = "coalesce(v_debit, 0)", "coalesce(v_credit, 0)"
        amount = f"CASE WHEN {debit} <> 0 THEN {debit} ELSE {credit} END"
        side = f"CASE WHEN {debit} <> 0 THEN 'D' WHEN {credit} <> 0 THEN 'C' ELSE '' END"
        return {"amount": f"CASE WHEN coalesce(f_debit, f_credit) IS NOT NULL THEN {_lira(amount)} END", "side": side}
    if "side" in have:
        return {"amount": _lira("v_amount"), "side": "coalesce(k_side.value, '')"}
    side = "CASE WHEN v_amount > 0 THEN 'D' WHEN v_amount < 0 THEN 'C' ELSE '' END"
    return {"amount": _lira("abs(v_amount)"), "side": side}


def _lira(expression: str) -> str:
    return f"try_cast(round({expression}, 2) AS DECIMAL(18,2))"


def _choices(have: _Have) -> dict[str, str]:
    described = "k_document_type.description" if "document_type" in have else "''"
    said = have.text("document_type_description")
    return {
        "voucher_type": _chosen(have, "voucher_type"),
        "currency": _chosen(have, "currency"),
        "branch": _chosen(have, "branch"),
        "document_type": _chosen(have, "document_type"),
        "document_type_description": f"coalesce(nullif({said}, ''), {described}, '')",
    }


def _chosen(have: _Have, field: str) -> str:
    return f"coalesce(k_{field}.value, '')" if field in have else "''"


def _joins(have: _Have) -> str:
    """Words that are looked up; the table of a choice holds every word of its column."""
    fields = ("document_type", "side", "voucher_type", "currency", "branch")
    return "".join(f" LEFT JOIN k_{one} ON k_{one}.written = f_{one}" for one in fields if one in have)


# -- what could not be read --------------------------------------------------------------------------------------------


def _bad(fields: set[str]) -> dict[str, str]:
    """For each field the code of what is wrong with its cell, NULL if nothing is."""
    found = {field: expression for field in sorted(fields) if (expression := _bad_cell(field))}
    if {"debit", "credit"} <= fields:
        both = "coalesce(v_debit, 0) <> 0 AND coalesce(v_credit, 0) <> 0"
        found["credit"] = f"CASE WHEN {both} THEN 'ledger.cell.both-sides' ELSE ({found['credit']}) END"
    return found


def _bad_cell(field: str) -> str:
    reads = BY_NAME["entries"][field].reads
    if reads == "day":
        return _bad_day(field)
    if reads in ("amount", "number", "whole"):
        return _bad_number(field, reads)
    if field in ("side", "currency"):
        return f"CASE WHEN f_{field} IS NOT NULL AND k_{field}.value IS NULL THEN 'ledger.cell.{field}' END"
    return _bad_code(field) if reads == "code" else ""


def _bad_day(field: str) -> str:
    cell, year = f"f_{field}", f"year(d_{field})"
    return (
        f"CASE WHEN {cell} IS NULL OR {year} BETWEEN {FIRST_YEAR} AND {LAST_YEAR} OR {year} IN ({_NO_DAY}) THEN NULL "
        f"WHEN d_{field} IS NOT NULL THEN 'ledger.cell.date-odd' "
        f"WHEN {looks_like_day_sql(cell)} THEN 'ledger.cell.date-impossible' ELSE 'ledger.cell.date' END"
    )


def _bad_number(field: str, reads: str) -> str:
    value = f"v_{field}"
    wrong = "'ledger.cell.amount'" if reads == "amount" else "'ledger.cell.number'"
    most = "10000000000000000" if reads == "amount" else "10000000000"
    rules = f"CASE WHEN f_{field} IS NULL THEN NULL WHEN {value} IS NULL THEN {wrong} "
    rules += f"WHEN abs({value}) >= {most} THEN 'ledger.cell.number-large' "
    if reads == "amount":
        rules += f"WHEN {value} <> round({value}, 2) THEN 'ledger.cell.amount-decimals' "
    if reads == "whole":
        rules += f"WHEN {value} <> floor({value}) OR {value} < 0 THEN 'ledger.cell.number' "
    return rules + "END"


def _bad_code(field: str) -> str:
    """Codes that a spreadsheet has taken for numbers."""
    cell = f"f_{field}"
    rounded = f"contains({cell}, '+') AND regexp_full_match(p_{field}, '[0-9]([.,][0-9]+)?[eE][+][0-9]{{1,2}}')"
    marked = f"{cell}[1] = '{NUMBER}'"
    code = "'ledger.cell.number-code'" if field in ("account", "main") else "'ledger.cell.rounded'"
    return (
        f"CASE WHEN {rounded} THEN 'ledger.cell.rounded' WHEN NOT {marked} THEN NULL "
        f"WHEN length({cell}) > 16 THEN 'ledger.cell.rounded' WHEN contains({cell}, '.') THEN {code} END"
    )
