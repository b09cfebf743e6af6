"""Whatever happens to a sealed message on its way: it is refused, or what was signed is handed back unchanged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seal_pki import KNOWN_KEY
from soap_messages import AT, E_ARCHIVE, E_DEFTER, Pinned
from ulak.errors import UlakError
from ulak.seal.wssecurity import seal_message, verify_message
from ulak.seal.wssecurity.envelope import message_of
from ulak.xml import parse

SEALED = {
    "e-Defter": seal_message(E_DEFTER, KNOWN_KEY, at=AT, seed="S"),
    "e-Arşiv, with a path": seal_message(E_ARCHIVE, KNOWN_KEY, at=AT, seed="S", token="PKIPath"),
}
NAMES = sorted(SEALED)


def _signed_content(message: bytes) -> tuple[bytes, object] | None:
    """What a message proves; None if it is refused."""
    try:
        report = verify_message(message, trust=Pinned(), at=AT)
    except UlakError:
        return None
    return (report.sealed.body, report.sealed.window) if report.sealed and report.has_passed else None


CONTENT = {name: _signed_content(message) for name, message in SEALED.items()}


@given(st.sampled_from(NAMES), st.data(), st.integers(0, 255))
def test_any_byte_changed_is_refused_or_changes_nothing_that_was_signed(
    name: str, data: st.DataObject, byte: int
) -> None:
    message = bytearray(SEALED[name])
    message[data.draw(st.integers(0, len(message) - 1))] = byte
    assert _signed_content(bytes(message)) in (None, CONTENT[name])


@pytest.mark.parametrize("name", NAMES)
def test_every_bit_of_the_body_counts(name: str) -> None:
    """One bit of each byte of the Body flipped, byte after byte."""
    message = SEALED[name]
    local = message_of(parse(message)).body
    start = message.index(f"<{local.prefix}:Body".encode())
    for at in range(start, message.index(f"</{local.prefix}:Body>".encode())):
        changed = message[:at] + bytes([message[at] ^ 1]) + message[at + 1 :]
        content = _signed_content(changed)
        assert content is None or (content == CONTENT[name] and _is_unsigned(message, at)), message[at - 20 : at + 20]


def _is_unsigned(message: bytes, at: int) -> bool:
    """White space inside tags and the choice of quotes are not part of canonical XML."""
    return message.rfind(b"<", 0, at) > message.rfind(b">", 0, at) and message[at : at + 1] in b" '\"\n"


@given(st.sampled_from(NAMES), st.data())
def test_pieces_cut_out_doubled_or_swapped_change_nothing_that_was_signed(name: str, data: st.DataObject) -> None:
    message = SEALED[name]
    cuts = sorted(data.draw(st.lists(st.sampled_from(_edges(message)), min_size=3, max_size=3)))
    a, b, c = message[: cuts[0]], message[cuts[0] : cuts[1]], message[cuts[1] : cuts[2]]
    rest = message[cuts[2] :]
    for made in (a + c + rest, a + b + b + c + rest, a + c + b + rest):
        assert _signed_content(made) in (None, CONTENT[name])


def _edges(message: bytes) -> list[int]:
    return [at for at in range(len(message)) if message[at : at + 1] == b"<"]


@given(st.binary(max_size=400))
def test_no_bytes_at_all_make_it_stumble(noise: bytes) -> None:
    assert _signed_content(noise) is None


@given(st.sampled_from(NAMES), st.data(), st.text("<>/&;\"'#%=: aXé\x0b", max_size=8))
def test_noise_inside_a_message_does_not_make_it_stumble(name: str, data: st.DataObject, noise: str) -> None:
    message = SEALED[name]
    at = data.draw(st.integers(0, len(message)))
    assert _signed_content(message[:at] + noise.encode() + message[at:]) in (None, CONTENT[name])
