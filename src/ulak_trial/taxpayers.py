"""The taxpayers of the plan as the platform's own, and documents handed in for them as an ERP would."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from typing import Final

from ulak.envelope import Party
from ulak.lifecycle import accounts
from ulak_center.plan.candidate import AccountChange
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.intake import Options
from ulak_server.documents.models import Document
from ulak_server.documents.taking import take_in
from ulak_server.exchange import answers, records
from ulak_server.exchange.law import policy
from ulak_server.taxpayers.models import Account, Alias, Taxpayer
from ulak_server.userlist.syncing import Name, sync

__all__ = ["Taxpayers", "answer"]

_SERVICES: Final = {"usergb": "einvoice", "edespatch": "edespatch"}
"""The platform's words for the services that accounts are opened for."""
_PATIENCE: Final = 30.0
_LOOK: Final = 0.3


class Taxpayers:
    """Who is served.

    Args:
        user, mailbox: the integration user, a taxpayer like others, at its sender unit and at its mailbox.
    """

    def __init__(self, user: Party, mailbox: Party) -> None:
        self._is_listed = False
        for service in _SERVICES.values():
            _open(user, service, (("GB", user.alias), ("PK", mailbox.alias)))

    def note(self, service: str, changes: Sequence[AccountChange], *, opens: bool) -> None:
        """Take over what an operator has GİB open or close."""
        for change in changes:
            units = [(str(role.value), alias) for role, alias in change.units]
            party = Party("", change.customer.number, change.customer.title)
            if opens:
                _open(party, _SERVICES[service], units)
            else:
                _close(party, _SERVICES[service], units)

    def hand_in(self, sender: Party, receiver: Party, documents: Sequence[bytes]) -> list[int]:
        """Documents of one sender to one receiver, at once; their ids."""
        if not self._is_listed:
            _read_lists()
            self._is_listed = True
        options = Options(alias=receiver.alias, sender_alias=sender.alias, priority=True)
        taxpayer = _id_of(sender.number)
        return [take_in(taxpayer, one, "ubl", options, policy=policy(), actor="trial").id for one in documents]


def answer(ettn: str, code: str, reason: str) -> int:
    """Answer a commercial invoice that came in; the id of the answer's document."""
    with scoped(Role.PIPELINE):
        id, taxpayer = Document.objects.filter(ettn=ettn, direction=2).values_list("id", "taxpayer_id").get()
    return answers.answer(taxpayer, id, code, reason, actor="trial")


def _read_lists() -> None:
    """Read GİB's lists, which may be about to be published for the first time."""
    until = time.monotonic() + _PATIENCE
    for name in (Name.GB, Name.PK):
        while sync(name).outcome != "taken" and time.monotonic() < until:
            time.sleep(_LOOK)


def _open(party: Party, service: str, units: Sequence[tuple[str, str]]) -> None:
    with scoped(Role.PIPELINE):
        number, title = party.number, party.title
        made = Taxpayer.objects.filter(number=number).only("id").first()
        if made is None:
            made = Taxpayer(number=number, title=title, contract_from=date(2026, 1, 1))
            made.save(force_insert=True)
        if not Account.objects.filter(taxpayer=made.id, service=service).exists():
            record = accounts.contracted(clock.now(), seed=1, remind_at=clock.now())
            active = record._replace(stage=accounts.Stage.ACTIVE)
            kept = {"stage": "active", "wake_at": None, "road": records.write(active)}
            Account(taxpayer_id=made.id, service=service, **kept).save(force_insert=True)
        for role, name in units:
            Alias(taxpayer_id=made.id, service=service, role=role, name=name).save(force_insert=True)


def _close(party: Party, service: str, units: Sequence[tuple[str, str]]) -> None:
    with scoped(Role.PIPELINE):
        names = [name for _, name in units]
        found = Alias.objects.filter(taxpayer_id=_id(party.number), service=service, name__in=names)
        found.update(closed_at=clock.now())


def _id_of(number: str) -> int:
    with scoped(Role.PIPELINE):
        return _id(number)


def _id(number: str) -> int:
    return int(Taxpayer.objects.filter(number=number).values_list("id", flat=True).get())
