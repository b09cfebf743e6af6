"""A package comes from a stranger: whatever is in it, adding it ends in a pack or in a sentence, never in a crash."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tiny_packs import put, tiny, zipped
from ulak.errors import UlakError
from ulak.rules.archive import Limits, read_package
from ulak.rules.importer import SUFFIXES, add
from ulak.rules.pack import PackError
from ulak.rules.store import PackStore

SMALL: Final = Limits(files=10, file_bytes=100_000, total_bytes=300_000)
SOUND: Final = zipped(tiny())


def entry(name: str, data: bytes = b"x", mode: int = 0) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, data)
    return stream.getvalue()


def encrypted() -> bytes:
    data = bytearray(entry("a.xsd"))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(signature) + offset, 1)
    return bytes(data)


def lying_about_its_size() -> bytes:
    data = bytearray(entry("a.xsd", b"0" * 200_000))
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 10)
    return bytes(data)


def with_method(method: int) -> bytes:
    data = bytearray(entry("a.xsd"))
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(signature) + offset, method)
    return bytes(data)


DANGERS: Final = {
    "empty file": (b"", "pack.not-zip"),
    "text": (b"hello", "pack.not-zip"),
    "RAR": (b"Rar!\x1a\x07\x00", "pack.not-zip"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "pack.not-zip"),
    "only the first bytes of a zip": (SOUND[:40], "pack.zip.broken"),
    "cut short": (SOUND[:-30], "pack.zip.broken"),
    "unknown compression": (with_method(77), "pack.zip.broken"),
    "encrypted": (encrypted(), "pack.zip.encrypted"),
    "bomb": (entry("a.xsd", b"0" * 50_000_000), "pack.file-too-large"),
    "bomb with a small size in its directory": (lying_about_its_size(), "pack."),
    "many large files": (zipped({f"{n}.xsd": b"0" * 90_000 for n in range(5)}), "pack.too-large"),
    "many files": (zipped({f"{n}.pdf": b"" for n in range(20)}), "pack.too-many-files"),
    "parent folder": (entry("../a.xsd"), "pack.zip.unsafe-name"),
    "parent folder deep inside": (entry("a/b/../../../c.xsd"), "pack.zip.unsafe-name"),
    "parent folder as Windows writes it": (entry("a\\..\\..\\c.xsd"), "pack.zip.unsafe-name"),
    "absolute name": (entry("/etc/a.xsd"), "pack.zip.unsafe-name"),
    "drive letter": (entry("C:\\a.xsd"), "pack.zip.unsafe-name"),
    "control character": (entry("a\nb.xsd"), "pack.zip.unsafe-name"),
    "endless name": (entry("a" * 5000 + ".xsd"), "pack.zip.unsafe-name"),
    "symbolic link": (entry("a.xsd", b"/etc/passwd", stat.S_IFLNK | 0o777), "pack.zip.link"),
    "device": (entry("a.xsd", b"", stat.S_IFCHR | 0o666), "pack.zip.link"),
    "names that differ in case": (zipped({"A.xsd": b"", "a.xsd": b""}), "pack.zip.duplicate-name"),
    "names that differ in composition": (zipped({"\u00e7.xsd": b"", "c\u0327.xsd": b""}), "pack.zip.duplicate-name"),
    "a file that is also a folder": (zipped({"a.xsd": b"", "a.xsd/b.xsd": b""}), "pack.zip.duplicate-name"),
    "archive in archive in archive": (
        zipped({"a.zip": zipped({"b.zip": zipped({"c.xsd": b""})})}),
        "pack.zip.nested",
    ),
    "broken archive in archive": (zipped({"a.zip": b"PK\x03\x04 no"}), "pack.zip.broken"),
}


@pytest.mark.parametrize("name", DANGERS)
def test_a_dangerous_archive_is_refused_with_a_sentence(name: str, tmp_path: Path) -> None:
    data, code = DANGERS[name]
    with pytest.raises(PackError) as caught:
        read_package(put(tmp_path, "p.zip", data), SUFFIXES, limits=SMALL)
    assert caught.value.code.startswith(code)
    assert all((caught.value.text.tr, caught.value.text.en, caught.value.repair.tr, caught.value.repair.en))


def test_nothing_is_left_behind_by_a_refused_package(tmp_path: Path) -> None:
    store = PackStore(tmp_path / "home")
    with pytest.raises(PackError):
        add(put(tmp_path, "p.zip", entry("../../a.xsd")), store)
    assert not (tmp_path / "home").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["p.zip"]


def test_files_of_no_interest_are_not_even_unpacked(tmp_path: Path) -> None:
    data = zipped({"guide.pdf": b"0" * 50_000_000, "a.xsd": b"x"})
    assert read_package(put(tmp_path, "p.zip", data), SUFFIXES, limits=SMALL) == {"a.xsd": b"x"}


def test_a_folder_is_held_to_the_same_rules(tmp_path: Path) -> None:
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "a.xsd").symlink_to("/etc/hostname")
    with pytest.raises(PackError, match=r"pack\.zip\.link"):
        read_package(folder, SUFFIXES)


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"pack\.unreadable"):
        read_package(tmp_path / "none", SUFFIXES)


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    ],
)
def test_rules_with_entities_are_refused(doctype: str, tmp_path: Path) -> None:
    files = tiny()
    main = "e-FaturaPaketi/schematron/UBL-TR_Main_Schematron.xml"
    files[main] = files[main].replace(b"<sch:schema", doctype.encode() + b"<sch:schema", 1)
    with pytest.raises(PackError, match=r"pack\.unusable"):
        add(put(tmp_path, "p.zip", zipped(files)), PackStore(tmp_path / "home"))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cuts=st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.binary(min_size=0, max_size=6)), min_size=1, max_size=8)
)
def test_an_archive_damaged_anywhere_is_added_or_refused(tmp_path: Path, cuts: list[tuple[int, bytes]]) -> None:
    data = bytearray(SOUND)
    for at, replacement in cuts:
        data[at : at + len(replacement)] = replacement
    path = put(tmp_path, "p.zip", bytes(data))
    with suppress(PackError):
        read_package(path, SUFFIXES, limits=SMALL)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_package_with_damaged_files_is_added_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    files = tiny()
    path = data.draw(st.sampled_from(sorted(files)))
    content = bytearray(files[path])
    at = data.draw(st.integers(0, len(content)))
    content[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=10))
    files[path] = bytes(content)
    if data.draw(st.booleans()):
        del files[data.draw(st.sampled_from(sorted(files)))]
    store = PackStore(tmp_path / "home")
    with suppress(UlakError):
        assert add(put(tmp_path, "p.zip", zipped(files)), store).schematron()
    assert store.problems == ()
