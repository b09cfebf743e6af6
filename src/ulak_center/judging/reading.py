"""An envelope that came in, opened: its documents, and the first thing for which it is refused as an envelope."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from lxml import etree

from ulak.envelope import Document, EnvelopeError, EnvelopeType, Header, Limits, Opening, opening
from ulak.envelope.documents import parsed_alone
from ulak.envelope.problems import first
from ulak.envelope.unzipping import content, entry_of
from ulak.errors import Text
from ulak_center.values import Filed

__all__ = [
    "Reading",
    "label",
    "may_share_ids",
    "place",
    "read",
    "root_of",
    "said_by",
    "shape_of",
    "shell_of",
    "thorough_fault",
    "xml_of",
]

_ID: Final = re.compile(rb"""Id\s*=\s*["']([^"']*)""")
_ENOUGH: Final = 200
"""Bytes by which the first document is known."""
_EXTENSIONS: Final = b"UBLExtensions>"
_TEXT: Final = re.compile(rb">[^<]*")
_UNUSUAL: Final = (b"<!", b"MultipleType", b"Manifest", b"BusinessScope")
"""What makes a header one whose texts, too, are the schema's matter."""
_SPACE: Final = re.compile(rb"[ \t\r\n]*")


class Reading(NamedTuple):
    """What became of opening an envelope.

    Attributes:
        header: None if nothing of it can be told.
        documents: as far as they could be cut out.
        fault: what refuses the envelope, as ``ulak envelope check`` would find it; None if nothing does.
    """

    header: Header | None
    documents: tuple[Document, ...] = ()
    fault: EnvelopeError | None = None


def read(name: str, data: bytes) -> Reading:
    """Open a ZIP of that name. The documents of a sender's envelope without fault are not parsed yet."""
    reading = _read(name, data, parse=False)
    kind = reading.header.type if reading.header else None
    if reading.fault is None and kind is EnvelopeType.SENDER:
        return reading
    # Faults of documents may come before those outside, and answers are part of what an envelope is.
    return _read(name, data, parse=True)


def thorough_fault(name: str, data: bytes) -> EnvelopeError | None:
    """What refuses an envelope once its documents are parsed, too: that they are no XML, or share Ids."""
    return _read(name, data, parse=True).fault


def may_share_ids(documents: Iterable[Document]) -> bool:
    """Whether two documents may have the same Id; True for some that have not, too."""
    seen: set[bytes] = set()
    for document in documents:
        data = document.data
        # Seals stand in the extensions; elsewhere the schema lets none stand.
        end = data.find(_EXTENSIONS, data.find(_EXTENSIONS) + 1)
        found = {value.strip() for value in _ID.findall(data, 0, end if end > 0 else len(data))}
        if not found.isdisjoint(seen) or any(b"&" in value for value in found):
            return True
        seen |= found
    return False


def _read(name: str, data: bytes, *, parse: bool) -> Reading:
    try:
        opened = opening(data, name=name, parse=parse)
    except EnvelopeError as fault:
        return Reading(None, (), fault)
    documents: list[Document] = []
    found = [*_collected(opened, documents)]
    faults = first([*found, *opened.faults])
    return Reading(opened.header, tuple(documents), faults[0] if faults else None)


def _collected(opened: Opening, documents: list[Document]) -> Iterator[EnvelopeError]:
    try:
        documents.extend(opened)
    except EnvelopeError as fault:
        yield fault


def root_of(document: Document) -> etree._Element:
    """A document parsed.

    Raises:
        EnvelopeError: ``envelope.document-malformed``, ``envelope.document-not-alone``.
    """
    return parsed_alone(document.data, place(document))


def xml_of(data: bytes) -> bytes:
    """The XML in a ZIP that was read before."""
    source, limits = io.BytesIO(data), Limits()
    return b"".join(content(source, entry_of(source, limits), limits))


def shape_of(data: bytes, documents: tuple[Document, ...]) -> bytes:
    """What stands before the documents, without its texts; empty if what stands around them is out of the ordinary.

    Envelopes of one shape differ in nothing that the XSD or a Schematron that was read could see, and that
    `ulak.envelope` has not judged.
    """
    if documents[-1].group > 1:
        return b""
    source, limits = io.BytesIO(data), Limits()
    start, head = documents[0].data[:_ENOUGH], b""
    for piece in content(source, entry_of(source, limits), limits):
        head += piece
        at = head.find(start)
        if at >= 0:
            head = head[:at]
            return b"" if any(word in head for word in _UNUSUAL) else _TEXT.sub(b">", head)
    return b""


def shell_of(xml: bytes, documents: tuple[Document, ...]) -> bytes:
    """An envelope's XML with no more than the first document of each list."""
    kept: list[bytes] = []
    start = at = 0
    for document in documents:
        begin = _begin(xml, document.data, at)
        at = begin + len(document.data)
        if document.position > 1:
            kept.append(xml[start:begin])
            start = at
    return b"".join([*kept, xml[start:]])


def _begin(xml: bytes, data: bytes, at: int) -> int:
    next_ = _SPACE.match(xml, at)
    assert next_ is not None
    # To look for a document from where it stands takes a comparison; to search for it, far more.
    return next_.end() if xml.startswith(data, next_.end()) else xml.index(data, at)


def place(document: Document) -> str:
    """Where a document stands, in the words of `ulak.envelope`."""
    return f"Elements[{document.group}]/ElementList[{document.position}]"


def label(document: Document, filed: Filed | None = None) -> Text:
    """Which document, as a person finds it again."""
    names = [name for name in (filed.number[:50], filed.ettn[:36]) if name] if filed else []
    named = f" ({', '.join(names)})" if names else ""
    return Text(
        f"{document.group}. listenin {document.position}. belgesi{named}",
        f"Document {document.position} of list {document.group}{named}",
    )


def said_by(fault: EnvelopeError) -> Text:
    """What an envelope's fault says, with its place."""
    if not fault.where:
        return fault.text
    return Text(f"{fault.where}: {fault.text.tr}", f"{fault.where}: {fault.text.en}")
