"""Time stamps at any moment, from the test PKI's authority, and seals with them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import count

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from seal_documents import document
from seal_pki import NOW, authority, key
from ulak.seal.algorithms import Digest
from ulak.seal.certificates import Certificate
from ulak.seal.levels import Form, archive
from ulak.seal.levels.parts import only_seal
from ulak.seal.pki.authority import Authority
from ulak.seal.pki.issuer import Signer
from ulak.seal.sealing import seal
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.trust.timestamps import TimeStampToken, read_token
from ulak.xml import parse

__all__ = ["YEAR", "ClockStamper", "archived", "bes", "pem", "signature_of", "store_of", "token", "trust_of"]

YEAR = timedelta(days=365)


def token(
    digest: bytes, algorithm: str, at: datetime, signer: Signer, carried: Sequence[bytes], serial: int = 1
) -> bytes:
    """A time stamp as the authority would have given it at ``at`` (RFC 3161, RFC 5652, RFC 5816)."""
    info = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": "2.16.792.1.2.1.1.5.7.3.1",
            "message_imprint": {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": digest},
            "serial_number": serial,
            "gen_time": core.GeneralizedTime(at.replace(microsecond=0)),
        }
    ).dump()
    certificate = asn1.Certificate.load(signer.certificate.der)
    ess = tsp.SigningCertificateV2({"certs": [{"cert_hash": hashlib.sha256(signer.certificate.der).digest()}]})
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": ["tst_info"]},
            {"type": "message_digest", "values": [hashlib.sha256(info).digest()]},
            {"type": "signing_certificate_v2", "values": [ess]},
        ]
    )
    assert isinstance(signer.key, rsa.RSAPrivateKey)
    signature = signer.key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256())
    signer_info = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            "issuer_and_serial_number",
            {"issuer": certificate.issuer, "serial_number": certificate.serial_number},
        ),
        "digest_algorithm": {"algorithm": "sha256"},
        "signed_attrs": attributes,
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"}),
        "signature": signature,
    }
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(info)},
            "certificates": [asn1.Certificate.load(der) for der in carried],
            "signer_infos": [signer_info],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


class ClockStamper:
    """The test PKI's time-stamp authority, with a clock that the test sets; it only moves when it is told to."""

    def __init__(self, at: datetime = NOW, pki: Authority | None = None, *, chain: bool = False) -> None:
        self.at = at
        self.asked: list[bytes] = []
        self._pki = pki or authority()
        self._chain = chain
        self._serials = count(1)

    def stamp(self, digest: bytes, algorithm: Digest) -> TimeStampToken:
        self.asked.append(digest)
        signer = self._pki.stamper
        carried = [signer.certificate.der]
        if self._chain:
            carried += [each.der for each in self._pki.issuer_of(signer.certificate).chain]
        return read_token(token(digest, algorithm.name.lower(), self.at, signer, carried, next(self._serials)))


def store_of(pki: Authority, at: datetime = NOW, *, until: datetime | None = None) -> TrustStore:
    """What a trust folder of this PKI holds, with lists as of ``at``."""
    lists = tuple(pki.crl(name, at, until) for name in pki.issuers)
    return TrustStore(pki.roots, pki.intermediates, lists, frozenset({pki.integrator}))


def trust_of(store: TrustStore | None = None, *, clock: datetime = NOW) -> Trust:
    """Trust in the test PKI, offline, at a fixed time of day."""
    return Trust(store or _store(), clock=lambda: clock)


@cache
def _store() -> TrustStore:
    return store_of(authority(), until=NOW + 9 * YEAR)


@cache
def bes(kind: str = "eArsivRaporu", short: str = "ardic") -> bytes:
    """A sealed document of one kind (`seal_documents.KINDS`)."""
    return seal(document(kind), key(short), at=NOW - timedelta(minutes=1))


@cache
def archived(kind: str = "eArsivRaporu", form: Form = Form.FULL, short: str = "ardic") -> bytes:
    """The same as XAdES-A, made at `NOW`."""
    return archive(bes(kind, short), stamper=ClockStamper(), trust=trust_of(), at=NOW, form=form)


def signature_of(data: bytes) -> etree._Element:
    return only_seal(parse(data, max_bytes=len(data)))


def pem(certificates: Sequence[Certificate]) -> bytes:
    return b"".join(each.x509.public_bytes(Encoding.PEM) for each in certificates)
