"""Exact money arithmetic: Decimal only, half-up to two decimals, no ambient decimal context.

GİB takes at most two decimals in every sum, in every currency (rule decimalCheck), so the kuruş is the unit throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

__all__ = ["ZERO", "add", "apportion", "cents", "percent_of", "product", "subtract", "total"]

# Wide enough that no product of stated values is rounded before it is rounded to kuruş.
_EXACT = Context(prec=120, rounding=ROUND_HALF_UP)
_CENT = Decimal("0.01")
ZERO = Decimal("0.00")

add = _EXACT.add
subtract = _EXACT.subtract
_multiply = _EXACT.multiply
_quantize = _EXACT.quantize


def cents(value: Decimal) -> Decimal:
    """Round half-up to two decimals.

    >>> cents(Decimal("1.005")), cents(Decimal("2"))
    (Decimal('1.01'), Decimal('2.00'))
    """
    return _quantize(value, _CENT)


def product(left: Decimal, right: Decimal) -> Decimal:
    """Multiply and round to two decimals once."""
    return _quantize(_multiply(left, right), _CENT)


def percent_of(percent: Decimal, base: Decimal) -> Decimal:
    """Take a percentage of a base and round to two decimals once.

    >>> percent_of(Decimal("18"), Decimal("9410.70"))
    Decimal('1693.93')
    """
    return _quantize(_multiply(_multiply(percent, base), _CENT), _CENT)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Add up without rounding."""
    result = ZERO
    for amount in amounts:
        result = add(result, amount)
    return result


def apportion(amount: Decimal, weights: Sequence[Decimal], ties: Sequence[object]) -> list[Decimal]:
    """Share an amount out by weight so that the shares add up to it exactly (largest remainder).

    ``ties`` holds a comparable value for each weight; the kuruş that are left go to the largest remainder, then by tie.
    Where all weights are zero the whole amount goes to the first by tie.

    >>> apportion(Decimal("1.00"), [Decimal("1.00")] * 3, "cba")
    [Decimal('0.33'), Decimal('0.33'), Decimal('0.34')]
    """
    whole = int(_multiply(amount, Decimal(100)))
    parts = [int(_multiply(weight, Decimal(100))) for weight in weights]
    size = sum(parts)
    if not size:
        parts = [int(index == _first(ties)) for index in range(len(parts))]
        size = 1
    sign = -1 if whole < 0 else 1
    divided = [divmod(abs(whole) * part, size) for part in parts]
    shares = [share for share, _ in divided]
    order = sorted(range(len(parts)), key=lambda index: (-divided[index][1], ties[index]))
    for index in order[: abs(whole) - sum(shares)]:
        shares[index] += 1
    return [_multiply(Decimal(sign * share), _CENT) for share in shares]


def _first(ties: Sequence[object]) -> int:
    return min(range(len(ties)), key=lambda index: ties[index])  # type: ignore[arg-type, return-value]
