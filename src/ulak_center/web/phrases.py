"""HTTP's own words for its statuses."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

__all__ = ["said_of"]

_NEWER: Final = {413: "Content Too Large", 422: "Unprocessable Content"}


def said_of(status: int) -> str:
    """The reason phrase of a status (RFC 9110, 15).

    >>> said_of(404), said_of(413), said_of(599)
    ('Not Found', 'Content Too Large', 'Unknown')
    """
    try:
        return _NEWER.get(status) or HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
