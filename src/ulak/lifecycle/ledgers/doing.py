"""What each row of a package's table does: (package, stage after it, event, now, policy) → (package, effects)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ulak.lifecycle.backoff import pause
from ulak.lifecycle.effects import Alarm, AskPackage, Effects, FetchBerat, Note, Remind, SendPackage
from ulak.lifecycle.ledgers.clocks import alarm_code, unhushed, warned_by, was_in_time, with_clock
from ulak.lifecycle.ledgers.record import Package
from ulak.lifecycle.ledgers.stages import Stage
from ulak.lifecycle.ledgers.values import (
    AskEnded,
    BeratRead,
    Event,
    FetchEnded,
    Postponed,
    Secured,
    SendEnded,
    StatusTold,
    Vacated,
)
from ulak.lifecycle.policy import Policy

__all__ = ["IN_WORDS"]

Done = tuple[Package, Effects]

IN_WORDS: Final = "durum"
"""The code of what GİB said in words alone."""


def send(package: Package, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    attempt = package.attempts + 1
    after = unhushed(package)._replace(stage=to, attempts=attempt, asked_before=package.questions, sent_at=now)
    return with_clock(after, now + policy.call_lease, policy), (SendPackage(attempt),)


def release(package: Package, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    """What it waited for is there; what waited for nothing goes on as it was."""
    return (package, ()) if package.work_at is not None else (with_clock(package, now, policy), ())


def send_again(package: Package, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    """A person's wish. What GİB had processed and refused is an earlier package of this name from now on."""
    had_before = package.had_before or package.code == IN_WORDS
    after = package._replace(stage=to, failures=0, code="", words="", had_before=had_before, said_there=False)
    return with_clock(after, now, policy), ()


