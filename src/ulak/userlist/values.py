"""What stands in the lists, and whether it was so at a moment.

Sources: UserList Kılavuzu V1.0, 2 and 3; NewUserList.xsd of package 20260312; e-Arşiv Kılavuzu V1.18, 5.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

__all__ = [
    "AccountType",
    "Alias",
    "ArchiveUser",
    "Closure",
    "DocumentType",
    "Documents",
    "ListRole",
    "User",
    "UserType",
    "active_aliases",
    "is_active",
    "is_registered",
    "was_archive_user",
]


class ListRole(StrEnum):
    """Which of the two lists: that of sending units or that of mailboxes. The lists themselves do not say it."""

    GB = "Gb"
    PK = "Pk"

    @property
    def file_name(self) -> str:
        """Of the XML in the ZIP."""
        return f"newUser{self}List.xml"


class UserType(StrEnum):
    """``Type``."""

    PUBLIC = "KAMU"
    PRIVATE = "OZEL"


class AccountType(StrEnum):
    """``AccountType``: by what means the taxpayer takes part."""

    PORTAL = "GIBPORTAL"
    OWN = "ENTEGRASYON"
    INTEGRATOR = "OZELENTEGRASYON"


class DocumentType(StrEnum):
    """``Document/@type``: what an alias may send or receive."""

    INVOICE = "Invoice"
    DESPATCH = "DespatchAdvice"


class Alias(NamedTuple):
    """An alias (etiket) and the time in which it is, or was, in use. Times are aware.

    Attributes:
        deleted: None if no deletion is known; it may lie in the future.
    """

    name: str
    created: datetime
    deleted: datetime | None = None


class Documents(NamedTuple):
    """The aliases for one type of document, deleted ones too, in the order of the list."""

    type: DocumentType
    aliases: tuple[Alias, ...]


class User(NamedTuple):
    """A registered taxpayer as one list shows it.

    Attributes:
        number: VKN (10 digits) or TCKN (11); check digits are not judged, test lists hold numbers that fail them.
        account_type: None if the list leaves it out, as its schema allows.
    """

    number: str
    title: str
    type: UserType
    first_created: datetime
    account_type: AccountType | None
    documents: tuple[Documents, ...]


class ArchiveUser(NamedTuple):
    """A period in which a taxpayer uses e-Arşiv; several of them may stand in the list for one taxpayer.

    Attributes:
        first_created: when the taxpayer first used e-Arşiv.
        activated: when an integrator added the taxpayer.
        deactivated: when that integrator closed the account; None if it did not.
    """

    number: str
    title: str
    first_created: datetime
    activated: datetime
    deactivated: datetime | None = None


class Closure(NamedTuple):
    """A row of the UserTempList: all e-Belge accounts of a taxpayer end on a day.

    Attributes:
        new_number: after a merger, a split or a change of type; else empty.
        status: ``1``, the only value that the guide knows: all accounts must be closed.
        code: of the registry's reason; may be empty, as its ``reason`` may.
    """

    number: str
    new_number: str
    closed: date
    status: str = "1"
    code: str = ""
    reason: str = ""


def is_active(alias: Alias, at: datetime) -> bool:
    """Whether an alias was in use at a moment: from its creation until before its deletion.

    >>> from datetime import UTC
    >>> used = Alias("urn:mail:pk@a.example", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))
    >>> [is_active(used, datetime(2026, month, 1, tzinfo=UTC)) for month in (1, 2, 3)]
    [True, True, False]
    """
    return alias.created <= at and (alias.deleted is None or at < alias.deleted)


def active_aliases(user: User, document: DocumentType, at: datetime) -> tuple[str, ...]:
    """The aliases in use for a type of document at a moment, in the order of the list; there may be several."""
    return tuple(
        alias.name
        for documents in user.documents
        if documents.type == document
        for alias in documents.aliases
        if is_active(alias, at)
    )


def is_registered(user: User, document: DocumentType, at: datetime) -> bool:
    """Whether the taxpayer had any alias in use for a type of document at a moment."""
    return bool(active_aliases(user, document, at))


def was_archive_user(periods: Iterable[ArchiveUser], at: datetime) -> bool:
    """Whether any of a taxpayer's periods holds the moment (e-Arşiv Kılavuzu V1.18, 5)."""
    return any(period.activated <= at and (period.deactivated is None or at < period.deactivated) for period in periods)
