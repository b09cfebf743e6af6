"""Envelopes opened: the documents cut out byte by byte, one after the other, and everything outside them judged.

What keeps an envelope from being read is raised; what a receiver would refuse it for, though it can be read, is
collected in `Opening.faults`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final, NamedTuple

from lxml import etree

from ulak.envelope.cutting import Cutter
from ulak.envelope.documents import parsed_alone, profile_of, root_name
from ulak.envelope.header import Node, read_header, structure_faults
from ulak.envelope.ids import Ids
from ulak.envelope.limits import MOST_ELEMENTS, MOST_GROUPS, Limits
from ulak.envelope.problems import EnvelopeError, error, first
from ulak.envelope.rules import Tally, answer_faults, group_faults, mixing_faults
from ulak.envelope.unzipping import content, entry_of
from ulak.envelope.values import ElementType, Envelope, Group
from ulak.errors import Text

__all__ = ["Document", "Opening", "open_envelope", "opening", "opening_xml"]

_LIMITS: Final = Limits()
_COUNT: Final = re.compile(r"\s*[+-]?\d{1,10}\s*", re.ASCII)
_NOT_NUMBER: Final = Text("ElementCount “{value}” bir sayı değil.", "ElementCount “{value}” is no number.")
_WHITE: Final = b" \t\r\n"
_ENOUGH: Final = 1024
"""Bytes by which it is told whether a file is XML."""
_BOM: Final = b"\xef\xbb\xbf"
_MOST: Final = 100
"""Faults that are told of documents."""


class Document(NamedTuple):
    """One document of an envelope.

    Attributes:
        group: number of its list, from 1.
        position: its place in the list, from 1.
        type: of the list; None if there is no such type.
        root: Clark name of its root; empty if it leans on the envelope's namespaces.
        data: its bytes exactly as they stand in the envelope.
    """

    group: int
    position: int
    type: ElementType | None
    root: str
    data: bytes


class Opening:
    """An envelope while it is read: iterate it once, to its end, for the documents.

    Nothing of an envelope counts until its last document was read: one fault refuses the whole (Ek-2 V1.5, 1).

    Attributes:
        header: what stands on it, as far as it can be told.
    """

    def __init__(
        self, pieces: Iterable[bytes], *, xml_name: str = "", zip_name: str = "", parse: bool, limits: Limits
    ) -> None:
        self._cutter = Cutter(pieces, limits)
        self._parse = parse
        self._finished = False
        self._faults: list[EnvelopeError] = []
        self._tallies: list[Tally] = []
        self._ids = Ids()
        self._documents = self._cutter.documents()
        self._broken: EnvelopeError | None = None
        self._waiting = self._first()
        root = self._cutter.root or Node("", {})
        self.header, faults = read_header(root)
        self._faults += [*faults, *_name_faults(self.header.id, xml_name, zip_name)]

    def _first(self) -> bytes | None:
        """The first document. If it cannot be read, that is told when it is asked for: the header may be, by then."""
        try:
            return next(self._documents, None)
        except EnvelopeError as fault:
            if not self._cutter.groups:
                raise
            self._broken = fault
            return None

    @property
    def faults(self) -> list[EnvelopeError]:
        """What a receiver would refuse it for, as found so far; the first has the status that it would answer."""
        return first(self._faults)

    def __iter__(self) -> Iterator[Document]:
        """The documents in order.

        Raises:
            EnvelopeError: the rest cannot be read.
        """
        if self._broken:
            raise self._broken
        while self._waiting is not None:
            yield self._document(self._waiting)
            self._waiting = next(self._documents, None)
        if not self._finished:
            self._finished = True
            self._finish()

    def _document(self, data: bytes) -> Document:
        while len(self._tallies) < len(self._cutter.groups):
            self._begin()
        tally = self._tallies[-1]
        where = f"{tally.where}/ElementList[{tally.count + 1}]"
        if tally.count >= MOST_ELEMENTS:
            raise error("envelope.element-limit", where=tally.where, limit=MOST_ELEMENTS)
        root = self._root(data, where)
        tally.add(root, profile_of(data) if tally.type is ElementType.INVOICE else "")
        return Document(len(self._tallies), tally.count, tally.type, root, data)

    def _begin(self) -> None:
        number = len(self._tallies) + 1
        if number > MOST_GROUPS:
            raise error("envelope.group-count", limit=MOST_GROUPS)
        node = self._cutter.groups[number - 1]
        value = node.value("ElementType") or ""
        kind = ElementType(value) if value in ElementType.__members__.values() else None
        self._tallies.append(Tally(kind, where=f"Elements[{number}]"))

    def _root(self, data: bytes, where: str) -> str:
        """See that the document can be read by itself; if only in the envelope, that is a fault but it is read."""
        try:
            if self._parse:
                self._look_inside(parsed_alone(data, where), where)
            return root_name(data, where)
        except EnvelopeError as fault:
            if fault.code != "envelope.document-not-alone":
                raise
            if len(self._faults) < _MOST:
                self._faults.append(fault)
            return ""

    def _look_inside(self, root: etree._Element, where: str) -> None:
        for fault in (*self._ids.add(root, where), *answer_faults(self.header.type, root, where)):
            if len(self._faults) < _MOST:
                self._faults.append(fault)

    def _finish(self) -> None:
        while len(self._tallies) < len(self._cutter.groups):
            self._begin()
        for tally, node in zip(self._tallies, self._cutter.groups, strict=True):
            self._faults += _stated(tally, node)
            self._faults += [*tally.wrong, *group_faults(tally, tally.where)]
        self._faults += mixing_faults(self.header.type, [tally.type for tally in self._tallies])
        self._faults += structure_faults(self._cutter.root or Node("", {}))


def opening(source: BinaryIO | bytes, *, name: str = "", parse: bool = True, limits: Limits = _LIMITS) -> Opening:
    """Begin to open a ZIP.

    Args:
        source: the ZIP; a file must be one that can be sought, and stay open.
        name: of the ZIP file; without it the name is not judged.
        parse: whether each document is parsed. Without it the bytes cut out are the same, but a document that is no
            XML is noticed only by whoever parses it, and what stands in documents (Ids of seals, ResponseCode) is not
            judged.

    Raises:
        EnvelopeError: the ZIP cannot be read, or its XML up to the first list.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    entry = entry_of(file, limits)
    if not entry.name.lower().endswith(".xml"):
        raise error("envelope.not-xml", name=entry.name[:100])
    pieces = _xml_pieces(content(file, entry, limits), entry.name)
    return Opening(pieces, xml_name=entry.name, zip_name=name, parse=parse, limits=limits)


