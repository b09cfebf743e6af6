"""The test PKI as tests use it: made from committed keys, so that it is there at once and the same in every run.

`key("ardic")` is a key of it, `trust_folder()` what ``--trust`` reads, `NOW` a moment at which all is as its name says.
`serving()` puts a PKI of its own behind HTTP; `misbehaving()` is a server that does not do what it should.
"""

from __future__ import annotations

import atexit
import itertools
import re
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from ulak.seal.algorithms import Algorithm
from ulak.seal.certificates import Certificate, certificates_in_pem
from ulak.seal.pki import folder
from ulak.seal.pki.authority import Authority, new_authority
from ulak.seal.pki.issuer import NewSerial
from ulak.seal.pki.keymaking import KeyKind, MakeKey, PrivateKey, key_from_pem, pem_of

__all__ = [
    "KEYS",
    "KNOWN_EC_KEY",
    "KNOWN_KEY",
    "KNOWN_TRUST",
    "NOW",
    "TestKey",
    "authority",
    "fresh_authority",
    "key",
    "pki_folder",
    "pooled_keys",
    "trust_folder",
]

NOW: Final = datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo("Europe/Istanbul"))
"""When the test PKI was made: the examples are dated before it."""
KEYS: Final = Path(__file__).parent / "keys"
KNOWN_TRUST: Final = KEYS / "known"
"""The trust folder for the known keys."""
NOWHERE: Final = "http://127.0.0.1:1"
"""Nobody listens here: the PKI of `authority` can only be judged by its lists."""
_PEM: Final = re.compile(rb"-----BEGIN .+?-----END [^-]+-----\n", re.DOTALL)


@dataclass(frozen=True)
class TestKey:
    """A key with its certificate; it seals, too (`ulak.seal.keys.port.SealingKey`).

    Attributes:
        name: that of its files.
        chain: certificates of the issuers, nearest first, without the root.
        root: the certificate the chain ends in.
        p12: PKCS#12 file without a password.
        pem: the private key, PKCS#8, not encrypted.
        certificate_pem: the certificate and its chain, the root too.
    """

    __test__ = False

    name: str
    certificate: Certificate
    chain: tuple[Certificate, ...]
    root: Certificate
    private_key: PrivateKey
    p12: Path
    pem: Path
    certificate_pem: Path

    @property
    def algorithm(self) -> Algorithm:
        return self.certificate.algorithm

    def sign(self, digest: bytes) -> bytes:
        hashed = Prehashed(self.algorithm.digest.hash)
        if isinstance(self.private_key, rsa.RSAPrivateKey):
            return self.private_key.sign(digest, padding.PKCS1v15(), hashed)
        der = self.private_key.sign(digest, ec.ECDSA(hashed, deterministic_signing=True))
        size = (self.private_key.curve.key_size + 7) // 8
        return b"".join(number.to_bytes(size, "big") for number in decode_dss_signature(der))

    def close(self) -> None:
        pass


def pooled_keys() -> MakeKey:
    """A maker of keys that takes the committed ones, always in the same order."""
    pools = {kind: itertools.cycle(_pool(kind)) for kind in KeyKind}
    return lambda kind: next(pools[kind])


def counting_serials() -> NewSerial:
    """Serial numbers as long as real ones, always the same."""
    numbers = itertools.count(0xA1B2C3D4E5F600, 7919)
    return lambda: next(numbers)


def fresh_authority(url: str = NOWHERE, at: datetime = NOW) -> Authority:
    """A PKI that the test may change."""
    return new_authority(at, url, make_key=pooled_keys(), new_serial=counting_serials())


@cache
def authority() -> Authority:
    """The PKI of this process; nobody may change it."""
    return fresh_authority()


@cache
def pki_folder() -> Path:
    """The folder of `authority`, as ``ulak pki new`` writes it; nobody may change it."""
    place = _scratch() / "pki"
    folder.prepare(place)
    folder.write(authority(), place, NOW)
    return place


def trust_folder() -> Path:
    """What ``--trust`` is given: roots, intermediates, lists that are good at `NOW`, integrators."""
    return pki_folder()


@cache
def key(short: str) -> TestKey:
    """A key of `authority`: ``ardic``, ``ardic-ec``, ``meltem``, ``integrator``, ``elif-kara``, ``expired``, …"""
    held = authority().keys[short]
    place = _scratch()
    pem, chain = place / f"{held.name}.key.pem", place / f"{held.name}.chain.pem"
    pem.write_bytes(pem_of(held.key))
    chain.write_bytes(b"".join(map(folder.pem_certificate, (held.certificate, *held.chain))))
    *between, root = held.chain
    p12 = pki_folder() / f"{held.name}.p12"
    return TestKey(held.name, held.certificate, tuple(between), root, held.key, p12, pem, chain)


def _known(name: str) -> TestKey:
    pem, chain = KEYS / f"{name}.key.pem", KEYS / f"{name}.pem"
    certificate, *between, root = certificates_in_pem(chain.read_bytes())
    private = key_from_pem(pem.read_bytes())
    return TestKey(name, certificate, tuple(between), root, private, KEYS / f"{name}.p12", pem, chain)


KNOWN_KEY: Final = _known("known")
"""RSA-2048 of Ardıç (VKN 4812530769), valid 2025-2045: for files that must stay the same byte by byte."""
KNOWN_EC_KEY: Final = _known("known-ec")
"""The same, EC P-384."""


@cache
def _pool(kind: KeyKind) -> tuple[PrivateKey, ...]:
    return tuple(map(_unchecked, _PEM.findall((KEYS / f"pool-{kind.value}.pem").read_bytes())))


def _unchecked(pem: bytes) -> PrivateKey:
    # Checking the primes of all of them would take a second.
    key = load_pem_private_key(pem, None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
    return key


@cache
def _scratch() -> Path:
    place = Path(tempfile.mkdtemp(prefix="seal-pki-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place
