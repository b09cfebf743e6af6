"""Tax numbers of synthetic taxpayers: every index has one of its own, and every one leads back to its index."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from hashlib import sha256
from math import gcd
from typing import Final

__all__ = ["PERSON_EVERY", "RESERVED", "Numbers", "tckn_of", "vkn_of"]

RESERVED: Final = (
    *("3900383669", "1460415308", "3900892152"),  # GİB, the customs authority, the tax-free service
    *("8642031054", "4812530769", "7359021640"),  # the test PKI's integrator and sellers
    *("1111111111", "2222222222", "9999999999"),  # fillers of samples and of sales to strangers
)
"""VKNs that belong to somebody; no synthetic taxpayer gets one that begins with the same nine digits."""
PERSON_EVERY: Final = 5
"""One in so many taxpayers is a person with a TCKN."""
_PERSON: Final = 3
"""Where in each row of so many the person stands."""
_FREE_DIGITS: Final = 9
_VKNS: Final = 10**_FREE_DIGITS
_LOWEST_TCKN: Final = 10 ** (_FREE_DIGITS - 1)
_TCKNS: Final = 9 * _LOWEST_TCKN


def _vkn_part(position: int, digit: int) -> int:
    shifted = (digit + 9 - position) % 10
    return shifted * 2 ** (9 - position) % 9 or (9 if shifted else 0)


_VKN_PARTS: Final = tuple(
    {str(digit): _vkn_part(position, digit) for digit in range(10)} for position in range(_FREE_DIGITS)
)


def vkn_of(prefix: int) -> str:
    """The VKN that begins with a number of nine digits.

    >>> vkn_of(390038366)
    '3900383669'
    """
    digits = f"{prefix:09}"
    total = sum([part[digit] for part, digit in zip(_VKN_PARTS, digits, strict=True)])
    return f"{digits}{-total % 10}"


def tckn_of(prefix: int) -> str:
    """The TCKN that begins with a number of nine digits, the first of them not 0.

    >>> tckn_of(100000001)
    '10000000146'
    """
    digits = [int(digit) for digit in f"{prefix}"]
    odd, even = sum(digits[::2]), sum(digits[1::2])
    tenth = (odd * 7 - even) % 10
    return f"{prefix}{tenth}{(odd + even + tenth) % 10}"


class Numbers:
    """A bijection between indices and tax numbers, chosen by a seed."""

    def __init__(self, seed: int, reserved: Iterable[str] = RESERVED) -> None:
        taken = sorted({int(number[:_FREE_DIGITS]) for number in reserved})
        self._taken = taken
        # How many free prefixes lie below each reserved one: a free prefix of that rank or above comes after it.
        self._below = [prefix - at for at, prefix in enumerate(taken)]
        self._vkns = _Shuffle(_VKNS - len(taken), f"vkn {seed}")
        self._tckns = _Shuffle(_TCKNS, f"tckn {seed}")

    def number(self, index: int) -> str:
        """The VKN or TCKN of a taxpayer."""
        block, place = divmod(index, PERSON_EVERY)
        if place == _PERSON:
            return tckn_of(_LOWEST_TCKN + self._tckns.there(block))
        rank = self._vkns.there(block * (PERSON_EVERY - 1) + place - (place > _PERSON))
        return vkn_of(rank + bisect_right(self._below, rank))

    @staticmethod
    def is_person(index: int) -> bool:
        """Whether a taxpayer has a TCKN."""
        return index % PERSON_EVERY == _PERSON

    def index(self, number: str) -> int | None:
        """The taxpayer with that number, however many there are; None for one that is not valid, or is reserved."""
        if not (number.isascii() and number.isdecimal()):
            return None
        prefix = int(number[:_FREE_DIGITS])
        if len(number) == _FREE_DIGITS + 1 and prefix not in self._taken and vkn_of(prefix) == number:
            rank = prefix - bisect_right(self._taken, prefix)
            block, place = divmod(self._vkns.back(rank), PERSON_EVERY - 1)
            return block * PERSON_EVERY + place + (place >= _PERSON)
        if len(number) == _FREE_DIGITS + 2 and prefix >= _LOWEST_TCKN and tckn_of(prefix) == number:
            return self._tckns.back(prefix - _LOWEST_TCKN) * PERSON_EVERY + _PERSON
        return None


class _Shuffle:
    """A permutation of the numbers below a size: multiplied by what has no divisor in common with it, and shifted."""

    def __init__(self, size: int, name: str) -> None:
        drawn = int.from_bytes(sha256(name.encode()).digest())
        self._size = size
        self._shift = drawn % size
        factor = size // 4 + (drawn >> 128) % (size // 2)
        while gcd(factor, size) != 1:
            factor += 1
        self._factor, self._inverse = factor, pow(factor, -1, size)

    def there(self, place: int) -> int:
        return (place * self._factor + self._shift) % self._size

    def back(self, place: int) -> int:
        return (place - self._shift) * self._inverse % self._size
