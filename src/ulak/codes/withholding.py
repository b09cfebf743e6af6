"""KDV tevkifat: the part of the VAT that the buyer pays in the seller's place.

6xx codes withhold a part (e.g. 4/10 is 40 %), 8xx codes the whole VAT. The law's rate on a day is `rate`; GİB's
Schematron (`WithholdingTaxTypeWithPercent`) goes on accepting old rates, which is `accepted`.

Sources: UBL-TR Kod Listeleri V1.42, 1.9 (codes and rates in force). First days: 1 March 2021 is that of the change
no. 35 of the KDV Genel Uygulama Tebliği (Kod Listeleri V1.25), 1 May and 1 November 2022 are those of V1.28 and V1.30.

>>> get("601").rate()
Decimal('40')
>>> get("601").rate(date(2021, 2, 28))
Decimal('30')
>>> sorted(get("627").accepted)
[Decimal('40'), Decimal('50')]
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ulak.codes.law import in_force
from ulak.codes.lists import Code, code_list
from ulak.errors import Text

__all__ = ["Rate", "Withholding", "get", "withholdings"]


class Rate(NamedTuple):
    """A share of the VAT in percent, and the days on which it was the law."""

    percent: Decimal
    since: date | None
    until: date | None


class Withholding(NamedTuple):
    """One kind of withholding.

    Attributes:
        code: `cbc:TaxTypeCode` under `cac:WithholdingTaxTotal`.
        label: what is sold; the Turkish one is what `cac:TaxScheme/cbc:Name` says.
        rates: oldest first.
    """

    code: str
    label: Text
    rates: tuple[Rate, ...]

    @property
    def full(self) -> bool:
        """Whether the buyer pays the whole VAT (8xx)."""
        return self.code.startswith("8")

    @property
    def accepted(self) -> frozenset[Decimal]:
        """Every percent that GİB takes with this code, whatever the day."""
        return frozenset(rate.percent for rate in self.rates)

    def rate(self, as_of: date | None = None) -> Decimal | None:
        """The percent of the VAT that the law withholds on `as_of` (None: the newest state); None if none."""
        for rate in self.rates:
            if in_force(rate.since, rate.until, as_of):
                return rate.percent
        return None


def _of(rows: tuple[Code, ...]) -> Withholding:
    rates = tuple(Rate(Decimal(row.extra["percent"]), row.since, row.until) for row in rows)
    return Withholding(rows[-1].code, rows[-1].label, rates)


@cache
def _table() -> dict[str, Withholding]:
    codes = code_list("withholdings")
    return {code: _of(codes.history(code)) for code in dict.fromkeys(row.code for row in codes.rows)}


def withholdings(as_of: date | None = None) -> tuple[Withholding, ...]:
    """All kinds that the law knew on `as_of` (None: the newest state), in the order of their codes."""
    return tuple(each for each in _table().values() if each.rate(as_of) is not None)


def get(code: str, as_of: date | None = None) -> Withholding | None:
    """The kind of that code, or None if there was none on `as_of` (None: the newest state)."""
    found = _table().get(code)
    return found if found and found.rate(as_of) is not None else None
