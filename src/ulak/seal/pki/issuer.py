"""One authority of the test PKI: it issues, keeps a register of what it issued and revoked, and publishes its list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from ulak.seal.certificates import Certificate, certificate_of
from ulak.seal.errors import error_of
from ulak.seal.pki.keymaking import PrivateKey, digest_for
from ulak.seal.pki.problems import PROBLEMS, PkiError
from ulak.seal.pki.profiles import Addresses, Profile, extensions

__all__ = ["LIFT", "REASONS", "Issuer", "NewSerial", "Revocation", "Signer", "Validity", "certify"]

REASONS: Final = {
    "unspecified": x509.ReasonFlags.unspecified,
    "keyCompromise": x509.ReasonFlags.key_compromise,
    "cACompromise": x509.ReasonFlags.ca_compromise,
    "affiliationChanged": x509.ReasonFlags.affiliation_changed,
    "superseded": x509.ReasonFlags.superseded,
    "cessationOfOperation": x509.ReasonFlags.cessation_of_operation,
    "certificateHold": x509.ReasonFlags.certificate_hold,
    "privilegeWithdrawn": x509.ReasonFlags.privilege_withdrawn,
}
"""Reasons of a revocation by their names in RFC 5280, 5.3.1."""
_EXPIRED_CERTS_ON_CRL: Final = x509.ObjectIdentifier("2.5.29.60")
LIFT: Final = "removeFromCRL"
"""The word that ends a suspension."""

NewSerial = Callable[[], int]


class Validity(NamedTuple):
    """From when until when a certificate is valid, to the second."""

    begin: datetime
    end: datetime


class Revocation(NamedTuple):
    at: datetime
    reason: str
    """One of `REASONS`; ``certificateHold`` is a suspension."""


class Signer(NamedTuple):
    """A certificate and its private key."""

    certificate: Certificate
    key: PrivateKey


@dataclass
class Issuer:
    """An authority.

    Attributes:
        name: what its files are called.
        signer: its certificate and key.
        parent: who issued it; None for a root.
        responder: who answers OCSP for it; None if it answers itself.
        issued: validity of all certificates it issued, by serial number.
        revoked: those of them that are revoked or suspended.
        crl_number: that of the last list.
    """

    name: str
    signer: Signer
    parent: Issuer | None = None
    responder: Signer | None = None
    issued: dict[int, Validity] = field(default_factory=dict)
    revoked: dict[int, Revocation] = field(default_factory=dict)
    crl_number: int = 0

    @property
    def certificate(self) -> Certificate:
        return self.signer.certificate

    @property
    def chain(self) -> tuple[Certificate, ...]:
        """Its certificate and those above it, the root last."""
        return (self.certificate, *(self.parent.chain if self.parent else ()))

    def addresses(self, url: str) -> Addresses:
        """Where it publishes, below ``url``."""
        return Addresses(f"{url}/{self.name}.crl", f"{url}/{self.name}.crt", f"{url}/ocsp")

    def issue(
        self,
        subject: x509.Name,
        key: PrivateKey,
        profile: Profile,
        validity: Validity,
        *,
        serial: int,
        url: str,
        more: Sequence[tuple[x509.ExtensionType, bool]] = (),
    ) -> Certificate:
        """Issue a certificate for the public part of ``key`` and enter it into the register.

        Args:
            more: extensions besides those of the profile, each with whether it is critical.
        """
        said = [*extensions(profile, self.addresses(url)), *more]
        made = certify(subject, key, self.signer, said, validity, serial)
        self.issued[serial] = validity
        return made

    def revoke(self, serial: int, at: datetime, reason: str = "unspecified") -> None:
        """Revoke or suspend a certificate, or end a suspension (`LIFT`).

        Raises:
            PkiError: ``pki.bad-reason``, ``pki.unknown-certificate``, ``pki.already-revoked`` or ``pki.not-suspended``.
        """
        if reason not in REASONS and reason != LIFT:
            raise error_of(PkiError, PROBLEMS, "pki.bad-reason", given=reason, choices=", ".join([*REASONS, LIFT]))
        if serial not in self.issued:
            raise error_of(PkiError, PROBLEMS, "pki.unknown-certificate", given=format(serial, "x"))
        before = self.revoked.get(serial)
        if before and before.reason != "certificateHold":
            raise error_of(PkiError, PROBLEMS, "pki.already-revoked", at=before.at.isoformat())
        if reason != LIFT:
            self.revoked[serial] = Revocation(at.replace(microsecond=0), reason)
        elif self.revoked.pop(serial, None) is None:
            raise error_of(PkiError, PROBLEMS, "pki.not-suspended")

    def crl(self, at: datetime, until: datetime) -> bytes:
        """The revocation list of a moment (DER): all that was revoked up to then, good until ``until``.

        It says that expired certificates stay on it (``expiredCertsOnCRL``), so that one can still be judged for the
        days when it was valid.
        """
        self.crl_number += 1
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.x509.subject)
            .last_update(at.replace(microsecond=0))
            .next_update(until.replace(microsecond=0))
            .add_extension(_authority_key(self.certificate), critical=False)
            .add_extension(x509.CRLNumber(self.crl_number), critical=False)
            .add_extension(_kept_since(self.certificate.not_before), critical=False)
        )
        for entry in self._entries(at):
            builder = builder.add_revoked_certificate(entry)
        key = self.signer.key
        return builder.sign(key, digest_for(key), ecdsa_deterministic=_deterministic(key)).public_bytes(Encoding.DER)

    def _entries(self, at: datetime) -> Iterator[x509.RevokedCertificate]:
        for serial, (revoked_at, reason) in sorted(self.revoked.items()):
            if revoked_at <= at:
                entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(revoked_at)
                if reason != "unspecified":
                    entry = entry.add_extension(x509.CRLReason(REASONS[reason]), critical=False)
                yield entry.build()


def certify(
    subject: x509.Name,
    key: PrivateKey,
    by: Signer | None,
    said: list[tuple[x509.ExtensionType, bool]],
    validity: Validity,
    serial: int,
) -> Certificate:
    """A certificate signed ``by`` an authority, or by its own key if None.

    Args:
        said: its extensions besides the key identifiers; a subject key identifier among them replaces the usual one.
    """
    issuer = by.certificate.x509.subject if by else subject
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(serial).not_valid_before(validity.begin).not_valid_after(validity.end)
    identifiers: list[x509.ExtensionType] = [_authority_key(by.certificate)] if by else []
    if not any(isinstance(extension, x509.SubjectKeyIdentifier) for extension, _ in said):
        identifiers.append(x509.SubjectKeyIdentifier.from_public_key(key.public_key()))
    for identifier in identifiers:
        builder = builder.add_extension(identifier, critical=False)
    for extension, critical in said:
        builder = builder.add_extension(extension, critical)
    signing = by.key if by else key
    signed = builder.sign(signing, digest_for(signing), ecdsa_deterministic=_deterministic(signing))
    return certificate_of(signed.public_bytes(Encoding.DER))


def _authority_key(issuer: Certificate) -> x509.AuthorityKeyIdentifier:
    try:
        known = issuer.x509.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    except x509.ExtensionNotFound:
        return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.x509.public_key())  # type: ignore[arg-type]
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(known)


def _kept_since(since: datetime) -> x509.UnrecognizedExtension:
    """``expiredCertsOnCRL`` (X.509, 9.5.2.8)."""
    return x509.UnrecognizedExtension(_EXPIRED_CERTS_ON_CRL, core.GeneralizedTime(since).dump())


def _deterministic(key: PrivateKey) -> bool | None:
    # The same key and clock make the same bytes, so that tests can be repeated.
    return True if isinstance(key, ec.EllipticCurvePrivateKey) else None
