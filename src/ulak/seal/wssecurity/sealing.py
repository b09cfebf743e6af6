"""WS-Security for the messages that go to GİB's e-Arşiv and e-Defter services.

The header has the shape of the sample in the e-Defter web service guide (V1.7, 5): a binary security token, a signature
of Body and Timestamp that refers to the token directly, the Timestamp. The e-Arşiv guide (V1.18, 5) asks for the same.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from xml.sax.saxutils import quoteattr

from ulak.seal.algorithms import Algorithm, Digest
from ulak.seal.keys.port import SealingKey
from ulak.seal.names import DS, EC, EXC_C14N
from ulak.seal.values import is_by
from ulak.seal.wssecurity.envelope import NCNAME, Message, holders_of_ids, include_attachments, message_of
from ulak.seal.wssecurity.forms import Canonical, canonical
from ulak.seal.wssecurity.names import BASE64, PKI_PATH, SOAP11, WSSE, WSSE11, WSU, WSU_ID, wsse
from ulak.seal.wssecurity.problems import soap_error
from ulak.seal.wssecurity.tokens import TOKENS, TokenKind, token_bytes
from ulak.seal.wssecurity.windows import written
from ulak.spans import Edit, edited, spans_of
from ulak.xml import parse

__all__ = ["seal_message"]

_TAG_NAME: Final = re.compile(rb"<[^\s/>]+")


class _Ids(NamedTuple):
    token: str
    signature: str
    key: str
    reference: str
    body: str
    timestamp: str


def seal_message(
    envelope: bytes,
    key: SealingKey,
    *,
    at: datetime,
    lifetime: timedelta = timedelta(minutes=5),
    token: TokenKind = "X509v3",  # noqa: S107
    seed: str | None = None,
    attachments: Mapping[str, bytes] | None = None,
) -> bytes:
    """Seal a SOAP 1.1 or 1.2 message: Body and a Timestamp are signed, everything else stays as it is.

    No byte of the envelope is changed: a ``wsse:Security`` header is put before the other headers, and a ``wsu:Id``
    into the Body's start tag if it has none. A Body that includes MTOM attachments (``xop:Include``) keeps the include;
    the signature covers the attachment's bytes as base64 in its place, which is what Apache CXF and WSS4J verify.

    Args:
        envelope: in UTF-8, without a ``wsse:Security`` header.
        key: its certificate goes into the message; ``PKIPath`` adds the key's chain.
        at: now, with its zone; becomes ``Created``.
        lifetime: from ``Created`` to ``Expires``.
        token: the form of the certificate in the message.
        seed: what the new Ids end with; by default it is taken from the envelope and the time, so that the same call
            gives the same Ids.
        attachments: the bytes of the MTOM attachments by Content-ID, without angle brackets.

    Raises:
        XmlError: the envelope is not XML in UTF-8.
        SoapError: ``soap.*``; nothing half-sealed is ever returned.
        SealError: ``key.*`` from the key.
    """
    _refuse_times(key, at, lifetime)
    message = message_of(parse(envelope))
    if message.root.find(f".//{wsse('Security')}") is not None:
        raise soap_error("soap.already-secured")
    ids = _ids(message, seed if seed is not None else _seed(envelope, at))
    mark = _mark_body(envelope, message, ids.body)
    algorithm = key.algorithm
    window = _timestamp(ids, at, lifetime)
    digests = _body_digest(edited(envelope, [mark]), algorithm, attachments or {}), algorithm.digest.of(window.encode())
    info = _signed_info(ids, algorithm, _prefixes(message), digests)
    value = _signature_value(key, algorithm, info.encode())
    header = _security(message, ids, _token(key, token, ids), _signature(ids, info, value, token), window)
    return edited(envelope, [mark, _place_header(envelope, message, header)])


def _refuse_times(key: SealingKey, at: datetime, lifetime: timedelta) -> None:
    if at.tzinfo is None:
        raise soap_error("soap.time-without-zone", time=at.isoformat())
    if lifetime <= timedelta(0):
        raise soap_error("soap.lifetime", lifetime=lifetime)
    certificate = key.certificate
    if not certificate.is_valid_on(at):
        since, until = certificate.not_before.isoformat(), certificate.not_after.isoformat()
        raise soap_error("soap.certificate-not-valid", at=at.isoformat(), since=since, until=until)


def _seed(envelope: bytes, at: datetime) -> str:
    return hashlib.sha256(written(at).encode() + envelope).hexdigest()[:32].upper()


def _ids(message: Message, seed: str) -> _Ids:
    new = [f"{role}-{seed}" for role in ("X509", "SIG", "KI", "STR", "id", "TS")]
    taken = holders_of_ids(message.root)
    for one in new:
        if not NCNAME.fullmatch(one):
            raise soap_error("soap.id-unfit", id=one)
        if one in taken:
            raise soap_error("soap.id-taken", id=one)
    own = message.body.get(WSU_ID)
    if own is None:
        return _Ids(*new)
    if not NCNAME.fullmatch(own):
        raise soap_error("soap.id-unfit", id=own)
    if len(taken[own]) > 1:
        raise soap_error("soap.id-taken", id=own)
    return _Ids(*new)._replace(body=own)


def _mark_body(envelope: bytes, message: Message, name: str) -> Edit:
    """Give the Body its Id, right behind the name of its start tag."""
    span = spans_of(envelope, [(message.name("Envelope"), message.name("Body"))])[0]
    tag = _TAG_NAME.match(envelope, span.start)
    assert tag is not None
    if message.body.get(WSU_ID) is not None:
        return Edit(tag.end(), tag.end(), b"")
    scope = message.body.nsmap
    known = next((prefix for prefix, uri in scope.items() if prefix and uri == WSU), None)
    prefix = known or next(one for one in ("wsu", *(f"wsu{n}" for n in range(1, 99))) if one not in scope)
    declared = "" if known else f' xmlns:{prefix}="{WSU}"'
    return Edit(tag.end(), tag.end(), f'{declared} {prefix}:Id="{name}"'.encode())


def _prefixes(message: Message) -> tuple[str, ...]:
    """The prefixes that values in the Body (``xsi:type="web:x"``) may lean on though no element there shows them."""
    hidden = {prefix for prefix, uri in message.body.nsmap.items() if prefix and uri != WSU}
    return tuple(sorted(hidden - {message.body.prefix}))


def _body_digest(envelope: bytes, algorithm: Algorithm, attachments: Mapping[str, bytes]) -> bytes:
    message = message_of(parse(envelope))
    include_attachments(message.body, attachments)
    return algorithm.digest.of(canonical(message.body, Canonical(EXC_C14N, _prefixes(message))))


# Timestamp and SignedInfo are written in their exclusive canonical form, so that the bytes sent are the bytes signed.


def _timestamp(ids: _Ids, at: datetime, lifetime: timedelta) -> str:
    return (
        f'<wsu:Timestamp xmlns:wsu="{WSU}" wsu:Id="{ids.timestamp}"><wsu:Created>{written(at)}</wsu:Created>'
        f"<wsu:Expires>{written(at + lifetime)}</wsu:Expires></wsu:Timestamp>"
    )


def _signed_info(ids: _Ids, algorithm: Algorithm, prefixes: tuple[str, ...], digests: tuple[bytes, bytes]) -> str:
    body, timestamp = digests
    return (
        f'<ds:SignedInfo xmlns:ds="{DS}">'
        f'<ds:CanonicalizationMethod Algorithm="{EXC_C14N}"></ds:CanonicalizationMethod>'
        f'<ds:SignatureMethod Algorithm="{algorithm.uri}"></ds:SignatureMethod>'
        f"{_reference(ids.body, algorithm.digest, body, prefixes)}"
        f"{_reference(ids.timestamp, algorithm.digest, timestamp)}</ds:SignedInfo>"
    )


def _reference(name: str, method: Digest, digest: bytes, prefixes: tuple[str, ...] = ()) -> str:
    listed = " ".join(prefixes)
    inclusive = (
        f'<ec:InclusiveNamespaces xmlns:ec="{EC}" PrefixList="{listed}"></ec:InclusiveNamespaces>' if prefixes else ""
    )
    return (
        f'<ds:Reference URI="#{name}"><ds:Transforms>'
        f'<ds:Transform Algorithm="{EXC_C14N}">{inclusive}</ds:Transform></ds:Transforms>'
        f'<ds:DigestMethod Algorithm="{method.value}"></ds:DigestMethod>'
        f"<ds:DigestValue>{b64encode(digest).decode()}</ds:DigestValue></ds:Reference>"
    )


def _signature_value(key: SealingKey, algorithm: Algorithm, info: bytes) -> bytes:
    digest = algorithm.digest.of(info)
    value = key.sign(digest)
    if not is_by(key.certificate, value, digest, algorithm):
        raise soap_error("soap.key-mismatch", key=key.name)
    return value


def _token(key: SealingKey, kind: TokenKind, ids: _Ids) -> str:
    data = b64encode(token_bytes(kind, key.certificate, key.chain)).decode()
    return (
        f'<wsse:BinarySecurityToken EncodingType="{BASE64}" ValueType="{TOKENS[kind]}" wsu:Id="{ids.token}">'
        f"{data}</wsse:BinarySecurityToken>"
    )


def _signature(ids: _Ids, info: str, value: bytes, kind: TokenKind) -> str:
    # X.509 Token Profile 1.1, 3.1.2: a reference to a path says so on the SecurityTokenReference, too.
    said = f' xmlns:wsse11="{WSSE11}" wsse11:TokenType="{PKI_PATH}"' if kind == "PKIPath" else ""
    return (
        f'<ds:Signature xmlns:ds="{DS}" Id="{ids.signature}">{info}'
        f"<ds:SignatureValue>{b64encode(value).decode()}</ds:SignatureValue>"
        f'<ds:KeyInfo Id="{ids.key}"><wsse:SecurityTokenReference{said} wsu:Id="{ids.reference}">'
        f'<wsse:Reference URI="#{ids.token}" ValueType="{TOKENS[kind]}"/>'
        f"</wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature>"
    )


def _security(message: Message, ids: _Ids, token: str, signature: str, timestamp: str) -> str:
    must = "1" if message.soap == SOAP11 else "true"
    return (
        f'<wsse:Security xmlns:wsse="{WSSE}" xmlns:wsu="{WSU}" xmlns:soap={quoteattr(message.soap)}'
        f' soap:mustUnderstand="{must}">{token}{signature}{timestamp}</wsse:Security>'
    )


def _place_header(envelope: bytes, message: Message, security: str) -> Edit:
    path = message.name("Envelope")
    if message.header is None:
        before = spans_of(envelope, [(path, message.name("Body"))])[0].start
        prefix = f"{message.root.prefix}:" if message.root.prefix else ""
        return Edit(before, before, f"<{prefix}Header>{security}</{prefix}Header>".encode())
    span = spans_of(envelope, [(path, message.name("Header"))])[0]
    if not span.is_empty_tag:
        return Edit(span.inside, span.inside, security.encode())
    tag = _TAG_NAME.match(envelope, span.start)
    assert tag is not None
    opened = envelope[span.start : span.inside].rstrip(b">").rstrip(b"/").rstrip()
    return Edit(span.start, span.end, opened + b">" + security.encode() + b"</" + tag[0][1:] + b">")
