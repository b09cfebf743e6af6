"""A field's text as the value of its member, and back.

>>> from ulak_server.composing.fields import INVOICE
>>> price, discount = INVOICE["lines", "*", "price"], INVOICE["lines", "*", "discount"]
>>> value_of(price, "1.250,5"), text_of(price, "1250.5")
('1250.5', '1.250,5')
>>> value_of(discount, "%10 + 5"), text_of(discount, [{"percent": "10"}, {"amount": "5"}])
([{'percent': '10'}, {'amount': '5'}], '%10 + 5')
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from ulak.codes import identifiers
from ulak_server.composing import typed
from ulak_server.composing.fields import Field, Sort

__all__ = ["OTHER", "text_of", "value_of"]

OTHER: Final = "DIGER"
_EXPLAINED: Final = "DIGER - "
"""Before the name of a way to pay that GİB has no word for (e-Arşiv Kılavuzu V1.18, 3.3.2.17.2)."""

_PLUS: Final = re.compile(r"\s*\+\s*")
_LINES: Final = re.compile(r"\r\n|[\r\n\u2028\u2029]")


def value_of(field: Field, text: str, before: Any = None) -> Any:
    """What a member becomes when this is typed; None takes it away.

    Args:
        before: the value that it has: discounts keep their reasons, and a line its other taxes.
    """
    if not text.strip():
        return _EMPTY[field.sort](field, before) if field.sort in _EMPTY else None
    return _READ[field.sort](field, text, before)


def text_of(field: Field, value: Any) -> str:
    """How a member's value is shown in its field."""
    if value is None:
        return ""
    return _SHOWN[field.sort](field, value)


def _line(field: Field, text: str, before: Any) -> str:
    return " ".join(text.split())


def _compact(field: Field, text: str, before: Any) -> str:
    kind: identifiers.Identifier | None = getattr(identifiers, field.identifier, None)
    return kind.compact(text) if kind else "".join(text.split())


def _notes(field: Field, text: str, before: Any) -> list[str]:
    return [line.rstrip() for line in _LINES.split(text) if line.strip()]


def _plates(field: Field, text: str, before: Any) -> list[str]:
    return [plate for one in re.split(r"[,;/]", text) if (plate := identifiers.foreign_plate.compact(one))]


def _adjustments(field: Field, text: str, before: Any) -> list[dict[str, Any]]:
    rows = [_adjustment(part) for part in _PLUS.split(text.strip())]
    if any(typed.is_kept(value) for row in rows for value in row.values()):
        rows = [{"amount": typed.kept(text.strip())}]
    reasons = [row.get("reason") for row in _objects(before)]
    return [
        {**row, **({"reason": why} if why else {})} for row, why in zip(rows, _padded(reasons, len(rows)), strict=True)
    ]


def _adjustment(part: str) -> dict[str, Any]:
    plain = part.strip()
    if plain.startswith("%") or plain.endswith("%"):
        return {"percent": typed.number(plain.strip("%"))}
    return {"amount": typed.number(plain)}


def _padded(values: Sequence[Any], length: int) -> list[Any]:
    return [*values[:length], *[None] * (length - len(values))]


def _tax(field: Field, text: str, before: Any) -> list[dict[str, Any]]:
    return [*_others(field, before), {"code": field.codes, "percent": typed.number(text)}]


def _without_tax(field: Field, before: Any) -> list[dict[str, Any]] | None:
    return _others(field, before) or None


def _payment(field: Field, text: str, before: Any) -> str:
    """A way to pay; the explanation of another one is not lost when it is chosen once more."""
    plain = " ".join(text.split())
    return before if plain == OTHER and str(before).startswith(OTHER) else plain


_EMPTY: Final[Mapping[Sort, Callable[[Field, Any], Any]]] = {
    Sort.TAX: _without_tax,
    Sort.OTHER: lambda field, before: OTHER,
}


def _others(field: Field, before: Any) -> list[dict[str, Any]]:
    return [row for row in _objects(before) if row.get("code") != field.codes]


def _objects(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


_READ: Final[Mapping[Sort, Callable[[Field, str, Any], Any]]] = {
    Sort.TEXT: _line,
    Sort.CODE: _line,
    Sort.COMPACT: _compact,
    Sort.NOTES: _notes,
    Sort.PLATES: _plates,
    Sort.NUMBER: lambda field, text, before: typed.number(text),
    Sort.DAY: lambda field, text, before: typed.day(text),
    Sort.MOMENT: lambda field, text, before: typed.moment(text),
    Sort.ADJUSTMENTS: _adjustments,
    Sort.TAX: _tax,
    Sort.PAYMENT: _payment,
    Sort.OTHER: lambda field, text, before: f"{_EXPLAINED}{' '.join(text.split())}",
    Sort.YES: lambda field, text, before: before if isinstance(before, dict) else {},
}


def _shown_adjustments(field: Field, value: Any) -> str:
    return " + ".join(
        f"%{typed.shown_number(row['percent'])}" if "percent" in row else typed.shown_number(row.get("amount"))
        for row in _objects(value)
    )


def _shown_tax(field: Field, value: Any) -> str:
    return next(
        (typed.shown_number(row.get("percent")) for row in _objects(value) if row.get("code") == field.codes), ""
    )


def _joined(sign: str) -> Callable[[Field, Any], str]:
    return lambda field, value: sign.join(map(str, value)) if isinstance(value, list | tuple) else str(value)


_SHOWN: Final[Mapping[Sort, Callable[[Field, Any], str]]] = {
    Sort.TEXT: lambda field, value: str(value),
    Sort.CODE: lambda field, value: str(value),
    Sort.COMPACT: lambda field, value: str(value),
    Sort.NOTES: _joined("\n"),
    Sort.PLATES: _joined(", "),
    Sort.NUMBER: lambda field, value: typed.shown_number(value),
    Sort.DAY: lambda field, value: typed.shown_day(value),
    Sort.MOMENT: lambda field, value: typed.shown_moment(value),
    Sort.ADJUSTMENTS: _shown_adjustments,
    Sort.TAX: _shown_tax,
    Sort.SHARE: lambda field, value: typed.shown_number(value),
    Sort.PAYMENT: lambda field, value: OTHER if str(value).startswith(OTHER) else str(value),
    Sort.OTHER: lambda field, value: str(value).removeprefix(_EXPLAINED) if str(value).startswith(_EXPLAINED) else "",
    Sort.YES: lambda field, value: "1",
}
