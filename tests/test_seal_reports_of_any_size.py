"""A report sealed, judged and packed while it is read is the same as one that was held: every byte, every verdict."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from levels_support import ClockStamper, trust_of
from seal_documents import document
from seal_judges import FIRST, holds
from seal_pki import NOW, key
from ulak.errors import UlakError
from ulak.seal.canonical import canonical_document
from ulak.seal.large import LargeError, pieces, seal_large, verify_large, zip_report
from ulak.seal.large.pieces import Pieces
from ulak.seal.large.whole import Whole
from ulak.seal.levels import archive
from ulak.seal.levels.hook import level_check
from ulak.seal.sealing import seal
from ulak.seal.verify import SealReport, verify
from ulak.xml import parse

PLAIN = document("eArsivRaporu")
HEADER = re.search(rb"<earsiv:baslik>.*</earsiv:baslik>", PLAIN, re.DOTALL)[0]  # type: ignore[index]
OPENING = b'<earsiv:eArsivRaporu xmlns:earsiv="http://earsiv.efatura.gov.tr">'
CLOSING = b"</earsiv:eArsivRaporu>"
ENTRY = (
    b"<earsiv:fatura><earsiv:faturaNo>ABC2026000000%03d</earsiv:faturaNo>"
    b"<earsiv:ad>\xc5\x9e &amp; B</earsiv:ad></earsiv:fatura>"
)
CANONICAL = OPENING + HEADER + b"".join(ENTRY % number for number in range(9)) + CLOSING
OF_ITS_OWN = b'<earsiv:ad xmlns="urn:d" xmlns:earsiv="http://earsiv.efatura.gov.tr">'
OTHER_OPENING = OPENING[:-1] + b" xmlns:z='urn:z' xmlns='urn:d' xml:lang='tr' z:a='1'\n>"
WRITINGS = {
    "canonical": CANONICAL,
    "declared": b'<?xml version="1.0" encoding="UTF-8"?>\n' + CANONICAL + b"\n\n",
    "with a byte-order mark": b"\xef\xbb\xbf" + CANONICAL,
    "with other lines and quotes": CANONICAL.replace(
        b"<earsiv:fatura>", b"\r\n <earsiv:fatura b='2>1'  a = \"&#65;\"\n>"
    ),
    "with empty tags": CANONICAL.replace(b"<earsiv:ad>", b"<earsiv:ad /><earsiv:ad>").replace(
        CLOSING, b"<x/>" + CLOSING
    ),
    "with spaces in end tags": CANONICAL.replace(b"</earsiv:fatura>", b"</earsiv:fatura\n>"),
    "with namespaces and xml: attributes of the root": CANONICAL.replace(OPENING, OTHER_OPENING),
    "with namespaces of its own": CANONICAL.replace(b"<earsiv:ad>", OF_ITS_OWN),
}


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of a few elements, so that a short report has many."""
    monkeypatch.setattr(pieces, "_BLOCK", 64)


def streamed(data: bytes, short: str = "ardic") -> bytes:
    target = io.BytesIO()
    size = seal_large(io.BytesIO(data), target, key(short), at=NOW, stamper=ClockStamper(), trust=trust_of())
    assert size == len(target.getvalue())
    return target.getvalue()


def held(data: bytes) -> bytes:
    sealed = seal(data, key("ardic"), at=NOW, mime="text/xml")
    return archive(sealed, stamper=ClockStamper(), trust=trust_of(), at=NOW)


def judged(data: bytes) -> tuple[SealReport, SealReport]:
    """What streaming says, and what holding the document says."""
    trust = trust_of()
    levels = level_check(trust)
    one = verify_large(io.BytesIO(data), trust=trust, at=NOW, levels=levels)
    return one, verify(data, trust=trust, at=NOW, levels=levels)


def said(report: SealReport) -> object:
    return report.indication, report.sub, report.reasons, report.deviations, report.level, report.owner, report.signer


@pytest.mark.parametrize("name", WRITINGS)
def test_the_seal_is_byte_for_byte_that_of_a_report_that_was_held(name: str) -> None:
    sealed = streamed(WRITINGS[name])
    assert sealed == held(WRITINGS[name])
    one, other = judged(sealed)
    assert one.passed
    assert one.level == "A"
    assert said(one) == said(other)
    assert one.content == b""


@pytest.mark.parametrize("short", ["ardic", "ardic-ec"])
def test_others_find_the_seal_good_and_a_changed_byte_bad(short: str, tmp_path: Path) -> None:
    sealed = streamed(CANONICAL, short)
    assert holds(tmp_path, sealed, FIRST, key(short))
    for old, new in (
        (b"000000003", b"000000004"),
        (b"</earsiv:fatura></", b"</earsiv:fatura>\n</"),
        (b"raporNo>", b"raporNo> "),
    ):
        changed = sealed.replace(old, new, 1)
        assert not holds(tmp_path, changed, FIRST, key(short))
        one, other = judged(changed)
        assert "seal.content-changed" in {reason.code for reason in one.reasons}
        assert said(one) == said(other)


