"""What a cell of a sheet means: text, an identifier, a number, a day, a time.

Programs write numbers as text and days as numbers, Excel rounds long identifiers and drops leading zeros; what cannot
be known is told, never guessed.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from ulak_server.books.cleaning import plain
from ulak_server.books.importing.problems import fault
from ulak_server.books.numbers import Convention, NotANumber, decimal_of, is_doubtful
from ulak_server.folding import fold

__all__ = ["date_of", "identifier_of", "is_blank", "number_of", "shown", "text_of", "time_of"]

_LONGEST: Final = 10_000
_ERRORS: Final = frozenset(
    [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#DIV/0!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#YOK",
        "#BAŞV!",
        "#DEĞER!",
        "#SAYI/0!",
        "#AD?",
        "#SAYI!",
        "#BOŞ!",
    ]
)
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "ocak oca january jan", "subat sub february feb", "mart mar march", "nisan nis april apr",
            "mayis may", "haziran haz june jun", "temmuz tem july jul", "agustos agu august aug",
            "eylul eyl september sep", "ekim eki october oct", "kasim kas november nov", "aralik ara december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[./\-\s](\d{1,2})[./\-\s](\d{4}|\d{2})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[./\-](\d{1,2})[./\-](\d{1,2})")
_COMPACT: Final = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_NAMED: Final = re.compile(r"(\d{1,2})[\s.\-]+(\w+)[\s.,\-]+(\d{4})")
_TIME: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_SPLIT: Final = re.compile(r"[T\s]+(?=\d{1,2}[:.]\d{2}(?:[:.]|$|\D))")
_ROUNDED: Final = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
_FIRST_YEAR: Final = 2000
_LAST_YEAR: Final = 2100
_EPOCH: Final = date(1899, 12, 30)
_FIRST_SERIAL: Final = 61
_SURE_DIGITS: Final = 15
_SECONDS: Final = 86_400


def is_blank(value: Any) -> bool:
    """Whether a cell has nothing to say."""
    return value is None or (isinstance(value, str) and not plain(value))


def shown(value: Any) -> str:
    """A cell as its sheet shows it, roughly."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "DOĞRU" if value else "YANLIŞ"
    if isinstance(value, float | int | Decimal):
        return _digits(value)
    if isinstance(value, datetime):
        at_midnight = value.time() == time(0)
        return value.strftime("%d.%m.%Y" if at_midnight else "%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, list) and len(value) == 2:
        return shown(_kept(value))
    return _without_apostrophe(plain(value)[:_LONGEST])


def _without_apostrophe(text: str) -> str:
    """Without the mark that keeps programs from running a text as a formula; our own exports have it."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def text_of(value: Any) -> str:
    """One line of text.

    Raises:
        ImportFault: ``import.cell-error``, ``import.cell-long``.
    """
    found = shown(value)
    if found.upper() in _ERRORS:
        raise fault("import.cell-error", value=found)
    if isinstance(value, str) and len(value) > _LONGEST:
        raise fault("import.cell-long", count=len(value), limit=_LONGEST)
    return found


def identifier_of(value: Any) -> str:
    """A number that names something: digits as they are, no thousands, nothing rounded.

    Raises:
        ImportFault: ``import.cell-rounded``; those of `text_of`.

    >>> identifier_of(7359021640.0), identifier_of(" 735 902-1640 ")
    ('7359021640', '735 902-1640')
    """
    found = text_of(value)
    is_number = isinstance(value, float | int) and not isinstance(value, bool)
    if (isinstance(value, str) and _ROUNDED.fullmatch(found)) or (is_number and len(found.lstrip("-")) > _SURE_DIGITS):
        raise fault("import.cell-rounded", value=found)
    return found


def number_of(value: Any, convention: Convention | None) -> Decimal:
    """A number.

    Args:
        convention: of the file; None: unknown, then a doubtful one is taken as people in Türkiye mean it.

    Raises:
        ImportFault: ``import.number``, ``import.number-large``; those of `text_of`.
    """
    found = text_of(value)
    if isinstance(value, datetime | date | time | bool | list):
        raise fault("import.number", value=found)
    try:
        number = (
            Decimal(_digits(value))
            if isinstance(value, float | int | Decimal)
            else decimal_of(found, convention or "comma")
        )
    except (NotANumber, ArithmeticError, ValueError):
        raise fault("import.number", value=found) from None
    if number and not -12 < number.adjusted() < 15:
        raise fault("import.number-large", value=found)
    return number


def is_unsure(value: Any, convention: Convention | None) -> bool:
    """Whether a number may mean another one, which somebody should look at."""
    return convention is None and isinstance(value, str) and is_doubtful(value)


def date_of(value: Any) -> date:
    """A day.

    Raises:
        ImportFault: ``import.date``, ``import.date-impossible``, ``import.date-odd``; those of `text_of`.

    >>> date_of("22.11.2026"), date_of("2026-11-22T10:00:00"), date_of(46348), date_of("22 Kasım 2026")
    (datetime.date(2026, 11, 22), datetime.date(2026, 11, 22), datetime.date(2026, 11, 22), datetime.date(2026, 11, 22))
    """
    value = _kept(value)
    found = text_of(value)
    if isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    elif isinstance(value, float | int) and not isinstance(value, bool):
        day = _of_serial(value, found)
    else:
        day = _of_words(found)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise fault("import.date-odd", value=found)
    return day


def time_of(value: Any) -> time:
    """A time of the day; of a cell with a day, its time.

    Raises:
        ImportFault: ``import.time``; those of `text_of`.
    """
    value = _kept(value)
    found = text_of(value)
    if isinstance(value, datetime):
        return value.time().replace(microsecond=0)
    if isinstance(value, time):
        return value.replace(microsecond=0)
    if isinstance(value, timedelta):
        value = value.total_seconds() / _SECONDS
    if isinstance(value, float | int) and not isinstance(value, bool) and 0 <= value < _LAST_YEAR * 366:
        seconds = round((value % 1) * _SECONDS) % _SECONDS
        return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    match = _TIME.fullmatch(_SPLIT.split(found)[-1].strip())
    try:
        hour, minute, second = (int(one or 0) for one in match.groups()) if match else (99, 0, 0)
        return time(hour, minute, second)
    except ValueError:
        raise fault("import.time", value=found) from None


def _of_serial(value: float, found: str) -> date:
    """A day that Excel counts from 1900, when it believed in the 29th of February."""
    if not _FIRST_SERIAL <= value < 100_000:
        raise fault("import.date", value=found)
    return _EPOCH + timedelta(days=int(value))


def _of_words(found: str) -> date:
    words = _SPLIT.split(found)[0].strip().removesuffix("T")
    year = month = day = 0
    if match := _DAY_FIRST.fullmatch(words):
        day, month, year = (int(one) for one in match.groups())
    elif match := _YEAR_FIRST.fullmatch(words) or _COMPACT.fullmatch(words):
        year, month, day = (int(one) for one in match.groups())
    elif match := _NAMED.fullmatch(words):
        day, month, year = int(match[1]), _MONTHS.get(fold(match[2]), 0), int(match[3])
    else:
        raise fault("import.date", value=found)
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        raise fault("import.date-impossible", value=found) from None


def _kept(value: Any) -> Any:
    """A day or time out of the child process that reads old workbooks."""
    if isinstance(value, list) and len(value) == 2:
        kinds: dict[str, Any] = {"datetime": datetime, "date": date, "time": time}
        return kinds[value[0]].fromisoformat(value[1])
    return value


def _digits(value: float | int | Decimal) -> str:
    """A number as Excel shows it: fifteen digits at most, none of them from binary."""
    if isinstance(value, int | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    if value != value or value in (float("inf"), float("-inf")):
        return "#NUM!"
    return format(Decimal(f"{value:.{_SURE_DIGITS}g}"), "f")
