"""Certificate revocation lists (RFC 5280, 5): read, checked, asked for one certificate."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Final, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import CRLEntryExtensionOID as EntryOid
from cryptography.x509.oid import ExtensionOID as Oid

from ulak.seal.certificates import Certificate
from ulak.seal.trust.naming import name_of
from ulak.seal.trust.reasons import reason
from ulak.seal.trust.signatures import BROKEN, is_strong, verifies
from ulak.seal.trust.standing import Kind, Moment, Standing, State, limits
from ulak.seal.verdicts import Reason

E = TypeVar("E", bound=x509.ExtensionType)

__all__ = ["Crl", "crl_of", "standing_by_crl"]

_EXPIRED_CERTS_ON_CRL: Final = x509.ObjectIdentifier("2.5.29.60")
_UNDERSTOOD: Final = frozenset(
    {
        Oid.AUTHORITY_KEY_IDENTIFIER,
        Oid.CRL_NUMBER,
        Oid.ISSUER_ALTERNATIVE_NAME,
        Oid.ISSUING_DISTRIBUTION_POINT,
        Oid.FRESHEST_CRL,
        _EXPIRED_CERTS_ON_CRL,
    }
)
_ENTRY_UNDERSTOOD: Final = frozenset({EntryOid.CRL_REASON, EntryOid.INVALIDITY_DATE})
_LARGE: Final = 1024 * 1024
_CRITICAL: Final = re.compile(rb"\x01\x01[^\x00]", re.DOTALL)
"""``critical TRUE`` in DER; chance finds only cost a closer look."""


class Crl:
    """A revocation list as published.

    Attributes:
        der: its bytes.
        x509: the same, read.
        issuer: the issuer's name, DER.
        judged: why it cannot be taken for that of a certificate's owner, as far as it was asked.
    """

    def __init__(self, der: bytes, read: x509.CertificateRevocationList) -> None:
        self.der: Final = der
        self.x509: Final = read
        self.issuer: Final = read.issuer.public_bytes()
        self.judged: Final[dict[Certificate, Reason | None]] = {}

    @cached_property
    def unusable(self) -> Reason | None:
        """Why the list can tell nothing of any certificate; None if it can."""
        extensions = self.x509.extensions
        if self.x509.next_update_utc is None:
            return reason("trust.crl-unsupported", what="nextUpdate")
        if any(extension.oid == Oid.DELTA_CRL_INDICATOR for extension in extensions):
            return reason("trust.crl-unsupported", what="deltaCRLIndicator")
        if self._point and (self._point.indirect_crl or self._point.only_some_reasons):
            return reason("trust.crl-unsupported", what="issuingDistributionPoint: indirectCRL, onlySomeReasons")
        strange = [e.oid.dotted_string for e in extensions if e.critical and e.oid not in _UNDERSTOOD]
        strange += self._strange_entry_extensions()
        return reason("trust.crl-unsupported", what=strange[0]) if strange else None

    @cached_property
    def _point(self) -> x509.IssuingDistributionPoint | None:
        try:
            return self.x509.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
        except x509.ExtensionNotFound:
            return None

    @cached_property
    def keeps_expired_since(self) -> datetime | None:
        """Since when certificates that expired stay on the list (X.509, expiredCertsOnCRL); None: they may be gone."""
        try:
            found = self.x509.extensions.get_extension_for_oid(_EXPIRED_CERTS_ON_CRL).value
        except x509.ExtensionNotFound:
            return None
        return _generalized(found.value) if isinstance(found, x509.UnrecognizedExtension) else None

    def covers(self, certificate: Certificate) -> bool:
        """Whether a certificate of the list's issuer is in its scope (RFC 5280, 6.3.3 b)."""
        point = self._point
        if point is None:
            return True
        if point.only_contains_attribute_certs or point.relative_name:
            return False
        if (point.only_contains_user_certs and certificate.is_authority) or (
            point.only_contains_ca_certs and not certificate.is_authority
        ):
            return False
        names = {name.value for name in point.full_name or () if isinstance(name, x509.UniformResourceIdentifier)}
        return not point.full_name or bool(names.intersection(certificate.crl_urls))

    def _strange_entry_extensions(self) -> list[str]:
        critical = sum(extension.critical for extension in self.x509.extensions)
        if len(_CRITICAL.findall(self.x509.tbs_certlist_bytes)) <= critical:
            return []
        return [
            extension.oid.dotted_string
            for entry in self.x509
            for extension in entry.extensions
            if extension.critical and extension.oid not in _ENTRY_UNDERSTOOD
        ]


