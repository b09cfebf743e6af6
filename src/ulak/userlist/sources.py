"""Where the bytes of a list come from: a path or an open file, a ZIP or what was in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, TypeAlias

from ulak.userlist.limits import Limits
from ulak.userlist.problems import userlist_error
from ulak.userlist.unzipping import content, entry_of
from ulak.userlist.values import ListRole

__all__ = ["Source", "pieces_of", "role_of_file"]

Source: TypeAlias = str | os.PathLike[str] | BinaryIO
"""The path of a list, or the list opened to read bytes; it must be possible to seek in it."""

_PIECE: Final = 128 * 1024
_BOM: Final = b"\xef\xbb\xbf"


def pieces_of(source: Source, limits: Limits, *, markup: bool = True) -> Iterator[bytes]:
    """The list's bytes, out of its ZIP if it is in one.

    Args:
        markup: whether only XML is expected.

    Raises:
        UserListError: ``userlist.empty``, ``userlist.not-a-list``, ``userlist.too-large`` and those of a ZIP.
        OSError: the file cannot be read.
    """
    with _opened(source) as file:
        begin = file.read(_PIECE)
        if not begin:
            raise userlist_error("userlist.empty")
        if begin.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            yield from content(file, entry_of(file, limits), limits)
            return
        if markup and not begin.removeprefix(_BOM).lstrip().startswith((b"<", b"\xff\xfe", b"\xfe\xff", b"\x00<")):
            raise userlist_error("userlist.not-a-list")
        yield from _plain(file, begin, limits)


def role_of_file(source: Source) -> ListRole | None:
    """Which of the two lists it is, by the name of the file in the ZIP: the list itself does not say. None if the name
    does not tell, or it is in no ZIP.

    Raises:
        UserListError: the ZIP cannot be opened.
        OSError: the file cannot be read.
    """
    with _opened(source) as file:
        if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
            return None
        name = entry_of(file, Limits()).name.lower()
    return next((role for role in ListRole if role.file_name.lower() == name.rpartition("/")[2]), None)


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    if isinstance(source, str | os.PathLike):
        with open(source, "rb") as file:
            yield file
    else:
        source.seek(0)
        yield source


def _plain(file: BinaryIO, begin: bytes, limits: Limits) -> Iterator[bytes]:
    size = 0
    piece = begin
    while piece:
        size += len(piece)
        if size > limits.list_bytes:
            raise userlist_error("userlist.too-large", limit=limits.list_bytes)
        yield piece
        piece = file.read(_PIECE)
