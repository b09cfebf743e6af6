"""Calls to GİB's e-Defter service: packages sent and asked for, approved berats fetched and judged.

Each message is sealed with the integrator's key (WS-Security).

Sources: Web Servis Kılavuzu V1.7, 2 and 4 (codes). What each code asks for is the law's to say
(`ulak.lifecycle.ledgers.reactions`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import structlog
from django.conf import settings

from ulak.lifecycle.effects import AskPackage, FetchBerat, SendPackage
from ulak.lifecycle.outcomes import Outcome
from ulak.seal.wssecurity import seal_message
from ulak.wire import ServiceFault, edefter
from ulak.wire.attachment import Attachment
from ulak.wire.client import Client
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import row_of
from ulak_server.exchange.calls.gate import EDEFTER, Gate
from ulak_server.exchange.calls.lines import Line
from ulak_server.exchange.calls.making import End, outcome_of, timed, times
from ulak_server.exchange.calls.telling import Result
from ulak_server.exchange.keys import KeyRing, trust
from ulak_server.exchange.law import policy
from ulak_server.exchange.ledgers import keeping, telling
from ulak_server.exchange.ledgers.problems import LedgerExchangeError
from ulak_server.exchange.ledgers.verifying import approved, berat_in, check_rules, unpacked
from ulak_server.exchange.shell import Outside
from ulak_server.meters import CALLS

__all__ = ["LedgerCalls"]

_LOG: Final = structlog.get_logger("ulak_server.ledgers")
_THREADS: Final = 2
_LONGEST: Final = 2000
"""Characters of what GİB says that are kept."""
_ROW: Final = """
SELECT name, signer, (coalesce(sent_at, created_at) AT TIME ZONE 'Europe/Istanbul')::date
FROM exchange_ledger_package WHERE id = %s
"""
_OURS: Final = ("key", "sealing-key", "seal", "certificate")
"""Codes of what keeps a message from being sealed, which leaves nothing behind on the other side."""
EDefter = Client[
    edefter.SendDocumentFile | edefter.ReceiveDocumentFile | edefter.GetBatchStatus,
    edefter.Sent | edefter.Received | edefter.StatusAnswer,
]
_OPERATIONS: Final = {
    SendPackage: "sendDocumentFile",
    AskPackage: "getBatchStatus",
    FetchBerat: "receiveDocumentFile",
}


class _Nobody:
    """Where no address is set: every call ends as one that was not made, so that the law's clocks go on."""

    def close(self) -> None:
        """Nothing is held."""


class _Parcel(NamedTuple):
    name: str
    signer: str
    sent_on: date
    data: bytes


class LedgerCalls(Line[EDefter | _Nobody]):
    """Makes calls to the e-Defter service for one process.

    Args:
        keys: the integrator's key seals each message.
        url: of the service; that of the installation if it is not given.
        parcel: gives a package's ZIP.
    """

    def __init__(
        self,
        keys: KeyRing,
        *,
        url: str = "",
        parcel: Callable[[UUID], bytes] = keeping.package,
        threads: int = _THREADS,
    ) -> None:
        self._keys, self._parcel = keys, parcel
        self._url = url or settings.ENVIRONMENT["ULAK_EDEFTER_URL"]
        super().__init__(tuple(_OPERATIONS), Gate("", name=EDEFTER), threads)

    def client(self) -> EDefter | _Nobody:
        """A client of the service's."""
        url = self._url
        if not url:
            return _Nobody()
        return Client(
            edefter.SERVICE,
            url,
            times=times(policy().call_lease),
            allow_http=url.startswith("http:"),
            seal=self._sealed,
        )

    def end(self, to: EDefter | _Nobody, asked_for: Outside) -> End:
        """``sendDocumentFile``, ``getBatchStatus`` or ``receiveDocumentFile``."""
        if isinstance(to, _Nobody):
            return End(Outcome.NOT_SENT, problem="ledger-exchange.no-address", was_made=False)
        kind = type(asked_for.effect)
        try:
            parcel = self._of(asked_for.key, kind)
        except Exception as error:
            _LOG.exception("ledger.no-package", package=str(asked_for.key))
            return End(Outcome.NOT_SENT, problem=getattr(error, "code", type(error).__name__), was_made=False)
        end = timed(lambda: _CALLS[kind](to, parcel))
        CALLS.labels(_OPERATIONS[kind], end.outcome or "status").observe(end.seconds)
        return end._replace(address=self._url)

    def write(self, results: Sequence[Result]) -> list[Outside]:
        """Tell packages how their calls ended."""
        return telling.tell(results, is_calm=self._gate.is_calm)

    def _sealed(self, xml: bytes, files: Any) -> bytes:
        with self._keys.using() as opened:
            return seal_message(xml, opened.key, at=clock.now(), attachments=files)

    def _of(self, id: UUID, kind: type) -> _Parcel:
        """A question needs the name alone."""
        found = row_of(Role.PIPELINE, [], _ROW, [id])
        assert found is not None
        name, signer, sent_on = found
        return _Parcel(name, signer, sent_on, b"" if kind is AskPackage else self._parcel(id))


