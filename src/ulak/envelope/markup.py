"""Where markup ends in bytes, without parsing what is inside.

What is cut here is exact for every well-formed document; of one that is not, the piece cut out is not well-formed
either, so that whoever parses it finds out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ulak.spans import root_of

__all__ = ["clark_name", "element_end", "last_end", "start_tag_at", "token_end"]

_TAG: Final = re.compile(rb"""<[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>""")
_NAME: Final = re.compile(rb"<([^\s/>]+)")
_CLOSED: Final = re.compile(rb"</([^\s/>]+)\s*>")
_ENDS: Final = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"), (b"<?", b"?>"))
_SPACE: Final = b" \t\r\n>"


def start_tag_at(data: bytes, start: int) -> bytes | None:
    """The tag that begins at ``start``; None if its end is not in the data."""
    tag = _TAG.match(data, start)
    return tag[0] if tag else None


def token_end(data: bytes, start: int) -> int | None:
    """The end of the tag, comment, CDATA section or instruction at ``start``; None if it is not in the data.

    >>> data = b"<a b='>'><!-- > --></a>"
    >>> token_end(data, 0), token_end(data, 9), token_end(data, 19)
    (9, 19, 23)
    >>> token_end(b"<!-- >", 0)
    """
    for begin, end in _ENDS:
        if data.startswith(begin, start):
            at = data.find(end, start + len(begin))
            return at + len(end) if at >= 0 else None
    tag = _TAG.match(data, start)
    return tag.end() if tag else None


def element_end(data: bytes, start: int) -> int | None:
    """The end of the element whose start tag is at ``start``; None if it is not in the data.

    >>> data = b"<a><b/><!-- </a> --><a/></a ><c/>"
    >>> data[element_end(data, 0):]
    b'<c/>'
    """
    tag = _TAG.match(data, start)
    if tag is None:
        return None
    if data[tag.end() - 2] == 0x2F:
        return tag.end()
    named = _NAME.match(data, start)
    name = named[1] if named else b""
    at = data.find(b"</" + name, tag.end())
    if at < 0:
        return None
    after = at + len(name) + 2
    if data[after : after + 1] in _SPACE and _is_plain(data, name, tag.end(), at):
        end = data.find(b">", after)
        return end + 1 if end >= 0 else None
    return _end_by_counting(data, name, tag.end())


def last_end(data: bytes, start: int) -> int | None:
    """The same for the root of a well-formed document, from behind, which takes a hundredth of the time.

    None where a comment, an instruction or a CDATA section may hide it.

    >>> data = b"<a><b/><a/></a >  "
    >>> data[last_end(data, 0):], last_end(b"<a/><!-- </a> -->", 0), last_end(b"<a><b/>", 0)
    (b'  ', None, None)
    """
    if data.find(b"!", start) >= 0 or data.find(b"?", start) >= 0:
        return None
    end = data.rfind(b">", start) + 1
    named, closed = _NAME.match(data, start), _CLOSED.fullmatch(data, max(data.rfind(b"<", start), 0), end)
    return end if named and closed and named[1] == closed[1] else None


def clark_name(tag: bytes) -> str:
    """The Clark name of a start tag.

    Raises:
        XmlError: it uses a prefix that it does not declare.
    """
    return _clark_name(tag) if len(tag) < 8192 else root_of(tag).name


@lru_cache(maxsize=256)
def _clark_name(tag: bytes) -> str:
    return root_of(tag).name


def _is_plain(data: bytes, name: bytes, start: int, end: int) -> bool:
    """Whether there is nothing between the bytes that could hide or open another element of that name."""
    if data.find(b"!", start, end) >= 0 and data.find(b"<!", start, end) >= 0:
        return False
    if data.find(b"?", start, end) >= 0 and data.find(b"<?", start, end) >= 0:
        return False
    return data.find(b"<" + name, start, end) < 0


def _end_by_counting(data: bytes, name: bytes, at: int) -> int | None:
    depth = 1
    for found in _markup_of(name).finditer(data, at):
        if found["cut"] is not None:
            return None
        if found["open"] is not None:
            depth += not found[0].endswith(b"/>")
        elif found["close"] is not None:
            depth -= 1
            if not depth:
                return found.end()
    return None


@lru_cache(maxsize=64)
def _markup_of(name: bytes) -> re.Pattern[bytes]:
    own = re.escape(name)
    inside = rb"""[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>"""
    return re.compile(
        rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
        rb"|(?P<close></" + own + rb"\s*>)|(?P<open><" + own + rb"(?=[\s/>])" + inside + rb")"
        # What does not end is looked at once: to search on behind it would take the square of its length.
        rb"|(?P<cut><!--|<!\[CDATA\[|<\?|</?" + own + rb"(?=[\s/>]))",
        re.DOTALL,
    )
