"""Text as XML can carry it."""

from __future__ import annotations

import re
from typing import Final

from ulak.errors import Text, UlakError

__all__ = ["AttributeCache", "escape_attribute", "escape_text", "needs_care"]

# One pass of C over the UTF-8 bytes finds everything that markup or XML 1.0 forbids below U+0080.
_SPECIAL: Final = bytes(sorted({*range(0x20), *b"&<>"} - {*b"\t\n"}))
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CARE: Final = re.compile("[\x00-\x08\x0b-\x1f&<>\ud800-\udfff\ufffe\uffff]")
_IN_TEXT: Final = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_IN_ATTRIBUTE: Final = {**_IN_TEXT, ord('"'): "&quot;", ord("\t"): "&#9;", ord("\n"): "&#10;"}


def needs_care(text: str) -> bool:
    """Whether any character must be escaped, or cannot be written at all."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return True
    if len(raw.translate(None, _SPECIAL)) != len(raw):
        return True
    return not text.isascii() and ("\ufffe" in text or "\uffff" in text)


def escape_text(text: str, where: str = "") -> str:
    """``text`` as the content of an element.

    >>> escape_text("A & B <1>")
    'A &amp; B &lt;1&gt;'

    Raises:
        UlakError: ``ubl.character`` for a character that XML 1.0 cannot carry (section 2.2).
    """
    if not _CARE.search(text):
        return text
    _refuse_forbidden(text, where)
    return text.translate(_IN_TEXT)


def escape_attribute(text: str, where: str = "") -> str:
    """``text`` as the value of an attribute in double quotes; raises like `escape_text`."""
    _refuse_forbidden(text, where)
    return text.translate(_IN_ATTRIBUTE)


def _refuse_forbidden(text: str, where: str) -> None:
    if found := _FORBIDDEN.search(text):
        code = f"U+{ord(found[0]):04X}"
        raise UlakError(
            "ubl.character",
            Text(
                f"Metinde XML'in taşıyamadığı bir karakter var: {code}, {found.start() + 1}. sırada.",
                f"The text holds a character that XML cannot carry: {code} at position {found.start() + 1}.",
            ),
            Text(
                "Karakteri silin; çoğu kez başka bir programdan yapıştırılmıştır.", "Delete it; it was probably pasted."
            ),
            where=where,
        )


class AttributeCache(dict[str, str]):
    """`` name="value"`` by value: the same few currencies, units and schemes occur again and again.

    >>> AttributeCache("currencyID")["TRY"]
    ' currencyID="TRY"'
    """

    _LIMIT: Final = 4096
    _LONGEST: Final = 64

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def __missing__(self, value: str) -> str:
        text = f' {self._name}="{escape_attribute(value, f"@{self._name}")}"'
        if len(self) < self._LIMIT and len(value) <= self._LONGEST:
            self[value] = text
        return text
