"""What GİB is asked for: the user-account message of a taxpayer, and the envelope that carries it.

Sources: Özel Entegrasyon Kılavuzu V1.13, 5.1–5.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID

from django.conf import settings

from ulak.envelope import (
    Account,
    Action,
    Customer,
    ElementType,
    Kind,
    Party,
    Role,
    Unit,
    user_header,
    write_account,
)
from ulak.envelope.accounts import is_vuk507, options
from ulak.lifecycle.envelopes import EnvelopeKind
from ulak.uuids import new_uuid
from ulak_server import clock
from ulak_server.exchange.accounts.problems import problem
from ulak_server.exchange.outbound.messages import add_envelope
from ulak_server.exchange.rooms import ENVELOPES, Row
from ulak_server.exchange.shell import Shell
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import Request, Taxpayer

__all__ = ["ALIASES", "message", "option_of", "send"]

ALIASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "einvoice": "usergb",
        "edespatch": "edespatch",
        "earchive": "earchive",
        "esevoucher": "esevoucher",
        "epreceipt": "epreceipt",
        "erreceipt": "erreceipt",
    }
)
"""The alias at GİB that accounts of a service are opened and closed through (ÖEK 5.1; Schematron 20260701)."""
_ACTIONS: Final[Mapping[str, Action]] = MappingProxyType(
    {"open": Action.OPEN, "add": Action.OPEN, "close": Action.CLOSE}
)
_ELEMENTS: Final[Mapping[str, ElementType]] = MappingProxyType(
    {
        "open": ElementType.PROCESS_USER_ACCOUNT,
        "add": ElementType.PROCESS_USER_ACCOUNT,
        "close": ElementType.CANCEL_USER_ACCOUNT,
    }
)


def option_of(service: str, kind: str) -> str:
    """GİB's ``UserOptionCode`` for whose account it is: ``private``, ``public``, ``vuk507_private`` …

    Raises:
        AccountError: ``account.kind``.
    """
    if kind not in list(Kind):
        raise problem("account.kind", where="/kind", kind=kind[:40], kinds=", ".join(Kind))
    return options(ALIASES[service], Kind(kind))[0]


def message(taxpayer: Taxpayer, service: str, action: str, option: str, alias: Unit | None = None) -> bytes:
    """The message without seals.

    Args:
        alias: the one that is to be added; without it, all that the taxpayer has for the service.

    Raises:
        AccountError: ``account.aliases-missing``, ``account.no-integrator``.
        EnvelopeError: ``envelope.account-*``: what GİB would refuse.
    """
    units = (alias,) if alias else _units(taxpayer, service, option)
    customer = Customer(taxpayer.number, taxpayer.title, given=taxpayer.first_name, family=taxpayer.family_name)
    number = settings.ENVIRONMENT["ULAK_INTEGRATOR_NUMBER"]
    if not number:
        raise problem("account.no-integrator")
    asked = Account(_ACTIONS[action], number, customer, option, units, clock.now())
    return write_account(asked, ALIASES[service])


def _units(taxpayer: Taxpayer, service: str, option: str) -> tuple[Unit, ...]:
    if not taxpayers.service_of(service).has_aliases:
        return ()
    there = taxpayers.aliases(taxpayer.id, service)
    if {one.role for one in there} != {"GB", "PK"} and not is_vuk507(option):
        raise problem("account.aliases-missing")
    return tuple(Unit(Role(one.role), one.name) for one in there)


def send(shell: Shell, account: Row, request: Request) -> UUID:
    """Put a sealed request into an envelope and hand that to the road."""
    number = settings.ENVIRONMENT["ULAK_INTEGRATOR_NUMBER"]
    id, element = new_uuid(), _ELEMENTS[request.action]
    header = user_header(ALIASES[account["service"]], Party("", number), id=str(id), created=shell.now)
    header = header._replace(receiver=header.receiver._replace(title=""))
    facts = {"taxpayer_id": account["taxpayer_id"], "about_account": account.key}
    row = add_envelope(shell, EnvelopeKind.USER, header, element, bytes(request.document), **facts)
    shell.tell(ENVELOPES, row, "envelope.packed")
    return id