def crl_of(data: bytes) -> Crl:
    """Read a list, DER or PEM; raises ValueError if it cannot be."""
    return (_large if len(data) > _LARGE else _small)(data)


def _read(data: bytes) -> Crl:
    try:
        if data.lstrip().startswith(b"-----BEGIN"):
            read = x509.load_pem_x509_crl(data)
            return Crl(read.public_bytes(Encoding.DER), read)
        return Crl(data, x509.load_der_x509_crl(data))
    except BROKEN as error:
        raise ValueError(str(error)) from None


# Every document with a list of its own brings another one; those of the network are few.
_small: Final = lru_cache(maxsize=64)(_read)
_large: Final = lru_cache(maxsize=8)(_read)


def standing_by_crl(
    data: bytes | Crl, certificate: Certificate, issuer: Certificate, moment: Moment
) -> Standing | Reason:
    """What a list says of a certificate, or why it says nothing."""
    try:
        crl = data if isinstance(data, Crl) else crl_of(data)
        if name_of(crl.issuer) != name_of(issuer.x509.subject.public_bytes()):
            return reason("trust.crl-other-issuer", issuer=issuer.common_name)
        # Who signed comes first: the rest looks at every entry, of which a stranger's list may have millions.
        unusable = _not_of(issuer, crl) or crl.unusable
        if unusable:
            return unusable
        if not crl.covers(certificate):
            return reason("trust.crl-other-scope", certificate=certificate.common_name)
        return _entry(crl, certificate, moment)
    except BROKEN as error:
        return reason("trust.crl-broken", detail=str(error)[:200])


def _not_of(issuer: Certificate, crl: Crl) -> Reason | None:
    """Why the list cannot be taken for the issuer's; worked out once."""
    if issuer not in crl.judged:
        crl.judged[issuer] = _unsigned(crl.x509, issuer)
    return crl.judged[issuer]


def _unsigned(read: x509.CertificateRevocationList, issuer: Certificate) -> Reason | None:
    if not is_strong(read.signature_hash_algorithm):
        return reason("trust.crl-unsupported", what=read.signature_algorithm_oid.dotted_string)
    if not _may_sign(issuer):
        return reason("trust.crl-signer", issuer=issuer.common_name)
    how, digest = read.signature_algorithm_parameters, read.signature_hash_algorithm
    if not verifies(issuer, read.signature, read.tbs_certlist_bytes, how, digest):
        return reason("trust.crl-signature", issuer=issuer.common_name)
    return None


def _may_sign(issuer: Certificate) -> bool:
    try:
        return issuer.x509.extensions.get_extension_for_class(x509.KeyUsage).value.crl_sign
    except x509.ExtensionNotFound:
        return True


def _entry(crl: Crl, certificate: Certificate, moment: Moment) -> Standing | Reason:
    made, following = crl.x509.last_update_utc, crl.x509.next_update_utc
    until = limits("crl", made, following, certificate, moment, crl.keeps_expired_since)
    if not isinstance(until, datetime):
        return until
    good = Standing(State.GOOD, Kind.CRL, crl.der, made, until)
    entry = crl.x509.get_revoked_certificate_by_serial_number(certificate.serial)
    if entry is None:
        return good
    why = _value(entry, x509.CRLReason)
    if why and why.reason is x509.ReasonFlags.remove_from_crl:
        return reason("trust.crl-unsupported", what="removeFromCRL")
    invalid = _value(entry, x509.InvalidityDate)
    since = min(entry.revocation_date_utc, invalid.invalidity_date_utc) if invalid else entry.revocation_date_utc
    return good.taken_back(since, why.reason if why else None, moment)


def _value(entry: x509.RevokedCertificate, kind: type[E]) -> E | None:
    try:
        return entry.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _generalized(der: bytes) -> datetime | None:
    found = re.fullmatch(rb"\x18\x0f(\d{14})Z", der)
    return datetime.strptime(f"{found[1].decode()}+0000", "%Y%m%d%H%M%S%z") if found else None
