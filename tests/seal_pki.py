"""The test PKI as tests use it: made from committed keys, so that it is there at once and the same in every run.

`key("ardic")` is a key of it, `trust_folder()` what ``--trust`` reads, `NOW` a moment at which all is as its name says.
What looks at the machine's clock takes `key_today` and `trust_today`, so that it holds in any year.
`serving()` puts a PKI of its own behind HTTP; `misbehaving()` is a server that does not do what it should.
"""

from __future__ import annotations

import atexit
import itertools
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature

from seal_servers import Misbehaviour, misbehaving
from ulak.seal.algorithms import Algorithm
from ulak.seal.certificates import Certificate, certificates_in_pem
from ulak.seal.pki import folder
from ulak.seal.pki.authority import Authority, new_authority
from ulak.seal.pki.cast import Plan
from ulak.seal.pki.issuer import NewSerial
from ulak.seal.pki.keymaking import KeyKind, MakeKey, PrivateKey, key_from_pem, pem_of
from ulak.seal.pki.openssl import openssl_stamper
from ulak.seal.pki.readme import readme
from ulak.seal.pki.server import serving as server_of_pki
from ulak.seal.pki.services import Services

__all__ = [
    "KEYS",
    "KNOWN_EC_KEY",
    "KNOWN_KEY",
    "KNOWN_TRUST",
    "NOW",
    "NOWHERE",
    "Misbehaviour",
    "Served",
    "TestKey",
    "authority",
    "fresh_authority",
    "key",
    "key_of",
    "key_today",
    "misbehaving",
    "pki_folder",
    "pooled_keys",
    "serving",
    "trust_folder",
    "trust_today",
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


def fresh_authority(url: str = NOWHERE, at: datetime = NOW, more: Iterable[Plan] = ()) -> Authority:
    """A PKI that the test may change, with more keys if it wants any."""
    return new_authority(at, url, make_key=pooled_keys(), new_serial=counting_serials(), more=more)


@cache
def authority() -> Authority:
    """The PKI of this process; nobody may change it."""
    return fresh_authority()


@cache
def pki_folder() -> Path:
    """The folder of `authority`, as ``ulak pki new`` writes it; nobody may change it."""
    place = _scratch() / "pki"
    folder.write(authority(), place, NOW)
    return place


def trust_folder() -> Path:
    """What ``--trust`` is given: roots, intermediates, lists that are good at `NOW`, integrators."""
    return pki_folder()


@cache
def key(short: str) -> TestKey:
    """A key of `authority`: ``ardic``, ``ardic-ec``, ``meltem``, ``integrator``, ``elif-kara``, ``expired``, …"""
    return key_of(authority(), short, pki_folder())


@cache
def _today() -> tuple[Authority, Path]:
    """The same PKI, made at the machine's clock."""
    now, place = datetime.now(NOW.tzinfo), _scratch() / "today"
    made = fresh_authority(at=now)
    folder.write(made, place, now)
    return made, place


def key_today(short: str) -> TestKey:
    """A key of a PKI that was made today."""
    made, place = _today()
    return key_of(made, short, place)


def trust_today() -> Path:
    """The trust folder of `key_today`."""
    return _today()[1]


def key_of(made: Authority, short: str, place: Path) -> TestKey:
    """A key of a PKI whose folder is ``place``."""
    held = made.keys[short]
    pem, chain = _scratch() / f"{place.name}-{held.name}.key.pem", _scratch() / f"{place.name}-{held.name}.chain.pem"
    pem.write_bytes(pem_of(held.key))
    chain.write_bytes(b"".join(map(folder.pem_certificate, (held.certificate, *held.chain))))
    *between, root = held.chain
    return TestKey(held.name, held.certificate, tuple(between), root, held.key, place / f"{held.name}.p12", pem, chain)


@dataclass
class Served:
    """A PKI behind HTTP.

    Attributes:
        url: where it is.
        authority: the PKI; a test may revoke in it, and the next answer says so.
        folder: its files as of the beginning, as ``ulak pki new`` writes them.
        requests: what was asked so far, e.g. ``GET /mali-muhur-s2.crl 200``.
        at: the moment that answers, lists and stamps (unless openssl makes them) speak of; a test may set it.
    """

    url: str
    authority: Authority
    folder: Path
    requests: list[str]
    at: datetime = NOW

    def key(self, short: str) -> TestKey:
        return key_of(self.authority, short, self.folder)

    @property
    def tsa(self) -> str:
        """Where time stamps are given."""
        return f"{self.url}/tsa"


@contextmanager
def serving(
    *, stamps: Literal["python", "openssl"] = "python", crl_until: datetime | None = None, at: datetime = NOW
) -> Iterator[Served]:
    """A fresh PKI, served on a free port, its certificates naming that address.

    Args:
        stamps: who makes time stamps: Python at ``Served.at``, or openssl at the machine's clock.
        crl_until: next update of the lists it serves; by default they last as long as the keys.
        at: when it is made. Openssl stamps at the machine's clock, so with its stamps that is the time to take.
    """
    with ExitStack() as stack:
        served: list[Served] = []

        def stamp(request: bytes) -> bytes:
            return served[0].authority.stamp(request, served[0].at)

        services = Services(
            authority=lambda: served[0].authority,
            crl=lambda issuer: served[0].authority.crl(issuer.name, served[0].at, crl_until),
            stamp=lambda request: stamper(request),
            clock=lambda: served[0].at,
            about=lambda: readme(served[0].authority).encode(),
        )
        requests: list[str] = []
        server = server_of_pki("127.0.0.1", 0, services, lambda *said: requests.append(" ".join(map(str, said))))
        url = f"http://127.0.0.1:{stack.enter_context(server)}"
        made = fresh_authority(url, at)
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=_scratch())))
        folder.write(made, place, at)
        served.append(Served(url, made, place, requests, at))
        stamper: Callable[[bytes], bytes] = stamp
        if stamps == "openssl":
            stamper = stack.enter_context(openssl_stamper(made.stamper, made.stamper_chain, os.environ))
        yield served[0]


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
    return tuple(map(key_from_pem, _PEM.findall((KEYS / f"pool-{kind.value}.pem").read_bytes())))


@cache
def _scratch() -> Path:
    place = Path(tempfile.mkdtemp(prefix="seal-pki-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return place
