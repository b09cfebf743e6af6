"""The code a person probably meant."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection
from functools import cache
from typing import Final

from ulak.rules.explanations.words import table

__all__ = ["suggest"]

_MOST: Final = 3
_SHORT: Final = 4
_ALIKE: Final = 0.65
_ALIKE_SHORT: Final = 0.75
_DOTLESS: Final = str.maketrans({"ı": "i", "İ": "I"})


def suggest(list_name: str, value: str, codes: Collection[str] = ()) -> list[str]:
    """Likely codes for ``value``, the best first; empty if nothing is close.

    Args:
        list_name: name of the code list in the pack, e.g. ``UnitCodeList``.
        value: what the document holds.
        codes: the codes of the list; without them only well-known mistakes are recognised. Every suggestion is
            one of them and differs from ``value``.

    >>> suggest("UnitCodeList", "Adet")
    ['C62']
    >>> suggest("InvoiceTypeCodeList", "SATİŞ", ["SATIS", "IADE"])
    ['SATIS']
    """
    wanted = folded(value)
    if not wanted:
        return []
    known = table("mistakes").get(list_name, {}).get(wanted)
    by_folding = _by_folding(tuple(codes))
    close = difflib.get_close_matches(wanted, by_folding, n=_MOST, cutoff=_cutoff(wanted))
    found = [known, by_folding.get(wanted), *(by_folding[name] for name in close)]
    likely = dict.fromkeys(code for code in found if code and code != value and (not codes or code in codes))
    return list(likely)[:_MOST]


def folded(text: str) -> str:
    """Capitals without accents, blanks and marks; a text of marks only stays as it is.

    >>> folded("metre küp"), folded("₺")
    ('METREKUP', '₺')
    """
    plain = unicodedata.normalize("NFKD", text.translate(_DOTLESS)).upper()
    letters = "".join(character for character in plain if character.isalnum())
    return letters or text.strip()


@cache
def _by_folding(codes: tuple[str, ...]) -> dict[str, str]:
    return {folded(code): code for code in codes}


def _cutoff(wanted: str) -> float:
    return _ALIKE_SHORT if len(wanted) <= _SHORT else _ALIKE
