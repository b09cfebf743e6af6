"""The karekod's picture kept as what it says: a body without the picture, and behind it the text to make it of.

A picture is as good as random to every compressor, and its text stands in the document already. Only pictures are left
out that Ulak's own encoder makes again, byte for byte (docs/decisions/0007); a body is cut only once it was put
together again and was the same.
"""

from __future__ import annotations

import base64
import binascii
from functools import cache
from types import ModuleType
from typing import Final

from ulak.errors import UlakError
from ulak_server.archive.problems import archive_error

__all__ = ["cut", "must_be_ours", "whole"]

_AHEAD: Final = b'filename="karekod.png" mimeCode="image/png">'
"""Behind the first of these stands the picture (`ulak.render.qr_reference`)."""
_BEFORE_TEXT: Final = b"\0"
"""No XML holds it."""
_LONGEST: Final = 8 * 1024


def cut(data: bytes) -> bytes | None:
    """A body with the text of its picture in place of the picture; None if it is to be kept as it is.

    Raises:
        ArchiveError: ``archive.encoder``.
    """
    start = data.find(_AHEAD) + len(_AHEAD)
    end = data.find(b"<", start, start + _LONGEST)
    if start < len(_AHEAD) or end <= start:
        return None
    try:
        said = _encoder().payload_of(base64.b64decode(data[start:end], validate=True))
    except binascii.Error:
        return None
    if said is None:
        return None
    made = b"".join((data[:start], data[end:], _BEFORE_TEXT, said.encode()))
    return made if whole(made) == data else None


def whole(made: bytes) -> bytes:
    """The body of which `cut` made this.

    Raises:
        ValueError: it is nothing that `cut` made.
        ArchiveError: ``archive.encoder``.
    """
    rest, _, said = made.rpartition(_BEFORE_TEXT)
    start = rest.find(_AHEAD) + len(_AHEAD)
    if start < len(_AHEAD) or not said:
        raise ValueError("no place for a picture, or none")
    return b"".join((rest[:start], base64.b64encode(_picture(said.decode())), rest[start:]))


def must_be_ours() -> None:
    """See that the encoder makes the pictures that it has always made: what is kept depends on it.

    Raises:
        ArchiveError: ``archive.encoder``.
    """
    _encoder()


def _picture(said: str) -> bytes:
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
