"""Sealed bodies without what no compressor can make small: each is kept as a text and a few bytes beside it.

The picture of a karekod gives way to what it says, the values of the signature and its digests to their bytes, and the
ETTN, which stands in a dozen places, to sixteen. Marks that no XML can hold stand in their places. A body is kept so
only once it was put together again and was the same, byte for byte (docs/decisions/0007).
"""

from __future__ import annotations

import base64
import binascii
import re
from functools import cache
from types import ModuleType
from typing import Final, NamedTuple

from ulak.errors import UlakError
from ulak_server.archive.problems import archive_error

__all__ = ["UNIT", "Recipe", "long_attachment", "must_be_ours", "recipe_of", "whole"]

UNIT: Final = 16
"""The bytes beside a recipe's text are a multiple of so many, and fewer than 256 times that."""

_SAYING, _ETTN, _DIGEST, _VALUE, _PICTURE, _CAPITALS = b"\0", b"\1", b"\2", b"\3", b"\4", b"\5"
"""Marks: what the picture says follows; the ETTN; base64 of a digest (32 bytes), of a value (256), of the picture; the
ETTN in capital letters."""
_MARKS: Final = (_SAYING, _ETTN, _DIGEST, _VALUE, _PICTURE, _CAPITALS)
"""A body that holds one is kept as it is: bytes that are no XML could become many times as long."""
_HERE: Final = b"\6"
"""In place of a long attachment while a recipe is made or followed; none holds it."""
_AHEAD: Final = b'filename="karekod.png" mimeCode="image/png">'
"""Behind the first of these stands the picture (`ulak.render.qr_reference`)."""
_LONGEST: Final = 8 * 1024
_ATTACHMENT: Final = b"EmbeddedDocumentBinaryObject"
_LONG: Final = 8 * 1024
_SIGNED_ENDS: Final = b"</ds:SignatureValue>"
_LARGEST: Final = 16 * 1024
"""Bytes up to there: the seals of books and reports have as many digests as files, and stand anywhere."""
_MOST_RAW: Final = 128 * UNIT
_BASE64: Final = re.compile(rb"(Value[^<>]{0,200}>)([A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{342}==)(?=<)")
_ETTN_BYTES, _DIGEST_BYTES, _VALUE_BYTES = 16, 32, 256
_NAMED: Final = re.compile(rb"<cbc:UUID>([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})</cbc:UUID>")


class Recipe(NamedTuple):
    """What a body is made of again.

    Attributes:
        text: the body with marks, and what the picture says.
        raw: the ETTN's bytes, those of all digests, those of all values.
    """

    text: bytes
    raw: bytes


def recipe_of(data: bytes) -> Recipe | None:
    """The recipe of a body; None if it is to be kept as it is.

    Raises:
        ArchiveError: ``archive.encoder``.
    """
    digests: list[bytes] = []
    values: list[bytes] = []
    short, attachment = _shortened(data)
    if any(mark in short for mark in _MARKS):
        return None
    short, ettn = _without_ettn(_without_values(_without_picture(short), digests, values))
    made = Recipe(_lengthened(short, attachment), b"".join((ettn, *digests, *values)))
    try:
        return made if len(made.raw) <= _MOST_RAW and whole(made) == data else None
    except ValueError:
        # The picture says a mark.
        return None


def whole(recipe: Recipe) -> bytes:
    """The body of this recipe.

    Raises:
        ValueError: it is none.
        ArchiveError: ``archive.encoder``.
    """
    short, attachment = _shortened(recipe.text)
    text, raw = _named(short, recipe.raw)
    end = text.find(_SIGNED_ENDS) + 1
    head, raw = _filled(text[:end], _DIGEST, _DIGEST_BYTES, raw)
    head, raw = _filled(head, _VALUE, _VALUE_BYTES, raw)
    rest, has_said, said = text[end:].rpartition(_SAYING)
    before, has_picture, after = (rest if has_said else said).partition(_PICTURE)
    if raw or bool(has_said) is not bool(has_picture) or (has_said and not said):
        raise ValueError("more is said than is asked for, or less")
    picture = base64.b64encode(_drawn(said.decode())) if has_said else b""
    return _lengthened(b"".join((head, before, picture, after)), attachment)


