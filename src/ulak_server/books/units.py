"""Units as people write them – ``kg``, ``Adet``, ``m²`` – and their codes.

A handful of what people write in Türkiye is also the code of something else in UN/ECE's list (``KG`` is a keg); what
people mean wins over codes that GİB's list does not name.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from ulak.codes import code_list
from ulak_server.folding import fold

__all__ = ["unit_of", "usual_units"]

_WRITTEN: Final = {
    "C62": "ad adet adt pcs piece parça tane",
    "KGM": "kg kilo kgr kilogr",
    "GRM": "gr g gram",
    "TNE": "ton tn",
    "LTR": "lt l litre ltr",
    "MLT": "ml",
    "MTR": "m mt metre",
    "CMT": "cm",
    "MMT": "mm",
    "KMT": "km",
    "MTK": "m2 metrekare mkare",
    "MTQ": "m3 metreküp mküp",
    "PA": "paket pkt pk",
    "BX": "kutu kt box",
    "CT": "koli karton",
    "SET": "set takım tk",
    "DZN": "düzine dz",
    "PR": "çift",
    "RO": "rulo top",
    "BG": "torba çuval poşet",
    "HUR": "saat sa hour",
    "DAY": "gün day",
    "WEE": "hafta week",
    "MON": "ay month",
    "ANN": "yıl sene year",
    "MIN": "dakika dk",
    "KWH": "kwh kw/h",
    "E48": "hizmet",
    "E51": "iş",
}
_USUAL: Final = tuple(_WRITTEN)


@cache
def _by_word() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in code_list("units"):
        for label in row.label:
            if label != row.code:
                found.setdefault(fold(label), row.code)
    for code, written in _WRITTEN.items():
        found |= {fold(one): code for one in written.split()}
    return found


def unit_of(text: str) -> str:
    """The code of a unit; empty if nobody knows it.

    >>> unit_of("Kg."), unit_of("m²"), unit_of("KWH"), unit_of("ışık yılı")
    ('KGM', 'MTK', 'KWH', '')
    """
    given = text.strip()
    if found := _by_word().get(fold(given)):
        return found
    return given.upper() if given.upper() in code_list("units") else ""


def usual_units() -> list[tuple[str, str, str]]:
    """The units that people need, the usual ones first: code, Turkish and English label."""
    rows = {row.code: row for row in code_list("units")}
    named = [code for code, row in rows.items() if row.label.tr != code and code not in _USUAL]
    return [(code, rows[code].label.tr, rows[code].label.en) for code in (*_USUAL, *named) if code in rows]
