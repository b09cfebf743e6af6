"""One sentence for each document, in both languages, without codes; it says what to do if there is something to do."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from lifecycle_steps import NOW
from ulak.codes.statuses import Outcome, statuses
from ulak.lifecycle import answers, envelopes
from ulak.lifecycle.documents import Document, Stage
from ulak.lifecycle.envelopes import Envelope, EnvelopeKind
from ulak.lifecycle.policy import DEFAULT
from ulak.lifecycle.saying import say

ERRORS = [status.code for status in statuses() if status.outcome is Outcome.ERROR]


def document(stage: Stage, code: str = "") -> Document:
    return Document(stage, 1, NOW, code=code)


def is_plain(text: str) -> bool:
    return bool(re.fullmatch(r"[^{}]+[.?]", text)) and not re.search(r"\b1\d{3}\b", text)


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_one(stage: Stage) -> None:
    said = say(document(stage), None, None, NOW)
    assert is_plain(said.tr)
    assert is_plain(said.en)


@pytest.mark.parametrize("stage", envelopes.Stage)
def test_on_the_road_the_envelope_speaks(stage: envelopes.Stage) -> None:
    envelope = Envelope(EnvelopeKind.BUSINESS, stage, 1, NOW)
    assert say(document(Stage.ON_ROAD), envelope, None, NOW) == stage.sentence


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize("stage", [Stage.RETURNED, Stage.TO_CORRECT, Stage.RETRYING])
def test_what_came_back_says_why_and_what_to_do(stage: Stage, code: str) -> None:
    said = say(document(stage, code), None, None, NOW)
    assert said.tr.startswith("Geri döndü: ")
    assert said.en.startswith("It came back: ")
    assert is_plain(said.tr)
    assert is_plain(said.en)


def test_afterwards_the_answer_speaks() -> None:
    delivered, kind = document(Stage.DELIVERED), answers.AnswerKind.COMMERCIAL
    waiting = answers.step(answers.awaited(kind, NOW, DEFAULT), answers.Delivered(), NOW, DEFAULT).record
    assert say(delivered, None, waiting, NOW + timedelta(days=2)).tr == "Alıcıya ulaştı. Yanıt için 6 gün var."
    rejected = answers.step(waiting, answers.AnswerCame("RED"), NOW, DEFAULT).record
    assert say(delivered, None, rejected, NOW).tr == "Alıcı reddetti."
    none = answers.awaited(answers.AnswerKind.NONE, NOW, DEFAULT)
    assert say(delivered, None, none, NOW).tr == "Alıcıya ulaştı."
    assert say(document(Stage.ON_ROAD), None, waiting, NOW).tr == "Yolda."


def test_only_people_are_told_to_act() -> None:
    for stage in Stage:
        if stage.waits_for_person and stage not in (Stage.DRAFT, Stage.DISPUTED):
            assert re.search(r"düzelt|gönder", stage.sentence.tr, re.IGNORECASE), stage
