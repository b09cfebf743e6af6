"""How pages and mails write money, numbers, days and moments, in either language."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from ulak.errors import Language, Text
from ulak_server import clock

__all__ = ["LOCALES", "day", "day_text", "hour", "moment", "moment_text", "money", "month_text", "number"]

LOCALES: Final = {"tr": "tr_TR", "en": "en_GB"}
_MONEY: Final = "#,##0.00\u00a0¤"
_DAY: Final = {"tr": "dd.MM.yyyy", "en": "d MMM yyyy"}
_HOUR: Final = {"tr": "HH.mm", "en": "HH:mm"}


def money(amount: Decimal, currency: str, language: Language = "tr") -> str:
    """An amount with its currency: 1.234,56 ₺.

    >>> money(Decimal("1234.5"), "EUR", "en").replace("\\xa0", " ")
    '1,234.50 €'
    """
    try:
        return format_currency(amount, currency or "TRY", _MONEY, locale=LOCALES[language])
    except ValueError:
        return f"{format_decimal(amount, locale=LOCALES[language])} {currency}"


def number(value: Decimal | int, places: int | None = None, language: Language = "tr") -> str:
    """A number as people write it: 1.234,5.

    Args:
        places: decimal places; None: as many as it has, up to three.
    """
    pattern = None if places is None else "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(value, format=pattern, locale=LOCALES[language])


def day(value: date | datetime, language: Language = "tr") -> str:
    """A day: 22.11.2026; of a moment, its day in Istanbul."""
    found = value.astimezone(clock.ISTANBUL).date() if isinstance(value, datetime) else value
    return format_date(found, _DAY[language], locale=LOCALES[language])


def moment(value: datetime, language: Language = "tr") -> str:
    """A moment in Istanbul: 22.11.2026 14.32."""
    return f"{day(value, language)} {hour(value, language)}"


def hour(value: datetime, language: Language = "tr") -> str:
    """The time of day in Istanbul: 14.32."""
    return format_datetime(value.astimezone(clock.ISTANBUL), _HOUR[language], locale=LOCALES[language])


def day_text(value: date | datetime) -> Text:
    """A day within a sentence, as each language writes it."""
    return Text(day(value), day(value, "en"))


def month_text(value: date) -> Text:
    """The month of a day within a sentence: 11.2026 and Nov 2026."""
    return Text(f"{value:%m.%Y}", format_date(value, "MMM yyyy", locale=LOCALES["en"]))


@lru_cache(maxsize=256)
def moment_text(value: datetime) -> Text:
    """A moment in Istanbul within a sentence, as each language writes it; kept, since batches ask for the same one."""
    return Text(moment(value), moment(value, "en"))
