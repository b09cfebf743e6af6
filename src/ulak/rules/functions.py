"""The XPath 2 functions that GİB's rules use and libxslt lacks, with XPath 2's own errors."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import Any, Final

from elementpath.regex import translate_pattern

__all__ = [
    "FUNCTIONS",
    "NAMESPACE",
    "date_minutes",
    "is_date",
    "is_time",
    "matcher",
    "matches",
    "report_trouble",
    "take_trouble",
    "to_double",
]

NAMESPACE: Final = "urn:ulak:rules"
BUSINESS_OFFSET: Final = 180
"""Minutes east of Greenwich of a date without a zone: Europe/Istanbul has had no summer time since 2016."""

# The hours of a zone end at 14:59, not at XML Schema's 14:00: so Saxon reads them.
_ZONE: Final = r"(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
_DATE: Final = re.compile(rf"(-?(?:[1-9]\d{{4,9}}|\d{{4}}))-(\d\d)-(\d\d){_ZONE}", re.ASCII)
_TIME: Final = re.compile(rf"(\d\d):(\d\d):(\d\d)(\.\d+)?{_ZONE}", re.ASCII)
_DOUBLE: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN", re.ASCII)
_BLANK: Final = " \t\r\n"
_CYCLE: Final = 400
"""Years after which the calendar repeats itself, 146 097 days later."""
# Python's \s takes more than XML's four blanks.
_ESCAPE: Final = re.compile(r"\\.", re.DOTALL)
_ESCAPES: Final = {r"\s": r"[ \t\r\n]", r"\S": r"[^ \t\r\n]"}
_LONG: Final = 200
_BLANKS: Final = re.compile(r"[ \t\r\n]+")
_ANY_BLANKS: Final = re.compile(r"\(\\s\)\*\??|\\s\*\??")
_MAY_TAKE_BLANKS: Final = re.compile(r"\\[^.\-d]|\[\^|\s|(?<!\\)\.(?![^\[]*\])")
_COMPARE: Final[dict[str, Callable[[float, float], bool]]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
_ORDER: Final[dict[str, Callable[[str, str], bool]]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


class _Trouble(threading.local):
    def __init__(self) -> None:
        self.found: list[int] = []


_trouble: Final = _Trouble()


def take_trouble() -> list[int]:
    """Numbers of the assertions that could not be evaluated since the last call, in this thread."""
    found, _trouble.found = _trouble.found, []
    return found


def report_trouble(mark: float) -> None:
    """Note that the assertion of this number could not be evaluated."""
    _trouble.found.append(int(mark))


def date_minutes(text: str) -> int | None:
    """Minutes since the first day of year 1, in UTC, of an ``xs:date``; None if it is none.

    >>> date_minutes("2005-01-02") - date_minutes("2005-01-01")
    1440
    >>> date_minutes("2005-02-30") is None
    True
    """
    match = _DATE.fullmatch(text.strip(_BLANK))
    if match is None:
        return None
    # A day of year 0 or before, or after 9999, is counted in a year of the same calendar that `date` knows.
    cycles, year = divmod(int(match[1]), _CYCLE)
    try:
        days = date(year + _CYCLE, int(match[2]), int(match[3])).toordinal()
    except ValueError:
        return None
    return (days + (cycles - 1) * 146_097) * 1440 - _offset(match[4])


def _offset(zone: str | None) -> int:
    if zone is None:
        return BUSINESS_OFFSET
    if zone == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[4:6])
    return minutes if zone[0] == "+" else -minutes


def is_date(text: str) -> bool:
    return date_minutes(text) is not None


def is_time(text: str) -> bool:
    """Whether ``text`` is an ``xs:time``.

    >>> is_time("23:59:00"), is_time("24:00:00"), is_time("9:00:00"), is_time("12:61:00")
    (True, True, False, False)
    """
    match = _TIME.fullmatch(text.strip(_BLANK))
    if match is None:
        return False
    if match[1] == "24":
        return match[2] == match[3] == "00" and not (match[4] or "").strip(".0")
    try:
        time(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    translated = translate_pattern(pattern)
    return re.compile(_ESCAPE.sub(lambda match: _ESCAPES.get(match[0], match[0]), translated))


@cache
def _is_lenient(pattern: str) -> bool:
    """Whether ``pattern`` takes white space only as ``\\s*``, so that one blank is as good to it as a thousand."""
    rest = _ANY_BLANKS.sub("", pattern)
    return _MAY_TAKE_BLANKS.search(rest) is None


def matches(text: str, pattern: str) -> bool:
    """XPath's ``matches``: the pattern, in XML Schema's dialect, occurs in the text.

    >>> matches("ABC2026000000001", "^[A-Z0-9]{3}20[0-9]{2}[0-9]{9}$")
    True
    """
    # GİB writes ``(\s)*?`` twice in a row, which takes the square of the blanks' number to fail.
    if len(text) > _LONG and _is_lenient(pattern):
        text = _BLANKS.sub(" ", text)
    return _pattern(pattern).search(text) is not None


@cache
def matcher(pattern: str) -> Callable[[str], bool]:
    """`matches` for one pattern, prepared to be asked often."""
    search = _pattern(pattern).search
    return lambda text: search(text) is not None if len(text) <= _LONG else matches(text, pattern)


def to_double(text: str) -> float:
    """The ``xs:double`` that ``text`` spells, NaN if it is none.

    >>> to_double(" +1 "), to_double("-INF"), to_double("1e")
    (1.0, -inf, nan)
    """
    text = text.strip(_BLANK)
    return float(text.replace("INF", "inf")) if _DOUBLE.fullmatch(text) else float("nan")


def _strings(value: Any) -> list[str]:
    if isinstance(value, list):
        return ["".join(item.itertext()) if hasattr(item, "itertext") else str(item) for item in value]
    return [str(value)]


def _matches(_: Any, text: str, pattern: str) -> bool:
    return matches(text, pattern)


def _date(_: Any, value: Any, mark: float) -> float:
    texts = _strings(value)
    if not texts:
        return float("nan")
    minutes = date_minutes(texts[0]) if len(texts) == 1 else None
    if minutes is None:
        report_trouble(mark)
        return float("nan")
    return float(minutes)


def _castable(check: Callable[[str], bool]) -> Callable[[Any, Any], bool]:
    def castable(_: Any, value: Any) -> bool:
        texts = _strings(value)
        return len(texts) == 1 and check(texts[0])

    return castable


def _compare(_: Any, left: Any, operator: str, right: Any) -> bool:
    """Order strings by code point, as XPath 2 orders untyped values; true if any pair fits."""
    holds = _ORDER[operator]
    others = _strings(right)
    return any(holds(a, b) for a in _strings(left) for b in others)


def _many(_: Any, mark: float) -> bool:
    report_trouble(mark)
    return False


def _number(_: Any, mark: float, nodes: Any, operator: str, other: float) -> bool:
    """Compare values of which libxml2 takes some for no numbers: XPath 2 knows ``INF`` and ``+1``.

    Like Saxon it goes from one to the next, and ends at the first that fits or is no number.
    """
    for text in _strings(nodes):
        if not _DOUBLE.fullmatch(text.strip(_BLANK)):
            report_trouble(mark)
            return False
        if _COMPARE[operator](to_double(text), other):
            return True
    return False


def _double(_: Any, value: Any) -> float:
    """``number()``, which libxml2 reads its own way: it takes ``1e`` for a number, but neither ``+1`` nor ``INF``."""
    texts = _strings(value)
    return to_double(texts[0]) if texts else float("nan")


FUNCTIONS: Final[dict[tuple[str, str], Callable[..., Any]]] = {
    (NAMESPACE, "matches"): _matches,
    (NAMESPACE, "date"): _date,
    (NAMESPACE, "castable-date"): _castable(is_date),
    (NAMESPACE, "castable-time"): _castable(is_time),
    (NAMESPACE, "compare"): _compare,
    (NAMESPACE, "many"): _many,
    (NAMESPACE, "number"): _number,
    (NAMESPACE, "double"): _double,
}


@lru_cache(maxsize=16)
def today_minutes(moment: datetime | date) -> int:
    """The number that ``current-date()`` stands for on the business day of ``moment``."""
    day = moment.date() if isinstance(moment, datetime) else moment
    minutes = date_minutes(day.isoformat())
    if minutes is None:
        raise ValueError(moment)
    return minutes