def rest(package: Package, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    failures = package.failures + 1
    after = package._replace(stage=to, failures=failures, asks=0)
    alarms = (Alarm("lifecycle.ledger-not-arriving"),) if failures == policy.failing_sends else ()
    return with_clock(after, now + pause(policy.resend, failures, package.seed), policy), alarms


def postpone(package: Package, to: Stage, event: Postponed, now: datetime, policy: Policy) -> Done:
    return with_clock(package._replace(stage=to), max(now, event.until), policy), ()


def take(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after = package._replace(stage=to, failures=0, disputes=0, said_there=False, code="", words=_words(event))
    if package.stage is to:
        return after, ()
    return with_clock(after._replace(asks=0), now + pause(policy.ledger_ask, 1, package.seed), policy), ()


def claim(package: Package, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    after = package._replace(stage=to, said_there=True, asks=0, code="111")
    return with_clock(after, now, policy), (Note("known-there", "111"),)


def doubt(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after = package._replace(stage=to, asks=0, code=_number(event))
    return with_clock(after, now + pause(policy.ledger_ask, 1, package.seed), policy), ()


def doubt_alarmed(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after, _ = doubt(package, to, event, now, policy)
    return after, (Alarm("lifecycle.ledger-strange", {"code": after.code}),)


def lose_sight(package: Package, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return with_clock(package._replace(stage=to, asks=0, code=""), now, policy), ()


def ask_again(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return lose_sight(package._replace(disputes=0), to, event, now, policy)


def ask(package: Package, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    question, asks = package.questions + 1, package.asks + 1
    after = package._replace(questions=question, asks=asks, asked_at=now)
    alarms = (Alarm("lifecycle.ledger-overdue", {"words": package.words}),) if asks == policy.overdue_asks else ()
    effects = (AskPackage(question), *alarms)
    return with_clock(after, now + pause(policy.ledger_ask, asks, package.seed), policy), effects


def nothing(package: Package, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return package, ()


def hear(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    """What GİB says of a package that waits for a person is kept for the person."""
    return package._replace(words=_words(event) or package.words), ()


def denied(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return package._replace(disputes=package.disputes + 1), (Note("denied", _number(event)),)


def vanished(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after, _ = rest(package._replace(disputes=0), to, event, now, policy)
    return after, (Alarm("lifecycle.ledger-vanished"),)


def approve(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    """The berat is fetched at once; nobody else makes the book count."""
    after = package._replace(stage=to, said_there=True, asks=0, misses=0, code="", words=_words(event))
    return with_clock(after, now, policy), ()


def fetch(package: Package, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    fetches, misses = package.fetches + 1, package.misses + 1
    after = package._replace(fetches=fetches, misses=misses)
    alarms = (Alarm("lifecycle.ledger-berat-missing", {"code": package.code}),) if misses == policy.overdue_asks else ()
    effects = (FetchBerat(fetches), *alarms)
    return with_clock(after, now + pause(policy.ledger_fetch, misses, package.seed), policy), effects


def fetch_again(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    """Nobody is called because of a time that was over long ago."""
    after, _ = approve(package._replace(warned=warned_by(package, now, policy)), to, event, now, policy)
    return after, (Note("berat-lost"),)


def miss(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return package._replace(code=_number(event)), ()


def distrust(package: Package, to: Stage, event: BeratRead, now: datetime, policy: Policy) -> Done:
    """GİB is to be asked by people (Uygulama Kılavuzu V1.12, steps 7–8); fetching goes on, more rarely."""
    alarms = () if package.code == event.code else (Alarm("lifecycle.ledger-berat-bad", {"code": event.code}),)
    return with_clock(package._replace(code=event.code), now + policy.remind, policy), alarms


def secure(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after = _end(package._replace(code="", words=_words(event) or package.words), to)
    return after, (Secured(is_late=not was_in_time(package)),)


def wait(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    """Wait for a person; people are called now and reminded later."""
    code = IN_WORDS if isinstance(event, StatusTold) else _number(event)
    after = unhushed(package)._replace(stage=to, code=code, words=_words(event))
    alarm = Alarm(_WAITING_FOR.get(code, "lifecycle.ledger-refused"), {"code": code, "words": after.words})
    return with_clock(after, now + policy.remind, policy), (Remind(), alarm)


def remind(package: Package, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    """Of what was sent, GİB is asked once more too: words that were taken for a refusal may not have been one."""
    after = with_clock(package, now + policy.remind, policy)
    if not package.attempts:
        return after, (Remind(),)
    question = package.questions + 1
    return after._replace(questions=question, asked_at=now), (Remind(), AskPackage(question))


def withdraw(package: Package, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return _end(package, to), ()


def verify_deletion(package: Package, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    after = package._replace(stage=to, asks=0, disputes=0, asked_before=package.questions)
    return with_clock(after, now, policy), ()


def vacate(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return _end(package._replace(words=_words(event)), to), (Vacated(),)


def vacate_alarmed(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after, effects = vacate(package, to, event, now, policy)
    return after, (*effects, Alarm("lifecycle.ledger-deleted"))


def still_there(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    after, _ = approve(package, to, event, now, policy)
    return after, (Note("still-there"), Remind())


def still_filed(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    return _end(package._replace(words=_words(event)), to), (Note("still-there"), Remind())


def warn(package: Package, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    warned = warned_by(package, now, policy)
    after = with_clock(package._replace(warned=warned), package.work_at, policy)
    return after, (Alarm(alarm_code(warned), {"stage": package.stage.value}),)


def count_warning(package: Package, to: Stage, event: Event, now: datetime, policy: Policy) -> Done:
    """GİB has it, sent in time: it cannot become late by waiting, only by being refused."""
    after, alarms = warn(package, to, event, now, policy)
    if not was_in_time(package):
        return after, alarms
    return after._replace(hushed=package.hushed or now >= package.due_at), ()


_WAITING_FOR: Final = {
    "111": "lifecycle.ledger-disputed",
    "304": "lifecycle.ledger-disputed",
    "305": "lifecycle.ledger-of-others",
    "205": "lifecycle.ledger-of-others",
}


def _number(event: Event) -> str:
    has_number = isinstance(event, SendEnded | AskEnded | FetchEnded) and event.number is not None
    return str(event.number) if has_number else ""  # type: ignore[union-attr]


def _words(event: Event) -> str:
    return event.words if isinstance(event, StatusTold) else ""


def _end(package: Package, to: Stage) -> Package:
    return package._replace(stage=to, wake_at=None, work_at=None)
