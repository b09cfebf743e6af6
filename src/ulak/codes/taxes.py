"""Tax type codes: what each tax is called, whether it is paid on top or kept back, and whether VAT is reckoned on it.

Sources: UBL-TR Kod Listeleri V1.42, 1.9 (names, short names); Schematron 20260701 (`TaxType`); for the VAT base KDV
Kanunu 24/b (taxes, duties, shares and funds are part of the base), 6802 sayılı Kanun 34 and 39 (accommodation tax and
special communication tax are not); for the rates the texts named in `USUAL_RATES`.

>>> get("0015").short_name
'KDV GERCEK'
>>> get("0003").effect
<Effect.DEDUCTED: 'deducted'>
>>> [str(rate) for rate in get("0015").usual_rates(date(2023, 7, 9))]
['1', '8', '18']
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from ulak.codes.law import Source, in_force
from ulak.codes.lists import Code, code_list
from ulak.errors import Text

__all__ = ["USUAL_RATES", "VAT", "Effect", "Tax", "TaxKind", "UsualRates", "get", "taxes"]

VAT: Final = "0015"


class TaxKind(StrEnum):
    """The families of taxes."""

    VAT = "vat"
    VAT_WITHHOLDING = "vat_withholding"
    EXCISE = "excise"
    EXCISE_WITHHOLDING = "excise_withholding"
    INCOME_WITHHOLDING = "income_withholding"
    ACCOMMODATION = "accommodation"
    BSMV = "bsmv"
    OIV = "oiv"
    STAMP = "stamp"
    KKDF = "kkdf"
    ENERGY = "energy"
    MUNICIPAL = "municipal"
    FEE = "fee"
    FUND = "fund"
    SOCIAL_SECURITY = "social_security"


class Effect(StrEnum):
    """What a tax does to the payable amount of an invoice."""

    ADDED = "added"
    DEDUCTED = "deducted"


class Tax(NamedTuple):
    """One tax.

    Attributes:
        code: `cbc:TaxTypeCode`.
        label: its name; the Turkish one is what `cac:TaxScheme/cbc:Name` says.
        short_name: GİB's abbreviation.
        kind: its family.
        effect: on an invoice; on an e-MM every tax is deducted.
        in_vat_base: whether VAT is reckoned on it; None where it depends on whether the seller collects it in its own
            name (KDV Kanunu 24/b) or for another.
        since, until: first and last day on which it may be used.
        note: what a person should know before using it.
    """

    code: str
    label: Text
    short_name: str
    kind: TaxKind
    effect: Effect
    in_vat_base: bool | None
    since: date | None
    until: date | None
    note: Text

    def usual_rates(self, as_of: date | None = None) -> tuple[Decimal, ...]:
        """The percents that the law fixed on `as_of` (None: the newest state), lowest first; empty if it fixes none."""
        for rates in USUAL_RATES.get(self.code, ()):
            if in_force(rates.since, rates.until, as_of):
                return rates.percents
        return ()


class UsualRates(NamedTuple):
    """The percents that a text of law fixed, and the days on which they held."""

    percents: tuple[Decimal, ...]
    since: date | None
    until: date | None
    source: Source


def _rates(text: str, since: date | None, until: date | None, source: str) -> UsualRates:
    return UsualRates(tuple(Decimal(each) for each in text.split()), since, until, Source(source))


_VAT_RISE: Final = date(2023, 7, 10)

USUAL_RATES: Final[dict[str, tuple[UsualRates, ...]]] = {
    VAT: (
        _rates("1 8 18", None, date(2023, 7, 9), "2007/13033 sayılı Bakanlar Kurulu Kararı"),
        _rates("1 10 20", _VAT_RISE, None, "7346 sayılı Cumhurbaşkanı Kararı (7.7.2023)"),
    ),
    "0003": (_rates("17 20", None, None, "Gelir Vergisi Kanunu 94/2; 2009/14592 sayılı Bakanlar Kurulu Kararı"),),
    "0059": (_rates("2", date(2023, 1, 1), None, "6802 sayılı Gider Vergileri Kanunu 34"),),
    "0021": (_rates("5", None, None, "6802 sayılı Gider Vergileri Kanunu 33"),),
    "0022": (_rates("5", None, None, "6802 sayılı Gider Vergileri Kanunu 33"),),
    "4080": (_rates("10", date(2021, 1, 30), None, "3470 sayılı Cumhurbaşkanı Kararı (29.1.2021)"),),
}
"""Rates by tax code, oldest first; only where one text fixes them for the ordinary case."""

_IN_BASE: Final = {"yes": True, "no": False, "": None}


def _of(row: Code) -> Tax:
    extra = row.extra
    return Tax(
        row.code,
        row.label,
        extra["short"],
        TaxKind(extra["kind"]),
        Effect(extra["effect"]),
        _IN_BASE[extra["vat_base"]],
        row.since,
        row.until,
        row.note,
    )


@cache
def _table() -> dict[str, Tax]:
    return {row.code: _of(row) for row in code_list("taxes").rows}


def taxes(as_of: date | None = None, *, kind: TaxKind | None = None) -> tuple[Tax, ...]:
    """All taxes that may be used on `as_of` (None: the newest state), of one family or of all."""
    return tuple(tax for tax in _table().values() if in_force(tax.since, tax.until, as_of) and kind in (None, tax.kind))


def get(code: str, as_of: date | None = None) -> Tax | None:
    """The tax of that code, or None if there was none on `as_of` (None: the newest state)."""
    found = _table().get(code)
    return found if found and in_force(found.since, found.until, as_of) else None
