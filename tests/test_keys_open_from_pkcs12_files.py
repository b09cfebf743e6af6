"""A key in a PKCS#12 file opens if file, password, key and certificate are right, and says what is wrong if not."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    KeySerializationEncryption,
    NoEncryption,
    pkcs12,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12PrivateKeyTypes
from hypothesis import given, settings
from hypothesis import strategies as st

from seal_pki import KNOWN_KEY, TestKey, key
from ulak.seal.errors import SealError
from ulak.seal.keys.opening import open_key
from ulak.seal.keys.pkcs12 import MAX_BYTES, open_pkcs12
from ulak.seal.keys.problems import KeyFailure
from ulak.seal.keys.secrets import Kind, Secret, Wanted

DIGEST = hashlib.sha256(b"document").digest()


def p12(
    path: Path,
    private: PKCS12PrivateKeyTypes | None,
    certificate: x509.Certificate | None,
    others: list[x509.Certificate] | None = None,
    password: str = "",
) -> Path:
    sealed: KeySerializationEncryption = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"key", private, certificate, others, sealed))
    return path


def fails(code: str, path: Path, password: str | None = None, certificate: Path | None = None) -> SealError:
    with pytest.raises(SealError) as caught:
        open_key(
            f"pkcs12:{path}",
            secret=lambda wanted: None if password is None else Secret(password),
            certificate=certificate,
        )
    assert caught.value.code == code
    assert caught.value.text.tr != caught.value.text.en
    return caught.value


@pytest.fixture
def ardic() -> TestKey:
    return key("ardic")


def test_an_rsa_key_signs_with_sha256(ardic: TestKey) -> None:
    opened = open_key(f"pkcs12:{ardic.p12}")
    public = ardic.certificate.public_key
    assert isinstance(public, rsa.RSAPublicKey)
    public.verify(opened.sign(DIGEST), DIGEST, padding.PKCS1v15(), utils.Prehashed(opened.algorithm.digest.hash))
    assert opened.certificate == ardic.certificate


def test_an_ec_key_gives_r_and_s_in_full_length_and_always_the_same() -> None:
    opened = open_key(f"pkcs12:{key('ardic-ec').p12}")
    digest = hashlib.sha384(b"document").digest()
    signature = opened.sign(digest)
    assert len(signature) == 96
    assert opened.sign(digest) == signature


def test_a_key_that_was_closed_does_not_sign(ardic: TestKey) -> None:
    opened = open_key(f"pkcs12:{ardic.p12}")
    opened.close()
    opened.close()
    with pytest.raises(KeyFailure) as caught:
        opened.sign(DIGEST)
    assert caught.value.code == "key.closed"


@pytest.mark.parametrize("digest", [b"", DIGEST[:-1], DIGEST + b"x", hashlib.sha1(b"").digest()])
def test_what_is_no_digest_of_the_key_is_not_signed(ardic: TestKey, digest: bytes) -> None:
    with pytest.raises(KeyFailure) as caught:
        open_key(f"pkcs12:{ardic.p12}").sign(digest)
    assert caught.value.code == "key.digest-length"


def test_the_chain_comes_nearest_first_whatever_the_order_in_the_file(tmp_path: Path, ardic: TestKey) -> None:
    others = [ardic.root.x509, *(one.x509 for one in ardic.chain)]
    path = p12(tmp_path / "k.p12", ardic.private_key, ardic.certificate.x509, [KNOWN_KEY.certificate.x509, *others])
    assert open_key(f"pkcs12:{path}").chain == (*ardic.chain, ardic.root)


def test_a_password_is_asked_for_only_where_one_is_needed(tmp_path: Path, ardic: TestKey) -> None:
    asked: list[Wanted] = []

    def secret(wanted: Wanted) -> Secret:
        asked.append(wanted)
        return Secret("gizli ğüşöç")

    open_pkcs12(ardic.p12, secret)
    assert asked == []
    path = p12(tmp_path / "k.p12", ardic.private_key, ardic.certificate.x509, password="gizli ğüşöç")
    assert open_pkcs12(path, secret).sign(DIGEST)
    assert asked == [Wanted(Kind.PASSWORD, str(path))]


def test_a_wrong_password_and_a_missing_one_are_told_apart(tmp_path: Path, ardic: TestKey) -> None:
    path = p12(tmp_path / "k.p12", ardic.private_key, ardic.certificate.x509, password="gizli")
    fails("key.password-missing", path)
    fails("key.password-wrong", path, "Gizli")
    fails("key.password-wrong", path, "")


def test_files_that_are_none(tmp_path: Path) -> None:
    fails("key.file-missing", tmp_path / "k.p12")
    fails("key.file-unreadable", tmp_path)
    large = tmp_path / "large.p12"
    large.write_bytes(bytes(MAX_BYTES + 1))
    fails("key.file-too-large", large)
    for at, data in enumerate((b"", b"key", b"0\x82", b"<Invoice/>", b"-----BEGIN CERTIFICATE-----\n")):
        other = tmp_path / f"{at}.p12"
        other.write_bytes(data)
        fails("key.file-broken", other, "gizli")


def test_a_file_must_hold_a_key_and_its_certificate(tmp_path: Path, ardic: TestKey) -> None:
    fails("key.no-key", p12(tmp_path / "a.p12", None, ardic.certificate.x509, [ardic.root.x509]))
    fails("key.certificate-missing", p12(tmp_path / "b.p12", ardic.private_key, None))
    fails("key.mismatch", p12(tmp_path / "c.p12", ardic.private_key, None, [KNOWN_KEY.certificate.x509]))


def test_the_certificate_may_lie_in_a_file_of_its_own(tmp_path: Path, ardic: TestKey) -> None:
    path = p12(tmp_path / "k.p12", ardic.private_key, None)
    der = tmp_path / "c.der"
    der.write_bytes(ardic.certificate.der)
    for file, chain in ((der, ()), (ardic.certificate_pem, (*ardic.chain, ardic.root))):
        opened = open_key(f"pkcs12:{path}", certificate=file)
        assert (opened.certificate, opened.chain) == (ardic.certificate, chain)
    fails("key.mismatch", path, certificate=KNOWN_KEY.certificate_pem)
    fails("key.file-missing", path, certificate=tmp_path / "none.pem")
    der.write_bytes(b"certificate")
    fails("certificate.broken", path, certificate=der)


def test_keys_that_cannot_seal_are_refused(tmp_path: Path, ardic: TestKey) -> None:
    for private in (ed25519.Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256K1())):
        fails("key.unsupported", p12(tmp_path / "k.p12", private, None, [ardic.certificate.x509]))


def test_two_keys_in_one_file_are_not_guessed_between(tmp_path: Path, ardic: TestKey) -> None:
    from asn1crypto import pkcs12 as asn1

    one, two = (
        asn1.Pfx.load(p12(tmp_path / name, owner.private_key, owner.certificate.x509).read_bytes())
        for name, owner in (("a", ardic), ("b", KNOWN_KEY))
    )
    both = asn1.AuthenticatedSafe([*one.authenticated_safe, *two.authenticated_safe])
    merged = asn1.Pfx({"version": 3, "auth_safe": {"content_type": "data", "content": both.dump()}})
    path = tmp_path / "both.p12"
    path.write_bytes(merged.dump())
    fails("key.several-keys", path)


@settings(max_examples=60, deadline=None)
@given(at=st.integers(min_value=0), bit=st.integers(0, 7), cut=st.booleans())
def test_a_damaged_file_gives_an_error_or_the_same_key(at: int, bit: int, cut: bool) -> None:
    ardic = key("ardic")
    data = bytearray(ardic.p12.read_bytes())
    at %= len(data)
    if cut:
        del data[at:]
    else:
        data[at] ^= 1 << bit
    path = ardic.p12.with_name("damaged.p12")
    path.write_bytes(data)
    try:
        opened = open_pkcs12(path)
    except SealError:
        return
    finally:
        path.unlink()
    assert opened.certificate.public_key.public_numbers() == ardic.certificate.public_key.public_numbers()
