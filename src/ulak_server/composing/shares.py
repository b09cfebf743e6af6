"""What is left of a fee, and the fee of which so much is left: the two ways in which self-employed people name a price.

>>> row = {"fee": "1000", "income_withholding": "20", "vat": "20"}
>>> share(row, "net", date(2026, 11, 23)), share(row, "collected", date(2026, 11, 23))
(Decimal('800.00'), Decimal('1000.00'))
>>> fee_of(row, "net", Decimal("1000"), date(2026, 11, 23))
Decimal('1250.00')
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

import msgspec

from ulak.ubl.totals.money import cents, percent_of
from ulak_server.composing import typed
from ulak_server.composing.choices import withholding_choice

__all__ = ["SHARES", "fee_of", "share"]

SHARES: Final = ("net", "collected")
"""Fee less income tax; and that with the VAT that the client does not withhold."""
_ZERO: Final = Decimal(0)
_HUNDRED: Final = Decimal(100)
_CENT: Final = Decimal("0.01")
_NEAR: Final = 3
"""Kuruş around the quotient among which the fee lies: three amounts are rounded on the way."""


class _Rates(NamedTuple):
    income: Decimal
    vat: Decimal
    withheld: Decimal

    def left(self, fee: Decimal, name: str) -> Decimal:
        net = fee - percent_of(self.income, fee)
        if name == "net":
            return net
        vat = percent_of(self.vat, fee)
        return net + vat - percent_of(self.withheld, vat)

    def part(self, name: str) -> Decimal:
        """Of a fee of 1, what is left before anything is rounded."""
        net = 1 - self.income / _HUNDRED
        return net if name == "net" else net + self.vat / _HUNDRED * (1 - self.withheld / _HUNDRED)


def share(row: Mapping[str, Any], name: str, day: date) -> Decimal | None:
    """What is left of a line's fee; None as long as it has none.

    Args:
        name: one of `SHARES`.
        day: of issue, which decides the rate of a withholding.
    """
    fee = _number(row.get("fee"))
    return None if fee is None else _rates(row, day).left(cents(fee), name)


def fee_of(row: Mapping[str, Any], name: str, wanted: Decimal, day: date) -> Decimal | None:
    """The fee of which so much is left, to the kuruş; where no fee leaves just that, the one that comes nearest.

    None if nothing is ever left, as with an income tax of 100 %.
    """
    rates = _rates(row, day)
    part = rates.part(name)
    if part <= 0:
        return None
    about = cents(wanted / part)
    near = [about + step * _CENT for step in range(-_NEAR, _NEAR + 1) if about + step * _CENT >= 0]
    return min(near or [about], key=lambda fee: (abs(rates.left(fee, name) - wanted), fee))


def _rates(row: Mapping[str, Any], day: date) -> _Rates:
    code = row.get("withholding")
    found = withholding_choice(code, day) if isinstance(code, str) and code else None
    return _Rates(
        _number(row.get("income_withholding")) or _ZERO,
        _number(row.get("vat")) or _ZERO,
        (found.percent if found else None) or _ZERO,
    )


def _number(value: Any) -> Decimal | None:
    try:
        return msgspec.convert(value, Decimal) if value is not None and not typed.is_kept(value) else None
    except msgspec.ValidationError:
        return None
