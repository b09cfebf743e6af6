"""Bodies made small: zstd with a dictionary of what bodies of their topic have in common."""

from __future__ import annotations

from itertools import count
from typing import Final

import zstandard

from ulak.kept import Kept

__all__ = ["Squeezer"]

_FINAL_LEVEL: Final = 9
"""12 KB to 640 bytes in 0.04 ms; level 12 takes twice that for 10 bytes less, level 19 thirty times (bench/archive)."""
_PASSING_LEVEL: Final = 3
_SMALL: Final = 1 << 17
"""Bytes of dictionary and body that the parameters of an ordinary body reach."""
_ROOM: Final = 8 << 20
"""Bytes of compressors and expanders that are kept while nobody uses them: one of an ordinary dictionary has half a
megabyte, one for long bodies tens of them."""
_COMPRESSORS: Final = Kept[tuple[int, int, int], zstandard.ZstdCompressor](
    "archive.squeezers", _ROOM, lambda one: one.memory_size()
)
_DECOMPRESSORS: Final = Kept[int, zstandard.ZstdDecompressor](
    "archive.squeezers", _ROOM // 4, lambda one: one.memory_size()
)
_NUMBERS: Final = count(1)


class Squeezer:
    """Compresses and expands with one dictionary, for any number of threads.

    Args:
        dictionary: as zstd trains it, with documents behind it or without; or documents alone; or nothing.

    Attributes:
        bytes: of the dictionary.
    """

    def __init__(self, dictionary: bytes = b"") -> None:
        self.bytes = dictionary
        self._dictionary = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        # Never used again, unlike an address: what is spare of a dictionary that is gone must not serve another.
        self._number = next(_NUMBERS)

    def squeeze(self, data: bytes, *, is_final: bool = True) -> bytes:
        """The data, compressed: well, if they are kept for years, else quickly."""
        reach = _reach(len(self.bytes) + len(data))
        level = _FINAL_LEVEL if is_final else _PASSING_LEVEL
        # zstandard releases the GIL; two threads within one compressor end the process, or spoil what they make.
        kind = (self._number, level, reach)
        compressor = _COMPRESSORS.take(kind) or self._compressor(level, reach)
        small = compressor.compress(data)
        # One that failed is not kept: nobody knows what it holds.
        _COMPRESSORS.put(kind, compressor)
        return small

    def expand(self, data: bytes) -> bytes:
        """What `squeeze` made of it came from; raises `zstandard.ZstdError` for anything else."""
        decompressor = _DECOMPRESSORS.take(self._number) or zstandard.ZstdDecompressor(dict_data=self._dictionary)
        found = decompressor.decompress(data)
        _DECOMPRESSORS.put(self._number, decompressor)
        return found

    def followed_by(self, documents: bytes) -> Squeezer:
        """One that knows documents besides: zstd's dictionaries end with content, which may be as long as one likes."""
        return Squeezer(self.bytes + documents)

    def _compressor(self, level: int, reach: int) -> zstandard.ZstdCompressor:
        log = reach.bit_length() - 1
        parameters = zstandard.ZstdCompressionParameters.from_level(
            level,
            source_size=reach,
            dict_size=len(self.bytes),
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
