"""A payload has one picture for ever: kept documents come back by making it again. Every size is read by a scanner."""

from __future__ import annotations

import io
import random
import zlib
from hashlib import sha256
from typing import Any

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from test_render_qr_codes_say_what_the_guide_wants import scanned
from ulak.render import RenderError, qr_modules, qr_picture, qr_png
from ulak.render.qr_modules import Modules, modules_of
from ulak.render.qr_picture import LONGEST, is_as_ever, payload_of
from ulak.render.qr_symbols import VERSIONS, Symbol, raster_bytes, symbol, version_for

LENGTHS = [max(length for length in range(LONGEST + 1) if version_for(length) == version) for version in range(1, 41)]
"""The longest text of each version."""


def payload(length: int, seed: int = 0) -> str:
    """Letters that no encoder would write in a denser mode than bytes."""
    return "".join(random.Random(f"{length}/{seed}").choices('abcdefghijklmnopqrstuvwxyz{}":,', k=length))


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        ("k", "a9ed3cd6d5c9faa16e7aea2450e9e22419cfc7e1eae1553ad05139d6fe11b4aa"),
        ('{"vkntckn":"1234567801"}', "184155255ffd1f8495af0c1fa14848ea54df3e24cb50edf117eac6865aad4f1b"),
        ("ş" * 190, "d3723e5b1f2b7841f8bfcd563361eb17cf4ff02902aed4eaba188fcfee962124"),
    ],
    ids=["one letter", "a number", "Turkish letters"],
)
def test_these_are_the_pictures_that_were_frozen(text: str, digest: str) -> None:
    """Never change these: whoever does breaks the seals of all documents that were kept without their pictures."""
    assert sha256(qr_png(text)).hexdigest() == digest


def test_the_pictures_of_all_versions_are_those_that_were_frozen() -> None:
    """As above."""
    made = sha256()
    for length in LENGTHS:
        made.update(qr_png(payload(length)))
        made.update(qr_png(payload(length - 1)))
    assert made.hexdigest() == "57505ce5a1ff7c5bcbbbf21a4b11fe03afa9140310458fa53a6cb7db119c000e"


def test_every_version_is_drawn_as_another_encoder_draws_it() -> None:
    for length in LENGTHS:
        text = payload(length, 1)
        theirs = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="L", data_mask=3)
        image: Any = zxingcpp.write_barcode_to_image(theirs, scale=1)
        with Image.open(io.BytesIO(qr_png(text))) as ours:
            assert ours.convert("L").tobytes() == memoryview(image).tobytes()


@pytest.mark.parametrize("length", LENGTHS[::3])
def test_every_third_version_is_read_by_a_scanner(length: int) -> None:
    assert scanned(qr_png(payload(length))) == payload(length)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_any_text_is_read_back_from_its_picture(text: str) -> None:
    assert payload_of(qr_png(text)) == text


def test_a_version_begins_where_the_one_below_it_ends() -> None:
    for version, length in enumerate(LENGTHS, 1):
        assert version_for(length) == version
        assert version_for(length + 1) == version + 1
        assert payload_of(qr_png(payload(length))) == payload(length)
    assert LENGTHS[-1] == LONGEST
    with pytest.raises(RenderError):
        qr_png("k" * (LONGEST + 1))


def test_a_picture_that_is_not_exactly_ours_says_nothing() -> None:
    mine = qr_png(payload(380))
    for place in range(len(mine)):
        changed = bytearray(mine)
        changed[place] ^= 1 << place % 8
        assert payload_of(bytes(changed)) is None
    for other in (b"", mine[:-1], mine + b"\0", bytes(len(mine)), b"\xff" * len(mine), mine[::-1]):
        assert payload_of(other) is None


def test_the_same_pixels_in_another_file_say_nothing() -> None:
    mine = qr_png(payload(380))
    with Image.open(io.BytesIO(mine)) as picture:
        file = io.BytesIO()
        picture.save(file, "PNG")
    assert scanned(file.getvalue()) == payload(380)
    assert payload_of(file.getvalue()) is None


