"""Books that strangers may send: what is wrong with each, and how the reading of it must end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

__all__ = ["HOSTILE", "Hostile", "framed", "large_account"]

_NAMES: Final = (
    ' xmlns:edefter="http://www.edefter.gov.tr" xmlns:xbrli="http://www.xbrl.org/2003/instance"'
    ' xmlns:gl-cor="http://www.xbrl.org/int/gl/cor/2006-10-25" xmlns:gl-bus="http://www.xbrl.org/int/gl/bus/2006-10-25"'
)
_LINE: Final = (
    "<gl-cor:entryDetail><gl-cor:lineNumber>{at}</gl-cor:lineNumber><gl-cor:amount>1.25</gl-cor:amount>"
    "<gl-cor:debitCreditCode>D</gl-cor:debitCreditCode></gl-cor:entryDetail>"
)


class Hostile(NamedTuple):
    """A file, and the code of the error it must end with; empty if it is read after all."""

    data: bytes
    code: str


def framed(entries: str, before: str = "", behind: str = "", root: str = "defter") -> bytes:
    """A book without head around some entries."""
    return (
        f"<edefter:{root}{_NAMES}>{before}<xbrli:xbrl><gl-cor:accountingEntries>{entries}</gl-cor:accountingEntries>"
        f"</xbrli:xbrl>{behind}</edefter:{root}>"
    ).encode()


def large_account(lines: int) -> bytes:
    """One entry with very many lines, as an account of a general ledger."""
    made = "".join(_LINE.format(at=at) for at in range(1, lines + 1))
    return framed(f"<gl-cor:entryHeader><gl-bus:totalDebit>9</gl-bus:totalDebit>{made}</gl-cor:entryHeader>")


_BOMB: Final = (
    b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    b'<edefter:defter xmlns:edefter="http://www.edefter.gov.tr">&c;</edefter:defter>'
)
_OUTSIDE: Final = (
    b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b'<edefter:defter xmlns:edefter="http://www.edefter.gov.tr">&a;</edefter:defter>'
)
_DEEP: Final = "<gl-cor:a>" * 400 + "</gl-cor:a>" * 400

HOSTILE: Final[Mapping[str, Hostile]] = {
    "nothing": Hostile(b"", "xml.empty"),
    "blanks": Hostile(b" \n\t ", "xml.empty"),
    "a ZIP that was not opened": Hostile(b"PK\x03\x04" + b"\0" * 60, "xml.not-xml"),
    "text": Hostile(b"defter", "xml.not-xml"),
    "entities that grow": Hostile(_BOMB, "xml.dtd"),
    "a file of ours as an entity": Hostile(_OUTSIDE, "xml.dtd"),
    "another document": Hostile(b"<Invoice/>", "book.root"),
    "the right name in another namespace": Hostile(b'<defter xmlns="urn:x"/>', "book.root"),
    "a root that never ends": Hostile(framed("")[:-5], "xml.truncated"),
    "cut in the middle of an entry": Hostile(large_account(9000)[:400_000], "xml.truncated"),
    "elements that are not closed in order": Hostile(framed("<gl-cor:entryHeader></gl-cor:x>"), "xml.malformed"),
    "bytes that are no UTF-8": Hostile(
        framed("<gl-cor:entryHeader>\xff").replace(b"\xc3\xbf", b"\xff"), "xml.encoding"
    ),
    "UTF-16": Hostile(framed("").decode().encode("utf-16"), "xml.encoding"),
    "a prefix that is not declared": Hostile(framed("<x:entryHeader/>"), "xml.namespace"),
    "elements nested by the hundreds": Hostile(
        framed(f"<gl-cor:entryHeader>{_DEEP}</gl-cor:entryHeader>"), "xml.too-deep"
    ),
    "a value of eleven million letters": Hostile(
        framed(
            f"<gl-cor:entryHeader><gl-cor:entryComment>{'a' * 11_000_000}</gl-cor:entryComment></gl-cor:entryHeader>"
        ),
        "xml.too-large",
    ),
    "a million elements before the first entry": Hostile(framed("<gl-cor:a/>" * 1_000_100), "book.deep"),
    "a line with a million elements": Hostile(
        framed(
            "<gl-cor:entryHeader><gl-cor:entryDetail>"
            + "<gl-cor:a/>" * 1_000_100
            + "</gl-cor:entryDetail></gl-cor:entryHeader>"
        ),
        "book.deep",
    ),
    "strangers by the thousands among the entries": Hostile(
        framed("<gl-cor:entryHeader/><gl-cor:a/>" * 1_100), "book.deep"
    ),
    "a second accountingEntries with a million entries": Hostile(
        framed(
            "<gl-cor:entryHeader/></gl-cor:accountingEntries><gl-cor:accountingEntries>"
            + "<gl-cor:entryHeader/>" * 1_100_000
        ),
        "book.deep",
    ),
    "two hundred thousand empty entries": Hostile(framed("<gl-cor:entryHeader/>" * 200_000), ""),
    "comments between entries": Hostile(framed("<gl-cor:entryHeader/><!-- x -->" * 3_000), ""),
    "an entry in an entry": Hostile(framed("<gl-cor:entryHeader><gl-cor:entryHeader/></gl-cor:entryHeader>"), ""),
    "a book in a book": Hostile(framed("", before="<edefter:defter/>"), ""),
    "no entries and no head": Hostile(framed(""), ""),
    "a book without anything": Hostile(f"<edefter:defter{_NAMES}/>".encode(), ""),
    "a byte order mark": Hostile(b"\xef\xbb\xbf" + framed("<gl-cor:entryHeader/>"), ""),
    "amounts that are none": Hostile(
        framed(
            "<gl-cor:entryHeader><gl-cor:entryDetail><gl-cor:amount>NaN</gl-cor:amount></gl-cor:entryDetail></gl-cor:entryHeader>"
        ),
        "",
    ),
}
"""What is hostile about it → the file and its end."""
