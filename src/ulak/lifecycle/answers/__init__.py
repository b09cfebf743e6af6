"""Answers to documents: KABUL, RED, IADE, receipt advices, and what customs say; until when, and once only.

Sources: Entegrasyon Kılavuzu (EK) V1.10, 3.1 and 3.2; Denetim Kılavuzu (DK) J23–J30, L21–L27; Gümrük İşlemleri Kılavuzu
(GIK) V1.8, 3.2.2; TTK 21/2 as the İptal/İhtar/İtiraz Kılavuzu V1.2, 2 quotes it.

>>> from datetime import datetime
>>> from ulak.lifecycle.days import ISTANBUL
>>> from ulak.lifecycle.policy import DEFAULT
>>> answer = received(kind_of("TICARIFATURA"), datetime(2026, 11, 22, 14, 32, tzinfo=ISTANBUL), DEFAULT)
>>> sentence(answer, datetime(2026, 11, 24, 9, tzinfo=ISTANBUL)).tr
'Yanıt için 6 gün var.'
>>> step(answer, AnswerWanted("RED"), datetime(2026, 11, 30, 23, 59, tzinfo=ISTANBUL), DEFAULT).record.stage
<Stage.ANSWERING: 'answering'>
>>> step(answer, AnswerWanted("RED"), datetime(2026, 12, 1, tzinfo=ISTANBUL), DEFAULT).effects
(Refuse(problem='lifecycle.answer-too-late'),)
"""

from ulak.lifecycle.answers.happenings import Happening, happening
from ulak.lifecycle.answers.rows import MACHINE, ROWS, sentence, step
from ulak.lifecycle.answers.stages import SENTENCES, Stage
from ulak.lifecycle.answers.values import (
    ALLOWED,
    RECEIPT,
    Answer,
    AnswerCame,
    AnswerEnded,
    AnswerKind,
    AnswerWanted,
    Delivered,
    Event,
    Ignore,
    MakeAnswer,
    NeverDelivered,
    Refuse,
    Take,
    awaited,
    kind_of,
    received,
)

__all__ = [
    "ALLOWED",
    "MACHINE",
    "RECEIPT",
    "ROWS",
    "SENTENCES",
    "Answer",
    "AnswerCame",
    "AnswerEnded",
    "AnswerKind",
    "AnswerWanted",
    "Delivered",
    "Event",
    "Happening",
    "Ignore",
    "MakeAnswer",
    "NeverDelivered",
    "Refuse",
    "Stage",
    "Take",
    "awaited",
    "happening",
    "kind_of",
    "received",
    "sentence",
    "step",
]
