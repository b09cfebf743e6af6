"""User lists are renewed every hour (ÖEK V1.13, 4), and never stop the center."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from center_ends import end_laboratory
from center_support import ARDIC_PK, MELTEM_GB, MELTEM_PK, Laboratory
from ulak.envelope import Party
from ulak.userlist import read_closures, read_users
from ulak_center.ends.lists import Lists
from ulak_center.population import Population
from ulak_center.userlists import List
from ulak_center.values import Role, Use


@pytest.fixture
def lab(tmp_path: Path) -> Laboratory:
    return end_laboratory(lists=tmp_path / "lists", publishes_inline=True)


def lists_of(lab: Laboratory) -> Lists:
    lists = lab.center.lists
    assert lists is not None
    return lists


def numbers_in(path: Path) -> set[str]:
    return {user.number for user in read_users(path)}


def test_they_are_there_at_once_and_hold_gibs_own_ends_too(lab: Laboratory) -> None:
    lab.center.run_due()
    numbers = numbers_in(lists_of(lab)(List.PK))
    assert {"5610247301", "1460415308", ARDIC_PK.number, MELTEM_PK.number} <= numbers


def test_who_registers_is_listed_within_the_hour(lab: Laboratory) -> None:
    lab.center.run_due()
    gb, pk = (Party(f"urn:mail:{role}@new.example", "1234567803", "Yeni A.Ş.") for role in ("gb", "pk"))
    lab.open(gb, pk)
    assert "1234567803" not in numbers_in(lists_of(lab)(List.GB))
    lab.pass_time(minutes=61)
    assert "1234567803" in numbers_in(lists_of(lab)(List.GB))


def test_synthetic_taxpayers_are_listed_too(tmp_path: Path) -> None:
    lab = end_laboratory(lists=tmp_path / "lists", publishes_inline=True, synthetic=Population(50, 3))
    lab.center.run_due()
    assert len(numbers_in(lists_of(lab)(List.PK))) > 40


def test_whose_accounts_end_is_listed_for_seven_days(lab: Laboratory) -> None:
    lists = lists_of(lab)
    lists.announce_end(MELTEM_GB.number, code="3", reason="Tasfiye")
    lab.pass_time(hours=1)
    [row] = read_closures(lists(List.CLOSURES))
    assert (row.number, row.closed.isoformat(), row.status, row.reason) == (
        MELTEM_GB.number,
        "2026-11-22",
        "1",
        "Tasfiye",
    )
    now = lab.center.clock.now()
    assert lab.center.registry.unit(MELTEM_PK.number, MELTEM_PK.alias, Role.PK, Use.INVOICE, now) is not None
    lab.pass_time(days=7)
    assert list(read_closures(lists(List.CLOSURES))) == []


def test_lists_that_cannot_be_written_stop_nobody(lab: Laboratory, tmp_path: Path) -> None:
    (tmp_path / "lists").write_text("in the way")
    lab.pass_time(hours=3)
    outcomes = [call.outcome for call in lab.center.calls() if call.operation == "userList"]
    assert len(outcomes) == 4
    assert all(outcome.startswith("failed:") for outcome in outcomes)
    os.unlink(tmp_path / "lists")
    lab.pass_time(hours=1)
    assert lists_of(lab)(List.PK).is_file()


def test_they_are_written_beside_the_work_unless_told_otherwise(tmp_path: Path) -> None:
    lab = end_laboratory(lists=tmp_path / "lists")
    published = lists_of(lab).publish()
    assert published.is_new
    lab.center.run_due()
    lab.center.close()
    assert lists_of(lab)(List.PK).is_file()


def test_the_archive_office_gives_the_same_list(lab: Laboratory) -> None:
    lists = lists_of(lab)
    assert lists.archive_file("XML") is None
    lab.center.run_due()
    found = lists.archive_file("XML")
    assert found is not None
    assert found.data == lists(List.ARCHIVE_XML).read_bytes()
    assert lists.archive_file("PDF") is None


def test_a_center_that_published_before_may_start_without_a_folder(tmp_path: Path) -> None:
    lab = end_laboratory(path=tmp_path / "center.sqlite", lists=tmp_path / "lists", publishes_inline=True)
    now = lab.center.clock.now()
    lab.center.close()
    again = end_laboratory(path=tmp_path / "center.sqlite", at=now)
    again.pass_time(days=1)
    assert again.center.lists is None
    assert again.center.next_due() is None
