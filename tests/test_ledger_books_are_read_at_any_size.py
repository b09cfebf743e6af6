"""Books, berats and reports are read in portions, whatever their size and year; hostile ones end with a reason."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_hostile import HOSTILE, large_account
from ledger_judged import DAY, books_of, packs, small_steps
from support import REFERENCE, needs_reference
from ulak.errors import UlakError
from ulak.ledger.judging import judge
from ulak.ledger.reading import Entry, entries, head_of, read, summary
from ulak.ledger.values import Month
from ulak.rules import PackStore, Verdict

_SAMPLES: Final = REFERENCE / "samples" / "edefter"
_SIGNED: Final = "ASYXODgkeUyYGnKaxv3a3FIoEr4XG9l0CVF5sRvrt3MT"
_ODD: Final = (
    b"",
    b"<",
    b">",
    b"</",
    b"<!--",
    b"-->",
    b"]]>",
    b"<![CDATA[",
    b"&#0;",
    b"&",
    b'"',
    b"\x00",
    b"\xc4",
    b"<?x",
)


def joined(found: list[Entry]) -> list[Entry]:
    """Entries with all their lines together."""
    whole: list[Entry] = []
    for entry in found:
        if entry.is_continued:
            whole[-1] = whole[-1]._replace(lines=whole[-1].lines + entry.lines)
        else:
            whole.append(entry)
    return whole


@pytest.mark.parametrize(("block", "lines"), [(2_500, 1), (3_000, 2), (5_000, 2_000)])
def test_what_is_read_does_not_depend_on_the_steps_it_is_read_in(block: int, lines: int) -> None:
    for _, data in books_of():
        whole, told = joined(list(entries(BytesIO(data)))), summary(BytesIO(data))
        with small_steps(block, lines):
            assert joined(list(entries(BytesIO(data)))) == whole
            again = summary(BytesIO(data))
        assert again[1:] == told[1:]
        assert again.head[:-1] == told.head[:-1]


def test_a_book_tells_whose_it_is_and_what_it_holds() -> None:
    _, data = books_of()[0]
    head, found = read(BytesIO(data))
    assert (head.kind, head.tax_id, head.month) == ("Y", "1234567808", Month(2026, 1))
    assert head.period == (date(2026, 1, 1), date(2026, 1, 31))
    assert head.company.title == "Çağrı & Oğulları İnşaat A.Ş."
    first = next(found)
    assert (first.counter, first.debit, len(first.lines)) == ("1", Decimal("50.00"), 4)
    assert (first.lines[1].main, first.lines[1].sub, first.lines[1].side) == ("120", "120.01.001", "D")
    told = summary(BytesIO(data))
    assert told.head.is_sealed
    assert (told.entries, told.lines, told.first, told.last) == (4, 16, "1", "4")
    assert told.debit == told.credit == Decimal(200)
    early, late = (head_of(BytesIO(data), to_end=way) for way in (False, True))
    assert early.company == late.company == head.company


def test_an_account_with_many_lines_comes_bit_by_bit() -> None:
    found = list(entries(BytesIO(large_account(12_000))))
    assert len(found) > 5
    assert [entry.is_continued for entry in found] == [False, *[True] * (len(found) - 1)]
    numbers = [line.number for entry in found for line in entry.lines]
    assert numbers == [str(at) for at in range(1, 12_001)]
    assert {entry.debit for entry in found} == {Decimal(9)}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_books_end_with_their_reason_and_are_never_found_valid(what: str) -> None:
    data, code = HOSTILE[what]
    if code:
        with pytest.raises(UlakError) as caught:
            summary(BytesIO(data))
        assert caught.value.code == code
        assert caught.value.text.tr
    else:
        assert summary(BytesIO(data)).size == len(data)


@needs_reference
@pytest.mark.parametrize("what", [what for what, hostile in HOSTILE.items() if len(hostile.data) < 200_000])
def test_hostile_books_are_judged_as_what_they_are(what: str, store: PackStore) -> None:
    report = judge(BytesIO(HOSTILE[what].data), "1234567808-202601-Y-000000.xml", store, on=DAY)
    assert report.verdict is not Verdict.VALID
    assert report.findings


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_whatever_stands_in_a_book_nothing_but_a_reason_is_raised(data: st.DataObject) -> None:
    made = bytearray(books_of(1)[data.draw(st.integers(0, 1))][1])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(made)))
        gone = data.draw(st.sampled_from((0, 1, 30)))
        made[at : at + gone] = data.draw(st.sampled_from(_ODD) | st.binary(max_size=3))
    outcome = _outcome(bytes(made))
    assert outcome == str(len(made)) or outcome.startswith(("xml.", "book."))


def _outcome(made: bytes) -> str:
    try:
        return str(summary(BytesIO(made)).size)
    except UlakError as error:
        return error.code


def test_a_file_above_the_limit_is_not_read_to_its_end() -> None:
    with pytest.raises(UlakError) as caught:
        summary(BytesIO(large_account(9_000)), max_bytes=300_000)
    assert caught.value.code == "book.too-large"


# -- books of 2014 ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> PackStore:
    return packs(tmp_path_factory.mktemp("packs"))


@needs_reference
def test_the_books_of_2014_are_read() -> None:
    told = {path.name: summary(BytesIO(path.read_bytes())) for path in _SAMPLES.iterdir()}
    assert {name: (one.head.kind, one.entries, one.lines) for name, one in told.items()} == {
        "yevmiye_signed.xml": ("Y", 23, 57),
        "kebir_unsigned.xml": ("K", 15, 57),
        "yevmiye_berat.xml": ("YB", 0, 0),
        "kebir_berat.xml": ("KB", 0, 0),
        "positiveData.xml": ("Y", 2, 8),
        "negativeData.xml": ("Y", 1, 2),
        "testError.xml": ("Y", 1, 4),
    }
    journal, ledger = told["yevmiye_signed.xml"], told["kebir_unsigned.xml"]
    assert journal.debit == journal.credit == ledger.debit == ledger.credit == Decimal("48859.28")
    assert (journal.first, journal.last) == ("1101", "1123")
    assert told["yevmiye_berat.xml"].head.signature_value == journal.head.signature_value
    assert journal.head.signature_value.startswith(_SIGNED)
    assert journal.head.company.fiscal_end == date(2012, 2, 28)


_UNSEALED: Final = {"defter-1", "xsd.missing-element"}
_FORMAT: Final = {"documentinfo-5", "documentinfo-15"}
"""Since 2017 the uniqueID has 15 letters, with year and month."""
_BERAT: Final = {"documentinfo-7", "documentinfo-17", "entity-3", "entity-4", "accountingentries-3"}
"""No unique id, no size, and none of the sums that berats have today."""
_REASONS: Final = {
    "yevmiye_signed.xml": ("1231231233-201106-Y-000001.xml", _FORMAT),
    "kebir_unsigned.xml": ("1231231231-201106-K-000001.xml", _FORMAT | _UNSEALED),
    "yevmiye_berat.xml": ("1231231231-201106-YB-000001.xml", _BERAT | {"entity-2"}),
    "kebir_berat.xml": ("1231231231-201106-KB-000001.xml", _BERAT),
    "positiveData.xml": ("1111111111-201106-Y-000000.xml", _FORMAT | _UNSEALED | {"xsd.value-type", "xsd.enumeration"}),
    "negativeData.xml": (
        "1111111111-201106-Y-000000.xml",
        _FORMAT
        | _UNSEALED
        | {"xsd.value-type", "xsd.enumeration", "documentinfo-14"}
        | {"entryheader-11", "entryheader-12", "entrydetail-6", "entrydetail-10"},
    ),
    "testError.xml": ("1231231212-201305-Y-000001.xml", _FORMAT | _UNSEALED),
}
"""Sample → the name under which it is judged, and what today's rules hold against it."""


