"""The ends of calls, told to the packages that asked for them; what GİB approved is kept in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from io import BytesIO
from typing import Any, Final

from ulak.lifecycle import ledgers as law
from ulak.lifecycle.effects import AskPackage, FetchBerat, SendPackage
from ulak.lifecycle.outcomes import Outcome
from ulak_server import clock
from ulak_server.database.scope import widen
from ulak_server.exchange.calls.gate import EDEFTER, learn
from ulak_server.exchange.calls.making import End
from ulak_server.exchange.calls.telling import Result, heard
from ulak_server.exchange.law import happening, worker
from ulak_server.exchange.ledgers import keeping
from ulak_server.exchange.models_of_ledgers import Sort
from ulak_server.exchange.rooms import LEDGERS, Row
from ulak_server.exchange.shell import Outside, Shell
from ulak_server.exchange.texts import printable

__all__ = ["AWAY", "tell"]

AWAY: Final = "ledger-exchange.away-on-last-day"
_MOST_SAID: Final = 60
_DEAF: Final = frozenset({Outcome.NOT_SENT, Outcome.UNCLEAR})
_FAILING: Final = frozenset({110, 112, 113})
"""GİB's own failures (Web Servis Kılavuzu V1.7, 4)."""
_METHODS: Final = {
    SendPackage: ("send", "sendDocumentFile"),
    AskPackage: ("ask", "getBatchStatus"),
    FetchBerat: ("fetch", "receiveDocumentFile"),
}
_WAITING: Final = "WHERE stage = 'ready' AND wake_at > %s ORDER BY due_at LIMIT 100 FOR UPDATE SKIP LOCKED"


def tell(results: Sequence[Result], *, is_calm: bool) -> list[Outside]:
    """One transaction in which all of them are told.

    Args:
        is_calm: whether the breaker was closed and without failures; what went well changes nothing about it then.

    Returns:
        what is to be done outside because of it.
    """
    with happening(actor=worker()) as shell:
        made = heard(results)
        learn(made, EDEFTER, is_calm=is_calm)
        shell.load(LEDGERS, sorted({one.asked_for.key for one in results}))
        for one in results:
            _tell(shell, one)
        if not is_calm and Outcome.TAKEN in made:
            _hurry(shell)
    return shell.outside


def _tell(shell: Shell, result: Result) -> None:
    row = shell.get(LEDGERS, result.asked_for.key)
    if row is None:
        return
    widen([row["taxpayer_id"]])
    effect, end = result.asked_for.effect, result.end
    if end is None:
        event: Any = law.Postponed(result.gate.until or shell.now, getattr(effect, "attempt", None))
    else:
        event = _EVENTS[type(effect)](effect, end)
        _keep(shell, row, event, end)
    shell.happen(LEDGERS, row.key, event)
    _write_down(shell, row, result)
    _see_whether_away(shell, row, result)


def _of_send(effect: SendPackage, end: End) -> law.SendEnded:
    return law.SendEnded(end.outcome or Outcome.UNCLEAR, effect.attempt, _number(end))


def _of_question(effect: AskPackage, end: End) -> law.AskEnded | law.StatusTold:
    if end.outcome is None:
        return law.StatusTold(printable(end.text), effect.question, end.status)
    return law.AskEnded(end.outcome, effect.question, _number(end))


def _of_fetch(effect: FetchBerat, end: End) -> law.FetchEnded | law.BeratRead:
    if end.outcome is None:
        return law.BeratRead(not end.problem, effect.fetch, end.problem)
    return law.FetchEnded(end.outcome, effect.fetch, _number(end))


_EVENTS: Final[dict[type, Callable[[Any, End], Any]]] = {
    SendPackage: _of_send,
    AskPackage: _of_question,
    FetchBerat: _of_fetch,
}


def _number(end: End) -> int | None:
    return int(end.status) if end.status else None


def _keep(shell: Shell, row: Row, event: Any, end: End) -> None:
    if isinstance(event, law.BeratRead) and event.holds:
        row["approved_digest"], _ = keeping.keep(row.key, Sort.APPROVED, row["taxpayer_id"], BytesIO(end.data))
        row["approved_at"], row["checked_at"] = end.at, shell.now


def _write_down(shell: Shell, row: Row, result: Result) -> None:
    """Every call is kept with how it ended (ÖEK V1.13, 7: records of traffic with GİB)."""
    end = result.end
    if end is None:
        return
    what, method = _METHODS[type(result.asked_for.effect)]
    code = end.problem if end.outcome is None else end.status or end.problem
    if what == "send" and row["sent_at"] is None and end.outcome is not Outcome.NOT_SENT:
        row["sent_at"] = shell.now
    said = [*row["said"], [shell.now.isoformat(), what, code, printable(end.text)]]
    row["said"] = said if len(said) <= _MOST_SAID else [*said[: _MOST_SAID // 2], *said[-_MOST_SAID // 2 :]]
    facts: dict[str, Any] = {"method": method, "address": end.address, "seconds": end.seconds}
    if end.text:
        facts["said"] = printable(end.text)
    shell.tell(LEDGERS, row, f"call.{what}", code=code, **facts)


def _see_whether_away(shell: Shell, row: Row, result: Result) -> None:
    """A service that is away on the last day lets GİB want time stamps (Uygulama Kılavuzu V1.12, C 9–10)."""
    if row["away_at"] is not None or not _is_away(result) or shell.now < _last_day(row):
        return
    row["away_at"] = shell.now
    shell.tell(LEDGERS, row, "alarm", code=AWAY, name=row["name"], due_at=row["due_at"].isoformat())


def _is_away(result: Result) -> bool:
    if not isinstance(result.asked_for.effect, SendPackage):
        return False
    end = result.end
    if end is None:
        return result.gate.until is not None
    return end.was_made and (end.heard in _DEAF or _number(end) in _FAILING)


def _last_day(row: Row) -> Any:
    """The moment at which the last day of a package begins."""
    last = row["due_at"].astimezone(clock.ISTANBUL) - timedelta(microseconds=1)
    return last.replace(hour=0, minute=0, second=0, microsecond=0)


def _hurry(shell: Shell) -> None:
    """The service is back: what rested because of it goes at once, that first which is due first."""
    for row in shell.claim(LEDGERS, _WAITING, [shell.now]):
        if row.record.failures and row.record.work_at is not None:
            row.record = row.record._replace(work_at=shell.now, wake_at=shell.now)
            row.changed = True
