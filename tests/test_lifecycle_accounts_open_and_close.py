"""Accounts are open when GİB says so, closed in its order, and wound up when its list says so."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from lifecycle_steps import NOW, RING, Story
from ulak.lifecycle import accounts, identities
from ulak.lifecycle.accounts import (
    AliasWanted,
    CheckList,
    CloseWanted,
    ContractEnded,
    Listed,
    MakeRequest,
    OpenWanted,
    RequestEnded,
    RequestPacked,
    SendLastReports,
    Stage,
    StartAnew,
    StopIssuing,
    TempListed,
)
from ulak.lifecycle.days import ISTANBUL
from ulak.lifecycle.effects import Alarm
from ulak.lifecycle.envelopes import Stage as End

DONE = RequestEnded("u1", End.COMPLETED, "1200")


def account() -> Story:
    return Story(accounts, accounts.contracted(NOW, seed=7, remind_at=NOW))


def active() -> Story:
    return account().go(OpenWanted(), RequestPacked("u1"), DONE)


def test_it_is_active_when_gib_says_so_and_not_before() -> None:
    story = account().go(OpenWanted())
    assert story.effects == (MakeRequest(opens=True),)
    assert not story.go(RequestPacked("u1")).stage.may_issue
    assert story.go(DONE).stage.may_issue


def test_it_is_compared_with_gibs_list() -> None:
    assert active().go(RING).effects == (CheckList(),)


def test_the_taxpayer_is_reminded_of_the_seal() -> None:
    assert account().go(RING).words == ["Remind"]


@pytest.mark.parametrize("code", ["1182", "1150", "1177", ""])
def test_what_gib_refuses_waits_for_a_person(code: str) -> None:
    story = account().go(OpenWanted(), RequestPacked("u1"), RequestEnded("u1", End.REFUSED, code))
    assert story.stage is Stage.NOT_OPENED
    assert story.words == ["Remind"]
    assert story.go(OpenWanted()).effects == (MakeRequest(opens=True),)


@pytest.mark.parametrize("code", ["1170", "1195"])
def test_what_may_pass_is_asked_again(code: str) -> None:
    story = account().go(OpenWanted(), RequestPacked("u1"), RequestEnded("u1", End.REFUSED, code))
    assert story.stage is Stage.OPENING
    assert story.go(RING).effects == (MakeRequest(opens=True),)


def test_what_may_pass_and_does_not_waits_for_a_person() -> None:
    story = account().go(OpenWanted())
    for number in range(20):
        story.go(RequestPacked(f"u{number}"), RequestEnded(f"u{number}", End.REFUSED, "1195"))
        if story.stage is not Stage.OPENING:
            break
        story.go(RING)
    assert story.stage is Stage.NOT_OPENED


def test_a_request_that_nobody_packed_is_made_again_and_one_on_its_way_is_not() -> None:
    assert account().go(OpenWanted(), RING).effects == (MakeRequest(opens=True),)
    assert account().go(OpenWanted(), RequestPacked("u1"), RING).effects == ()


@pytest.mark.parametrize("end", [DONE._replace(envelope="u2"), RequestEnded("u2", End.REFUSED, "1182")])
def test_documents_go_on_while_gib_is_told_of_another_alias_and_whatever_it_says(end: RequestEnded) -> None:
    story = active().go(AliasWanted())
    assert story.effects == (MakeRequest(opens=True),)
    assert story.stage is Stage.ADDING
    assert story.stage.may_issue
    assert story.go(CloseWanted()).stage is Stage.ADDING
    assert story.go(RequestPacked("u2"), end).stage is Stage.ACTIVE
    assert story.record.code == end.code


def test_closing_issues_nothing_new() -> None:
    story = active().go(CloseWanted())
    assert story.effects == (MakeRequest(opens=False),)
    assert not story.stage.may_issue
    assert story.go(RequestPacked("u2"), RequestEnded("u2", End.COMPLETED, "1200")).stage is Stage.CLOSED


def test_e_despatch_is_closed_before_e_invoice() -> None:
    story = active().go(CloseWanted(despatch_is_open=True))
    assert story.stage is Stage.ACTIVE
    assert story.words == ["Note"]


def test_what_gib_does_not_close_waits_for_a_person() -> None:
    story = active().go(CloseWanted(), RequestPacked("u2"), RequestEnded("u2", End.REFUSED, "1183"))
    assert story.stage is Stage.NOT_CLOSED
    assert story.go(CloseWanted()).effects == (MakeRequest(opens=False),)


def test_a_contract_may_end_before_it_is_opened() -> None:
    assert account().go(ContractEnded()).stage is Stage.DROPPED
    assert account().go(OpenWanted(), ContractEnded()).stage is Stage.OPENING


def test_gibs_list_closes_it_and_the_last_reports_have_a_day() -> None:
    day = date(2026, 12, 1)
    until = datetime(2026, 12, 2, tzinfo=ISTANBUL)
    for story in (active(), active().go(CloseWanted())):
        assert story.go(TempListed(day)).effects == (StopIssuing(day), SendLastReports(until))
        assert story.stage is Stage.WINDING_UP
        assert story.go(TempListed(day)).words == ["Stray"]
        assert story.go(RING).stage is Stage.CLOSED_BY_GIB
        assert story.now == until


def test_a_list_that_comes_late_leaves_no_time() -> None:
    story = active().go(timedelta(days=30), TempListed(date(2026, 12, 1)))
    assert story.record.wake_at == story.now


def test_whoever_reappears_in_the_list_starts_anew_without_a_request() -> None:
    story = active().go(TempListed(date(2026, 12, 1)), RING, Listed())
    assert story.effects == (StartAnew(),)
    assert story.stage is Stage.CLOSED_BY_GIB


def test_news_of_an_earlier_request_does_not_count() -> None:
    story = account().go(OpenWanted(), RequestPacked("u1"), RequestEnded("u1", End.REFUSED, "1195"), RING)
    story.go(RequestPacked("u2"), DONE)
    assert story.stage is Stage.OPENING


def test_a_suspended_identity_is_held_until_people_let_it_go() -> None:
    story = Story(identities, identities.Identity())
    assert story.go(identities.PermissionGone()).effects == (Alarm("lifecycle.suspended"),)
    assert story.go(identities.PermissionGone()).words == ["Stray"]
    assert story.go(RING).effects == (Alarm("lifecycle.suspended"),)
    assert story.go(identities.PermissionBack()).effects == (identities.ResumeAll(),)
    assert story.record == identities.Identity()
