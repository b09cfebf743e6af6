"""What is written is what is read, and GİB's schema accepts it."""

from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from support import REFERENCE, needs_reference
from ulak.errors import UlakError
from ulak.userlist import (
    Alias,
    ArchiveUser,
    Closure,
    Documents,
    DocumentType,
    ListRole,
    User,
    UserListError,
    archive_csv,
    archive_list,
    closure_list,
    read_archive_csv,
    read_archive_list,
    read_closures,
    read_users,
    role_of_file,
    user_list,
    write_zip,
)
from userlist_support import ARCHIVE_USERS, AT, CLOSURES, USERS, someone, when, xml, zipped

GUIDE = b"""<UserList>
  <User>
    <Identifier>3900383669</Identifier>
    <Title>GELIR IDARESI BASKANLIGI</Title>
    <Type>KAMU</Type>
    <FirstCreationTime>2014-04-01T00:00:00</FirstCreationTime>
    <AccountType>ENTEGRASYON</AccountType>
    <Documents>
      <Document type="Invoice">
        <Alias>
          <Name> urn:mail:efaturagb@gib.gov.tr</Name>
          <CreationTime>2014-04-01T00:00:00</CreationTime>
          <DeletionTime>2026-03-26T00:00:00</DeletionTime>
        </Alias>
      </Document>
    </Documents>
  </User>
</UserList>
"""
"""In the form of UserList Kilavuzu V1.0, 2; the space before an alias stands in its sample too."""


@given(st.lists(USERS, max_size=5))
def test_users_come_back(users: list[User]) -> None:
    assert list(read_users(io.BytesIO(xml(users)))) == users


@given(st.lists(ARCHIVE_USERS, max_size=5))
def test_archive_users_come_back_from_xml_and_csv(users: list[ArchiveUser]) -> None:
    assert list(read_archive_list(io.BytesIO(b"".join(archive_list(users))))) == users
    assert list(read_archive_csv(io.BytesIO(b"".join(archive_csv(users))))) == users


@given(st.lists(CLOSURES, max_size=5))
def test_closures_come_back(closures: list[Closure]) -> None:
    assert list(read_closures(io.BytesIO(b"".join(closure_list(closures))))) == closures


@needs_reference
@given(st.lists(USERS, max_size=5))
def test_gibs_schema_accepts_what_is_written(users: list[User]) -> None:
    schema().assertValid(etree.fromstring(xml(users)))


def schema() -> etree.XMLSchema:
    return etree.XMLSchema(
        file=str(REFERENCE / "packages" / "efatura-20260312" / "xsd" / "Userlist" / "NewUserList.xsd")
    )


def test_the_form_of_the_guide_is_read() -> None:
    (user,) = read_users(io.BytesIO(GUIDE))
    assert (user.number, user.type, user.account_type) == ("3900383669", "KAMU", "ENTEGRASYON")
    assert user.documents == (
        Documents(
            DocumentType.INVOICE,
            (Alias("urn:mail:efaturagb@gib.gov.tr", when(2014, 4, 1), when(2026, 3, 26)),),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"    <AccountType>ENTEGRASYON</AccountType>\n", b""),
        (b"<DeletionTime>2026-03-26T00:00:00</DeletionTime>", b"<DeletionTime/>"),
        (b"<Title>", b"<New><Title>not this</Title></New><Title>"),
        (b"<Title>GELIR", b"<Title><!-- or so --><![CDATA[GELIR]]>"),
        (b"00:00:00</FirstCreationTime>", b"00:00:00.000</FirstCreationTime>"),
        (b"<UserList>", b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>\n<!-- today -->\n<UserList>"),
        (b"<Identifier>3900383669</Identifier>\n    <Title>", b"<Title>"),
    ],
    ids=["no account type", "empty deletion", "unknown element", "odd writing", "parts of a second", "BOM", "order"],
)
def test_what_the_schema_allows_or_may_come_to_allow_is_read(old: bytes, new: bytes) -> None:
    given_ = GUIDE.replace(old, new)
    if b"<Identifier>" not in given_:
        given_ = given_.replace(b"<Type>", b"<Identifier>3900383669</Identifier><Type>")
    assert given_ != GUIDE
    (user,) = read_users(io.BytesIO(given_))
    assert (user.number, user.title, user.first_created) == ("3900383669", "GELIR IDARESI BASKANLIGI", when(2014, 4, 1))


def test_several_names_in_one_alias_are_several_aliases() -> None:
    two = GUIDE.replace(b"</Name>", b"</Name><Name>urn:mail:other@gib.gov.tr</Name>")
    (user,) = read_users(io.BytesIO(two))
    assert [alias.name[9:] for alias in user.documents[0].aliases] == ["efaturagb@gib.gov.tr", "other@gib.gov.tr"]


def test_times_are_turkeys_whatever_zone_they_were_given_in() -> None:
    utc = datetime(2026, 1, 31, 21, 30, tzinfo=UTC)
    data = xml([someone(first_created=utc)])
    assert b"<FirstCreationTime>2026-02-01T00:30:00</FirstCreationTime>" in data
    (user,) = read_users(io.BytesIO(data))
    assert user.first_created == utc
    assert user.first_created.utcoffset() == timedelta(hours=3)


@pytest.mark.parametrize("large", [False, True])
def test_a_path_a_file_a_zip_and_plain_xml_are_all_read(large: bool, tmp_path: Path) -> None:
    users = [someone()] * (2000 if large else 1)
    for name, data in (("a.xml", xml(users)), ("a.zip", zipped(xml(users))), ("b.zip", zipped(xml(users), method=0))):
        path = tmp_path / name
        path.write_bytes(data)
        assert list(read_users(path)) == list(read_users(str(path))) == users
        with path.open("rb") as file:
            assert list(read_users(file)) == users


