"""A book of e-Defter sealed and judged while it is read is the same as one that was held: every byte, every verdict."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from levels_support import ClockStamper, trust_of
from seal_documents import document
from seal_judges import FIRST, holds
from seal_pki import NOW, key
from ulak.errors import UlakError
from ulak.seal.canonical import canonical_document
from ulak.seal.large import LargeError, descent, seal_book, seal_book_here, verify_large
from ulak.seal.levels import add_time_stamp, archive
from ulak.seal.levels.hook import level_check
from ulak.seal.sealing import seal
from ulak.seal.verify import SealReport, verify
from ulak.xml import parse

ENTRY = '<gl-cor:entryHeader><gl-cor:amount unitRef="try" contextRef="c">%d</gl-cor:amount><e/></gl-cor:entryHeader>'
ENTRIES = (
    '<gl-cor:accountingEntries xmlns:gl-cor="urn:cor" xmlns:gl-bus="urn:bus">\n'
    + "\n".join(ENTRY % number for number in range(40))
    + "</gl-cor:accountingEntries>"
).encode()
END = b"</xbrli:context>"
BOOK = document("defter").replace(END, END + ENTRIES)
CLOSING = b"</edefter:defter>"
WRITINGS = {
    "indented": BOOK,
    "canonical": b'<?xml version="1.0" encoding="UTF-8"?>\n' + canonical_document(parse(BOOK)) + b"\n",
    "without a declaration": BOOK.partition(b"\n")[2],
    "with a byte-order mark and other ends of lines": b"\xef\xbb\xbf" + BOOK.replace(b"\n", b"\r\n"),
    "with other quotes, spaces and characters": BOOK.replace(b"<e/>", b"<e b='2>1'\n a=\"&#65;\" >&gt;]] &#13;</e >"),
    "with namespaces of its own": BOOK.replace(b"<e/>", b'<e xmlns="urn:e" xmlns:gl-bus="urn:other"><gl-bus:f/></e>'),
    "with a default namespace and xml: attributes": BOOK.replace(
        b"<edefter:defter ", b"<edefter:defter xmlns='urn:d' xml:lang='tr' "
    ),
    "with elements inside others of their name": BOOK.replace(b"<e/>", b"<e><e/><e q='2>1' /><e>&lt;e>x</e ></e>"),
    "with two stylesheets": BOOK.replace(b"<edefter:defter ", b"<?other a='b'  ?>\n\n<edefter:defter ", 1),
    "with an attachment of a journal": BOOK.replace(
        CLOSING, b"<extensions><extension>" + b"QUJD" * 500 + b"</extension></extensions>" + CLOSING
    ),
}


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of a few elements and windows of some, so that a short book is cut at every depth."""
    monkeypatch.setattr(descent, "_BLOCK", 64)
    monkeypatch.setattr(descent, "_WINDOW", 256)


def streamed(data: bytes, short: str = "ardic", level: str = "BES", *, is_canonical: bool = False) -> bytes:
    target, trust = io.BytesIO(), trust_of() if level == "A" else None
    stamper = None if level == "BES" else ClockStamper()
    size = seal_book(
        io.BytesIO(data), target, key(short), at=NOW, stamper=stamper, trust=trust, is_canonical=is_canonical
    )
    assert size == len(target.getvalue())
    return target.getvalue()


def held(data: bytes, short: str = "ardic", level: str = "BES") -> bytes:
    sealed = seal(data, key(short), at=NOW)
    if level == "A":
        return archive(sealed, stamper=ClockStamper(), trust=trust_of(), at=NOW)
    return add_time_stamp(sealed, ClockStamper()) if level == "T" else sealed


def judged(data: bytes) -> tuple[SealReport, SealReport]:
    """What streaming says, and what holding the document says."""
    trust = trust_of()
    levels = level_check(trust)
    one = verify_large(io.BytesIO(data), trust=trust, at=NOW, levels=levels)
    return one, verify(data, trust=trust, at=NOW, levels=levels)


def said(report: SealReport) -> object:
    return report.indication, report.sub, report.reasons, report.deviations, report.level, report.owner, report.signer


