"""The ``User`` elements of a list of any size, one after the other, in bounded memory.

A list's elements have names that tell their place, so a user is handed on as its elements in the order of their ends;
elements that are not known are passed over with all that is in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, Generic, NamedTuple, TypeVar
from xml.parsers import expat

from ulak.userlist.limits import Limits
from ulak.userlist.problems import UserListError, userlist_error

__all__ = ["Build", "Names", "OnFault", "Shape", "Texts", "records"]

T = TypeVar("T")
Names = list[str]
"""A user's elements in the order of their ends; of those whose attribute is wanted, the begin too, as ``<name``."""
Texts = list[str]
"""The text of each of these elements, trimmed; of a begin, the attribute."""
Build = Callable[[Names, Texts, int], T]
"""Makes something of a user; takes the place in the list too, from 1."""
OnFault = Callable[[UserListError], None]
"""Takes the fault of one user, which is then left out; what it raises ends the reading."""

_USER: Final = "User"
_END_OF_USER: Final = b"</User>"
_UTF8: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_CUT: Final = frozenset(
    {
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    }
)
_TEXT_AT_ONCE: Final = 64 * 1024
_LONGEST_SHOWN: Final = 100


class Shape(NamedTuple):
    """What a list looks like.

    Attributes:
        root: its element; empty if any will do.
        parents: each element below the root that is known, with that in which it stands.
        attributes: elements at whose begin this attribute is handed on.
    """

    root: str
    parents: Mapping[str, str]
    attributes: Mapping[str, str] = {}


class Usual(NamedTuple, Generic[T]):
    """A quicker way for users that look as most do.

    Attributes:
        pattern: of a whole ``User`` element and the blanks before it, well-formed by itself.
        build: makes of it what a parser's elements would be made into; None if it does not dare.
    """

    pattern: re.Pattern[bytes]
    build: Callable[[re.Match[bytes]], T | None]


def records(
    pieces: Iterable[bytes],
    shape: Shape,
    build: Build[T],
    on_fault: OnFault | None,
    limits: Limits,
    *,
    usual: Usual[T] | None = None,
) -> Iterator[T]:
    """Every user, built from its elements and its place in the list (from 1).

    Args:
        on_fault: takes the faults of single users; without it the first one is raised.
        usual: tried first wherever a user may begin.

    Raises:
        UserListError: what is wrong with the whole list, at the place where it shows.
    """
    reader = _Reader(shape, build, on_fault, limits, usual)
    fed = False
    for piece in pieces:
        if not fed and (piece[:2] in _UTF16 or b"\x00" in piece[:4]):
            raise userlist_error("userlist.encoding", name="UTF-16")
        fed = fed or bool(piece)
        yield from reader.feed(piece)
    if not fed:
        raise userlist_error("userlist.empty")
    yield from reader.feed(b"", final=True)


class _Reader(Generic[T]):
    """One reading of a list: by expat, but for users that look as most do, of whom expat never hears."""

    def __init__(
        self, shape: Shape, build: Build[T], on_fault: OnFault | None, limits: Limits, usual: Usual[T] | None
    ) -> None:
        self._root, self._parents, self._attributes = shape
        self._build, self._on_fault, self._limits, self._usual = build, on_fault, limits, usual
        self._open: list[str] = []
        self._unknown = 0
        self._names: Names = []
        self._texts: Texts = []
        self._pieces: list[str] = []
        self._built: list[T] = []
        self._count = 0
        # Of the bytes that expat was given: how many, and where the end tag of its last user begins.
        self._given = self._mark = 0
        self._lines_kept = 0
        self._parser = self._new_parser()

    def _new_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.buffer_size = _TEXT_AT_ONCE
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._pieces.append
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declaration
        return parser

    def feed(self, piece: bytes, *, final: bool = False) -> Iterator[T]:
        """The users that end in this piece; those before a fault, too."""
        fault: UserListError | None = None
        try:
            self._read(piece, final=final)
        except expat.ExpatError as error:
            fault = self._explain(error, final=final)
        except UserListError as error:
            fault = error
        yield from self._built
        self._built.clear()
        if fault is not None:
            raise fault

    def _read(self, piece: bytes, *, final: bool) -> None:
        at = 0
        while self._usual and at < len(piece):
            if self._is_between_users():
                at = self._glance(self._usual, piece, at)
            end = piece.find(_END_OF_USER, at) + len(_END_OF_USER)
            if end < len(_END_OF_USER):
                break
            self._parse(piece[at:end])
            at = end
        self._parse(piece[at:], final=final)

    def _is_between_users(self) -> bool:
        """Whether the last thing that expat was given is the end of a user, and expat saw it so."""
        return self._count > 0 and len(self._open) == 1 and self._given == self._mark + len(_END_OF_USER)

    def _glance(self, usual: Usual[T], piece: bytes, at: int) -> int:
        """Take the users from here on that look as most do; the offset behind the last of them."""
        begin = at
        while (found := usual.pattern.match(piece, at)) and found.end() - at <= self._limits.user_bytes:
            built = usual.build(found)
            if built is None:
                break
            self._built.append(built)
            self._count += 1
            at = found.end()
        self._lines_kept += piece.count(b"\n", begin, at)
        return at

    def _parse(self, piece: bytes, *, final: bool = False) -> None:
        self._given += len(piece)
        self._parser.Parse(piece, final)
        self._bound(self._given)

    def _bound(self, at: int) -> None:
        """See that a user that was not read to its end by this offset may still become one."""
        if at - self._mark > self._limits.user_bytes:
            raise userlist_error("userlist.user-too-large", ordinal=self._count + 1, limit=self._limits.user_bytes)

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber + self._lines_kept

    def _explain(self, fault: expat.ExpatError, *, final: bool) -> UserListError:
        detail = expat.errors.messages.get(fault.code) or str(fault)
        if final and detail in _CUT:
            return userlist_error("userlist.truncated", line=fault.lineno + self._lines_kept)
        return userlist_error("userlist.malformed", line=fault.lineno + self._lines_kept, detail=detail)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._unknown and self._open and self._parents.get(name) == self._open[-1]:
            self._open.append(name)
            self._pieces.clear()
            if name in self._attributes:
                self._names.append(f"<{name}")
                self._texts.append(attributes.get(self._attributes[name], ""))
        elif self._open:
            self._unknown += 1
            if self._unknown + len(self._open) > self._limits.depth:
                raise userlist_error("userlist.too-deep", limit=self._limits.depth, line=self._line)
        elif self._root in ("", name):
            self._open.append("")
        else:
            raise userlist_error("userlist.root", name=name[:_LONGEST_SHOWN], wanted=self._root, line=1)

    def _end(self, name: str) -> None:
        if self._unknown:
            self._unknown -= 1
            return
        self._open.pop()
        if name == _USER:
            self._finish()
            return
        pieces = self._pieces
        self._names.append(name)
        self._texts.append(pieces[0].strip() if len(pieces) == 1 else "".join(pieces).strip())
        pieces.clear()

    def _finish(self) -> None:
        at = self._parser.CurrentByteIndex
        self._bound(at)
        self._mark = at
        self._count += 1
        try:
            self._built.append(self._build(self._names, self._texts, self._count))
        except UserListError as fault:
            fault.line = self._line
            if self._on_fault is None:
                raise
            self._on_fault(fault)
        self._names.clear()
        self._texts.clear()

    def _doctype(self, *_: object) -> None:
        raise userlist_error("userlist.dtd", line=self._line)

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in _UTF8:
            raise userlist_error("userlist.encoding", name=encoding[:_LONGEST_SHOWN], line=1)
