"""What the certificates of the test PKI say, by purpose: as KamuSM's do, with names that nobody takes for KamuSM's.

Sources: the mali mühür certificates in GİB's samples and in signed invoices (Sürüm 1, 2 and 3; facts/10, 4); for the
personal certificate BTK's profile of qualified certificates (2012: key usage, qualified certificate statements) and
the policy that KamuSM names in them; RFC 5280, RFC 6960 4.2.2.2, RFC 3161 2.3.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Final, NamedTuple

from asn1crypto import core
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID as Access
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose
from cryptography.x509.oid import NameOID

__all__ = [
    "AUTHORITY",
    "ENCRYPTION",
    "E_IMZA",
    "MALI_MUHUR",
    "OCSP_RESPONDER",
    "ROOT",
    "TIME_STAMPING",
    "TLS_SERVER",
    "TSA_POLICY",
    "Addresses",
    "Profile",
    "authority_name",
    "extensions",
    "holder_name",
]

_TUBITAK: Final = "2.16.792.1.2.1.1.5.7"
TSA_POLICY: Final = f"{_TUBITAK}.3.1"
"""The policy that KamuSM's time stamp service names, as clients of it are configured."""
_QC_STATEMENTS: Final = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
_QUALIFIED: Final = ("0.4.0.1862.1.1", "2.16.792.1.61.0.1.5070.1.1")
"""ETSI's statement and that of the Turkish authority (BTK) by law 5070."""
_NOTICE: Final = "TEST sertifikasıdır, hukuki değeri yoktur. / TEST certificate without legal value."
_USAGES: Final = (
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


class Profile(NamedTuple):
    """What a certificate is for.

    Attributes:
        usage: bits of the (critical) key usage, in the words of `x509.KeyUsage`.
        purposes: object identifiers of the extended key usage.
        critical_purposes: whether the extended key usage is critical.
        policy: the certificate policy; empty for none.
        qualified: whether it says that it is a qualified certificate (law 5070).
        path_length: certificates that may follow below an authority's; None for a holder's.
        unchecked: ``id-pkix-ocsp-nocheck``: nobody asks for its revocation.
        host: the name of a TLS server.
    """

    usage: tuple[str, ...]
    purposes: tuple[str, ...] = ()
    critical_purposes: bool = False
    policy: str = ""
    qualified: bool = False
    path_length: int | None = None
    unchecked: bool = False
    host: str = ""


MALI_MUHUR: Final = Profile(("digital_signature",), (f"{_TUBITAK}.50.1",), policy=f"{_TUBITAK}.4.1")
ENCRYPTION: Final = Profile(("key_encipherment", "data_encipherment"), (f"{_TUBITAK}.50.2",), policy=f"{_TUBITAK}.4.1")
"""The other certificate on a mali mühür card: it must not seal."""
E_IMZA: Final = Profile(("digital_signature", "content_commitment"), policy=f"{_TUBITAK}.1.1", qualified=True)
TLS_SERVER: Final = Profile(
    ("digital_signature", "key_encipherment"), (Purpose.SERVER_AUTH.dotted_string,), host="test.invalid"
)
TIME_STAMPING: Final = Profile(
    ("digital_signature",), (Purpose.TIME_STAMPING.dotted_string,), critical_purposes=True, policy=TSA_POLICY
)
OCSP_RESPONDER: Final = Profile(("digital_signature",), (Purpose.OCSP_SIGNING.dotted_string,), unchecked=True)
ROOT: Final = Profile(("key_cert_sign", "crl_sign"), path_length=1)
AUTHORITY: Final = Profile(("key_cert_sign", "crl_sign"), path_length=0)


class Addresses(NamedTuple):
    """Where the issuer publishes: its revocation list, its certificate, its OCSP responder."""

    crl: str
    certificate: str
    ocsp: str


def authority_name(title: str, *, long: bool = False) -> x509.Name:
    """The name of an authority; KamuSM's newer ones carry place and organisation too."""
    parts = [(NameOID.COUNTRY_NAME, "TR")]
    if long:
        parts += [
            (NameOID.LOCALITY_NAME, "TEST"),
            (NameOID.ORGANIZATION_NAME, "TEST - Gerçek bir kurum değildir"),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, "TEST"),
        ]
    return _name([*parts, (NameOID.COMMON_NAME, f"TEST {title}")])


def holder_name(name: str, tax_id: str | None, *, country: bool = False) -> x509.Name:
    """The name of a holder: VKN or TCKN in serialNumber, then the common name."""
    parts = [(NameOID.COUNTRY_NAME, "TR")] if country else []
    if tax_id:
        parts.append((NameOID.SERIAL_NUMBER, tax_id))
    return _name([*parts, (NameOID.COMMON_NAME, name)])


def _name(parts: list[tuple[x509.ObjectIdentifier, str]]) -> x509.Name:
    with warnings.catch_warnings():
        # The library counts bytes where X.520 counts characters, of which Turkish names have fewer.
        warnings.simplefilter("ignore", UserWarning)
        return x509.Name([x509.NameAttribute(oid, value, _validate=False) for oid, value in parts])


def extensions(profile: Profile, addresses: Addresses | None) -> Iterator[tuple[x509.ExtensionType, bool]]:
    """What a profile puts into a certificate, each with whether it is critical, in the order of KamuSM's."""
    yield x509.KeyUsage(**{name: name in profile.usage for name in _USAGES}), True
    if profile.policy:
        yield _policies(profile.policy, addresses), False
    yield x509.BasicConstraints(profile.path_length is not None, profile.path_length), True
    if profile.purposes:
        purposes = [x509.ObjectIdentifier(number) for number in profile.purposes]
        yield x509.ExtendedKeyUsage(purposes), profile.critical_purposes
    if profile.host:
        yield x509.SubjectAlternativeName([x509.DNSName(profile.host)]), False
    if profile.qualified:
        yield x509.UnrecognizedExtension(_QC_STATEMENTS, _statements()), False
    if profile.unchecked:
        yield x509.OCSPNoCheck(), False
    if addresses:
        yield from _where(addresses)


def _policies(policy: str, addresses: Addresses | None) -> x509.CertificatePolicies:
    said: list[str | x509.UserNotice] = [x509.UserNotice(None, _NOTICE)]
    if addresses:
        said.insert(0, addresses.certificate.rpartition("/")[0] + "/ilke")
    return x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(policy), said)])


class _Statement(core.Sequence):  # type: ignore[misc]
    _fields: Final = [("statement_id", core.ObjectIdentifier)]


class _Statements(core.SequenceOf):  # type: ignore[misc]
    _child_spec: Final = _Statement


def _statements() -> bytes:
    """QCStatements of RFC 3739, 3.2.6."""
    der: bytes = _Statements([{"statement_id": number} for number in _QUALIFIED]).dump()
    return der


def _where(addresses: Addresses) -> Iterator[tuple[x509.ExtensionType, bool]]:
    crl = x509.UniformResourceIdentifier(addresses.crl)
    yield x509.CRLDistributionPoints([x509.DistributionPoint([crl], None, None, None)]), False
    accesses = [(Access.CA_ISSUERS, addresses.certificate), (Access.OCSP, addresses.ocsp)]
    described = [x509.AccessDescription(method, x509.UniformResourceIdentifier(at)) for method, at in accesses]
    yield x509.AuthorityInformationAccess(described), False