def test_an_entry_that_is_added_moved_or_lost_is_found() -> None:
    sealed = streamed(CANONICAL)
    first, second = ENTRY % 1, ENTRY % 2
    for changed in (
        sealed.replace(first, b""),
        sealed.replace(first, first * 2),
        sealed.replace(first + second, second + first),
    ):
        assert not judged(changed)[0].passed


SEALED_AGAIN = b'<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'
HOSTILE: Mapping[str, Callable[[bytes], bytes]] = {
    # Each hides something from a reader of pieces, or makes pieces something else than the document has.
    "a comment like the root's end": lambda data: data.replace(CLOSING, b"<!--%b-->%b" % (CLOSING, CLOSING)),
    "an entry in CDATA": lambda data: data.replace(b"&amp; B", b"<![CDATA[</earsiv:fatura>]]>", 1),
    "a processing instruction in between": lambda data: data.replace(ENTRY % 1, b"<?x </earsiv:fatura>?>" + ENTRY % 1),
    "a stylesheet before the root": lambda data: b"<?xml-stylesheet href='a'?>" + data,
    "an entry inside another": lambda data: data.replace(ENTRY % 1, b"<earsiv:fatura>%b</earsiv:fatura>" % (ENTRY % 1)),
    "a second seal among the entries": lambda data: data.replace(ENTRY % 1, SEALED_AGAIN),
    "an Id of the seal among the entries": lambda data: re.sub(
        rb'(Id="Signature_[^"]*")(.*?)<earsiv:fatura>', rb"\1\2<earsiv:fatura \1>", data, count=1, flags=re.DOTALL
    ),
    "nothing but its frame": lambda data: re.sub(rb"<earsiv:fatura>.*</earsiv:fatura>", b"", data, flags=re.DOTALL),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_verdict_never_differs_from_that_on_a_document_that_was_held(name: str) -> None:
    one, other = judged(HOSTILE[name](streamed(CANONICAL)))
    # A comment is all that may come later: it is not sealed, and no reader of values sees it.
    assert one.passed is ("comment" in name)
    assert said(one) == said(other)


BROKEN: Mapping[str, Callable[[bytes], bytes]] = {
    "cut short in an entry": lambda data: data[: data.index(b"faturaNo>ABC2026000000005")],
    "cut short between entries": lambda data: data[: data.index(ENTRY % 5)],
    "an end tag too many": lambda data: data.replace(ENTRY % 5, b"</earsiv:fatura>" + ENTRY % 5),
    "tags that cross": lambda data: data.replace(b"</earsiv:ad></earsiv:fatura>", b"</earsiv:fatura></earsiv:ad>"),
    "an undeclared prefix": lambda data: data.replace(b"<earsiv:ad>", b"<q:ad>").replace(b"</earsiv:ad>", b"</q:ad>"),
    "an entity": lambda data: data.replace(b"&amp;", b"&x;"),
    "something behind the root": lambda data: data + b"<a/>",
    "another encoding": lambda data: b'<?xml version="1.0" encoding="ISO-8859-9"?>' + data,
    "bytes that are no UTF-8": lambda data: data.replace(b"\xc5\x9e", b"\x9e"),
    "a bare bracket": lambda data: data.replace(ENTRY % 5, b"<" + ENTRY % 5),
    "nothing": lambda data: b"",
    "a root alone": lambda data: OPENING + CLOSING,
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_writes_nothing(name: str) -> None:
    target = io.BytesIO()
    with pytest.raises(UlakError) as refused:
        seal_large(io.BytesIO(BROKEN[name](CANONICAL)), target, key("ardic"), at=NOW)
    assert refused.value.code.partition(".")[0] in ("xml", "large")
    assert target.getvalue() == b""


def test_a_fault_far_behind_is_told_with_its_line() -> None:
    data = CANONICAL.replace(b"</earsiv:fatura>", b"</earsiv:fatura>\n").replace(
        b"000007</earsiv:faturaNo>", b"000007</a>"
    )
    with pytest.raises(UlakError) as refused:
        seal_large(io.BytesIO(data), io.BytesIO(), key("ardic"), at=NOW)
    assert refused.value.line == 8


def test_what_can_neither_be_streamed_nor_held_is_refused() -> None:
    data = streamed(CANONICAL).replace(b"<earsiv:fatura>", b"<!-- --><earsiv:fatura>", 1)
    with pytest.raises(LargeError, match=r"large\.not-in-pieces"):
        verify_large(io.BytesIO(data), trust=trust_of(), at=NOW, held=100)


def test_a_tag_of_blanks_without_end_takes_no_more_than_it_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_BLOCK", 1 << 20)
    # Each byte of it took 120 in the expression that finds the ends of tags: 1 GB for 8 MB.
    tracemalloc.start()
    try:
        for tag in (b"<earsiv:fatura" + b" a" * 1_500_000, b"<earsiv:fatura" + b" " * 3_000_000 + b"/>"):
            with suppress(UlakError):
                list(Pieces(io.BytesIO(OPENING + HEADER + tag + CLOSING)))
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["defter", "Invoice", "ProcessUserAccount"])
def test_only_reports_are_streamed(kind: str) -> None:
    with pytest.raises(LargeError, match=r"large\.not-in-pieces"):
        seal_large(io.BytesIO(document(kind)), io.BytesIO(), key("ardic"), at=NOW)


def test_a_report_that_grows_too_large_with_its_seal_is_refused() -> None:
    target = io.BytesIO()
    with pytest.raises(LargeError, match=r"large\.too-large"):
        seal_large(io.BytesIO(CANONICAL), target, key("ardic"), at=NOW, max_bytes=len(CANONICAL) + 100)
    assert target.getvalue() == b""


TEXTS = st.text(st.sampled_from("aŞ &<>\"'\r\n\t\u2028😀"), max_size=6)
NAMES = st.sampled_from(["a", "b", "p:c", "q:c", "abc"])
TREES = st.recursive(
    st.tuples(NAMES, TEXTS, st.dictionaries(st.sampled_from(["x", "p:y", "Id"]), TEXTS, max_size=2), st.just(())),
    lambda below: st.tuples(NAMES, TEXTS, st.just({}), st.lists(below, max_size=3).map(tuple)),
    max_leaves=5,
)


def written(tree: tuple[str, str, dict[str, str], tuple[object, ...]], rng: Iterator[bool]) -> str:
    name, text, attributes, children = tree
    escaped = {ord(character): f"&#{ord(character)};" for character in "&<>\"'\r"}
    held = "".join(f" {each}='{value.translate(escaped)}'" for each, value in attributes.items())
    own = " xmlns:q='urn:other'" if name.startswith("q:") and next(rng, False) else ""
    inside = text.translate(escaped) + "".join(written(child, rng) for child in children)  # type: ignore[arg-type]
    return f"<{name}{own}{held}/>" if not inside else f"<{name}{own}{held}>{inside}</{name} >"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TREES, TEXTS), max_size=8), st.lists(st.booleans(), max_size=8))
