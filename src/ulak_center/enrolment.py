"""Accounts opened and closed by USERENVELOPEs that passed.

Source: Özel Entegrasyon Kılavuzu V1.13, 2.2, 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from ulak.envelope import Account, Action, Kind, read_account
from ulak.envelope.accounts import service_of
from ulak_center.registry import Accounts
from ulak_center.values import Judgement, Unit, Use

__all__ = ["apply_accounts"]

_USES: Final = {"usergb": Use.INVOICE, "edespatch": Use.DESPATCH}
"""Services whose accounts are aliases; all others are noted only."""
_PUBLIC: Final = frozenset({Kind.PUBLIC, Kind.VUK507_PUBLIC})
_BY_INTEGRATOR: Final = "OZELENTEGRASYON"
_BY_PORTAL: Final = "GIBPORTAL"


def apply_accounts(registry: Accounts, judgement: Judgement, now: datetime) -> None:
    """Open or close what the documents of a USERENVELOPE ask for; within a step of the store."""
    for document in judgement.documents:
        account = read_account(document.data)
        if account.action is Action.OPEN:
            _open(registry, account, now)
        else:
            _close(registry, account, now)


def _open(registry: Accounts, account: Account, now: datetime) -> None:
    service, customer = service_of(account.option), account.customer
    kind = "KAMU" if dict(service.options)[account.option] in _PUBLIC else "OZEL"
    title = customer.title or " ".join(filter(None, (customer.given, customer.middle, customer.family)))
    registry.put_account(customer.number, title, kind=kind, method=_BY_INTEGRATOR, at=now)
    registry.open_service(customer.number, service.alias, account.integrator, account.option, now)
    use = _USES.get(service.alias)
    if use is not None:
        registry.open_units(list(_units(registry, account, use, now)))


def _units(registry: Accounts, account: Account, use: Use, now: datetime) -> Iterator[Unit]:
    """The aliases that are named; under VUK 507 none need be, and those that the integrator opened before are meant."""
    number, integrator = account.customer.number, account.integrator
    named = [(unit.role, unit.alias) for unit in account.units if unit.role is not None and unit.alias]
    before = [
        (unit.role, unit.alias)
        for unit in registry.units(number)
        if unit.operator == integrator and unit.deleted is None
    ]
    for role, alias in dict.fromkeys(named or before):
        yield Unit(number, alias, role, use, integrator, now)


def _close(registry: Accounts, account: Account, now: datetime) -> None:
    """Close the aliases that are named, or all that this integrator has; the last one ends the service."""
    service, number = service_of(account.option), account.customer.number
    use = _USES.get(service.alias)
    mine = [
        unit
        for unit in registry.units(number)
        if unit.operator == account.integrator and unit.use is use and unit.deleted is None
    ]
    named = {(unit.role, unit.alias) for unit in account.units if unit.alias}
    closing = [unit for unit in mine if not named or (unit.role, unit.alias) in named]
    for unit in closing:
        registry.close_units(number, unit.alias, (unit.use,), now, unit.role)
    if len(closing) == len(mine):
        registry.close_service(number, service.alias, account.integrator, now)
    if not registry.services(number):
        # GİB opens the portal again by itself for whom no integrator serves (ÖEK 2.2).
        known = registry.account(number)
        if known is not None:
            registry.put_account(number, known.title, kind=known.kind, method=_BY_PORTAL, at=now)
