"""The tables by themselves: every stage that is not an end can be left and has an alarm clock; ends stay ends."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

import pytest

from ulak.lifecycle import accounts, answers, documents, envelopes, identities, inbound, ledgers, reports
from ulak.lifecycle.machine import Machine, Row

ROOMS = [envelopes, documents, answers, inbound, accounts, reports, ledgers]
NAMES = [room.__name__.rsplit(".", 1)[1] for room in ROOMS]
STARTS: dict[ModuleType, set[Any]] = {
    envelopes: {envelopes.Stage.PACKED},
    documents: {documents.Stage.DRAFT},
    answers: {answers.Stage.OPEN, answers.Stage.NOT_DELIVERED, answers.Stage.NONE},
    inbound: {inbound.Stage.STORED},
    accounts: {accounts.Stage.CONTRACTED},
    reports: {reports.Stage.BUILDING},
    ledgers: {ledgers.Stage.READY},
}
NOTED_ONLY = {"old-news", "old-work", "other-trip", "other-response", "other-request"}
"""Happenings that change nothing anywhere: news of what does not count any more."""
SOURCE = re.compile(
    r"own|((DK|EK|GIK|ÖEK|SCH|TTK|Ek-[123]|UserList|UBL-TR|K118|IPT11|TK|UK|WS|Tebliğ)[ ,].*)"
    r"(; (DK|EK|GIK|ÖEK|SCH|TTK|Ek-[123]|K118)[ ,].*)*"
)

rooms = pytest.mark.parametrize("room", ROOMS, ids=NAMES)


def after(room: ModuleType, stage: Any) -> set[Any]:
    return {row.to for row in room.ROWS if stage in row.stages and row.to is not None}


def reached(room: ModuleType, start: set[Any]) -> set[Any]:
    found, new = set(start), set(start)
    while new:
        new = set().union(*(after(room, stage) for stage in new)) - found
        found |= new
    return found


def rests(stage: Any) -> bool:
    """Whether nothing happens by itself, although a wish may still change it: what is issued, cancelled, approved."""
    return stage in (documents.Stage.ISSUED, documents.Stage.VOIDED) or getattr(stage, "rests", False)


@rooms
def test_every_stage_can_be_reached(room: ModuleType) -> None:
    assert reached(room, STARTS[room]) == set(room.Stage)


@rooms
def test_every_stage_leads_to_an_end(room: ModuleType) -> None:
    for stage in room.Stage:
        assert any(end.is_final or rests(end) for end in reached(room, {stage})), stage


@rooms
def test_every_stage_that_is_not_an_end_answers_its_alarm_clock(room: ModuleType) -> None:
    for stage in room.Stage:
        clock = room.MACHINE.row(stage, room.Happening.DUE)
        assert (clock is None) is (stage.is_final or rests(stage)), stage


@rooms
def test_no_row_leads_out_of_an_end(room: ModuleType) -> None:
    for row in room.ROWS:
        assert row.to is None or not any(stage.is_final for stage in row.stages), row


@rooms
def test_every_happening_does_something_somewhere(room: ModuleType) -> None:
    used = {row.on.value for row in room.ROWS}
    assert {happening.value for happening in room.Happening} - used <= NOTED_ONLY


@pytest.mark.parametrize("room", [*ROOMS, identities], ids=[*NAMES, "identities"])
def test_every_row_says_where_it_comes_from(room: ModuleType) -> None:
    for row in room.ROWS:
        assert SOURCE.fullmatch(row.source), row.source


@pytest.mark.parametrize("room", [*ROOMS, identities], ids=[*NAMES, "identities"])
def test_every_stage_and_happening_is_explained(room: ModuleType) -> None:
    """A member's own words stand below it in the source."""
    for file, enum in (("stages", room.Stage), ("happenings", room.Happening)):
        module = __import__(room.__name__ if room is identities else f"{room.__name__}.{file}", fromlist=["x"])
        with open(str(module.__file__), encoding="utf-8") as source:
            text = source.read()
        for member in enum:
            assert re.search(rf'    {member.name} = "{member.value}".*\n    """[A-Z0-9].+', text), member


def test_two_rows_for_one_place_are_refused() -> None:
    row = envelopes.ROWS[0]
    with pytest.raises(ValueError, match="two rows"):
        Machine((row, row._replace(source="own")), envelopes.happening)


def leading_to(stage: envelopes.Stage) -> list[Row]:
    return [row for row in envelopes.ROWS if row.to is stage]


def test_there_is_one_door_to_sending() -> None:
    (door,) = leading_to(envelopes.Stage.SENDING)
    assert set(door.stages) == {envelopes.Stage.PACKED, envelopes.Stage.RESTING}
    assert door.on is envelopes.Happening.DUE


def test_only_what_did_not_arrive_may_be_sent_again() -> None:
    known = {"nothing-sent", "postponed", "not-there", "never-there", "resumed"}
    assert {row.on.value for row in leading_to(envelopes.Stage.RESTING)} == known
    resumed = [row for row in leading_to(envelopes.Stage.RESTING) if row.on.value == "resumed"]
    assert [row.stages for row in resumed] == [(envelopes.Stage.HELD,)]


def test_documents_go_again_only_from_where_they_may() -> None:
    packing = {stage for row in documents.ROWS if row.to is documents.Stage.SEALED for stage in row.stages}
    assert documents.Stage.DELIVERED not in packing
    from_road = {row.on.value for row in documents.ROWS if row.to is documents.Stage.SEALED
                 and documents.Stage.ON_ROAD in row.stages}  # fmt: skip
    assert from_road == {"blamed-together", "known-together"}
