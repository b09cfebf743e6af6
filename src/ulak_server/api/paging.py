"""Pages by cursor: where the last page ended, so that what comes in between moves nothing; months in addresses."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date
from typing import Annotated, Final

from ninja import Query

from ulak_server.api.problems import problem

__all__ = ["LARGEST_ID", "Cursor", "Limit", "month_of", "packed", "unpacked"]

LARGEST_ID: Final = 2**63 - 1
Cursor = Annotated[str, Query(max_length=200)]
Limit = Annotated[int, Query(ge=1, le=200)]
_MARK: Final = b"id:"
_MONTH: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])", re.ASCII)


def packed(last: int) -> str:
    """The cursor after an id.

    >>> unpacked(packed(4711))
    4711
    """
    return base64.urlsafe_b64encode(_MARK + str(last).encode()).decode().rstrip("=")


def unpacked(cursor: str, first: int = 0) -> int:
    """The id after which a page begins; `first` for the first page.

    Raises:
        ApiError: ``api.cursor``.
    """
    if not cursor:
        return first
    try:
        said = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except (binascii.Error, UnicodeEncodeError, ValueError):
        raise problem("api.cursor", where="?cursor") from None
    number = said.removeprefix(_MARK)
    if not said.startswith(_MARK) or not number.isdigit() or int(number) > LARGEST_ID:
        raise problem("api.cursor", where="?cursor")
    return int(number)


def month_of(given: str) -> date:
    """The first day of a month of an address, ``2026-10``.

    Raises:
        ApiError: ``api.not-found``.
    """
    if not _MONTH.fullmatch(given):
        raise problem("api.not-found")
    return date(int(given[:4]), int(given[5:]), 1)
