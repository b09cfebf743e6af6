"""The ends of calls, told to the records that asked for them: many in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from ulak.lifecycle import documents, envelopes, identities
from ulak.lifecycle.documents.stages import Stage
from ulak.lifecycle.effects import Ask, LookUp, Send
from ulak.lifecycle.outcomes import Outcome
from ulak_server.exchange.calls.gate import Pass, learn
from ulak_server.exchange.calls.handlers import identity
from ulak_server.exchange.calls.making import End
from ulak_server.exchange.calls.news import bring
from ulak_server.exchange.law import happening, worker
from ulak_server.exchange.rooms import DOCUMENTS, ENVELOPES, IDENTITIES, Row
from ulak_server.exchange.shell import Outside, Shell

__all__ = ["Result", "heard", "tell"]


class Result(NamedTuple):
    """What became of something that was to be done outside.

    Attributes:
        end: None if the call was not made.
        gate: why it was not made; open with no `end`: it had waited too long.
    """

    asked_for: Outside
    end: End | None
    gate: Pass = Pass()


def heard(results: Sequence[Result]) -> list[Outcome]:
    """What calls that were made tell about a counterpart that answers with numbers of its own."""
    return [one.end.heard for one in results if one.end is not None and one.end.was_made]


def tell(results: Sequence[Result], number: str, *, is_calm: bool) -> list[Outside]:
    """One transaction in which all of them are told.

    Args:
        number: of the identity that made the calls.
        is_calm: whether the breaker was closed and without failures; what went well changes nothing about it then.

    Returns:
        what is to be done outside because of it.
    """
    with happening(actor=worker()) as shell:
        made = [one.end.outcome or Outcome.TAKEN for one in results if one.end is not None and one.end.was_made]
        learn(made, is_calm=is_calm)
        if any(_is_suspended(one) for one in results):
            identity(shell, number)
        shell.load(ENVELOPES, sorted({_envelope(one.asked_for) for one in results}))
        for one in results:
            _TELL[type(one.asked_for.effect)](shell, one, number)
    return shell.outside


def _envelope(asked_for: Outside) -> UUID:
    effect = asked_for.effect
    key: UUID = UUID(effect.envelope) if isinstance(effect, LookUp) else asked_for.key
    return key


def _is_suspended(result: Result) -> bool:
    return result.gate.suspended or (result.end is not None and result.end.outcome is Outcome.SUSPENDED)


def _sent(shell: Shell, result: Result, number: str) -> None:
    attempt = result.asked_for.effect.attempt
    event: Any = envelopes.Postponed(result.gate.until or shell.now, attempt)
    if result.end is not None and result.end.outcome is not None:
        event = envelopes.SendEnded(result.end.outcome, attempt)
    elif result.gate.suspended and _still_suspended(shell, number):
        event = envelopes.SendEnded(Outcome.SUSPENDED, attempt)
    row = shell.happen(ENVELOPES, result.asked_for.key, event)
    _write_down(shell, row, result, attempt=attempt)


def _asked(shell: Shell, result: Result, number: str) -> None:
    question, end = result.asked_for.effect.question, result.end
    if end is not None and end.outcome is None:
        row = bring(shell, result.asked_for.key, envelopes.Stands(end.status), end.text)
        _write_down(shell, row, result, question=question)
        return
    outcome = Outcome.NOT_SENT if end is None or end.outcome is None else end.outcome
    if result.gate.suspended and _still_suspended(shell, number):
        outcome = Outcome.SUSPENDED
    row = shell.happen(ENVELOPES, result.asked_for.key, envelopes.AskEnded(outcome, question))
    _write_down(shell, row, result, question=question)


def _looked(shell: Shell, result: Result, number: str) -> None:
    end = result.end
    if end is None:
        return
    if end.outcome is Outcome.SUSPENDED:
        shell.happen(IDENTITIES, number, identities.PermissionGone())
    envelope = _envelope(result.asked_for)
    event: Any = None
    if end.outcome is None:
        event = documents.EarlierStands(str(envelope), end.status)
    elif end.outcome is Outcome.NOT_THERE:
        event = documents.EarlierUnknown(str(envelope))
    _write_down(shell, shell.get(ENVELOPES, envelope), result, question=0)
    if event is not None:
        for row in _looking_for(shell, envelope):
            shell.happen(DOCUMENTS, row.key, event)


def _looking_for(shell: Shell, envelope: UUID) -> list[Row]:
    carrier = shell.get(ENVELOPES, envelope)
    cargo = [] if carrier is None else shell.load(DOCUMENTS, carrier["documents"])
    return [row for row in cargo if row.record.stage is Stage.LOOKING and _looks_for(row, str(envelope))]


def _looks_for(row: Row, envelope: str) -> bool:
    looked: str = row.record.trips[row.record.looking].envelope
    return looked == envelope


def _still_suspended(shell: Shell, number: str) -> bool:
    """It may have been given back since the gate was asked; only what GİB itself said counts then."""
    return identity(shell, number).record.stage is identities.Stage.SUSPENDED


def _write_down(shell: Shell, row: Row | None, result: Result, **facts: int) -> None:
    """Every call is kept with its method, its address and how it ended (ÖEK V1.13, 7: records of traffic with GİB)."""
    end = result.end
    if row is None or end is None:
        return
    what, method = ("call.send", "sendDocument") if "attempt" in facts else ("call.ask", "getApplicationResponse")
    told = {"method": method, "address": end.address, "seconds": end.seconds}
    if end.outcome is not None:
        told["outcome"] = str(end.outcome)
    if end.text:
        told["said"] = end.text
    shell.tell(ENVELOPES, row, what, code=end.problem or end.status, **facts, **told)


_TELL: Final[dict[type, Any]] = {Send: _sent, Ask: _asked, LookUp: _looked}
