"""The table of a report: stage and happening → stage and effects."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ulak.lifecycle.backoff import pause
from ulak.lifecycle.effects import Alarm, AskReport, Effects, Note, Remind, SendReport
from ulak.lifecycle.machine import Machine, Row, Step
from ulak.lifecycle.policy import Policy
from ulak.lifecycle.reports.clocks import alarm_code, unhushed, warned_by, was_in_time, with_clock
from ulak.lifecycle.reports.happenings import Happening, happening
from ulak.lifecycle.reports.reactions import shown
from ulak.lifecycle.reports.stages import Stage
from ulak.lifecycle.reports.values import (
    Accepted,
    BuildFailed,
    BuildReport,
    Event,
    Postponed,
    RenewReport,
    Report,
    SendEnded,
    StatusTold,
)

__all__ = ["MACHINE", "ROWS", "step"]

Done = tuple[Report, Effects]


# -- what is done ------------------------------------------------------------------------------------------------------


def build(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    """Hand out the building; the alarm clock hands it out again if nobody tells its end."""
    tries = report.tries + 1
    rest = pause(policy.rework, tries, report.seed) if tries > 1 else policy.report_lease * 0
    after = with_clock(report._replace(stage=to, tries=tries), now + policy.report_lease + rest, policy)
    alarms = (Alarm("lifecycle.report-not-built", {"code": report.code}),) if tries == policy.work_tries else ()
    return after, (BuildReport(tries), *alarms)


def build_on(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return with_clock(report, now + policy.report_lease, policy), ()


def build_later(report: Report, to: Stage, event: BuildFailed, now: datetime, policy: Policy) -> Done:
    after = report._replace(code=event.code)
    return with_clock(after, now + pause(policy.rework, report.tries, report.seed), policy), ()


def build_anew(report: Report, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return build(report._replace(tries=0), to, event, now, policy)


def keep(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return with_clock(report._replace(stage=to, tries=0, code=""), now, policy), ()


def send(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    attempt = report.attempts + 1
    after = unhushed(report)._replace(stage=to, attempts=attempt, asked_before=report.questions, sent_at=now)
    return with_clock(after, now + policy.call_lease, policy), (SendReport(attempt),)


def send_at_once(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return with_clock(report._replace(stage=to, failures=0, code=""), now, policy), ()


def rest(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    failures = report.failures + 1
    after = report._replace(stage=to, failures=failures, asks=0)
    alarms = (Alarm("lifecycle.report-not-arriving"),) if failures == policy.failing_sends else ()
    return with_clock(after, now + pause(policy.resend, failures, report.seed), policy), alarms


def postpone(report: Report, to: Stage, event: Postponed, now: datetime, policy: Policy) -> Done:
    return with_clock(report._replace(stage=to), max(now, event.until), policy), ()


def take(report: Report, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    code = shown(event.number, is_send=False) if isinstance(event, StatusTold) else ""
    after = report._replace(stage=to, failures=0, disputes=0, said_there=False, code=code)
    if report.stage is to:
        return after, ()
    return with_clock(after._replace(asks=0), now + pause(policy.report_ask, 1, report.seed), policy), ()


def claim(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    after = report._replace(stage=to, said_there=True, asks=0, code="004")
    return with_clock(after, now, policy), (Note("known-there", "004"),)


def doubt(report: Report, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after = report._replace(stage=to, asks=0, code=_sent_code(event))
    return with_clock(after, now + pause(policy.report_ask, 1, report.seed), policy), ()


def lose_sight(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return with_clock(report._replace(stage=to, asks=0, code=""), now, policy), ()


def doubt_alarmed(report: Report, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after, _ = doubt(report, to, event, now, policy)
    return after, (Alarm("lifecycle.report-strange", {"code": after.code}),)


def ask(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    question, asks = report.questions + 1, report.asks + 1
    after = report._replace(questions=question, asks=asks, asked_at=now)
    alarms = (Alarm("lifecycle.report-overdue"),) if asks == policy.overdue_asks else ()
    return with_clock(after, now + pause(policy.report_ask, asks, report.seed), policy), (AskReport(question), *alarms)


def nothing(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return report, ()


def denied(report: Report, to: Stage, event: StatusTold, now: datetime, policy: Policy) -> Done:
    return report._replace(disputes=report.disputes + 1), (Note("denied", shown(event.number, is_send=False)),)


def call_strange(report: Report, to: Stage, event: StatusTold, now: datetime, policy: Policy) -> Done:
    """People are called once for each code, not for each question."""
    code = shown(event.number, is_send=False)
    alarms = () if report.code == code else (Alarm("lifecycle.report-strange", {"code": code}),)
    return report._replace(code=code), alarms


def vanished(report: Report, to: Stage, event: StatusTold, now: datetime, policy: Policy) -> Done:
    after, _ = rest(report._replace(disputes=0), to, event, now, policy)
    return after, (Alarm("lifecycle.report-vanished"),)


def accept(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return _end(report._replace(code="30"), to), (Accepted(is_late=not was_in_time(report)),)


def end(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return _end(report, to), ()


def replace(report: Report, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after = _told(report, event)
    return _end(after, to), (RenewReport(now, is_ours=True),)


def replace_repaired(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return _end(report, to), (RenewReport(now, is_ours=False, divided=report.code == _TOO_LARGE),)


def replace_alarmed(report: Report, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after, effects = replace(report, to, event, now, policy)
    return after, (*effects, Alarm("lifecycle.report-of-others"))


def replace_later(report: Report, to: Stage, event: StatusTold, now: datetime, policy: Policy) -> Done:
    after = _told(report, event)
    is_often = report.renewals + 1 == policy.failing_sends
    alarms = (Alarm("lifecycle.report-failing", {"code": after.code}),) if is_often else ()
    at = now + pause(policy.report_renew, report.renewals + 1, report.seed)
    return _end(after, to), (RenewReport(at, is_ours=False), *alarms)


def divide(report: Report, to: Stage, event: StatusTold, now: datetime, policy: Policy) -> Done:
    return _end(_told(report, event), to), (RenewReport(now, is_ours=True, divided=True),)


def wait(report: Report, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    """Wait for a person; people are called now and reminded later."""
    after = unhushed(_told(report, event))._replace(stage=to)
    alarm = Alarm(_WAITING_FOR.get(after.code, "lifecycle.report-refused"), {"code": after.code})
    return with_clock(after, now + policy.remind, policy), (Remind(), alarm)


def remind(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return with_clock(report, now + policy.remind, policy), (Remind(),)


def ask_again(report: Report, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return lose_sight(report._replace(disputes=0), to, event, now, policy)


def warn(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    warned = warned_by(report, now, policy)
    after = with_clock(report._replace(warned=warned), report.work_at or now, policy)
    return after, (Alarm(alarm_code(warned), {"stage": report.stage.value}),)


def count_warning(report: Report, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    """GİB has it, sent in time: it cannot become late by waiting, only by being refused. Who waits asks daily."""
    after, alarms = warn(report, to, event, now, policy)
    hushed = now >= report.due_at and was_in_time(report)
    waits = (Alarm("lifecycle.report-overdue"),) if now >= report.due_at + policy.remind else ()
    return after._replace(hushed=hushed), waits if hushed else alarms


def warn_twice(report: Report, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return report, (Alarm("lifecycle.report-accepted-twice"),)


_TOO_LARGE: Final = "165"
_WAITING_FOR: Final = {
    "2": "lifecycle.report-disputed",
    "150": "lifecycle.report-duplicate",
    **dict.fromkeys(("10", "15", "30"), "lifecycle.report-misnamed"),
}


def _sent_code(event: Event) -> str:
    return shown(event.number, is_send=True) if isinstance(event, SendEnded) and event.number is not None else ""


def _told(report: Report, event: Event) -> Report:
    """The report with the code that brings it to its next stage."""
    if isinstance(event, StatusTold):
        return report._replace(code=shown(event.number, is_send=False))
    if isinstance(event, SendEnded):
        return report._replace(code=_sent_code(event))
    return report._replace(code=event.code) if isinstance(event, BuildFailed) else report


def _end(report: Report, to: Stage) -> Report:
    return report._replace(stage=to, wake_at=None, work_at=None)


# -- the table ---------------------------------------------------------------------------------------------------------

_S, _H = Stage, Happening
_GONE: Final = (_S.READY, _S.UNCLEAR, _S.TAKEN)
"""Where GİB may have it: before it is sent again too."""
_WAITING: Final = (_S.BUILDING, _S.READY, _S.SENDING, _S.UNCLEAR, _S.REFUSED)
_CODES: Final = "K118, 11"
_DUE: Final = "K118, 5"

ROWS: Final = (
    # Our own work.
    Row((_S.BUILDING,), _H.DUE, None, build, "K118, 3 and 4"),
    Row((_S.BUILDING,), _H.AT_WORK, None, build_on, "own"),
    Row((_S.BUILDING,), _H.BUILT, _S.READY, keep, "K118, 3 and 4"),
    Row((_S.BUILDING,), _H.BUILD_LATER, None, build_later, "own"),
    Row((_S.BUILDING,), _H.NOT_BUILT, _S.REFUSED, wait, "own"),
    Row((_S.BUILDING,), _H.EMPTY, _S.WITHDRAWN, end, "own"),
    # Sending.
    Row((_S.READY,), _H.DUE, _S.SENDING, send, _DUE),
    Row((_S.READY, _S.SENDING, _S.UNCLEAR), _H.RECEIPT, _S.TAKEN, take, f"{_CODES} (000)"),
    Row((_S.READY, _S.SENDING, _S.UNCLEAR), _H.KNOWN_THERE, _S.TAKEN, claim, f"{_CODES} (004)"),
    Row((_S.SENDING,), _H.CLAIMED_THERE, _S.UNCLEAR, claim, f"{_CODES} (004)"),
    Row((_S.SENDING,), _H.NOTHING_SENT, _S.READY, rest, "own"),
    Row((_S.SENDING,), _H.POSTPONED, _S.READY, postpone, "own"),
    Row((_S.SENDING,), _H.UNCLEAR, _S.UNCLEAR, doubt, f"{_CODES} (006, 007, 008)"),
    Row((_S.SENDING,), _H.DUE, _S.UNCLEAR, lose_sight, "own"),
    Row((_S.SENDING,), _H.STRANGE_ANSWER, _S.UNCLEAR, doubt_alarmed, "own"),
    Row((_S.SENDING,), _H.CALL_REFUSED, _S.REFUSED, wait, f"{_CODES} (001 …)"),
    # Asking.
    Row((_S.UNCLEAR, _S.TAKEN), _H.DUE, None, ask, f"{_DUE}; {_CODES}"),
    Row((_S.UNCLEAR, _S.TAKEN), _H.NO_ANSWER, None, nothing, "own"),
    Row((_S.UNCLEAR,), _H.NOT_THERE, _S.READY, rest, "own"),
    Row((_S.UNCLEAR, _S.TAKEN), _H.DENIED, None, denied, "own"),
    Row((_S.TAKEN,), _H.VANISHED, _S.READY, vanished, "own"),
    Row((_S.UNCLEAR, _S.TAKEN), _H.DENIED_AGAIN, _S.REFUSED, wait, "own"),
    Row(_GONE, _H.QUEUED, _S.TAKEN, take, f"{_CODES} (10, 15)"),
    Row(_GONE, _H.STRANGE_STATUS, None, call_strange, "own"),
    Row(_GONE, _H.DUPLICATE, None, denied, f"{_CODES} (150)"),
    Row(_GONE, _H.DUPLICATE_AGAIN, _S.REFUSED, wait, f"{_CODES} (150)"),
    # How it ended.
    Row((*_GONE, _S.SENDING, _S.REFUSED), _H.DONE, _S.ACCEPTED, accept, f"{_CODES} (30)"),
    Row((_S.REPLACED,), _H.DONE, None, warn_twice, "own"),
    Row(_GONE, _H.OTHERS, _S.REPLACED, replace_alarmed, "own"),
    Row(_GONE, _H.MISNAMED, _S.REFUSED, wait, "own"),
    Row(_GONE, _H.BAD_PACKAGE, _S.REPLACED, replace, f"{_CODES} (151 …)"),
    Row(_GONE, _H.TOO_LARGE, _S.REPLACED, divide, f"{_DUE}; {_CODES} (165)"),
    Row(_GONE, _H.BAD_AGAIN, _S.REFUSED, wait, "own"),
    Row(_GONE, _H.GIB_FAILED, _S.REPLACED, replace_later, f"{_CODES} (160–163)"),
    Row(_GONE, _H.BAD_CONTENT, _S.REFUSED, wait, f"{_CODES} (155 …)"),
    # Time.
    Row(_WAITING, _H.RUNNING_OUT, None, warn, _DUE),
    Row((_S.TAKEN,), _H.RUNNING_OUT, None, count_warning, _DUE),
    # People.
    Row((_S.REFUSED,), _H.DUE, None, remind, "own"),
    Row((_S.REFUSED,), _H.BUILD_AGAIN, _S.BUILDING, build_anew, "own"),
    Row((_S.REFUSED,), _H.SEND_AGAIN, _S.READY, send_at_once, "own"),
    Row((_S.REFUSED,), _H.ASK_AGAIN, _S.UNCLEAR, ask_again, "own"),
    Row((_S.REFUSED,), _H.RENEW, _S.REPLACED, replace_repaired, "own"),
    Row((_S.UNCLEAR, _S.TAKEN, _S.REFUSED), _H.CONFIRMED, _S.ACCEPTED, accept, "own"),
)

MACHINE: Final = Machine[Report](ROWS, happening)


def step(report: Report, event: Event, now: datetime, policy: Policy) -> Step[Report]:
    """What an event does to a report."""
    return MACHINE.step(report, event, now, policy)
