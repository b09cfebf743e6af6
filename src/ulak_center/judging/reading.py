"""An envelope that came in, opened: its documents, and the first thing for which it is refused unread."""

from __future__ import annotations

import io
from typing import NamedTuple

from lxml import etree

from ulak.envelope import Document, EnvelopeError, Header, Limits, opening
from ulak.envelope.documents import parsed_alone
from ulak.envelope.problems import first
from ulak.envelope.unzipping import content, entry_of
from ulak.errors import Text
from ulak.xml import XmlError, parse
from ulak_center.values import Filed

__all__ = ["Reading", "label", "place", "read", "root_of", "said_by", "xml_of"]

_MALFORMED = 1140


class Reading(NamedTuple):
    """What became of opening an envelope.

    Attributes:
        header: None if nothing of it can be told.
        documents: as far as they could be cut out.
        fault: what refuses the envelope before any document is looked at; None if nothing does.
    """

    header: Header | None
    documents: tuple[Document, ...]
    fault: EnvelopeError | None


def read(name: str, data: bytes) -> Reading:
    """Open a ZIP of that name; documents are not parsed unless the envelope is refused anyway."""
    try:
        opened = opening(data, name=name, parse=False)
    except EnvelopeError as fault:
        return Reading(None, (), fault)
    documents: list[Document] = []
    faults: list[EnvelopeError] = []
    try:
        documents.extend(opened)
    except EnvelopeError as fault:
        faults.append(fault)
    faults = first([*faults, *opened.faults])
    if faults and int(faults[0].status) != _MALFORMED:
        # A document that is no XML comes before most that is wrong outside.
        faults = first([*_malformed(documents), *faults])
    return Reading(opened.header, tuple(documents), faults[0] if faults else None)


def _malformed(documents: list[Document]) -> list[EnvelopeError]:
    for document in documents:
        try:
            parsed_alone(document.data, place(document))
        except EnvelopeError as fault:
            return [fault]
    return []


def root_of(document: Document) -> etree._Element:
    """A document parsed.

    Raises:
        EnvelopeError: ``envelope.document-malformed``, ``envelope.document-not-alone``.
    """
    try:
        return parse(document.data)
    except XmlError:
        parsed_alone(document.data, place(document))
        raise


def xml_of(data: bytes) -> bytes:
    """The XML in a ZIP that was read before."""
    source = io.BytesIO(data)
    limits = Limits()
    return b"".join(content(source, entry_of(source, limits), limits))


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
