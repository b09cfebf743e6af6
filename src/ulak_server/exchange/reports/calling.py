"""Calls to GİB's e-Arşiv service: reports sent and asked for, sealed with the integrator's key.

Sources: e-Arşiv Kılavuzu V1.18, 5 (WS-Security, the package's name) and 11 (codes). What each code asks for is the
law's to say (`ulak.lifecycle.reports.reactions`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

import structlog
from django.conf import settings

from ulak.lifecycle import reports as law
from ulak.lifecycle.effects import AskReport, SendReport
from ulak.lifecycle.outcomes import Outcome
from ulak.lifecycle.reports import shown
from ulak.seal.wssecurity import seal_message
from ulak.wire import ServiceFault, earsiv
from ulak.wire.attachment import Attachment
from ulak.wire.client import Client
from ulak_server import clock
from ulak_server.database.scope import widen
from ulak_server.exchange.calls.gate import EARSIV, Gate, learn
from ulak_server.exchange.calls.lines import Line
from ulak_server.exchange.calls.making import End, outcome_of, timed, times
from ulak_server.exchange.calls.telling import Result, heard
from ulak_server.exchange.keys import KeyRing
from ulak_server.exchange.law import happening, policy, worker
from ulak_server.exchange.reports.keeping import package
from ulak_server.exchange.rooms import REPORTS, Row
from ulak_server.exchange.shell import Outside, Shell
from ulak_server.exchange.texts import printable
from ulak_server.meters import CALLS
from ulak_server.taxpayers import services as taxpayers

__all__ = ["ReportCalls"]

_LOG: Final = structlog.get_logger("ulak_server.reports")
_THREADS: Final = 2
_MOST_SAID: Final = 60
_LONGEST: Final = 300
_DEAF: Final = frozenset({Outcome.NOT_SENT, Outcome.UNCLEAR})
EArsiv = Client[
    earsiv.SendDocumentFile | earsiv.GetUserList | earsiv.GetBatchStatus,
    earsiv.Sent | earsiv.UserList | earsiv.StatusAnswer,
]


class _Nobody:
    """Where no address is set: every call ends as one that was not made, so that the law's clocks go on."""

    def close(self) -> None:
        """Nothing is held."""


class ReportCalls(Line[EArsiv | _Nobody]):
    """Makes calls to the e-Arşiv service for one process.

    Args:
        keys: the integrator's key seals each message.
        url: of the service; that of the installation if it is not given.
        parcel: gives a report's package.
    """

    def __init__(
        self, keys: KeyRing, *, url: str = "", parcel: Callable[[UUID], bytes] = package, threads: int = _THREADS
    ) -> None:
        self._keys, self._parcel = keys, parcel
        self._url = url or settings.ENVIRONMENT["ULAK_EARSIV_URL"]
        super().__init__((SendReport, AskReport), Gate("", name=EARSIV), threads)

    def client(self) -> EArsiv | _Nobody:
        """A client of the service's."""
        url = self._url
        if not url:
            return _Nobody()
        return Client(
            earsiv.SERVICE,
            url,
            times=times(policy().call_lease),
            allow_http=url.startswith("http:"),
            seal=self._sealed,
        )

    def end(self, to: EArsiv | _Nobody, asked_for: Outside) -> End:
        """``sendDocumentFile`` or ``getBatchStatus``."""
        id = asked_for.key
        if isinstance(to, _Nobody):
            return End(Outcome.NOT_SENT, problem="reporting.no-address", was_made=False)
        if isinstance(asked_for.effect, SendReport):
            end, operation = self._sent(to, id), "sendDocumentFile"
        else:
            end, operation = timed(lambda: _asked(to, id)), "getBatchStatus"
        if end.was_made:
            CALLS.labels(operation, end.outcome or "status").observe(end.seconds)
        return end._replace(address=self._url)

    def write(self, results: Sequence[Result]) -> list[Outside]:
        """Tell reports how their calls ended."""
        with happening(actor=worker()) as shell:
            learn(heard(results), EARSIV, is_calm=self._gate.is_calm)
            shell.load(REPORTS, sorted({one.asked_for.key for one in results}))
            for one in results:
                _tell(shell, one)
        return shell.outside

    def _sealed(self, xml: bytes, files: Any) -> bytes:
        with self._keys.using() as opened:
            return seal_message(xml, opened.key, at=clock.now(), attachments=files)

    def _sent(self, to: EArsiv, id: UUID) -> End:
        """The package is read first: if that fails, nothing was sent."""
        try:
            data = self._parcel(id)
        except Exception as error:
            _LOG.exception("report.no-package", report=str(id))
            return End(Outcome.NOT_SENT, problem=getattr(error, "code", type(error).__name__), was_made=False)
        return timed(lambda: _taken(to, id, data))


