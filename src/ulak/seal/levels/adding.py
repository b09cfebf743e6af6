"""Time stamps and evidence added to a sealed document: XAdES-T, XAdES-A, and its renewal.

e-Arşiv reports carry XAdES-A with a time stamp (e-Arşiv Teknik Kılavuzu V1.18, 4 and 3.3.1.10); e-Defter takes
XAdES-BES and allows -T and -A (e-Defter Teknik Kılavuzu V1.7, 2.1.3), while the Tebliğ wants its seal time-stamped.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Final

from lxml import etree

from ulak.errors import Text
from ulak.seal.algorithms import Digest
from ulak.seal.errors import error_of
from ulak.seal.levels.checking import Levels, check_levels
from ulak.seal.levels.draft import Draft
from ulak.seal.levels.imprints import Kind
from ulak.seal.levels.parts import only_seal
from ulak.seal.levels.ports import Judge
from ulak.seal.levels.problems import PROBLEMS, LevelFailure
from ulak.seal.levels.values import carried, signer_of
from ulak.seal.levels.work import Stamped, Work
from ulak.seal.octets import Streamed
from ulak.seal.places import is_ubl
from ulak.seal.trust.reasons import when
from ulak.seal.trust.stamping import TimeStamper
from ulak.seal.trust.timestamps import TimeStampToken
from ulak.seal.verdicts import Indication, SubIndication, Trusted
from ulak.xml import parse

__all__ = ["MAX_BYTES", "Form", "add_time_stamp", "archive", "renew"]

MAX_BYTES: Final = 100 * 1024 * 1024
"""The largest report that GİB takes, unpacked (e-Arşiv Teknik Kılavuzu V1.18, 5)."""


class Form(Enum):
    """Which properties XAdES-A is built of."""

    FULL = "full"
    """Those of a signed e-Arşiv report of 2018: references and a time stamp over them besides the values."""
    LEAN = "lean"
    """Time stamp, values, archive time stamp (as EN 319 132-1 has it since)."""


def add_time_stamp(
    sealed: bytes,
    stamper: TimeStamper,
    *,
    digest: Digest = Digest.SHA256,
    max_bytes: int = MAX_BYTES,
    whole: Streamed | None = None,
) -> bytes:
    """Make a XAdES-BES seal a XAdES-T one: prove when it existed.

    Args:
        sealed: a document with one seal.
        stamper: gets the time stamp (`ulak.seal.trust`).
        digest: that the time stamp is made with.
        max_bytes: the largest document that is read.
        whole: what the seal covers, where ``sealed`` is only the frame of a large document (`ulak.seal.large`).

    Returns:
        the document with ``xades:SignatureTimeStamp`` in its seal (TS 101 903, 7.3); all else byte by byte as it was.

    Raises:
        LevelFailure: ``level.*`` for documents that cannot take one, ``timestamp.other-data``.
        SealError: ``timestamp.*`` from the stamper; ``permanent`` is False where the same call may succeed later.
        XmlError: the document is not XML, or not UTF-8.
    """
    work, _ = _opened(sealed, stamper, digest, max_bytes, whole, is_archived=False)
    work.stamp(Kind.SIGNATURE)
    return work.draft.finish()


def archive(
    sealed: bytes,
    *,
    stamper: TimeStamper,
    trust: Judge,
    at: datetime,
    form: Form = Form.FULL,
    digest: Digest = Digest.SHA256,
    max_bytes: int = MAX_BYTES,
    whole: Streamed | None = None,
) -> bytes:
    """Make a seal a XAdES-A one: all that is needed to judge it after its certificates have ended.

    A time stamp that the seal has already is kept, and proves when the seal was made.

    Args:
        sealed: a document with one seal, XAdES-BES or XAdES-T.
        stamper: gets the time stamps.
        trust: judges the certificates of the sealer and the time-stamp authority, and gives the revocation data.
        at: now.
        form: which properties are added.
        digest: that the time stamps and references are made with.
        max_bytes: the largest document that is read.
        whole: what the seal covers, where ``sealed`` is only the frame of a large document (`ulak.seal.large`).

    Returns:
        the document with all properties in its seal; all else byte by byte as it was. The archive time stamp is that of
        XAdES 1.4.1, in UBL documents that of 1.3.2, since GİB's schemas of UBL do not know the other.

    Raises:
        LevelFailure: ``level.changed`` for content that the seal does not fit, ``level.not-trusted`` and
            ``level.try-later`` for the sealer's certificate, ``timestamp.not-trusted`` and ``timestamp.try-later`` for
            the authority's, ``timestamp.order`` for time stamps of the wrong time; other ``level.*``, ``timestamp.*``.
        SealError: ``timestamp.*`` from the stamper.
        XmlError: the document is not XML, or not UTF-8.
    """
    work, signature = _opened(sealed, stamper, digest, max_bytes, whole, is_archived=False)
    found = _holding(signature, trust, at, whole)
    del signature
    if found.level not in ("BES", "T"):
        raise error_of(LevelFailure, PROBLEMS, "level.extended-already", level=found.level)
    proven = found.proven_at
    if proven is None:
        stamp = work.stamp(Kind.SIGNATURE)
        work.add_validation_data(stamp, _authority(trust, stamp.token, at))
    signer = _signer(work.draft, trust, proven or at)
    if form is Form.FULL:
        work.add_references(signer)
        stamp = work.stamp(Kind.SIG_AND_REFS)
        work.add_validation_data(stamp, _authority(trust, stamp.token, at))
    work.add_values(signer)
    _authority(trust, work.stamp(work.archive).token, at)
    return _finished(work, trust, at, whole)


def renew(
    archived: bytes,
    *,
    stamper: TimeStamper,
    trust: Judge,
    at: datetime,
    digest: Digest = Digest.SHA256,
    max_bytes: int = MAX_BYTES,
) -> bytes:
    """Add a further archive time stamp, before the last one's certificate ends or its algorithms grow weak.

    `Levels.renew_by` says until when. Takes and raises what `archive` does; besides, ``level.not-archived``, and
    ``timestamp.*`` with the finding if one of the document's time stamps does not hold.
    """
    work, signature = _opened(archived, stamper, digest, max_bytes, is_archived=True)
    last = _holding(signature, trust, at).stamps[-1]
    del signature
    assert last.token is not None
    work.add_validation_data(Stamped(last.id, last.token), last.trusted)
    _authority(trust, work.stamp(work.archive).token, at)
    return _finished(work, trust, at)


_REFUSED: Final = {Kind.ARCHIVE.value, Kind.OLD_ARCHIVE.value}


def _opened(
    document: bytes,
    stamper: TimeStamper,
    digest: Digest,
    max_bytes: int,
    whole: Streamed | None = None,
    *,
    is_archived: bool,
) -> tuple[Work, etree._Element]:
    signature = only_seal(parse(document, max_bytes=max_bytes))
    draft = Draft(document, signature, whole)
    found = any(each.tag in _REFUSED for each in draft.parts.properties)
    if found is not is_archived:
        raise error_of(LevelFailure, PROBLEMS, "level.archived-already" if found else "level.not-archived")
    in_ubl = is_ubl(str(signature.getroottree().getroot().tag))
    return Work(draft, stamper, digest, archive=Kind.OLD_ARCHIVE if in_ubl else Kind.ARCHIVE), signature


def _holding(signature: etree._Element, trust: Judge, at: datetime, whole: Streamed | None = None) -> Levels:
    """What the seal carries already, all of which must hold."""
    found = check_levels(signature, trust=trust, at=at, whole=whole)
    if found.reasons:
        worst = found.reasons[0]
        permanent = found.sub is not SubIndication.TRY_LATER
        raise LevelFailure(worst.code, worst.text, worst.repair, permanent=permanent)
    return found


def _finished(work: Work, trust: Judge, at: datetime, whole: Streamed | None = None) -> bytes:
    """The document, once all that was added has been judged as others will judge it."""
    made = work.draft.finish()
    _holding(only_seal(parse(made, max_bytes=len(made))), trust, at, whole)
    return made


def _signer(draft: Draft, trust: Judge, at: datetime) -> Trusted:
    """What is known of the sealer's certificate at the moment the seal is proven to have existed."""
    held = carried(draft.parts)
    found = trust.judge(signer_of(draft.parts), at=at, known=held.certificates, evidence=held.evidence)
    if found.indication is not Indication.PASSED:
        raise _untrusted(found, at, "level.try-later" if found.sub is SubIndication.TRY_LATER else "level.not-trusted")
    return found


def _authority(trust: Judge, token: TimeStampToken, at: datetime) -> Trusted:
    found = trust.judge_stamp(token, at=at)
    if found.indication is not Indication.PASSED:
        later = found.sub is SubIndication.TRY_LATER
        raise _untrusted(found, at, "timestamp.try-later" if later else "timestamp.not-trusted")
    return found


def _untrusted(found: Trusted, at: datetime, code: str) -> LevelFailure:
    worst = found.reasons[0].text if found.reasons else Text(str(found.sub), str(found.sub))
    return error_of(LevelFailure, PROBLEMS, code, at=when(at), found=worst)
