"""Packages are named and filled as GİB wants them, are the same each time, and strangers' are opened within limits."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ulak.ledger.berat_problems import BeratError
from ulak.ledger.folders import month_folder
from ulak.ledger.names import FileName, Kind
from ulak.ledger.packages import contents, opened, package
from ulak.ledger.stylesheets import NAMES as STYLES
from ulak.ledger.values import Month
from ulak.lifecycle.ledgers import BeratKind
from ulak.lifecycle.ledgers import contents as lawful

KINDS: tuple[Kind, ...] = ("Y", "K", "E", "YB", "KB", "EB", "DR")
NAMES = st.builds(
    FileName,
    st.from_regex(r"[0-9]{10,11}", fullmatch=True),
    st.builds(Month, st.integers(1900, 2100), st.integers(1, 12)),
    st.sampled_from(KINDS),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.just("") | st.integers(1, 9999).map("{:04}".format),
    st.just(False),
).map(lambda name: name.report if name.kind == "DR" else name)
YB = FileName("1234567808", Month(2026, 1), "YB")
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@given(NAMES, st.sampled_from(["", ".xml", ".zip"]))
def test_what_is_written_is_read(name: FileName, ending: str) -> None:
    assert FileName.parse(f"{name}{ending}") == name
    if name.kind == "DR":
        return
    assert name.book.is_book
    assert name.berat.is_berat
    assert (name.book.berat, name.berat.book) == (name.berat, name.book)
    assert FileName.parse(name.approved.xml) == name.approved
    assert name.approved.berat == name.berat


NO_NAMES = {
    # What a name must not be, and why.
    "nothing": "",
    "a branch 0000, which is none": "1234567808-202601-Y-000000-0000",
    "a divided report": "1234567808-202601-DR-000001",
    "an approved book": "GIB-1234567808-202601-Y-000000",
    "an approved report, which GİB does not seal": "GIB-1234567808-202601-DR-000000",
    "month 13": "1234567808-202613-Y-000000",
    "month 00": "1234567808-202600-Y-000000",
    "a part of four digits, as of old": "1234567808-202601-Y-0000",
    "a number of nine digits": "123456780-202601-Y-000000",
    "Arabic digits": "١٢٣٤٥٦٧٨٠٨-202601-Y-000000",
    "a path": "../1234567808-202601-Y-000000.xml",
    "another ending": "1234567808-202601-Y-000000.xml.exe",
    "a line behind it": "1234567808-202601-Y-000000.xml\n",
}


@pytest.mark.parametrize("why", NO_NAMES)
def test_what_is_no_name_is_refused(why: str) -> None:
    with pytest.raises(BeratError) as caught:
        FileName.parse(NO_NAMES[why])
    assert caught.value.code == "berat.name"


@given(st.sampled_from(["YB", "KB", "EB", "DR"]), st.dates(date(2014, 1, 1), date(2030, 1, 1)))
def test_packages_hold_what_the_law_says(kind: Kind, day: date) -> None:
    held = contents(FileName("1234567808", Month.of(day), kind))
    assert {each.kind for each in held} == set(lawful(BeratKind(kind), day))
    assert held[0].kind == kind


def made(*files: str, name: FileName = YB, size: int = 20) -> bytes:
    target = io.BytesIO()
    package(target, name, {file: io.BytesIO(file.encode() * size) for file in files})
    return target.getvalue()


def test_the_same_documents_give_the_same_package() -> None:
    data = made(YB.xml, YB.book.xml)
    assert data == made(YB.book.xml, YB.xml)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [YB.xml, YB.book.xml]
    with opened(io.BytesIO(data)) as found:
        assert found.names == (YB.xml, YB.book.xml)
        assert found.open(YB.xml).read() == YB.xml.encode() * 20


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ((YB.xml,), "berat.missing-file"),
        ((YB.xml, YB.book.xml, "note.txt"), "berat.foreign-file"),
        ((YB.xml, YB.book._replace(branch="0001").xml), "berat.missing-file"),
    ],
)
def test_a_package_with_too_little_or_too_much_is_not_written(files: tuple[str, ...], code: str) -> None:
    target = io.BytesIO()
    with pytest.raises(BeratError) as caught:
        package(target, YB, {file: io.BytesIO(b"x") for file in files})
    assert caught.value.code == code
    assert target.getvalue() == b""


def _with(method: int, flags: int = 0) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        at = data.index(b"PK\x01\x02")
        return data[: at + 8] + struct.pack("<HH", flags, method) + data[at + 12 :]

    return change


def _many(_: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(9):
            archive.writestr(f"{number}.xml", b"")
    return file.getvalue()


HOSTILE: Mapping[str, Callable[[bytes], bytes]] = {
    # Packages that would cost much, say two things, or cannot be read.
    "nothing at all": lambda data: b"",
    "no ZIP": lambda data: b"<a/>",
    "cut short": lambda data: data[: len(data) // 2],
    "without its directory": lambda data: data[:-22],
    "encrypted": _with(8, 1),
    "a method that few know": _with(12),
    "more files than any package": _many,
    "a directory that claims to be endless": lambda data: data[:-10] + struct.pack("<L", 2**31) + data[-6:],
    "content that is not what its sum says": lambda data: data.replace(data[60:64], b"\0\0\0\0", 1),
}


@pytest.mark.parametrize("why", HOSTILE)
def test_a_hostile_package_is_refused(why: str) -> None:
    data = HOSTILE[why](made(YB.xml, YB.book.xml))
    with pytest.raises(BeratError) as caught:
        read(data)
    assert caught.value.code == "berat.zip"


def read(data: bytes) -> None:
    with opened(io.BytesIO(data)) as found:
        for name in found.names:
            found.open(name).read(1 << 20)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 600), st.binary(min_size=1, max_size=6))
def test_a_package_with_any_bytes_changed_is_read_or_refused(at: int, put: bytes) -> None:
    data = bytearray(made(YB.xml, YB.book.xml))
    data[at : at + len(put)] = put
    with suppress(BeratError):
        read(bytes(data))


def test_a_months_folder_holds_its_files_and_the_stylesheets() -> None:
    files = [YB.book.xml, YB.xml, YB.approved.xml]
    pieces = list(
        month_folder(
            YB.tax_id,
            lambda _: YEAR,
            YB.month,
            [(name, iter([name.encode(), b"!" * 100_000])) for name in files],
        )
    )
    assert len(pieces) > len(files)
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        place = "1234567808/01.01.2026-31.12.2026/01"
        assert archive.namelist() == [f"{place}/{name}" for name in (*files, *STYLES)]
        assert archive.read(f"{place}/{YB.xml}") == YB.xml.encode() + b"!" * 100_000


def test_a_months_folder_takes_no_other_names() -> None:
    folder = month_folder("1", lambda _: YEAR, YB.month, [("../../etc/passwd", [b"x"])])
    with pytest.raises(BeratError):
        list(folder)
