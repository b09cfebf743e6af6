"""Keys behind a host that signs digests over HTTPS (CSC API v2): a taxpayer's own card, another HSM.

The address is ``https://host[:port][/base]#credentialID``; Ulak adds ``/csc/v2/…`` to it. The access token (OAuth 2.0
bearer, RFC 6750) has to authorise signing by itself: hosts that want a confirmation of each signature are refused.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, quote, unquote, urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric import ec

from ulak.seal.algorithms import Algorithm
from ulak.seal.certificates import Certificate, certificate_of
from ulak.seal.errors import SealError
from ulak.seal.keys.certified import CertifiedKey
from ulak.seal.keys.csc import BASE, DIGEST_OIDS, INFO, LIST, PLAIN_RSA, SIGN_HASH, SIGNATURE_OIDS
from ulak.seal.keys.problems import failure
from ulak.seal.keys.secrets import Kind, SecretSource, Wanted, no_secret
from ulak.seal.keys.signatures import chain_of, checked, plain_of_any, refuse_wrong_length
from ulak.seal.keys.transport import Host, Limits, tls_context

__all__ = ["RemoteKey", "credentials_at", "open_remote"]

_NETLOC: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s@:\[\]]+)(:[0-9]{1,5})?")
_IMPLICIT: Final = ("implicit", "oauth2code")


class RemoteKey(CertifiedKey):
    """A key behind a signing host."""

    def __init__(self, host: Host, credential: str, certificates: tuple[Certificate, ...], oid: str) -> None:
        super().__init__(f"{certificates[0].common_name or credential} ({host.name})", certificates)
        self._host, self._credential, self._oid = host, credential, oid
        self._closed = False

    @property
    def kind(self) -> str:
        """Such as ``RSA 2048`` or ``EC secp384r1``."""
        key = self.certificate.public_key
        return f"EC {key.curve.name}" if isinstance(key, ec.EllipticCurvePublicKey) else f"RSA {key.key_size}"

    def sign(self, digest: bytes) -> bytes:
        """Raises KeyFailure ``key.digest-length``, ``key.host-*``, ``key.wrong-signature``, ``key.closed``."""
        if self._closed:
            raise failure("key.closed", name=self.name)
        refuse_wrong_length(digest, self.algorithm)
        question: dict[str, object] = {
            "credentialID": self._credential,
            "hashes": [b64encode(digest).decode()],
            "signAlgo": self._oid,
        }
        if self._oid == PLAIN_RSA:
            question["hashAlgorithmOID"] = DIGEST_OIDS[self.algorithm.digest]
        signature = _signature(self._host.ask(SIGN_HASH, question), self._host.name)
        return checked(plain_of_any(signature, self.certificate), digest, self.certificate, self.name)

    def close(self) -> None:
        self._closed = True
        self._host.close()


def open_remote(
    address: str,
    secret: SecretSource = no_secret,
    certificates: tuple[Certificate, ...] | None = None,
    ca_file: Path | None = None,
    limits: Limits = Limits(),  # noqa: B008
) -> RemoteKey:
    """The key behind a signing host; asks the host for its certificates.

    Args:
        certificates: the key's certificate and any issuers, if the host's are not to be used.
        ca_file: PEM file with the roots for the host's TLS certificate; by default those of Mozilla (certifi).

    Raises:
        KeyFailure: ``key.address``, ``key.secret-in-address``, ``key.host-*``, ``key.certificate-missing``,
            ``key.mechanism``, ``key.secret-*``.
        SealError: ``key.unsupported``, ``certificate.*``.
    """
    place, credential = _place(address)
    if not credential:
        raise failure("key.address", address=f"https://{place.netloc}{place.path}")
    host = _host(place, secret, ca_file, limits)
    try:
        return _opened(host, credential, certificates)
    except SealError:
        host.close()
        raise


def credentials_at(
    address: str,
    secret: SecretSource = no_secret,
    ca_file: Path | None = None,
    limits: Limits = Limits(),  # noqa: B008
) -> tuple[str, ...]:
    """The addresses of the keys that a host shows to the owner of the access token; that of one key is alone.

    Raises:
        KeyFailure: ``key.address``, ``key.secret-in-address``, ``key.host-*``, ``key.secret-*``.
    """
    place, credential = _place(address)
    if credential:
        return (address,)
    host = _host(place, secret, ca_file, limits)
    try:
        names = host.ask(LIST, {}).get("credentialIDs")
    finally:
        host.close()
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise failure("key.host-malformed", host=place.netloc, detail="credentialIDs")
    return tuple(f"{address.partition('#')[0]}#{quote(name, safe='')}" for name in names)


def _host(place: SplitResult, secret: SecretSource, ca_file: Path | None, limits: Limits) -> Host:
    token = secret(Wanted(Kind.TOKEN, place.netloc))
    if token is None:
        raise failure("key.host-token-missing", host=place.netloc)
    base = f"https://{place.netloc}{place.path.rstrip('/')}{BASE}"
    return Host(place.netloc, base, token, tls_context(ca_file), limits)


def _place(address: str) -> tuple[SplitResult, str]:
    try:
        place = urlsplit(address)
        _ = place.port, httpx.URL(address)
    except (ValueError, httpx.InvalidURL):
        raise failure("key.address", address="https:…") from None
    if place.username is not None or place.query:
        raise failure("key.secret-in-address", part="https://…@" if place.username is not None else "?…")
    if place.scheme != "https" or not _NETLOC.fullmatch(place.netloc):
        raise failure("key.address", address=f"{place.scheme}://{place.netloc}{place.path}")
    return place, unquote(place.fragment)


def _opened(host: Host, credential: str, given: tuple[Certificate, ...] | None) -> RemoteKey:
    info = host.ask(INFO, {"credentialID": credential, "certificates": "chain", "certInfo": False, "authInfo": True})
    mode = _part(info, "auth").get("mode", "implicit")
    if mode not in _IMPLICIT:
        raise failure("key.host-authorization", host=host.name, mode=str(mode)[:40])
    held = _certificates(_part(info, "cert").get("certificates"), host.name)
    candidates = held if given is None else given
    if not candidates:
        raise failure("key.certificate-missing", place=host.name)
    own = candidates[0]
    oid = _oid(_part(info, "key").get("algo"), own.algorithm, host.name)
    return RemoteKey(host, credential, (own, *chain_of(own, (*candidates, *held))), oid)


def _part(info: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = info.get(name, {})
    return part if isinstance(part, dict) else {}


def _certificates(listed: object, host: str) -> tuple[Certificate, ...]:
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        return ()
    try:
        return tuple(certificate_of(b64decode(one, validate=True)) for one in listed)
    except binascii.Error:
        raise failure("key.host-malformed", host=host, detail="certificates") from None


def _oid(offered: object, algorithm: Algorithm, host: str) -> str:
    """The name under which the host makes our signature: the whole algorithm if it has it, else plain RSA."""
    names = offered if isinstance(offered, list) else []
    for name in (SIGNATURE_OIDS[algorithm], PLAIN_RSA if algorithm.family == "RSA" else ""):
        if name in names:
            return name
    raise failure("key.mechanism", place=host, mechanism=algorithm.name)


def _signature(answer: Mapping[str, Any], host: str) -> bytes:
    signatures = answer.get("signatures")
    if isinstance(signatures, list) and len(signatures) == 1 and isinstance(signatures[0], str):
        try:
            return b64decode(signatures[0], validate=True)
        except binascii.Error:
            pass
    raise failure("key.host-malformed", host=host, detail="signatures")
