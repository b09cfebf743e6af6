"""Authorities, certificates, lists and answers that no decent authority would issue, for the tests of trust."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from asn1crypto import algos, core
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from seal_pki import NOW, pooled_keys
from ulak.seal.certificates import Certificate, certificate_of
from ulak.seal.pki.keymaking import KeyKind, PrivateKey, digest_for
from ulak.seal.pki.ocsp import sign_raw
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verdicts import Evidence, Trusted

__all__ = [
    "DAY",
    "HOUR",
    "Ca",
    "Extension",
    "Known",
    "answer",
    "codes",
    "crl",
    "entry",
    "judged",
    "new_ca",
    "new_key",
    "other_key",
    "signed_with_sha1",
    "usage",
]

DAY: Final = timedelta(days=1)
HOUR: Final = timedelta(hours=1)
Extension = tuple[x509.ExtensionType, bool]

_SERIALS = itertools.count(1000)
_COUNTS: Final = {KeyKind.RSA_2048: 12, KeyKind.EC_P384: 4, KeyKind.RSA_1024: 1}
_BITS: Final = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@cache
def _keys() -> dict[KeyKind, Any]:
    make = pooled_keys()
    return {kind: itertools.cycle([make(kind) for _ in range(count)]) for kind, count in _COUNTS.items()}


def new_key(kind: KeyKind = KeyKind.RSA_2048) -> PrivateKey:
    """The next of a dozen keys."""
    key: PrivateKey = next(_keys()[kind])
    return key


def other_key(than: PrivateKey) -> PrivateKey:
    """A key of the same kind that is another one."""
    kind = KeyKind.RSA_2048 if isinstance(than, rsa.RSAPrivateKey) else KeyKind.EC_P384
    found = new_key(kind)
    return found if found is not than else new_key(kind)


def usage(*bits: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{bit: bit in bits for bit in _BITS})


@dataclass
class Known:
    """A certificate and its key."""

    certificate: Certificate
    key: PrivateKey


class Ca(Known):
    """An authority that does as it is told."""

    def issue(
        self, subject: str = "leaf", *, bits: Sequence[str] | None = ("digital_signature",), **said: Any
    ) -> Known:
        key = said.pop("key", None) or new_key()
        issuer = said.pop("issuer", None) or self.certificate.x509.subject
        return Known(_certify(issuer, self.key, subject, key, bits, **said), key)

    def issue_ca(self, subject: str = "issuer", *, length: int | None = None, **said: Any) -> Ca:
        said.setdefault("bits", ("key_cert_sign", "crl_sign"))
        more = [(x509.BasicConstraints(ca=True, path_length=length), True), *said.pop("more", ())]
        made = self.issue(subject, more=more, **said)
        return Ca(made.certificate, made.key)


def new_ca(subject: str = "root", *, length: int | None = None, **said: Any) -> Ca:
    """A root."""
    key = said.pop("key", None) or new_key()
    more = [(x509.BasicConstraints(ca=True, path_length=length), True), *said.pop("more", ())]
    bits = said.pop("bits", ("key_cert_sign", "crl_sign"))
    return Ca(_certify(_name(subject), key, subject, key, bits, more=more, **said), key)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certify(
    issuer: x509.Name,
    by: PrivateKey,
    subject: str,
    key: PrivateKey,
    bits: Sequence[str] | None,
    *,
    more: Iterable[Extension] = (),
    begin: datetime = NOW - 365 * DAY,
    end: datetime = NOW + 365 * DAY,
) -> Certificate:
    builder = x509.CertificateBuilder().issuer_name(issuer).subject_name(_name(subject)).public_key(key.public_key())
    builder = builder.serial_number(next(_SERIALS)).not_valid_before(begin).not_valid_after(end)
    if bits is not None:
        builder = builder.add_extension(usage(*bits), critical=True)
    for extension, critical in more:
        builder = builder.add_extension(extension, critical)
    return certificate_of(builder.sign(by, digest_for(by)).public_bytes(Encoding.DER))


def signed_with_sha1(of: Known, by: Known) -> Certificate:
    """The same certificate, signed as it was usual before 2010."""
    made = asn1.Certificate.load(of.certificate.der)
    algorithm = algos.SignedDigestAlgorithm({"algorithm": "sha1_rsa", "parameters": core.Null()})
    made["tbs_certificate"]["signature"] = algorithm
    made["signature_algorithm"] = algorithm
    assert isinstance(by.key, rsa.RSAPrivateKey)
    made["signature_value"] = by.key.sign(made["tbs_certificate"].dump(force=True), padding.PKCS1v15(), hashes.SHA1())
    return certificate_of(made.dump(force=True))


def crl(
    by: Ca,
    *entries: x509.RevokedCertificate,
    made: datetime = NOW - DAY,
    until: datetime = NOW + DAY,
    more: Iterable[Extension] = (),
    key: PrivateKey | None = None,
) -> bytes:
    """A revocation list of an authority, signed with another key if one is given."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(by.certificate.x509.subject)
    builder = builder.last_update(made).next_update(until)
    for entry in entries:
        builder = builder.add_revoked_certificate(entry)
    for extension, critical in more:
        builder = builder.add_extension(extension, critical)
    signing = key or by.key
    return builder.sign(signing, digest_for(signing)).public_bytes(Encoding.DER)


