"""Bodies made small: zstd with a dictionary of what bodies of their topic have in common."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final, Generic, TypeVar

import zstandard

__all__ = ["Squeezer"]

T = TypeVar("T")

_FINAL_LEVEL: Final = 9
"""12 KB to 640 bytes in 0.04 ms; level 12 takes twice that for 10 bytes less, level 19 thirty times (bench/archive)."""
_PASSING_LEVEL: Final = 3
_SMALL: Final = 1 << 17
"""Bytes of dictionary and body that the parameters of an ordinary body reach."""
_SPARE: Final = 4
"""Compressors of one kind that are kept while nobody uses them; for long bodies one, of tens of megabytes."""


class _Pool(Generic[T]):
    """Things that one thread at a time may use: a spare one is lent, or a new one is made."""

    def __init__(self, make: Callable[[], T], spare: int) -> None:
        self._make = make
        self._spare: deque[T] = deque(maxlen=spare)

    def take(self) -> T:
        try:
            return self._spare.pop()
        except IndexError:
            return self._make()

    def give_back(self, lent: T) -> None:
        """Let others have it; one that failed stays away: nobody knows what it holds."""
        self._spare.append(lent)


class Squeezer:
    """Compresses and expands with one dictionary, for any number of threads.

    Args:
        dictionary: as zstd trains it, with documents behind it or without; or documents alone; or nothing.
    """

    def __init__(self, dictionary: bytes = b"") -> None:
        self._bytes = dictionary
        self._dictionary = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        # zstandard releases the GIL; two threads within one compressor end the process, or spoil what they make.
        self._compressors: dict[tuple[int, int], _Pool[zstandard.ZstdCompressor]] = {}
        self._decompressors = _Pool(lambda: zstandard.ZstdDecompressor(dict_data=self._dictionary), _SPARE)

    def squeeze(self, data: bytes, *, is_final: bool = True) -> bytes:
        """The data, compressed: well, if they are kept for years, else quickly."""
        reach = _reach(len(self._bytes) + len(data))
        level = _FINAL_LEVEL if is_final else _PASSING_LEVEL
        pool = self._compressors.get((level, reach))
        if pool is None:
            made = _Pool(lambda: self._compressor(level, reach), _SPARE if reach == _SMALL else 1)
            pool = self._compressors.setdefault((level, reach), made)
        compressor = pool.take()
        small = compressor.compress(data)
        pool.give_back(compressor)
        return small

    def expand(self, data: bytes) -> bytes:
        """What `squeeze` made of it came from; raises `zstandard.ZstdError` for anything else."""
        decompressor = self._decompressors.take()
        found = decompressor.decompress(data)
        self._decompressors.give_back(decompressor)
        return found

    def followed_by(self, documents: bytes) -> Squeezer:
        """One that knows documents besides: zstd's dictionaries end with content, which may be as long as one likes."""
        return Squeezer(self._bytes + documents)

    def _compressor(self, level: int, reach: int) -> zstandard.ZstdCompressor:
        log = reach.bit_length() - 1
        parameters = zstandard.ZstdCompressionParameters.from_level(
            level,
            source_size=reach,
            dict_size=len(self._bytes),
            window_log=log,
            # An eighth of the memory that the level would take, for one byte more in a body of 640.
            hash_log=log - 2,
            chain_log=log - 2,
            write_content_size=True,
            write_checksum=False,
            write_dict_id=False,
        )
        return zstandard.ZstdCompressor(dict_data=self._dictionary, compression_params=parameters)


def _reach(size: int) -> int:
    """How far back matches may lie: a power of two, so that few compressors serve all sizes."""
    return max(_SMALL, min(1 << (size - 1).bit_length(), 1 << 23))
