"""How a taxpayer's accounts at GİB stand; what moves them is `ulak_server.exchange.accounts`."""

from __future__ import annotations

from ulak_server.taxpayers.models import ENDED, Account

__all__ = ["account", "accounts", "may_issue"]


def account(taxpayer: int, service: str) -> Account | None:
    """The account of a service that has not ended; None if there is none."""
    return Account.objects.filter(taxpayer_id=taxpayer, service=service).exclude(stage__in=ENDED).first()


def accounts(taxpayer: int) -> list[Account]:
    """All of a taxpayer's accounts, those that ended too, newest first."""
    return list(Account.objects.filter(taxpayer_id=taxpayer).order_by("-id"))


def may_issue(taxpayer: int, service: str) -> bool:
    """Whether documents of a service may be sent: no envelope for a taxpayer without an active account."""
    return Account.objects.filter(taxpayer_id=taxpayer, service=service, stage__in=("active", "adding")).exists()
