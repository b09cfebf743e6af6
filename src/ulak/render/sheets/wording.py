"""Labels, codes, amounts and dates as words of one language."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from ulak.codes.lists import code_list
from ulak.errors import Text
from ulak.render.labels import LABELS, LabelLanguage
from ulak.render.sheets.reading import Node, day_in, decimal_in, one, text

__all__ = ["Wording"]

_LIRA: Final = "TRY"
_SWAPPED: Final = str.maketrans(",.", ".,")


class Wording(NamedTuple):
    """How values are said in a language; ``both`` says labels in both and everything else as in Turkish."""

    language: LabelLanguage

    def label(self, name: str) -> str:
        return self.said(LABELS[name])

    def said(self, words: Text) -> str:
        if self.language == "both":
            return words.tr if words.tr == words.en else f"{words.tr} / {words.en}"
        return words.say(self.language)

    def code(self, of: str, code: str) -> str:
        """A code's label; the code itself if the list does not know it."""
        found = code_list(of).get(code)
        return code if found is None else found.label.say("en" if self.language == "en" else "tr")

    def day(self, said: str) -> str:
        """
        >>> Wording("tr").day("2026-11-22"), Wording("en").day("2026-11-22+03:00"), Wording("tr").day("dün")
        ('22.11.2026', '22.11.2026', 'dün')
        """
        found = day_in(said)
        return f"{found:%d.%m.%Y}" if found else said

    def number(self, said: str, places: int = 0) -> str:
        """A number as written in Türkiye, at least so many decimal places, no needless zeros after them.

        >>> Wording("tr").number("1234567.50", 2), Wording("tr").number("12.000"), Wording("en").number("-0.125", 2)
        ('1.234.567,50', '12', '-0.125')
        >>> Wording("tr").number("on iki")
        'on iki'
        """
        found = decimal_in(said)
        if found is None:
            return said
        return self._grouped(found, max(places, _places(found)))

    def _grouped(self, number: Decimal, places: int) -> str:
        grouped = f"{number:,.{places}f}"
        return grouped if self.language == "en" else grouped.translate(_SWAPPED)

    def money(self, amount: Node | None, names: str = ".", *, bare: bool = False) -> str:
        """An amount with its currency, or bare, as in a table whose currency is said once."""
        said = text(amount, names)
        if not said or bare:
            return self.number(said, 2)
        found = amount if names == "." else one(amount, names)
        return self.priced(said, found.get("currencyID", "") if found is not None else "")

    def priced(self, said: str, currency: str) -> str:
        """
        >>> Wording("tr").priced("1234.5", "TRY"), Wording("en").priced("1234.5", "USD")
        ('1.234,50 ₺', '1,234.50 USD')
        """
        return f"{self.number(said, 2)} {'₺' if currency == _LIRA else currency}".strip()

    def measured(self, quantity: Node | None) -> str:
        """A quantity with its unit in words."""
        said = self.number(text(quantity))
        unit = quantity.get("unitCode", "") if quantity is not None else ""
        return f"{said} {self.code('units', unit)}".strip()

    def percent(self, said: str) -> str:
        """
        >>> Wording("tr").percent("20.00"), Wording("en").percent("8.5"), Wording("tr").percent("")
        ('%20', '8.5%', '')
        """
        number = self.number(said)
        return "" if not number else f"{number}%" if self.language == "en" else f"%{number}"


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
