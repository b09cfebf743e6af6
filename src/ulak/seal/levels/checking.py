"""Which level a seal has, and whether the time stamps and the evidence in it hold.

Time stamps are judged from the last to the first, each at the moment at which those around it prove it to have existed
(EN 319 102-1 V1.3.1, 5.6.2.3 and 5.6.3): a stamp whose authority's certificate has ended still holds if a later stamp
that holds covers it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from lxml import etree

from ulak.seal.algorithms import Digest
from ulak.seal.certificates import Certificate
from ulak.seal.errors import SealError, error_of
from ulak.seal.levels.containers import Container, containers, tokens_in
from ulak.seal.levels.findings import bad, reason_of, said, weight
from ulak.seal.levels.imprints import KINDS, Kind, Method, covered, digest_of, method_in, referenced
from ulak.seal.levels.parts import Parts
from ulak.seal.levels.ports import Judge
from ulak.seal.levels.problems import PROBLEMS, LevelFailure
from ulak.seal.levels.values import Carried, carried, unmatched
from ulak.seal.names import ds, xades
from ulak.seal.octets import Octets, Streamed
from ulak.seal.trust.reasons import when
from ulak.seal.trust.timestamps import TimeStampToken, read_token
from ulak.seal.verdicts import Evidence, Indication, Reason, SubIndication, Trusted

__all__ = ["SKEW", "Levels", "Stamp", "check_levels"]

SKEW: Final = timedelta(minutes=5)
"""By how much an authority's clock may be ahead of ours."""

_MOST_METHODS: Final = 3
"""Ways in which one seal's time stamps may canonicalise what they cover."""


class Stamp(NamedTuple):
    """A time stamp of a seal, judged.

    Attributes:
        kind: of its container.
        id: of its container; empty if it has none.
        position: of its container among the unsigned properties.
        token: None if it could not be read.
        judged_at: the moment at which it was judged: the earliest that the stamps covering it prove it to have existed.
        trusted: whether it holds; PASSED only if it fits what it covers and its authority is trusted.
    """

    kind: Kind
    id: str
    position: int
    token: TimeStampToken | None
    judged_at: datetime
    trusted: Trusted

    @property
    def holds(self) -> bool:
        return self.trusted.indication is Indication.PASSED

    @property
    def proves(self) -> datetime | None:
        """The moment at which what it covers existed; None if it does not hold."""
        return self.token.time if self.token and self.holds else None

    def covers(self, kind: Kind, position: int) -> bool:
        """Whether it proves when a time stamp of this kind in this place existed."""
        reaches = self.kind.covers_everything or (self.kind is Kind.SIG_AND_REFS and kind is Kind.SIGNATURE)
        return position < self.position and reaches


class Levels(NamedTuple):
    """What the unsigned properties of a seal are worth.

    Attributes:
        level: ``BES``, ``T``, ``C``, ``X``, ``X-L``, ``LT`` (values without references) or ``A``: by what is there.
        proven_at: the earliest moment at which the signature value is proven to have existed; None if no stamp holds.
        stamps: in document order.
        sub: why not all of it holds; None if it does.
        reasons: what does not hold, worst first.
        known: certificates found in the seal and its time stamps.
        evidence: revocation data found in the seal.
        renew_by: when the last archive time stamp ceases to protect; None if there is none that holds.
    """

    level: str
    proven_at: datetime | None = None
    stamps: tuple[Stamp, ...] = ()
    sub: SubIndication | None = None
    reasons: tuple[Reason, ...] = ()
    known: tuple[Certificate, ...] = ()
    evidence: Evidence = Evidence()
    renew_by: datetime | None = None


def check_levels(
    signature: etree._Element,
    *,
    trust: Judge,
    at: datetime,
    known: Sequence[Certificate] = (),
    whole: Streamed | None = None,
) -> Levels:
    """Look at the time stamps and the evidence of a seal. The seal itself is not judged here.

    Args:
        signature: the ``ds:Signature`` element in its complete document.
        trust: judges the time-stamp authorities.
        at: the moment at which the seal is known to have existed with all that is in it: usually now.
        known: further certificates that may help.
        whole: what the seal covers, where the document around it is only the frame of a large one.

    Never raises for what strangers can put into a document: it is said in ``reasons``.
    """
    try:
        parts = Parts.of(signature)
        level = _level({str(each.tag) for each in parts.properties})
        if level == "BES" and not any(each.tag in KINDS for each in parts.properties):
            return Levels(level)
        return _Check(parts, trust, at, known, whole).run(level)
    except SealError as error:
        return Levels("BES", sub=SubIndication.FORMAT_FAILURE, reasons=(said(error),))


def _level(tags: set[str]) -> str:
    values = {xades("CertificateValues"), xades("RevocationValues")} <= tags
    refs = {xades("CompleteCertificateRefs"), xades("CompleteRevocationRefs")} <= tags
    extended = bool({Kind.SIG_AND_REFS.value, Kind.REFS_ONLY.value} & tags)
    if {Kind.ARCHIVE.value, Kind.OLD_ARCHIVE.value} & tags:
        return "A"
    if values:
        return "X-L" if extended else "LT"
    if refs:
        return "X" if extended else "C"
    return "T" if Kind.SIGNATURE.value in tags else "BES"


class _Read(NamedTuple):
    container: Container
    token: TimeStampToken | None
    wrong: Trusted | None


class _Form:
    """A canonical form that is made once of each element: dozens of time stamps may cover the same megabytes."""

    def __init__(self, method: Method) -> None:
        self._method = method
        self._made: dict[etree._Element, bytes] = {}

    def __call__(self, element: etree._Element) -> bytes:
        if element not in self._made:
            self._made[element] = self._method(element)
        return self._made[element]