@needs_reference
@pytest.mark.parametrize("sample", _REASONS)
def test_the_books_of_2014_fail_for_these_reasons_alone(sample: str, store: PackStore) -> None:
    name, reasons = _REASONS[sample]
    report = judge(BytesIO((_SAMPLES / sample).read_bytes()), name, store, on=DAY)
    assert report.verdict is Verdict.INVALID
    assert {each.id.rpartition("xsd.")[1] + each.id.rpartition(".")[2] for each in report.findings} == reasons


# -- memory -----------------------------------------------------------------------------------------------------------

_MEASURED: Final = """
import sys
from datetime import date
from pathlib import Path
from ulak.ledger.judging import judge
from ulak.rules import PackStore
store = PackStore(Path(sys.argv[1]))
with open(sys.argv[2], "rb") as source:
    report = judge(source, "1234567808-202601-K-000000.xml", store, on=date(2026, 11, 23))
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(report.verdict, int(peak.split()[1]) // 1024)
"""


@needs_reference
def test_an_account_of_twenty_megabytes_is_judged_in_little_memory(store: PackStore, tmp_path: Path) -> None:
    """As a tree it alone would take some 200 MB, and Saxon's as much again."""
    _, data = books_of()[1]
    start, end = data.index(b"<gl-cor:entryDetail>"), data.index(b"</gl-cor:entryHeader>")
    line = data[start : data.index(b"</gl-cor:entryDetail>") + len(b"</gl-cor:entryDetail>")]
    count = 20_000_000 // len(line)
    total = f">{25 * count}.00</gl-bus:totalDebit>".encode()
    head = data[:start].replace(b">100.00</gl-bus:totalDebit>", total)
    book = tmp_path / "book.xml"
    book.write_bytes(head + line * count + data[end:])
    made = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(store.home), str(book)], capture_output=True, text=True, check=True
    )
    verdict, megabytes = made.stdout.split()
    assert verdict == "valid"
    assert int(megabytes) < 200
