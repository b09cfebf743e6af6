"""What ISO/IEC 18004 fixes about a QR code (Model 2) of error correction level L: its blocks, and where its bits lie.

The tables of the standard are written down where there is no formula for them; the rest is worked out once for each of
the forty versions (sizes) that is met.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from ulak.render.qr_patterns import WITH_VERSION, Place, fixed_modules, is_turned, size_of

__all__ = ["QUIET", "REACH", "VERSIONS", "Symbol", "bits_of", "checks_of", "raster_bytes", "symbol", "version_for"]


def _numbers(written: str) -> tuple[int, ...]:
    return tuple(map(int, written.split()))


VERSIONS: Final = 40
QUIET: Final = 4
"""Modules of light around a symbol (9.1)."""
_CHECKS: Final = _numbers(
    "7 10 15 20 26 18 20 24 30 18 20 24 26 30 22 24 28 30 28 28"
    " 28 28 30 30 26 28 30 30 30 30 30 30 30 30 30 30 30 30 30 30"
)
"""Error correction codewords of each block at level L, from version 1 on (table 9)."""
_BLOCKS: Final = _numbers(
    "1 1 1 1 1 2 2 2 2 4 4 4 4 4 6 6 6 6 7 8 8 9 9 10 12 12 12 13 14 15 16 17 18 19 19 20 21 22 24 25"
)
"""Blocks at level L, from version 1 on (table 9)."""
_FIELD: Final = 0x11D
"""x^8 + x^4 + x^3 + x^2 + 1, by which codewords are multiplied (7.5.2)."""
_LONG_COUNT: Final = 10
"""The version from which on the length of the text takes sixteen bits and not eight (table 3)."""
REACH: Final = 256
"""Values that one ``bytes.translate`` chooses from."""
_ROWS: Final = 120
"""Rows of two columns, so that their bits lie within that reach."""
_NO_FILTER: Final = 8
"""Bits before each row of a PNG: its filter type, 0."""


class Block(NamedTuple):
    """A block of data codewords, and where they are placed: the first ones of all blocks, the second ones, and so on.

    Attributes:
        whole, most, last: the block among the data; what the shortest block has; what it has beyond that.
        spread, tail: where ``most`` and ``last`` are placed.
    """

    whole: slice
    most: slice
    last: slice
    spread: slice
    tail: slice


class Piece(NamedTuple):
    """Some rows of a column: for each module which bit from ``first`` on it is; modules without a bit name any."""

    first: int
    where: bytes


class Stretch(NamedTuple):
    """Some rows of two columns: for each bit, in the order of bits, which of their modules it is, left column first."""

    left: slice
    right: slice
    where: bytes


class Symbol(NamedTuple):
    """A version, ready for drawing. Rasters are rows of a PNG as one number: filter byte, modules, bits up to a byte.

    Attributes:
        size: modules of a side, without the quiet zone.
        data: data codewords.
        blocks: into which they are divided.
        checks: error correction codewords of a block.
        count_bits: of the length of the text.
        pieces: what the modules are, column by column.
        rows: where the modules of each row are among them.
        columns: where the modules of each column are among a raster's bits.
        stretches: what the bits are, by the modules column by column.
        between: bits between two rows.
        below: bits behind the last row.
        stride: bytes of a raster's row, the filter byte among them.
        free: raster of the modules that carry bits.
        base: raster of all others, and of the mask; light modules are 1 as in a PNG.
    """

    size: int
    data: int
    blocks: tuple[Block, ...]
    checks: int
    count_bits: int
    pieces: tuple[Piece, ...]
    rows: tuple[slice, ...]
    columns: tuple[slice, ...]
    stretches: tuple[Stretch, ...]
    between: bytes
    below: int
    stride: int
    free: int
    base: int


def version_for(length: int) -> int:
    """The smallest version that holds so many bytes of text; 41 if none does."""
    return bisect_left(_TEXTS, length) + 1


@lru_cache(maxsize=VERSIONS)
def symbol(version: int) -> Symbol:
    """What is to be known of a version from 1 to 40."""
    size, blocks, checks = size_of(version), _BLOCKS[version - 1], _CHECKS[version - 1]
    data, fixed = _codewords(version) - blocks * checks, fixed_modules(version)
    order, stride = _order(size, fixed), _stride(size)
    light = dict.fromkeys(_around(size), 1) | {place: 1 - value for place, value in fixed.items()}
    # A bit of 1 is dark, and a PNG's pixel of 1 is light: what the mask leaves as it is, is turned round.
    masked = {(row, column): int(not is_turned(row, column)) for row, column in order}
    return Symbol(
        size=size,
        data=data,
        blocks=tuple(_blocks(data, blocks)),
        checks=checks,
        count_bits=_count_bits(version),
        pieces=tuple(_pieces(size, order)),
        rows=tuple(slice(row, None, size) for row in range(size)),
        columns=tuple(_columns(size, stride * 8)),
        stretches=tuple(_stretches(size, order)),
        between=(stride * 8 - size) * b"0",
        below=stride * 8 * QUIET + stride * 8 - _NO_FILTER - QUIET - size,
        stride=stride,
        free=_raster(dict.fromkeys(order, 1), size, stride),
        base=_raster(light | masked, size, stride),
    )


def raster_bytes(version: int) -> int:
    """The length of a version's raster."""
    size = size_of(version)
    return _stride(size) * (size + 2 * QUIET)


