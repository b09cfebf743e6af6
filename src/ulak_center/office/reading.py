"""A report taken out of its package and read piece by piece, however large it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import SEEK_END, BytesIO
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, cast

from lxml import etree

from ulak.envelope import EnvelopeError
from ulak.envelope.limits import Limits
from ulak.envelope.unzipping import content, entry_of
from ulak.errors import UlakError
from ulak.seal.large import LargeError
from ulak.seal.large.pieces import Piece, Pieces
from ulak.xml import XmlError, parse
from ulak_center.office.problems import refused
from ulak_center.office.reports import survey_of

__all__ = ["HELD", "Reading", "unpacked_report"]

HELD: Final = 20 * 1024 * 1024
"""The largest report that is held as a whole, if it cannot be read piece by piece."""
_IN_MEMORY: Final = 1 << 20
_ZIP_CODES: Final = {
    "envelope.not-zip": "archive.zip",
    "envelope.zip-damaged": "archive.zip",
    "envelope.zip-encrypted": "archive.unreadable",
    "envelope.zip-method": "archive.unreadable",
    "envelope.file-count": "archive.several",
    "envelope.too-large": "archive.too-large",
    "envelope.zip-bomb": "archive.too-large",
}
_EMPTY_ZIP: Final = b"PK\x05\x06"


@contextmanager
def unpacked_report(data: bytes, wanted: str, limits: Limits) -> Iterator[BinaryIO]:
    """The one file of a package, as a file that goes away.

    Raises:
        Refused: 151, 152, 153, 158, 164, 165.
    """
    with SpooledTemporaryFile(_IN_MEMORY) as target:
        if data.startswith(_EMPTY_ZIP):
            raise refused("archive.empty")
        file = BytesIO(data)
        try:
            entry = entry_of(file, limits)
        except EnvelopeError as error:
            raise refused(_ZIP_CODES[error.code], detail=error.text) from None
        if entry.name != wanted:
            raise refused("archive.file-name", name=entry.name[:200], wanted=wanted)
        try:
            target.writelines(content(file, entry, limits))
        except EnvelopeError as error:
            code = "archive.too-large" if error.code == "envelope.zip-bomb" else "archive.unreadable"
            raise refused(code, detail=error.text) from None
        yield cast(BinaryIO, target)


class Reading:
    """A report in a file.

    Attributes:
        root: its root; of a report that is read piece by piece with its first element alone, the header.
        pieces: None for a report that is held as a whole.
        survey: what all of its elements are.

    Raises:
        Refused: ``archive.not-xml`` (157) for what is no XML, and for what is neither small nor readable in pieces.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.file: Final = file
        self.pieces: Pieces | None = None
        try:
            self.pieces = Pieces(file)
            self.root = self._parsed(Piece(self.pieces.first, 1))
            self.survey = survey_of(self.elements())
        except (LargeError, XmlError) as error:
            self.pieces, self.root = None, _whole(file, error)
            self.survey = survey_of(self.elements())

    def elements(self) -> Iterator[etree._Element]:
        """The elements below the root, one by one; each is gone when the next is asked for."""
        yield from self.root.iterchildren("*")
        for piece in self.pieces or ():
            yield from self._parsed(piece).iterchildren("*")

    def _parsed(self, piece: Piece) -> etree._Element:
        assert self.pieces is not None
        framed = self.pieces.framed(piece.data)
        return parse(framed, max_bytes=len(framed))


def _whole(file: BinaryIO, error: UlakError) -> etree._Element:
    """The root of a report that is small enough to be held."""
    if file.seek(0, SEEK_END) <= HELD:
        file.seek(0)
        try:
            return parse(file.read(), max_bytes=HELD)
        except XmlError as found:
            error = found
    raise refused("archive.not-xml", detail=error.text, line=error.line) from None
