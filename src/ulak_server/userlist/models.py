"""GİB's list of registered users with its history, and how it was read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

__all__ = ["ListRun", "RegisteredUser"]


class RegisteredUser(models.Model):
    """One alias of GİB's list of registered users, and the time in which it was there.

    Attributes:
        service: ``einvoice`` or ``edespatch``.
        role: ``GB`` or ``PK``.
        created, deleted: as the list says.
        first_seen, last_seen: the list's own days; ``last_seen`` is None while it stands in it.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.TextField()
    service = models.CharField(max_length=12)
    role = models.CharField(max_length=2)
    alias = models.TextField()
    title = models.TextField()
    type = models.TextField()
    account_type = models.TextField(default="")
    registered = models.DateTimeField()
    created = models.DateTimeField()
    deleted = models.DateTimeField(null=True)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField(null=True)

    class Meta:
        db_table = "userlist_registered_user"
        indexes: ClassVar = [models.Index(fields=["number", "service", "role"], name="registered_number")]


class ListRun(models.Model):
    """One reading of a list of GİB's.

    Attributes:
        outcome: ``taken``, ``unchanged``, ``refused`` or ``failed``.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.TextField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="")
    entries = models.IntegerField(default=0)
    added = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    removed = models.IntegerField(default=0)
    digest = models.BinaryField(default=b"")
    error = models.JSONField(null=True)

    class Meta:
        db_table = "userlist_list_run"
