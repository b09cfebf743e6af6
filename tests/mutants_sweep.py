"""Every single change: of some seeds each element is changed in every simple way."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from lxml import etree

from mutants import Mutant, discard, elements
from mutants_seeds import seeds

__all__ = ["sweep"]

Element = etree._Element

SWEPT: Final = (
    "invoice-TICARIFATURA", "invoice-IHRACAT-3-lines", "invoice-YOLCUBERABERFATURA", "invoice-KAMU", "invoice-HKS",
    "invoice-ILAC_TIBBICIHAZ", "invoice-IDIS", "invoice-YATIRIMTESVIK-ISTISNA", "invoice-TEMELFATURA-IADE",
    "invoice-TEMELFATURA-TEVKIFAT", "invoice-TEMELFATURA-IHRACKAYITLI", "invoice-ENERJI-SARJ",
    "invoice-ENERJI-SARJANLIK", "invoice-EARSIVFATURA-TEKNOLOJIDESTEK", "invoice-foreign-currency", "response-KABUL",
    "response-S_APR", "response-IHRACAT", "despatch-HKSIRSALIYE", "despatch-IDISIRSALIYE", "despatch-MATBUDAN",
    "receipt", "credit-note",
    "envelope-receipt", "envelope-Process-usergb", "envelope-Cancel-usergb", "envelope-Process-3", "envelope-Cancel-3",
)  # fmt: skip
"""Seeds of which every element is changed in every simple way."""


def sweep() -> Iterator[Mutant]:
    """One change each: every element gone, twice, emptied, every value and attribute spoilt."""
    for name in SWEPT:
        root = etree.fromstring(seeds()[name])
        for index in range(1, len(elements(root))):
            for change in _SPOILS:
                copy = deepcopy(root)
                if change(elements(copy)[index]):
                    yield Mutant(f"{name}: {change.__name__} {index}", etree.tostring(copy, encoding="UTF-8"))


def _gone(element: Element) -> bool:
    discard(element)
    return True


def _twice(element: Element) -> bool:
    element.addnext(deepcopy(element))
    return True


def _emptied(element: Element) -> bool:
    for child in list(element):
        element.remove(child)
    element.text = None
    return True


def _spoilt(element: Element) -> bool:
    element.text = f"{element.text or ''}x"
    return not len(element)


def _misattributed(element: Element) -> bool:
    for name in element.keys():  # noqa: SIM118 -- an element is no dict
        element.set(name, "x")
    return bool(element.attrib)


_SPOILS: Final = (_gone, _twice, _emptied, _spoilt, _misattributed)
