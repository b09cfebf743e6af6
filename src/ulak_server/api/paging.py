"""Pages by cursor: where the last page ended, so that what comes in between moves nothing."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Final

from ninja import Query

from ulak_server.api.problems import problem

__all__ = ["LARGEST_ID", "Cursor", "Limit", "packed", "unpacked"]

LARGEST_ID: Final = 2**63 - 1
Cursor = Annotated[str, Query(max_length=200)]
Limit = Annotated[int, Query(ge=1, le=200)]
_MARK: Final = b"id:"


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
