"""A document's seal and a counter-signature: what they have in common and where they differ.

The order is that of EN 319 102-1, 5: format, signing certificate, cryptography, then trust and what the seal may be
used for. Where cryptography fails, trust is not asked: a forged seal tells nothing, whoever its certificate belongs to.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from lxml import etree

from ulak.seal.algorithms import DIGESTS, Algorithm, signature_named
from ulak.seal.certificates import Certificate
from ulak.seal.errors import SealError
from ulak.seal.names import C14N, C14N_COMMENTS, ENVELOPED, local
from ulak.seal.octets import Streamed
from ulak.seal.places import is_ubl
from ulak.seal.values import is_by
from ulak.seal.verdicts import Indication, Trusted
from ulak.seal.verify.anatomy import Anatomy, Reference, dissect, refuse_giant
from ulak.seal.verify.claims import Claims, check_time, claims_of
from ulak.seal.verify.covered import canonical, check_ids, check_values, document_without
from ulak.seal.verify.findings import Findings, Stop, weak_or_unknown
from ulak.seal.verify.flawless import flawless
from ulak.seal.verify.level import has_stamps, level_found
from ulak.seal.verify.owners import Owners, check_owner, check_signatory, counter_owners, owners_of
from ulak.seal.verify.report import LevelCheck, Levels, Policy, SealReport, Signed, Trust
from ulak.seal.verify.signer import bound, carried

__all__ = ["Context", "CounterSeal", "Seal"]

_DER_SEQUENCE = b"\x30"


class Context(NamedTuple):
    """What the seals of one document share."""

    root: etree._Element
    trust: Trust
    at: datetime
    policy: Policy
    levels: LevelCheck | None
    size: int
    whole: Streamed | None = None


class Facts(NamedTuple):
    """What remains to be known of a signature once it was looked at.

    Attributes:
        ids: of all its elements.
        content: the reference to what is sealed.
        others: further certificates that it carries.
    """

    id: str
    properties_id: str
    ids: list[str]
    content: Reference
    signer: Certificate
    others: tuple[Certificate, ...]


class Seal:
    """The seal of a document on its way to a report: `judge` it, then ask for the `report`."""

    def __init__(self, signature: etree._Element, context: Context) -> None:
        self._context = context
        self._signature = signature
        self._findings = Findings(context.policy.refused)
        self._owners = Owners((), "")
        self._signer: Certificate | None = None
        self._claims = Claims(None, "", None)
        self._level = "BES"
        self._content = b""
        self._trusted: Trusted | None = None
        self._existed_at = context.at
        self._levels = Levels("BES")

    def judge(self) -> None:
        """Look at everything as far as it makes sense."""
        try:
            facts = self._recognised() or self._examined()
            content = self._checked_content(facts)
        except Stop as stop:
            self._findings.add_stop(stop)
            return
        if not self._findings.is_broken:
            self._content = content
            self._check_use(facts)
            self._ask_trust(facts)

    def _recognised(self) -> Facts | None:
        found = flawless(self._signature)
        if found is None:
            return None
        self._signer, self._claims = found.signer, found.claims
        return Facts(found.id, found.properties_id, found.ids, found.content, found.signer, ())

    def _examined(self) -> Facts:
        anatomy = dissect(self._signature, self._findings)
        self._level = level_found(anatomy.unsigned)
        self._claims = claims_of(anatomy.properties, self._findings)
        keys = carried(anatomy.key_info)
        signer = bound(keys, self._claims.certificate, self._findings)
        self._signer = signer
        self._check_signature(anatomy, signer)
        refuse_giant(anatomy)
        self._look_at_levels(anatomy, signer)
        others = tuple(certificate for certificate in keys.certificates if certificate != signer)
        return Facts(anatomy.id, anatomy.properties_id, anatomy.ids, anatomy.content, signer, others)

    def report(self, data: bytes, counters: tuple[SealReport, ...] = ()) -> SealReport:
        for counter in counters:
            if counter.sub is not None:
                self._findings.add_reasons(counter.sub, counter.reasons)
        indication, sub, reasons, deviations = self._findings.summary()
        return SealReport(
            indication,
            sub,
            reasons,
            deviations,
            local(self._context.root.tag),
            ", ".join(self._owners.numbers),
            self._signer,
            self._claims.time,
            self._claims.role,
            self._level,
            b"" if indication is Indication.FAILED else self._content,
            data,
            self._existed_at,
            self._trusted,
            counters,
        )

    def _check_signature(self, anatomy: Anatomy, signer: Certificate) -> None:
        """The signature value over the references, and the digest of the signed properties."""
        algorithm = signature_named(anatomy.algorithm)
        if algorithm is None:
            raise weak_or_unknown(anatomy.algorithm)
        self._check_references(anatomy)
        properties = anatomy.properties_reference
        covered = canonical(anatomy.properties, properties.method, properties.prefixes)
        if _digest(covered, properties) != properties.digest:
            self._findings.add("seal.properties-changed")
        signed = canonical(anatomy.info, anatomy.canonicalization, anatomy.prefixes)
        _check_value(algorithm, signer, signed, anatomy.value)

    def _check_references(self, anatomy: Anatomy) -> None:
        content, properties = anatomy.content, anatomy.properties_reference
        if content.uri != self._uri():
            raise Stop("seal.reference-elsewhere", uri=_shown(content.uri))
        if not anatomy.properties_id or properties.uri != "#" + anatomy.properties_id:
            raise Stop("seal.reference-elsewhere", uri=_shown(properties.uri))
        for reference in (content, properties):
            if reference.algorithm not in DIGESTS:
                raise weak_or_unknown(reference.algorithm)
        self._check_transforms(content.transforms)
        if len(properties.transforms) > 1 or ENVELOPED in properties.transforms:
            raise Stop("seal.transform", transform=" ".join(properties.transforms))
        if properties.transforms:
            self._findings.add("seal.explicit-c14n", method=properties.method)

    def _uri(self) -> str:
        return ""

    def _check_transforms(self, transforms: tuple[str, ...]) -> None:
        if transforms[:1] != (ENVELOPED,) or len(transforms) > 2 or ENVELOPED in transforms[1:]:
            raise Stop("seal.transform", transform=" ".join(transforms) or "–")
        if transforms[1:]:
            self._findings.add("seal.explicit-c14n", method=transforms[1])

    def _look_at_levels(self, anatomy: Anatomy, signer: Certificate) -> None:
        if not has_stamps(anatomy.unsigned) or self._findings.is_broken:
            return
        if self._context.levels is None:
            self._findings.add("seal.stamps-unused")
            return
        self._levels = self._context.levels(Signed(self._signature, signer, self._context.whole), at=self._context.at)
        self._level = self._levels.level
        if self._levels.sub is not None:
            self._findings.add_reasons(self._levels.sub, self._levels.reasons)
        if self._levels.proven_at is not None:
            self._existed_at = min(self._existed_at, self._levels.proven_at)

    def _checked_content(self, facts: Facts) -> bytes:
        reference = facts.content
        if self._context.whole is not None:
            self._check_whole(facts, self._context.whole)
            return b""
        content = document_without(self._signature, reference.method, reference.prefixes, self._context.size)
        check_ids(self._context.root, content, self._signature, facts.ids, (facts.id, facts.properties_id))
        if _digest(content, reference) != reference.digest:
            self._findings.add("seal.content-changed")
        return content

    def _check_whole(self, facts: Facts, whole: Streamed) -> None:
        reference = facts.content
        if reference.method not in (C14N, C14N_COMMENTS):
            raise Stop("seal.canonicalization", method=reference.method)
        found = whole.hashed(DIGESTS[reference.algorithm]).digest()
        for id in (facts.id, facts.properties_id):
            if count := facts.ids.count(id) - 1 + whole.count(id):
                raise Stop("seal.duplicate-id", id=id, count=count + 1)
        if found != reference.digest:
            self._findings.add("seal.content-changed")

    def _check_use(self, facts: Facts) -> None:
        """What the signed document means: nothing of this counts before the digests hold."""
        root, findings = self._context.root, self._findings
        check_values(root, findings)
        check_time(self._claims, facts.signer, self._context.at, self._context.policy, findings)
        self._owners = owners_of(root)
        check_owner(self._owners, facts.signer, self._context.trust, findings)
        if is_ubl(root.tag):
            check_signatory(root, facts.id, facts.signer, findings)

    def _ask_trust(self, facts: Facts) -> None:
        known, evidence = facts.others + self._levels.known, self._levels.evidence
        # Who says that they sealed after their certificate ended or was revoked is taken at their word.
        trusted = self._context.trust.judge(
            facts.signer, at=self._existed_at, known=known, evidence=evidence, since=self._claims.time
        )
        self._trusted = trusted
        if trusted.sub is not None:
            self._findings.add_reasons(trusted.sub, trusted.reasons)


class CounterSeal(Seal):
    """A counter-signature inside another seal: it covers that seal's signature value (TS 101 903 V1.4.2, 7.2.4.2)."""

    def __init__(self, signature: etree._Element, context: Context, value: etree._Element | None) -> None:
        super().__init__(signature, context)
        self._value = value

    def _uri(self) -> str:
        id_ = self._value.get("Id") if self._value is not None else None
        if not id_:
            raise Stop("seal.reference-elsewhere", uri="–")
        return "#" + id_

    def _check_transforms(self, transforms: tuple[str, ...]) -> None:
        if len(transforms) > 1 or ENVELOPED in transforms:
            raise Stop("seal.transform", transform=" ".join(transforms))

    def _recognised(self) -> Facts | None:
        return None

    def _checked_content(self, facts: Facts) -> bytes:
        assert self._value is not None
        reference = facts.content
        content = canonical(self._value, reference.method, reference.prefixes)
        ids = (facts.id, facts.properties_id, self._value.get("Id", ""))
        check_ids(self._context.root, b"", self._signature, facts.ids, ids)
        if _digest(content, reference) != reference.digest:
            self._findings.add("seal.value-changed")
        return content

    def _check_use(self, facts: Facts) -> None:
        root, findings = self._context.root, self._findings
        check_time(self._claims, facts.signer, self._context.at, self._context.policy, findings)
        self._owners = counter_owners(root, facts.signer)
        check_owner(self._owners, facts.signer, self._context.trust, findings)


def _digest(data: bytes, reference: Reference) -> bytes:
    return DIGESTS[reference.algorithm].of(data)


def _check_value(algorithm: Algorithm, signer: Certificate, signed: bytes, value: bytes) -> None:
    try:
        if is_by(signer, value, algorithm.digest.of(signed), algorithm):
            return
        own = signer.algorithm.family
    except SealError as error:
        raise Stop("seal.weak-key", detail=error.text) from None
    if own != algorithm.family:
        raise Stop("seal.algorithm-key", algorithm=algorithm.name, key=own)
    is_der = own == "EC" and value[:1] == _DER_SEQUENCE and len(value) == value[1] + 2
    raise Stop("seal.signature-form" if is_der else "seal.signature-value")


def _shown(uri: str | None) -> str:
    return "–" if uri is None else uri
