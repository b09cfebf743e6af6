"""Bodies made small: zstd with a dictionary of what bodies of their topic have in common."""

from __future__ import annotations

from typing import Final

import zstandard

__all__ = ["Squeezer"]

_FINAL_LEVEL: Final = 9
"""12 KB to 640 bytes in 0.04 ms; level 12 takes twice that for 10 bytes less, level 19 thirty times (bench/archive)."""
_PASSING_LEVEL: Final = 3
_SMALL: Final = 1 << 17
"""Bytes of dictionary and body that the parameters of an ordinary body reach."""


class Squeezer:
    """Compresses and expands with one dictionary.

    Args:
        dictionary: as zstd trains it, with documents behind it or without; or documents alone; or nothing.
    """

    def __init__(self, dictionary: bytes = b"") -> None:
        self._bytes = dictionary
        self._dictionary = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._compressors: dict[tuple[int, int], zstandard.ZstdCompressor] = {}
        self._decompressor = zstandard.ZstdDecompressor(dict_data=self._dictionary)

    def squeeze(self, data: bytes, *, is_final: bool = True) -> bytes:
        """The data, compressed: well, if they are kept for years, else quickly."""
        reach = _reach(len(self._bytes) + len(data))
        level = _FINAL_LEVEL if is_final else _PASSING_LEVEL
        compressor = self._compressors.get((level, reach))
        if compressor is None:
            compressor = self._compressors[level, reach] = self._compressor(level, reach)
        return compressor.compress(data)

    def expand(self, data: bytes) -> bytes:
        """What `squeeze` made of it came from; raises `zstandard.ZstdError` for anything else."""
        return self._decompressor.decompress(data)

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
