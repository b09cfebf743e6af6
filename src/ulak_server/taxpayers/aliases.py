"""Aliases (etiket): under which a taxpayer sends and receives."""

from __future__ import annotations

from typing import Any, Final

from ulak.envelope.accounts import alias_fault
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.taxpayers.accounts import account
from ulak_server.taxpayers.models import Alias, Service
from ulak_server.taxpayers.problems import problem
from ulak_server.taxpayers.records import of

__all__ = [
    "add_alias",
    "aliases",
    "check_alias",
    "choose_alias",
    "close_alias",
    "close_aliases",
    "make_alias_default",
    "service_of",
    "take_alias",
]

_ROLES: Final = ("GB", "PK")
_SETTLED: Final = frozenset({"opening", "active", "adding", "closing", "not-closed"})
"""Stages of an account in which GİB knows its aliases, or is being told."""


def aliases(taxpayer: int, service: str | None = None, role: str | None = None, *, closed: bool = False) -> list[Alias]:
    """A taxpayer's aliases, the default ones first.

    Args:
        closed: whether those that were closed are wanted too.
    """
    found = Alias.objects.filter(taxpayer_id=taxpayer)
    if service is not None:
        found = found.filter(service=service)
    if role is not None:
        found = found.filter(role=role)
    if not closed:
        found = found.filter(closed_at=None)
    return list(found.order_by("service", "role", "-is_default", "id"))


def choose_alias(taxpayer: int, service: str, role: str, name: str = "") -> str:
    """The alias that is used: the named one, else the default, else the only one.

    Raises:
        TaxpayerError: ``taxpayer.alias-unknown``, ``taxpayer.alias-several``.
    """
    there = aliases(taxpayer, service, role)
    if name:
        if name not in {one.name for one in there}:
            raise problem("taxpayer.alias-unknown", name=name[:250])
        return name
    if not there:
        raise problem("taxpayer.alias-unknown", name=role)
    if not there[0].is_default and len(there) > 1:
        raise problem("taxpayer.alias-several", role=role)
    return there[0].name


def add_alias(
    taxpayer: int, service: str, role: str, name: str, *, is_default: bool = False, actor: str = "", origin: str = ""
) -> Alias:
    """A new alias; GİB is told of it when the account is opened. The first of its role becomes the default.

    Raises:
        TaxpayerError: ``taxpayer.service``, ``taxpayer.alias-none``, ``taxpayer.alias-role``, ``taxpayer.alias-form``,
            ``taxpayer.alias-known``, ``taxpayer.alias-fixed``.
    """
    check_alias(taxpayer, service, role, name)
    _not_settled(taxpayer, service)
    return take_alias(taxpayer, service, role, name, is_default=is_default, actor=actor, origin=origin)


def check_alias(taxpayer: int, service: str, role: str, name: str) -> None:
    """Let only an alias pass that the taxpayer could have and has not.

    Raises:
        TaxpayerError: ``taxpayer.service``, ``taxpayer.alias-none``, ``taxpayer.alias-role``, ``taxpayer.alias-form``,
            ``taxpayer.alias-known``.
    """
    if not service_of(service).has_aliases:
        raise problem("taxpayer.alias-none", where="/service", service=service)
    of(taxpayer)
    if role not in _ROLES:
        raise problem("taxpayer.alias-role", where="/role", role=role[:10])
    if fault := alias_fault(name):
        raise problem("taxpayer.alias-form", where="/name", name=name[:250], detail=fault.text)
    if any(one.name == name for one in aliases(taxpayer, service, role)):
        raise problem("taxpayer.alias-known", where="/name", name=name)


def take_alias(
    taxpayer: int, service: str, role: str, name: str, *, is_default: bool = False, actor: str = "", origin: str = ""
) -> Alias:
    """An alias that GİB knows, or is to be told of with the account. The first of its role becomes the default."""
    there = aliases(taxpayer, service, role, closed=True)
    known = next((one for one in there if one.name == name), None)
    first = all(one.closed_at for one in there)
    made = known or Alias(taxpayer_id=taxpayer, service=service, role=role, name=name)
    made.closed_at, made.is_default = None, False
    made.save()
    _tell("alias.added", made, actor, origin)
    return make_alias_default(taxpayer, made.id) if is_default or first else made


def make_alias_default(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> Alias:
    """Take this alias where nobody names one of its service and role.

    Raises:
        UnknownTaxpayer: ``taxpayer.alias-unknown``.
    """
    chosen = _open(taxpayer, id)
    same = Alias.objects.filter(taxpayer_id=taxpayer, service=chosen.service, role=chosen.role)
    same.exclude(id=id).update(is_default=False)
    chosen.is_default = True
    chosen.save(update_fields=["is_default"])
    _tell("alias.default", chosen, actor, origin)
    return chosen


def close_alias(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> None:
    """Let an alias go that GİB does not know.

    Raises:
        TaxpayerError: ``taxpayer.alias-unknown``, ``taxpayer.alias-fixed``.
    """
    chosen = _open(taxpayer, id)
    _not_settled(taxpayer, chosen.service)
    chosen.closed_at, chosen.is_default = clock.now(), False
    chosen.save(update_fields=["closed_at", "is_default"])
    _tell("alias.closed", chosen, actor, origin)


def close_aliases(taxpayer: int, service: str) -> None:
    """Close all of a service's: its account was closed at GİB."""
    Alias.objects.filter(taxpayer_id=taxpayer, service=service, closed_at=None).update(
        closed_at=clock.now(), is_default=False
    )


def service_of(value: str) -> Service:
    """The service of that name.

    Raises:
        TaxpayerError: ``taxpayer.service``.
    """
    if value not in Service.values:
        raise problem("taxpayer.service", where="/service", service=value[:40], services=", ".join(Service.values))
    return Service(value)


def _not_settled(taxpayer: int, service: str) -> None:
    found = account(taxpayer, service)
    if found is not None and found.stage in _SETTLED:
        raise problem("taxpayer.alias-fixed", service=service)


def _open(taxpayer: int, id: int) -> Alias:
    found = Alias.objects.filter(taxpayer_id=taxpayer, id=id, closed_at=None).first()
    if found is None:
        raise problem("taxpayer.alias-unknown", name=id)
    return found


def _tell(what: str, alias: Alias, actor: str, origin: str) -> None:
    facts: dict[str, Any] = {"service": alias.service, "role": alias.role, "alias": alias.name}
    audit.record([Entry(what, clock.now(), alias.taxpayer_id, actor=actor, origin=origin, facts=facts)])