@pytest.mark.parametrize("name", WRITINGS)
def test_the_seal_is_byte_for_byte_that_of_a_book_that_was_held(name: str) -> None:
    sealed = streamed(WRITINGS[name])
    assert sealed == held(WRITINGS[name])
    one, other = judged(sealed)
    assert one.passed
    assert said(one) == said(other)
    assert len(one.data) < len(sealed)


@pytest.mark.parametrize("level", ["BES", "T", "A"])
@pytest.mark.parametrize("short", ["ardic", "ardic-ec"])
@pytest.mark.parametrize("kind", ["defter", "berat", "defterraporu"])
def test_every_kind_of_document_key_and_level(kind: str, short: str, level: str) -> None:
    data = document(kind)
    sealed = streamed(data, short, level)
    assert sealed == held(data, short, level)
    one, other = judged(sealed)
    assert (one.passed, one.level) == (True, level)
    assert said(one) == said(other)


def test_a_book_of_canonical_bytes_is_sealed_as_it_stands() -> None:
    canonical = WRITINGS["canonical"]
    sealed = streamed(canonical, is_canonical=True)
    assert sealed == held(canonical)
    file = io.BytesIO(canonical)
    assert seal_book_here(file, key("ardic"), at=NOW, is_canonical=True) == len(sealed)
    assert file.getvalue() == sealed


@pytest.mark.parametrize("short", ["ardic", "ardic-ec"])
def test_others_find_the_seal_good_and_a_changed_byte_bad(short: str, tmp_path: Path) -> None:
    sealed = streamed(WRITINGS["canonical"], short)
    assert holds(tmp_path, sealed, FIRST, key(short))
    first, second = (canonical_entry(number) for number in (1, 2))
    for changed in (
        sealed.replace(b"yevmiye.xslt", b"kebir.xslt"),
        sealed.replace(first, b""),
        sealed.replace(first, first * 2),
        sealed.replace(first + b"\n" + second, second + b"\n" + first),
    ):
        assert changed != sealed
        assert not holds(tmp_path, changed, FIRST, key(short))
        one, other = judged(changed)
        assert "seal.content-changed" in {reason.code for reason in one.reasons}
        assert said(one) == said(other)


def canonical_entry(number: int) -> bytes:
    written = (ENTRY % number).replace("<e/>", "<e></e>")
    return written.replace('unitRef="try" contextRef="c"', 'contextRef="c" unitRef="try"').encode()


ENDS = (b"</gl-cor:accountingEntries>", b"</xbrli:xbrl>")
SECOND = b'<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'
HOSTILE: Mapping[str, Callable[[bytes], bytes]] = {
    # Each hides something from a reader of pieces, or makes pieces something else than the document has.
    "a comment like the root's end": lambda data: data.replace(CLOSING, b"<!--%b-->%b" % (CLOSING, CLOSING)),
    "an amount split by a comment": lambda data: data.replace(b">17<", b">1<!-- -->7<"),
    "an entry in CDATA": lambda data: data.replace(b"<e/>", b"<![CDATA[</gl-cor:entryHeader>]]>", 1),
    "a processing instruction in between": lambda data: data.replace(b"<e/>", b"<?x </gl-cor:entryHeader>?>", 1),
    "an end tag in an attribute": lambda data: data.replace(b"<e/>", b"<e a='</gl-cor:entryHeader>'/>", 1),
    "entries inside each other": lambda data: data.replace(b"<e/>", (ENTRY % 1).encode() * 3, 1),
    "a second seal among the entries": lambda data: data.replace(b"<e/>", SECOND, 1),
    "a second seal beside the first": lambda data: data.replace(CLOSING, SECOND + CLOSING),
    "an Id of the seal among the entries": lambda data: data.replace(
        b"<e/>", b"<e " + re.search(rb'Id="Signature_[^"]*"', data)[0] + b"/>", 1  # type: ignore[index]
    ),
    "elements that are not closed in order": lambda data: data.replace(
        ENDS[0] + ENDS[1], ENDS[1] + ENDS[0]
    ),
    "something behind the root": lambda data: data + b"<a/>",
}  # fmt: skip


