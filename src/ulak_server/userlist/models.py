"""GİB's lists of users with their history, and how they were read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

__all__ = ["Closure", "ListRun", "RegisteredUser"]


class RegisteredUser(models.Model):
    """One alias of GİB's list of registered users, and the time in which it was in use.

    An alias that was closed and opened again has a row for each time. Values that change without closing it (a title,
    the type of the account) are those that the list said last.

    Attributes:
        service: ``einvoice`` or ``edespatch``.
        role: ``GB`` or ``PK``: in which of the two lists it stands.
        registered: of the taxpayer: ``FirstCreationTime``.
        created, deleted: as the list says.
        since, until: when it was in use, ``until`` not included; None: no end is known.
        first_seen, last_seen: readings of the list; ``last_seen`` is None while it stands in it.
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
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField(null=True)

    class Meta:
        db_table = "userlist_registered_user"
        indexes: ClassVar = [models.Index(fields=["number", "service", "role"], name="registered_number")]


class Closure(models.Model):
    """A row of the UserTempList: GİB closed all accounts of a taxpayer (UserList Kılavuzu V1.0, 3).

    Attributes:
        new_number: after a merger, a split or a change of type; else empty.
        closed: the day on which the accounts end.
        first_seen, last_seen: readings of the list; rows stay in it for seven days.
        told_at: when the accounts of our taxpayer were told of it.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.TextField()
    new_number = models.TextField(default="")
    closed = models.DateField()
    code = models.TextField(default="")
    reason = models.TextField(default="")
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "userlist_closure"
        constraints: ClassVar = [models.UniqueConstraint(fields=["number", "closed"], name="one_closure_each")]


class ListRun(models.Model):
    """One reading of a list of GİB's.

    Attributes:
        name: ``Pk``, ``Gb`` or ``Temp``.
        outcome: ``taken``, ``unchanged``, ``refused`` or ``failed``; empty while it runs.
        entries: aliases that stand in the list, or rows of closed accounts.
        faults: users that could not be understood and were left out.
        digest: SHA-256 of the file.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.TextField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="")
    entries = models.IntegerField(default=0)
    faults = models.IntegerField(default=0)
    added = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    removed = models.IntegerField(default=0)
    digest = models.BinaryField(default=b"")
    error = models.JSONField(null=True)

    class Meta:
        db_table = "userlist_list_run"
        indexes: ClassVar = [models.Index(fields=["name", "-id"], name="list_run_last")]
