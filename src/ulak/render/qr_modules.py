"""From the data of a symbol to its modules (ISO/IEC 18004, 7.5 to 7.7): by the standard's steps, or from like data.

All of it is linear over GF(2): error correction codewords are remainders of polynomials, and placing only moves bits.
So what a change of the data changes in the modules is the XOR of what the change of each codeword does by itself.
Karekods of one taxpayer and length differ in some sixty (number, ETTN, sums): as many XORs take a fifth of the
standard's steps.
"""

from __future__ import annotations

from functools import reduce
from itertools import compress
from operator import getitem, itemgetter, xor
from typing import Final, NamedTuple

from ulak.render.qr_symbols import REACH, Symbol, bits_of, checks_of

__all__ = ["Modules", "modules_of"]

_MOST: Final = 160
"""Codewords that may differ; beyond that the data are not like each other."""
_PATIENCE: Final = 64
"""Symbols that are drawn by steps before any likeness is learned: who draws few has no use for it."""
_LENGTHS: Final = 64
_ROOM: Final = 4 * 1024 * 1024
"""About the bytes that are remembered; what differs between one taxpayer's karekods of a version takes two millions."""
_IN_VAIN: Final = 16 * 1024
"""Symbols that had to be drawn by steps for want of room, after which all is forgotten."""


def modules_of(one: Symbol, data: bytes) -> int:
    """The modules that carry bits, as a raster (`ulak.render.qr_symbols.Symbol`); dark ones are 1, before the mask."""
    codewords = _codewords(one, data)
    bits = bits_of(int.from_bytes(codewords, "big"), len(codewords)) + b"0" * REACH
    columns = b"".join([where.translate(bits[first : first + REACH]) for first, where in one.pieces])
    return int(one.between.join(itemgetter(*one.rows)(columns)), 2) << one.below & one.free


def _codewords(one: Symbol, data: bytes) -> bytes:
    """Data and error correction codewords in the order in which they are placed (7.6)."""
    table, most = checks_of(one.checks), 8 * (one.checks - 1)
    below, placed, checks = (1 << most) - 1, bytearray(one.data), bytearray(len(one.blocks) * one.checks)
    for place, block in enumerate(one.blocks):
        rest = 0
        for codeword in data[block.whole]:
            rest = (rest & below) << 8 ^ table[codeword ^ rest >> most]
        placed[block.spread], placed[block.tail] = data[block.most], data[block.last]
        checks[place :: len(one.blocks)] = rest.to_bytes(one.checks, "big")
    return bytes(placed + checks)


class Modules:
    """Draws symbols, and learns meanwhile what changes of their data change in them.

    What it gives is `modules_of`, whatever came before. A symbol from which others are drawn was drawn by the
    standard's steps itself, so that nothing adds up.

    Args:
        patience: symbols that are drawn by steps first.
    """

    def __init__(self, patience: int = _PATIENCE) -> None:
        self._patience = patience
        self._before: dict[int, _Drawn] = {}
        self._changes: dict[int, list[_Changes]] = {}
        self._room = _ROOM

    def of(self, one: Symbol, data: bytes, length: int) -> int:
        """The modules of the data.

        Args:
            length: of the text; data of one length are like each other, if any are.
        """
        said, before = int.from_bytes(data, "big"), self._before.get(length)
        if before is not None and self._patience <= 0:
            try:
                if (made := self._from(before, one, said)) is not None:
                    return made
            except _NoRoom:
                self._forget_at_last()
        self._patience -= 1
        made = modules_of(one, data)
        if len(self._before) >= _LENGTHS:
            self._before.clear()
        self._before[length] = _Drawn(said, made)
        return made

    def take_room(self, one: Symbol) -> None:
        """For one more change that is to be remembered."""
        if self._room <= 0:
            raise _NoRoom
        self._room -= one.stride * one.size

    def _from(self, before: _Drawn, one: Symbol, said: int) -> int | None:
        differing = (said ^ before.data).to_bytes(one.data, "big")
        changes = differing.translate(None, b"\0")
        if len(changes) > _MOST:
            return None
        learned = self._changes.get(one.size)
        if learned is None:
            learned = self._changes[one.size] = [_Changes(self, one, place) for place in range(one.data)]
        return reduce(xor, map(getitem, compress(learned, differing), changes), before.modules)

    def _forget_at_last(self) -> None:
        """What was learned may be of data as they come no more."""
        self._room -= 1
        if self._room <= -_IN_VAIN:
            self._changes.clear()
            self._room = _ROOM


class _Drawn(NamedTuple):
    data: int
    modules: int


class _NoRoom(Exception):
    """As much was learned as is to be remembered."""


class _Changes(dict[int, int]):
    """What a change of one codeword of the data changes in the modules, by the bits that are turned round."""

    __slots__ = ("_by", "_one", "_place")

    def __init__(self, by: Modules, one: Symbol, place: int) -> None:
        self._by, self._one, self._place = by, one, place

    def __missing__(self, bits: int) -> int:
        self._by.take_room(self._one)
        lowest = bits & -bits
        self[bits] = made = self[lowest] ^ self[bits ^ lowest] if bits != lowest else self._alone(bits)
        return made

    def _alone(self, bit: int) -> int:
        data = bytearray(self._one.data)
        data[self._place] = bit
        return modules_of(self._one, bytes(data))
