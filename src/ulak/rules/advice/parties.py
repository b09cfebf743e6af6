"""Check digits of tax and citizen numbers, which GİB's rules do not look at.

A wrong warning is worse than none: numbers that stand for "not known" are tolerated for those who buy.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from lxml import etree

from ulak.codes.identifiers import tckn, vkn
from ulak.rules.advice.head import Head
from ulak.rules.advice.model import Advice
from ulak.rules.advice.names import PREFIXES, cac, cbc
from ulak.rules.advice.reading import text_of
from ulak.rules.advice.table import RULES

__all__ = ["advise_parties"]

_VKN: Final = RULES["advice.vkn-check-digit"]
_TCKN: Final = RULES["advice.tckn-check-digit"]
_IDENTIFICATION: Final = cac("PartyIdentification")
_ITEM_IDENTIFICATION: Final = cac("AdditionalItemIdentification")
_NATIONALITY: Final = cbc("NationalityID")
_DRIVER: Final = cac("DriverPerson")
_ID: Final = cbc("ID")
_NUMBERS: Final = etree.XPath(
    "//cac:PartyIdentification/cbc:ID/text()",
    namespaces=PREFIXES,
    smart_strings=False,
)
_SCHEMES: Final = frozenset({"VKN", "TCKN", "ARACIKURUMVKN", "MALSAHIBIVKNTCKN"})
_VKN_LENGTH: Final = 10
_TCKN_LENGTH: Final = 11

_STAND_INS: Final = frozenset({"11111111111", "22222222222", "2222222222"})
"""A consumer who gives no number, and a buyer abroad, in e-Arşiv practice; the guides are silent."""
_BUYERS: Final = frozenset({cac("AccountingCustomerParty"), cac("BuyerCustomerParty"), cac("DeliveryCustomerParty")})


def advise_parties(head: Head) -> Iterator[Advice]:
    """Every number whose check digits do not fit, once for each number."""
    numbers: list[str] = _NUMBERS(head.root)  # type: ignore[assignment]
    if head.name == "Invoice" and not head.is_market and head.is_bare and all(map(_is_right, numbers)):
        return
    seen: set[str] = set()
    for node in head.root.iter(_IDENTIFICATION, _ITEM_IDENTIFICATION, _DRIVER):
        stated = next(node.iterchildren(_NATIONALITY if node.tag == _DRIVER else _ID), None)
        if stated is None or _is_right(stated.text or ""):
            continue
        value = text_of(stated)
        if value not in seen and _is_meant(stated, value):
            seen.add(value)
            yield (_VKN if len(value) == _VKN_LENGTH else _TCKN).found(stated, value)


@lru_cache(maxsize=65536)
def _is_right(value: str) -> bool:
    """Whether nothing can be wrong with a value: it is no number of either kind, or its check digits fit."""
    value = value.strip()
    if not value.isdecimal() or not value.isascii():
        return True
    if len(value) == _VKN_LENGTH:
        return vkn.is_valid(value)
    return len(value) != _TCKN_LENGTH or tckn.is_valid(value)


def _is_meant(stated: etree._Element, value: str) -> bool:
    """Whether the value claims to be a VKN or TCKN, and is not one of the agreed stand-ins."""
    scheme = stated.get("schemeID")
    if stated.tag == _NATIONALITY:
        return len(value) == _TCKN_LENGTH and scheme in (None, "", "TCKN")
    if scheme not in _SCHEMES:
        return False
    return value not in _STAND_INS or not any(above.tag in _BUYERS for above in stated.iterancestors())
