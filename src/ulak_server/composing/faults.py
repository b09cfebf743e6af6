"""What is wrong with the text of a field by itself, whatever stands elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from ulak.codes import identifiers
from ulak.codes.lists import code_list
from ulak.errors import Text
from ulak_server import numerals
from ulak_server.composing import typed
from ulak_server.composing.fields import Field, Sort
from ulak_server.composing.problems import ComposeError, problem
from ulak_server.composing.reading import text_of
from ulak_server.composing.state import State, walk

__all__ = ["fault_of", "faults", "tax_id_fault"]


def faults(state: State) -> list[ComposeError]:
    """Everything that was typed and cannot be, at its field."""
    return [fault for pointer, field, value in walk(state) if (fault := fault_of(field, pointer, value)) is not None]


def fault_of(field: Field, pointer: str, value: Any) -> ComposeError | None:
    """What is wrong with a field's value; None if nothing is."""
    if fault := _FAULTS[field.sort](field, pointer, value):
        return fault
    text = text_of(field, value)
    if typed.unprintable(text):
        return problem("compose.unprintable", where=pointer, label=field.label)
    if len(text) > field.most and field.sort in _BOUND:
        return problem("compose.too-long", where=pointer, label=field.label, count=len(text), most=field.most)
    return None


_BOUND: Final = frozenset({Sort.TEXT, Sort.NOTES, Sort.COMPACT, Sort.PLATES})


def _number(field: Field, pointer: str, value: Any) -> ComposeError | None:
    if both := typed.doubtful(value):
        thousand, fraction = map(numerals.shown_text, both)
        return problem(
            "compose.doubtful", where=pointer, value=typed.typed(value), thousand=thousand, fraction=fraction
        )
    if typed.is_kept(value):
        return problem("compose.number", where=pointer, value=typed.typed(value))
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        return problem("compose.number", where=pointer, value=str(value))
    return _bounds(field, pointer, number)


def _bounds(field: Field, pointer: str, number: Decimal) -> ComposeError | None:
    if not number.is_finite():
        return problem("compose.number", where=pointer, value=str(number))
    if field.low is not None and number < field.low:
        return problem("compose.negative", where=pointer, label=field.label, low=numerals.shown_text(field.low))
    if field.high is not None and number > field.high:
        high = numerals.shown_text(format(field.high, "f"))
        return problem("compose.too-large", where=pointer, label=field.label, high=high)
    if -int(number.as_tuple().exponent) > field.places:
        return problem("compose.places", where=pointer, label=field.label, places=field.places)
    return None


_PERCENT: Final = Field(Text("Oran", "The rate"), Sort.NUMBER, 40, Decimal(0), Decimal(100), 4)
_AMOUNT: Final = Field(Text("Tutar", "The amount"), Sort.NUMBER, 40, Decimal(0), Decimal(10) ** 15, 2)


def _adjustments(field: Field, pointer: str, value: Any) -> ComposeError | None:
    for row in value if isinstance(value, list) else ():
        stated = row.get("percent", row.get("amount")) if isinstance(row, Mapping) else row
        if typed.is_kept(stated):
            return problem("compose.adjustment", where=pointer, value=typed.typed(stated))
        kind = _PERCENT if isinstance(row, Mapping) and "percent" in row else _AMOUNT
        if stated is not None and (fault := _number(kind, pointer, stated)):
            return fault
    return None


def _tax(field: Field, pointer: str, value: Any) -> ComposeError | None:
    for row in value if isinstance(value, list) else ():
        if isinstance(row, Mapping) and row.get("code") == field.codes and row.get("percent") is not None:
            return _number(field, pointer, row["percent"])
    return None


def _day(field: Field, pointer: str, value: Any) -> ComposeError | None:
    plain = typed.typed(value)
    if typed.is_kept(value) or typed.is_kept(typed.day(plain)):
        return problem("compose.day", where=pointer, value=plain)
    return None


def _moment(field: Field, pointer: str, value: Any) -> ComposeError | None:
    plain = typed.typed(value)
    if typed.is_kept(value) or typed.is_kept(typed.moment(plain)):
        return problem("compose.time", where=pointer, value=plain)
    return None


def _code(field: Field, pointer: str, value: Any) -> ComposeError | None:
    is_unknown = field.codes and code_list(field.codes).get(str(value)) is None
    if is_unknown or (field.options and str(value) not in field.options):
        return problem("compose.choice", where=pointer, value=str(value), label=field.label)
    return None


def _compact(field: Field, pointer: str, value: Any) -> ComposeError | None:
    if pointer.endswith("/tax_id"):
        return tax_id_fault(str(value), pointer)
    kind: identifiers.Identifier | None = getattr(identifiers, field.identifier, None)
    if kind is None:
        return None
    try:
        kind.validate(str(value))
    except identifiers.InvalidIdentifierError as error:
        return problem("compose.identifier", where=pointer, detail=error.text)
    return None


def _plates(field: Field, pointer: str, value: Any) -> ComposeError | None:
    for plate in value if isinstance(value, list) else [value]:
        if not (identifiers.plate.is_valid(str(plate)) or identifiers.foreign_plate.is_valid(str(plate))):
            detail = Text(f"“{str(plate)[:40]}” bir plaka değil.", f"“{str(plate)[:40]}” is no licence plate.")
            return problem("compose.identifier", where=pointer, detail=detail)
    return None


def tax_id_fault(number: str, pointer: str) -> ComposeError | None:
    """What is wrong with a VKN or TCKN by its length and digits; those that stand for anybody are right."""
    scheme = identifiers.tax_id_scheme(number)
    if scheme is None:
        return problem("compose.tax-id-length", where=pointer, count=len(number))
    kind = identifiers.vkn if scheme == "VKN" else identifiers.tckn
    if number not in identifiers.STAND_INS and not kind.is_valid(number):
        return problem("compose.tax-id-digits", where=pointer, number=number, scheme=scheme)
    return None


def _nothing(field: Field, pointer: str, value: Any) -> ComposeError | None:
    return None


_FAULTS: Final[Mapping[Sort, Callable[[Field, str, Any], ComposeError | None]]] = {
    Sort.TEXT: _nothing,
    Sort.NOTES: _nothing,
    Sort.NUMBER: _number,
    Sort.DAY: _day,
    Sort.MOMENT: _moment,
    Sort.CODE: _code,
    Sort.COMPACT: _compact,
    Sort.PLATES: _plates,
    Sort.ADJUSTMENTS: _adjustments,
    Sort.TAX: _tax,
    Sort.SHARE: _nothing,
    Sort.PAYMENT: lambda field, pointer, value: _code(field, pointer, text_of(field, value)),
    Sort.OTHER: _nothing,
    Sort.YES: _nothing,
}
