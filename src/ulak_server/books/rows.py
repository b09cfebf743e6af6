"""Rows of contacts and items: put in, taken out, brought back. Within a scope that holds the taxpayer."""

from __future__ import annotations

from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from ulak_server import clock
from ulak_server.books.models import Contact, Item

__all__ = ["kept", "removed", "restored"]

Row = TypeVar("Row", Contact, Item)


def kept(row: Row, before: Row | None) -> bool:
    """Store a row, in the place of the one before; False: another one has its number or code."""
    if before is not None:
        row.id, row.created_at, row.import_id = before.id, before.created_at, before.import_id
        row.uses, row.used_at = before.uses, before.used_at
    try:
        with transaction.atomic():
            row.save(force_insert=before is None, force_update=before is not None)
    except IntegrityError:
        return False
    return True


def removed(rows: QuerySet[Row]) -> int:
    """Take rows out of the books; how many were there."""
    return rows.filter(removed_at=None).update(removed_at=clock.now())


def restored(rows: QuerySet[Row]) -> int:
    """Bring rows back that were taken out; those whose number or code was given to another one stay away."""
    count = 0
    for one in rows.filter(removed_at__isnull=False):
        one.removed_at = None
        try:
            with transaction.atomic():
                one.save(update_fields=["removed_at"])
            count += 1
        except IntegrityError:
            continue
    return count
