"""Values that people type, paste or import, brought into one form; what cannot be is collected, field by field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Final

import stdnum.exceptions
from stdnum import iban as _iban

from ulak.codes import code_list
from ulak.codes.identifiers import alias as alias_form
from ulak.codes.identifiers import gtip as gtip_form
from ulak.codes.identifiers import tckn, vkn
from ulak.errors import Text, UlakError
from ulak_server import numerals
from ulak_server.books.numbers import NotANumber, decimal_of
from ulak_server.books.problems import all_of, problem

__all__ = ["Faults", "nearest", "plain"]

_EMAIL: Final = re.compile(r"[^\s@;,<>\"'()\[\]\\]{1,64}@(?:[\w-]{1,63}\.)+[\w-]{2,63}")
_MOST_EMAILS: Final = 5
_LONGEST_DAYS: Final = 999
_MOST_PERCENT: Final = 100
_PRICE_DIGITS: Final = 15


def plain(text: object) -> str:
    """Text on one line: composed, without control characters and doubled blanks."""
    composed = unicodedata.normalize("NFC", str(text or ""))
    return " ".join("".join(" " if _is_odd(one) else one for one in composed).split())


def _is_odd(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") and letter not in "\u200c\u200d"


class Faults:
    """What was found wrong so far; each verb returns the value to keep, or an empty one."""

    def __init__(self) -> None:
        self.found: list[UlakError] = []

    def raise_any(self) -> None:
        """Raises `BooksError` if anything is wrong."""
        if self.found:
            raise all_of(self.found)

    def add(self, code: str, field: str, /, **facts: object) -> None:
        """Something is wrong with a field."""
        self.found.append(problem(code, where=f"/{field}", existing=None, **facts))

    def text(self, field: str, value: object, label: Text, limit: int = 200, *, needed: bool = False) -> str:
        """One line."""
        found = plain(value)
        if needed and not found:
            self.add("books.missing", field, field=label)
        if len(found) > limit:
            self.add("books.too-long", field, field=label, limit=limit)
            return ""
        return found

    def notes(self, field: str, value: object, label: Text, limit: int = 4000) -> str:
        """Several lines."""
        found = "\n".join(plain(line) for line in str(value or "").splitlines()).strip()
        if len(found) > limit:
            self.add("books.too-long", field, field=label, limit=limit)
        return found[:limit]

    def tax_number(self, field: str, value: object, *, needed: bool) -> str:
        """A VKN or TCKN with right check digits, or one of those that stand for anybody (1111…, 2222…)."""
        found = re.sub(r"[\s.\-]", "", plain(value))
        if not found:
            if needed:
                self.add("books.number-missing", field)
            return ""
        anybody = found in ("11111111111", "2222222222")
        if anybody or vkn.is_valid(found) or tckn.is_valid(found):
            return found
        self.add("books.number", field, number=plain(value)[:30])
        return ""

    def iban(self, field: str, value: object) -> str:
        """An IBAN of any country, without blanks."""
        given = plain(value)
        try:
            return str(_iban.validate(given)) if given else ""
        except stdnum.exceptions.ValidationError:
            self.add("books.iban", field, iban=given[:40])
            return ""

    def emails(self, field: str, value: object) -> str:
        """One or several addresses, separated by semicolons."""
        found = [one for one in re.split(r"[;,\s]+", plain(value)) if one]
        for one in found:
            if not _EMAIL.fullmatch(one):
                self.add("books.email", field, email=one[:80])
                return ""
        if len(found) > _MOST_EMAILS:
            self.add("books.too-many", field, limit=_MOST_EMAILS)
        return "; ".join(dict.fromkeys(found))

    def alias(self, field: str, value: object) -> str:
        """An alias as GİB's lists have them."""
        given = plain(value)
        if given and not alias_form.is_valid(given):
            self.add("books.alias", field, alias=given[:80])
            return ""
        return given

    def days(self, field: str, value: object) -> int | None:
        """A number of days."""
        given = plain(value)
        if not given:
            return None
        if not given.isascii() or not given.isdigit() or int(given[:9]) > _LONGEST_DAYS:
            self.add("books.number-of-days", field, value=given[:30])
            return None
        return int(given)

    def amount(self, field: str, value: object) -> Decimal | None:
        """An amount that is not negative, as people write it."""
        return self._number(field, value, "books.amount", lambda one: one.adjusted() < _PRICE_DIGITS)

    def percent(self, field: str, value: object) -> Decimal | None:
        """A percentage."""
        return self._number(field, value, "books.percent", lambda one: one <= _MOST_PERCENT)

    def _number(self, field: str, value: object, code: str, fits: Callable[[Decimal], bool]) -> Decimal | None:
        given = format(value, "f") if isinstance(value, Decimal) else plain(value)
        given = given.removeprefix("%").removesuffix("%").strip()
        if not given:
            return None
        is_english = numerals.language() == "en"
        if is_english and not isinstance(value, Decimal) and (both := numerals.doubtful(given)):
            thousand, fraction = map(numerals.shown_text, both)
            self.add("books.doubtful", field, value=given, thousand=thousand, fraction=fraction)
            return None
        try:
            found = value if isinstance(value, Decimal) else decimal_of(given, "point" if is_english else "comma")
        except NotANumber:
            found = Decimal(-1)
        if found < 0 or not fits(found):
            self.add(code, field, value=given[:30])
            return None
        return found

    def code(self, field: str, value: object, name: str) -> str:
        """A code of a list of GİB's; its label is understood as well."""
        given = plain(value)
        if not given:
            return ""
        found = code_list(name).get(given.upper()) or code_list(name).get(given)
        if found is not None:
            return str(found.code)
        self.add("books.code", field, code=given[:30], list=code_list(name).title, nearest=nearest(name, given))
        return ""

    def gtip(self, field: str, value: object) -> str:
        """A customs tariff number, without points."""
        given = plain(value)
        if given and not gtip_form.is_valid(given):
            self.add("books.gtip", field, code=given[:30])
            return ""
        return gtip_form.compact(given)


def nearest(name: str, given: str) -> Text:
    """What may have been meant, for the end of a repair; empty if nothing is near."""
    found = code_list(name).search(given)[:1]
    if not found:
        return Text("", "")
    return Text(
        f"; örneğin {found[0].code} ({found[0].label.tr})", f"; for example {found[0].code} ({found[0].label.en})"
    )