def streaming(data: bytes) -> SealReport | str:
    """The verdict, or which kind of error there is."""
    try:
        return verify_large(io.BytesIO(data), trust=trust_of(), at=NOW)
    except UlakError as error:
        return error.code.partition(".")[0]


def holding(data: bytes) -> SealReport | str:
    try:
        return verify(data, trust=trust_of(), at=NOW)
    except UlakError as error:
        return error.code.partition(".")[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_verdict_never_differs_from_that_on_a_book_that_was_held(name: str) -> None:
    changed = HOSTILE[name](streamed(BOOK))
    one, other = (judge(changed) for judge in (streaming, holding))
    if isinstance(one, str) or isinstance(other, str):
        assert one == other
        return
    # A comment between elements is all that may come later: it is not sealed, and no reader of values sees it.
    assert one.passed is (name == "a comment like the root's end")
    assert said(one) == said(other)


REFUSED: Mapping[str, tuple[bytes, str]] = {
    "sealed already": (held(BOOK), "seal.already-sealed"),
    "comments": (BOOK.replace(b"<e/>", b"<!-- -->"), "large.not-in-pieces"),
    "a DTD": (BOOK.replace(b"<edefter:defter ", b"<!DOCTYPE a><edefter:defter ", 1), "xml.dtd"),
    "UTF-16": (b"\xff\xfe" + BOOK.decode().encode("utf-16-le"), "xml.encoding"),
    "cut short": (BOOK[:-40], "large.not-in-pieces"),
    "not well-formed": (BOOK.replace(b"<e/>", b"<e>", 1), "xml.malformed"),
    "a document of another family": (document("eArsivRaporu"), "large.not-in-pieces"),
    "no root": (b"", "xml.malformed"),
    "XML 1.1": (BOOK.replace(b'version="1.0"', b'version="1.1"'), "seal.not-canonical"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_sealed_is_refused_and_nothing_is_written(name: str) -> None:
    data, code = REFUSED[name]
    target = io.BytesIO()
    with pytest.raises(UlakError) as caught:
        seal_book(io.BytesIO(data), target, key("ardic"), at=NOW)
    assert caught.value.code == code
    assert target.getvalue() == b""


def test_a_book_that_would_grow_too_large_is_refused() -> None:
    with pytest.raises(LargeError, match="larger") as caught:
        seal_book(io.BytesIO(BOOK), io.BytesIO(), key("ardic"), at=NOW, max_bytes=len(BOOK) + 100)
    assert caught.value.code == "large.book-too-large"


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(BOOK) - 1), st.sampled_from([b"<", b">", b"/", b'"', b"&", b"<e>", b"</xbrli:xbrl>", b" "]))
def test_a_byte_put_in_anywhere_is_judged_alike(at: int, put: bytes) -> None:
    changed = BOOK[:at] + put + BOOK[at + len(put) :]
    try:
        expected = held(changed)
    except UlakError:
        with pytest.raises(UlakError):
            streamed(changed)
        return
    with suppress(LargeError):  # some writings are too odd to be cut, and then held
        assert streamed(changed) == expected


MEASURED = """
import io, resource, sys
sys.path.insert(0, sys.argv[1])
from seal_pki import NOW, key
from levels_support import trust_of
from seal_documents import document
from ulak.seal.large import seal_book, verify_large
end = b"</xbrli:context>"
entry = b"<e><amount>12.00</amount><text>" + b"x" * 400 + b"</text></e>"
file = open(sys.argv[2], "w+b")
head, tail = document("defter").split(end)
file.write(head + end + b"<entries><account>")
for _ in range(600):
    file.write(entry * 100)
file.write(b"</account></entries>" + tail)
sealed = open(sys.argv[2] + ".sealed", "w+b")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
seal_book(file, sealed, key("ardic"), at=NOW)
assert verify_large(sealed, trust=trust_of(), at=NOW).passed
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_a_large_book_needs_little_memory(tmp_path: Path) -> None:
    here = Path(__file__).parent
    run = [sys.executable, "-c", MEASURED, str(here), str(tmp_path / "book.xml")]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 40
