"""Time stamps of the test PKI (RFC 3161), of any moment that a test wants; ``ulak pki serve`` has openssl make them."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, Final

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import Hash

from ulak.seal.certificates import Certificate
from ulak.seal.pki.issuer import Signer
from ulak.seal.pki.keymaking import digest_for
from ulak.seal.pki.ocsp import sign_raw
from ulak.seal.pki.profiles import TSA_POLICY

__all__ = ["refusal", "stamp"]

_SIZES: Final = {"sha256": 32, "sha384": 48, "sha512": 64}


def stamp(request: bytes, by: Signer, chain: tuple[Certificate, ...], at: datetime, serial: int | None = None) -> bytes:
    """The response (DER) to a request (DER).

    Args:
        by: certificate and key of the time stamp authority.
        chain: certificates of its issuers, sent along where the request wants certificates.
        at: the time to attest, to the second.
        serial: the stamp's number; random if None.

    Returns:
        a token, or a refusal (``bad_alg``, ``unaccepted_policy``, ``bad_data_format``).
    """
    try:
        asked = tsp.TimeStampReq.load(request, strict=True)
        imprint = asked["message_imprint"]
        digest, hashed = imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native
        policy, wants_certificates = asked["req_policy"].native, asked["cert_req"].native
        nonce = asked["nonce"].native
    except (ValueError, TypeError, KeyError):
        return refusal("bad_data_format")
    if _SIZES.get(digest) != len(hashed):
        return refusal("bad_alg")
    if policy not in (None, TSA_POLICY):
        return refusal("unaccepted_policy")
    info = _info(imprint, at, serial or secrets.randbits(63) | 1, nonce)
    token = _token(info, by, (by.certificate, *chain) if wants_certificates else ())
    der: bytes = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump()
    return der


class _Refusal(core.Sequence):  # type: ignore[misc]
    """A TimeStampResp without a token, which asn1crypto takes for mandatory (RFC 3161, 2.4.2: optional)."""

    _fields: Final = [("status", tsp.PKIStatusInfo)]


def refusal(reason: str) -> bytes:
    """A response that gives no stamp; ``reason`` is one of PKIFailureInfo."""
    failure = tsp.PKIFailureInfo({reason})
    status = {"status": "rejection", "status_string": ["TEST"], "fail_info": failure}
    der: bytes = _Refusal({"status": status}).dump()
    return der


def _info(imprint: tsp.MessageImprint, at: datetime, serial: int, nonce: int | None) -> tsp.TSTInfo:
    fields: dict[str, Any] = {
        "version": "v1",
        "policy": TSA_POLICY,
        "message_imprint": imprint,
        "serial_number": serial,
        "gen_time": at.replace(microsecond=0),
        "accuracy": {"seconds": 1},
    }
    if nonce is not None:
        fields["nonce"] = nonce
    return tsp.TSTInfo(fields)


def _token(info: tsp.TSTInfo, by: Signer, carried: tuple[Certificate, ...]) -> cms.ContentInfo:
    digest = digest_for(by.key).name
    content = {"content_type": "tst_info", "content": core.ParsableOctetString(info.dump())}
    fields: dict[str, Any] = {
        "version": "v3",
        "digest_algorithms": [algos.DigestAlgorithm({"algorithm": digest})],
        "encap_content_info": content,
        "signer_infos": [_signer_info(info.dump(), by, digest)],
    }
    if carried:
        fields["certificates"] = [x509.Certificate.load(certificate.der) for certificate in carried]
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(fields)})


def _signer_info(content: bytes, by: Signer, digest: str) -> cms.SignerInfo:
    certificate = x509.Certificate.load(by.certificate.der)
    identified = tsp.ESSCertIDv2({"cert_hash": certificate.sha256})
    attributes = cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [_digest(by, content)]}),
            cms.CMSAttribute(
                {"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2({"certs": [identified]})]}
            ),
        ]
    )
    who = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    family = "rsassa_pkcs1v15" if isinstance(by.key, rsa.RSAPrivateKey) else f"{digest}_ecdsa"
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", who),
            "digest_algorithm": {"algorithm": digest},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": family},
            "signature": sign_raw(by.key, attributes.dump()),
        }
    )


def _digest(by: Signer, content: bytes) -> bytes:
    hashing = Hash(digest_for(by.key))
    hashing.update(content)
    return hashing.finalize()
