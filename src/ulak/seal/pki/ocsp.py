"""OCSP answers of the test PKI (RFC 6960): good, revoked, unknown, and the nonce echoed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from asn1crypto import core, keys, ocsp, x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from ulak.seal.certificates import Certificate
from ulak.seal.pki.issuer import Issuer, Revocation, Signer
from ulak.seal.pki.keymaking import PrivateKey, digest_for

__all__ = ["LASTS", "answer", "refusal", "row", "sign_raw", "signed_response"]

LASTS: Final = timedelta(days=1)
"""How long an answer is good."""
_DIGESTS: Final = frozenset({"sha1", "sha256", "sha384", "sha512"})
_REASONS: Final = {
    "keyCompromise": "key_compromise",
    "cACompromise": "ca_compromise",
    "affiliationChanged": "affiliation_changed",
    "superseded": "superseded",
    "cessationOfOperation": "cessation_of_operation",
    "certificateHold": "certificate_hold",
    "privilegeWithdrawn": "privilege_withdrawn",
    "unspecified": "unspecified",
}


def answer(issuers: Iterable[Issuer], request: bytes, at: datetime, lasts: timedelta = LASTS) -> bytes:
    """The response (DER) to a request (DER).

    All certificates of one request must be of one issuer: its responder signs. A request that cannot be read is
    answered ``malformedRequest``, one for issuers unknown here ``unauthorized``.
    """
    try:
        asked = ocsp.OCSPRequest.load(request, strict=True)
        wanted = [each["req_cert"] for each in asked["tbs_request"]["request_list"]]
        nonce = asked.nonce_value.native if asked.nonce_value is not None else None
        issuer = next((each for each in issuers if all(_is_of(each, cert_id) for cert_id in wanted)), None)
    except (ValueError, TypeError, KeyError):
        return refusal("malformed_request")
    if issuer is None or not wanted:
        return refusal("unauthorized" if wanted else "malformed_request")
    since = issuer.certificate.not_before
    rows = [row(each, _status(issuer, int(each["serial_number"].native), at), at, lasts, since) for each in wanted]
    signer = issuer.responder or issuer.signer
    return signed_response(rows, signer, at, nonce, (signer.certificate,) if issuer.responder else ())


def refusal(status: str) -> bytes:
    """A response without an answer, e.g. ``try_later`` (RFC 6960, 2.3)."""
    der: bytes = ocsp.OCSPResponse({"response_status": status}).dump()
    return der


def row(
    cert_id: ocsp.CertId,
    status: Revocation | str,
    at: datetime,
    lasts: timedelta | None = LASTS,
    kept_since: datetime | None = None,
) -> ocsp.SingleResponse:
    """One answer.

    Args:
        status: a revocation, ``good`` or ``unknown``.
        lasts: until the next update; None to name none.
        kept_since: since when expired certificates are remembered (archive cutoff, RFC 6960, 4.4.4); None not to say.
    """
    fields: dict[str, Any] = {"cert_id": cert_id, "this_update": at.replace(microsecond=0)}
    if isinstance(status, Revocation):
        revoked = {"revocation_time": status.at, "revocation_reason": _REASONS[status.reason]}
        fields["cert_status"] = ocsp.CertStatus("revoked", revoked)
    else:
        fields["cert_status"] = ocsp.CertStatus(status, core.Null())
    if lasts is not None:
        fields["next_update"] = (at + lasts).replace(microsecond=0)
    if kept_since is not None:
        cutoff = {"extn_id": "archive_cutoff", "critical": False, "extn_value": core.GeneralizedTime(kept_since)}
        fields["single_extensions"] = [cutoff]
    return ocsp.SingleResponse(fields)


def signed_response(
    rows: list[ocsp.SingleResponse], by: Signer, at: datetime, nonce: bytes | None, carried: tuple[Certificate, ...]
) -> bytes:
    """A response of a moment, signed, with the certificates it carries."""
    responder = x509.Certificate.load(by.certificate.der)
    fields: dict[str, Any] = {
        "responder_id": ocsp.ResponderId("by_key", core.OctetString(responder.public_key.sha1)),
        "produced_at": at.replace(microsecond=0),
        "responses": rows,
    }
    if nonce is not None:
        fields["response_extensions"] = [{"extn_id": "nonce", "critical": False, "extn_value": nonce}]
    data = ocsp.ResponseData(fields)
    signed: dict[str, Any] = {
        "tbs_response_data": data,
        "signature_algorithm": {"algorithm": _algorithm(by.key)},
        "signature": sign_raw(by.key, data.dump()),
    }
    if carried:
        signed["certs"] = [x509.Certificate.load(certificate.der) for certificate in carried]
    body = {"response_type": "basic_ocsp_response", "response": ocsp.BasicOCSPResponse(signed)}
    der: bytes = ocsp.OCSPResponse({"response_status": "successful", "response_bytes": body}).dump()
    return der


def sign_raw(key: PrivateKey, data: bytes) -> bytes:
    """A signature as ASN.1 structures carry it: PKCS#1 v1.5, or DER of r and s."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), digest_for(key))
    return key.sign(data, ec.ECDSA(digest_for(key), deterministic_signing=True))


def _algorithm(key: PrivateKey) -> str:
    return f"{digest_for(key).name}_{'rsa' if isinstance(key, rsa.RSAPrivateKey) else 'ecdsa'}"


def _is_of(issuer: Issuer, cert_id: ocsp.CertId) -> bool:
    name = cert_id["hash_algorithm"]["algorithm"].native
    if name not in _DIGESTS:
        return False
    key = keys.PublicKeyInfo.load(issuer.certificate.spki)["public_key"]
    hashes = (cert_id["issuer_name_hash"].native, cert_id["issuer_key_hash"].native)
    subject = issuer.certificate.x509.subject.public_bytes()
    return hashes == (hashlib.new(name, subject).digest(), hashlib.new(name, bytes(key)).digest())


def _status(issuer: Issuer, serial: int, at: datetime) -> Revocation | str:
    if serial not in issuer.issued:
        return "unknown"
    gone = issuer.revoked.get(serial)
    return gone if gone and gone.at <= at else "good"
