"""What a user-account message is made of.

Sources: Özel Entegrasyon Kılavuzu V1.13, 5.2 and 5.3; Schematron 20260701, ``UserAccountCheck``.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from ulak.errors import Text

__all__ = ["Account", "Action", "Customer", "Demand", "Kind", "Role", "Service", "Unit"]


class Action(StrEnum):
    """What is asked of GİB, by the name of the document's root."""

    OPEN = "ProcessUserAccount"
    CLOSE = "CancelUserAccount"


class Role(StrEnum):
    """What an alias is for."""

    GB = "GB"
    """Gönderici birim: it sends."""
    PK = "PK"
    """Posta kutusu: it receives."""


class Kind(StrEnum):
    """Whose account it is. For those opened under VUK 507 the customer's seal is not needed (ÖEK 5.2)."""

    PUBLIC = "public"
    PRIVATE = "private"
    VUK507_PUBLIC = "vuk507_public"
    VUK507_PRIVATE = "vuk507_private"


class Demand(StrEnum):
    """How a service stands to role or alias of an account."""

    REQUIRED = "required"
    """Except under VUK 507, where this integrator may have opened the alias before."""
    FORBIDDEN = "forbidden"
    SILENT = "silent"
    """Neither the guide nor the Schematron says."""


class Service(NamedTuple):
    """What accounts are opened for.

    Attributes:
        alias: the sender's alias of the USERENVELOPE.
        role: whether ``UserRole`` stands in an account.
        scope: whether ``AuthorizedWorkScope``, the customer's alias, does.
        several: whether a document may hold several accounts.
        options: each ``UserOptionCode`` and whose account it opens.
    """

    alias: str
    label: Text
    role: Demand
    scope: Demand
    several: bool
    options: tuple[tuple[str, Kind], ...]


class Customer(NamedTuple):
    """The taxpayer whose account it is.

    Attributes:
        number: VKN or TCKN.
        title: as in the trade registry; of a person first and last name.
        given, middle, family: of a person (TCKN).
    """

    number: str
    title: str = ""
    given: str = ""
    middle: str = ""
    family: str = ""


class Unit(NamedTuple):
    """One ``UserAccount`` that names a role, an alias or both.

    Attributes:
        role: None if none is stated.
        alias: the etiket; empty if none is stated.
        name: what is written beside the alias; if empty, the writer describes the role.
    """

    role: Role | None = None
    alias: str = ""
    name: str = ""


class Account(NamedTuple):
    """What one ProcessUserAccount or CancelUserAccount asks for.

    Attributes:
        action: whether the account is opened or closed.
        integrator: VKN or TCKN of who asks (``oa:LogicalID``).
        customer: for whom: one in each document.
        option: ``UserOptionCode``, one in each document.
        units: with role and alias; empty where the service has neither.
        created: aware. None only where a document that was read states none.
    """

    action: Action
    integrator: str
    customer: Customer
    option: str
    units: tuple[Unit, ...]
    created: datetime | None