@pytest.mark.parametrize("role", ListRole)
def test_the_role_of_a_list_is_told_by_the_name_in_its_zip(role: ListRole, tmp_path: Path) -> None:
    path = tmp_path / "list.zip"
    with path.open("w+b") as file:
        written = write_zip(file, role.file_name, user_list([someone()]), AT)
    assert role_of_file(path) == role
    assert written.zip_bytes == path.stat().st_size
    assert written.list_bytes == len(xml())
    assert role_of_file(io.BytesIO(zipped(xml(), "list.xml"))) is None
    assert role_of_file(io.BytesIO(xml())) is None


def test_other_programs_open_the_zip(tmp_path: Path) -> None:
    path = tmp_path / "list.zip"
    with path.open("w+b") as file:
        write_zip(file, ListRole.GB.file_name, user_list([someone()]), AT)
    with zipfile.ZipFile(path) as archive:
        (entry,) = archive.infolist()
        assert archive.testzip() is None
        assert (entry.filename, entry.date_time) == ("newUserGbList.xml", (2026, 11, 22, 12, 0, 0))
        assert archive.read(entry) == xml()


def test_the_same_users_give_the_same_zip() -> None:
    files = [io.BytesIO(), io.BytesIO()]
    for file in files:
        write_zip(file, ListRole.PK.file_name, user_list([someone()] * 300), AT)
    assert files[0].getvalue() == files[1].getvalue()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "a\x00b"}, "userlist.unwritable"),
        ({"title": "a\ud800"}, "userlist.unwritable"),
        ({"first_created": datetime(2026, 1, 1)}, "userlist.naive"),
    ],
)
def test_what_a_list_cannot_hold_is_not_written(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(UlakError) as caught:
        xml([someone(**changes)])
    assert caught.value.code == code
    assert "4812530769" in caught.value.text.tr


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (
            "Identifier,Title,FirstCreationTime,ActivationTime,DeactivationTime",
            '4812530769,"ARDIÇ, A.Ş.",2020-01-02T03:04:05,2020-01-02T03:04:05,',
        ),
        (
            "Title\tX\tActivationTime\tIdentifier\tFirstCreationTime",
            "ARDIÇ, A.Ş.\t\t2020-01-02T03:04:05\t4812530769\t2020-01-02T03:04:05",
        ),
    ],
)
def test_csv_of_other_separators_and_columns_is_read(head: str, row: str) -> None:
    data = f"\ufeff{head}\r\n\r\n{row}\r\n".encode()
    (user,) = read_archive_csv(io.BytesIO(data))
    begin = when(2020, 1, 2, 3, 4, 5)
    assert user == ArchiveUser("4812530769", "ARDIÇ, A.Ş.", begin, begin)


class Unseekable(io.RawIOBase):
    """A place to which a program can only write on: it states sizes after the data."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.data += bytes(piece)
        return len(piece)


def test_a_zip_written_while_it_was_sent_is_read() -> None:
    place = Unseekable()
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("newUserPkList.xml", xml())
    assert list(read_users(io.BytesIO(place.data))) == [someone()]


def test_a_zip_with_a_comment_and_extra_fields_is_read() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo("newUserPkList.xml", (2026, 11, 22, 12, 0, 0))
        entry.extra = struct.pack("<HHL", 0x7875, 4, 1)
        archive.writestr(entry, xml())
        archive.comment = b"GIB " * 100
    assert list(read_users(file)) == [someone()]


def large(data: bytes, *, at_end: bool) -> bytes:
    """The ZIP with sizes of 64 bits, in the directory or in its end record, too."""
    at = data.rindex(b"PK\x01\x02")
    packed, size, name = struct.unpack_from("<LLH", data, at + 20)
    extra = struct.pack("<HHQQQ", 1, 24, size, packed, 0)
    central = bytearray(data[at : at + 46 + name] + extra)
    struct.pack_into("<LLHH", central, 20, 0xFFFFFFFF, 0xFFFFFFFF, name, len(extra))
    struct.pack_into("<L", central, 42, 0xFFFFFFFF)
    if not at_end:
        end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central), at, 0)
        return data[:at] + central + end
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, len(central), at)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at + len(central), 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central), 0xFFFFFFFF, 0)
    return data[:at] + central + record + locator + end


@pytest.mark.parametrize("at_end", [False, True])
def test_sizes_of_64_bits_are_read(at_end: bool) -> None:
    """Lists of more than 4 GiB have them; a small one may."""
    assert list(read_users(io.BytesIO(large(zipped(xml()), at_end=at_end)))) == [someone()]


@given(st.data())
def test_damaged_sizes_of_64_bits_are_refused_or_read(data: st.DataObject) -> None:
    good = large(zipped(xml()), at_end=True)
    at = data.draw(st.integers(good.rindex(b"PK\x01\x02"), len(good) - 1))
    there = data.draw(st.sampled_from([b"\xff" * 8, b"\x00" * 8, b"\x7f", b"\x80"]))
    with suppress(UserListError):
        assert list(read_users(io.BytesIO(good[:at] + there + good[at + len(there) :]))) == [someone()]


def test_a_place_beyond_every_file_is_refused(tmp_path: Path) -> None:
    good = large(zipped(xml()), at_end=True)
    for at in (good.rindex(b"PK\x06\x07") + 8, good.rindex(b"PK\x06\x06") + 48, good.rindex(b"PK\x06\x06") - 8):
        path = tmp_path / "list.zip"
        path.write_bytes(good[:at] + b"\xff" * 8 + good[at + 8 :])
        with pytest.raises(UserListError, match=r"userlist\.zip-damaged"):
            list(read_users(path))
