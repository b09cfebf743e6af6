"""The bytes of envelopes that came in, as they came."""

from __future__ import annotations

from django.db import connection

from ulak_server.archive import services as archive

__all__ = ["raw"]


def raw(id: str) -> bytes:
    """The ZIP of an envelope that came in, within a worker's scope.

    Args:
        id: in small letters.

    Raises:
        KeyError: none of that id came in.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM exchange_inbound WHERE id = %s", [id])
        found = cursor.fetchone()
    if found is None:
        raise KeyError(id)
    return archive.open_loose(bytes(found[0]))
