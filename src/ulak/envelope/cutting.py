"""An envelope's XML read piece by piece: its own markup by a parser, its documents cut out byte by byte unparsed.

Only what stands outside the documents goes to the parser, so that an envelope of any size is read in the memory of
its largest document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from xml.parsers import expat

from ulak.envelope.header import PACKAGE, SBDH, Node
from ulak.envelope.limits import Limits
from ulak.envelope.markup import element_end, token_end
from ulak.envelope.problems import error
from ulak.errors import Text

__all__ = ["Cutter"]

_LIST: Final = (f"{SBDH}}}StandardBusinessDocument", f"{PACKAGE}}}Package", "Elements", "ElementList")
_DEEPEST: Final = 32
_UTF8: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_CUT_SHORT: Final = Text("yarıda kesilmiş", "it ends too early")
_DOCTYPE: Final = Text("DOCTYPE kabul edilmez", "a DOCTYPE is refused")
_TOO_DEEP: Final = Text("öğeler çok derin iç içe", "elements are nested too deep")
_ENCODING: Final = Text("kodlaması UTF-8 değil: {name}", "its encoding is not UTF-8: {name}")
_DOCUMENT: Final = Text("Zarftaki bir belge", "A document in the envelope")
_OUTSIDE: Final = Text("Zarfın belgeler dışındaki kısmı", "What stands outside the documents")


class Cutter:
    """Reads an envelope from pieces of its bytes.

    Attributes:
        root: the envelope's own elements, as far as they were read.
        lists: its ``ElementList`` elements so far, each below the ``Elements`` at the same place of `groups`.
    """

    def __init__(self, pieces: Iterable[bytes], limits: Limits) -> None:
        self._pieces = iter(pieces)
        self._limits = limits
        self._data = b""
        self._at = 0
        self._glue = 0
        self._ended = False
        self._in_list = False
        self._open: list[Node] = []
        self.root: Node | None = None
        self.groups: list[Node] = []
        self._parser = self._new_parser()

    def _new_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declaration
        return parser

    def documents(self) -> Iterator[bytes]:
        """The documents in order, each the bytes of its element; `groups` ends with the list that it stands in.

        Raises:
            EnvelopeError: ``envelope.malformed``, ``envelope.too-large``.
        """
        self._read_more()
        if self._data[:2] in _UTF16:
            raise error("envelope.malformed", detail=_ENCODING.format(name="UTF-16"))
        while self._to_markup():
            if self._in_list and self._data[self._at + 1] not in b"!?/":
                yield self._cut()
            else:
                self._feed(self._end_of_token())
        self._parse(b"", final=True)

    # -- bytes --------------------------------------------------------------------------------------------------------

    def _read_more(self, least: int = 1) -> bool:
        """Read at least so many bytes more; False if there are none."""
        pieces = [self._data[self._at :]]
        self._at = 0
        wanted = least
        while wanted > 0 and (piece := next(self._pieces, b"")):
            pieces.append(piece)
            wanted -= len(piece)
        self._ended = wanted > 0
        self._data = b"".join(pieces)
        return wanted < least

    def _to_markup(self) -> bool:
        """Go on to the next ``<`` and see that what it begins can be told; False at the end of the envelope."""
        while True:
            found = self._data.find(b"<", self._at)
            self._feed(found if found >= 0 else len(self._data))
            if found >= 0 and (len(self._data) - found > 9 or self._ended):
                break
            if not self._read_more() and found < 0:
                return False
        if len(self._data) - self._at < 2:
            raise error("envelope.malformed", detail=_CUT_SHORT)
        return True

    def _end_of_token(self) -> int:
        while (end := token_end(self._data, self._at)) is None:
            self._grow(self._limits.glue_bytes, _OUTSIDE)
        return end

    def _cut(self) -> bytes:
        while (end := element_end(self._data, self._at)) is None:
            self._grow(self._limits.document_bytes, _DOCUMENT)
        if end - self._at > self._limits.document_bytes:
            raise error("envelope.too-large", what=_DOCUMENT, limit=self._limits.document_bytes)
        found = self._data[self._at : end]
        self._at = end
        return found

    def _grow(self, limit: int, what: Text) -> None:
        """Read as much again as is waiting, so that looking for an end takes no more than a few times its length."""
        waiting = len(self._data) - self._at
        if waiting > limit:
            raise error("envelope.too-large", what=what, limit=limit)
        if not self._read_more(waiting):
            raise error("envelope.malformed", detail=_CUT_SHORT)

    # -- the envelope's own markup ------------------------------------------------------------------------------------

    def _feed(self, end: int) -> None:
        if end > self._at:
            piece = self._data[self._at : end]
            self._at = end
            if not (self._in_list and piece.isspace()):
                self._glue += len(piece)
            if self._glue > self._limits.glue_bytes:
                raise error("envelope.too-large", what=_OUTSIDE, limit=self._limits.glue_bytes)
            self._parse(piece)

    def _parse(self, piece: bytes, *, final: bool = False) -> None:
        try:
            self._parser.Parse(piece, final)
        except expat.ExpatError as fault:
            detail = expat.errors.messages.get(fault.code) or str(fault)
            raise error("envelope.malformed", detail=detail) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        node = Node(name, attributes)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)
        if len(self._open) > _DEEPEST:
            raise error("envelope.malformed", detail=_TOO_DEEP)
        if len(self._open) == len(_LIST) and tuple(opened.name for opened in self._open) == _LIST:
            self._in_list = True
            self.groups.append(self._open[-2])

    def _end(self, _name: str) -> None:
        self._open.pop()
        self._in_list = False

    def _text(self, text: str) -> None:
        if not self._in_list or not text.isspace():
            self._open[-1].text += text

    def _doctype(self, *_: object) -> None:
        raise error("envelope.malformed", detail=_DOCTYPE)

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in _UTF8:
            raise error("envelope.malformed", detail=_ENCODING.format(name=encoding[:100]))
