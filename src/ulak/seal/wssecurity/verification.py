"""WS-Security verified: who signed a message, and what exactly.

A message passes only in the one shape that GİB's guides describe (e-Arşiv V1.18, 5; e-Defter web service V1.7, 2.3):
one security header, one Timestamp, one signature over it and over the Body where SOAP has it, and the signer's
certificate in the same header. All others are refused, whatever their signature says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from hmac import compare_digest
from typing import Final

from lxml import etree

from ulak.seal.algorithms import WEAK, Algorithm, digest_named, signature_named
from ulak.seal.errors import SealError
from ulak.seal.names import DS
from ulak.seal.values import is_by
from ulak.seal.verdicts import Indication, Reason, Trusted, indication_of
from ulak.seal.wssecurity.envelope import Message, holders_of_ids, include_attachments, message_of
from ulak.seal.wssecurity.forms import canonical
from ulak.seal.wssecurity.header import Header, Reference, header_of
from ulak.seal.wssecurity.names import SOAP11, SOAP12, WSU_ID
from ulak.seal.wssecurity.problems import soap_error, sub_indication_of
from ulak.seal.wssecurity.replay import ReplayGuard
from ulak.seal.wssecurity.report import MessageReport, Policy, Sealed, Trust
from ulak.seal.wssecurity.tokens import token_certificates
from ulak.seal.wssecurity.windows import Window, window_of, written
from ulak.xml import parse

__all__ = ["verify_message"]

_SHA1: Final = DS + "sha1"


def verify_message(
    envelope: bytes,
    *,
    trust: Trust | None,
    at: datetime,
    policy: Policy = Policy(),  # noqa: B008
    attachments: Mapping[str, bytes] | None = None,
    guard: ReplayGuard | None = None,
) -> MessageReport:
    """Judge a sealed SOAP 1.1 or 1.2 message.

    Args:
        envelope: the message as it came; of an MTOM package its root part.
        trust: judges the signer's certificate; without it the verdict is at best INDETERMINATE.
        at: now, with its zone.
        policy: how strict to be.
        attachments: the bytes of an MTOM package's other parts by Content-ID, without angle brackets.
        guard: remembers what was taken; asked only for messages that pass otherwise. Without it the same message passes
            as often as it comes.

    Raises:
        XmlError: the bytes are not XML.
        SoapError: ``soap.not-envelope``, ``soap.structure``; ``soap.time-without-zone`` for a bad ``at``.
    """
    if at.tzinfo is None:
        raise soap_error("soap.time-without-zone", time=at.isoformat())
    message = message_of(parse(envelope))
    try:
        sealed = _sealed(message, policy, attachments or {})
    except SealError as error:
        return _refused(error)
    try:
        _refuse_out_of_time(sealed.window, at, policy)
    except SealError as error:
        return _refused(error, sealed)
    if trust is None:
        return _refused(soap_error("soap.no-trust"), sealed)
    trusted = trust.judge(sealed.signer, at=at, known=sealed.chain)
    if trusted.indication is not Indication.PASSED:
        return MessageReport(trusted.indication, trusted.sub, trusted.reasons, sealed, trusted)
    if guard is not None and not guard.is_new(sealed.replay_key, at=at, until=_last_moment(sealed.window, policy)):
        return _refused(soap_error("soap.replayed"), sealed, trusted)
    return MessageReport(Indication.PASSED, sealed=sealed, trusted=trusted)


def _sealed(message: Message, policy: Policy, attachments: Mapping[str, bytes]) -> Sealed:
    _refuse_second_bodies(message)
    header = header_of(message, policy.role)
    algorithm = _algorithm(header.algorithm)
    signer, *chain = token_certificates(header.token.kind, header.token.data)
    info = algorithm.digest.of(canonical(header.signed_info, header.form))
    if not is_by(signer, header.value, info, algorithm):
        raise soap_error("soap.value")
    included = include_attachments(message.body, attachments)
    signed = _Signed(message, header, policy)
    replay_key = hashlib.sha256(info + signer.spki).digest()
    window = window_of(header.timestamp)
    deviations = tuple(signed.deviations)
    return Sealed(signed.body, window, signer, tuple(chain), algorithm, included, replay_key, deviations)


def _refuse_second_bodies(message: Message) -> None:
    bodies = sum(1 for _ in message.root.iter(f"{{{SOAP11}}}Body", f"{{{SOAP12}}}Body"))
    if bodies > 1:
        raise soap_error("soap.second-body")


def _algorithm(uri: str) -> Algorithm:
    algorithm = signature_named(uri)
    if algorithm is None:
        raise soap_error("soap.algorithm-weak" if uri in WEAK else "soap.algorithm-unknown", uri=uri or "-")
    return algorithm


class _Signed:
    """The references of a signature, each looked up and held against its digest.

    Attributes:
        body: the canonical bytes whose digest was compared.
        deviations: tolerated on the way.
    """

    def __init__(self, message: Message, header: Header, policy: Policy) -> None:
        self._holders = holders_of_ids(message.root)
        self._message, self._header, self._policy = message, header, policy
        self.deviations: list[Reason] = []
        self._refuse_doubled_ids()
        content = {self._target(one): one for one in header.references}
        if len(content) < len(header.references):
            raise soap_error("soap.reference-twice", uri=header.references[0].uri)
        for part, element in (("Body", message.body), ("Timestamp", header.timestamp)):
            if element not in content:
                raise soap_error("soap.not-covered", part=part)
        checked = {element: self._checked(element, reference) for element, reference in content.items()}
        self.body: bytes = checked[message.body]

    def _refuse_doubled_ids(self) -> None:
        for name, holders in self._holders.items():
            if len(holders) > 1 and any(one.get(WSU_ID) == name for one in holders):
                raise soap_error("soap.id-twice", id=name)

    def _target(self, reference: Reference) -> etree._Element:
        uri = reference.uri
        holders = self._holders.get(uri[1:], []) if uri.startswith("#") else []
        if not holders:
            raise soap_error("soap.reference-lost", uri=uri or '""')
        element = holders[0]
        if element.get(WSU_ID) != uri[1:] or not self._may_be_signed(element):
            raise soap_error("soap.reference-elsewhere", uri=uri)
        return element

    def _may_be_signed(self, element: etree._Element) -> bool:
        return element is self._message.body or element.getparent() in (self._message.header, self._header.element)

    def _checked(self, element: etree._Element, reference: Reference) -> bytes:
        content = canonical(element, reference.form.without_comments())
        part = etree.QName(element).localname
        digest = self._digest_maker(reference.algorithm, part)(content)
        if not compare_digest(digest, reference.digest):
            raise soap_error("soap.digest", part=part)
        return content

    def _digest_maker(self, uri: str, part: str) -> Callable[[bytes], bytes]:
        known = digest_named(uri)
        if known is not None:
            return known.of
        if uri == _SHA1 and self._policy.sha1_digests:
            self.deviations.append(_reason(soap_error("soap.sha1-digest", part=part)))
            return _sha1
        raise soap_error("soap.algorithm-weak" if uri in WEAK else "soap.algorithm-unknown", uri=uri or "-")


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()


def _refuse_out_of_time(window: Window, at: datetime, policy: Policy) -> None:
    if window.created > at + policy.skew:
        raise soap_error("soap.future", created=written(window.created))
    if window.expires and window.expires - window.created > policy.longest:
        raise soap_error("soap.window", lifetime=window.expires - window.created, longest=policy.longest)
    until = _last_moment(window, policy)
    if at >= until:
        raise soap_error("soap.expired", until=written(until - policy.skew))


def _last_moment(window: Window, policy: Policy) -> datetime:
    return (window.expires or window.created + policy.lifetime) + policy.skew


def _reason(error: SealError) -> Reason:
    return Reason(error.code, error.text, error.repair)


def _refused(error: SealError, sealed: Sealed | None = None, trusted: Trusted | None = None) -> MessageReport:
    sub = sub_indication_of(error.code)
    return MessageReport(indication_of(sub), sub, (_reason(error),), sealed, trusted)
