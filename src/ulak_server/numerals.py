"""Numbers as people type and read them: 1.234,56 on Turkish pages, 1,234.56 on English ones.

Whoever shows a page says in which language numbers stand on it, for all that is read and shown meanwhile; elsewhere
they are Turkish. What a page shows it also takes, and what has only one sense in the other way of writing, too. What
people in Türkiye write for a thousand, ``1.234``, is not guessed at on English pages: it is `doubtful`.

>>> plain("1.234,56"), plain("1234.5"), plain("1.234"), plain("1,234")
('1234.56', '1234.5', '1234', '1.234')
>>> with written_in("en"):
...     plain("1,234.56"), plain("1.234,56"), plain("12,5"), plain("1,234"), plain("1.234")
...     shown("1234567.5"), shown("1.234")
('1234.56', '1234.56', '12.5', '1234', None)
('1,234,567.5', '1.2340')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import Final

from ulak.errors import Language, Text

__all__ = ["DOUBT", "doubtful", "kept", "language", "plain", "shown", "shown_text", "written_in"]

_LANGUAGE: Final[ContextVar[Language]] = ContextVar("ulak_numerals", default="tr")
DOUBT: Final = Text(
    "“{value}” iki türlü okunabilir; {thousand} ya da {fraction} yazın.",
    "“{value}” can be read in two ways; write {thousand} or {fraction}.",
)
_GROUPED: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_WHOLE: Final = re.compile(r"[+-]?[0-9]+")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]*\.[0-9]+")
_DOUBTFUL: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")


@contextmanager
def written_in(language: Language) -> Iterator[None]:
    """Numbers are read and shown in a language within the block."""
    before = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(before)


def language() -> Language:
    """In which language numbers stand on the page that is shown."""
    return _LANGUAGE.get()


def plain(text: str) -> str | None:
    """A number as programs write it; None if it is none, or `doubtful`. Blanks and signs of money are the caller's."""
    if "," in text and "." in text:
        return _both(text)
    if language() == "en":
        if _DOUBTFUL.fullmatch(text):
            return None
        text = text.replace(",", "") if _GROUPED.fullmatch(text.replace(",", ".")) else text
    elif _GROUPED.fullmatch(text):
        return text.replace(".", "")
    if text.count(",") > 1 or text.count(".") > 1:
        whole = text.replace(",", ".")
        return whole.replace(".", "") if _GROUPED.fullmatch(whole) else None
    pointed = text.replace(",", ".")
    return pointed if _WHOLE.fullmatch(pointed) or _DECIMAL.fullmatch(pointed) else None


def _both(text: str) -> str | None:
    """Where both signs occur, the last one stands before the decimals."""
    sign = max(",.", key=text.rindex)
    other = "." if sign == "," else ","
    whole, _, rest = text.rpartition(sign)
    if sign in whole or not _GROUPED.fullmatch(whole.replace(other, ".")) or not re.fullmatch("[0-9]+", rest):
        return None
    return f"{whole.replace(other, '')}.{rest}"


def doubtful(text: str) -> tuple[str, str] | None:
    """What digits with one point before three others can mean, a thousand and a fraction; None where there is no doubt.

    On Turkish pages there is none, but what was kept from an English one is still doubtful on them.

    >>> doubtful("1.250"), doubtful("0.250"), doubtful("1.25")
    (('1250', '1.250'), None, None)
    """
    return (text.replace(".", ""), text) if _DOUBTFUL.fullmatch(text) else None


def kept(value: Decimal) -> str:
    """A number as every page reads it, whatever its language: for addresses and what is saved.

    A nought behind a fraction of three digits keeps it from being a thousand.

    >>> kept(Decimal("1234.50")), kept(Decimal("1.234")), kept(Decimal("1E+3"))
    ('1234.50', '1.2340', '1000')
    """
    text = f"{value:f}"
    return f"{text}0" if _DOUBTFUL.fullmatch(text) else text


def shown(value: str, wanted: Language | None = None) -> str:
    """A number that programs write as people read it, with all its digits; anything else stays as it is.

    A nought behind it keeps a fraction of three digits from being read as a thousand on English pages.
    """
    if not (_WHOLE.fullmatch(value) or _DECIMAL.fullmatch(value)):
        return value
    sign, digits = (value[0].strip("+"), value[1:]) if value[0] in "+-" else ("", value)
    whole, _, rest = digits.partition(".")
    english = f"{int(whole or 0):,}{'.' if rest else ''}{rest}"
    if (wanted or language()) == "en":
        return f"{sign}{english}{'0' if _DOUBTFUL.fullmatch(english) else ''}"
    return sign + english.translate({ord(","): ".", ord("."): ","})


def shown_text(value: object) -> Text:
    """A number within a sentence, as each language writes it."""
    return Text(shown(str(value), "tr"), shown(str(value), "en"))
