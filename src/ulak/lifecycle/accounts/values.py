"""What is stored of a taxpayer's account for one service, and what may happen to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from ulak.lifecycle.accounts.stages import Stage
from ulak.lifecycle.effects import Woke
from ulak.lifecycle.envelopes.stages import Stage as EnvelopeStage

__all__ = [
    "Account",
    "AliasWanted",
    "CheckList",
    "CloseWanted",
    "ContractEnded",
    "Event",
    "Listed",
    "MakeRequest",
    "OpenWanted",
    "RequestEnded",
    "RequestPacked",
    "SendLastReports",
    "StartAnew",
    "StopIssuing",
    "TempListed",
    "contracted",
]


class Account(NamedTuple):
    """What is stored of an account.

    Attributes:
        wake_at: when its alarm clock rings; None only if it is final.
        request: the USERENVELOPE that has not ended; empty if there is none.
        tries: how often the request was made, in a row.
        code: the status that GİB gave last.
        closed_on: the day on which GİB closed it.
    """

    stage: Stage
    seed: int
    wake_at: datetime | None
    request: str = ""
    tries: int = 0
    code: str = ""
    closed_on: date | None = None


class OpenWanted(NamedTuple):
    """The request to open has its seals: the integrator's and, unless VUK 507 spares it, the taxpayer's."""


class CloseWanted(NamedTuple):
    """The request to close has its seals.

    Attributes:
        despatch_is_open: whether the same alias still serves e-İrsaliye while e-Fatura is to be closed.
    """

    despatch_is_open: bool = False


class AliasWanted(NamedTuple):
    """The request for another alias of an open account has its seals (ÖEK 5.2)."""


class ContractEnded(NamedTuple):
    """There is no contract any more."""


class RequestPacked(NamedTuple):
    """The request is in that USERENVELOPE."""

    envelope: str


class RequestEnded(NamedTuple):
    """The USERENVELOPE ended."""

    envelope: str
    stage: EnvelopeStage
    code: str


class TempListed(NamedTuple):
    """The taxpayer stands in GİB's list of closed users (UserTempList)."""

    closed_on: date


class Listed(NamedTuple):
    """The taxpayer stands in GİB's list of registered users again, after GİB had closed the account."""


Event = (
    Woke | OpenWanted | AliasWanted | CloseWanted | ContractEnded | RequestPacked | RequestEnded | TempListed | Listed
)


class MakeRequest(NamedTuple):
    """Effect: pack and send ProcessUserAccount or CancelUserAccount, and tell by `RequestPacked`."""

    opens: bool


class CheckList(NamedTuple):
    """Effect: compare with GİB's user list."""


class StopIssuing(NamedTuple):
    """Effect: no documents that are dated after that day; withdraw those that have not gone."""

    after: date


class SendLastReports(NamedTuple):
    """Effect: send the e-Arşiv reports that are due, until then."""

    until: datetime


class StartAnew(NamedTuple):
    """Effect: make a new account that is active; GİB wants no second request for it (UserList Kılavuzu, 3)."""


def contracted(now: datetime, *, seed: int, remind_at: datetime) -> Account:
    """An account of which there is a contract; the taxpayer is reminded of the seal then."""
    return Account(Stage.CONTRACTED, seed, max(now, remind_at))
