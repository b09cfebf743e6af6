"""Users, what they may do for which taxpayer, and the keys of programs."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from ulak_server.database.managers import TenantManager

__all__ = ["ApiKey", "Membership", "Role", "User", "Users"]


class Role(models.TextChoices):
    """What a person is for a taxpayer."""

    OWNER = "owner"
    ACCOUNTANT = "accountant"
    CLERK = "clerk"
    READER = "reader"


class Users(BaseUserManager["User"]):
    """Makes users."""

    def create_user(self, email: str, password: str, name: str = "") -> User:
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


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
    password_changed_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    objects = Users()

    class Meta:
        db_table = "people_user"


class Membership(models.Model):
    """What a person is for a taxpayer. An accountant has many."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    taxpayer_id = models.IntegerField()
    role = models.CharField(max_length=12, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "people_membership"
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "taxpayer_id"], name="one_role_each")]


class ApiKey(models.Model):
    """A program's key; only its digest is kept.

    Attributes:
        prefix: its first characters, by which people recognise it and it is looked up.
        scopes: what it may do, e.g. ``documents:write``.
    """

    taxpayer_id = models.IntegerField()
    name = models.TextField()
    prefix = models.CharField(max_length=16, unique=True)
    digest = models.BinaryField()
    scopes = ArrayField(models.TextField(), default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    objects = TenantManager["ApiKey"]()

    class Meta:
        db_table = "people_api_key"
