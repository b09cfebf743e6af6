"""OCSP (RFC 6960): the question, and what an answer says of a certificate."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, OCSPExtensionOID

from ulak.seal.certificates import Certificate, certificate_of
from ulak.seal.errors import SealError
from ulak.seal.remembering import remembered
from ulak.seal.trust.chains import strange_extensions
from ulak.seal.trust.reasons import reason
from ulak.seal.trust.signatures import (
    BROKEN,
    has_weak_key,
    is_issued_by,
    is_strong,
    is_weakly_signed,
    key_hash,
    padding_of,
    verifies,
)
from ulak.seal.trust.standing import Kind, Moment, Standing, State, limits
from ulak.seal.verdicts import Reason

__all__ = ["answer_of", "nonce_of", "question", "standing_by_ocsp"]

_ARCHIVE_CUTOFF: Final = x509.ObjectIdentifier("1.3.6.1.5.5.7.48.1.6")
_UNDERSTOOD: Final = frozenset({OCSPExtensionOID.NONCE, _ARCHIVE_CUTOFF})
_HASHES: Final = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}


def question(certificate: Certificate, issuer: Certificate, nonce: bytes) -> bytes:
    """A request for one certificate. SHA-1 only names the issuer here, and is what every responder knows (RFC 5019)."""
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate.x509, issuer.x509, hashes.SHA1())  # noqa: S303
    return builder.add_extension(x509.OCSPNonce(nonce), critical=False).build().public_bytes(Encoding.DER)


@remembered(most=1024, largest=16 * 1024)
def answer_of(der: bytes) -> ocsp.OCSPResponse:
    """Read an answer; raises ValueError if it cannot be."""
    try:
        return ocsp.load_der_ocsp_response(der)
    except BROKEN as error:
        raise ValueError(str(error)) from None


def nonce_of(der: bytes) -> bytes | None:
    """The nonce that an answer repeats; raises ValueError if the answer cannot be read."""
    read = answer_of(der)
    if read.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        return None
    try:
        return read.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce
    except x509.ExtensionNotFound:
        return None
    except BROKEN as error:
        raise ValueError(str(error)) from None


def standing_by_ocsp(
    der: bytes, certificate: Certificate, issuer: Certificate, moment: Moment
) -> tuple[Standing, Certificate | None] | Reason:
    """What an answer says of a certificate, or why it says nothing.

    Returns:
        the standing and, if it is not the issuer itself and does not carry ocsp-nocheck, the responder's certificate,
        of which it is still to be found out whether it was revoked.
    """
    try:
        read = answer_of(der)
        if read.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return reason("trust.ocsp-refused", status=read.response_status.name.lower())
        if unfit := _unfit(read):
            return unfit
        # Before any signature is checked: a document may carry answers about everybody.
        if not _is_about(read, certificate, issuer):
            return reason("trust.ocsp-other-certificate", certificate=certificate.common_name)
        found = _responder(der, issuer)
        if isinstance(found, Reason):
            return found
        standing = _standing(der, read, certificate, moment)
    except (*BROKEN, SealError) as error:
        return reason("trust.ocsp-broken", detail=str(error)[:200])
    unproven = None if found == issuer or _needs_no_check(found) else found
    return standing if isinstance(standing, Reason) else (standing, unproven)


def _unfit(read: ocsp.OCSPResponse) -> Reason | None:
    if len(list(read.responses)) != 1:
        return reason("trust.ocsp-unsupported", what="responses")
    if not is_strong(read.signature_hash_algorithm):
        return reason("trust.ocsp-unsupported", what=read.signature_algorithm_oid.dotted_string)
    for extension in (*read.extensions, *read.single_extensions):
        if extension.critical and extension.oid not in _UNDERSTOOD:
            return reason("trust.ocsp-unsupported", what=extension.oid.dotted_string)
    return None


@remembered(most=1024, largest=16 * 1024)
def _responder(der: bytes, issuer: Certificate) -> Certificate | Reason:
    """The certificate whose key signed the answer, if it may (RFC 6960, 4.2.2.2)."""
    read = answer_of(der)
    embedded = [certificate_of(known.public_bytes(Encoding.DER)) for known in read.certificates[:8]]
    named = [known for known in (issuer, *embedded) if _is_responder(read, known)]
    how = padding_of(read.signature_algorithm_oid, read.signature_hash_algorithm)
    signers = [
        known
        for known in named
        if verifies(known, read.signature, read.tbs_response_bytes, how, read.signature_hash_algorithm)
    ]
    if not signers:
        return reason("trust.ocsp-signature", issuer=issuer.common_name)
    entitled = [known for known in signers if known == issuer or _is_entitled(known, issuer, read.produced_at_utc)]
    return entitled[0] if entitled else reason("trust.ocsp-signer", signer=signers[0].common_name)


def _is_responder(read: ocsp.OCSPResponse, certificate: Certificate) -> bool:
    if read.responder_name is not None:
        return read.responder_name.public_bytes() == certificate.x509.subject.public_bytes()
    return read.responder_key_hash == key_hash(certificate, "sha1")


def _is_entitled(responder: Certificate, issuer: Certificate, produced: datetime) -> bool:
    """Whether the issuer itself gave the responder the right to answer."""
    extensions = responder.x509.extensions
    try:
        usage = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return (
        ExtendedKeyUsageOID.OCSP_SIGNING in usage
        and responder.x509.issuer.public_bytes() == issuer.x509.subject.public_bytes()
        and is_issued_by(responder, issuer)
        and not is_weakly_signed(responder)
        and not has_weak_key(responder)
        and not strange_extensions(responder)
        and responder.is_valid_on(produced)
    )


def _needs_no_check(responder: Certificate) -> bool:
    try:
        responder.x509.extensions.get_extension_for_class(x509.OCSPNoCheck)
    except x509.ExtensionNotFound:
        return False
    return True


def _is_about(read: ocsp.OCSPResponse, certificate: Certificate, issuer: Certificate) -> bool:
    name = read.hash_algorithm.name
    if name not in _HASHES:
        return False
    return (
        read.serial_number == certificate.serial
        and read.issuer_key_hash == key_hash(issuer, name)
        and read.issuer_name_hash == _HASHES[name](certificate.x509.issuer.public_bytes()).digest()
    )


def _standing(der: bytes, read: ocsp.OCSPResponse, certificate: Certificate, moment: Moment) -> Standing | Reason:
    status = read.certificate_status
    if status is ocsp.OCSPCertStatus.UNKNOWN:
        return reason("trust.ocsp-unknown", certificate=certificate.common_name)
    made = read.this_update_utc
    if read.produced_at_utc > max(moment.now, moment.at) + moment.policy.skew:
        return reason("trust.ocsp-from-future", made=read.produced_at_utc)
    until = limits("ocsp", made, read.next_update_utc, certificate, moment, _cutoff(read))
    if not isinstance(until, datetime):
        return until
    good = Standing(State.GOOD, Kind.OCSP, der, made, until)
    if status is ocsp.OCSPCertStatus.GOOD:
        return good
    since = read.revocation_time_utc
    return (
        good.taken_back(since, read.revocation_reason, moment)
        if since
        else reason("trust.ocsp-broken", detail="revocationTime")
    )


def _cutoff(read: ocsp.OCSPResponse) -> datetime | None:
    """Since when the responder remembers expired certificates (RFC 6960, 4.4.4)."""
    for extension in read.single_extensions:
        if extension.oid == _ARCHIVE_CUTOFF and isinstance(extension.value, x509.UnrecognizedExtension):
            found = re.fullmatch(rb"\x18\x0f(\d{14})Z", extension.value.value)
            return datetime.strptime(f"{found[1].decode()}+0000", "%Y%m%d%H%M%S%z") if found else None
    return None