def test_a_larger_version_than_needed_says_nothing() -> None:
    """Two pictures of one text would be two documents of one recipe."""
    text = payload(100).encode()
    one = symbol(version_for(200))
    rows = (modules_of(one, qr_picture._data(one, text)) ^ one.base).to_bytes(raster_bytes(version_for(200)), "big")
    larger = qr_picture._png(rows, version_for(200))
    assert scanned(larger) == text.decode()
    assert payload_of(larger) is None


@given(st.sampled_from(LENGTHS[:14]), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_noise_of_the_right_length_says_nothing(length: int, chance: random.Random) -> None:
    assert payload_of(chance.randbytes(len(qr_png(payload(length))))) is None


def test_the_file_is_a_png_whose_data_are_stored() -> None:
    made = qr_png(payload(380))
    assert made[48:-20] == zlib.decompress(made[41:-16])
    assert made[41:44] == b"\x78\x01\x01"


def test_a_changed_encoder_knows_that_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_as_ever()
    changed = symbol(14)._replace(base=symbol(14).base ^ 1 << 4000)
    monkeypatch.setattr(qr_picture, "symbol", lambda version: changed if version == 14 else symbol(version))
    assert not is_as_ever()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LENGTHS[:24]), st.lists(st.lists(st.tuples(st.integers(0), st.integers(1, 255)), max_size=24)))
def test_what_is_drawn_from_like_data_is_what_the_standard_says(
    length: int, texts: list[list[tuple[int, int]]]
) -> None:
    drawing, one, first = Modules(patience=0), symbol(version_for(length)), payload(length).encode()
    for changes in [[], *texts, []]:
        text = bytearray(first)
        for place, change in changes:
            text[place % length] ^= change
        data = qr_picture._data(one, bytes(text))
        assert drawing.of(one, data, length) == modules_of(one, data)


def test_many_texts_of_many_lengths_are_drawn_as_by_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many that all that was learned is forgotten again, more than once."""
    monkeypatch.setattr(qr_modules, "_ROOM", 100_000)
    monkeypatch.setattr(qr_modules, "_LENGTHS", 4)
    monkeypatch.setattr(qr_modules, "_IN_VAIN", 50)
    drawing, chance = Modules(patience=5), random.Random(4)
    for turn in range(600):
        length = chance.choice((300, 301, 302, 360, 361, 420, 421))
        text = bytearray(payload(length).encode())
        start = chance.randrange(length - 40)
        text[start : start + 40] = str(turn).zfill(40).encode() if turn % 7 else chance.randbytes(40)
        one = symbol(version_for(length))
        data = qr_picture._data(one, bytes(text))
        assert drawing.of(one, data, length) == modules_of(one, data)


def test_no_more_is_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts that are like no others are drawn by steps, and cost little more than that."""
    steps: list[bool] = []

    def counted(one: Symbol, data: bytes) -> int:
        steps.append(data.count(0) == len(data) - 1)
        return modules_of(one, data)

    monkeypatch.setattr(qr_modules, "modules_of", counted)
    monkeypatch.setattr(qr_modules, "_ROOM", 100_000)
    drawing, chance = Modules(), random.Random(5)
    for _ in range(3000):
        length = chance.randrange(80, 120)
        one = symbol(version_for(length))
        drawing.of(one, qr_picture._data(one, chance.randbytes(length)), length)
    least = symbol(version_for(80))
    assert 0 < sum(steps) < 100_000 / (least.stride * least.size)


def test_the_last_pictures_are_remembered_both_ways_and_older_ones_forgotten() -> None:
    texts = [f'{{"no":"ULK2026{place:09}"}}' for place in range(3 * qr_picture._LAST)]
    made = [qr_png(text) for text in texts]
    assert len(qr_picture._PICTURES) == len(qr_picture._SAID) <= qr_picture._LAST
    last = qr_picture._LAST // 2
    assert all(qr_picture._SAID[one] == text for text, one in zip(texts[-last:], made[-last:], strict=True))
    assert texts[0] not in qr_picture._PICTURES
    assert payload_of(made[0]) == texts[0]


def test_all_forty_versions_were_met() -> None:
    assert len({len(qr_png(payload(length))) for length in LENGTHS}) == VERSIONS
