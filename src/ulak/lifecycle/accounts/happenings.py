"""Which of the few happenings an event is for an account.

Sources: Özel Entegrasyon Kılavuzu V1.13, 2.2, 5 and 6; Sistem Yanıtı Şema Yapısı (Ek-2) V1.5, 4 (1182, 1183); UserList
Kılavuzu V1.0, 3.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from ulak.codes.statuses import get
from ulak.lifecycle.accounts.values import (
    Account,
    AliasWanted,
    CloseWanted,
    ContractEnded,
    Event,
    Listed,
    OpenWanted,
    RequestEnded,
    RequestPacked,
    TempListed,
)
from ulak.lifecycle.effects import Woke
from ulak.lifecycle.envelopes.stages import Stage as EnvelopeStage
from ulak.lifecycle.policy import Policy

__all__ = ["Happening", "happening"]


class Happening(StrEnum):
    """What an event is for an account."""

    DUE = "due"
    """The alarm clock rang; no request is on its way."""
    DUE_ON_ROAD = "due-on-road"
    """The alarm clock rang while a request is on its way."""
    OPEN_WANTED = "open-wanted"
    """It is to be opened."""
    ALIAS_WANTED = "alias-wanted"
    """Another alias is to be added."""
    CLOSE_WANTED = "close-wanted"
    """It is to be closed."""
    CLOSE_TOO_EARLY = "close-too-early"
    """It is to be closed while its alias serves e-İrsaliye."""
    CONTRACT_ENDED = "contract-ended"
    """There is no contract any more."""
    PACKED = "packed"
    """The request is in an envelope."""
    DONE = "done"
    """GİB did what was asked."""
    FAILED = "failed"
    """GİB did not: 1182, 1183, or a fault in the request."""
    MAY_PASS = "may-pass"  # noqa: S105
    """GİB could not, for a reason that may pass."""
    CLOSED_BY_GIB = "closed-by-gib"
    """It stands in the list of closed users."""
    LISTED = "listed"
    """It stands in the list of registered users."""
    OTHER_REQUEST = "other-request"
    """News of an earlier request than the last."""


_H = Happening
_FIXED: Final[dict[type, Happening]] = {
    OpenWanted: _H.OPEN_WANTED,
    AliasWanted: _H.ALIAS_WANTED,
    ContractEnded: _H.CONTRACT_ENDED,
    RequestPacked: _H.PACKED,
    TempListed: _H.CLOSED_BY_GIB,
    Listed: _H.LISTED,
}


def happening(account: Account, event: Event, now: datetime, policy: Policy) -> Happening:
    """What an event is for this account."""
    if isinstance(event, Woke):
        return _H.DUE_ON_ROAD if account.request else _H.DUE
    if isinstance(event, CloseWanted):
        return _H.CLOSE_TOO_EARLY if event.despatch_is_open else _H.CLOSE_WANTED
    if isinstance(event, RequestEnded):
        return _ended(account, event, policy)
    return _FIXED[type(event)]


def _ended(account: Account, event: RequestEnded, policy: Policy) -> Happening:
    if event.envelope != account.request:
        return _H.OTHER_REQUEST
    if event.stage is EnvelopeStage.COMPLETED:
        return _H.DONE
    status = get(event.code)
    passes = event.stage is not EnvelopeStage.DISPUTED and status is not None and not status.permanent
    return _H.MAY_PASS if passes and account.tries <= policy.repacks else _H.FAILED
