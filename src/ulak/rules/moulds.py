"""Documents judged by likeness: what differs from one that was found in order only in texts no rule would mind.

A document is its *markup* and the *texts* of its leaves. Documents of the same markup are cast in one *mould*. How the
rules read each text (`ulak.rules.reads`) and what the XSD lets stand there (`ulak.rules.leaf_types`) tells what must
stay: some texts have to be the same, letter by letter; of others it is enough that they are none of the words that a
rule knows, have as many letters, match the same patterns, are numbers above zero. A document that is like one in order
in all of this is in order. Nothing is ever found wrong here: what is like no other is judged by the rules.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final, Generic, NamedTuple, TypeVar

from lxml import etree

from ulak.rules.functions import matcher
from ulak.rules.leaf_types import LeafKind, LeafTypes
from ulak.rules.reads import Read, Reads
from ulak.xml import XmlError, parse

__all__ = ["LARGEST", "Cast", "Mould", "Moulds", "cast_of", "mould_of"]

LARGEST: Final = 32 * 1024
"""Bytes of a document from which on it is taken for one of a kind."""
_MOULDS: Final = 128
_LIKENESSES: Final = 512
"""Likenesses that are kept of one mould."""
_ROOM: Final = 8 * 1024 * 1024
"""About the bytes of all likenesses that are kept: each may hold nearly a whole document's texts."""
_OBJECT: Final = 64
_SIBLINGS: Final = 4
"""Moulds of one markup: of documents that are judged by other rules."""
_GLIMPSES: Final = 4096
_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_LOCATION: Final = f"{_XSI}schemaLocation"
_UTF8: Final = frozenset({"utf-8", "utf8"})
# No text that could be markup, holds a reference, or begins with a blank.
_TEXT: Final = re.compile(rb">([^<>&\x00-\x20][^<>&\x00-\x1f]*+)</")
_NUMBERS: Final = re.compile(rb"(?:(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?\0)*")
_TIMES: Final = re.compile(rb"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\0)*")
_UNFIT: Final = ("\ufffe".encode(), "\uffff".encode())
# No document can spell it, in CDATA or by references, to have a text taken for that of another leaf.
_MARK: Final = f"t{secrets.token_hex(8)}-"
_T = TypeVar("_T")

Picker = Callable[[Sequence[bytes]], tuple[bytes, ...]]
Likeness = tuple[object, ...]


class Cast(NamedTuple):
    """A document taken apart.

    Attributes:
        markup: all but the texts, a NUL in the place of each.
        texts: those of leaves, in order; others are part of the markup.
    """

    markup: bytes
    texts: list[bytes]


def cast_of(data: bytes) -> Cast:
    """A document's markup and texts.

    >>> cast_of(b"<a><b>1</b><c/></a>")
    Cast(markup=b'<a><b>\\x00</b><c/></a>', texts=[b'1'])
    """
    pieces = _TEXT.split(data)
    return Cast(b">\0</".join(pieces[::2]), pieces[1::2])


@dataclass(frozen=True, slots=True)
class Mould:
    """What has to be alike in documents of one markup.

    Attributes:
        count: of the texts.
        same: those that have to be the same.
        worded: those that have to be none of ``words``, and no list of them.
        counted: those that have to have as many letters.
        numbers, positive, times: those that have to be numbers, above zero, times of the day.
        patterns: which, and what tells whether it matches: all of them have to match, or not to match, alike.
    """

    count: int
    same: Picker
    worded: Picker
    words: frozenset[bytes]
    counted: Picker
    numbers: Picker
    positive: Picker
    times: Picker
    patterns: tuple[tuple[int, Callable[[str], bool]], ...]

    def likeness(self, texts: Sequence[bytes]) -> Likeness | None:
        """What is the same of all documents that are judged alike; None for one that has to be judged by itself."""
        if len(texts) != self.count or not _are_plain(texts):
            return None
        worded = self.worded(texts)
        if not self.words.isdisjoint(worded) or b"," in b"".join(worded):
            return None
        if not _NUMBERS.fullmatch(_joined(self.numbers(texts))) or not _TIMES.fullmatch(_joined(self.times(texts))):
            return None
        if not all(map(_is_positive, self.positive(texts))):
            return None
        letters = [len(text.decode()) for text in self.counted(texts)]
        found = [match(texts[at].decode()) for at, match in self.patterns]
        return (self.same(texts), *letters, *found)


