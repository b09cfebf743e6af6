"""Numbers, days and codes as the reader of a summary writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from ulak.codes.lists import code_list
from ulak.errors import Language, Text
from ulak.ubl.values import Amount, Identifier, Measure, Quantity, number

__all__ = ["Voice", "first", "joined", "words"]

_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:\d\d)?")
_TO_TURKISH: Final = str.maketrans(".,", ",.")


class Voice:
    """Says values in one language.

    >>> Voice("tr").number(Decimal("1234567.50")), Voice("en").number(Decimal("1234567.50"))
    ('1.234.567,50', '1,234,567.50')
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def say(self, text: Text) -> str:
        return text.say(self.language)

    def number(self, value: object) -> str:
        """A number with all its digits, thousands apart; other values as they stand."""
        value = getattr(value, "value", value)
        if not isinstance(value, Decimal):
            return words(value)
        whole, point, fraction = number(value).partition(".")
        sign = "-" if whole.startswith("-") else ""
        text = f"{sign}{int(whole.lstrip('-') or '0'):,}{point}{fraction}"
        return text.translate(_TO_TURKISH) if self.language == "tr" else text

    def money(self, amount: Amount | None) -> str:
        return f"{self.number(amount.value)} {amount.currency}" if amount is not None else ""

    def percent(self, value: object) -> str:
        """A rate; Turkish puts the sign before it."""
        if value is None:
            return ""
        return f"%{self.number(value)}" if self.language == "tr" else f"{self.number(value)}%"

    def quantity(self, value: Quantity | Measure | None) -> str:
        if value is None:
            return ""
        unit = value.unit or ""
        return f"{self.number(value.value)} {self.code('units', unit) if unit else ''}".strip()

    def day(self, value: str | None) -> str:
        """``2026-07-01`` as ``01.07.2026`` in Turkish."""
        found = _DAY.fullmatch(value or "")
        if found is None or self.language == "en":
            return value or ""
        return f"{found[3]}.{found[2]}.{found[1]}"

    def moment(self, day: str | None, time: str | None) -> str:
        return f"{self.day(day)} {(time or '').partition('.')[0]}".strip()

    def code(self, name: str, value: object) -> str:
        """The label of a code, or the code itself if the list does not have it."""
        history = code_list(name).history(words(value))
        return self.say(history[-1].label) if history else words(value)

    def short_tax(self, code: str) -> str:
        """What a tax is called in a narrow column, as GİB's code list abbreviates it; else its code."""
        history = code_list("taxes").history(code)
        return history[-1].extra.get("short", "") if history else code

    def coded(self, name: str, value: object) -> str:
        """A code with its label."""
        label = self.code(name, value)
        return label if label == words(value) else f"{words(value)} – {label}"


def words(value: object) -> str:
    """The text of a leaf; empty for none."""
    return "" if value is None else str(value).strip()


def joined(parts: Iterable[object], between: str = " ") -> str:
    """The parts that say something.

    >>> joined(["a", None, "", "b"], ", ")
    'a, b'
    """
    return between.join(text for part in parts if (text := words(part)))


def first(identifiers: Iterable[object], *schemes: str) -> str:
    """The first identifier of one of the schemes, with its scheme."""
    for value in identifiers:
        if isinstance(value, Identifier) and value.scheme_id in schemes:
            return f"{value.scheme_id} {value.value}"
    return ""
