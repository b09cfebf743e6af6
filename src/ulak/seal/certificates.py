"""What a certificate says, in the forms that seals need it.

A mali mühür names its owner's VKN (ten digits), a personal certificate its owner's TCKN (eleven), in the subject's
serialNumber (2.5.4.5), as KamuSM's certificates in GİB's samples do.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from base64 import b64encode
from datetime import datetime
from functools import cached_property
from typing import Final

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import AuthorityInformationAccessOID as Access
from cryptography.x509.oid import ExtensionOID

from ulak.errors import Text
from ulak.seal.algorithms import Algorithm, algorithm_of
from ulak.seal.errors import Problem, SealError, error_of
from ulak.seal.remembering import remembered

__all__ = ["MAX_BYTES", "Certificate", "certificate_of", "certificates_in_pem"]

MAX_BYTES: Final = 64 * 1024
"""A certificate larger than this is refused unread; KamuSM's take two kilobytes."""

_UNREADABLE: Final = (
    ValueError,
    TypeError,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
_TAX_ID: Final = re.compile(r"(?<!\d)(\d{10,11})(?!\d)")
_SHORT: Final = {
    "2.5.4.3": "CN",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.9": "STREET",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "0.9.2342.19200300.100.1.1": "UID",
    "0.9.2342.19200300.100.1.25": "DC",
}
"""The attribute names of RFC 2253, 2.3; all others are written as numbers with their value in hex."""
_PROBLEMS: Final = {
    "certificate.broken": Problem(
        Text("Sertifika okunamıyor: {detail}", "The certificate cannot be read: {detail}"),
        Text(
            "Sertifikayı veren kuruluştan (KamuSM) yeniden alın.", "Get the certificate again from its issuer (KamuSM)."
        ),
    ),
    "certificate.too-large": Problem(
        Text(
            "Sertifika {size} bayt; en çok {limit} bayt olabilir.",
            "The certificate has {size} bytes; {limit} is the limit.",
        ),
        Text(
            "Belgenin imzasını denetleyin; bu bir sertifika değil.",
            "Check the document's seal; this is no certificate.",
        ),
    ),
}


class Certificate:
    """An X.509 certificate as issued. Two of them are equal if their bytes are.

    Attributes:
        der: the certificate's bytes.
        x509: the same, read.
    """

    def __init__(self, der: bytes, read: x509.Certificate) -> None:
        self.der: Final = der
        self.x509: Final = read

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Certificate) and self.der == other.der

    def __hash__(self) -> int:
        return hash(self.der)

    def __repr__(self) -> str:
        return f"Certificate({self.subject!r}, serial={self.serial})"

    @cached_property
    def subject(self) -> str:
        """The subject as RFC 2253 writes it, most specific part first."""
        return rfc2253(self.x509.subject.public_bytes())

    @cached_property
    def issuer(self) -> str:
        """The issuer as RFC 2253 writes it."""
        return rfc2253(self.x509.issuer.public_bytes())

    @cached_property
    def serial(self) -> int:
        return self.x509.serial_number

    @cached_property
    def common_name(self) -> str:
        """Whose certificate it is, as a person reads it; empty if it has no common name."""
        return _first(self.x509.subject, x509.NameOID.COMMON_NAME)

    @cached_property
    def tax_id(self) -> str | None:
        """VKN or TCKN of the owner; None where the subject's serialNumber holds neither."""
        found = _TAX_ID.search(_first(self.x509.subject, x509.NameOID.SERIAL_NUMBER))
        return found[1] if found else None

    @cached_property
    def not_before(self) -> datetime:
        return self.x509.not_valid_before_utc

    @cached_property
    def not_after(self) -> datetime:
        return self.x509.not_valid_after_utc

    def is_valid_on(self, moment: datetime) -> bool:
        """Whether ``moment`` lies in the certificate's validity."""
        return self.not_before <= moment <= self.not_after

    @cached_property
    def public_key(self) -> rsa.RSAPublicKey | ec.EllipticCurvePublicKey:
        """Raises SealError ``key.unsupported`` for keys that cannot seal."""
        key = self._key
        algorithm_of(key)
        assert isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey)
        return key

    @cached_property
    def _key(self) -> object:
        """The key, or what kind it is if it cannot be read or may not sign as seals do."""
        if self.x509.public_key_algorithm_oid == x509.PublicKeyAlgorithmOID.RSASSA_PSS:
            # The library reads it as any RSA key, but it is bound to PSS; seals are PKCS#1 v1.5 (RFC 4055, 1.2).
            return "RSASSA-PSS"
        try:
            return self.x509.public_key()
        except (ValueError, UnsupportedAlgorithm):
            return self.x509.public_key_algorithm_oid.dotted_string

    @cached_property
    def algorithm(self) -> Algorithm:
        """The algorithm that the key chooses; raises SealError ``key.unsupported``."""
        return algorithm_of(self._key)

    @cached_property
    def base64(self) -> str:
        return b64encode(self.der).decode()

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate in hex, as people compare certificates."""
        return hashlib.sha256(self.der).hexdigest()

    @cached_property
    def is_authority(self) -> bool:
        """Whether it may issue certificates (basic constraints)."""
        try:
            return self.x509.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        except x509.ExtensionNotFound:
            return False

    @cached_property
    def is_self_issued(self) -> bool:
        return self.x509.subject.public_bytes() == self.x509.issuer.public_bytes()

    @cached_property
    def spki(self) -> bytes:
        """The public key as SubjectPublicKeyInfo."""
        return self.x509.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    @cached_property
    def crl_urls(self) -> tuple[str, ...]:
        """Where its revocation list is published, in the certificate's order."""
        try:
            points = self.x509.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
        except x509.ExtensionNotFound:
            return ()
        return tuple(name.value for point in points for name in point.full_name or () if _is_address(name))

    @cached_property
    def ocsp_urls(self) -> tuple[str, ...]:
        return self._accesses(Access.OCSP)

    @cached_property
    def issuer_urls(self) -> tuple[str, ...]:
        """Where the issuer's certificate is published."""
        return self._accesses(Access.CA_ISSUERS)

    def _accesses(self, method: x509.ObjectIdentifier) -> tuple[str, ...]:
        try:
            found = self.x509.extensions.get_extension_for_oid(ExtensionOID.AUTHORITY_INFORMATION_ACCESS).value
        except x509.ExtensionNotFound:
            return ()
        assert isinstance(found, x509.AuthorityInformationAccess)
        return tuple(
            access.access_location.value
            for access in found
            if access.access_method == method and _is_address(access.access_location)
        )


