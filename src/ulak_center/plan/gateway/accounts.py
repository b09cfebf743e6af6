"""User-account messages: written, sealed by the integrator and counter-sealed by the customer.

Source: Özel Entegrasyon Kılavuzu V1.13, 5.2 and 5.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ulak.envelope.account_writing import write_account
from ulak.envelope.accounts import Account, Action, Customer, Kind, Role, Unit, options
from ulak.seal.counter import counter_seal
from ulak.seal.sealing import seal
from ulak_center.plan.candidate import AccountChange, Taxpayer
from ulak_center.plan.gateway.keys import Keys

__all__ = ["account_documents"]


def account_documents(
    service: str, changes: Sequence[AccountChange], keys: Keys, *, opens: bool, now: datetime
) -> list[bytes]:
    """One sealed document for each customer."""
    action = Action.OPEN if opens else Action.CLOSE
    (option, *_) = options(service, Kind.PRIVATE)
    documents = []
    for change in changes:
        units = tuple(Unit(Role(role.value), alias) for role, alias in change.units)
        account = Account(action, keys.integrator.number, _customer(change.customer), option, units, now)
        by_integrator = seal(write_account(account, service), keys.of(keys.integrator.number), at=now)
        documents.append(counter_seal(by_integrator, keys.of(change.customer.number), at=now))
    return documents


def _customer(taxpayer: Taxpayer) -> Customer:
    if len(taxpayer.number) == 10:
        return Customer(taxpayer.number, taxpayer.title)
    given, _, family = taxpayer.title.rpartition(" ")
    return Customer(taxpayer.number, taxpayer.title, given or family, "", family)
