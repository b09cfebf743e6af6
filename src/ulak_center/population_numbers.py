"""Tax numbers of synthetic taxpayers: every index has one of its own, and every one leads back to its index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from math import gcd
from typing import Final

__all__ = ["PERSON_EVERY", "RESERVED", "Numbers", "tckn_of", "vkn_of"]

RESERVED: Final = (
    *("3900383669", "1460415308", "3900892152", "7750409379"),  # GİB, customs, GİB for passengers' invoices, SGK
    *("8642031054", "4812530769", "7359021640", "2601488399", "9183746505"),  # the firms of the test PKI
    *("41538629042", "50721483392", "29864107502"),  # its persons
    "5610247301",  # the user of the center's own portal
    *("1111111111", "2222222222", "9999999999", "11111111111"),  # fillers of samples and of sales to strangers
)
"""Numbers that belong to somebody; no synthetic taxpayer gets one that begins with the same nine digits."""
PERSON_EVERY: Final = 5
"""One in so many taxpayers is a person with a TCKN."""
_PERSON: Final = 3
"""Where in each row of so many the person stands."""
_FREE_DIGITS: Final = 9
_VKNS: Final = 10**_FREE_DIGITS
_LOWEST_TCKN: Final = 10 ** (_FREE_DIGITS - 1)
_VKN_DIGITS: Final = _FREE_DIGITS + 1
_TCKN_DIGITS: Final = _FREE_DIGITS + 2


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

    def __init__(self, seed: int, reserved: Sequence[str] = RESERVED) -> None:
        taken = {len(number): [int(n[:_FREE_DIGITS]) for n in reserved if len(n) == len(number)] for number in reserved}
        self._vkns = _Prefixes(range(_VKNS), taken.get(_VKN_DIGITS, ()), f"vkn {seed}")
        self._tckns = _Prefixes(range(_LOWEST_TCKN, _VKNS), taken.get(_TCKN_DIGITS, ()), f"tckn {seed}")

    def number(self, index: int) -> str:
        """The VKN or TCKN of a taxpayer."""
        row, place = divmod(index, PERSON_EVERY)
        if place == _PERSON:
            return tckn_of(self._tckns.there(row))
        return vkn_of(self._vkns.there(row * (PERSON_EVERY - 1) + place - (place > _PERSON)))

    @staticmethod
    def is_person(index: int) -> bool:
        """Whether a taxpayer has a TCKN."""
        return index % PERSON_EVERY == _PERSON

    def index(self, number: str) -> int | None:
        """The taxpayer with that number, however many there are; None for one that is not valid, or is reserved."""
        if not (number.isascii() and number.isdecimal()):
            return None
        prefix = int(number[:_FREE_DIGITS])
        if prefix in self._vkns and number == vkn_of(prefix):
            row, place = divmod(self._vkns.back(prefix), PERSON_EVERY - 1)
            return row * PERSON_EVERY + place + (place >= _PERSON)
        if prefix in self._tckns and number == tckn_of(prefix):
            return self._tckns.back(prefix) * PERSON_EVERY + _PERSON
        return None


class _Prefixes:
    """The first nine digits of numbers that belong to nobody, in an order that a name chooses.

    A place that would get a taken prefix gets one from beyond the last place instead, so that one more taken prefix
    changes the number of hardly anybody.
    """

    def __init__(self, range_: range, taken: Iterable[int], name: str) -> None:
        self._range, self._taken = range_, frozenset(taken)
        self._shuffle = _Shuffle(len(range_), name)
        places = len(range_) - len(self._taken)
        lost = [place for prefix in self._taken if (place := self._shuffle.back(prefix - range_.start)) < places]
        beyond = [range_.start + self._shuffle.there(place) for place in range(places, len(range_))]
        spare = [prefix for prefix in beyond if prefix not in self._taken]
        self._instead = dict(zip(sorted(lost), spare, strict=True))
        self._place = {prefix: place for place, prefix in self._instead.items()}

    def __contains__(self, prefix: int) -> bool:
        return prefix in self._range and prefix not in self._taken

    def there(self, place: int) -> int:
        if place in self._instead:
            return self._instead[place]
        return self._range.start + self._shuffle.there(place)

    def back(self, prefix: int) -> int:
        if prefix in self._place:
            return self._place[prefix]
        return self._shuffle.back(prefix - self._range.start)


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
