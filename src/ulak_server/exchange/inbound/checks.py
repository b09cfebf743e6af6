"""The rules in force on the day of receipt, and whose mailbox an alias is."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Final

from django.db.models import Q

from ulak.envelope import EnvelopeType, Party
from ulak.rules import Checker, PackStore, checker_for
from ulak.seal.trust import Trust
from ulak_server.exchange import keys
from ulak_server.exchange.inbound.problems import inbound_error
from ulak_server.taxpayers.models import Alias

__all__ = ["checker_of", "mailbox", "trust"]

_ROLES: Final = {EnvelopeType.SENDER: "PK", EnvelopeType.POSTBOX: "GB"}
"""Of the alias to which an envelope goes (Özel Entegrasyon Kılavuzu V1.13, 4)."""


def checker_of(day: date) -> Checker:
    """The rules of UBL-TR in force on a day.

    Raises:
        PackError: there are none.
    """
    store = _store()
    return checker_for(store.choose("ubl-tr", day).pack, store, advice=False)


@cache
def _store() -> PackStore:
    return PackStore()


def trust() -> Trust:
    """By which seals are verified.

    Raises:
        InboundError: ``inbound.no-trust``.
        TrustFailure: the folder cannot be read, or a file in it.
    """
    found = keys.trust()
    if found is None:
        raise inbound_error("inbound.no-trust")
    return found


def mailbox(receiver: Party, type: EnvelopeType | None, at: datetime) -> int | None:
    """The taxpayer to whom an alias belonged at a moment, in the role in which the envelope addresses it; None if it is
    nobody's here. Runs within a worker's scope."""
    role = _ROLES.get(type) if type is not None else None
    if role is None:
        return None
    theirs = Alias.objects.filter(Q(closed_at=None) | Q(closed_at__gt=at), role=role, taxpayer__number=receiver.number)
    return theirs.filter(name__iexact=receiver.alias.strip()).values_list("taxpayer_id", flat=True).first()
