"""Rows whose record nobody can read, and what is put aside, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from ulak_server.asides import services as asides
from ulak_server.asides.services import Standing
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

__all__ = ["standing", "unreadable"]


def standing() -> list[Standing]:
    """What is put aside, as operators see it."""
    with scoped(Role.OPERATOR):
        return asides.standing()


@contextmanager
def unreadable(table: str, *keys: Any, taxpayer: int = 0) -> Iterator[None]:
    """The records of these rows are damaged meanwhile, as a failing disk leaves them."""
    kept = {key: _swapped(table, key, taxpayer, b"\xc1?") for key in keys}
    yield
    for key, road in kept.items():
        _swapped(table, key, taxpayer, road)


def _swapped(table: str, key: Any, taxpayer: int, road: bytes) -> bytes:
    with scoped(Role.PIPELINE, [taxpayer]), connection.cursor() as cursor:
        cursor.execute(f"SELECT road FROM {table} WHERE id = %s", [key])
        before = bytes(cursor.fetchone()[0])
        cursor.execute(f"UPDATE {table} SET road = %s WHERE id = %s", [road, key])
    return before
