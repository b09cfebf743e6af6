"""What people want of documents that are sent, and what operators found out: one transaction each.

All of these open their own scope: call them outside of any. Whether something may be done is the law's to say
(`ulak.lifecycle.documents`); what it does not do is refused here in words, and nothing has changed then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from django.db import OperationalError

from ulak.errors import Text
from ulak.lifecycle import documents as law
from ulak.lifecycle import identities
from ulak.lifecycle.documents import Stage
from ulak_server.database.bell import ring
from ulak_server.database.roles import Role
from ulak_server.documents.models import Direction
from ulak_server.exchange.law import happening
from ulak_server.exchange.paying import check_again, crossed
from ulak_server.exchange.problems import exchange_error
from ulak_server.exchange.rooms import DOCUMENTS, IDENTITIES, Row
from ulak_server.exchange.shell import Shell

__all__ = ["confirm", "document_of", "give_permission_back", "persistently", "release", "resend", "withdraw"]

D = TypeVar("D")
_TIMES: Final = 3
_AGAIN: Final = frozenset({Stage.SEALED})


def withdraw(taxpayer: int, document: int, *, actor: str = "", origin: str = "") -> Stage:
    """Take a document back that has not gone yet; the stage it is in then.

    Raises:
        ExchangeError: ``exchange.no-document``, ``exchange.not-withdrawn``, ``exchange.not-withdrawn-together``.
    """

    def do(shell: Shell) -> Stage:
        row = _wish(shell, taxpayer, document, law.WithdrawalWanted())
        stage: Stage = row.record.stage
        if stage is Stage.WITHDRAWN:
            return stage
        if stage is Stage.ON_ROAD and row.record.trips[-1].company > 1:
            raise exchange_error("exchange.not-withdrawn-together", company=row.record.trips[-1].company)
        raise exchange_error("exchange.not-withdrawn", stands=_stands(row))

    return persistently(do, taxpayer, actor, origin)


def resend(taxpayer: int, document: int, *, actor: str = "", origin: str = "") -> Stage:
    """Send a document that came back again, unchanged.

    Raises:
        ExchangeError: ``exchange.no-document``, ``exchange.not-resent``.
        CreditsError: ``credits.exhausted``: it got back what it had cost, and there is nothing left to pay it with.
    """

    def do(shell: Shell) -> Stage:
        row = document_of(shell, taxpayer, document)
        before = row.record.stage
        stands = _stands(row)
        shell.happen(DOCUMENTS, document, law.ResendWanted())
        if crossed(row):
            check_again(taxpayer, row["kind"])
        if row.record.stage is before or row.record.stage not in _AGAIN:
            raise exchange_error("exchange.not-resent", stands=stands)
        ring()
        stage: Stage = row.record.stage
        return stage

    return persistently(do, taxpayer, actor, origin)


def release(taxpayer: int, document: int, *, actor: str = "", origin: str = "") -> Stage:
    """Operators found out from GİB that a disputed document is not there: it goes again.

    Raises:
        ExchangeError: ``exchange.no-document``, ``exchange.not-disputed``.
    """
    return _found_out(taxpayer, document, law.Released(), actor, origin)


def confirm(taxpayer: int, document: int, *, actor: str = "", origin: str = "") -> Stage:
    """Operators found out from GİB that its receiver has a document.

    Raises:
        ExchangeError: ``exchange.no-document``, ``exchange.not-disputed``.
    """
    return _found_out(taxpayer, document, law.Confirmed(), actor, origin)


def give_permission_back(number: str, *, actor: str = "", origin: str = "") -> None:
    """GİB said that an identity may send and ask again (after 2007): what is held goes on.

    Raises:
        ExchangeError: ``exchange.no-identity``.
    """

    def do(shell: Shell) -> None:
        row = shell.get(IDENTITIES, number)
        if row is None or row.record.stage is not identities.Stage.SUSPENDED:
            raise exchange_error("exchange.no-identity", number=number[:11])
        shell.happen(IDENTITIES, number, identities.PermissionBack())
        ring()

    persistently(do, None, actor, origin)


def document_of(shell: Shell, taxpayer: int, document: int) -> Row:
    """A taxpayer's outgoing document, locked.

    Raises:
        ExchangeError: ``exchange.no-document``.
    """
    row = shell.get(DOCUMENTS, document)
    if row is None or row["taxpayer_id"] != taxpayer or row["direction"] != Direction.OUT or row.record is None:
        raise exchange_error("exchange.no-document")
    return row


def _wish(shell: Shell, taxpayer: int, document: int, event: Any) -> Row:
    row = document_of(shell, taxpayer, document)
    shell.happen(DOCUMENTS, document, event)
    return row


def _found_out(taxpayer: int, document: int, event: Any, actor: str, origin: str) -> Stage:
    def do(shell: Shell) -> Stage:
        row = document_of(shell, taxpayer, document)
        before = row.record.stage
        shell.happen(DOCUMENTS, document, event)
        if row.record.stage is before:
            raise exchange_error("exchange.not-disputed", stands=_stands(row))
        ring()
        stage: Stage = row.record.stage
        return stage

    return persistently(do, None, actor, origin)


def _stands(row: Row) -> Text:
    sentence: Text = row.record.stage.sentence
    return sentence


@contextmanager
def _deciding(taxpayer: int | None, actor: str, origin: str) -> Iterator[Shell]:
    """People of a taxpayer see its rows alone; operators decide by the rights of the road."""
    role, scope = (Role.PIPELINE, ()) if taxpayer is None else (Role.WEB, (taxpayer,))
    with happening(role=role, taxpayers=scope, actor=actor, origin=origin) as shell:
        yield shell


def persistently(do: Callable[[Shell], D], taxpayer: int | None, actor: str, origin: str) -> D:
    """Do it in a transaction of its own, and once more where two had waited for each other.

    Args:
        taxpayer: whose people want it; None: operators.

    Raises:
        ExchangeError: ``exchange.busy``; whatever else ``do`` raises.
    """
    for _ in range(_TIMES):
        try:
            with _deciding(taxpayer, actor, origin) as shell:
                return do(shell)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) != "40P01":
                raise
    raise exchange_error("exchange.busy")
