"""A document in, the sealed document out: XAdES-BES, enveloped, in GİB's flavour.

The bytes that are given stay as they are; the signature is put in where GİB wants it, and ``cac:Signature`` is written
or set right where it does not name the signatory and the signature. Sealing in two steps, `prepare` and
`Prepared.finish`, lets a key sign elsewhere and later, a card at the taxpayer's desk for instance; `seal` does both
with a key at hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from lxml import etree

from ulak.seal.canonical import canonical_document
from ulak.seal.certificates import Certificate
from ulak.seal.insertion import Opened, open_document
from ulak.seal.keys.port import SealingKey
from ulak.seal.problems import problem
from ulak.seal.splits import split_value
from ulak.seal.values import is_by
from ulak.seal.verdicts import Indication, Trusted
from ulak.seal.xades import ISTANBUL, Scope, Unsigned, reference_to_document
from ulak.xml import MAX_BYTES

__all__ = ["ROLE", "Prepared", "prepare", "prepared", "refuse_unfit", "seal"]

ROLE: Final = "Tedarikçi"
"""The claimed role of all seals in GİB's samples, buyers' and customers' too; no guide lists others."""
_DECLARATION: Final = 40
"""Bytes of an ordinary XML declaration; no value ends within them."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that lacks nothing but the signature value.

    Attributes:
        signature: what is to be signed, and by whom.
    """

    signature: Unsigned
    _before: bytes
    _after: tuple[bytes, ...]

    @property
    def digest(self) -> bytes:
        """What the key signs."""
        return self.signature.digest

    def finish(self, value: bytes) -> bytes:
        """The sealed document.

        Args:
            value: the signature of `digest`, in the form of `SealingKey.sign`.

        Raises:
            SealingError: ``seal.wrong-value`` if it is not the certificate's signature of this document.
        """
        if not is_by(self.signature.certificate, value, self.digest):
            raise problem("seal.wrong-value")
        return self.with_value(value)

    def with_value(self, value: bytes) -> bytes:
        """The sealed document, for a value that is known to be right."""
        return b"".join((self._before, *self.signature.around(value), *self._after))


def seal(
    document: bytes,
    key: SealingKey,
    *,
    at: datetime,
    trusted: Trusted | None = None,
    id: str | None = None,
    role: str = ROLE,
    mime: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> bytes:
    """Seal a document.

    Args:
        document: UTF-8 XML, without a seal: Invoice, CreditNote, DespatchAdvice, ReceiptAdvice, ApplicationResponse,
            ProcessUserAccount, CancelUserAccount, eArsivRaporu, or an e-Defter ``defter``, ``berat``, ``defterraporu``.
        key: signs; its certificate must hold the signatory's VKN or TCKN.
        at: the signing time, with zone.
        trusted: what is known of the key's certificate at that time (`ulak.seal.trust`); GİB's audit wants validity,
            CRL and OCSP looked at when a document is sealed. None leaves that to the caller.
        id: what the Ids of the signature end with; by default the ETTN, or one made from the document's digest.
        role: the claimed role.
        mime: media type to be named by the seal; reports name ``text/xml``.
        max_bytes: the largest document that is read.

    Returns:
        the document with its seal; every byte that was given stands in it, but for a draft's placeholder and a
        ``cac:Signature`` that names somebody else.

    Raises:
        SealingError: ``seal.*``; nothing is made.
        SealError: ``key.*``, from the key.
        XmlError: the document is not XML, or not UTF-8.
    """
    prepared = prepare(
        document, key.certificate, at=at, trusted=trusted, id=id, role=role, mime=mime, max_bytes=max_bytes
    )
    return prepared.with_value(key.sign(prepared.digest))


def prepare(
    document: bytes,
    certificate: Certificate,
    *,
    at: datetime,
    trusted: Trusted | None = None,
    id: str | None = None,
    role: str = ROLE,
    mime: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Prepared:
    """Do all of `seal` but sign; takes and raises the same."""
    tax_id = refuse_unfit(certificate, at, trusted)
    opened = open_document(document, tax_id, id, max_bytes)
    if b"!" in document or document.find(b"?", _DECLARATION) >= 0:
        _refuse_split_values(opened.root)
    digest = certificate.algorithm.digest.of(_canonical(opened, len(document)))
    return prepared(opened, certificate, digest, at=at, role=role, mime=mime)


def prepared(
    opened: Opened, certificate: Certificate, digest: bytes, *, at: datetime, role: str = ROLE, mime: str | None = None
) -> Prepared:
    """A document with its place of the seal open, and the digest of what is sealed; the rest as of `prepare`."""
    signature = Unsigned.build(
        reference_to_document(digest),
        certificate,
        scope=Scope.below(opened.holder),
        at=at,
        id=opened.id or str(UUID(bytes=digest[:16], version=4)),
        role=role,
        mime=mime,
    )
    return Prepared(signature, opened.before, (opened.after,))


def _refuse_split_values(root: etree._Element) -> None:
    if split := split_value(root):
        raise problem("seal.split-value", name=split.name, line=split.line)


def _canonical(opened: Opened, size: int) -> bytes:
    try:
        return canonical_document(opened.root, size)
    except etree.C14NError as error:
        raise problem("seal.not-canonical", detail=str(error)) from None


def refuse_unfit(certificate: Certificate, at: datetime, trusted: Trusted | None) -> str:
    """The VKN or TCKN of a certificate that may seal at the time.

    Raises:
        SealingError: ``seal.no-tax-id``, ``seal.certificate-expired``, ``seal.certificate-not-yet-valid``,
            ``seal.key-not-trusted``, ``seal.naive-time``.
    """
    if at.tzinfo is None:
        raise problem("seal.naive-time")
    if at > certificate.not_after:
        until = certificate.not_after.astimezone(ISTANBUL)
        raise problem("seal.certificate-expired", until=until, subject=certificate.subject)
    if at < certificate.not_before:
        since = certificate.not_before.astimezone(ISTANBUL)
        raise problem("seal.certificate-not-yet-valid", since=since, subject=certificate.subject)
    if certificate.tax_id is None:
        raise problem("seal.no-tax-id", subject=certificate.subject)
    if trusted and trusted.indication is not Indication.PASSED:
        why = trusted.reasons[0].text if trusted.reasons else ""
        raise problem("seal.key-not-trusted", sub=trusted.sub, why=why)
    return certificate.tax_id
