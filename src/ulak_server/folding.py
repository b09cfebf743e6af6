"""Words as people look for them: without the difference of İ, I, ı and i, of case, and of diacritics.

The embedded PostgreSQL knows neither ``unaccent`` nor Turkish collations, and under row-level security it uses an index
for leakproof operators alone, which ``LIKE`` is not. So what is looked for is kept folded in columns of collation ``C``
and found by ranges: ``folded >= 'mel' AND folded < above('mel')``.

>>> fold("IŞIK İnşaat A.Ş. – Çiğli")
'isik insaat as cigli'
>>> sorted(["Zeki", "Çınar", "Cem", "İnci", "Işıl", "Irmak"], key=sort_key)
['Cem', 'Çınar', 'Irmak', 'Işıl', 'İnci', 'Zeki']
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["above", "fold", "sort_key", "words"]

_LETTERS: Final = str.maketrans({"İ": "i", "I": "i", "ı": "i", "ß": "ss", "Ø": "o", "ø": "o", "æ": "ae"})
_ABBREVIATED: Final = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_APOSTROPHES: Final = re.compile("['\u2019`\u00b4]")
_BETWEEN: Final = re.compile(r"[\W_]+")
_ALPHABET: Final = str.maketrans({"ç": "c~", "ğ": "g~", "ı": "i", "i": "i~", "ö": "o~", "ş": "s~", "ü": "u~"})
_LOWER: Final = str.maketrans({"İ": "i", "I": "ı"})
_LAST: Final = "\U0010ffff"


def fold(text: str) -> str:
    """The text in small letters without diacritics; whatever stands between words is one blank."""
    plain = _without_marks(_ABBREVIATED.sub("", text).translate(_LETTERS)).casefold()
    return _BETWEEN.sub(" ", _APOSTROPHES.sub("", plain)).strip()


def words(text: str) -> list[str]:
    """The folded words of a text, each once, in their order."""
    return list(dict.fromkeys(fold(text).split()))


def sort_key(text: str) -> str:
    """A key that sorts by bytes as the Turkish alphabet does: c before ç, ı before i."""
    lower = unicodedata.normalize("NFC", text).translate(_LOWER).lower()
    spelled = "".join(one if one in _TURKISH else _without_marks(one) for one in lower).translate(_ALPHABET)
    return re.sub(r"[^\w~]+", " ", spelled).strip()


def above(prefix: str) -> str:
    """What lies behind everything that begins so."""
    return prefix + _LAST


_TURKISH: Final = frozenset("çğıiöşü")


def _without_marks(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
