"""Who may send what to the offices."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from ulak_center.values import Account

__all__ = ["ARCHIVE_SERVICES", "Accounts", "ArchiveRights", "LedgerRights", "Open", "Rights", "Standing"]

ARCHIVE_SERVICES: Final = frozenset(
    {
        "earchive",
        "esevoucher",
        "epreceipt",
        "ebreceipt",
        "eexchangecert",
        "echeck",
        "einsurancecomm",
        "eticket",
        "erevenue",
        "erreceipt",
    }
)
"""Services whose documents are reported (Özel Entegrasyon Kılavuzu V1.13, 2.1; Gider Pusulası package V1.0)."""
_PORTAL: Final = "GIBPORTAL"


class Standing(StrEnum):
    """What a tester may hold against a VKN or TCKN at an office."""

    UNKNOWN = "unknown"
    """It may not send: 001 of e-Arşiv, 101 of e-Defter."""
    NO_ROLE = "no-role"
    """The taxpayer lacks the role: 168 of e-Arşiv, 102 of e-Defter."""
    BLOCKED = "blocked"
    """The taxpayer cannot upload at present: 114 of e-Defter; nothing at e-Arşiv, which has no such code."""


class Rights(Protocol):
    """What an office asks about those who send. Numbers are VKN or TCKN."""

    def is_known(self, number: str, at: datetime) -> bool:
        """Whether the signer of a message may use the service at all."""

    def acts_for(self, number: str, owner: str, at: datetime) -> bool:
        """Whether one may send, or seal, for a taxpayer."""


class Accounts(Protocol):
    """What is known of taxpayers and integrators; the center's registry is one."""

    def account(self, number: str) -> Account | None: ...

    def is_integrator(self, number: str) -> bool: ...


class Open:
    """Everybody may send for everybody, as GİB's test environment of e-Defter has it (Web Servis Kılavuzu V1.7, 3)."""

    def is_known(self, number: str, at: datetime) -> bool:
        return bool(number)

    def acts_for(self, number: str, owner: str, at: datetime) -> bool:
        return bool(number)


class ArchiveRights:
    """Integrators report for customers that they have announced (e-Arşiv Kılavuzu V1.18, 10), others for themselves.

    Users of GİB's portal do not report (V1.18, 5).
    """

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def is_known(self, number: str, at: datetime) -> bool:
        account = self._accounts.account(number)
        return self._accounts.is_integrator(number) or (account is not None and account.method != _PORTAL)

    def acts_for(self, number: str, owner: str, at: datetime) -> bool:
        account = self._accounts.account(owner)
        if number == owner:
            return self.is_known(number, at)
        served = account.services if account and self._accounts.is_integrator(number) else ()
        return any(service in ARCHIVE_SERVICES and operator == number for service, operator in served)


class LedgerRights:
    """Taxpayers send their own books; integrators, as approved software firms, anybody's (Web Servis Kılavuzu, 2.1).

    Taxpayers need not be registered: user-account messages know no e-Defter.
    """

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def is_known(self, number: str, at: datetime) -> bool:
        return bool(number)

    def acts_for(self, number: str, owner: str, at: datetime) -> bool:
        return number == owner or self._accounts.is_integrator(number)
