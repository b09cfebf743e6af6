"""Accounts at GİB: what people want of them.

All verbs work in the caller's transaction and scope, and only write down what is wanted: a worker seals it and hands it
to the road (`ulak_server.exchange.accounts.station`). What GİB's lists say is told by `ulak_server.exchange.lists`.
"""

from __future__ import annotations

import secrets
from typing import Final, NamedTuple

from ulak.envelope import Role, Unit
from ulak.errors import Text
from ulak.lifecycle import accounts as law
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.bell import ring
from ulak_server.exchange import records
from ulak_server.exchange.accounts import counter
from ulak_server.exchange.accounts.problems import AccountError, NoAccount, problem
from ulak_server.exchange.accounts.reporting import unreported
from ulak_server.exchange.accounts.writing import message, option_of
from ulak_server.exchange.law import policy
from ulak_server.taxpayers import services as taxpayers
from ulak_server.taxpayers.models import ENDED, Account, Request, Taxpayer

__all__ = [
    "AccountError",
    "NoAccount",
    "Standing",
    "contract",
    "counter_sealed",
    "standings",
    "to_counter_seal",
    "want_alias",
    "want_closing",
    "want_opening",
    "withdraw_request",
]

_UNDER_WAY: Final = ("wanted", "waiting", "sealed")
_GOES_ON: Final = (law.Stage.OPENING, law.Stage.ACTIVE, law.Stage.ADDING, law.Stage.CLOSING, law.Stage.NOT_CLOSED)
_MAY: Final = {
    "open": (law.Stage.CONTRACTED, law.Stage.NOT_OPENED),
    "add": (law.Stage.ACTIVE,),
    "close": (law.Stage.ACTIVE, law.Stage.NOT_CLOSED),
}
"""What may be asked of GİB in which stage of an account."""


class Standing(NamedTuple):
    """How an account stands.

    Attributes:
        sentence: for a person.
        code: the status that GİB gave last.
        request: the stage of the request that is under way, or of the last one; empty if there was none.
        action: what it asks for: ``open``, ``add`` (an alias) or ``close``.
        error: why the request is where it is, in both languages.
    """

    id: int
    service: str
    stage: law.Stage
    sentence: Text
    code: str
    request: str
    action: str
    error: object


def standings(taxpayer: int) -> list[Standing]:
    """How a taxpayer's accounts stand, newest first; those that ended too."""
    last = {one.account_id: one for one in Request.objects.filter(taxpayer_id=taxpayer).order_by("id")}
    return [_standing(one, last.get(one.id)) for one in taxpayers.accounts(taxpayer)]


def contract(taxpayer: int, service: str, *, actor: str = "", origin: str = "") -> int:
    """Begin an account: there is a contract, and what it needs is gathered. Its id.

    Raises:
        TaxpayerError: ``taxpayer.unknown``, ``taxpayer.service``, ``taxpayer.no-contract``.
        AccountError: ``account.there``.
    """
    name = taxpayers.service_of(service)
    _must_have_contract(taxpayers.of(taxpayer))
    there = taxpayers.account(taxpayer, service)
    if there is not None:
        raise problem("account.there", service=service, sentence=law.Stage(there.stage).sentence)
    now = clock.now()
    record = law.contracted(now, seed=secrets.randbits(31), remind_at=now + policy().remind)
    made = Account(
        taxpayer_id=taxpayer,
        service=name,
        stage=str(record.stage),
        wake_at=record.wake_at,
        road=records.write(record),
    )
    made.save(force_insert=True)
    _tell("account.contracted", made, actor, origin)
    return made.id


def want_opening(taxpayer: int, service: str, kind: str = "private", *, actor: str = "", origin: str = "") -> int:
    """Have GİB open the account, with all aliases that the taxpayer has for the service; the request's id.

    The integrator's seal is put on by a worker; so is the taxpayer's where their own key is known here. Otherwise the
    request waits for it (`to_counter_seal`), unless the account is one of VUK 507.

    Args:
        kind: whose account it is: ``private``, ``public``, ``vuk507_private``, ``vuk507_public``.

    Raises:
        TaxpayerError: as `contract`, which is done if it has not been.
        AccountError: ``account.kind``, ``account.not-now``, ``account.aliases-missing``, ``account.request-there``.
        EnvelopeError: ``envelope.account-*``: what GİB would refuse.
    """
    option = option_of(taxpayers.service_of(service), kind)
    if taxpayers.account(taxpayer, service) is None:
        contract(taxpayer, service, actor=actor, origin=origin)
    whose = taxpayers.of(taxpayer)
    _must_have_contract(whose)
    return _request(whose, _locked(taxpayer, service), "open", option, actor, origin)


def want_alias(taxpayer: int, service: str, role: str, name: str, *, actor: str = "", origin: str = "") -> int:
    """Have GİB add an alias to an open account; the request's id. The alias may be used once GİB has said yes.

    Raises:
        NoAccount: ``account.none``.
        AccountError: ``account.not-now``, ``account.request-there``.
        TaxpayerError: ``taxpayer.service``, ``taxpayer.alias-role``, ``taxpayer.alias-form``, ``taxpayer.alias-known``.
    """
    found = _locked(taxpayer, taxpayers.service_of(service))
    taxpayers.check_alias(taxpayer, service, role, name)
    opened = Request.objects.filter(account=found, action="open").order_by("-id").first()
    option = opened.option if opened else option_of(service, "private")
    return _request(taxpayers.of(taxpayer), found, "add", option, actor, origin, Unit(Role(role), name))


