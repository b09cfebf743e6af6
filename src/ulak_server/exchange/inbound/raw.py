"""The bytes of envelopes that came in, as they came."""

from __future__ import annotations

from typing import Any, Final

from django.db import connection

from ulak_server.archive import services as archive
from ulak_server.database.roles import Role
from ulak_server.database.scope import row_of

__all__ = ["raw", "raw_alone"]

_DATA: Final = "SELECT data FROM exchange_inbound WHERE id = %s"


def raw(id: str) -> bytes:
    """The ZIP of an envelope that came in, within a worker's scope.

    Args:
        id: in small letters.

    Raises:
        KeyError: none of that id came in.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DATA, [id])
        return _opened(id, cursor.fetchone())


def raw_alone(id: str) -> bytes:
    """The same in a scope of its own."""
    return _opened(id, row_of(Role.PIPELINE, [], _DATA, [id]))


def _opened(id: str, found: tuple[Any, ...] | None) -> bytes:
    if found is None:
        raise KeyError(id)
    return archive.open_loose(bytes(found[0]))
