"""The SQL that turns neutral rows into lines: one expression for each field, and one that keeps what could not be read."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from typing import Final

from ulak.ledger.intake.days import day_sql, looks_like_day_sql
from ulak.ledger.intake.fields import BY_NAME
from ulak.ledger.intake.neutral import DAY, NUMBER
from ulak.ledger.intake.numbers import Convention, number_sql, tidy_sql

__all__ = ["LINE", "literal", "parsed_sql", "plain_sql", "tidied"]

_PLACES: Final = {"original_amount": 4, "rate": 8, "quantity": 4, "unit_cost": 4}
_DAYS: Final = ("date", "document_date", "rate_date")
_TEXTS: Final = (
    "voucher", "entered_by", "entry_comment", "branch_name", "rate_source", "rate_comment", "document_number",
    "document_reference", "payment_method", "comment",
)  # fmt: skip
_WHOLES: Final = ("entry", "line")
_NAMED: Final = {"date": "entry_date"}
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
    return f"ltrim({column}, '{NUMBER}{DAY}')"


class _Have:
    """The columns of ``raw``, for fields that are there and for those that are not."""

    def __init__(self, fields: set[str]) -> None:
        self._fields = fields

    def __contains__(self, field: str) -> bool:
        return field in self._fields

    def cell(self, field: str) -> str:
        return f"f_{field}" if field in self._fields else "CAST(NULL AS VARCHAR)"

    def text(self, field: str) -> str:
        return f"coalesce({plain_sql(f'f_{field}')}, '')" if field in self._fields else "''"


def parsed_sql(fields: set[str], source: str, convention: Convention, day_first: bool) -> str:
    """The query over ``raw`` (and the tables of choices) that gives every column of `LINE`, and ``bad_<field>``."""
    have = _Have(fields)
    columns = {"place": "place", "source": literal(source), "source_row": "number"}
    columns |= {name: have.text(name) for name in _TEXTS}
    columns |= {_NAMED.get(name, name): _day(have, name, day_first) for name in _DAYS}
    columns |= {name: _number(have, name, convention, places) for name, places in _PLACES.items()}
    columns |= {name: _whole(have, name, convention) for name in _WHOLES}
    columns |= _account(have) | _money(have, convention) | _choices(have)
    if "currency" in have:
        columns |= {name: _foreign(columns[name]) for name in (*_CURRENCY, "rate_date")}
        columns |= {name: _foreign(columns[name], "''") for name in ("rate_source", "rate_comment")}
    bad = {f"bad_{field}": expression for field, expression in bad_sql(fields, convention, day_first).items()}
    chosen = ", ".join(f"{expression} AS {name}" for name, expression in (columns | bad).items())
    return f"SELECT {chosen} FROM raw{_joins(have)}"  # noqa: S608 fixed


_CURRENCY: Final = ("original_amount", "rate")


def _foreign(expression: str, otherwise: str = "NULL") -> str:
    """What belongs to a foreign currency; programs fill it for lira, too."""
    return f"CASE WHEN {_CURRENCY_CODE} = '' THEN {otherwise} ELSE {expression} END"


_CURRENCY_CODE: Final = "coalesce(k_currency.value, '')"


def _day(have: _Have, field: str, day_first: bool) -> str:
    if field not in have:
        return "CAST(NULL AS DATE)"
    found = day_sql(have.cell(field), day_first)
    return f"CASE WHEN year({found}) BETWEEN 2000 AND 2100 THEN {found} END"


def _value(have: _Have, field: str, convention: Convention) -> str:
    return number_sql(have.cell(field), f"t_{field}", convention)


def _number(have: _Have, field: str, convention: Convention, places: int) -> str:
    if field not in have:
        return f"CAST(NULL AS DECIMAL(18,{places}))"
    return f"nullif(try_cast({_value(have, field, convention)} AS DECIMAL(18,{places})), 0)"


def _whole(have: _Have, field: str, convention: Convention) -> str:
    if field not in have:
        return "CAST(NULL AS BIGINT)"
    found = _value(have, field, convention)
    return f"CASE WHEN {found} = floor({found}) AND {found} BETWEEN 1 AND 999999999999 THEN CAST({found} AS BIGINT) END"


def _account(have: _Have) -> dict[str, str]:
    """Main account: the three or four digits before the first separator, else the first three characters."""
    code = have.text("account") if "account" in have else have.text("main")
    split = f"CASE WHEN regexp_full_match({code}, '{_MAIN}') THEN regexp_extract({code}, '^{_MAIN}$', 1) ELSE {code}[1:3] END"
    main = f"coalesce(nullif({have.text('main')}, ''), {split})" if "main" in have else f"({split})"
    name = have.text("account_name")
    return {
        "main": main,
        "sub": f"CASE WHEN {code} = {main} THEN '' ELSE {code} END",
        "main_name": f"CASE WHEN {code} = {main} AND {have.text('main_name')} = '' THEN {name} ELSE {have.text('main_name')} END",
        "sub_name": f"CASE WHEN {code} = {main} THEN '' ELSE {name} END",
    }


def _money(have: _Have, convention: Convention) -> dict[str, str]:
    if "debit" in have and "credit" in have:
        debit, credit = (f"coalesce({_value(have, one, convention)}, 0)" for one in ("debit", "credit"))
        amount = f"CASE WHEN {debit} <> 0 THEN {debit} ELSE {credit} END"
        side = f"CASE WHEN {debit} <> 0 THEN 'D' WHEN {credit} <> 0 THEN 'C' ELSE '' END"
        has = "coalesce(f_debit, f_credit) IS NOT NULL"
        return {"amount": f"CASE WHEN {has} THEN {_lira(amount)} END", "side": side}
    found = _value(have, "amount", convention)
    if "side" in have:
        return {"amount": _lira(found), "side": "coalesce(k_side.value, '')"}
    side = f"CASE WHEN {found} > 0 THEN 'D' WHEN {found} < 0 THEN 'C' ELSE '' END"
    return {"amount": _lira(f"abs({found})"), "side": side}


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


# -- what could not be read ----------------------------------------------------------------------------------------------


def bad_sql(fields: set[str], convention: Convention, day_first: bool) -> Dict[str, str]:
    """For each field the code of what is wrong with its cell, NULL if nothing is."""
    have = _Have(fields)
    found: dict[str, str] = {}
    for field in fields:
        reads = BY_NAME["entries"][field].reads
        if field in _DAYS:
            found[field] = _bad_day(have, field, day_first)
        elif reads in ("amount", "number", "whole"):
            found[field] = _bad_number(have, field, convention, reads)
        elif field in ("side", "currency"):
            found[field] = f"CASE WHEN f_{field} IS NOT NULL AND k_{field}.value IS NULL THEN 'ledger.cell.{field}' END"
        elif reads == "code":
            found[field] = _bad_code(field)
    if {"debit", "credit"} <= fields:
        both = " AND ".join(f"coalesce({_value(have, one, convention)}, 0) <> 0" for one in ("debit", "credit"))
        found["credit"] = f"CASE WHEN {both} THEN 'ledger.cell.both-sides' ELSE ({found['credit']}) END"
    return found


def _bad_day(have: _Have, field: str, day_first: bool) -> str:
    cell = have.cell(field)
    day = day_sql(cell, day_first)
    return (
        f"CASE WHEN {cell} IS NULL OR year({day}) BETWEEN 2000 AND 2100 OR year({day}) IN (1753, 1899, 1900) THEN NULL "
        f"WHEN {day} IS NOT NULL THEN 'ledger.cell.date-odd' "
        f"WHEN {looks_like_day_sql(cell)} THEN 'ledger.cell.date-impossible' ELSE 'ledger.cell.date' END"
    )


def _bad_number(have: _Have, field: str, convention: Convention, reads: str) -> str:
    value = _value(have, field, convention)
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
    rounded = f"contains({cell}, '+') AND regexp_full_match({plain_sql(cell)}, '[0-9]([.,][0-9]+)?[eE][+][0-9]{{1,2}}')"
    long = f"{cell}[1] = '{NUMBER}' AND length({cell}) > 16"
    decimal = f"{cell}[1] = '{NUMBER}' AND contains({cell}, '.')"
    code = "'ledger.cell.number-code'" if field in ("account", "main") else "'ledger.cell.rounded'"
    return f"CASE WHEN {rounded} OR {long} THEN 'ledger.cell.rounded' WHEN {decimal} THEN {code} END"


def tidied(fields: set[str]) -> list[str]:
    """Additional columns of ``raw``: numbers without what does not count."""
    reads = BY_NAME["entries"]
    return [
        f"{tidy_sql(f'f_{field}')} AS t_{field}"
        for field in sorted(fields)
        if reads[field].reads in ("amount", "number", "whole")
    ]
