"""From a certificate to a root: the ways there (RFC 4158), and what is wrong on them (RFC 5280, 6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final

from cryptography import x509
from cryptography.x509.oid import ExtensionOID as Oid

from ulak.seal.certificates import Certificate
from ulak.seal.trust.findings import Finding, finding
from ulak.seal.trust.naming import name_of
from ulak.seal.trust.policy import Purpose
from ulak.seal.trust.purposes import unfit_for
from ulak.seal.trust.signatures import has_weak_key, is_issued_by, is_weakly_signed, key_hash
from ulak.seal.trust.store import TrustStore
from ulak.seal.verdicts import SubIndication as Sub

__all__ = ["Chain", "Search", "faults", "strange_extensions", "subject_key"]

Chain = tuple[Certificate, ...]

_MAX_CHECKS: Final = 100
"""Signatures that are tried before a certificate with very many possible issuers is given up."""
_UNDERSTOOD: Final = frozenset(
    {
        Oid.BASIC_CONSTRAINTS,
        Oid.KEY_USAGE,
        Oid.EXTENDED_KEY_USAGE,
        Oid.CERTIFICATE_POLICIES,
        Oid.INHIBIT_ANY_POLICY,
        Oid.SUBJECT_ALTERNATIVE_NAME,
        Oid.ISSUER_ALTERNATIVE_NAME,
        Oid.AUTHORITY_KEY_IDENTIFIER,
        Oid.SUBJECT_KEY_IDENTIFIER,
        Oid.CRL_DISTRIBUTION_POINTS,
        Oid.AUTHORITY_INFORMATION_ACCESS,
        Oid.OCSP_NO_CHECK,
        x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"),
    }
)
"""Extensions that may be critical; the last is the statement of qualified certificates."""


class Search:
    """One search for ways from a certificate to a root.

    Attributes:
        longest: the longest beginning of a way that was found, for the report if none reaches a root.
        pretended: a certificate that has an issuer's name but did not sign.
    """

    def __init__(self, store: TrustStore, known: Iterable[Certificate], max_path: int) -> None:
        self._store = store
        self._known: dict[object, list[Certificate]] = {}
        for certificate in known:
            name = name_of(certificate.x509.subject.public_bytes())
            self._known.setdefault(name, []).append(certificate)
        self._max_path = max_path
        self._checks = _MAX_CHECKS
        self.longest: Chain = ()
        self.pretended: Certificate | None = None
        self.was_cut = False

    def ways(self, leaf: Certificate) -> Iterator[Chain]:
        """Chains from the certificate to a root, the likelier ones first."""
        yield from self._from((leaf,))

    def _from(self, chain: Chain) -> Iterator[Chain]:
        if len(chain) > len(self.longest):
            self.longest = chain
        if self._store.is_anchor(chain[-1]):
            yield chain
            return
        if len(chain) >= self._max_path:
            self.was_cut = True
            return
        for issuer in self._issuers(chain):
            yield from self._from((*chain, issuer))

    def _issuers(self, chain: Chain) -> Iterator[Certificate]:
        last = chain[-1]
        name = name_of(last.x509.issuer.public_bytes())
        candidates = dict.fromkeys((*self._store.named(name), *self._known.get(name, ())))
        passed = {(known.x509.subject.public_bytes(), key_hash(known, "sha256")) for known in chain}
        for candidate in sorted(candidates, key=lambda known: self._rank(last, known)):
            # A way that comes back to the same name and key would go round for ever, whatever its certificates.
            if (candidate.x509.subject.public_bytes(), key_hash(candidate, "sha256")) in passed:
                continue
            if self._checks <= 0:
                self.was_cut = True
                return
            self._checks -= 1
            if is_issued_by(last, candidate):
                yield candidate
            else:
                self.pretended = candidate

    def _rank(self, certificate: Certificate, issuer: Certificate) -> tuple[bool, bool]:
        # Key identifiers only hint (RFC 5280, 4.2.1.1); the signature decides.
        wanted = _authority_key(certificate)
        return (bool(wanted) and wanted != subject_key(issuer), not self._store.is_anchor(issuer))


def faults(chain: Chain, at: datetime, since: datetime | None, purpose: Purpose) -> list[Finding]:
    """What is wrong with a chain that reaches a root, revocation aside.

    Args:
        at: the moment at which all certificates must be valid.
        since: a moment that the signature is not older than; makes an end of validity before it final.
    """
    found = [*_times(chain, at, since), *_constraints(chain), *_strength(chain)]
    return found + list(unfit_for(purpose, chain[0]))


def _times(chain: Chain, at: datetime, since: datetime | None) -> Iterator[Finding]:
    leaf, *issuers = chain
    name = leaf.common_name
    if at < leaf.not_before:
        yield finding(Sub.NOT_YET_VALID, "trust.not-yet-valid", certificate=name, start=leaf.not_before, at=at)
    if at > leaf.not_after:
        is_final = since is not None and since > leaf.not_after
        sub = Sub.EXPIRED if is_final else Sub.OUT_OF_BOUNDS_NO_POE
        yield finding(sub, "trust.expired", certificate=name, end=leaf.not_after, at=at)
    for issuer in issuers:
        if not issuer.is_valid_on(at):
            sub = Sub.OUT_OF_BOUNDS_NO_POE if at > issuer.not_after else Sub.CERTIFICATE_CHAIN_GENERAL_FAILURE
            facts = {"certificate": issuer.common_name, "start": issuer.not_before, "end": issuer.not_after}
            yield finding(sub, "trust.issuer-out-of-validity", at=at, **facts)


def _constraints(chain: Chain) -> Iterator[Finding]:
    for certificate in chain:
        if strange := strange_extensions(certificate):
            facts = {"certificate": certificate.common_name, "extension": strange[0]}
            yield finding(Sub.CERTIFICATE_CHAIN_GENERAL_FAILURE, "trust.unknown-extension", **facts)
    powerless = [issuer for issuer in chain[1:] if not _may_issue(issuer)]
    for issuer in powerless:
        yield finding(Sub.CHAIN_CONSTRAINTS_FAILURE, "trust.not-an-authority", certificate=issuer.common_name)
    # The path length of who is no authority means nothing.
    for place, issuer in enumerate(() if powerless else chain[1:], 1):
        limit = _path_length(issuer)
        if limit is not None and _counted(chain[1:place]) > limit:
            name = issuer.common_name
            yield finding(Sub.CHAIN_CONSTRAINTS_FAILURE, "trust.path-too-long", certificate=name, limit=limit)


def _strength(chain: Chain) -> Iterator[Finding]:
    for certificate in chain:
        if has_weak_key(certificate):
            yield finding(Sub.CRYPTO_CONSTRAINTS_FAILURE, "trust.weak-key", certificate=certificate.common_name)
    for certificate in chain[:-1]:
        if is_weakly_signed(certificate):
            yield finding(Sub.CRYPTO_CONSTRAINTS_FAILURE, "trust.weak-signature", certificate=certificate.common_name)


def strange_extensions(certificate: Certificate) -> list[str]:
    """Critical extensions that are not understood. Limits on names count as such, critical or not, since passing over
    them could trust what the issuer never meant to vouch for."""
    return [
        extension.oid.dotted_string
        for extension in certificate.x509.extensions
        if (extension.critical and extension.oid not in _UNDERSTOOD) or extension.oid == Oid.NAME_CONSTRAINTS
    ]


def _may_issue(issuer: Certificate) -> bool:
    if not issuer.is_authority:
        return False
    try:
        return issuer.x509.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound:
        return True


def _path_length(issuer: Certificate) -> int | None:
    return issuer.x509.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length


def _counted(below: Sequence[Certificate]) -> int:
    """Issuers that use up a path length: those that are not self-issued (RFC 5280, 4.2.1.9)."""
    return sum(not issuer.is_self_issued for issuer in below)


@lru_cache(maxsize=4096)
def _authority_key(certificate: Certificate) -> bytes | None:
    try:
        return certificate.x509.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier
    except x509.ExtensionNotFound:
        return None


@lru_cache(maxsize=4096)
def subject_key(certificate: Certificate) -> bytes:
    """The key identifier that the certificate states, else the usual one (RFC 5280, 4.2.1.2)."""
    try:
        return certificate.x509.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except x509.ExtensionNotFound:
        return key_hash(certificate, "sha1")
