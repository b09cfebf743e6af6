"""Data keys moved from one key-encryption key to another; bodies stay as they are."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from ulak_server.archive.keks import Kek
from ulak_server.archive.keyring import about
from ulak_server.archive.problems import archive_error
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

__all__ = ["rewrap"]


def rewrap(old: Kek, new: Kek, taxpayers: Iterable[int]) -> int:
    """Wrap the installation's data keys and those of these taxpayers anew; all of them or none.

    Running processes know the keys that they have used; start them with the new ``ULAK_KEK`` afterwards.

    Returns:
        how many were moved; those that the new key wraps already are left alone.

    Raises:
        ArchiveError: ``archive.kek-other``: one is wrapped by neither.
    """
    with scoped(Role.PIPELINE, taxpayers), connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, taxpayer_id, kek, wrapped FROM archive_data_key WHERE kek <> %s ORDER BY id FOR UPDATE",
            [new.name],
        )
        found = cursor.fetchall()
        for id, taxpayer, name, wrapped in found:
            try:
                key = old.unwrap(bytes(wrapped), about(taxpayer))
            except ValueError as error:
                raise archive_error("archive.kek-other", id=id, kek=name, given=old.name) from error
            cursor.execute(
                "UPDATE archive_data_key SET kek = %s, wrapped = %s WHERE id = %s",
                [new.name, new.wrap(key, about(taxpayer)), id],
            )
        return len(found)