def opening_xml(pieces: Iterable[bytes], *, parse: bool = True, limits: Limits = _LIMITS) -> Opening:
    """Begin to open an envelope that is in no ZIP, e.g. the answer of ``getApplicationResponse``. See `opening`."""
    return Opening(_xml_pieces(pieces, "XML"), parse=parse, limits=limits)


def open_envelope(source: BinaryIO | bytes, *, name: str = "", parse: bool = True) -> Envelope:
    """Open a ZIP whose envelope is to be without fault, with all documents in memory. See `opening`.

    Raises:
        EnvelopeError: the first fault, with the status that a receiver answers with.
    """
    opened = opening(source, name=name, parse=parse)
    documents: list[list[bytes]] = []
    types: list[ElementType | None] = []
    for document in opened:
        while len(documents) < document.group:
            documents.append([])
            types.append(document.type)
        documents[-1].append(document.data)
    for fault in opened.faults:
        raise fault
    groups = [Group(kind, found) for kind, found in zip(types, documents, strict=True) if kind is not None]
    return Envelope(opened.header, tuple(groups))


def _xml_pieces(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    """The pieces without a byte order mark; what does not begin like XML is refused as such."""
    begun = False
    head = b""
    for piece in pieces:
        if begun:
            yield piece
            continue
        head += piece
        if len(head) >= _ENOUGH:
            _refuse_other(head, name)
            begun = True
            yield head.removeprefix(_BOM)
    if not begun:
        _refuse_other(head, name)
        yield head


def _refuse_other(head: bytes, name: str) -> None:
    begin = head.removeprefix(_BOM).lstrip(_WHITE)
    if not begin.startswith((b"<", b"\xff\xfe", b"\xfe\xff", b"\0<")) and (begin or len(head) < _ENOUGH):
        raise error("envelope.not-xml", name=name[:100])


def _name_faults(id: str, xml_name: str, zip_name: str) -> Iterator[EnvelopeError]:
    """Whether both names are the envelope's id; capital and small letters of a UUID are the same (RFC 4122, 3)."""
    if id and xml_name and xml_name.lower() != f"{id}.xml".lower():
        yield error("envelope.xml-name", name=xml_name[:100], id=id[:100])
    if id and zip_name and zip_name.lower() != f"{id}.zip".lower():
        yield error("envelope.zip-name", name=zip_name[:100], id=id[:100])


def _stated(tally: Tally, node: Node) -> Iterator[EnvelopeError]:
    """What is wrong with the type and the number that a list states; the number goes into the tally."""
    value = node.value("ElementType")
    if value is not None and value not in ElementType.__members__.values():
        yield error("envelope.element-type", where=tally.where, value=value[:100])
    count = node.value("ElementCount")
    if count is None:
        return
    if _COUNT.fullmatch(count):
        tally.stated = int(count)
    else:
        yield error("envelope.structure", where=tally.where, detail=_NOT_NUMBER.format(value=count[:100]))
