"""Cells understood as values of fields: what a document or the books will say, and what is wrong."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final, NamedTuple

from ulak.codes import code_list
from ulak.errors import UlakError
from ulak_server.books.cleaning import nearest
from ulak_server.books.importing import cells
from ulak_server.books.importing.fields import Field, meant
from ulak_server.books.importing.problems import ImportFault, fault
from ulak_server.books.numbers import Convention, tidy
from ulak_server.books.units import unit_of

__all__ = ["Understood", "understood"]

_MOST_PERCENT: Final = 100
_OTHER: Final = re.compile(r"d[iİ][gğ]er\s*[-–:]\s*(?=\S)", re.IGNORECASE)
_VKN: Final = 10


class Understood(NamedTuple):
    """A cell.

    Attributes:
        value: as the friendly JSON takes it: text; empty for a blank cell.
        error: why it is not understood.
        warning: what somebody should look at.
    """

    value: str = ""
    error: UlakError | None = None
    warning: UlakError | None = None


def understood(field: Field, value: Any, convention: Convention | None = None) -> Understood:
    """What a cell means for a field.

    Args:
        convention: the decimal sign of the file; None: unknown.
    """
    if cells.is_blank(value):
        return Understood()
    try:
        found = _READERS[field.reads](field, value, convention)
    except ImportFault as error:
        return Understood(error=error)
    warning = None
    if field.reads in ("number", "percent") and cells.is_unsure(value, convention):
        warning = fault("import.number-doubtful", value=cells.shown(value), read=found)
    return Understood(found, warning=warning)


def _text(field: Field, value: Any, _: Convention | None) -> str:
    return meant(field, cells.text_of(value))


def _identifier(field: Field, value: Any, _: Convention | None) -> str:
    found = cells.identifier_of(value)
    if field.name in ("tax_id", "carrier_tax_id", "driver_tckn") or (field.place == "/number" and field.needed):
        compact = "".join(one for one in found if one not in " .-")
        # Excel drops the zero with which a VKN may begin.
        return compact.zfill(_VKN) if isinstance(value, float | int) and len(compact) == _VKN - 1 else compact
    if field.name in ("plate", "number", "order_number", "series") and field.place not in ("/phone",):
        return found.replace(" ", "")
    return found


def _number(_: Field, value: Any, convention: Convention | None) -> str:
    return tidy(cells.number_of(value, convention))


def _percent(_: Field, value: Any, convention: Convention | None) -> str:
    number = cells.number_of(value, convention)
    # A cell that Excel shows as 20 % holds 0.2.
    if isinstance(value, float) and 0 < number < 1:
        number *= _MOST_PERCENT
    if not 0 <= number <= _MOST_PERCENT:
        raise fault("import.percent", value=cells.shown(value))
    return tidy(Decimal(number))


def _date(_: Field, value: Any, __: Convention | None) -> str:
    return cells.date_of(value).isoformat()


def _time(_: Field, value: Any, __: Convention | None) -> str:
    return cells.time_of(value).isoformat()


def _unit(field: Field, value: Any, _: Convention | None) -> str:
    given = cells.text_of(value)
    found = unit_of(given)
    if not found:
        raise fault("import.value", value=given, field=field.label, nearest=nearest("units", given))
    return found


def _code(field: Field, value: Any, _: Convention | None) -> str:
    given = cells.identifier_of(value).partition(" ")[0].rstrip("-–:")
    if code_list(field.list).get(given) is None:
        raise fault("import.value", value=given, field=field.label, nearest=nearest(field.list, given))
    return given


def _word(field: Field, value: Any, _: Convention | None) -> str:
    given = cells.text_of(value)
    found = meant(field, given)
    if code_list(field.list).get(found) is not None:
        return found
    if code_list(field.list).get(found.upper()) is not None:
        return found.upper()
    raise fault("import.value", value=given, field=field.label, nearest=nearest(field.list, given))


def _choice(field: Field, value: Any, _: Convention | None) -> str:
    given = cells.text_of(value)
    found = meant(field, given)
    other = _OTHER.match(given)
    if found in field.words:
        return found
    if other is None or field.name != "payment":
        raise fault("import.choice", value=given, field=field.label, known=", ".join(field.words))
    return f"DIGER - {given[other.end() :].strip()}"


_READERS: Final = {
    "text": _text,
    "identifier": _identifier,
    "number": _number,
    "percent": _percent,
    "date": _date,
    "time": _time,
    "unit": _unit,
    "code": _code,
    "word": _word,
    "choice": _choice,
}
