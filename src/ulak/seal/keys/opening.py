"""A key from its address.

===========================================  ==========================================================
``pkcs12:PATH``                              a .p12 or .pfx file
``pkcs11:token=…;object=…?module-path=…``    a key on a token (RFC 7512; `ulak.seal.keys.uri`)
``https://host/base#credential``             a key behind a signing host (CSC API v2; `ulak.seal.keys.remote`)
===========================================  ==========================================================
"""

from __future__ import annotations

from pathlib import Path

from ulak.seal.certificates import Certificate, certificate_of, certificates_in_pem
from ulak.seal.keys.pkcs12 import open_pkcs12, read_file
from ulak.seal.keys.port import SealingKey
from ulak.seal.keys.problems import failure
from ulak.seal.keys.secrets import SecretSource, no_secret

__all__ = ["open_key", "read_certificates"]


def open_key(
    address: str,
    *,
    secret: SecretSource = no_secret,
    certificate: Path | None = None,
    module: Path | None = None,
    ca_file: Path | None = None,
) -> SealingKey:
    """The key that an address names.

    Args:
        secret: where the password, PIN or access token comes from, if one is needed.
        certificate: file (PEM or DER) with the key's certificate and any issuers, where the store's own is missing or
            not to be used.
        module: the PKCS#11 module, where the address names none.
        ca_file: PEM file with the roots that a signing host's TLS certificate is checked against; else the usual ones.

    Raises:
        KeyFailure: ``key.*``.
        SealError: ``key.unsupported``, ``certificate.*``.
    """
    scheme, _, rest = address.partition(":")
    given = None if certificate is None else read_certificates(certificate)
    if scheme == "pkcs12" and rest:
        return open_pkcs12(Path(rest), secret, given)
    if scheme == "pkcs11":
        from ulak.seal.keys.pkcs11 import open_pkcs11
        from ulak.seal.keys.uri import parse_uri

        return open_pkcs11(parse_uri(address), secret, given, module)
    if scheme == "https":
        from ulak.seal.keys.remote import open_remote

        return open_remote(address, secret, given, ca_file)
    # What follows a question mark or precedes an @ may be a secret in the wrong place.
    raise failure("key.address", address=address.partition("?")[0].rpartition("@")[2][:80])


def read_certificates(path: Path) -> tuple[Certificate, ...]:
    """The certificates of a PEM file in its order, or the one of a DER file.

    Raises:
        KeyFailure: ``key.file-*``.
        SealError: ``certificate.*``.
    """
    data = read_file(path)
    return certificates_in_pem(data) if b"-----BEGIN" in data else (certificate_of(data),)
