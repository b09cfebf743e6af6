"""A seal being extended: each property is written from what stands there before it."""

from __future__ import annotations

from typing import Final, NamedTuple

from ulak.seal.algorithms import Digest
from ulak.seal.errors import error_of
from ulak.seal.levels import elements
from ulak.seal.levels.draft import Draft
from ulak.seal.levels.imprints import STANDARD, Kind, covered, digest_of
from ulak.seal.levels.problems import PROBLEMS, LevelFailure
from ulak.seal.levels.values import carried
from ulak.seal.trust.stamping import TimeStamper
from ulak.seal.trust.timestamps import TimeStampToken
from ulak.seal.verdicts import Evidence, Trusted

__all__ = ["Stamped", "Work"]


class Stamped(NamedTuple):
    """A time stamp in the seal: the Id of its container, and the token."""

    id: str
    token: TimeStampToken


class Work:
    """Properties put into a draft, one behind the other.

    Args:
        digest: that time stamps and references are made with.
        archive: the kind of the archive time stamp that the document's schema takes.
    """

    def __init__(self, draft: Draft, stamper: TimeStamper, digest: Digest, *, archive: Kind = Kind.ARCHIVE) -> None:
        self.draft: Final = draft
        self.archive: Final = archive
        self._stamper, self._digest = stamper, digest

    def stamp(self, kind: Kind) -> Stamped:
        """Get a time stamp of what stands there now, and put it behind."""
        parts = self.draft.parts
        wanted = digest_of(covered(kind, parts, parts.properties, STANDARD, self.draft.content), self._digest)
        token = self._stamper.stamp(wanted, self._digest)
        if token.imprint != wanted or token.digest is not self._digest:
            raise error_of(LevelFailure, PROBLEMS, "timestamp.other-data")
        id = self.draft.new_id(elements.NAMES[kind].partition(":")[2])
        self.draft.add(elements.time_stamp(kind, token.der, id=id, declared=self.draft.declared))
        return Stamped(id, token)

    def add_validation_data(self, stamp: Stamped, trusted: Trusted) -> None:
        """Put behind a time stamp what is needed to judge it and is in neither its token nor the seal."""
        held = carried(self.draft.parts)
        inside = {*held.certificates, *stamp.token.certificates}
        certificates = tuple(each for each in trusted.chain if each not in inside)
        evidence = _beyond(trusted.evidence, held.evidence)
        if certificates or any(evidence):
            id, declared = self.draft.new_id("TimeStampValidationData"), self.draft.declared
            text = elements.validation_data(certificates, evidence, of=stamp.id, id=id, declared=declared)
            self.draft.add(text)

    def add_references(self, signer: Trusted) -> None:
        """Name what `add_values` is going to add."""
        if issuers := signer.chain[1:]:
            id, declared = self.draft.new_id("CompleteCertificateRefs"), self.draft.declared
            self.draft.add(elements.certificate_refs(issuers, self._digest, id=id, declared=declared))
        if any(signer.evidence):
            id, declared = self.draft.new_id("CompleteRevocationRefs"), self.draft.declared
            self.draft.add(elements.revocation_refs(signer.evidence, self._digest, id=id, declared=declared))

    def add_values(self, signer: Trusted) -> None:
        """Add the certificates above the sealer's, which stands in KeyInfo, and the revocation data of all."""
        id, declared = self.draft.new_id("CertificateValues"), self.draft.declared
        self.draft.add(elements.certificate_values(signer.chain[1:], id=id, declared=declared))
        id, declared = self.draft.new_id("RevocationValues"), self.draft.declared
        self.draft.add(elements.revocation_values(signer.evidence, id=id, declared=declared))


def _beyond(found: Evidence, held: Evidence) -> Evidence:
    return Evidence(
        tuple(each for each in found.crls if each not in held.crls),
        tuple(each for each in found.ocsp_responses if each not in held.ocsp_responses),
    )