@lru_cache(maxsize=8)
def checks_of(count: int) -> tuple[int, ...]:
    """For each value of a codeword what it adds to so many error correction codewords, as one number (7.5.2)."""
    powers = [1]
    for _ in range(254):
        powers.append(powers[-1] << 1 ^ (_FIELD if powers[-1] & 0x80 else 0))
    logs = {value: power for power, value in enumerate(powers)}

    def product(one: int, other: int) -> int:
        return powers[(logs[one] + logs[other]) % 255] if one and other else 0

    generator = [1]
    for power in range(count):
        shifted = (0, *(product(each, powers[power]) for each in generator))
        generator = [one ^ other for one, other in zip((*generator, 0), shifted, strict=True)]
    return tuple(
        int.from_bytes(bytes(product(value, factor) for factor in generator[1:]), "big") for value in range(256)
    )


def bits_of(number: int, length: int) -> bytes:
    """The bits of so many bytes as the characters 0 and 1."""
    return bin(1 << 8 * length | number)[3:].encode()


def _stride(size: int) -> int:
    return (_NO_FILTER + size + 2 * QUIET + 7) // 8


def _codewords(version: int) -> int:
    """All codewords that fit the modules which nothing else takes (table 1)."""
    modules = (16 * version + 128) * version + 64
    if version > 1:
        beside = version // 7 + 2
        modules -= (25 * beside - 10) * beside - 55
    return (modules - (36 if version >= WITH_VERSION else 0)) // 8


def _count_bits(version: int) -> int:
    return 16 if version >= _LONG_COUNT else 8


def _text(version: int) -> int:
    """Bytes of text: what the mode and the length leave (table 7)."""
    data = _codewords(version) - _BLOCKS[version - 1] * _CHECKS[version - 1]
    return (data * 8 - 4 - _count_bits(version)) // 8


def _around(size: int) -> Iterator[Place]:
    """The quiet zone."""
    inside, all_ = range(size), range(-QUIET, size + QUIET)
    return ((row, column) for row in all_ for column in all_ if row not in inside or column not in inside)


def _blocks(data: int, count: int) -> Iterator[Block]:
    """Blocks differ by one codeword at most; the longer ones come last (7.5.1)."""
    short, shorter = data // count, count - data % count
    for place in range(count):
        start, tail = place * short + max(0, place - shorter), short * count + place - shorter
        middle, end = start + short, start + short + (place >= shorter)
        yield Block(
            whole=slice(start, end),
            most=slice(start, middle),
            last=slice(middle, end),
            spread=slice(place, short * count, count),
            tail=slice(tail, tail + 1) if place >= shorter else slice(0, 0),
        )


def _order(size: int, fixed: dict[Place, int]) -> dict[Place, int]:
    """Which bit each module carries: two columns at a time from the right, upwards and downwards by turns (7.7.3)."""
    order: dict[Place, int] = {}
    for right in _rights(size):
        upwards = (right + 1) & 2 == 0
        for step in range(size):
            row = size - 1 - step if upwards else step
            for place in ((row, right), (row, right - 1)):
                if place not in fixed:
                    order[place] = len(order)
    return order


def _pieces(size: int, order: dict[Place, int]) -> Iterator[Piece]:
    for column in range(size):
        for rows in _parts(size):
            places = [(row, column) for row in rows]
            first = min((order[place] for place in places if place in order), default=0)
            yield Piece(first, bytes(order.get(place, first) - first for place in places))


def _stretches(size: int, order: dict[Place, int]) -> Iterator[Stretch]:
    for right in _rights(size):
        upwards = (right + 1) & 2 == 0
        for rows in sorted(_parts(size), key=lambda part: part.start, reverse=upwards):
            places = [*((row, right - 1) for row in rows), *((row, right) for row in rows)]
            carrying = sorted((order[place], at) for at, place in enumerate(places) if place in order)
            left, other = (
                slice(size * column + rows.start, size * column + rows.stop) for column in (right - 1, right)
            )
            yield Stretch(left, other, bytes(at for _, at in carrying))


def _columns(size: int, width: int) -> Iterator[slice]:
    for first in range(QUIET * width + _NO_FILTER + QUIET, QUIET * width + _NO_FILTER + QUIET + size):
        yield slice(first, first + width * size, width)


def _parts(size: int) -> list[range]:
    return [range(top, min(top + _ROWS, size)) for top in range(0, size, _ROWS)]


def _rights(size: int) -> Iterator[int]:
    """The right columns of the pairs; the column of the timing pattern is in none."""
    return iter([*range(size - 1, 6, -2), *range(5, 0, -2)])


def _raster(values: dict[Place, int], size: int, stride: int) -> int:
    """Modules as a number."""
    rows = bytearray(stride * 8 * (size + 2 * QUIET))
    for (row, column), value in values.items():
        rows[(row + QUIET) * stride * 8 + _NO_FILTER + column + QUIET] = value
    return int(rows.translate(bytes((48, 49)) + bytes(254)), 2)


_TEXTS: Final = tuple(_text(version) for version in range(1, VERSIONS + 1))
