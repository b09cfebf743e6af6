"""The modules of a QR code that carry no data: patterns, format and version information (ISO/IEC 18004, 6.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

__all__ = ["WITH_VERSION", "Place", "fixed_modules", "is_turned", "size_of"]

_MASK: Final = 3
_LEVEL_L: Final = 0b01
_FORMAT: Final = 0b10100110111
_FORMAT_MASK: Final = 0b101010000010010
"""Generator and mask of the format information (annex C)."""
_VERSION: Final = 0b1111100100101
"""Generator of the version information (annex D)."""
WITH_VERSION: Final = 7
"""The first version whose symbols say which version they are (7.10)."""
_DARK: Final = 1
Place = tuple[int, int]
"""Row and column of a module."""


def size_of(version: int) -> int:
    """Modules of a side, without the quiet zone."""
    return 17 + 4 * version


def is_turned(row: int, column: int) -> bool:
    """Whether the mask turns a module round that carries a bit (7.8.2, pattern 3)."""
    return (row + column) % 3 == 0


def fixed_modules(version: int) -> dict[Place, int]:
    """The modules that are the same in each symbol of a version; dark ones are 1."""
    size = size_of(version)
    fixed = {(6, at): 1 - at % 2 for at in range(size)} | {(at, 6): 1 - at % 2 for at in range(size)}
    for row, column in ((3, 3), (3, size - 4), (size - 4, 3)):
        fixed |= {place: value for place, value in _rings(row, column, 4) if max(place) < size and min(place) >= 0}
    for row, column in _alignments(version):
        fixed |= dict(_rings(row, column, 2))
    return fixed | dict(_format(size)) | dict(_version_information(version))


def _rings(row: int, column: int, reach: int) -> Iterator[tuple[Place, int]]:
    """Squares around a module: those at the distances 2 and 4 are light."""
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            away = max(abs(down), abs(right))
            dark = away not in (2, 4) if reach == 4 else away != 1
            yield (row + down, column + right), int(dark)


def _alignments(version: int) -> Iterator[Place]:
    """The middles of the alignment patterns (annex E)."""
    if version == 1:
        return
    count, last = version // 7 + 2, size_of(version) - 7
    # The one version for which the standard does not take the even steps that the others have.
    step = 26 if version == 32 else (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
    middles = [6, *(last - step * place for place in reversed(range(count - 1)))]
    for row in middles:
        for column in middles:
            if (row, column) not in ((6, 6), (6, last), (last, 6)):
                yield row, column


def _format(size: int) -> Iterator[tuple[Place, int]]:
    """Level and mask, twice (7.9), and the module that is always dark."""
    said = _LEVEL_L << 3 | _MASK
    bits = (said << 10 | _remainder(said << 10, _FORMAT)) ^ _FORMAT_MASK
    first = [*((at, 8) for at in range(6)), (7, 8), (8, 8), (8, 7), *((8, at) for at in range(5, -1, -1))]
    second = [*((8, size - 1 - at) for at in range(8)), *((size - 7 + at, 8) for at in range(7))]
    for places in (first, second):
        yield from ((place, bits >> at & 1) for at, place in enumerate(places))
    yield (size - 8, 8), _DARK


def _version_information(version: int) -> Iterator[tuple[Place, int]]:
    """The version, twice (7.10)."""
    if version < WITH_VERSION:
        return
    bits, from_ = version << 12 | _remainder(version << 12, _VERSION), size_of(version) - 11
    for at in range(18):
        for place in ((from_ + at % 3, at // 3), (at // 3, from_ + at % 3)):
            yield place, bits >> at & 1


def _remainder(bits: int, generator: int) -> int:
    """What is left of a polynomial over two elements."""
    while (over := bits.bit_length() - generator.bit_length()) >= 0:
        bits ^= generator << over
    return bits
