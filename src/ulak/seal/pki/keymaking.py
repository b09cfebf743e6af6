"""The private keys of the test PKI: which kinds there are, and how one is made."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeAlias

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

__all__ = ["KeyKind", "MakeKey", "PrivateKey", "digest_for", "generate", "key_from_pem", "pem_of"]

PrivateKey: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class KeyKind(Enum):
    RSA_2048 = "rsa2048"
    RSA_1024 = "rsa1024"
    """Too weak for a seal: certificates with it must be refused."""
    EC_P384 = "ec384"


MakeKey: TypeAlias = Callable[[KeyKind], PrivateKey]


def generate(kind: KeyKind) -> PrivateKey:
    """A new key from the system's randomness."""
    if kind is KeyKind.EC_P384:
        return ec.generate_private_key(ec.SECP384R1())
    return rsa.generate_private_key(65537, 1024 if kind is KeyKind.RSA_1024 else 2048)


def digest_for(key: PrivateKey) -> hashes.SHA256 | hashes.SHA384:
    """SHA-256 beside RSA, SHA-384 beside P-384, as KamuSM's issuers sign."""
    return hashes.SHA256() if isinstance(key, rsa.RSAPrivateKey) else hashes.SHA384()


def pem_of(key: PrivateKey) -> bytes:
    """PKCS#8, not encrypted."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def key_from_pem(data: bytes) -> PrivateKey:
    """A key that the test PKI wrote; raises ValueError for what is no RSA or EC key."""
    # Checking the primes of all its keys would take a second.
    key = load_pem_private_key(data, None, unsafe_skip_rsa_key_validation=True)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise ValueError(type(key).__name__)
    return key