def certificate_of(der: bytes) -> Certificate:
    """Read a certificate; of usual size, the same bytes give the same object, so that nothing is worked out twice.

    Raises:
        SealError: ``certificate.broken`` or ``certificate.too-large``.
    """
    if len(der) > MAX_BYTES:
        raise error_of(SealError, _PROBLEMS, "certificate.too-large", size=len(der), limit=MAX_BYTES)
    return _read(der)


@remembered(most=4096, largest=8 * 1024)
def _read(der: bytes) -> Certificate:
    try:
        with warnings.catch_warnings():
            # KamuSM's names have more than 64 bytes (though not characters), of which the library warns.
            warnings.simplefilter("ignore", UserWarning)
            read = x509.load_der_x509_certificate(der)
            # Extensions are parsed late; a broken one must show here.
            _ = read.extensions, read.subject, read.issuer
    except _UNREADABLE as error:
        raise error_of(SealError, _PROBLEMS, "certificate.broken", detail=str(error)[:200]) from None
    return Certificate(der, read)


def certificates_in_pem(data: bytes) -> tuple[Certificate, ...]:
    """All certificates of a PEM file, in its order; raises SealError ``certificate.broken`` if one cannot be read."""
    try:
        return tuple(certificate_of(read.public_bytes(Encoding.DER)) for read in x509.load_pem_x509_certificates(data))
    except _UNREADABLE as error:
        raise error_of(SealError, _PROBLEMS, "certificate.broken", detail=str(error)[:200]) from None


def rfc2253(name: bytes) -> str:
    """A distinguished name (DER) as RFC 2253 writes it, the way of the seals in GİB's samples.

    >>> name = x509.Name([x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "TR"),
    ...                   x509.NameAttribute(x509.NameOID.SERIAL_NUMBER, "9999999999"),
    ...                   x509.NameAttribute(x509.NameOID.COMMON_NAME, "Deneme, A.Ş.")])
    >>> print(rfc2253(name.public_bytes()))
    CN=Deneme\\, A.Ş.,2.5.4.5=#130a39393939393939393939,C=TR
    """
    parts = asn1.Name.load(name).chosen
    return ",".join("+".join(_attribute(attribute) for attribute in part) for part in reversed(list(parts)))


def _attribute(attribute: asn1.NameTypeAndValue) -> str:
    number = attribute["type"].dotted
    in_hex = f"#{attribute.contents[len(attribute['type'].dump()) :].hex()}"
    if number not in _SHORT:
        return f"{number}={in_hex}"
    try:
        return f"{_SHORT[number]}={_escaped(str(attribute['value'].native))}"
    except (ValueError, TypeError, IndexError):
        # Not a string where one belongs: only a stranger's certificate says such a thing.
        return f"{_SHORT[number]}={in_hex}"


def _escaped(value: str) -> str:
    text = re.sub(r'([,+"\\<>;])', r"\\\1", value)
    if text.startswith(("#", " ")):
        text = "\\" + text
    return text[:-1] + "\\ " if text.endswith(" ") and len(value) > 1 else text


def _first(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""


def _is_address(name: x509.GeneralName) -> bool:
    return isinstance(name, x509.UniformResourceIdentifier)
