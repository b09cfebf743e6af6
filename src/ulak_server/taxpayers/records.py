"""Who a taxpayer is: taken on, changed, found; and the contract with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, transaction

from ulak.codes import identifiers
from ulak.errors import UlakError
from ulak.ubl.forms.decode import decode
from ulak.ubl.forms.party import Party
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.taxpayers.models import Taxpayer
from ulak_server.taxpayers.problems import problem

__all__ = [
    "NewTaxpayer",
    "by_number",
    "change",
    "contract_on",
    "create",
    "end_contract",
    "number_of",
    "of",
    "party",
    "today",
    "told_of_new",
]

_FIXED: Final = frozenset({"tax_id", "name", "first_name", "family_name"})
_TOLD: Final[list[Callable[[int], None]]] = []


class NewTaxpayer(NamedTuple):
    """A taxpayer to be taken on.

    Attributes:
        number: VKN or TCKN.
        details: see `ulak_server.taxpayers.models.Taxpayer`.
        contract_until: its last day; None: open.
    """

    number: str
    title: str = ""
    first_name: str = ""
    family_name: str = ""
    details: Mapping[str, Any] = MappingProxyType({})
    contract_from: date | None = None
    contract_until: date | None = None


def of(taxpayer: int) -> Taxpayer:
    """A taxpayer in scope.

    Raises:
        UnknownTaxpayer: ``taxpayer.unknown``.
    """
    found = Taxpayer.objects.filter(id=taxpayer).first()
    if found is None:
        raise problem("taxpayer.unknown")
    return found


def by_number(number: str) -> Taxpayer:
    """A taxpayer in scope by VKN or TCKN.

    Raises:
        UnknownTaxpayer: ``taxpayer.unknown``.
    """
    found = Taxpayer.objects.filter(number=number).first()
    if found is None:
        raise problem("taxpayer.unknown")
    return found


def number_of(value: str) -> str:
    """A VKN or TCKN with right check digits, without blanks.

    Raises:
        TaxpayerError: ``taxpayer.number``.
    """
    for identifier in (identifiers.vkn, identifiers.tckn):
        compact = identifier.compact(value)
        if identifier.is_valid(compact):
            return compact
    raise problem("taxpayer.number", where="/number", number=value[:20])


def create(new: NewTaxpayer, *, actor: str = "", origin: str = "") -> Taxpayer:
    """Take a taxpayer on, in the scope of an operator or a worker. Accounts, aliases and series come later.

    Raises:
        TaxpayerError: ``taxpayer.number``, ``taxpayer.name``, ``taxpayer.details``, ``taxpayer.contract-days``,
            ``taxpayer.known``.
    """
    number = number_of(new.number)
    made = Taxpayer(number=number, contract_from=new.contract_from or today(), contract_until=new.contract_until)
    _name(made, new.title, new.first_name, new.family_name)
    made.details = _details(new.details)
    _check_contract(made)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise problem("taxpayer.known", where="/number", number=number) from None
    _tell("taxpayer.taken-on", made, actor, origin)
    for tell in _TOLD:
        tell(made.id)
    return made


def told_of_new(tell: Callable[[int], None]) -> None:
    """Tell a room above this one of taxpayers who are taken on, in the transaction in which they are."""
    if tell not in _TOLD:
        _TOLD.append(tell)


def change(
    taxpayer: int,
    *,
    title: str | None = None,
    first_name: str | None = None,
    family_name: str | None = None,
    details: Mapping[str, Any] | None = None,
    actor: str = "",
    origin: str = "",
) -> Taxpayer:
    """Change who a taxpayer is; what is None stays.

    Raises:
        TaxpayerError: ``taxpayer.unknown``, ``taxpayer.name``, ``taxpayer.details``.
    """
    found = of(taxpayer)
    _name(
        found,
        found.title if title is None else title,
        found.first_name if first_name is None else first_name,
        found.family_name if family_name is None else family_name,
    )
    if details is not None:
        found.details = _details(details)
    found.save(update_fields=["title", "first_name", "family_name", "details"])
    _tell("taxpayer.changed", found, actor, origin)
    return found


def end_contract(taxpayer: int, until: date | None, *, actor: str = "", origin: str = "") -> Taxpayer:
    """Say which day is the contract's last; None: it goes on. Accounts are closed at GİB on the day after.

    Raises:
        TaxpayerError: ``taxpayer.unknown``, ``taxpayer.contract-days``.
    """
    found = of(taxpayer)
    found.contract_until = until
    _check_contract(found)
    found.save(update_fields=["contract_until"])
    _tell("taxpayer.contract", found, actor, origin, until=until.isoformat() if until else None)
    return found


def contract_on(taxpayer: Taxpayer, day: date) -> bool:
    """Whether there is a contract on a day."""
    return taxpayer.contract_from <= day and (taxpayer.contract_until is None or day <= taxpayer.contract_until)


def party(taxpayer: Taxpayer) -> dict[str, Any]:
    """The taxpayer as a party in the friendly JSON."""
    names = {"name": taxpayer.title}
    if len(taxpayer.number) == 11:
        names = {"first_name": taxpayer.first_name, "family_name": taxpayer.family_name}
    return {"tax_id": taxpayer.number, **names, **taxpayer.details}


def today() -> date:
    """The business day."""
    return clock.today()


def _name(taxpayer: Taxpayer, title: str, first: str, family: str) -> None:
    title, first, family = (" ".join(word.split()) for word in (title, first, family))
    if not (title if len(taxpayer.number) == 10 else first and family):
        raise problem("taxpayer.name")
    taxpayer.title, taxpayer.first_name, taxpayer.family_name = title or f"{first} {family}", first, family


def _details(details: Mapping[str, Any]) -> dict[str, Any]:
    for name in _FIXED & details.keys():
        raise problem("taxpayer.details-fixed", where=f"/details/{name}", name=name)
    try:
        decode(Party, dict(details))
    except UlakError as error:
        raise problem("taxpayer.details", where=f"/details{error.where}", detail=error.text) from None
    return dict(details)


def _check_contract(taxpayer: Taxpayer) -> None:
    if taxpayer.contract_until is not None and taxpayer.contract_until < taxpayer.contract_from:
        raise problem("taxpayer.contract-days", where="/contract_until")


def _tell(what: str, taxpayer: Taxpayer, actor: str, origin: str, **facts: Any) -> None:
    audit.record([Entry(what, clock.now(), taxpayer.id, actor=actor, origin=origin, facts=facts)])