class _Check:
    def __init__(
        self, parts: Parts, trust: Judge, at: datetime, known: Sequence[Certificate], whole: Streamed | None
    ) -> None:
        self._parts, self._trust, self._at, self._whole = parts, trust, at, whole
        self._contents: dict[Method, tuple[Octets, ...]] = {}
        self._forms: dict[Method, _Form] = {}
        self._digests: dict[tuple[int, Digest], bytes] = {}
        self._held: Carried = carried(parts)
        self._read = [read for each in containers(parts) for read in self._tokens(each)]
        inside = (each for read in self._read if read.token for each in read.token.certificates)
        self._known = tuple(dict.fromkeys((*self._held.certificates, *inside, *known)))

    def run(self, level: str) -> Levels:
        stamps: list[Stamp] = []
        for read in reversed(self._read):
            stamps.insert(0, self._judged(read, stamps))
        found = sorted((*_findings(stamps), *self._unmatched()), key=lambda each: weight(each[0]))
        moments = [each.proves for each in stamps if each.proves and each.kind is not Kind.REFS_ONLY]
        return Levels(
            level,
            min(moments, default=None),
            tuple(stamps),
            found[0][0] if found else None,
            tuple(dict.fromkeys(reason for _, reason in found)),
            self._known,
            self._held.evidence,
            _end(stamps),
        )

    def _tokens(self, container: Container) -> Iterator[_Read]:
        try:
            tokens = [read_token(der) for der in tokens_in(container)]
        except SealError as error:
            wrong = bad(SubIndication.FORMAT_FAILURE, container.name, "timestamp.unreadable", detail=error.text)
            yield _Read(container, None, wrong)
            return
        for token in tokens:
            yield _Read(container, token, self._misfit(container, token))

    def _misfit(self, container: Container, token: TimeStampToken) -> Trusted | None:
        """Why the token is not of what its container covers; None if it is."""
        if token.digest is None:
            return bad(SubIndication.CRYPTO_CONSTRAINTS_FAILURE, container.name, "timestamp.weak-digest")
        try:
            wanted = self._covered(container, token.digest)
        except LevelFailure as error:
            what = error.text
            return bad(SubIndication.FORMAT_FAILURE, container.name, "timestamp.unknown-shape", what=what)
        if wanted != token.imprint:
            return bad(SubIndication.HASH_FAILURE, container.name, "timestamp.changed")
        return None

    def _covered(self, container: Container, digest: Digest) -> bytes:
        """The digest that a token in the container must be of."""
        place = container.position, digest
        if place not in self._digests:
            method = method_in(container.element, ds("CanonicalizationMethod"))
            form = self._form(method)
            content = self._content(method) if container.kind.covers_everything else ()
            before = self._parts.properties[: container.position]
            self._digests[place] = digest_of(covered(container.kind, self._parts, before, form, content), digest)
        return self._digests[place]

    def _form(self, method: Method) -> _Form:
        if method not in self._forms and len(self._forms) >= _MOST_METHODS:
            raise error_of(LevelFailure, PROBLEMS, "level.not-xades", what="ds:CanonicalizationMethod")
        return self._forms.setdefault(method, _Form(method))

    def _content(self, method: Method) -> tuple[Octets, ...]:
        if method not in self._contents:
            self._contents[method] = tuple(octets for _, octets in referenced(self._parts, method, self._whole))
        return self._contents[method]

    def _judged(self, read: _Read, later: Sequence[Stamp]) -> Stamp:
        container = read.container
        around = [each.proves for each in later if each.covers(container.kind, container.position)]
        moment = min((each for each in around if each), default=self._at)
        trusted = read.wrong or self._trusted(read, moment)
        id = container.element.get("Id", "")
        return Stamp(container.kind, id, container.position, read.token, moment, trusted)

    def _trusted(self, read: _Read, moment: datetime) -> Trusted:
        assert read.token is not None
        name = read.container.name
        if read.token.time > moment + SKEW:
            time, inside = when(read.token.time), when(moment)
            return bad(SubIndication.TIMESTAMP_ORDER_FAILURE, name, "timestamp.order", time=time, moment=inside)
        found = self._trust.judge_stamp(read.token, at=moment, known=self._known, evidence=self._held.evidence)
        if found.indication is Indication.PASSED:
            return found
        why, *others = found.reasons
        first = reason_of("timestamp.untrusted-here", element=name, why=why.text, repair=why.repair)
        return found._replace(reasons=(first, *others))

    def _unmatched(self) -> Iterator[tuple[SubIndication, Reason]]:
        for element, digest in unmatched(self._parts, self._held):
            name = etree.QName(element).localname
            yield (
                SubIndication.SIG_CONSTRAINTS_FAILURE,
                reason_of("level.references-unmatched", element=name, what=digest),
            )


def _findings(stamps: Sequence[Stamp]) -> Iterator[tuple[SubIndication, Reason]]:
    for stamp in stamps:
        if not stamp.holds:
            sub = stamp.trusted.sub or SubIndication.GENERIC
            yield from ((sub, reason) for reason in stamp.trusted.reasons)


def _end(stamps: Sequence[Stamp]) -> datetime | None:
    """When the certificates of the authority of the last archive time stamp end."""
    last = [each for each in stamps if each.kind.covers_everything][-1:]
    if not last or not last[0].holds:
        return None
    return min((each.not_after for each in last[0].trusted.chain), default=None)