def want_closing(taxpayer: int, service: str, *, actor: str = "", origin: str = "") -> int:
    """Have GİB close the account; the request's id. From GİB's yes on nothing goes out or comes in.

    Raises:
        NoAccount: ``account.none``.
        AccountError: ``account.close-despatch-first``, ``account.reports-first``, ``account.not-now``,
            ``account.request-there``.
    """
    found = _locked(taxpayer, taxpayers.service_of(service))
    if despatch_is_open(taxpayer, service):
        raise problem("account.close-despatch-first")
    if left := unreported(taxpayer, service):
        raise problem("account.reports-first", count=left)
    opened = Request.objects.filter(account=found, action="open").order_by("-id").first()
    option = opened.option if opened else option_of(service, "private")
    return _request(taxpayers.of(taxpayer), found, "close", option, actor, origin)


def despatch_is_open(taxpayer: int, service: str) -> bool:
    """Whether e-İrsaliye goes on while e-Fatura is to be closed (Özel Entegrasyon Kılavuzu V1.13, 5.3)."""
    if service != "einvoice":
        return False
    despatch = taxpayers.account(taxpayer, "edespatch")
    return despatch is not None and law.Stage(despatch.stage) in _GOES_ON


def to_counter_seal(taxpayer: int, service: str) -> bytes:
    """The request that waits for the taxpayer's own seal, with the integrator's on it.

    Raises:
        NoAccount: ``account.none``, ``account.request-none``.
    """
    return bytes(_waiting(taxpayer, service).document)


def counter_sealed(taxpayer: int, service: str, document: bytes, *, actor: str = "", origin: str = "") -> None:
    """Take the request with the taxpayer's seal on it; a worker hands it to the road.

    Raises:
        NoAccount: ``account.none``, ``account.request-none``.
        AccountError: ``account.document-*``, ``account.seal-*``, ``account.no-trust``.
    """
    request = _waiting(taxpayer, service)
    counter.check(document, bytes(request.document), taxpayers.of(taxpayer).number)
    request.document, request.stage, request.error = document, "sealed", None
    request.sealed_at = request.ready_at = clock.now()
    request.save(update_fields=["document", "stage", "error", "sealed_at", "ready_at"])
    _tell("account.counter-sealed", request.account, actor, origin, request=request.id)
    ring()


def withdraw_request(taxpayer: int, service: str, *, actor: str = "", origin: str = "") -> None:
    """Take a request back that has not left yet.

    Raises:
        NoAccount: ``account.none``, ``account.request-none``.
    """
    found = _locked(taxpayer, taxpayers.service_of(service))
    mine = Request.objects.filter(account=found, stage__in=("wanted", "waiting"))
    if not mine.update(stage="withdrawn", ready_at=None):
        raise problem("account.request-none")
    _tell("account.request-withdrawn", found, actor, origin)


def _request(
    taxpayer: Taxpayer,
    account: Account,
    action: str,
    option: str,
    actor: str,
    origin: str,
    alias: Unit | None = None,
) -> int:
    stage = law.Stage(account.stage)
    if stage not in _MAY[action]:
        raise problem("account.not-now", sentence=stage.sentence)
    if Request.objects.filter(account=account, stage__in=_UNDER_WAY).exists():
        raise problem("account.request-there")
    now = clock.now()
    made = Request(
        account=account,
        taxpayer_id=taxpayer.id,
        action=action,
        option=option,
        stage="wanted",
        document=message(taxpayer, account.service, action, option, alias),
        created_at=now,
        ready_at=now,
    )
    made.save(force_insert=True)
    _tell("account.request-wanted", account, actor, origin, action=action, option=option, request=made.id)
    ring()
    return made.id


def _locked(taxpayer: int, service: str) -> Account:
    """The account, locked: of two who want something of it at once, the second finds the first's request."""
    mine = Account.objects.select_for_update().filter(taxpayer_id=taxpayer, service=service)
    found = mine.exclude(stage__in=ENDED).first()
    if found is None:
        raise problem("account.none", service=service)
    return found


def _waiting(taxpayer: int, service: str) -> Request:
    account = _locked(taxpayer, taxpayers.service_of(service))
    found = Request.objects.filter(account=account, stage="waiting").first()
    if found is None:
        raise problem("account.request-none")
    return found


def _must_have_contract(taxpayer: Taxpayer) -> None:
    if not taxpayers.contract_on(taxpayer, taxpayers.today()):
        raise taxpayers.problem("taxpayer.no-contract", day=taxpayers.today().isoformat())


def _standing(account: Account, request: Request | None) -> Standing:
    record = records.read(law.Account, account.road)
    return Standing(
        account.id,
        account.service,
        record.stage,
        record.stage.sentence,
        record.code,
        request.stage if request else "",
        request.action if request else "",
        request.error if request else None,
    )


def _tell(what: str, account: Account, actor: str, origin: str, **facts: object) -> None:
    facts = {"key": str(account.id), "service": account.service, **facts}
    audit.record([Entry(what, clock.now(), account.taxpayer_id, actor=actor, origin=origin, facts=facts)])
