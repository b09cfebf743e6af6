"""Users, what they may do for which taxpayer, their sessions, and the keys of programs."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from ulak_server import clock
from ulak_server.database.managers import TenantManager

__all__ = [
    "ApiKey",
    "Invitation",
    "Level",
    "Limit",
    "Membership",
    "RecoveryCode",
    "Role",
    "Session",
    "Support",
    "SupportStage",
    "SupportView",
    "User",
]


class Role(models.TextChoices):
    """What a person is for a taxpayer."""

    OWNER = "owner"
    ACCOUNTANT = "accountant"
    CLERK = "clerk"
    READER = "reader"


class User(AbstractBaseUser):
    """A person who signs in.

    Attributes:
        totp: the secret of the second factor, encrypted; empty until it is set up.
        totp_step: the last time step that was used: a code works once.
        is_operator: whether they are of the integrator's own people.
    """

    email = models.EmailField(unique=True)
    name = models.TextField(default="")
    totp = models.BinaryField(default=b"")
    totp_step = models.BigIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    language = models.CharField(max_length=2, default="tr")
    password_changed_at = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    objects = BaseUserManager["User"]()

    class Meta:
        db_table = "people_user"


class Membership(models.Model):
    """What a person is for a taxpayer. An accountant has many."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    taxpayer_id = models.IntegerField()
    role = models.CharField(max_length=12, choices=Role.choices)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "people_membership"
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "taxpayer_id"], name="one_role_each")]
        indexes: ClassVar = [models.Index(fields=["taxpayer_id"], name="membership_of_taxpayer")]


class Level(models.TextChoices):
    """How far somebody has come in signing in; all but the last may only take the next step."""

    SECOND_FACTOR_DUE = "second-factor-due"
    SECOND_FACTOR_MISSING = "second-factor-missing"
    PASSWORD_EXPIRED = "password-expired"  # noqa: S105
    FULL = "full"


class Session(models.Model):
    """A person's stay, from the password to signing out; only the digest of its token is kept.

    Attributes:
        pending: the secret of a second factor that is being set up, encrypted.
        wrong: how many wrong codes were given.
        seen_at: when it was used last, to within a minute.
        expires_at: its end at the latest.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    digest = models.CharField(max_length=64, unique=True)
    level = models.CharField(max_length=24, choices=Level.choices)
    pending = models.BinaryField(default=b"")
    wrong = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    origin = models.TextField(default="")
    agent = models.TextField(default="")

    class Meta:
        db_table = "people_session"
        indexes: ClassVar = [models.Index(fields=["expires_at"], name="session_end")]


class RecoveryCode(models.Model):
    """A code that stands in for the second factor once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_recovery_code"


class Invitation(models.Model):
    """Somebody is asked to work for a taxpayer; only the digest of its token is kept.

    Attributes:
        invited_by: ``user:7``, or the operator's command.
    """

    taxpayer_id = models.IntegerField()
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role.choices)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.TextField()
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = TenantManager["Invitation"]()

    class Meta:
        db_table = "people_invitation"


class ApiKey(models.Model):
    """A program's key; only its digest is kept.

    Attributes:
        prefix: its first characters, by which people recognise it and it is looked up.
        scopes: what it may do, e.g. ``documents:write``.
        last_used_at: to within a minute.
    """

    taxpayer_id = models.IntegerField()
    name = models.TextField()
    prefix = models.CharField(max_length=16, unique=True)
    digest = models.BinaryField()
    scopes = ArrayField(models.TextField(), default=list)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    objects = TenantManager["ApiKey"]()

    class Meta:
        db_table = "people_api_key"


class SupportStage(models.TextChoices):
    """How far support access has come."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    ENDED = "ended"
    OVER = "over"


class Support(models.Model):
    """An operator's request to read along with a taxpayer, and the consent to it.

    Attributes:
        user_id: the operator.
        name: theirs, as the taxpayer sees it.
        hours: for how long, from the consent on.
        answered_by, ended_by: ``user:7``.
        expires_at: the end of the consent; None until there is one.
    """

    taxpayer_id = models.IntegerField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="supports")
    name = models.TextField()
    reason = models.TextField()
    hours = models.SmallIntegerField()
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.TextField(default="")
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(default="")

    objects = TenantManager["Support"]()

    class Meta:
        db_table = "people_support"
        indexes: ClassVar = [
            models.Index(fields=["taxpayer_id"], name="support_of_taxpayer"),
            models.Index(fields=["user"], condition=models.Q(ended_at=None), name="support_of_operator"),
        ]

    @property
    def stage(self) -> SupportStage:
        """How far it has come by now."""
        if self.answered_at and self.expires_at is None:
            return SupportStage.REFUSED
        if self.ended_at:
            return SupportStage.ENDED
        if self.expires_at is None:
            return SupportStage.ASKED
        return SupportStage.GIVEN if self.expires_at > clock.now() else SupportStage.OVER


class SupportView(models.Model):
    """A page of a taxpayer that an operator looked at; both sides see these.

    Attributes:
        page: its name, e.g. ``documents.one``.
        path: where it is.
    """

    support = models.ForeignKey(Support, on_delete=models.CASCADE, related_name="views")
    taxpayer_id = models.IntegerField()
    at = models.DateTimeField(default=clock.now)
    page = models.TextField()
    path = models.TextField()

    objects = TenantManager["SupportView"]()

    class Meta:
        db_table = "people_support_view"


class Limit(models.Model):
    """How often something was done since a moment."""

    bucket = models.TextField(primary_key=True)
    since = models.DateTimeField()
    used = models.IntegerField()

    class Meta:
        db_table = "people_limit"
        indexes: ClassVar = [models.Index(fields=["since"], name="limit_since")]