def mould_of(
    cast: Cast, root: etree._Element, reads: Reads, types: LeafTypes, same: frozenset[str] = frozenset()
) -> Mould | None:
    """The mould of a document.

    Args:
        root: what was parsed of it.
        reads: what the rules read of documents of its markup.
        same: expanded names of elements whose texts have to stay the same whatever the rules read.

    Returns:
        None if its texts cannot be told from its markup for certain.
    """
    leaves = _leaves(cast) if reads.is_clear and _is_utf8(cast, root) else None
    if leaves is None:
        return None
    plan = [_Plan.of(at, leaf, cast.texts[at], reads, types) for at, leaf in enumerate(leaves)]
    free = [one for one, leaf in zip(plan, leaves, strict=True) if one.kind and leaf.tag not in same]
    bound = {*range(len(plan))} - {one.at for one in free}
    return Mould(
        len(plan),
        _picker(sorted(bound)),
        _picker(one.at for one in free if Read("word") in one.reads),
        reads.words,
        _picker(one.at for one in free if Read("length") in one.reads),
        _picker(one.at for one in free if one.kind == "decimal"),
        _picker(one.at for one in free if Read("zero") in one.reads),
        _picker(one.at for one in free if one.kind == "time"),
        tuple(
            (one.at, matcher(read.pattern))
            for one in free
            for read in sorted(one.reads, key=str)
            if read.how == "pattern"
        ),
    )


class Moulds(Generic[_T]):
    """What was found of documents in order, for all that are like them. Threads may share it.

    A mould is made when a markup is seen for the second time: what is never seen again costs a glimpse.
    """

    def __init__(self, types: LeafTypes, same: frozenset[str] = frozenset()) -> None:
        """Take the kinds of leaves by the XSDs, and the expanded names of those whose texts have to stay the same."""
        self._types, self._same = types, same
        self._lock = threading.Lock()
        self._glimpsed: dict[int, None] = {}
        self._size = 0
        self._kept: OrderedDict[bytes, list[_Kept[_T]]] = OrderedDict()

    def find(self, cast: Cast, circumstances: Likeness) -> _T | None:
        """What was found of a document like this one under the same circumstances."""
        for kept in self._kept.get(cast.markup, ()):
            likeness = kept.mould.likeness(cast.texts) if kept.mould is not None else None
            if likeness is not None and (found := kept.found.get((*circumstances, *likeness))) is not None:
                return found
        return None

    def keep(
        self, cast: Cast, circumstances: Likeness, root: etree._Element, reads: Callable[[], Reads], found: _T
    ) -> None:
        """Remember what was found of a document that is in order.

        Args:
            reads: what the rules read of it; they may be others for documents of the same markup.
        """
        with self._lock:
            if not self._seen_before(cast.markup):
                return
            kept = self._kept_for(cast, root, reads())
            likeness = kept.mould.likeness(cast.texts) if kept is not None and kept.mould is not None else None
            if kept is not None and likeness is not None:
                self._make_room(kept, cast)
                kept.found[*circumstances, *likeness] = found

    def _make_room(self, kept: _Kept[_T], cast: Cast) -> None:
        self._size += sum(map(len, cast.texts)) + _OBJECT * (len(cast.texts) + 8)
        if len(kept.found) >= _LIKENESSES:
            kept.found.clear()
        if self._size > _ROOM:
            self._size = 0
            for siblings in self._kept.values():
                for one in siblings:
                    one.found.clear()

    def _kept_for(self, cast: Cast, root: etree._Element, reads: Reads) -> _Kept[_T] | None:
        siblings = self._kept.get(cast.markup, [])
        known = next((kept for kept in siblings if kept.reads == reads), None)
        if known is not None or len(siblings) >= _SIBLINGS:
            return known
        made = _Kept[_T](mould_of(cast, root, reads, self._types, self._same), reads)
        self._kept[cast.markup] = [*siblings, made]
        if len(self._kept) > _MOULDS:
            self._kept.popitem(last=False)
        return made

    def _seen_before(self, markup: bytes) -> bool:
        glimpse = hash(markup)
        if glimpse in self._glimpsed:
            return True
        if len(self._glimpsed) >= _GLIMPSES:
            self._glimpsed.clear()
        self._glimpsed[glimpse] = None
        return False