def entry(of: Known | Certificate, at: datetime, *more: Extension) -> x509.RevokedCertificate:
    """One line of a list."""
    certificate = of.certificate if isinstance(of, Known) else of
    builder = x509.RevokedCertificateBuilder().serial_number(certificate.serial).revocation_date(at)
    for extension, critical in more:
        builder = builder.add_extension(extension, critical)
    return builder.build()


def answer(
    of: Known,
    by: Known,
    issuer: Ca,
    *,
    made: datetime = NOW - HOUR,
    lasts: timedelta | None = DAY,
    produced: datetime | None = None,
    revoked: datetime | None = None,
    why: str | None = None,
    unknown: bool = False,
    carried: Sequence[Certificate] = (),
    critical: str = "",
    cutoff: datetime | None = None,
    nonce: bytes | None = None,
    named: str = "sha1",
    copies: int = 1,
) -> bytes:
    """An OCSP answer about a certificate of ``issuer``, signed by ``by``."""
    single: dict[str, Any] = {"cert_id": _cert_id(of, issuer, named), "this_update": made}
    single["cert_status"] = asn1_ocsp.CertStatus("unknown" if unknown else "good", core.Null())
    if revoked:
        info = {"revocation_time": revoked, **({"revocation_reason": why} if why else {})}
        single["cert_status"] = asn1_ocsp.CertStatus("revoked", info)
    if lasts is not None:
        single["next_update"] = made + lasts
    if cutoff:
        single["single_extensions"] = [{"extn_id": "archive_cutoff", "critical": False, "extn_value": cutoff}]
    said: list[dict[str, Any]] = []
    if nonce is not None:
        said.append({"extn_id": "nonce", "critical": False, "extn_value": nonce})
    if critical:
        said.append({"extn_id": critical, "critical": True, "extn_value": b"\x05\x00"})
    responder = asn1.Certificate.load(by.certificate.der)
    fields: dict[str, Any] = {
        "responder_id": asn1_ocsp.ResponderId("by_name", responder.subject),
        "produced_at": produced or made,
        "responses": [asn1_ocsp.SingleResponse(single)] * copies,
    }
    if said:
        fields["response_extensions"] = said
    return _signed(asn1_ocsp.ResponseData(fields), by, carried)


def _signed(data: asn1_ocsp.ResponseData, by: Known, carried: Sequence[Certificate]) -> bytes:
    algorithm = {"algorithm": f"{digest_for(by.key).name}_{'rsa' if 'RSA' in type(by.key).__name__ else 'ecdsa'}"}
    body: dict[str, Any] = {
        "tbs_response_data": data,
        "signature_algorithm": algos.SignedDigestAlgorithm(algorithm),
        "signature": sign_raw(by.key, data.dump()),
    }
    if carried:
        body["certs"] = [asn1.Certificate.load(certificate.der) for certificate in carried]
    wrapped = {"response_type": "basic_ocsp_response", "response": asn1_ocsp.BasicOCSPResponse(body)}
    der: bytes = asn1_ocsp.OCSPResponse({"response_status": "successful", "response_bytes": wrapped}).dump()
    return der


def _cert_id(of: Known, issuer: Ca, algorithm: str) -> asn1_ocsp.CertId:
    named = asn1.Certificate.load(issuer.certificate.der)
    return asn1_ocsp.CertId(
        {
            "hash_algorithm": {"algorithm": algorithm},
            "issuer_name_hash": getattr(named.subject, algorithm),
            "issuer_key_hash": getattr(named.public_key, algorithm),
            "serial_number": of.certificate.serial,
        }
    )


def judged(
    of: Known | Certificate,
    roots: Sequence[Known],
    *,
    at: datetime = NOW,
    known: Sequence[Known] = (),
    crls: Sequence[bytes] = (),
    answers: Sequence[bytes] = (),
    trust: Trust | None = None,
    **asked: Any,
) -> Trusted:
    """What trust in these roots, asked offline at the moment `NOW`, says of a certificate."""
    certificate = of.certificate if isinstance(of, Known) else of
    store = TrustStore(tuple(root.certificate for root in roots))
    asker = trust or Trust(store, clock=lambda: NOW)
    helpers = tuple(one.certificate for one in known)
    return asker.judge(certificate, at=at, known=helpers, evidence=Evidence(tuple(crls), tuple(answers)), **asked)


def codes(found: Trusted) -> list[str]:
    return [why.code for why in found.reasons]
