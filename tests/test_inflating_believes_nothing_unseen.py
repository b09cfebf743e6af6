"""The content of a file in a ZIP is given in pieces, and only what the ZIP says it is passes."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ulak.inflating import METHODS, BombError, DamageError, Entry, inflated

STORED, DEFLATED = METHODS


def packed(data: bytes, method: int) -> tuple[bytes, Entry]:
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    inside = data if method == STORED else deflater.compress(data) + deflater.flush()
    return b"head" + inside, Entry("a.xml", method, zlib.crc32(data), 4, len(inside), len(data))


def read(file: bytes, entry: Entry, ratio_from: int = 10**9) -> bytes:
    return b"".join(inflated(io.BytesIO(file), entry, ratio=100, ratio_from=ratio_from))


@given(st.binary(max_size=2000), st.sampled_from(METHODS), st.integers(1, 400))
def test_what_was_packed_comes_out(data: bytes, method: int, times: int) -> None:
    assert read(*packed(data * times, method)) == data * times


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "lie",
    [
        lambda entry: entry._replace(crc=entry.crc ^ 1),
        lambda entry: entry._replace(size=entry.size + 1),
        lambda entry: entry._replace(size=entry.size - 1),
        lambda entry: entry._replace(packed=entry.packed + 1),
        lambda entry: entry._replace(packed=entry.packed - 1),
        lambda entry: entry._replace(start=10**6),
    ],
    ids=["sum", "longer", "shorter", "beyond-the-file", "cut", "elsewhere"],
)
def test_a_lie_is_found(method: int, lie: Callable[[Entry], Entry]) -> None:
    file, entry = packed(b"Fatura" * 100, method)
    with pytest.raises(DamageError):
        read(file, lie(entry))


def test_what_is_packed_too_tight_is_refused_once_it_is_large() -> None:
    file, entry = packed(b"\0" * 1_000_000, DEFLATED)
    assert len(read(file, entry)) == 1_000_000
    with pytest.raises(BombError):
        read(file, entry, ratio_from=500_000)
