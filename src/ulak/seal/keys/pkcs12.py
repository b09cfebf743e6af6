"""Keys in PKCS#12 files (.p12, .pfx)."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

from asn1crypto import pkcs12 as asn1
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12
from cryptography.x509 import Certificate as Read

from ulak.seal.algorithms import Algorithm, algorithm_of
from ulak.seal.certificates import Certificate, certificate_of
from ulak.seal.keys.certified import CertifiedKey
from ulak.seal.keys.problems import failure
from ulak.seal.keys.secrets import Kind, SecretSource, Wanted, no_secret
from ulak.seal.keys.signatures import chain_of, refuse_wrong_length
from ulak.seal.values import plain_of_der

__all__ = ["MAX_BYTES", "Content", "FileKey", "key_kind_of", "open_pkcs12", "read_file", "read_pkcs12"]

MAX_BYTES: Final = 1024 * 1024
"""A file larger than this is refused unread; a key with its chain takes some kilobytes."""

_Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class FileKey(CertifiedKey):
    """A key that was read into memory. Its seals are reproducible: ECDSA takes its nonce from the digest (RFC 6979)."""

    def __init__(self, name: str, key: _Private, certificate: Certificate, chain: tuple[Certificate, ...]) -> None:
        super().__init__(name, (certificate, *chain))
        self._key: _Private | None = key

    def sign(self, digest: bytes) -> bytes:
        """Raises KeyFailure ``key.digest-length``, ``key.wrong-signature``, ``key.closed``."""
        if self._key is None:
            raise failure("key.closed", name=self.name)
        refuse_wrong_length(digest, self.algorithm)
        # Key and certificate were compared when it was opened, and OpenSSL checks its own arithmetic.
        return _signed(self._key, digest, self.algorithm)

    def close(self) -> None:
        self._key = None


def _signed(key: _Private, digest: bytes, algorithm: Algorithm) -> bytes:
    hashed = utils.Prehashed(algorithm.digest.hash)
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(digest, padding.PKCS1v15(), hashed)
    return plain_of_der(key.sign(digest, ec.ECDSA(hashed, deterministic_signing=True)), key.curve)


def open_pkcs12(
    path: Path, secret: SecretSource = no_secret, certificate: tuple[Certificate, ...] | None = None
) -> FileKey:
    """The key of a file. The secret is asked for only if the file does not open without.

    Args:
        certificate: the certificate of the key with any issuers, where the file's own is not to be used.

    Raises:
        KeyFailure: ``key.file-*``, ``key.password-*``, ``key.no-key``, ``key.certificate-missing``, ``key.mismatch``.
        SealError: ``key.unsupported``, ``certificate.*``.
    """
    content = read_pkcs12(path, secret)
    given = content.certificates if certificate is None else certificate
    if content.key is None:
        raise failure("key.no-key", place=path)
    if not given:
        raise failure("key.certificate-missing", place=path)
    key = _usable(content.key)
    own = _own(key, given)
    if own is None:
        raise failure("key.mismatch", subject=given[0].subject, place=path)
    _ = own.algorithm  # the certificate may bind the key to RSASSA-PSS
    return FileKey(f"{own.common_name} ({path.name})".strip(), key, own, chain_of(own, (*given, *content.certificates)))


class Content(NamedTuple):
    """What a file holds: its key (None if it has none) and its certificates, the key's own first."""

    key: PrivateKeyTypes | None
    certificates: tuple[Certificate, ...]

    @property
    def own(self) -> Certificate | None:
        """The certificate of the key."""
        return _own(self.key, self.certificates)


def read_file(path: Path, limit: int = MAX_BYTES) -> bytes:
    """A file's bytes; raises KeyFailure ``key.file-missing``, ``key.file-unreadable``, ``key.file-too-large``."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise failure("key.file-missing", path=path) from None
    except (OSError, ValueError) as error:
        raise failure("key.file-unreadable", path=path, detail=getattr(error, "strerror", error)) from None
    if len(data) > limit:
        raise failure("key.file-too-large", path=path, limit=limit)
    return data


def read_pkcs12(path: Path, secret: SecretSource = no_secret) -> Content:
    """What a file holds. The secret is asked for only if the file does not open without.

    Raises:
        KeyFailure: ``key.file-*``, ``key.password-*``, ``key.several-keys``.
        SealError: ``certificate.*``.
    """
    data = read_file(path)
    _refuse_what_is_none(path, data)
    found = _opened(data, None)
    if found is not None:
        return found
    password = secret(Wanted(Kind.PASSWORD, str(path)))
    if password is None:
        raise failure("key.password-missing", path=path)
    found = _opened(data, password.reveal().encode())
    if found is None:
        raise failure("key.password-wrong", path=path)
    return found


def _opened(data: bytes, password: bytes | None) -> Content | None:
    """What the file holds; None if the password does not open it."""
    try:
        read = pkcs12.load_pkcs12(data, password)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    bags = [read.cert] if read.cert else []
    return Content(read.key, tuple(_certificate(bag.certificate) for bag in (*bags, *read.additional_certs)))


def _certificate(read: Read) -> Certificate:
    return certificate_of(read.public_bytes(Encoding.DER))


def _refuse_what_is_none(path: Path, data: bytes) -> None:
    """A file that is no PKCS#12 at all must not be taken for one with another password."""
    try:
        keys = _keys_seen(asn1.Pfx.load(data, strict=True))
    except (ValueError, TypeError, KeyError):
        raise failure("key.file-broken", path=path) from None
    if keys > 1:
        raise failure("key.several-keys", place=path)


def _keys_seen(file: asn1.Pfx) -> int:
    """How many keys stand in the parts that are not encrypted as a whole; the keys themselves mostly are."""
    plain = (part["content"].native for part in file.authenticated_safe if part["content_type"].native == "data")
    bags = (bag["bag_id"].native for part in plain for bag in asn1.SafeContents.load(part))
    return sum(kind in ("key_bag", "pkcs8_shrouded_key_bag") for kind in bags)


def _usable(key: PrivateKeyTypes) -> _Private:
    algorithm_of(key.public_key())
    assert isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
    return key


def key_kind_of(key: PrivateKeyTypes) -> str:
    """Such as ``RSA 2048`` or ``EC secp384r1``."""
    if isinstance(key, rsa.RSAPrivateKey):
        return f"RSA {key.key_size}"
    return f"EC {key.curve.name}" if isinstance(key, ec.EllipticCurvePrivateKey) else type(key).__name__


def _own(key: PrivateKeyTypes | None, certificates: tuple[Certificate, ...]) -> Certificate | None:
    return next((one for one in certificates if key is not None and one.spki == _spki(key)), None)


def _spki(key: PrivateKeyTypes) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
