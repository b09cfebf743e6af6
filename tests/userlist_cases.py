"""Bad user lists, each with what is wrong with it and the code that says so.

Run as a program it writes them into a folder, to be thrown at any program.
"""

from __future__ import annotations

import struct
import sys
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from userlist_support import someone, xml, zipped

__all__ = ["FILES", "ROWS", "Case"]


class Case(NamedTuple):
    """A bad list.

    Attributes:
        why: what is wrong with it, in few words; also the name of its file.
        code: what the reader says.
    """

    why: str
    data: bytes
    code: str


GOOD: Final = xml([someone(), someone("7359021640")])
ZIP: Final = zipped(GOOD)
_CENTRAL: Final = ZIP.rindex(b"PK\x01\x02")
_END: Final = ZIP.rindex(b"PK\x05\x06")


def _at(data: bytes, place: int, value: bytes) -> bytes:
    return data[:place] + value + data[place + len(value) :]


def _two_files() -> bytes:
    import io

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("newUserPkList.xml", GOOD)
        archive.writestr("newUserGbList.xml", GOOD)
    return file.getvalue()


def _nothing() -> bytes:
    import io

    file = io.BytesIO()
    zipfile.ZipFile(file, "w").close()
    return file.getvalue()


@cache
def _bomb() -> bytes:
    """Half a gibibyte of blanks in half a megabyte."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    blank = b" " * (1 << 19)
    packed = [deflater.compress(b"<UserList>")]
    crc, size = zlib.crc32(b"<UserList>"), 10
    for _ in range(1024):
        packed.append(deflater.compress(blank + b"<User/>"))
        crc = zlib.crc32(blank + b"<User/>", crc)
        size += len(blank) + 7
    return _by_hand(b"".join((*packed, deflater.flush())), crc, size)


def _by_hand(packed: bytes, crc: int, size: int) -> bytes:
    name = b"newUserPkList.xml"
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0x21, crc, len(packed), size, len(name), 0)
    central = struct.pack(
        "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0x21, crc, len(packed), size, len(name), 0, 0, 0, 0, 0, 0
    )
    at = len(local) + len(name) + len(packed)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central) + len(name), at, 0)
    return local + name + packed + central + name + end


def _inside(markup: bytes) -> bytes:
    """Something beside the users."""
    return GOOD.replace(b"</UserList>", markup + b"</UserList>")


def _second(old: bytes, new: bytes) -> bytes:
    """The second user changed."""
    at = GOOD.index(b"7359021640") - len(b"<Identifier>")
    assert old in GOOD[at:]
    return GOOD[:at] + GOOD[at:].replace(old, new, 1)


def files() -> list[Case]:
    """Lists of which nothing, or no more than their beginning, can be used."""
    return [
        Case("empty", b"", "userlist.empty"),
        Case("empty in a ZIP", zipped(b""), "userlist.empty"),
        Case("a PDF", b"%PDF-1.7\n", "userlist.not-a-list"),
        Case("gzip", b"\x1f\x8b\x08\x00", "userlist.not-a-list"),
        Case("CSV", b"Identifier;Title\n", "userlist.not-a-list"),
        Case("HTML of a page that says no", b"<html><body>403</body></html>", "userlist.root"),
        Case("ZIP cut short", ZIP[: len(ZIP) // 2], "userlist.zip-damaged"),
        Case("ZIP without its end", ZIP[:_END], "userlist.zip-damaged"),
        Case("ZIP with two files", _two_files(), "userlist.file-count"),
        Case("ZIP without files", _nothing(), "userlist.file-count"),
        Case("encrypted", _at(ZIP, _CENTRAL + 8, b"\x01\x00"), "userlist.zip-encrypted"),
        Case("strongly encrypted", _at(ZIP, _CENTRAL + 8, b"\x41\x00"), "userlist.zip-encrypted"),
        Case("LZMA", zipped(GOOD, method=zipfile.ZIP_LZMA), "userlist.zip-method"),
        Case("wrong CRC", _at(ZIP, _CENTRAL + 16, b"\x00\x00\x00\x00"), "userlist.zip-damaged"),
        Case("size stated too small", _at(ZIP, _CENTRAL + 24, b"\x10\x00\x00\x00"), "userlist.zip-damaged"),
        Case("size stated too large", _at(ZIP, _CENTRAL + 24, b"\x00\x00\x00\x01"), "userlist.zip-damaged"),
        Case("packed data changed", _at(ZIP, 200, b"\xff\xff\xff\xff"), "userlist.zip-damaged"),
        Case("directory points nowhere", _at(ZIP, _CENTRAL + 42, b"\xff\xff\xff\x7f"), "userlist.zip-damaged"),
        Case("directory elsewhere", _at(ZIP, _END + 16, b"\x00\x00\x00\x00"), "userlist.zip-damaged"),
        Case("directory beyond the end", _at(ZIP, _END + 16, b"\xff\xff\xff\xff"), "userlist.zip-damaged"),
        Case("packed data beyond the directory", _at(ZIP, _CENTRAL + 20, b"\xff\xff\x00\x00"), "userlist.zip-damaged"),
        Case("stored in another size", _at(ZIP, _CENTRAL + 10, b"\x00\x00"), "userlist.zip-damaged"),
        Case("several disks", _at(ZIP, _END + 4, b"\x01\x00"), "userlist.zip-damaged"),
        Case("sizes of 64 bits that are not there", _at(ZIP, _CENTRAL + 24, b"\xff" * 4), "userlist.zip-damaged"),
        Case("bomb", _bomb(), "userlist.zip-bomb"),
        Case("more than is allowed", _by_hand(b"\x03\x00", 0, 0xFFFFFFFE), "userlist.zip-damaged"),
        Case("DTD", GOOD.replace(b"<UserList>", b"<!DOCTYPE UserList><UserList>"), "userlist.dtd"),
        Case("entities that grow", _laughs(), "userlist.dtd"),
        Case("file read by an entity", _external(), "userlist.dtd"),
        Case("undefined entity", _second(b"ARD", b"&ard;ARD"), "userlist.malformed"),
        Case("UTF-16", GOOD.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "userlist.encoding"),
        Case("UTF-16 that does not say so", GOOD.decode().partition("?>")[2].encode("utf-16-le"), "userlist.encoding"),
        Case("Latin-5", GOOD.replace(b"UTF-8", b"ISO-8859-9"), "userlist.encoding"),
        Case("bytes that are no UTF-8", _second(b"ARD", b"\xff\xfe"), "userlist.malformed"),
        Case("control character", _second(b"ARD", b"A\x00D"), "userlist.malformed"),
        Case("cut in an element", GOOD[:-100], "userlist.truncated"),
        Case("cut in a tag", GOOD[: GOOD.rindex(b"</UserList>") + 5], "userlist.truncated"),
        Case("cut between users", GOOD[: GOOD.index(b"</User>") + 7], "userlist.truncated"),
        Case("cut in a character", GOOD[: GOOD.index("Ç".encode()) + 1], "userlist.truncated"),
        Case(
            "tags crossed",
            GOOD.replace(b"</Title></User>", b"</User></Title>").replace(b"</Documents>", b"", 1),
            "userlist.malformed",
        ),
        Case("a second root", GOOD + b"<UserList/>", "userlist.malformed"),
        Case("another root", GOOD.replace(b"UserList", b"UserTempList"), "userlist.root"),
        Case("a root with a prefix", GOOD.replace(b"UserList>", b"u:UserList>"), "userlist.root"),
        Case("nested deeply", _inside(b"<a>" * 5000 + b"</a>" * 5000), "userlist.too-deep"),
        Case(
            "nested deeply in a user",
            _second(b"<Title>", b"<a>" * 5000 + b"</a>" * 5000 + b"<Title>"),
            "userlist.too-deep",
        ),
        Case("a very long title", _second(b"ARD", b"A" * 3_000_000), "userlist.user-too-large"),
        Case("a very long attribute", _inside(b'<User a="' + b">" * 3_000_000 + b'"/>'), "userlist.user-too-large"),
        Case("a very long name", _inside(b"<" + b"a" * 3_000_000 + b"/>"), "userlist.user-too-large"),
        Case("a very long comment", _inside(b"<!--" + b"a" * 3_000_000 + b"-->"), "userlist.user-too-large"),
        Case("very many aliases", _second(b"<Alias>", _ALIAS * 20_000 + b"<Alias>"), "userlist.user-too-large"),
        Case("very many blanks", _inside(b" " * 3_000_000), "userlist.user-too-large"),
    ]


_ALIAS: Final = b"<Alias><Name>urn:mail:pk@a.example</Name><CreationTime>2021-03-09T15:36:56</CreationTime></Alias>"


def _laughs() -> bytes:
    levels = b"".join(b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10))
    return b'<!DOCTYPE UserList [<!ENTITY l0 "ha">' + levels + b"]><UserList>&l9;</UserList>"


def _external() -> bytes:
    return b'<!DOCTYPE UserList [<!ENTITY f SYSTEM "file:///etc/passwd">]><UserList><User>&f;</User></UserList>'


def rows() -> list[Case]:
    """Lists of which the second user, and that one alone, cannot be used."""
    number, at = b"<Identifier>7359021640</Identifier>", b"2021-03-09T15:36:56"
    created = b"<FirstCreationTime>" + at + b"</FirstCreationTime>"
    account = b"<AccountType>OZELENTEGRASYON</AccountType>"
    return [
        Case("no number", _second(number, b""), "userlist.missing"),
        Case("an empty number", _second(number, b"<Identifier/>"), "userlist.missing"),
        Case("a short number", _second(b"7359021640", b"735902164"), "userlist.number"),
        Case("a long number", _second(b"7359021640", b"735902164000"), "userlist.number"),
        Case("letters for a number", _second(b"7359021640", b"735902164O"), "userlist.number"),
        Case("Arabic digits", _second(b"7359021640", "٧٣٥٩٠٢١٦٤٠".encode()), "userlist.number"),
        Case("two numbers", _second(number, number * 2), "userlist.repeated"),
        Case("no title", _second("<Title>ARDIÇ TİCARET A.Ş.</Title>".encode(), b""), "userlist.missing"),
        Case("no type", _second(b"<Type>OZEL</Type>", b""), "userlist.missing"),
        Case("another type", _second(b"<Type>OZEL", "<Type>ÖZEL".encode()), "userlist.value"),
        Case("another account type", _second(b"OZELENTEGRASYON", b"PORTAL"), "userlist.value"),
        Case("an empty account type", _second(account, b"<AccountType/>"), "userlist.missing"),
        Case("no time", _second(created, b""), "userlist.missing"),
        Case("two times", _second(created, created * 2), "userlist.repeated"),
        Case("a day alone", _second(at, b"2021-03-09"), "userlist.time"),
        Case("a day that is none", _second(at, b"2021-02-30T00:00:00"), "userlist.time"),
        Case("a week", _second(at, b"2021-W10-2T15:36:56"), "userlist.time"),
        Case("after all times", _second(at, b"9999-12-31T23:59:59Z"), "userlist.time"),
        Case("a Turkish day", _second(at, b"09.03.2021 15:36:56"), "userlist.time"),
        Case("before all times", _second(at, b"0000-01-01T00:00:00"), "userlist.time"),
        Case(
            "no documents",
            _second(b"<Documents>", b"<Other>").replace(
                b"</Documents></User>\n</UserList>", b"</Other></User>\n</UserList>"
            ),
            "userlist.missing",
        ),
        Case("documents twice", _second(b"<Documents>", b"<Documents/><Documents>"), "userlist.repeated"),
        Case("documents without a type", _second(b' type="Invoice"', b""), "userlist.value"),
        Case("documents of another type", _second(b"Invoice", b"ReceiptAdvice"), "userlist.value"),
        Case(
            "an alias without a name",
            _second(b"<Name>urn:mail:defaultpk@ardic.example</Name>", b""),
            "userlist.missing",
        ),
        Case(
            "an alias with an empty name",
            _second(b"<Name>urn:mail:defaultpk@ardic.example", b"<Name> "),
            "userlist.missing",
        ),
        Case(
            "an alias never created",
            _second(b"<CreationTime>2021-03-11T18:25:55</CreationTime>", b""),
            "userlist.missing",
        ),
        Case(
            "an alias created twice",
            _second(
                b"<CreationTime>2021-03-11T18:25:55</CreationTime>", (b"<CreationTime>" + at + b"</CreationTime>") * 2
            ),
            "userlist.repeated",
        ),
        Case("an alias deleted at no time", _second(b"2023-07-10T09:46:59", b"yesterday"), "userlist.time"),
        Case(
            "an empty user",
            _second(b"</User>\n</UserList>", b"</User><User/></UserList>")
            .replace(b"<User><Identifier>7359021640", b"<Userr><Identifier>7359021640")
            .replace(b"</User><User/>", b"</Userr><User/>"),
            "userlist.missing",
        ),
    ]


FILES: Final = files()
ROWS: Final = rows()

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for case in (*FILES, *ROWS):
        ending = "zip" if case.data.startswith(b"PK") else "xml"
        (folder / f"{case.code.removeprefix('userlist.')}-{case.why.replace(' ', '-')}.{ending}").write_bytes(case.data)
