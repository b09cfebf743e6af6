"""Text put into XML, and the errors of what does not go in."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from ulak.userlist.problems import userlist_error
from ulak.userlist.times import time_text

__all__ = ["DECLARATION", "escaped", "moment_text"]

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPECIAL: Final = re.compile("[&<>\r]|[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKUP: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


def escaped(text: str, element: str, number: str) -> str:
    """The text as it stands between tags.

    Raises:
        UserListError: ``userlist.unwritable`` for characters that XML cannot hold.

    >>> escaped("Ardıç & Oğlu", "Title", "4812530769")
    'Ardıç &amp; Oğlu'
    """
    if not _SPECIAL.search(text):
        return text

    def written(found: re.Match[str]) -> str:
        if found[0] not in _MARKUP:
            raise userlist_error("userlist.unwritable", number=number, element=element)
        return _MARKUP[found[0]]

    return _SPECIAL.sub(written, text)


def moment_text(moment: datetime, element: str, number: str) -> str:
    """The time as lists write it.

    Raises:
        UserListError: ``userlist.naive`` for a time without a zone.
    """
    if moment.tzinfo is None:
        raise userlist_error("userlist.naive", number=number, element=element)
    return time_text(moment)
