"""GİB's lists are taken whole or not at all, hourly, with their history, and accounts are told what they say."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import BinaryIO

import httpx
import pytest
from django.conf import settings
from django.db import connection

from platform_world import ARDIC, taxpayer
from ulak.userlist import (
    Alias,
    Closure,
    Documents,
    DocumentType,
    ListRole,
    User,
    UserType,
    closure_list,
    user_list,
    write_zip,
)
from ulak_server import clock, environment
from ulak_server.archive.partitions import MONTHS, make_ahead
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange import lists
from ulak_server.taxpayers.models import Account
from ulak_server.userlist.fetching import download
from ulak_server.userlist.models import Closure as ClosureRow
from ulak_server.userlist.models import ListRun, RegisteredUser
from ulak_server.userlist.problems import ListsError
from ulak_server.userlist.services import freshness, mailboxes
from ulak_server.userlist.syncing import Name, due, sync

pytestmark = pytest.mark.usefixtures("platform_database")
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
NUMBERS = [f"{1000000000 + index}" for index in range(40)]


@pytest.fixture(autouse=True)
def _empty_and_configured(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings, "ENVIRONMENT", environment.read({"ULAK_USERLIST_URL": "http://lists.example/"}))
    at(0)
    yield
    clock.use(None)
    with scoped(Role.PIPELINE):
        for model in (RegisteredUser, ListRun, ClosureRow):
            model.objects.all().delete()


def at(hours: float) -> datetime:
    now = START + timedelta(hours=hours)
    clock.use(lambda: now)
    return now


def user(number: str, *aliases: Alias, title: str = "Orkide A.Ş.", kind: DocumentType = DocumentType.INVOICE) -> User:
    return User(number, title, UserType.PRIVATE, START - timedelta(days=900), None, (Documents(kind, aliases),))


def alias(name: str, created: datetime = START - timedelta(days=300), deleted: datetime | None = None) -> Alias:
    return Alias(f"urn:mail:{name}@orkide.example", created, deleted)


def everybody(*but: str) -> list[User]:
    return [user(number, alias(f"pk{number}")) for number in NUMBERS if number not in but]


def gives(data: bytes) -> Callable[[str, BinaryIO], bytes]:
    def fetch(url: str, file: BinaryIO) -> bytes:
        file.write(data)
        return sha256(data).digest()

    return fetch


def listed(users: Sequence[User]) -> bytes:
    file = io.BytesIO()
    write_zip(file, ListRole.PK.file_name, user_list(users), START)
    return file.getvalue()


def read(users: Sequence[User], name: Name = Name.PK, *, accept_smaller: bool = False) -> ListRun:
    return sync(name, fetch=gives(listed(users)), accept_smaller=accept_smaller)


def boxes(number: str, hours: float | None = None) -> list[str]:
    with scoped(Role.WEB):
        found = mailboxes(number, "einvoice", None if hours is None else START + timedelta(hours=hours))
    return [one.removeprefix("urn:mail:").partition("@")[0] for one in found]


def test_a_list_is_known_once_it_was_taken() -> None:
    run = read([*everybody(), user("2222222222", alias("one"), alias("two", START - timedelta(days=1)))])
    assert (run.outcome, run.entries, run.added, run.changed, run.removed) == ("taken", 42, 42, 0, 0)
    assert boxes("2222222222") == ["one", "two"]
    assert boxes("2222222222", -48) == ["one"]
    with scoped(Role.WEB):
        assert freshness() == (START, 42)


def test_the_same_file_again_changes_nothing_but_the_freshness() -> None:
    read(everybody())
    later = at(1)
    run = read(everybody())
    assert (run.outcome, run.entries, run.added) == ("unchanged", 40, 0)
    with scoped(Role.WEB):
        assert freshness() == (later, 40)


def test_what_changed_is_changed_and_the_rest_left_alone() -> None:
    read(everybody())
    at(1)
    run = read([*everybody(NUMBERS[0], NUMBERS[1]), user(NUMBERS[0], alias(f"pk{NUMBERS[0]}"), title="Yeni Unvan")])
    assert (run.added, run.changed, run.removed) == (0, 1, 1)
    with scoped(Role.WEB):
        assert RegisteredUser.objects.get(number=NUMBERS[0]).title == "Yeni Unvan"
    assert boxes(NUMBERS[1]) == []
    assert boxes(NUMBERS[1], 0.5) == [f"pk{NUMBERS[1]}"]


def test_an_alias_that_was_closed_and_opened_again_was_not_in_use_between() -> None:
    """UserList Kılavuzu, 3: reopened accounts come back with their old data."""
    number, name = NUMBERS[0], f"pk{NUMBERS[0]}"
    read(everybody())
    at(5)
    read([*everybody(number), user(number, alias(name, deleted=START + timedelta(hours=4)))])
    assert boxes(number) == []
    at(10)
    run = read([*everybody(number), user(number, alias(name))])
    assert run.added == 1
    assert [boxes(number, hours) for hours in (3, 4, 9, 10, 11)] == [[name], [], [], [name], [name]]
    at(15)
    read(everybody(number))
    at(20)
    read([*everybody(number), user(number, alias(name))])
    assert [boxes(number, hours) for hours in (3, 9, 11, 16, 21)] == [[name], [], [name], [], [name]]


def test_a_deletion_that_lies_ahead_may_be_taken_back() -> None:
    number, name = NUMBERS[0], f"pk{NUMBERS[0]}"
    read([*everybody(number), user(number, alias(name, deleted=START + timedelta(hours=9)))])
    assert [boxes(number, hours) for hours in (8, 10)] == [[name], []]
    at(1)
    run = read(everybody())
    assert (run.added, run.changed) == (0, 1)
    assert [boxes(number, hours) for hours in (8, 10)] == [[name], [name]]


def test_a_list_that_shrank_is_taken_by_a_person_alone() -> None:
    read(everybody())
    at(1)
    run = read(everybody(*NUMBERS[:5]))
    assert run.outcome == "refused"
    assert run.error is not None
    assert run.error["code"] == "lists.shrunk"
    assert boxes(NUMBERS[0]) == [f"pk{NUMBERS[0]}"]
    assert read(everybody(*NUMBERS[:4])).outcome == "taken"
    at(2)
    run = read(everybody(*NUMBERS[:30]), accept_smaller=True)
    assert (run.outcome, run.removed) == ("taken", 26)


def test_what_stands_twice_counts_once() -> None:
    number, then = NUMBERS[0], START - timedelta(days=9)
    closed, again = alias("a", deleted=then), alias("a", created=then + timedelta(days=1))
    read([user(number, closed, closed, again), user(number, alias("b"), alias("b", deleted=then)), *everybody(number)])
    assert boxes(number) == ["b", "a"]
    with scoped(Role.WEB):
        assert RegisteredUser.objects.filter(number=number).count() == 3


@pytest.mark.parametrize("cut", [10, 200, -40, -1])
def test_half_a_list_changes_nothing(cut: int) -> None:
    read(everybody())
    at(1)
    run = sync(Name.PK, fetch=gives(listed(everybody(NUMBERS[3]))[:cut]))
    assert run.outcome == "failed"
    assert run.error is not None
    assert run.error["code"].startswith("userlist.")
    assert boxes(NUMBERS[3]) == [f"pk{NUMBERS[3]}"]


def test_who_could_not_be_read_is_not_taken_for_gone() -> None:
    read(everybody())
    at(1)
    data = b"".join(user_list(everybody(NUMBERS[1])))
    for number, broken in ((NUMBERS[0], b"<Type>ODD</Type>"), (NUMBERS[2], b"<Type></Type>")):
        begin = data.index(number.encode())
        place = data.index(b"<Type>OZEL</Type>", begin)
        data = data[:place] + broken + data[place + len(b"<Type>OZEL</Type>") :]
    run = sync(Name.PK, fetch=gives(data))
    assert (run.outcome, run.faults, run.removed) == ("taken", 2, 1)
    assert [boxes(number) for number in NUMBERS[:3]] == [[f"pk{NUMBERS[0]}"], [], [f"pk{NUMBERS[2]}"]]


def test_a_list_full_of_faults_is_refused() -> None:
    read(everybody())
    data = b"".join(user_list(everybody() * 4)).replace(b"OZEL", b"ODD")
    run = sync(Name.PK, fetch=gives(data))
    assert run.outcome == "refused"
    assert run.error is not None
    assert run.error["code"] == "lists.faults"


def test_odd_titles_are_kept_as_they_are() -> None:
    odd = ["a\tb", "c:\\new", "\\N", 'İ"ş', "x\u2028y", "  blank  "]
    users = [user(number, alias("pk"), title=title) for number, title in zip(NUMBERS, odd, strict=False)]
    assert read(users).outcome == "taken"
    with scoped(Role.WEB):
        known = {one.number: one.title for one in RegisteredUser.objects.all()}
    assert [known[number] for number in NUMBERS[: len(odd)]] == [title.strip() for title in odd]


def test_lists_are_read_once_an_hour_and_sooner_after_a_failure() -> None:
    assert due(Name.PK)
    read(everybody())
    assert [(at(hours), due(Name.PK))[1] for hours in (0.1, 0.9, 1)] == [False, False, True]
    assert due(Name.GB)
    sync(Name.PK, fetch=gives(b"no list"))
    assert [(at(1 + minutes / 60), due(Name.PK))[1] for minutes in (4, 5)] == [False, True]


def test_mailboxes_and_sending_units_are_two_lists() -> None:
    read(everybody())
    read(everybody()[:3], Name.GB)
    assert boxes(NUMBERS[0]) == [f"pk{NUMBERS[0]}"]
    with scoped(Role.WEB):
        assert RegisteredUser.objects.filter(role="GB").count() == 3


def test_gib_closes_accounts_and_opens_them_again() -> None:
    one = taxpayer()
    closed = b"".join(
        closure_list([Closure(ARDIC[0], "", date(2026, 3, 1)), Closure("9999999999", "", date(2026, 3, 1))])
    )
    sync(Name.CLOSURES, fetch=gives(closed))
    assert lists.tell_accounts() == 2
    assert lists.tell_accounts() == 0
    with scoped(Role.PIPELINE, [one]):
        assert {account.stage for account in Account.objects.all()} == {"winding-up"}
    now = at(24 * 10)
    for kind in DocumentType:
        read([user(ARDIC[0], alias("back", created=now), kind=kind)], accept_smaller=True)
    assert lists.tell_accounts() >= 1
    with scoped(Role.PIPELINE, [one]):
        assert "active" in {account.stage for account in Account.objects.all()}


def test_without_an_address_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", environment.read({}))
    run = sync(Name.PK)
    assert run.outcome == "failed"
    assert run.error is not None
    assert run.error["code"] == "lists.not-configured"
    assert lists.refresh() == []


def test_lists_whose_hour_has_come_are_read_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"ULAK_USERLIST_URL": "http://127.0.0.1:9/lists"}
    monkeypatch.setattr(settings, "ENVIRONMENT", environment.read(values))
    assert [(run.name, run.outcome) for run in lists.refresh()] == [(name, "failed") for name in Name]
    assert lists.refresh() == []
    at(0.1)
    assert len(lists.refresh()) == 3
    assert len(lists.read_again()) == 3


def answering(response: httpx.Response | Exception) -> httpx.MockTransport:
    def handle(request: httpx.Request) -> httpx.Response:
        if isinstance(response, Exception):
            raise response
        return response

    return httpx.MockTransport(handle)


@pytest.mark.parametrize(
    ("response", "code"),
    [
        (httpx.Response(503), "lists.status"),
        (httpx.Response(302, headers={"Location": "http://elsewhere.example"}), "lists.status"),
        (httpx.Response(200, stream=httpx.ByteStream(b"x" * 5000)), "lists.too-large"),
        (httpx.ConnectError("refused"), "lists.unreachable"),
        (httpx.ReadTimeout("late"), "lists.unreachable"),
    ],
)
def test_a_download_that_fails_says_why(response: httpx.Response | Exception, code: str) -> None:
    with pytest.raises(ListsError) as caught:
        download("http://lists.example/a.zip", io.BytesIO(), most=4096, transport=answering(response))
    assert caught.value.code == code
    assert not caught.value.permanent


def test_months_have_their_partitions_before_they_begin() -> None:
    make_ahead()
    assert make_ahead() == 0
    at(24 * 40)
    assert 1 <= make_ahead() <= MONTHS
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('archive_body_202606') IS NOT NULL")
        assert cursor.fetchone() == (True,)