def _taken(to: EArsiv, id: UUID, data: bytes) -> End:
    try:
        answer = to.call(earsiv.SendDocumentFile(Attachment(f"{id}.zip", data)))
    except ServiceFault as fault:
        return _of_fault(fault)
    except Exception as error:
        return _failed(error)
    return End(Outcome.TAKEN, "0", getattr(answer, "message", "")[:_LONGEST])


def _asked(to: EArsiv, id: UUID) -> End:
    try:
        answer = to.call(earsiv.GetBatchStatus(str(id)))
    except Exception as error:
        return _failed(error)
    status = answer.status if isinstance(answer, earsiv.StatusAnswer) else None
    if status is None or status.code is None or status.package_id.lower() not in ("", str(id)):
        return End(Outcome.UNCLEAR, problem="wire.answer-other")
    return End(None, str(status.code), status.description[:_LONGEST], owner=status.vkn or status.tckn)


def _of_fault(fault: ServiceFault) -> End:
    """GİB's own number, if the fault bears one."""
    number = "" if fault.number is None else str(fault.number)
    return End(Outcome.UNCLEAR, number, fault.message[:_LONGEST], problem=fault.code)


def _failed(error: Exception) -> End:
    """A key that could not seal the message left nothing behind on the other side."""
    code = getattr(error, "code", type(error).__name__)
    is_key = str(code).partition(".")[0] in ("key", "sealing-key", "seal", "certificate")
    outcome = Outcome.NOT_SENT if is_key else outcome_of(error)
    if outcome not in _DEAF:
        # A fault of the service's for a question says nothing of the report.
        outcome = Outcome.UNCLEAR
    text = error.message if isinstance(error, ServiceFault) else ""
    return End(outcome, text=text[:_LONGEST], problem=str(code))


# -- told --------------------------------------------------------------------------------------------------------------


def _tell(shell: Shell, result: Result) -> None:
    row = shell.get(REPORTS, result.asked_for.key)
    if row is None:
        return
    widen([row["taxpayer_id"]])
    effect = result.asked_for.effect
    event = _send_end(shell, result, effect) if isinstance(effect, SendReport) else _ask_end(row, result, effect)
    shell.happen(REPORTS, row.key, event)
    _write_down(shell, row, result)


def _send_end(shell: Shell, result: Result, effect: SendReport) -> Any:
    end = result.end
    if end is None:
        return law.Postponed(result.gate.until or shell.now, effect.attempt)
    number = int(end.status) if end.status else None
    return law.SendEnded(end.outcome or Outcome.UNCLEAR, effect.attempt, number)


def _ask_end(row: Row, result: Result, effect: AskReport) -> Any:
    end = result.end
    if end is None or end.outcome is not None:
        outcome = Outcome.NOT_SENT if end is None or end.outcome is None else end.outcome
        return law.AskEnded(outcome, effect.question)
    return law.StatusTold(int(end.status), effect.question, _is_ours(row, end.owner))


def _is_ours(row: Row, owner: str) -> bool:
    """Whether an answer is about our report; before GİB has read it, it names the one who sent it."""
    if not owner or owner == settings.ENVIRONMENT["ULAK_INTEGRATOR_NUMBER"]:
        return True
    return owner == taxpayers.of(row["taxpayer_id"]).number


def _write_down(shell: Shell, row: Row, result: Result) -> None:
    """Every call is kept with how it ended (ÖEK V1.13, 7: records of traffic with GİB)."""
    end = result.end
    if end is None:
        return
    is_send = isinstance(result.asked_for.effect, SendReport)
    what, method = ("send", "sendDocumentFile") if is_send else ("ask", "getBatchStatus")
    code = shown(int(end.status), is_send=is_send) if end.status else end.problem
    if is_send and row["sent_at"] is None and end.outcome is not Outcome.NOT_SENT:
        row["sent_at"] = shell.now
    said = [*row["said"], [shell.now.isoformat(), what, code, printable(end.text)]]
    row["said"] = said if len(said) <= _MOST_SAID else [*said[: _MOST_SAID // 2], *said[-_MOST_SAID // 2 :]]
    facts: dict[str, Any] = {"method": method, "address": end.address, "seconds": end.seconds}
    if end.text:
        facts["said"] = printable(end.text)
    shell.tell(REPORTS, row, f"call.{what}", code=code, **facts)
