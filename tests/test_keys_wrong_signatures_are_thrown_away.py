"""No signature leaves a key unless its certificate verifies it; the forms of signatures hold in both directions."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA384
from hypothesis import given, settings
from hypothesis import strategies as st

from seal_pki import KNOWN_EC_KEY, KNOWN_KEY, TestKey, authority, key
from ulak.seal.algorithms import Algorithm, Digest
from ulak.seal.keys.problems import KeyFailure
from ulak.seal.keys.signatures import (
    DIGEST_INFO,
    chain_of,
    checked,
    padded,
    plain_of_any,
    with_prefix,
)
from ulak.seal.values import der_of_plain, plain_of_der

CURVES = [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()]


def digest_for(owner: TestKey) -> bytes:
    return owner.algorithm.digest.of(b"document")


@pytest.mark.parametrize("owner", [KNOWN_KEY, KNOWN_EC_KEY], ids=["rsa", "ec"])
@settings(max_examples=40, deadline=None)
@given(at=st.integers(min_value=0), bit=st.integers(0, 7))
def test_a_signature_with_one_bit_wrong_is_never_given_out(owner: TestKey, at: int, bit: int) -> None:
    digest = digest_for(owner)
    signature = bytearray(owner.sign(digest))
    assert checked(bytes(signature), digest, owner.certificate, "key") == bytes(signature)
    signature[at % len(signature)] ^= 1 << bit
    with pytest.raises(KeyFailure) as caught:
        checked(bytes(signature), digest, owner.certificate, "key")
    assert caught.value.code == "key.wrong-signature"


@pytest.mark.parametrize("owner", [KNOWN_KEY, KNOWN_EC_KEY], ids=["rsa", "ec"])
@pytest.mark.parametrize("signature", [b"", b"0", bytes(96), bytes(256), b"\xff" * 256])
def test_what_is_no_signature_at_all_is_refused_too(owner: TestKey, signature: bytes) -> None:
    with pytest.raises(KeyFailure):
        checked(signature, digest_for(owner), owner.certificate, "key")


@given(curve=st.sampled_from(CURVES), data=st.data())
def test_der_and_plain_are_the_same_signature(curve: ec.EllipticCurve, data: st.DataObject) -> None:
    size = (curve.key_size + 7) // 8
    r, s = (data.draw(st.integers(1, 2**curve.key_size - 1)) for _ in range(2))
    plain = plain_of_der(utils.encode_dss_signature(r, s), curve)
    assert len(plain) == 2 * size
    assert utils.decode_dss_signature(der_of_plain(plain, curve)) == (r, s)


@pytest.mark.parametrize("der", [b"", b"0", utils.encode_dss_signature(0, 1), utils.encode_dss_signature(1, 2**400)])
def test_numbers_out_of_range_are_no_signature(der: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        plain_of_der(der, ec.SECP384R1())


def test_hosts_may_give_ecdsa_in_either_form() -> None:
    digest = digest_for(KNOWN_EC_KEY)
    assert isinstance(KNOWN_EC_KEY.private_key, ec.EllipticCurvePrivateKey)
    der = KNOWN_EC_KEY.private_key.sign(digest, ec.ECDSA(utils.Prehashed(SHA384())))
    plain = plain_of_der(der, ec.SECP384R1())
    assert plain_of_any(der, KNOWN_EC_KEY.certificate) == plain_of_any(plain, KNOWN_EC_KEY.certificate) == plain


def test_tokens_that_drop_leading_zeros_are_understood() -> None:
    short = b"\x01" * 47 + b"\x02" * 47
    assert padded(short, KNOWN_EC_KEY.certificate) == b"\0" + b"\x01" * 47 + b"\0" + b"\x02" * 47
    assert padded(b"abc", KNOWN_EC_KEY.certificate) == b"abc"
    assert padded(b"\0" * 10, KNOWN_KEY.certificate) == b"\0" * 10


def test_the_prefixes_are_those_of_pkcs1() -> None:
    from asn1crypto.algos import DigestInfo

    for digest, prefix in DIGEST_INFO.items():
        value = hashlib.new(digest.name, b"x").digest()
        read = DigestInfo.load(prefix + value, strict=True)
        assert read["digest_algorithm"]["algorithm"].native == digest.name.lower()
        assert read["digest"].native == value
    assert with_prefix(b"d" * 32, Algorithm.RSA_SHA256) == DIGEST_INFO[Digest.SHA256] + b"d" * 32


def test_a_chain_is_built_from_names_and_signatures_in_any_order() -> None:
    ardic = key("ardic")
    every = [one for held in authority().keys.values() for one in held.chain]
    assert chain_of(ardic.certificate, [key("meltem").certificate, *reversed(every)]) == (*ardic.chain, ardic.root)
    assert chain_of(ardic.certificate, []) == ()
    assert chain_of(ardic.root, every) == ()
    assert chain_of(ardic.certificate, [ardic.root]) == ()
