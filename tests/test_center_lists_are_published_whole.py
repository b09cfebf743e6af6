"""The lists hold everybody the center knows, are replaced in one step, and stay as they are if nothing changed."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from ulak.errors import UlakError
from ulak.userlist import (
    AccountType,
    ArchiveUser,
    Closure,
    ListRole,
    User,
    active_aliases,
    read_archive_csv,
    read_archive_list,
    read_closures,
    read_users,
    role_of_file,
)
from ulak.userlist.values import DocumentType
from ulak_center.population import Population
from ulak_center.userlists import List, Publisher, Registered, archive_user_of, user_of
from ulak_center.values import Account, Role, Unit, Use
from userlist_support import AT, when

NUMBER: Final = "4812530769"
BEGIN: Final = when(2024, 5, 6, 7, 8, 9)
PEOPLE: Final = Population(50, 1)


def unit(alias: str, role: Role, use: Use = Use.INVOICE, deleted: datetime | None = None) -> Unit:
    return Unit(NUMBER, f"urn:mail:{alias}@ardic.example", role, use, "8642031054", BEGIN, deleted)


def known(*units: Unit, title: str = "ARDIÇ & OĞLU A.Ş.", services: tuple[tuple[str, str], ...] = ()) -> Registered:
    return Registered(Account(NUMBER, title, "OZEL", "OZELENTEGRASYON", BEGIN, services), units)


ARDIC: Final = known(
    unit("pk", Role.PK),
    unit("old", Role.PK, deleted=BEGIN + timedelta(days=30)),
    unit("gb", Role.GB),
    unit("irsaliye", Role.PK, Use.DESPATCH),
    services=(("earchive", "8642031054"), ("usergb", "8642031054")),
)


def users(publisher: Publisher, which: List) -> list[User]:
    return list(read_users(publisher.path(which)))


def test_those_the_center_keeps_come_first_then_the_synthetic_ones(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, PEOPLE)
    publisher.publish([ARDIC], AT)
    for which, role in ((List.PK, ListRole.PK), (List.GB, ListRole.GB)):
        found = users(publisher, which)
        assert [user.number for user in found] == [NUMBER, *(PEOPLE.number(index) for index in range(50))]
        assert found[1:] == list(PEOPLE.users(role))
        assert role_of_file(publisher.path(which)) == role


def test_each_list_shows_the_aliases_of_its_role(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    publisher.publish([ARDIC], AT)
    (pk,), (gb,) = users(publisher, List.PK), users(publisher, List.GB)
    assert active_aliases(pk, DocumentType.INVOICE, AT) == ("urn:mail:pk@ardic.example",)
    assert active_aliases(pk, DocumentType.DESPATCH, AT) == ("urn:mail:irsaliye@ardic.example",)
    assert active_aliases(gb, DocumentType.INVOICE, AT) == ("urn:mail:gb@ardic.example",)
    assert (pk.title, pk.account_type, pk.first_created) == ("ARDIÇ & OĞLU A.Ş.", AccountType.INTEGRATOR, BEGIN)


def test_deleted_aliases_stay_in_the_list(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    publisher.publish([ARDIC], AT)
    (pk,) = users(publisher, List.PK)
    (deleted,) = (alias for alias in pk.documents[0].aliases if alias.deleted)
    assert deleted.name == "urn:mail:old@ardic.example"


def test_a_taxpayer_without_alias_of_a_role_is_not_in_that_list() -> None:
    assert user_of(known(unit("gb", Role.GB)), ListRole.PK) is None
    assert user_of(known(), ListRole.GB) is None


def test_a_synthetic_taxpayer_that_the_center_took_over_stands_there_once(tmp_path: Path) -> None:
    taken = ARDIC._replace(account=ARDIC.account._replace(number=PEOPLE.number(7)))
    publisher = Publisher(tmp_path, PEOPLE)
    publisher.publish([taken], AT)
    found = [user for user in users(publisher, List.PK) if user.number == PEOPLE.number(7)]
    assert [user.title for user in found] == ["ARDIÇ & OĞLU A.Ş."]


def test_users_of_earchive_are_listed_in_both_forms(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, PEOPLE)
    publisher.publish([ARDIC], AT)
    found = list(read_archive_list(publisher.path(List.ARCHIVE_XML)))
    assert found == list(read_archive_csv(publisher.path(List.ARCHIVE_CSV)))
    assert found[0] == ArchiveUser(NUMBER, "ARDIÇ & OĞLU A.Ş.", BEGIN, BEGIN)
    assert found[1:] == list(PEOPLE.archive_users())
    assert archive_user_of(known(unit("pk", Role.PK))) is None


def test_closures_are_listed(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    closed = Closure(NUMBER, "", date(2026, 11, 20), code="861", reason="bu bir denemedir")
    publisher.publish([], AT, [closed])
    assert list(read_closures(publisher.path(List.CLOSURES))) == [closed]
    assert users(publisher, List.PK) == []


def test_the_time_of_a_list_is_that_of_its_publication(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, PEOPLE)
    for now in (AT, AT + timedelta(hours=1)):
        published = publisher.publish([ARDIC], now)
        assert published.at == now
        for path in published.paths.values():
            assert path.stat().st_mtime == now.timestamp()


def test_lists_that_would_be_the_same_are_not_written_again(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, PEOPLE)
    assert publisher.publish([ARDIC], AT).is_new
    before = {path: path.stat().st_ino for path in tmp_path.iterdir()}
    assert not publisher.publish([ARDIC], AT + timedelta(hours=1)).is_new
    assert not Publisher(tmp_path, Population(50, 1)).publish([ARDIC], AT).is_new
    assert {path: path.stat().st_ino for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: Publisher(folder, PEOPLE).publish([known(unit("new", Role.PK))], AT),
        lambda folder: Publisher(folder, Population(51, 1)).publish([ARDIC], AT),
        lambda folder: Publisher(folder, Population(50, 2)).publish([ARDIC], AT),
        lambda folder: Publisher(folder, PEOPLE).publish([ARDIC], AT, [Closure(NUMBER, "", date(2026, 1, 1))]),
    ],
)
def test_any_change_is_published(change: object, tmp_path: Path) -> None:
    assert callable(change)
    Publisher(tmp_path, PEOPLE).publish([ARDIC], AT)
    assert change(tmp_path).is_new


def test_a_list_that_went_missing_is_written_again(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    publisher.publish([ARDIC], AT)
    publisher.path(List.GB).unlink()
    assert publisher.publish([ARDIC], AT).is_new
    assert len(users(publisher, List.GB)) == 1


def test_a_list_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path)
    publisher.publish([ARDIC], AT)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.zip")}
    with pytest.raises(UlakError, match=r"userlist\.unwritable"):
        publisher.publish([known(unit("pk", Role.PK), title="a\x00b")], AT)
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*")} == before
    assert publisher.publish([ARDIC], AT).is_new


def test_whoever_reads_a_list_while_it_is_replaced_reads_the_old_one(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path, PEOPLE)
    publisher.publish([ARDIC], AT)
    with publisher.path(List.PK).open("rb") as file:
        publisher.publish([], AT)
        assert len(list(read_users(file))) == 51
    assert len(users(publisher, List.PK)) == 50


def test_anybody_may_read_the_lists(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path / "deep" / "er")
    published = publisher.publish([], AT)
    assert {path.stat().st_mode & 0o777 for path in published.paths.values()} == {0o644}
    assert not [name for name in os.listdir(tmp_path / "deep" / "er") if name.startswith(".")]