def test_pieces_have_the_canonical_form_of_the_whole(trees: list[tuple[object, str]], flips: list[bool]) -> None:
    rng = iter(flips)
    body = "".join(written(tree, rng) + text.translate({38: "&amp;", 60: "&lt;", 62: "&gt;"}) for tree, text in trees)  # type: ignore[arg-type]
    opening = OPENING[:-1] + b" xmlns:p='urn:p' xmlns:q='urn:q' xmlns='urn:none'>"
    data = opening + b"<earsiv:baslik/>" + body.encode() + CLOSING
    try:
        form = b"".join(Whole(Pieces(io.BytesIO(data))))
    except LargeError:
        # Refused rather than cut wrongly: an element holds one of its own name.
        assume(False)
    assert form == canonical_document(parse(data), 1 << 20)


def test_a_package_holds_the_report_and_is_the_same_every_time() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for target in (first, second):
        assert zip_report(io.BytesIO(CANONICAL), target, "0f.xml") == len(CANONICAL)
    assert first.getvalue() == second.getvalue()
    with zipfile.ZipFile(first) as package:
        assert package.namelist() == ["0f.xml"]
        assert package.read("0f.xml") == CANONICAL


MEMORY = """
import resource, sys, tempfile
sys.path[:0] = {path!r}
from levels_support import ClockStamper, trust_of
from seal_pki import NOW, key
from ulak.seal.large import seal_large, verify_large
from ulak.seal.levels.hook import level_check
from test_seal_reports_of_any_size import CLOSING, ENTRY, HEADER, OPENING
with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as target:
    source.write(OPENING + HEADER)
    for start in range(0, 60_000, 1000):
        source.write(b"".join(ENTRY % number for number in range(start, start + 1000)))
    source.write(CLOSING)
    trust, before = trust_of(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = seal_large(source, target, key("ardic"), at=NOW, stamper=ClockStamper(), trust=trust)
    assert verify_large(target, trust=trust, at=NOW, levels=level_check(trust), held=0).passed
    print(size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_memory_does_not_grow_with_the_report() -> None:
    path = [str(Path(__file__).parent)]
    ran = subprocess.run([sys.executable, "-c", MEMORY.format(path=path)], capture_output=True, check=True, text=True)
    size, kilobytes = map(int, ran.stdout.split())
    assert size > 7_000_000
    assert kilobytes < 10_000
