"""A list from a stranger is read, or refused with a code: never half believed, never a crash, never without end."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ulak.userlist import Limits, User, UserListError, read_archive_csv, read_archive_list, read_closures, read_users
from userlist_cases import FILES, GOOD, ROWS, ZIP, Case
from userlist_support import someone, xml, zipped

Reader = Callable[..., Iterator[Any]]


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.why)
def test_a_bad_file_is_refused_with_its_code(case: Case) -> None:
    faults: list[UserListError] = []
    with pytest.raises(UserListError) as caught:
        list(read_users(io.BytesIO(case.data), on_fault=faults.append))
    assert caught.value.code == case.code
    assert caught.value.text.tr
    assert caught.value.repair.en


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.why)
def test_a_bad_user_is_named(case: Case) -> None:
    read = read_users(io.BytesIO(case.data))
    assert next(read) == someone()
    with pytest.raises(UserListError) as caught:
        list(read)
    error = caught.value
    assert (error.code, error.ordinal, error.where) == (case.code, 2, "User[2]")
    assert error.line is not None
    assert "2. kullanıcı" in error.text.tr
    assert "User 2" in error.text.en


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.why)
def test_one_bad_user_does_not_cost_the_others(case: Case) -> None:
    third = someone("1234567890", title="THIRD")
    end = xml([third]).partition(b"<UserList>")[2]
    faults: list[UserListError] = []
    found = list(read_users(io.BytesIO(case.data.replace(b"</UserList>\n", end)), on_fault=faults.append))
    assert found == [someone(), third]
    assert [(fault.code, fault.ordinal) for fault in faults] == [(case.code, 2)]


def test_the_number_of_a_bad_user_is_told_where_it_can_be() -> None:
    (case,) = (case for case in ROWS if case.why == "another account type")
    with pytest.raises(UserListError) as caught:
        list(read_users(io.BytesIO(case.data)))
    assert caught.value.number == "7359021640"
    assert "7359021640" in caught.value.text.tr


def test_what_the_taker_of_faults_raises_ends_the_reading() -> None:
    def give_up(fault: UserListError) -> None:
        raise LookupError(fault.code)

    with pytest.raises(LookupError):
        list(read_users(io.BytesIO(ROWS[0].data), on_fault=give_up))


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(zip_bytes=100), "userlist.too-large"),
        (Limits(list_bytes=100), "userlist.too-large"),
        (Limits(user_bytes=100), "userlist.user-too-large"),
        (Limits(ratio=1, ratio_from=0), "userlist.zip-bomb"),
        (Limits(depth=2), "userlist.too-deep"),
    ],
)
def test_limits_are_the_callers_to_set(limits: Limits, code: str) -> None:
    data = zipped(GOOD.replace(b"<Title>", b"<X><X/></X><Title>"))
    assert len(list(read_users(io.BytesIO(data)))) == 2
    with pytest.raises(UserListError) as caught:
        list(read_users(io.BytesIO(data), limits=limits))
    assert caught.value.code == code


def test_plain_xml_has_limits_too(tmp_path: Path) -> None:
    with pytest.raises(UserListError, match=r"userlist\.too-large"):
        list(read_users(io.BytesIO(GOOD), limits=Limits(list_bytes=100)))
    with pytest.raises(FileNotFoundError):
        list(read_users(tmp_path / "missing.zip"))


def test_nothing_is_unpacked_beyond_what_is_asked_for() -> None:
    (bomb,) = (case for case in FILES if case.why == "bomb")
    read = read_users(io.BytesIO(bomb.data), on_fault=lambda fault: None)
    with pytest.raises(UserListError, match="zip-bomb"):
        list(read)


CLOSURE = (
    b"<UserTempList><User><Identifier>4812530769</Identifier><NewIdentifier></NewIdentifier>"
    b"<ClosureDate>20260326</ClosureDate><Status>1</Status><RegistrationCode>861</RegistrationCode>"
    b"<RegistrationDescription>X</RegistrationDescription></User></UserTempList>"
)
ARCHIVE = (
    b"<UserList><User><Identifier>4812530769</Identifier><Title>A</Title>"
    b"<FirstCreationTime>2020-01-02T03:04:05</FirstCreationTime><ActivationTime>2020-01-02T03:04:05</ActivationTime>"
    b"</User></UserList>"
)
CSV = (
    b"Identifier;Title;FirstCreationTime;ActivationTime;DeactivationTime\r\n"
    b"4812530769;A;2020-01-02T03:04:05;2020-01-02T03:04:05;\r\n"
)


@pytest.mark.parametrize(
    ("read", "good", "old", "new", "code"),
    [
        (read_closures, CLOSURE, b"UserTempList", b"UserList", "userlist.root"),
        (read_closures, CLOSURE, b"<Identifier>4812530769</Identifier>", b"", "userlist.missing"),
        (read_closures, CLOSURE, b"<NewIdentifier>", b"<NewIdentifier>12", "userlist.number"),
        (read_closures, CLOSURE, b"20260326", b"2026-03-26", "userlist.time"),
        (read_closures, CLOSURE, b"20260326", b"20260231", "userlist.time"),
        (read_closures, CLOSURE, b"20260326", b"", "userlist.missing"),
        (read_closures, CLOSURE, b"<Status>1", b"<Status>2", "userlist.value"),
        (read_closures, CLOSURE, b"<Status>1</Status>", b"", "userlist.missing"),
        (read_archive_list, ARCHIVE, b"ActivationTime", b"CreationTime", "userlist.missing"),
        (read_archive_list, ARCHIVE, b"2020-01-02", b"2020-13-02", "userlist.time"),
        (read_archive_list, ARCHIVE, b"</UserList>", b"", "userlist.truncated"),
        (read_archive_csv, CSV, b"ActivationTime", b"Activation", "userlist.columns"),
        (read_archive_csv, CSV, b"Identifier", b"\x00", "userlist.columns"),
        (read_archive_csv, CSV, b";A;", b";A;B;", "userlist.fields"),
        (read_archive_csv, CSV, b"4812530769", b"481253076", "userlist.number"),
        (read_archive_csv, CSV, b"05;\r", b"05;never\r", "userlist.time"),
        (read_archive_csv, CSV, b";A;", b";\xff;", "userlist.encoding"),
        (read_archive_csv, CSV, b";A;", b";" + b"A" * 200_000 + b";", "userlist.malformed"),
        (read_archive_csv, CSV, b"Identifier", b"I" * 200_000, "userlist.malformed"),
        (read_archive_csv, CSV, b";A;", b';"' + b"A\n" * 100_000 + b";", "userlist.malformed"),
        (read_archive_csv, CSV, b";A;", b";" + b"A" * 3_000_000 + b";", "userlist.user-too-large"),
        (read_archive_csv, CSV, CSV, b"", "userlist.empty"),
        (read_archive_csv, CSV, CSV, b"\n\n", "userlist.columns"),
        (read_archive_csv, CSV, CSV, ZIP[:-3], "userlist.zip-damaged"),
    ],
)
def test_the_other_lists_are_read_as_strictly(read: Reader, good: bytes, old: bytes, new: bytes, code: str) -> None:
    assert len(list(read(io.BytesIO(good)))) == 1
    with pytest.raises(UserListError) as caught:
        list(read(io.BytesIO(good.replace(old, new))))
    assert caught.value.code == code


def test_a_bad_row_of_a_csv_does_not_cost_the_others() -> None:
    rows = CSV.partition(b"\r\n")[2]
    faults: list[UserListError] = []
    found = list(read_archive_csv(io.BytesIO(CSV + b"1;2\r\n" + rows), on_fault=faults.append))
    assert len(found) == 2
    assert [(fault.code, fault.ordinal, fault.line) for fault in faults] == [("userlist.fields", 2, 3)]


def everything(data: bytes) -> None:
    for read in (read_users, read_closures, read_archive_list, read_archive_csv):
        with suppress(UserListError):
            for user in read(io.BytesIO(data), on_fault=lambda fault: None):
                assert user.number.isdecimal()


@given(st.binary(max_size=300))
@example(b"PK\x03\x04" + b"PK\x05\x06" + b"\x00" * 18)
def test_any_bytes_get_an_answer(data: bytes) -> None:
    everything(data)


@given(st.data())
@settings(max_examples=300)
def test_any_change_of_a_good_list_gets_an_answer(data: st.DataObject) -> None:
    good = data.draw(st.sampled_from([GOOD, ZIP, CLOSURE, ARCHIVE, CSV]))
    at = data.draw(st.integers(0, len(good)))
    length = data.draw(st.integers(0, 40))
    everything(good[:at] + data.draw(st.binary(max_size=10)) + good[at + length :])


@given(st.integers(0, len(ZIP) - 1), st.integers(1, 255))
def test_no_changed_byte_of_the_packed_data_goes_unnoticed(at: int, change: int) -> None:
    changed = ZIP[:at] + bytes([ZIP[at] ^ change]) + ZIP[at + 1 :]
    try:
        found: list[User] = list(read_users(io.BytesIO(changed)))
    except UserListError:
        return
    assert xml(found) == GOOD
    assert zlib.crc32(xml(found)) == zlib.crc32(GOOD)
