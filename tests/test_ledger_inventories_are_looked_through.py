"""An inventory is read to its end whatever is wrong with it, told by kind and place, and kept as it was read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest

from ulak.ledger.checking.values import Example
from ulak.ledger.inventory import Item
from ulak.ledger.inventory_checking import Examiner
from ulak.ledger.inventory_input import HEADINGS, InventoryFile, template
from ulak.ledger.inventory_store import StoredItems, fill
from ulak.ledger.inventory_words import SAID
from ulak.ledger.store import EntryStore
from ulak.ledger.totals import totals
from ulak.lifecycle.ledgers.calendar import Fiscal, Payer
from ulak.lifecycle.ledgers.inventories import inventories_of, may_make
from ulak.lifecycle.ledgers.stages import Stage

DAY: Final = date(2026, 12, 31)
YEAR: Final = Fiscal(date(2026, 1, 1), DAY)


def listed(*rows: dict[str, str]) -> InventoryFile:
    lines = [";".join(row.get(heading, "") for heading in HEADINGS) for row in rows]
    return InventoryFile(BytesIO("\n".join([";".join(HEADINGS), *lines]).encode()))


def sound(**more: str) -> dict[str, str]:
    return {"Hesap Kodu": "153", "Ana Hesap Adı": "TİCARİ MALLAR", "Tutar": "10,50"} | {
        name.replace("_", " "): value for name, value in more.items()
    }


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (sound(Tutar="1.234"), "cell", "Tutar"),
        (sound(Kur_Tarihi="31.02.2026"), "cell", "Kur Tarihi"),
        (sound(Tutar=""), "amount", "Tutar"),
        (sound(Tutar="0"), "amount", "Tutar"),
        (sound(Tutar="1,005"), "amount", "Tutar"),
        (sound(Tutar="1" + "0" * 17), "amount", "Tutar"),
        (sound(Hesap_Kodu="15"), "main", "Hesap Kodu"),
        (sound(Ana_Hesap_Adı=" "), "main-name", "Ana Hesap Adı"),
        (sound(Hesap_Kodu="153.01"), "sub-name", "Hesap Adı"),
        (sound(Döviz_Cinsi="dolar", Kur="40"), "currency", "Döviz Cinsi"),
        (sound(Döviz_Tutarı="3", Kur_Tarihi="31.12.2026"), "currency", "Döviz Cinsi"),
        (sound(Döviz_Cinsi="USD"), "rate", "Kur"),
        (sound(Döviz_Cinsi="USD", Döviz_Tutarı="3", Kur="40"), "rate-date", "Kur Tarihi"),
        (sound(Ürün_Adı="Telefon"), "item", "Ürün Kodu"),
        (sound(Ürün_Kodu="T", Miktar="3"), "unit", "Birim"),
        (sound(Ürün_Kodu="T", Miktar="3,00001", Birim="C62"), "decimals", "Miktar"),
        (sound(Giriş_Yapan="A"), "entered-by", "Giriş Yapan"),
    ],
)
def test_a_row_that_no_book_may_hold_is_told_with_its_column(row: dict[str, str], code: str, column: str) -> None:
    noted: list[tuple[str, Example]] = []
    seen = Examiner(lambda code, example: noted.append((code, example)))
    items = list(seen.items("sayim.csv", listed(row, sound(Fiş_No="2"))))
    assert [one.row for one in items] == [3]
    (group,) = seen.groups()
    assert (group.code, group.level, group.count) == (f"ledger.inventory.{code}", "error", 1)
    assert (group.examples[0].source, group.examples[0].row, group.examples[0].column) == ("sayim.csv", 2, column)
    assert noted == [(group.code, group.examples[0])]
    assert SAID[group.code].repair == group.repair


def test_nothing_at_all_and_the_same_row_twice_are_told() -> None:
    empty, twice = Examiner(), Examiner()
    assert not list(empty.items("bos.csv", listed()))
    assert [one.code for one in empty.groups()] == ["ledger.inventory.empty"]
    assert len(list(twice.items("sayim.csv", listed(sound(), sound(), sound(Tutar="11"))))) == 3
    (group,) = twice.groups()
    assert (group.code, group.level, group.examples[0].row) == ("ledger.inventory.twice", "warning", 3)


def test_items_are_kept_as_they_were_read_and_numbered_on(tmp_path: Path) -> None:
    files = [
        InventoryFile(BytesIO(template())),
        listed(sound(Açıklama='a "b"\\; c'), sound(Fiş_No="7"), sound(Fiş_No="7")),
    ]
    seen = Examiner()
    with EntryStore.create(tmp_path) as store:
        found = (one for number, file in enumerate(files) for one in seen.items(f"{number}.csv", file))
        assert fill(store, found, DAY, first_entry=11, first_line=21) == 6
        assert bare(StoredItems(store)) == bare(item for file in files for item in file)
        sums = totals(store)
        rows = store.connection.execute("SELECT entry, line, source, source_row FROM line ORDER BY line").fetchall()
        counted = store.connection.execute("SELECT document_number FROM line ORDER BY line LIMIT 3").fetchall()
    assert (sums.debit, sums.credit, sums.entries, sums.lines) == (Decimal("1140881.50"), Decimal(0), 5, 6)
    assert [row[0] for row in rows] == [11, 12, 13, 14, 15, 15]
    assert [row[1] for row in rows] == list(range(21, 27))
    assert rows[3][2:] == ("1.csv", 2)
    assert counted == [("",), ("TEL-7 Telefon, 50 C62",), ("3.000,00 USD × 42,80",)]


def bare(items: Iterable[Item]) -> list[Item]:
    return [one._replace(place="") for one in items]


@pytest.mark.parametrize(
    ("month", "today", "started", "there", "code"),
    [
        (date(2026, 12, 1), date(2027, 1, 5), date(2026, 1, 1), {}, ""),
        (date(2026, 1, 1), date(2026, 1, 1), date(2025, 4, 1), {}, ""),
        (date(2026, 12, 1), date(2026, 12, 30), date(2026, 1, 1), {}, "future"),
        (date(2026, 11, 1), date(2027, 1, 5), date(2026, 1, 1), {}, "inventory-day"),
        (date(2026, 4, 1), date(2027, 1, 5), date(2026, 4, 1), {}, ""),
        (date(2026, 1, 1), date(2027, 1, 5), date(2026, 4, 1), {}, "inventory-day"),
        (date(2026, 12, 1), date(2027, 1, 5), date(2027, 1, 1), {}, "before-start"),
        (date(2026, 1, 1), date(2026, 2, 1), date(2026, 1, 1), {1: [Stage.TAKEN]}, "inventory-there"),
        (date(2026, 1, 1), date(2026, 2, 1), date(2026, 1, 1), {1: [Stage.REFUSED, Stage.WITHDRAWN]}, ""),
        (date(2026, 1, 1), date(2027, 2, 1), date(2026, 1, 1), {12: [Stage.FETCHED]}, "later-first"),
    ],
)
def test_an_inventory_is_of_the_first_or_the_last_day_of_the_fiscal_year(
    month: date, today: date, started: date, there: dict[int, list[Stage]], code: str
) -> None:
    both = inventories_of(YEAR, Payer.OTHER, started)
    known = {date(2026, number, 1): stages for number, stages in there.items()}
    error = may_make(month, both, today, started, known)
    assert (error.code if error else "") == (f"lifecycle.ledger-{code}" if code else "")
