"""The values that GİB's report schemas enumerate: of the package 1.1_6, or of whichever pack is in force."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final, NamedTuple

from lxml import etree

from ulak.codes.lists import code_list
from ulak.errors import UlakError
from ulak.reports.streaming import ROOT_TAG
from ulak.reports.values import Product
from ulak.rules.pack import Pack
from ulak.rules.store import PackStore

__all__ = ["Words", "usual_words", "words_at", "words_of"]

_XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_TYPES: Final = (
    "SATIS IADE TEVKIFAT TEVKIFATIADE ISTISNA OZELMATRAH IHRACKAYITLI SGK KOMISYONCU HKSSATIS HKSKOMISYONCU SARJ "
    "SARJANLIK TEKNOLOJIDESTEK KONAKLAMAVERGISI YTBSATIS YTBISTISNA YTBIADE"
)
_BOTH: Final = (
    "0003 0011 0015 0021 0061 0071 0073 0074 0075 0076 0077 1047 1048 4080 4081 4171 9015 9021 9077 8001 8002 4071 "
    "8004 8005 8006 8007 8008 9040 9064"
)
_GONE: Final = frozenset({"EEK", "GWP"})
"""Currencies that ended; GİB's list of codes has them, the schemas of reports do not."""
_TAXES: Final = {Product.EARSIV: f"{_BOTH} 0022 0059 9944 SGK_PRIM", Product.EGIDER: _BOTH}


class Words(NamedTuple):
    """What a schema lets stand.

    Attributes:
        types: of invoices (faturaTip).
        taxes: codes of taxes (vergiKodu).
        currencies: codes of currencies (paraBirimi).
    """

    types: frozenset[str]
    taxes: frozenset[str]
    currencies: frozenset[str]


@cache
def usual_words(product: Product) -> Words:
    """Those of e-Arşiv package 1.1_6 and e-Gider Pusulası package 1.0; currencies are those of GİB's code list."""
    currencies = frozenset(each.code for each in code_list("currencies")) - _GONE
    return Words(frozenset(_TYPES.split()), frozenset(_TAXES[product].split()), currencies)


def words_at(store: PackStore, product: Product, day: date) -> Words:
    """Those of the pack in force on a day; the usual ones where no pack of this product is at hand."""
    try:
        return words_of(store.choose(product.value, day).pack)
    except (UlakError, KeyError):
        return usual_words(product)


@cache
def words_of(pack: Pack) -> Words:
    """Those of a pack's own schema of reports."""
    schema = pack.schemas.xsds[pack.schemas.declarations[ROOT_TAG][0]]
    found = {each.get("name", ""): _enumerated(each) for each in schema.tree.iterchildren(f"{_XS}simpleType")}
    return Words(*(found.get(name, frozenset()) for name in ("faturaTipEnum", "vergiKodEnum", "currencyCode")))


def _enumerated(simple: etree._Element) -> frozenset[str]:
    return frozenset(each.get("value", "") for each in simple.iter(f"{_XS}enumeration"))