def long_attachment(data: bytes) -> slice | None:
    """Where a document's first attachment is, a stylesheet mostly, if it is a long one."""
    at = data.find(_ATTACHMENT)
    start = data.find(b">", at) + 1 if at >= 0 else 0
    end = data.find(b"<", start) if start else 0
    return slice(start, end) if end - start >= _LONG else None


def must_be_ours() -> None:
    """See that the encoder makes the pictures that it has always made: what is kept depends on it.

    Raises:
        ArchiveError: ``archive.encoder``.
    """
    _encoder()


def _shortened(data: bytes) -> tuple[bytes, bytes]:
    """With a mark in place of the long attachment: three quarters of a document need not be looked at."""
    found = long_attachment(data)
    return (b"".join((data[: found.start], _HERE, data[found.stop :])), data[found]) if found else (data, b"")


def _lengthened(short: bytes, attachment: bytes) -> bytes:
    return short.replace(_HERE, attachment, 1) if attachment else short


def _without_picture(data: bytes) -> bytes:
    """With what the picture says at the end, if it is one of ours."""
    start = data.find(_AHEAD) + len(_AHEAD)
    end = data.find(b"<", start, start + _LONGEST)
    if start < len(_AHEAD) or end <= start:
        return data
    try:
        said = _encoder().payload_of(base64.b64decode(data[start:end], validate=True))
    except binascii.Error:
        return data
    return b"".join((data[:start], _PICTURE, data[end:], _SAYING, said.encode())) if said else data


def _without_values(text: bytes, digests: list[bytes], values: list[bytes]) -> bytes:
    """Those of the signature; they are appended to the lists."""

    def taken(found: re.Match[bytes]) -> bytes:
        raw = base64.b64decode(found[2])
        (digests if len(raw) == _DIGEST_BYTES else values).append(raw)
        return found[1] + (_DIGEST if len(raw) == _DIGEST_BYTES else _VALUE)

    end = text.find(_SIGNED_ENDS, 0, _LARGEST) + 1
    return _BASE64.sub(taken, text[:end]) + text[end:] if end else text


def _filled(text: bytes, mark: bytes, size: int, raw: bytes) -> tuple[bytes, bytes]:
    """The text with base64 of so many bytes each in place of the marks, and the bytes that are left."""
    parts = text.split(mark)
    if len(parts) == 1:
        return text, raw
    needed = size * (len(parts) - 1)
    if len(raw) < needed:
        raise ValueError("fewer bytes than places")
    filling = [base64.b64encode(raw[start : start + size]) for start in range(0, needed, size)]
    return b"".join(one for pair in zip(parts, [*filling, b""], strict=True) for one in pair), raw[needed:]


def _without_ettn(text: bytes) -> tuple[bytes, bytes]:
    found = _NAMED.search(text)
    if found is None:
        return text, b""
    ettn = found[1]
    mark = _ETTN if ettn == ettn.lower() else _CAPITALS
    return text.replace(ettn, mark), bytes.fromhex(ettn.replace(b"-", b"").decode())


def _named(text: bytes, raw: bytes) -> tuple[bytes, bytes]:
    """The text with its ETTN, and the bytes that are left."""
    mark = _ETTN if _ETTN in text else _CAPITALS
    if mark not in text:
        return text, raw
    if len(raw) < _ETTN_BYTES:
        raise ValueError("no bytes of the ETTN")
    hex = raw[:_ETTN_BYTES].hex().encode()
    ettn = b"-".join((hex[:8], hex[8:12], hex[12:16], hex[16:20], hex[20:]))
    return text.replace(mark, ettn if mark == _ETTN else ettn.upper()), raw[_ETTN_BYTES:]


def _drawn(said: str) -> bytes:
    encoder = _encoder()
    try:
        made: bytes = encoder.qr_png(said)
    except UlakError as error:
        raise ValueError("no picture holds this") from error
    return made


@cache
def _encoder() -> ModuleType:
    # Whoever keeps no documents with pictures needs nothing of what shows documents.
    from ulak.render import qr_picture

    if not qr_picture.is_as_ever():
        raise archive_error("archive.encoder")
    return qr_picture
