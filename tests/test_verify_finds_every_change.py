"""A changed document is refused, or what was signed is still what is returned; nothing crashes, whatever is sent."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from seal_documents import document
from seal_forge import Forge
from seal_pki import KNOWN_KEY, KNOWN_TRUST, NOW
from ulak.errors import UlakError
from ulak.seal.sealing import seal
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verdicts import Indication
from ulak.seal.verify import verify, verify_all

TRUST = Trust(TrustStore.read(KNOWN_TRUST))
SEALED = (
    Forge().data(),
    seal(document("Invoice"), KNOWN_KEY, at=NOW),
    seal(document("berat"), KNOWN_KEY, at=NOW),
    seal(document("eArsivRaporu"), KNOWN_KEY, at=NOW),
)
OFTEN = settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@cache
def content(at: int) -> bytes:
    report = verify(SEALED[at], trust=TRUST, at=NOW)
    assert report.indication is Indication.PASSED
    return report.content


def outcome(data: bytes) -> bytes | None:
    """What was signed, if a reader may rely on it."""
    try:
        report = verify(data, trust=TRUST, at=NOW)
    except UlakError:
        return None
    return report.content if report.indication is Indication.PASSED else None


@pytest.mark.parametrize("flip", [0x01, 0x20])
def test_no_byte_of_a_document_can_change_unseen(flip: int) -> None:
    """What still passes has the same content: the change was in white space of tags or in forms of base64."""
    for place in range(len(SEALED[0])):
        data = bytearray(SEALED[0])
        data[place] ^= flip
        assert outcome(bytes(data)) in (None, content(0)), place


@OFTEN
@given(st.integers(0, len(SEALED) - 1), st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_any_changed_byte_is_refused_or_changes_nothing_that_was_signed(at: int, place: float, flip: int) -> None:
    # What may change unseen is no part of the meaning: white space in tags, forms of base64, the XML declaration.
    data = bytearray(SEALED[at])
    data[int(place * len(data))] ^= flip
    assert outcome(bytes(data)) in (None, content(at))


@OFTEN
@given(st.integers(0, len(SEALED) - 1), st.floats(0, 1), st.binary(max_size=12))
@example(0, 0.5, b"<!---->")
@example(0, 0.99, b"<x/>")
def test_any_inserted_bytes_are_refused_or_change_nothing_that_was_signed(at: int, place: float, more: bytes) -> None:
    cut = int(place * len(SEALED[at]))
    assert outcome(SEALED[at][:cut] + more + SEALED[at][cut:]) in (None, content(at))


@OFTEN
@given(st.integers(0, len(SEALED) - 1), st.floats(0, 1), st.integers(1, 400))
def test_any_cut_out_bytes_are_refused_or_change_nothing_that_was_signed(at: int, place: float, size: int) -> None:
    cut = int(place * len(SEALED[at]))
    assert outcome(SEALED[at][:cut] + SEALED[at][cut + size :]) in (None, content(at))


TAGS = (b"Signature", b"SignedInfo", b"Reference", b"KeyInfo", b"X509Data", b"Object", b"SignedProperties", b"Cert")
NAMES = tuple(prefix + name for name in TAGS for prefix in (b"ds:", b"xades:"))


@OFTEN
@given(st.integers(0, len(SEALED) - 1), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_renamed_elements_are_refused(at: int, one: bytes, other: bytes) -> None:
    renamed = SEALED[at]
    for mark in (b"<", b"</"):
        renamed = renamed.replace(mark + one + b">", mark + other + b">")
    assert outcome(renamed) in (None, content(at))


@OFTEN
@given(st.integers(0, len(SEALED) - 1), st.data())
def test_shuffled_elements_of_the_seal_are_refused_or_mean_the_same(at: int, data: st.DataObject) -> None:
    root = etree.fromstring(SEALED[at])
    elements = [element for element in root.iter() if len(element) > 1]
    parent = data.draw(st.sampled_from(elements))
    order = data.draw(st.permutations(range(len(parent))))
    children = list(parent)
    parent[:] = [children[place] for place in order]
    found = outcome(etree.tostring(root, encoding="UTF-8"))
    assert found in (None, content(at))


@OFTEN
@given(st.binary(max_size=400))
@example(b"<Invoice/>")
@example(b"<sh:StandardBusinessDocument/>")
def test_random_bytes_never_crash(data: bytes) -> None:
    for judge in (verify, verify_all):
        with suppress(UlakError):
            judge(data, trust=TRUST, at=NOW)
