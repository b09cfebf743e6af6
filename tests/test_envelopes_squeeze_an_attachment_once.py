"""A stylesheet that comes with every document of an envelope is squeezed once; whatever is squeezed comes back."""

from __future__ import annotations

import base64
import io
import random
import zipfile
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from isal import isal_zlib

from ulak.envelope.deflating import Deflater
from ulak.envelope.zipping import write_zip

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OPEN = b'<cbc:EmbeddedDocumentBinaryObject filename="a.xslt" mimeCode="application/xml">'
CLOSE = b"</cbc:EmbeddedDocumentBinaryObject>"


def base64_of(seed: int, size: int) -> bytes:
    return base64.b64encode(random.Random(seed).randbytes(size * 3 // 4))


def document(seed: int, stylesheet: bytes, length: int = 12_000) -> bytes:
    """Mostly the same for each seed, as invoices of one taxpayer are."""
    common = random.Random(1).randbytes(length // 2).hex().encode()
    return b"<Invoice>" + OPEN + stylesheet + CLOSE + f"<ID>{seed}</ID>".encode() + common + b"</Invoice>"


def squeezed(*pieces: bytes) -> bytes:
    one = Deflater()
    return b"".join([*(block for piece in pieces for block in one.squeezed(piece)), one.flush()])


def plainly(data: bytes) -> bytes:
    one = isal_zlib.compressobj(2, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)
    return bytes(one.compress(data) + one.flush())


@pytest.mark.parametrize("size", [100, 9_000, 20_000, 40_000, 300_000])
def test_what_was_squeezed_comes_back_and_is_the_same_every_time(size: int) -> None:
    data = b"".join(document(seed, base64_of(7, size)) for seed in range(12))
    assert zlib.decompress(squeezed(data), -zlib.MAX_WBITS) == data
    assert squeezed(data) == squeezed(data)
    packed = io.BytesIO()
    told = write_zip(packed, "x", (data[:50_000], data[50_000:]), NOW)
    with zipfile.ZipFile(packed) as archive:
        assert archive.testzip() is None
        assert archive.read("x.xml") == data
    assert told.size == len(packed.getvalue())


def test_a_long_stylesheet_costs_no_more_than_it_would_otherwise() -> None:
    data = b"".join(document(seed, base64_of(7, 40_000)) for seed in range(20))
    assert len(squeezed(data)) < 1.05 * len(plainly(data))


def test_what_deflate_sees_by_itself_is_left_to_it() -> None:
    data = b"".join(document(seed, base64_of(7, 9_000)) for seed in range(20))
    assert len(squeezed(data)) < len(data) / 6, "all but the first are found again"


def test_an_attachment_that_comes_once_is_squeezed_with_the_rest() -> None:
    data = b"".join(document(seed, base64_of(seed, 40_000)) for seed in range(5))
    assert squeezed(data) == plainly(data)


def test_stylesheets_of_many_issuers_stand_beside_each_other() -> None:
    data = b"".join(document(seed, base64_of(seed % 3, 30_000)) for seed in range(12))
    assert zlib.decompress(squeezed(data), -zlib.MAX_WBITS) == data


PIECE = st.sampled_from(
    [
        b"EmbeddedDocumentBinaryObject",
        b">",
        b"<",
        b"EmbeddedDocumentBinaryObject>",
        base64_of(1, 9_000),
        base64_of(2, 9_000),
        base64_of(1, 60_000),
        b"=" * 9_000,
        b"\r\n" * 5_000,
        b"\xff" * 100,
        b"",
        OPEN,
        CLOSE,
    ]
)


@settings(max_examples=80, deadline=None)
@given(pieces=st.lists(PIECE, max_size=14), cuts=st.integers(1, 4))
def test_any_bytes_come_back(pieces: list[bytes], cuts: int) -> None:
    data = b"".join(pieces)
    step = len(data) // cuts + 1
    parts = [data[at : at + step] for at in range(0, len(data), step)]
    assert zlib.decompress(squeezed(*parts), -zlib.MAX_WBITS) == data
