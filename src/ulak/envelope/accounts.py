"""User accounts: which customer of an integrator is opened or closed at GİB, for which service, with which aliases.

Sources: Özel Entegrasyon Kılavuzu V1.13, 4 and 5; Schematron 20260701, ``UserAccountCheck``, ``UserAccountCountCheck``;
GİB's samples 4, 5, 8 and 9 (e-Fatura package 20260312).

>>> service_of("2").alias, service_of("2").label.en, service_of("2").role
('usergb', 'e-Fatura', <Demand.REQUIRED: 'required'>)
>>> options("erevenue", Kind.PRIVATE)
('112', '122')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Final

from ulak.codes import code_list
from ulak.envelope.account_values import Account, Action, Customer, Demand, Kind, Role, Service, Unit
from ulak.envelope.problems import EnvelopeError, error
from ulak.envelope.values import GIB, EnvelopeType, Header, Party
from ulak.errors import Text

__all__ = [
    "Account",
    "Action",
    "Customer",
    "Demand",
    "Kind",
    "Role",
    "Service",
    "Unit",
    "account_faults",
    "alias_fault",
    "is_vuk507",
    "options",
    "service_of",
    "services",
    "user_header",
]

LONGEST_ALIAS: Final = 250
"""Characters of an alias (``UserAccountCheck``)."""
_ALIAS: Final = re.compile(r"urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:([A-Za-z0-9()+,\-.:=@;$_!*]|%[0-9A-Fa-f]{2})+")
_NUMBER: Final = re.compile(r"\d{10,11}", re.ASCII)
_RESERVED: Final = Text("ayrılmış bir sözcük", "a reserved word")
_TOO_LONG: Final = Text("{length} karakter", "it has {length} characters")
_NO_URN: Final = Text("urn:ad:değer biçiminde değil", "it is not of the form urn:name:value")


@cache
def services() -> tuple[Service, ...]:
    """Every service, in the order of GİB's list of aliases."""
    kinds: dict[str, list[tuple[str, Kind]]] = {}
    for row in code_list("user_options").rows:
        kinds.setdefault(row.extra["alias"], []).append((row.code, Kind(row.extra["kind"])))
    return tuple(
        Service(
            row.code,
            row.label,
            Demand(row.extra["role"]),
            Demand(row.extra["scope"]),
            row.extra["units"] == "many",
            tuple(kinds[row.code]),
        )
        for row in code_list("service_aliases").rows
        if row.extra["sender"] == "yes"
    )


@cache
def _by_option() -> dict[str, tuple[Service, Kind]]:
    return {option: (service, kind) for service in services() for option, kind in service.options}


def service_of(value: str) -> Service:
    """The service of a ``UserOptionCode`` or of a service alias.

    Raises:
        EnvelopeError: ``envelope.account-service`` if it is neither.
    """
    for service in services():
        if value == service.alias or value in dict(service.options):
            return service
    raise error("envelope.account-service", value=value[:100])


def options(alias: str, kind: Kind) -> tuple[str, ...]:
    """The ``UserOptionCode`` of a service for whose account it is; mali rapor has two, for old and new devices.

    Raises:
        EnvelopeError: ``envelope.account-service``.
    """
    return tuple(option for option, each in service_of(alias).options if each is kind)


def is_vuk507(option: str) -> bool:
    """Whether an option is one of VUK 507: neither alias nor the customer's seal is needed."""
    found = _by_option().get(option)
    return found is not None and found[1] in (Kind.VUK507_PUBLIC, Kind.VUK507_PRIVATE)


def user_header(service: str, integrator: Party, *, id: str, created: datetime) -> Header:
    """The header of a USERENVELOPE: from the service's alias with the integrator's number, to GİB (ÖEK 5.1).

    Args:
        service: the service's alias, e.g. ``usergb``.
        integrator: of which only number and title count.

    Raises:
        EnvelopeError: ``envelope.account-service``.
    """
    sender = Party(service_of(service).alias, integrator.number, integrator.title)
    return Header(EnvelopeType.USER, id, sender, GIB, created)


def alias_fault(alias: str, where: str = "") -> EnvelopeError | None:
    """Why a customer cannot have that alias; None if they can.

    >>> alias_fault("urn:mail:defaultgb@ardic.example")
    >>> alias_fault("usergb").text.en
    '“usergb” cannot be an alias (a reserved word)'
    """
    if alias in _reserved():
        detail = _RESERVED
    elif len(alias) > LONGEST_ALIAS:
        detail = _TOO_LONG.format(length=len(alias))
    elif not _ALIAS.fullmatch(alias):
        detail = _NO_URN
    else:
        return None
    return error("envelope.account-alias", where=where, value=alias[:LONGEST_ALIAS], detail=detail)


@cache
def _reserved() -> frozenset[str]:
    rows = code_list("service_aliases").rows
    return frozenset(row.code for row in rows if row.extra["reserved"] == "yes")


def account_faults(account: Account, service: str = "") -> list[EnvelopeError]:
    """What GİB would refuse a message for, as ``UserAccountCheck`` and the guide say.

    Args:
        service: the alias that the message is sent from; without it the option tells the service.
    """
    try:
        asked = service_of(service or account.option)
    except EnvelopeError as fault:
        return [fault]
    return [
        *_number_faults("LogicalID", account.integrator),
        *_customer_faults(account.customer),
        *_option_faults(account, asked),
        *_unit_faults(account, asked),
    ]


def _number_faults(name: str, number: str) -> Iterator[EnvelopeError]:
    if not _NUMBER.fullmatch(number):
        yield error("envelope.account-number", name=name, number=number[:100])


def _customer_faults(customer: Customer) -> Iterator[EnvelopeError]:
    yield from _number_faults("UserID", customer.number)
    if len(customer.number) == 10:
        needed = {"FormattedName": customer.title}
    else:
        needed = {"GivenName": customer.given, "FamilyName": customer.family}
    for name, value in needed.items():
        if not value.strip():
            yield error("envelope.account-name", name=name, number=customer.number[:100])


def _option_faults(account: Account, service: Service) -> Iterator[EnvelopeError]:
    if account.option not in dict(service.options):
        yield error("envelope.account-option", value=account.option[:100], service=service.alias)
    if len(account.units) > 1 and not service.several:
        yield error("envelope.account-count", service=service.alias, count=len(account.units))


def _unit_faults(account: Account, service: Service) -> Iterator[EnvelopeError]:
    free = is_vuk507(account.option)
    for number, unit in enumerate(account.units or (Unit(),), start=1):
        where = f"UserAccount[{number}]"
        yield from _demanded(service, service.role, "UserRole", unit.role is not None, free, where)
        yield from _demanded(service, service.scope, "AuthorizedWorkScope", bool(unit.alias), free, where)
        fault = alias_fault(unit.alias, where) if unit.alias else None
        if fault:
            yield fault
    named = [(unit.role, unit.alias) for unit in account.units]
    for role, alias in dict.fromkeys(pair for pair in named if named.count(pair) > 1):
        yield error("envelope.account-twice", value=f"{role or ''} {alias[:LONGEST_ALIAS]}".strip())


def _demanded(
    service: Service, demand: Demand, name: str, stated: bool, free: bool, where: str
) -> Iterator[EnvelopeError]:
    if demand is Demand.REQUIRED and not (stated or free):
        yield error("envelope.account-unit", where=where, service=service.alias, name=name)
    if demand is Demand.FORBIDDEN and stated:
        yield error("envelope.account-no-unit", where=where, service=service.alias, name=name)
