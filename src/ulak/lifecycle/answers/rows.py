"""The table of answers: stage and happening → stage and effects."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ulak.errors import Text
from ulak.lifecycle.answers.happenings import Happening, happening
from ulak.lifecycle.answers.stages import SENTENCES, Stage
from ulak.lifecycle.answers.values import (
    Answer,
    AnswerCame,
    AnswerKind,
    AnswerWanted,
    Event,
    Ignore,
    MakeAnswer,
    Refuse,
    Take,
)
from ulak.lifecycle.days import days_left, end_of
from ulak.lifecycle.effects import Effects, Note, Remind
from ulak.lifecycle.machine import Machine, Row, Step
from ulak.lifecycle.policy import Policy

__all__ = ["MACHINE", "ROWS", "sentence", "step"]

Done = tuple[Answer, Effects]


# -- what is done ------------------------------------------------------------------------------------------------------


def answer_so(answer: Answer, to: Stage, event: AnswerWanted, now: datetime, policy: Policy) -> Done:
    assert answer.until is not None
    after = answer._replace(stage=to, code=event.code, wake_at=now + policy.remind)
    return after, (MakeAnswer(event.code, answer.until),)


def open_again(answer: Answer, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return answer._replace(stage=to, code="", wake_at=_reminder(answer, now, policy)), (Remind(),)


def remind(answer: Answer, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return answer._replace(wake_at=answer.until or now + policy.remind), (Remind(),)


def wait(answer: Answer, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return answer._replace(wake_at=now + policy.remind), ()


def end(answer: Answer, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return answer._replace(stage=to, wake_at=None), ()


def lapse(answer: Answer, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return answer._replace(stage=to, code="", wake_at=None), (Note("no-answer"),)


def begin(answer: Answer, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    """The receiver's time begins; customs have no limit."""
    until = None if answer.kind is AnswerKind.CUSTOMS else end_of(now, policy.accept_days)
    return answer._replace(stage=to, until=until, since=now, wake_at=until or now + policy.remind), ()


def take(answer: Answer, to: Stage, event: AnswerCame, now: datetime, policy: Policy) -> Done:
    return answer._replace(stage=to, code=event.code, since=now, wake_at=None), (Take(event.code),)


