"""A month is cut between two vouchers, parts leave no gap of days, and entries are numbered in the journal's order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from ledger_books import COMPANY, MADE, MONTH, Side, books, fill, numbered, store_of
from ulak.ledger.numbering import Numbered, number
from ulak.ledger.planning import RESERVE, plan
from ulak.ledger.problems import LedgerError
from ulak.ledger.reading import entries
from ulak.ledger.scanning import sums_of_file
from ulak.ledger.store import EntryStore
from ulak.ledger.totals import BookSums, reconcile, sums_of, trial_balance
from ulak.ledger.values import LIMIT, Month, Part
from ulak.ledger.writing import Attachment, unique_id, write_journal

FEBRUARY = Month(2012, 2)
OF_2012 = COMPANY._replace(fiscal_start=date(2012, 1, 1), fiscal_end=date(2012, 12, 31))
PAIR = [Side("100.01", Decimal("10.00"), "D"), Side("600.01", Decimal("10.00"), "C")]


@contextmanager
def month_of(*days: date, lines: list[Side] = PAIR) -> Iterator[EntryStore]:
    with store_of(
        [{"voucher": f"{place:04d}", "entry_date": day} for place, day in enumerate(days)], [lines] * len(days)
    ) as store:
        yield numbered(store)


def days_of(parts: tuple[Part, ...]) -> list[tuple[str, int, int]]:
    return [(part.number, part.start.day, part.end.day) for part in parts]


def test_the_guides_february_comes_out_as_in_the_guide() -> None:
    """Teknik Kılavuz V1.7 section 2.2, the second table: five parts of two vouchers each."""
    days = [date(2012, 2, day) for day in (2, 10, 10, 15, 17, 21, 22, 25, 25, 28)]
    with month_of(*days) as store:
        (whole,) = plan(store, FEBRUARY, company=OF_2012)
        parts = plan(store, FEBRUARY, company=OF_2012, limit=RESERVE + whole.journal_size // 5 + 20)
    assert days_of((whole,)) == [("000000", 1, 29)]
    assert days_of(parts) == [
        ("000001", 1, 10),
        ("000002", 10, 15),
        ("000003", 16, 21),
        ("000004", 22, 25),
        ("000005", 25, 29),
    ]
    assert [(part.first, part.last, part.lines) for part in parts] == [(n, n + 1, 4) for n in (1, 3, 5, 7, 9)]
    assert sum(part.journal_size for part in parts) == whole.journal_size


def test_a_book_made_in_mid_month_ends_on_its_day_and_the_rest_goes_on_after_it() -> None:
    with month_of(*(date(2026, 1, day) for day in (2, 16, 20))) as store:
        first = plan(store, MONTH, until=date(2026, 1, 16))
        rest = plan(store, MONTH, since=date(2026, 1, 17), first_part=2)
    assert days_of(first + rest) == [("000001", 1, 16), ("000002", 17, 31)]
    assert [(part.first, part.last) for part in first + rest] == [(1, 2), (3, 3)]


def test_a_ledger_that_is_larger_than_its_journal_decides_the_cut() -> None:
    lines = [Side(f"120.{place}", Decimal("1.00"), "D") for place in range(6)] + [Side("600", Decimal("6.00"), "C")]
    with month_of(*[MONTH.first] * 12, lines=lines) as store:
        fill(store, ())
        store.connection.execute("UPDATE line SET sub = concat(sub, '.', entry) WHERE main = '120'")
        (whole,) = plan(store, MONTH, company=COMPANY)
        assert whole.ledger_size > whole.journal_size
        room = whole.journal_size // 3
        parts = plan(store, MONTH, company=COMPANY, limit=RESERVE + room)
    assert max(max(part.journal_size, part.ledger_size) for part in parts) <= room
    assert (parts[0].first, parts[-1].last) == (1, 12)
    assert all(after.first == before.last + 1 for before, after in pairwise(parts))


@pytest.mark.parametrize(
    ("code", "rows", "asked"),
    [
        ("ledger.no-entries", [], {}),
        ("ledger.no-entries", [{"entry_date": date(2026, 2, 1)}], {}),
        ("ledger.days", [{}], {"until": date(2026, 2, 1)}),
        ("ledger.days", [{}], {"since": date(2026, 1, 20), "until": date(2026, 1, 19)}),
        ("ledger.unbalanced", [{}], {}),
        ("ledger.incomplete", [{"amount": None}], {}),
        ("ledger.incomplete", [{"main": ""}], {}),
        ("ledger.incomplete", [{"side": "B"}], {}),
        ("ledger.entry.too-large", [{}, {"side": "C"}], {"limit": RESERVE + 500}),
    ],
)
def test_what_cannot_be_a_book_is_refused(
    tmp_path: Path, code: str, rows: list[dict[str, object]], asked: dict[str, Any]
) -> None:
    usual = {"voucher": "1", "entry_date": date(2026, 1, 5), "main": "100", "amount": Decimal(1), "side": "D"}
    with EntryStore.create(tmp_path / "store") as store:
        fill(store, [{**usual, **row} for row in rows])
        numbered(store)
        with pytest.raises(LedgerError) as refused:
            plan(store, MONTH, **asked)
    assert refused.value.code == code


def test_lines_without_numbers_and_days_to_come_are_refused(tmp_path: Path) -> None:
    with EntryStore.create(tmp_path / "store") as store:
        fill(store, [{"voucher": "1", "entry_date": MONTH.first, "main": "100", "amount": 1, "side": "D"}])
        with pytest.raises(LedgerError, match=r"ledger\.numbers\.missing"):
            plan(store, MONTH)
        part = Part("000000", MONTH.first, MONTH.last, 1, 1, 1, 1)
        with pytest.raises(LedgerError, match=r"ledger\.too-early"), (tmp_path / "book").open("wb") as target:
            write_journal(store, COMPANY, part, target, at=date(2026, 1, 30), unique=unique_id("Y", MONTH, 1))


def test_vouchers_are_numbered_by_day_with_the_opening_first_and_the_closing_last(tmp_path: Path) -> None:
    found = [
        ("kapanış", 31, "closing"),
        ("b", 31, ""),
        ("z", 1, ""),
        ("a", 1, ""),
        ("açılış", 1, "opening"),
        ("z", 1, ""),
    ]
    with EntryStore.create(tmp_path / "store") as store:
        fill(store, [{"voucher": v, "entry_date": date(2026, 1, d), "voucher_type": t} for v, d, t in found])
        numbered(store, 41, 101)
        rows = store.connection.execute("SELECT voucher, entry, line, place FROM line").fetchall()
    assert rows == [
        ("açılış", 41, 101, 5),
        ("z", 42, 102, 3),
        ("z", 42, 103, 6),
        ("a", 43, 104, 4),
        ("b", 44, 105, 2),
        ("kapanış", 45, 106, 1),
    ]


def test_numbers_of_the_source_are_kept_if_all_rows_have_one(tmp_path: Path) -> None:
    with EntryStore.create(tmp_path / "store") as store:
        fill(store, [{"entry": entry, "line": line} for entry, line in ((9, 33), (7, 31), (9, 32), (8, None))])
        with pytest.raises(LedgerError, match=r"ledger\.numbers\.mixed"):
            numbered(store)
        store.connection.execute("UPDATE line SET line = 30 WHERE line IS NULL")
        numbered(store, 1, 1)
        assert store.connection.execute("SELECT entry, line FROM line").fetchall() == [
            (7, 31),
            (8, 30),
            (9, 32),
            (9, 33),
        ]
        (tmp_path / "kept").mkdir()
        store.save(tmp_path / "kept")
    with EntryStore.load(tmp_path / "again", tmp_path / "kept") as again:
        assert again.connection.execute("SELECT entry, line FROM line").fetchall() == [
            (7, 31),
            (8, 30),
            (9, 32),
            (9, 33),
        ]
    with pytest.raises(LedgerError, match=r"ledger\.store:"):
        EntryStore.open(tmp_path)
    with pytest.raises(LedgerError, match=r"ledger\.store:"):
        EntryStore.load(tmp_path / "more", tmp_path)
    with pytest.raises(LedgerError, match=r"ledger\.store\.there-already"):
        EntryStore.create(tmp_path / "again")


def test_a_book_that_differs_from_the_other_or_from_the_balance_is_told(tmp_path: Path) -> None:
    with month_of(MONTH.first, MONTH.last) as store:
        (part,) = plan(store, MONTH)
        for place, book in enumerate(books(store, part)):
            (tmp_path / f"{place}.xml").write_bytes(book)
        balance = trial_balance(store, part)
    with (tmp_path / "0.xml").open("rb") as journal, (tmp_path / "1.xml").open("rb") as ledger:
        sums = sums_of(entries(journal)), sums_of(entries(ledger))
    assert reconcile(*sums, balance) == ()
    falsified = (tmp_path / "1.xml").read_bytes().replace(b">10.00<", b">10.01<", 1)
    (tmp_path / "1.xml").write_bytes(falsified)
    indented = falsified.replace(b"</gl-cor:lineNumber>", b"</gl-cor:lineNumber>\n")
    assert sums_of_file(BytesIO(indented)) == sums_of_file(BytesIO(falsified))
    with (tmp_path / "1.xml").open("rb") as ledger:
        other = sums_of(entries(ledger))
    assert codes(sums[0], other, balance) == ["ledger.reconcile.content", "ledger.reconcile.ledger"]
    assert codes(*sums, balance[1:]) == ["ledger.reconcile.balance"]
    assert codes(sums[0], sums[1]._replace(lines=3), balance) == ["ledger.reconcile.lines"]
    assert codes(sums[0]._replace(credit=Decimal(1)), sums[1], balance) == ["ledger.reconcile.sides"]


def codes(journal: BookSums, ledger: BookSums, balance: Any) -> list[str]:
    return [difference.code for difference in reconcile(journal, ledger, balance)]


def test_pledge_contracts_go_with_the_journal(tmp_path: Path) -> None:
    with month_of(MONTH.first) as store, (tmp_path / "book.xml").open("wb") as target:
        (part,) = plan(store, MONTH, limit=LIMIT)
        contract = Attachment('rehin "1" & <2>.pdf', b"%PDF-1.7")
        unique = unique_id("Y", MONTH, 1)
        write_journal(store, COMPANY, part, target, at=MADE, unique=unique, attachments=[contract])
        for wrong in (contract._replace(content=b"%PDF" + bytes(7_000_000)), contract._replace(name="a.exe")):
            with pytest.raises(LedgerError, match=r"ledger\.attachment"):
                write_journal(store, COMPANY, part, target, at=MADE, unique=unique, attachments=[wrong])
    book = (tmp_path / "book.xml").read_bytes()
    assert book.endswith(
        b'<extensions xmlns:defterek="http://www.edefter.gov.tr/ek"><extension><defterek:binaryObject'
        b' filename="rehin &quot;1&quot; &amp; &lt;2>.pdf" mimeCode="application/pdf">JVBERi0xLjc=\n'
        b"</defterek:binaryObject></extension></extensions></edefter:defter>"
    )


@pytest.mark.parametrize("text", ["2026-1", "202613", "202600", "000001", "20260a", "٢٠٢٦٠١"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(LedgerError, match=r"ledger\.month"):
        Month.parse(text)


def test_months_follow_each_other() -> None:
    assert Month.parse("202612").after == Month(2027, 1) == Month.of(date(2027, 1, 9))
    assert str(Month(2026, 1).before) == "202512"


def test_a_month_that_does_not_fit_into_memory_and_disk_is_put_off_and_nothing_is_lost(tmp_path: Path) -> None:
    with EntryStore.create(tmp_path / "store") as store:
        store.connection.execute(
            "INSERT INTO line BY NAME SELECT i AS place, md5(i::TEXT) AS voucher FROM range(60000) r(i)"
        )
    with EntryStore.open(tmp_path / "store", memory="8MB") as store:
        store.connection.execute("SET max_temp_directory_size = '1MB'")
        with pytest.raises(LedgerError, match=r"ledger\.store\.no-room") as refused:
            numbered(store)
    assert not refused.value.permanent
    with EntryStore.open(tmp_path / "store") as store:
        assert number(store) == Numbered(1, 60000, 1, 60000)


def test_whoever_waits_is_told_of_lines_written_and_may_stop_it(tmp_path: Path) -> None:
    told: list[int] = []

    def stop(lines: int) -> None:
        told.append(lines)
        if lines > 2048:
            raise KeyboardInterrupt

    with EntryStore.create(tmp_path / "store") as store, (tmp_path / "book.xml").open("wb") as target:
        store.connection.execute(
            "INSERT INTO line BY NAME SELECT i AS place, i // 2 AS voucher, DATE '2026-01-05' AS entry_date,"
            " '100' AS main, 1 AS amount, ['D', 'C'][i % 2 + 1] AS side FROM range(2200) r(i)"
        )
        (part,) = plan(numbered(store), MONTH)
        unique = unique_id("Y", MONTH, 1)
        with pytest.raises(KeyboardInterrupt):
            write_journal(store, COMPANY, part, target, at=MADE, unique=unique, told=stop)
    assert told == [2048, 2200]