@dataclass
class _Kept(Generic[_T]):
    """What was found of documents of one markup that are judged by the same rules; without a mould nothing is kept."""

    mould: Mould | None
    reads: Reads
    found: dict[Likeness, _T] = field(default_factory=dict)


class _Plan(NamedTuple):
    """What is asked of one text; kind "" if it has to stay the same."""

    at: int
    kind: LeafKind
    reads: frozenset[Read]

    @classmethod
    def of(cls, at: int, leaf: etree._Element, text: bytes, reads: Reads, types: LeafTypes) -> _Plan:
        above = leaf.iterancestors()
        asked = _asked(leaf, reads)
        hows = {read.how for read in asked}
        kind = types.of(str(leaf.tag))
        if "other" in hows or any(_asked(one, reads) for one in above):
            return cls(at, "", asked)
        is_fit = {
            "text": "zero" not in hows,
            "decimal": bool(_NUMBERS.fullmatch(text + b"\0")) and ("zero" not in hows or _is_positive(text)),
            "time": not hows and bool(_TIMES.fullmatch(text + b"\0")),
        }
        is_word = "word" in hows and (b"," in text or text in reads.words)
        return cls(at, kind if is_fit.get(kind) and not is_word else "", asked)


def _asked(element: etree._Element, reads: Reads) -> frozenset[Read]:
    parent = element.getparent()
    return reads.of(str(parent.tag) if parent is not None else "", str(element.tag))


def _leaves(cast: Cast) -> list[etree._Element] | None:
    """The leaf of each text, found by parsing the markup with other texts; None if any of them is no leaf's own."""
    marks = {f"{_MARK}{at}": at for at in range(len(cast.texts))}
    pieces = cast.markup.split(b"\0")
    try:
        root = parse(b"".join([*(a + b.encode() for a, b in zip(pieces, marks, strict=False)), pieces[-1]]))
    except XmlError:
        return None
    found: dict[int, etree._Element] = {}
    for element in root.iter():
        if not isinstance(element.tag, str) or any(
            n.startswith(_XSI) and n != _LOCATION for n in map(str, element.keys())
        ):
            return None
        at = marks.get(element.text or "")
        if at is not None and not len(element):
            if at in found:
                return None
            found[at] = element
    return [found[at] for at in sorted(found)] if len(found) == len(marks) == len(pieces) - 1 else None


def _is_utf8(cast: Cast, root: etree._Element) -> bool:
    return cast.markup[:1] == b"<" and (root.getroottree().docinfo.encoding or "utf-8").lower() in _UTF8


def _are_plain(texts: Sequence[bytes]) -> bool:
    """Whether all texts are UTF-8 of letters that XML can carry."""
    joined = _joined(texts)
    try:
        joined.decode()
    except UnicodeDecodeError:
        return False
    return not any(letter in joined for letter in _UNFIT)


def _is_positive(number: bytes) -> bool:
    return bool(number.strip(b"0."))


def _joined(texts: Sequence[bytes]) -> bytes:
    return b"\0".join([*texts, b""])


def _picker(places: Iterable[int]) -> Picker:
    """Picks the texts at some places.

    >>> _picker([1])([b"a", b"b"])
    (b'b',)
    """
    wanted = tuple(places)
    if len(wanted) > 1:
        several: Any = itemgetter(*wanted)
        return several  # type: ignore[no-any-return]
    return lambda texts: tuple(texts[at] for at in wanted)