def ignore_late(answer: Answer, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return answer._replace(stage=to, wake_at=None), (Ignore("lifecycle.answer-came-late"),)


def ignore_second(answer: Answer, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return answer, (Ignore("lifecycle.answer-came-twice"),)


def ignore_odd(answer: Answer, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return answer, (Ignore("lifecycle.answer-not-foreseen"),)


def refuse_late(answer: Answer, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return answer, (Refuse("lifecycle.answer-too-late"),)


def refuse_second(answer: Answer, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return answer, (Refuse("lifecycle.answered-already"),)


def refuse_odd(answer: Answer, to: Stage, _: Event, now: datetime, policy: Policy) -> Done:
    return answer, (Refuse("lifecycle.answer-not-foreseen"),)


def _reminder(answer: Answer, now: datetime, policy: Policy) -> datetime | None:
    """A day before the end, or at the end if that is nearer."""
    until = answer.until
    return until if until is None or now >= until - policy.remind else until - policy.remind


# -- the table ---------------------------------------------------------------------------------------------------------

_S, _H = Stage, Happening
_OURS: Final = (_S.OPEN, _S.ANSWERING, _S.ANSWERED, _S.LAPSED, _S.NONE)
_THEIRS: Final = (_S.NOT_DELIVERED, _S.EXPECTED, _S.RECEIVED, _S.SILENT, _S.NONE)
_MADE: Final = "EK 3.2; DK J24–J26, L21–L23"
_ONCE: Final = "EK 3.2; DK J27, L24"
_TAKEN: Final = "DK J29, L26; GIK 3.2.2"

ROWS: Final = (
    # Ours.
    Row((_S.OPEN,), _H.DUE, None, remind, "own"),
    Row((_S.OPEN,), _H.LAPSE, _S.LAPSED, lapse, _MADE),
    Row((_S.OPEN,), _H.WANTED, _S.ANSWERING, answer_so, _MADE),
    Row((_S.OPEN, _S.LAPSED), _H.WANTED_LATE, None, refuse_late, _MADE),
    Row((_S.LAPSED,), _H.WANTED, None, refuse_late, _MADE),
    Row((_S.ANSWERING, _S.ANSWERED), _H.WANTED, None, refuse_second, _ONCE),
    Row((_S.ANSWERING, _S.ANSWERED), _H.WANTED_LATE, None, refuse_second, _ONCE),
    Row(_OURS, _H.WANTED_ODD, None, refuse_odd, "DK J23; EK 3.2"),
    Row((_S.ANSWERING,), _H.DUE, None, wait, "own"),
    Row((_S.ANSWERING,), _H.LAPSE, None, wait, "own"),
    Row((_S.ANSWERING,), _H.ARRIVED, _S.ANSWERED, end, _ONCE),
    Row((_S.ANSWERING,), _H.FAILED, _S.OPEN, open_again, "DK J31, L28"),
    Row((_S.ANSWERING,), _H.FAILED_LATE, _S.LAPSED, lapse, _MADE),
    # Theirs.
    Row((_S.NOT_DELIVERED,), _H.DUE, None, wait, "own"),
    Row((_S.NOT_DELIVERED,), _H.DELIVERED, _S.EXPECTED, begin, _TAKEN),
    Row((_S.NOT_DELIVERED,), _H.NEVER, _S.NONE, end, "own"),
    Row((_S.EXPECTED,), _H.DUE, None, wait, "GIK 3.2.2"),
    Row((_S.EXPECTED,), _H.LAPSE, _S.SILENT, lapse, _TAKEN),
    Row((_S.NOT_DELIVERED, _S.EXPECTED), _H.CAME, _S.RECEIVED, take, _TAKEN),
    Row((_S.EXPECTED,), _H.CAME_LATE, _S.SILENT, ignore_late, _TAKEN),
    Row((_S.SILENT,), _H.CAME, None, ignore_late, _TAKEN),
    Row((_S.RECEIVED,), _H.CAME, None, ignore_second, "DK J30, L27"),
    Row(_THEIRS, _H.CAME_ODD, None, ignore_odd, "SCH PostBoxResponseCodeCheck; DK J23"),
    Row((_S.NONE,), _H.CAME, None, ignore_odd, "DK J23"),
)

MACHINE: Final = Machine[Answer](ROWS, happening)


def step(answer: Answer, event: Event, now: datetime, policy: Policy) -> Step[Answer]:
    """What an event does to the answer to a document."""
    return MACHINE.step(answer, event, now, policy)


# -- for people --------------------------------------------------------------------------------------------------------

_ENDS: Final = {
    (Stage.LAPSED, AnswerKind.COMMERCIAL): Text(
        "Yanıt süresi doldu; fatura kabul edilmiş sayılır.",
        "The time for an answer ended; the invoice counts as accepted.",
    ),
    (Stage.SILENT, AnswerKind.COMMERCIAL): Text(
        "Alıcı süresi içinde yanıt vermedi; fatura kabul edilmiş sayılır.",
        "The receiver did not answer in time; the invoice counts as accepted.",
    ),
}
_LEFT: Final = Text("Yanıt için {n} gün var.", "There are {n} days left for an answer.")
_ONE_LEFT: Final = Text("Yanıt için 1 gün var.", "There is 1 day left for an answer.")
_LAST: Final = Text("Yanıt için son gün bugün.", "Today is the last day for an answer.")


def sentence(answer: Answer, now: datetime) -> Text:
    """How it stands, for a person, with the days that are left; silence means acceptance by law (TTK 21/2)."""
    if answer.until is None or answer.stage not in (Stage.OPEN, Stage.EXPECTED):
        return _ENDS.get((answer.stage, answer.kind), SENTENCES[answer.stage])
    left = max(0, days_left(answer.until, now))
    said = _LEFT.format(n=left) if left > 1 else _ONE_LEFT if left else _LAST
    if answer.stage is Stage.OPEN:
        return said
    return Text(f"Alıcıya ulaştı. {said.tr}", f"It has reached the receiver. {said.en}")
