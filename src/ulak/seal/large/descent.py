"""A document of any depth cut into pieces that can be parsed one by one.

What stands in the way of holding a book are a few elements: the root, ``xbrli:xbrl``, ``gl-cor:accountingEntries`` and,
in a general ledger, an account with a million lines. Such an element is opened, and cut in its turn; everything that is
smaller than a window is a piece, or part of one.
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

__all__ = ["Close", "Data", "Descent", "Open"]

_BLOCK: Final = 256 * 1024
"""Bytes that are parsed at once."""
_WINDOW: Final = 1024 * 1024
"""An element that does not end within so many bytes is opened."""
_LARGEST_SEAL: Final = 8 * 1024 * 1024
"""Bytes of a seal, which is never opened; one with revocation lists is the largest."""
_LONGEST: Final = 32 * 1024 * 1024
"""Bytes of one text or tag; an attachment of a journal is the largest."""
_DEEPEST: Final = 12
_BEGINNING: Final = 64 * 1024
_NAME: Final = re.compile(rb"<([^\s<>/!?]+)(?=[\s/>])")
_TAG: Final = re.compile(rb"""<(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_PROLOG: Final = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml\s+version=["']1\.0["'][^<>]*\?>)?(?:\s*<\?[A-Za-z][^<>?]*\?>)*\s*"""
)
_MORE: Final = -1
_MARKUP: Final = Text(
    "içinde açıklama, işlem komutu ya da CDATA var", "it holds comments, processing instructions or CDATA"
)
_SURROUNDED: Final = Text(
    "kökün önünde ya da ardında başka bir şey var, ya da kök boş",
    "something stands before or behind the root, or the root is empty",
)
_DEEP: Final = Text("büyük öğeler çok derin iç içe geçmiş", "large elements are nested too deeply")
_SEAL: Final = Text("mühür çok büyük ya da iç içe", "the seal is too large, or holds another one")
_GIANT: Final = Text("tek bir değer çok büyük", "a single value is too large")
_CUT_SHORT: Final = Text("kök öğe kapanmıyor", "the root is not closed")
_NOT_CLOSED: Final = Text("öğeler düzgün kapanmıyor", "elements are not closed in order")


class Open(NamedTuple):
    """The start tag of an element whose content is cut."""

    tag: bytes

    @property
    def closing(self) -> bytes:
        """The end tag, as it goes around a piece."""
        found = _NAME.match(self.tag)
        return b"</" + found[1] + b">" if found else b""


class Data(NamedTuple):
    """Some whole elements with the text between them; ``line`` is the one it begins in."""

    data: bytes
    line: int


class Close(NamedTuple):
    """The end tag of the element opened last, as it stands there."""

    tag: bytes


class Descent:
    """The parts of a document, in order. Every iteration reads the file again.

    Args:
        source: UTF-8 XML; seekable, and left open.

    Attributes:
        name: Clark name of the root.
        prolog: what stands before the root: an XML declaration and processing instructions, or nothing.
        opening: the root's start tag, as it stands there.

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
        if not _PROLOG.fullmatch(beginning, 0, start) or root.tag.endswith(b"/>"):
            raise not_in_pieces(_SURROUNDED)
        self.name: Final = root.name
        self.prolog: Final = beginning[:start]
        self.opening: Final = Open(root.tag)

    def __iter__(self) -> Iterator[Open | Data | Close]:
        """The root's `Open`, everything in it, and its `Close`."""
        yield self.opening
        inside = len(self.prolog) + len(self.opening.tag)
        yield from _Cutter(self._source, self.opening, inside, 1 + self._lines()).parts()

    def _lines(self) -> int:
        return self.prolog.count(b"\n") + self.opening.tag.count(b"\n")


class _Cutter:
    """One reading of a file: what is held of it, from ``_start`` on not given out yet, looked at up to ``_at``."""

    def __init__(self, source: BinaryIO, root: Open, inside: int, line: int) -> None:
        self._source = source
        self._spine = [root]
        self._held = b""
        self._start = self._at = 0
        self._line = line
        source.seek(inside)

    def parts(self) -> Iterator[Open | Data | Close]:
        while self._spine:
            start = self._held.find(b"<", self._at)
            if start < 0:
                self._read_more(self._at)
            elif self._held.startswith(b"</", start):
                yield from self._closed(start)
            else:
                yield from self._element(start)
        self._refuse_behind()

    def _element(self, start: int) -> Iterator[Open | Data]:
        """Pass over the element that begins here, or open it."""
        name, tag = _NAME.match(self._held, start), _TAG.match(self._held, start)
        if name is None and self._held[start + 1 : start + 2] in (b"!", b"?"):
            raise not_in_pieces(_MARKUP)
        if name is None or tag is None:
            self._read_more(start)
            return
        end = tag.end() if tag[0].endswith(b"/>") else _end_of(self._held, name[1], tag.end())
        is_seal = len(self._spine) == 1 and name[1].endswith(b"Signature")
        if end == _MORE and len(self._held) - start <= (_LARGEST_SEAL if is_seal else _WINDOW) and self._has_more():
            return
        if end < 0:
            if is_seal:
                raise not_in_pieces(_SEAL)
            yield from self._opened(start, tag[0])
            return
        self._at = end
        if end - self._start >= _BLOCK:
            yield self._given(end)

    def _opened(self, start: int, tag: bytes) -> Iterator[Open | Data]:
        if len(self._spine) == _DEEPEST:
            raise not_in_pieces(_DEEP)
        if start > self._start:
            yield self._given(start)
        self._spine.append(Open(tag))
        self._start = self._at = start + len(tag)
        self._line += tag.count(b"\n")
        yield self._spine[-1]

    def _closed(self, start: int) -> Iterator[Data | Close]:
        end = self._held.find(b">", start)
        if end < 0:
            self._read_more(start)
            return
        tag = self._held[start : end + 1]
        if tag[:-1].rstrip() != self._spine[-1].closing[:-1]:
            raise xml_problem("xml.malformed", line=None, detail=_NOT_CLOSED)
        if start > self._start:
            yield self._given(start)
        self._spine.pop()
        self._start = self._at = end + 1
        yield Close(tag)

    def _given(self, end: int) -> Data:
        data = self._held[self._start : end]
        if b"<!" in data or b"<?" in data:
            raise not_in_pieces(_MARKUP)
        given = Data(data, self._line)
        self._line += data.count(b"\n")
        self._start = self._at = end
        return given

    def _read_more(self, at: int) -> None:
        """Hold a block more; what begins at ``at`` is not complete yet."""
        if len(self._held) - at > _LONGEST:
            raise not_in_pieces(_GIANT)
        if not self._has_more():
            raise xml_problem("xml.truncated", line=None, detail=_CUT_SHORT)

    def _has_more(self) -> bool:
        block = self._source.read(_BLOCK)
        self._held = self._held[self._start :] + block
        self._at -= self._start
        self._start = 0
        return bool(block)

    def _refuse_behind(self) -> None:
        held = self._held[self._at :]
        while held:
            if held.strip():
                raise not_in_pieces(_SURROUNDED)
            held = self._source.read(_BLOCK)


def _end_of(held: bytes, name: bytes, inside: int) -> int:
    """Where the element of this name ends whose content begins at ``inside``; `_MORE` if that cannot be said yet."""
    nested, closing, both = _tags_of(name)
    found = closing.search(held, inside)
    if found is None:
        return _MORE
    if nested.search(held, inside, found.start()):
        return _end_around(held, both, inside)
    end = held.find(b">", found.end())
    return end + 1 if end >= 0 else _MORE


def _end_around(held: bytes, both: re.Pattern[bytes], inside: int) -> int:
    """The same of an element that holds others of its own name."""
    depth = 1
    for tag in both.finditer(held, inside):
        depth += -1 if tag[0].startswith(b"</") else not tag[0].endswith(b"/>")
        if not depth:
            return tag.end()
    return _MORE


@lru_cache(maxsize=256)
def _tags_of(name: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes], re.Pattern[bytes]]:
    """What finds a start tag of this name, an end tag, and either, whole."""
    bare = re.escape(name)
    start, end = b"<" + bare + rb"(?=[\s/>])", b"</" + bare
    whole = start + rb"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>|""" + end + rb"\s*>"
    return re.compile(start), re.compile(end + rb"(?=[ \t\r\n>]|\Z)"), re.compile(whole)
