"""Packages of MTOM: an envelope and its binary data as the parts of one MIME message, taken apart and put together.

Sources: RFC 2045 and 2046 (MIME), RFC 2387 (multipart/related), RFC 2392 (cid:), XOP 1.0 and SOAP MTOM (W3C). The bytes
of a part are never touched, and what two readers could understand differently is refused.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import count
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from ulak.wire.media import MediaType, media_type, quoted
from ulak.wire.problems import wire_error

__all__ = ["DEFAULT_LIMITS", "Limits", "Package", "Payload", "cid", "content_id_of", "decoded", "pack", "unpack"]

_BOUNDARY: Final = re.compile(r"[0-9A-Za-z'()+_,\-./:=?]|[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]")
_NAME: Final = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_PADDING: Final = re.compile(rb"[ \t]*\r\n|[ \t]*\Z")
_PLAIN: Final = frozenset({"", "7bit", "8bit", "binary"})
_ROOTS: Final = frozenset({"application/xop+xml", "application/soap+xml", "text/xml"})
"""The first is XOP's; the others are what SOAP with Attachments has, which is read the same way."""
_SPACE: Final = b" \t\r\n"
_ROOT_ID: Final = "envelope@ulak"
_WRITABLE_ID: Final = re.compile(r"[!#-;=?-~]+@[!#-;=?-~]+")


class Limits(NamedTuple):
    """How much is read of a stranger's message.

    Attributes:
        total: bytes of the whole message.
        envelope: bytes of its XML.
        parts: number of MIME parts.
        headers: bytes of one part's headers.
        markup: tags and attributes of the XML: a tree of a million small ones takes a hundred times their bytes.
    """

    total: int = 128 * 1024 * 1024
    envelope: int = 20 * 1024 * 1024
    parts: int = 20
    headers: int = 16 * 1024
    markup: int = 100_000


DEFAULT_LIMITS: Final = Limits()


