"""A report of any size sealed while it is read: XAdES-BES or -A, in a few megabytes.

The seal itself is small. It is made in the frame of the report, which is the root's tags around the header, by the very
code that seals small documents; only the digest of the report comes from a stream.
"""

from __future__ import annotations

from datetime import datetime
from io import SEEK_END
from typing import BinaryIO, Final

from ulak.seal.insertion import open_document
from ulak.seal.keys.port import SealingKey
from ulak.seal.large.pieces import Pieces
from ulak.seal.large.problems import problem
from ulak.seal.large.whole import Whole
from ulak.seal.levels.adding import MAX_BYTES, Form, archive
from ulak.seal.levels.ports import Judge
from ulak.seal.sealing import ROLE, prepared, refuse_unfit
from ulak.seal.trust.stamping import TimeStamper
from ulak.seal.verdicts import Trusted

__all__ = ["MIME", "seal_large", "size_of"]

MIME: Final = "text/xml"
"""What the seal of a report says that it covers, as that of a signed report of 2018 does."""


def seal_large(
    source: BinaryIO,
    target: BinaryIO,
    key: SealingKey,
    *,
    at: datetime,
    trusted: Trusted | None = None,
    stamper: TimeStamper | None = None,
    trust: Judge | None = None,
    form: Form = Form.FULL,
    id: str | None = None,
    role: str = ROLE,
    max_bytes: int = MAX_BYTES,
) -> int:
    """Seal a report that may be too large to be held; byte for byte what `seal` and `archive` make of it.

    Args:
        source: UTF-8 XML without comments, processing instructions and CDATA, of small elements below the root:
            eArsivRaporu. Seekable; it is read twice.
        target: takes the sealed report. Nothing is written before the seal is complete.
        key: signs.
        at: the signing time, with zone.
        trusted: what is known of the key's certificate at that time.
        stamper: gets the time stamps.
        trust: judges the certificates of the sealer and of the time-stamp authority. With both the seal is XAdES-A;
            without them XAdES-BES.
        form: which properties XAdES-A is built of.
        id: what the Ids of the signature end with; by default one made from the report's digest.
        max_bytes: the largest sealed report.

    Returns:
        bytes written.

    Raises:
        LargeError: ``large.*``.
        SealingError: ``seal.*``.
        LevelFailure: ``level.*``, ``timestamp.*``.
        SealError: ``key.*`` from the key; ``timestamp.*`` from the stamper, ``permanent`` False where later helps.
        XmlError: the report is not XML, or not UTF-8.
    """
    tax_id = refuse_unfit(key.certificate, at, trusted)
    size = size_of(source, max_bytes)
    pieces = Pieces(source)
    whole = Whole(pieces)
    frame = whole.frame
    opened = open_document(frame, tax_id, id, len(frame) + 1)
    digest = whole.hashed(key.certificate.algorithm.digest).digest()
    unsigned = prepared(opened, key.certificate, digest, at=at, role=role, mime=MIME)
    sealed = unsigned.with_value(key.sign(unsigned.digest))
    if stamper is not None and trust is not None:
        sealed = archive(sealed, stamper=stamper, trust=trust, at=at, form=form, whole=whole)
    written = size - len(frame) + len(sealed)
    if written > max_bytes:
        raise problem("large.too-large", limit=max_bytes)
    target.write(sealed.removesuffix(pieces.closing))
    for block in pieces.rest():
        target.write(block)
    return written


def size_of(source: BinaryIO, max_bytes: int) -> int:
    """Bytes of a file; raises LargeError ``large.too-large``."""
    if (size := source.seek(0, SEEK_END)) > max_bytes:
        raise problem("large.too-large", limit=max_bytes)
    return size