def _sent(to: EDefter, parcel: _Parcel) -> End:
    request = edefter.SendDocumentFile(Attachment(f"{parcel.name}.zip", parcel.data))
    try:
        answer = to.call(request)
    except Exception as error:
        return _failed(error)
    return End(Outcome.TAKEN, text=getattr(answer, "message", "")[:_LONGEST])


def _asked(to: EDefter, parcel: _Parcel) -> End:
    try:
        answer = to.call(edefter.GetBatchStatus(parcel.name))
    except Exception as error:
        return _failed(error)
    status = answer.status if isinstance(answer, edefter.StatusAnswer) else None
    if status is None or not status.description or not _is_about(status.package_id, parcel.name):
        return End(Outcome.UNCLEAR, problem="ledger-exchange.answer-other")
    return End(None, status.code or "", status.description[:_LONGEST])


def _fetched(to: EDefter, parcel: _Parcel) -> End:
    try:
        answer = to.call(edefter.ReceiveDocumentFile(parcel.name))
    except Exception as error:
        return _failed(error)
    file = answer.attachment if isinstance(answer, edefter.Received) else None
    return _judged(b"" if file is None else bytes(file.data), parcel)


def _judged(data: bytes, parcel: _Parcel) -> End:
    """Judged before the transaction in which it is kept, since lists of revoked certificates may have to be asked."""
    try:
        xml, ours = unpacked(data, parcel.name), berat_in(parcel.data, parcel.name)
        found = approved(xml, ours, signer=parcel.signer, trust=trust(), at=clock.now())
        check_rules(xml, parcel.name, parcel.sent_on)
    except LedgerExchangeError as error:
        _LOG.warning("ledger.berat", package=parcel.name, code=error.code)
        outcome = None if error.permanent else Outcome.UNCLEAR
        return End(outcome, text=error.text.tr[:_LONGEST], problem=error.code)
    return End(None, data=found.xml, at=found.at)


def _is_about(found: str, name: str) -> bool:
    """GİB's guide shows no answer: an answer that names no package is taken for one to the question."""
    return edefter.package_id_of(found.strip()) in ("", name)


def _failed(error: Exception) -> End:
    """GİB's own number, if the fault bears one."""
    code = str(getattr(error, "code", type(error).__name__))
    if isinstance(error, ServiceFault):
        number = "" if error.number is None else str(error.number)
        return End(Outcome.UNCLEAR, number, error.message[:_LONGEST], problem=code)
    is_ours = code.partition(".")[0] in _OURS
    outcome = Outcome.NOT_SENT if is_ours else outcome_of(error)
    return End(outcome if outcome is Outcome.NOT_SENT else Outcome.UNCLEAR, problem=code)


_CALLS: Final[dict[type, Callable[[EDefter, _Parcel], End]]] = {
    SendPackage: _sent,
    AskPackage: _asked,
    FetchBerat: _fetched,
}