class Payload(NamedTuple):
    """A message as HTTP carries it.

    Attributes:
        soap_action: the SOAPAction header of SOAP 1.1, with its quotes; SOAP 1.2 has the action in its content type.
    """

    content_type: str
    body: bytes
    soap_action: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The HTTP headers."""
        said = {"Content-Type": self.content_type}
        return said if self.soap_action is None else {**said, "SOAPAction": self.soap_action}


class Package(NamedTuple):
    """A package taken apart.

    Attributes:
        root: the envelope's bytes, with their ``xop:Include`` elements.
        media: the content type of the root part.
        attachments: bytes of the other parts by Content-ID, without angle brackets.
        unnamed: how many parts besides the root have no Content-ID.
    """

    root: bytes
    media: MediaType
    attachments: Mapping[str, bytes]
    unnamed: int


class _Part(NamedTuple):
    number: int
    headers: Mapping[str, str]
    start: int
    end: int

    @property
    def content_id(self) -> str:
        return content_id_of(self.headers.get("content-id", ""))


def unpack(media: MediaType, body: bytes, limits: Limits = DEFAULT_LIMITS) -> Package:
    """Take a ``multipart/related`` message apart.

    Raises:
        WireError: whatever is missing, doubled, cut off, over a limit or ambiguous.
    """
    parts = [_part(body, number, *place, limits) for number, place in enumerate(_places(media, body, limits), 1)]
    root = _root(parts, media)
    kind = media_type(root.headers.get("content-type", "text/plain"))
    if kind.kind not in _ROOTS:
        raise wire_error("wire.root-type", kind=kind.kind)
    attachments: dict[str, bytes] = {}
    unnamed = 0
    for part in parts:
        name = part.content_id
        if part is root or not name:
            unnamed += part is not root
        elif name in attachments or name == root.content_id:
            raise wire_error("wire.content-id-twice", value=name)
        else:
            attachments[name] = _data(body, part)
    return Package(_data(body, root), kind, attachments, unnamed)


def pack(root: bytes, attachments: Mapping[str, bytes], *, kind: str, action: str = "") -> Payload:
    """Put an envelope and its attachments together; the same parts give the same bytes.

    Args:
        attachments: bytes by Content-ID, as the envelope's ``xop:Include`` elements name them (see `cid`).
        kind: the content type that the envelope would have alone, e.g. ``application/soap+xml``.
        action: SOAP 1.2's action; empty for none.
    """
    boundary = _free_boundary(root, attachments)
    said = f"; action={quoted(action)}" if action else ""
    pieces = [_head(boundary, _ROOT_ID, f"application/xop+xml; charset=UTF-8; type={quoted(kind + said)}"), root]
    for name, data in attachments.items():
        pieces += _head(boundary, name, "application/octet-stream"), data
    whole = b"".join((*pieces, f"\r\n--{boundary}--\r\n".encode()))
    head = f'multipart/related; type="application/xop+xml"; boundary="{boundary}"; start="<{_ROOT_ID}>"'
    return Payload(f"{head}; start-info={quoted(kind)}{said}", whole)


def cid(name: str) -> str:
    """The address of a part: its Content-ID as a URL (RFC 2392).

    >>> cid("a b@ulak"), content_id_of(cid("a b@ulak"))
    ('cid:a%20b@ulak', 'a b@ulak')
    """
    return "cid:" + quote(name, safe="@!$&'()*+,;=:~-._")


def content_id_of(written: str) -> str:
    """A Content-ID from a header, a ``start`` parameter or a ``cid:`` URL, without brackets and escapes.

    >>> content_id_of("<part@x>"), content_id_of("CID:p%31@x"), content_id_of(" part@x ")
    ('part@x', 'p1@x', 'part@x')
    """
    name = written.strip()
    if name[:4].lower() == "cid:":
        return unquote(name[4:])
    return name[1:-1].strip() if name.startswith("<") and name.endswith(">") else name


def decoded(text: bytes, place: str) -> bytes:
    """The bytes of base64 with line breaks.

    Raises:
        WireError: ``wire.base64``.
    """
    try:
        return binascii.a2b_base64(text.translate(None, _SPACE), strict_mode=True)
    except binascii.Error:
        raise wire_error("wire.base64", place=place) from None


def _places(media: MediaType, body: bytes, limits: Limits) -> Iterator[tuple[int, int]]:
    """From where to where each part goes, headers included."""
    if len(body) > limits.total:
        raise wire_error("wire.too-large", limit=limits.total)
    boundary = media.get("boundary")
    if not _BOUNDARY.fullmatch(boundary):
        raise wire_error("wire.boundary", value=boundary[:100] or "-")
    delimiter = b"--" + boundary.encode()
    start = 0 if body.startswith(delimiter) else body.find(b"\r\n" + delimiter) + 2
    if start == 1:
        raise wire_error("wire.boundary-lost", value=boundary)
    number = 0
    inside = _after(body, start + len(delimiter))
    while inside is not None:
        number += 1
        if number > limits.parts:
            raise wire_error("wire.too-many-parts", limit=limits.parts)
        # The line break before a boundary belongs to it, and may be the one that ends the line of the boundary before.
        end = body.find(b"\r\n" + delimiter, inside - 2)
        if end < 0:
            raise wire_error("wire.truncated")
        yield inside, max(end, inside)
        inside = _after(body, end + 2 + len(delimiter))


def _after(body: bytes, at: int) -> int | None:
    """Where the part after a delimiter begins; None after the last."""
    if body.startswith(b"--", at):
        rest = body[at + 2 :]
        if rest.strip(_SPACE):
            raise wire_error("wire.after-end", size=len(rest))
        return None
    padding = _PADDING.match(body, at)
    if padding is None:
        raise wire_error("wire.delimiter", at=at)
    if not padding[0].endswith(b"\n"):
        raise wire_error("wire.truncated")
    return padding.end()


def _part(body: bytes, number: int, start: int, end: int, limits: Limits) -> _Part:
    if body.startswith(b"\r\n", start, end):
        return _Part(number, {}, start + 2, end)
    stop = body.find(b"\r\n\r\n", start, min(end, start + limits.headers))
    if stop < 0 and body.endswith(b"\r\n", start, end) and end - start <= limits.headers:
        return _Part(number, _headers(body[start : end - 2], number), end, end)
    if stop < 0:
        raise wire_error("wire.part-header-large", part=number, limit=limits.headers)
    return _Part(number, _headers(body[start:stop], number), stop + 4, end)


def _headers(block: bytes, part: int) -> Mapping[str, str]:
    """A part's headers, folded lines made one (RFC 5322, 2.2.3)."""
    found: dict[str, str] = {}
    for line in re.sub(rb"\r\n(?=[ \t])", b"", block).split(b"\r\n"):
        name, colon, value = line.partition(b":")
        key = name.rstrip(b" \t").decode("latin-1").lower()
        if not colon or not _NAME.fullmatch(name.rstrip(b" \t")) or any(byte in b"\r\n\0" for byte in value):
            raise wire_error("wire.part-header", part=part, header=line[:60].decode("latin-1"))
        if key in found:
            raise wire_error("wire.part-header-twice", part=part, name=key)
        found[key] = value.strip(b" \t").decode("utf-8", "replace")
    return found


def _root(parts: list[_Part], media: MediaType) -> _Part:
    """The part that ``start`` names, or the first (RFC 2387, 3.2)."""
    start = content_id_of(media.get("start"))
    named = [part for part in parts if not start or part.content_id == start]
    if not named:
        raise wire_error("wire.start", value=start[:100])
    if start and len(named) > 1:
        raise wire_error("wire.content-id-twice", value=start)
    return named[0]


def _data(body: bytes, part: _Part) -> bytes:
    encoding = part.headers.get("content-transfer-encoding", "").lower()
    data = body[part.start : part.end]
    if encoding == "base64":
        return decoded(data, f"Content-ID {part.content_id or part.number}")
    if encoding not in _PLAIN:
        raise wire_error("wire.transfer-encoding", part=part.number, value=encoding[:40])
    return data


def _free_boundary(root: bytes, attachments: Mapping[str, bytes]) -> str:
    """A boundary that occurs in none of the parts."""
    for number in count():
        boundary = f"ulak-{sha256(b'%d-%b' % (number, root)).hexdigest()[:40]}"
        if not any(boundary.encode() in data for data in (root, *attachments.values())):
            return boundary
    raise AssertionError


def _head(boundary: str, name: str, kind: str) -> bytes:
    if not _WRITABLE_ID.fullmatch(name):
        raise ValueError(f"not a Content-ID: {name!r}")
    lines = f"Content-Type: {kind}", "Content-Transfer-Encoding: binary", f"Content-ID: <{name}>"
    first = "" if name == _ROOT_ID else "\r\n"
    return "\r\n".join((f"{first}--{boundary}", *lines, "\r\n")).encode()
