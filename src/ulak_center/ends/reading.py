"""An envelope that came to one of GİB's own ends: opened, what is in it noted, its seals judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from ulak.envelope import ElementType, EnvelopeType, Header, opening, reason_of
from ulak.errors import Text, UlakError
from ulak.seal.verify import Trust
from ulak.xml import parse
from ulak_center.ends.problems import end_error
from ulak_center.ends.values import FINE, EndDocument
from ulak_center.judging.filing import noted
from ulak_center.judging.signers import refuse_bad_seal
from ulak_center.merkez import Desk
from ulak_center.values import Filed

__all__ = ["Came", "bytes_of", "came"]

_OK: Final = 1200
_FAILED: Final = 1195


class Came(NamedTuple):
    """What was found in an envelope.

    Attributes:
        header: None if it cannot be opened.
        status: with which it is answered.
        reasons: sentences of why, in Turkish.
    """

    header: Header | None
    documents: Sequence[Filed]
    status: int = _OK
    reason: Text = FINE
    reasons: tuple[str, ...] = ()


def came(data: bytes, trust: Trust | None, at: datetime) -> Came:
    """Open and judge a ZIP that was delivered; never raises for what is in it.

    Args:
        trust: judges the seals; without it they are not looked at.
    """
    try:
        opened = opening(data)
        documents = [
            noted(document.type or ElementType.INVOICE, parse(document.data), document.data).filed
            for document in opened
        ]
        header = opened.header
    except UlakError as fault:
        return _refused(None, [], fault)
    if trust is not None and header.type in (EnvelopeType.SENDER, EnvelopeType.POSTBOX):
        for document in documents:
            where = Text(document.number or document.ettn, document.number or document.ettn)
            try:
                refuse_bad_seal(document, trust, at, where)
            except UlakError as fault:
                return _refused(header, documents, fault)
    return Came(header, documents)


def _refused(header: Header | None, documents: Sequence[Filed], fault: UlakError) -> Came:
    status = int(getattr(fault, "status", 0) or _FAILED)
    return Came(header, documents, status, fault.text, (reason_of(fault),))


def bytes_of(desk: Desk, document: EndDocument) -> bytes:
    """A document's own bytes, cut out of the envelope that is kept.

    Raises:
        CenterError: ``center.unreadable``.
    """
    try:
        for position, found in enumerate(opening(desk.book.data(document.envelope), parse=False), start=1):
            if position == document.position:
                return found.data
    except UlakError as fault:
        raise end_error("center.unreadable", ettn=document.ettn, detail=fault.text) from None
    raise end_error("center.unreadable", ettn=document.ettn, detail="–")
