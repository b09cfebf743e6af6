"""Whether a user-account message of an integrator's is carried out.

Source: Özel Entegrasyon Kılavuzu V1.13, 4 (an alias belongs to one integrator and has one role), 5.2 and 5.3 (seals of
both, VUK 507, the order of closing).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from ulak.envelope import Account, Action, EnvelopeError, Header, Role, read_account
from ulak.envelope.accounts import Service, account_faults, is_vuk507, service_of
from ulak.errors import Text, UlakError
from ulak_center.judging.looking import Looked
from ulak_center.judging.problems import Refused, refused
from ulak_center.judging.reading import said_by
from ulak_center.values import Registry, Unit, Use

__all__ = ["refuse_accounts"]

_USES: Final = {"usergb": Use.INVOICE, "edespatch": Use.DESPATCH}
"""Services whose accounts are aliases."""
_NO_COUNTER: Final = Text("müşterinin seri imzası yok", "there is no counter-seal of the customer")
_OTHER_COUNTER: Final = Text("seri imza {found} adına", "the counter-seal is that of {found}")
_OTHER_SIGNER: Final = Text("mühür entegratörün değil, {found} adına", "the seal is that of {found}, not the sender's")
_ELSEWHERE: Final = Text("“{alias}” etiketi başka yerde açık", "the alias “{alias}” is open elsewhere")
_OTHER_ROLE: Final = Text("“{alias}” etiketi öbür rolle açık", "the alias “{alias}” is open in the other role")
_BOTH_ROLES: Final = Text(
    "“{alias}” etiketi iki rolle birden isteniyor", "both roles are asked for the alias “{alias}”"
)
_NO_ALIAS: Final = Text(
    "bu entegratörün daha önce açtığı etiket yok; etiket verilmelidir",
    "this integrator has opened no alias before, so one must be given",
)
_NOT_OPEN: Final = Text(
    "{role} “{alias}” bu entegratörde açık değil", "{role} “{alias}” is not open at this integrator"
)
_NO_ACCOUNT: Final = Text(
    "müşterinin bu entegratörde açık {service} hesabı yok", "the customer has no {service} account at this integrator"
)
_DESPATCH_FIRST: Final = Text(
    "“{alias}” e-İrsaliye için de açık; önce o kapatılır", "“{alias}” is open for e-İrsaliye, which is closed first"
)


def refuse_accounts(looked: Sequence[Looked], header: Header, registry: Registry, at: datetime) -> None:
    """See that all messages can be carried out, 1182 before 1183.

    Raises:
        Refused: ``judge.account-open``, ``judge.account-close``.
    """
    faults = [fault for one in looked for fault in _faults(one, header, registry, at)]
    if faults:
        raise min(faults, key=lambda fault: fault.status)


def _faults(one: Looked, header: Header, registry: Registry, at: datetime) -> Iterator[Refused]:
    is_open = one.document.root.endswith("}" + Action.OPEN)
    code = "judge.account-open" if is_open else "judge.account-close"
    for detail in _details(one, header, registry, at):
        yield refused(code, document=one.label, customer=one.noted.filed.number[:20] or "?", detail=detail)


def _details(one: Looked, header: Header, registry: Registry, at: datetime) -> Iterator[Text]:
    try:
        account = read_account(one.document.data)
        service = service_of(header.sender.alias)
    except EnvelopeError as fault:
        yield said_by(fault)
        return
    yield from map(said_by, account_faults(account, header.sender.alias))
    yield from _seal_details(one, account)
    if account.action is Action.OPEN:
        yield from _opening_details(account, service, registry, at)
    else:
        yield from _closing_details(account, service, registry, at)


def _seal_details(one: Looked, account: Account) -> Iterator[Text]:
    signers = one.signers
    if isinstance(signers, UlakError):
        yield signers.text
        return
    if signers.signer != account.integrator:
        yield _OTHER_SIGNER.format(found=signers.signer or "–")
    strangers = [number for number in signers.counters if number != account.customer.number]
    if strangers:
        yield _OTHER_COUNTER.format(found=", ".join(strangers[:3]))
    elif not signers.counters and not (is_vuk507(account.option) or account.customer.number == account.integrator):
        yield _NO_COUNTER


def _opening_details(account: Account, service: Service, registry: Registry, at: datetime) -> Iterator[Text]:
    number = account.customer.number
    if service.alias not in _USES:
        return
    aliases = {unit.alias for unit in account.units if unit.alias}
    if not aliases and account.integrator not in registry.operators(number, at):
        yield _NO_ALIAS
    for alias in sorted(aliases):
        asked = {unit.role for unit in account.units if unit.alias == alias and unit.role}
        there = _open_units(number, alias, registry, at)
        if len(asked) > 1:
            yield _BOTH_ROLES.format(alias=alias)
        if any(unit.operator != account.integrator for unit in there):
            yield _ELSEWHERE.format(alias=alias)
        elif any(unit.role not in asked for unit in there):
            yield _OTHER_ROLE.format(alias=alias)


def _closing_details(account: Account, service: Service, registry: Registry, at: datetime) -> Iterator[Text]:
    number, use = account.customer.number, _USES.get(service.alias)
    if registry.services(number).get(service.alias) != account.integrator and use is None:
        yield _no_account(service)
    if use is None:
        return
    named = [unit for unit in account.units if unit.alias]
    if not named and account.integrator not in registry.operators(number, at):
        yield _no_account(service)
    for unit in named:
        there = [
            found for found in _open_units(number, unit.alias, registry, at) if found.operator == account.integrator
        ]
        if not any(found.use is use and unit.role in (None, found.role) for found in there):
            yield _NOT_OPEN.format(role=unit.role or "", alias=unit.alias)
        elif use is Use.INVOICE and any(found.use is Use.DESPATCH for found in there):
            yield _DESPATCH_FIRST.format(alias=unit.alias)


def _no_account(service: Service) -> Text:
    label = service.label
    return Text(_NO_ACCOUNT.tr.format(service=label.tr), _NO_ACCOUNT.en.format(service=label.en))


def _open_units(number: str, alias: str, registry: Registry, at: datetime) -> list[Unit]:
    found = (registry.unit(number, alias, role, use, at) for role in Role for use in Use)
    return [unit for unit in found if unit is not None]
