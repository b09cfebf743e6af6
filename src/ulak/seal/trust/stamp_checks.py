"""Whether a time stamp's signature is that of a certificate (RFC 5652, 5.4 and 5.6; RFC 3161, 2.4.2; RFC 5816)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from asn1crypto import algos, cms, tsp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding

from ulak.seal.algorithms import Digest
from ulak.seal.certificates import Certificate
from ulak.seal.trust.findings import Finding, finding
from ulak.seal.trust.signatures import verifies
from ulak.seal.trust.timestamps import TimeStampToken
from ulak.seal.verdicts import SubIndication as Sub

__all__ = ["misfit"]

_DIGESTS: Final = {digest.name.lower(): digest for digest in Digest}


class _Unfit(Exception):
    """Carries a finding out of the depth of a structure."""

    def __init__(self, found: Finding) -> None:
        super().__init__(found.reason.code)
        self.found = found


@lru_cache(maxsize=256)
def misfit(token: TimeStampToken, signer: Certificate) -> Finding | None:
    """Why the token is not the certificate's; None if it is."""
    try:
        _check(token, signer)
    except _Unfit as unfit:
        return unfit.found
    # asn1crypto lets whatever strange bytes cause come through.
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError) as error:
        return finding(Sub.FORMAT_FAILURE, "timestamp.unsupported", what=str(error)[:200])
    return None


def _check(token: TimeStampToken, signer: Certificate) -> None:
    if token.digest is None:
        raise _weak("messageImprint")
    if not token.attributes:
        raise _wrong("signedAttrs")
    signed = token.signed
    digest = _digest(signed["digest_algorithm"]["algorithm"].native, "digestAlgorithm")
    attributes = _attributes(signed)
    if _only(attributes, "content_type").native != "tst_info":
        raise _wrong("contentType")
    if _only(attributes, "message_digest").native != digest.of(token.info):
        raise _Unfit(finding(Sub.HASH_FAILURE, "timestamp.content-changed"))
    _check_signature(token, digest, signer)
    _check_named(attributes, signer)


def _attributes(signed: cms.SignerInfo) -> dict[str, Any]:
    """Values by type; a type that stands there twice could mean two things."""
    found: dict[str, Any] = {}
    for attribute in signed["signed_attrs"]:
        name = attribute["type"].native
        if name in found:
            raise _wrong(name)
        found[name] = attribute["values"]
    return found


def _only(attributes: dict[str, Any], name: str) -> Any:
    values = attributes.get(name)
    if values is None or len(values) != 1:
        raise _wrong(name)
    return values[0]


def _check_signature(token: TimeStampToken, digest: Digest, signer: Certificate) -> None:
    how, hashed = _method(token.signed["signature_algorithm"], digest)
    signature = token.signed["signature"].native
    if not verifies(signer, signature, token.attributes, how, hashed):
        raise _Unfit(finding(Sub.SIG_CRYPTO_FAILURE, "timestamp.signature"))


def _method(
    algorithm: algos.SignedDigestAlgorithm, digest: Digest
) -> tuple[padding.PKCS1v15 | padding.PSS | ec.ECDSA, hashes.HashAlgorithm]:
    name = algorithm["algorithm"].native
    if name == "rsassa_pkcs1v15":
        return padding.PKCS1v15(), digest.hash
    if name == "rsassa_pss":
        return _pss(algorithm["parameters"])
    family = algorithm.signature_algo
    chosen = _digest(algorithm.hash_algo, "signatureAlgorithm")
    if family == "rsassa_pkcs1v15":
        return padding.PKCS1v15(), chosen.hash
    if family == "ecdsa":
        return ec.ECDSA(chosen.hash), chosen.hash
    raise _unsupported(name)


def _pss(parameters: algos.RSASSAPSSParams) -> tuple[padding.PSS, hashes.HashAlgorithm]:
    chosen = _digest(parameters["hash_algorithm"]["algorithm"].native, "signatureAlgorithm")
    mask = parameters["mask_gen_algorithm"]
    masking = _digest(mask["parameters"]["algorithm"].native, "maskGenAlgorithm")
    return padding.PSS(padding.MGF1(masking.hash), parameters["salt_length"].native), chosen.hash


def _check_named(attributes: dict[str, Any], signer: Certificate) -> None:
    """The signature must name its certificate, so that no other with the same key or name can be put in its place."""
    names = list(_named(attributes))
    if not names:
        raise _wrong("signingCertificate")
    for algorithm, identified in names:
        if algorithm not in {"sha1", *_DIGESTS}:
            raise _unsupported(f"ESSCertID: {algorithm}")
        if hashlib.new(algorithm, signer.der).digest() != identified["cert_hash"].native:
            raise _Unfit(finding(Sub.SIG_CONSTRAINTS_FAILURE, "timestamp.another-signer"))
        _check_serial(identified["issuer_serial"], signer)


def _named(attributes: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if "signing_certificate" in attributes:
        yield "sha1", _only(attributes, "signing_certificate")["certs"][0]
    if "signing_certificate_v2" in attributes:
        identified = _only(attributes, "signing_certificate_v2")["certs"][0]
        yield identified["hash_algorithm"]["algorithm"].native, identified


def _check_serial(named: tsp.IssuerSerial, signer: Certificate) -> None:
    if named.native is None:
        return
    issuers = [each.chosen.dump() for each in named["issuer"] if each.name == "directory_name"]
    is_same = named["serial_number"].native == signer.serial and signer.x509.issuer.public_bytes() in issuers
    if not is_same:
        raise _Unfit(finding(Sub.SIG_CONSTRAINTS_FAILURE, "timestamp.another-signer"))


def _digest(name: str, where: str) -> Digest:
    if name not in _DIGESTS:
        raise _weak(f"{where}: {name}")
    return _DIGESTS[name]


def _weak(what: str) -> _Unfit:
    return _Unfit(finding(Sub.CRYPTO_CONSTRAINTS_FAILURE, "timestamp.weak", what=what))


def _wrong(what: str) -> _Unfit:
    return _Unfit(finding(Sub.SIG_CONSTRAINTS_FAILURE, "timestamp.attributes", what=what))


def _unsupported(what: str) -> _Unfit:
    return _Unfit(finding(Sub.SIG_CONSTRAINTS_FAILURE, "timestamp.unsupported", what=what))
