"""A large document cut into pieces that can be parsed one by one.

All of a report stands in small elements below its root. Such an element, put between the root's tags again, is a
document in which the same namespaces hold, so that its canonical form is the one it has in the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO, Final, NamedTuple

from ulak.errors import Text
from ulak.seal.large.problems import not_in_pieces
from ulak.spans import root_of
from ulak.xml import problem as xml_problem

__all__ = ["Piece", "Pieces"]

_BLOCK: Final = 256 * 1024
"""Bytes that are parsed at once: enough that Python's own work does not count, few enough to be nothing."""
_LARGEST: Final = 8 * 1024 * 1024
"""Bytes of one element below the root; a header with its seal and revocation lists is the largest."""
_BEGINNING: Final = 64 * 1024
_NAME: Final = re.compile(rb"<([^\s<>/!?]+)(?=[\s/>])")
_TAG: Final = re.compile(rb"""<(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_BEFORE: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml\s[^<>]*\?>)?\s*")
_MORE: Final = -1
_ROOT_ENDS: Final = -2
_MARKUP: Final = Text(
    "içinde açıklama, işlem komutu ya da CDATA var", "it holds comments, processing instructions or CDATA"
)
_NESTED: Final = Text("bir öğenin içinde aynı adlı bir öğe var", "an element holds another one of its own name")
_GIANT: Final = Text("kökün altında çok büyük bir öğe var", "an element below the root is too large")
_SURROUNDED: Final = Text(
    "kökün önünde ya da ardında başka bir şey var, ya da kök boş",
    "something stands before or behind the root, or the root is empty",
)
_CUT_SHORT: Final = Text("kök öğe kapanmıyor", "the root is not closed")
_NOT_CLOSED: Final = Text("öğeler düzgün kapanmıyor", "elements are not closed in order")


class Piece(NamedTuple):
    """Some elements below the root, with the text between them; ``line`` is the one it begins in."""

    data: bytes
    line: int


class Pieces:
    """The pieces of a document. Every iteration reads the file again.

    Args:
        source: UTF-8 XML; seekable, and left open.

    Attributes:
        name: Clark name of the root.
        before: what stands before the root: an XML declaration, or nothing.
        opening: the root's start tag, as it stands there.
        closing: the root's end tag, as it goes around a piece.
        first: the first element below the root, a report's header, with the text before it.

    Raises:
        LargeError: ``large.not-in-pieces``; iterating raises it, too, since what stands further behind is seen then.
        XmlError: ``xml.*``.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source: Final = source
        source.seek(0)
        beginning = source.read(_BEGINNING)
        root = root_of(beginning)
        start = root.inside - len(root.tag)
        name = _NAME.match(root.tag)
        if name is None or not _BEFORE.fullmatch(beginning, 0, start) or root.tag.endswith(b"/>"):
            raise not_in_pieces(_SURROUNDED)
        self.name: Final = root.name
        self.before: Final = beginning[:start]
        self.opening: Final = root.tag
        self.closing: Final = b"</" + name[1] + b">"
        self.first: Final = next(self._cut(root.inside, 1), b"")
        self._behind: Final = root.inside + len(self.first)

    def __iter__(self) -> Iterator[Piece]:
        """The pieces behind `first`: together all that stands there up to the root's end tag."""
        line = 1 + sum(part.count(b"\n") for part in (self.before, self.opening, self.first))
        for data in self._cut(self._behind, _BLOCK):
            yield Piece(data, line)
            line += data.count(b"\n")

    def rest(self) -> Iterator[bytes]:
        """Everything behind `first` to the end of the file, as it stands there, in blocks."""
        self._source.seek(self._behind)
        while block := self._source.read(_BLOCK):
            yield block

    def framed(self, data: bytes) -> bytes:
        """A piece as a document."""
        return b"".join((self.before, self.opening, data, self.closing))

    def _cut(self, offset: int, least: int) -> Iterator[bytes]:
        """Cut off pieces of at least so many bytes, the last one being what remains."""
        self._source.seek(offset)
        held, start, at = b"", 0, 0
        while (end := self._end_of_next(held, at)) != _ROOT_ENDS:
            if end == _MORE:
                held, start, at = self._longer(held, start, at), 0, at - start
                continue
            at = end
            if at - start >= least:
                yield _plain(held[start:at])
                start = at
        close = held.index(b"<", at)
        if close > start:
            yield _plain(held[start:close])
        self._refuse_behind(held[held.index(b">", close) + 1 :])

    def _longer(self, held: bytes, start: int, at: int) -> bytes:
        """What is held from ``start`` on, and a block more; the element at ``at`` is not complete yet."""
        if len(held) - at > _LARGEST:
            raise not_in_pieces(_GIANT)
        block = self._source.read(_BLOCK)
        if not block:
            raise xml_problem("xml.truncated", line=None, detail=_CUT_SHORT)
        return held[start:] + block

    def _end_of_next(self, held: bytes, at: int) -> int:
        """Where the next element ends; `_MORE` if that cannot be said yet, `_ROOT_ENDS` if there is none."""
        start = held.find(b"<", at)
        if start < 0:
            return _MORE
        if held.startswith(b"</", start):
            return self._end_of_root(held, start)
        name, tag = _NAME.match(held, start), _TAG.match(held, start)
        if name is None and held[start + 1 : start + 2] in (b"!", b"?"):
            raise not_in_pieces(_MARKUP)
        if name is None or tag is None:
            return _MORE
        return tag.end() if tag[0].endswith(b"/>") else _end_of(held, name[1], tag.end())

    def _end_of_root(self, held: bytes, start: int) -> int:
        end = held.find(b">", start)
        if end < 0:
            return _MORE
        if held[start:end].rstrip() != self.closing[:-1]:
            raise xml_problem("xml.malformed", line=None, detail=_NOT_CLOSED)
        return _ROOT_ENDS

    def _refuse_behind(self, held: bytes) -> None:
        while held:
            if held.strip():
                raise not_in_pieces(_SURROUNDED)
            held = self._source.read(_BLOCK)


def _end_of(held: bytes, name: bytes, inside: int) -> int:
    """Where the element of this name ends whose content begins at ``inside``."""
    nested, closing = _tags_of(name)
    found = closing.search(held, inside)
    end = held.find(b">", found.end()) if found else -1
    if found is None or end < 0:
        return _MORE
    if nested.search(held, inside, found.start()):
        raise not_in_pieces(_NESTED)
    return end + 1


@lru_cache(maxsize=64)
def _tags_of(name: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """What finds a start tag of this name, and an end tag."""
    bare = re.escape(name)
    return re.compile(b"<" + bare + rb"(?=[\s/>])"), re.compile(b"</" + bare + rb"(?=[ \t\r\n>]|\Z)")


def _plain(data: bytes) -> bytes:
    if b"<!" in data or b"<?" in data:
        raise not_in_pieces(_MARKUP)
    return data
