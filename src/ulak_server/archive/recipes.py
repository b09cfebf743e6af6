"""Sealed bodies without what no compressor can make small: each is kept as a text and a few bytes beside it.

The picture of a karekod gives way to what it says, the values of the signature and its digests to their bytes, and the
ETTN, which stands in a dozen places, to sixteen. Marks that no XML can hold stand in their places. A body is kept so
only once it was put together again and was the same, byte for byte (docs/decisions/0007).
"""

from __future__ import annotations

import binascii
import re
from functools import cache
from types import ModuleType
from typing import Final, NamedTuple

from ulak.errors import UlakError
from ulak_server.archive.problems import archive_error

__all__ = [
    "UNIT",
    "Parted",
    "Recipe",
    "attachment_in",
    "bearing",
    "must_be_ours",
    "parted",
    "read_full",
    "recipe_of",
    "whole",
]

UNIT: Final = 16
"""The bytes beside a recipe's text are a multiple of so many, and fewer than 256 times that."""

_SAYING, _ETTN, _DIGEST, _VALUE, _PICTURE, _CAPITALS = b"\0", b"\1", b"\2", b"\3", b"\4", b"\5"
"""Marks: what the picture says follows; the ETTN; base64 of a digest (32 bytes), of a value (256), of the picture; the
ETTN in capital letters."""
_MARKS: Final = (_SAYING, _ETTN, _DIGEST, _VALUE, _PICTURE, _CAPITALS)
"""A body that holds one is kept as it is: bytes that are no XML could become many times as long."""
_HERE: Final = b"\6"
"""In place of the long attachment; a body that holds one besides is kept as it is."""
_AHEAD: Final = b'filename="karekod.png" mimeCode="image/png">'
"""Behind the first of these stands the picture (`ulak.render.qr_reference`)."""
_LONGEST: Final = 8 * 1024
_ATTACHMENT: Final = b"EmbeddedDocumentBinaryObject"
_LONG: Final = 8 * 1024
_SIGNED_ENDS: Final = b"</ds:SignatureValue>"
_LARGEST: Final = 16 * 1024
"""Bytes up to there: the seals of books and reports have as many digests as files, and stand anywhere."""
_MOST_RAW: Final = 128 * UNIT
_NAME_ENDS: Final = b"Value"
"""Of both elements."""
_MOST_ATTRIBUTES: Final = 206
"""Bytes from there to the end of the tag."""
_ETTN_BYTES, _DIGEST_BYTES, _VALUE_BYTES = 16, 32, 256
_DIGEST_LETTERS, _VALUE_LETTERS = 44, 344
_UUID: Final = b"<cbc:UUID>"
_ETTN_FORM: Final = re.compile(rb"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ETTN_LETTERS: Final = 36


class Parted(NamedTuple):
    """A text without its long attachment, a stylesheet mostly: three quarters of it need not be looked at.

    Attributes:
        short: the text, with a mark in place of the attachment.
        attachment: empty if there is no long one.
    """

    short: bytes
    attachment: bytes = b""

    @property
    def full(self) -> bytes:
        """The text with its attachment in its place."""
        return self.short.replace(_HERE, self.attachment, 1) if self.attachment else self.short


class Recipe(NamedTuple):
    """What a body is made of again.

    Attributes:
        text: the body with marks, and what the picture says.
        raw: the ETTN's bytes, those of all digests, those of all values.
    """

    text: Parted
    raw: bytes


def recipe_of(data: bytes) -> Recipe | None:
    """The recipe of a body; None if it is to be kept as it is.

    Raises:
        ArchiveError: ``archive.encoder``.
    """
    digests: list[bytes] = []
    values: list[bytes] = []
    short, attachment = parted(data)
    if _HERE in data or any(mark in short for mark in _MARKS):
        return None
    text, ettn = _without_ettn(_without_values(_without_picture(short), digests, values))
    made = Recipe(Parted(text, attachment), b"".join((ettn, *digests, *values)))
    try:
        # The one mark of the attachment stands where the attachment was: what is short is all that has to be proven.
        return made if len(made.raw) <= _MOST_RAW and _followed(text, made.raw) == short else None
    except ValueError:
        # The picture says a mark.
        return None


def whole(recipe: Recipe) -> bytes:
    """The body of this recipe.

    Raises:
        ValueError: it is none.
        ArchiveError: ``archive.encoder``.
    """
    text, attachment = recipe.text
    return Parted(_followed(text, recipe.raw), attachment).full


def read_full(text: bytes, raw: bytes) -> Recipe:
    """The recipe of which the attachment stands in the text; another one where something else seems to be that."""
    return Recipe(parted(text), raw)


def parted(data: bytes) -> Parted:
    """A text and its first attachment, if that is a long one."""
    at = data.find(_ATTACHMENT)
    found = _attachment_at(data, at) if at >= 0 else None
    if found is None:
        return Parted(data)
    return Parted(b"".join((data[: found.start], _HERE, data[found.stop :])), data[found])


def bearing(attachment: bytes) -> bytes:
    """A long attachment as `attachment_in` finds it."""
    return b"%b>%b<" % (_ATTACHMENT, attachment) if attachment else b""


def attachment_in(documents: bytes) -> bytes:
    """The first long attachment in documents that stand one behind the other, with theirs or without; else nothing.

    What was kept rests on it: it finds the same in the same bytes for ever.
    """
    at = documents.find(_ATTACHMENT)
    while at >= 0:
        if (found := _attachment_at(documents, at)) is not None:
            return documents[found]
        at = documents.find(_ATTACHMENT, at + 1)
    return b""


def must_be_ours() -> None:
    """See that the encoder makes the pictures that it has always made: what is kept depends on it.

    Raises:
        ArchiveError: ``archive.encoder``.
    """
    _encoder()


def _attachment_at(data: bytes, at: int) -> slice | None:
    """Where the content of an element is, by the place of its name; None if it is not long."""
    start = data.find(b">", at) + 1
    end = data.find(b"<", start) if start else 0
    return slice(start, end) if end - start >= _LONG else None


def _followed(text: bytes, raw: bytes) -> bytes:
    """The text with everything in the places of its marks, but for the attachment."""
    text, raw = _named(text, raw)
    end = text.find(_SIGNED_ENDS) + 1
    head, raw = _filled(text[:end], _DIGEST, _DIGEST_BYTES, raw)
    head, raw = _filled(head, _VALUE, _VALUE_BYTES, raw)
    rest, has_said, said = text[end:].rpartition(_SAYING)
    before, has_picture, after = (rest if has_said else said).partition(_PICTURE)
    if raw or bool(has_said) is not bool(has_picture) or (has_said and not said):
        raise ValueError("more is said than is asked for, or less")
    picture = binascii.b2a_base64(_drawn(said.decode()), newline=False) if has_said else b""
    return b"".join((head, before, picture, after))


def _without_picture(data: bytes) -> bytes:
    """With what the picture says at the end, if it is one of ours."""
    start = data.find(_AHEAD) + len(_AHEAD)
    end = data.find(b"<", start, start + _LONGEST)
    if start < len(_AHEAD) or end <= start:
        return data
    try:
        said = _encoder().payload_of(binascii.a2b_base64(data[start:end], strict_mode=True))
    except binascii.Error:
        return data
    return b"".join((data[:start], _PICTURE, data[end:], _SAYING, said.encode())) if said else data


def _without_values(text: bytes, digests: list[bytes], values: list[bytes]) -> bytes:
    """Those of the signature; they are appended to the lists."""
    end = text.find(_SIGNED_ENDS, 0, _LARGEST) + 1
    pieces: list[bytes] = []
    done, at = 0, text.find(_NAME_ENDS, 0, end)
    while at >= 0:
        start = text.find(b">", at, at + _MOST_ATTRIBUTES) + 1
        stop = text.find(b"<", start, end) if start else -1
        mark, found = (_DIGEST, digests) if stop - start == _DIGEST_LETTERS else (_VALUE, values)
        if stop - start in (_DIGEST_LETTERS, _VALUE_LETTERS) and (raw := _plain_base64(text[start:stop])):
            found.append(raw)
            pieces += (text[done:start], mark)
            done = stop
        at = text.find(_NAME_ENDS, max(start, stop, at + 1), end)
    return b"".join((*pieces, text[done:])) if pieces else text


def _plain_base64(text: bytes) -> bytes:
    """The bytes that are written so; empty if these are written otherwise."""
    try:
        raw = binascii.a2b_base64(text, strict_mode=True)
    except binascii.Error:
        return b""
    return raw if len(raw) in (_DIGEST_BYTES, _VALUE_BYTES) else b""


def _filled(text: bytes, mark: bytes, size: int, raw: bytes) -> tuple[bytes, bytes]:
    """The text with base64 of so many bytes each in place of the marks, and the bytes that are left."""
    pieces: list[bytes] = []
    start = used = 0
    # A letter is found at once; splitting by it looks at each by itself.
    while (at := text.find(mark, start)) >= 0:
        if used + size > len(raw):
            raise ValueError("fewer bytes than places")
        pieces += (text[start:at], binascii.b2a_base64(raw[used : used + size], newline=False))
        start, used = at + 1, used + size
    return b"".join((*pieces, text[start:])) if pieces else text, raw[used:]


def _without_ettn(text: bytes) -> tuple[bytes, bytes]:
    start = text.find(_UUID) + len(_UUID)
    ettn = text[start : start + _ETTN_LETTERS]
    if start < len(_UUID) or not _ETTN_FORM.fullmatch(ettn):
        return text, b""
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
