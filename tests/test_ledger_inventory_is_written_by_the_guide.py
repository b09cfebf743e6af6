"""Inventory books are made of spreadsheets and pass GİB's XSD and Schematrons, their berats too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Final

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_books import COMPANY, sealed
from support import needs_reference
from test_ledger_berats_fit_their_books import BRANCH, UNIQUE, objections
from ulak.errors import UlakError
from ulak.ledger.berats import berat
from ulak.ledger.inventory import Item, Written, write_inventory
from ulak.ledger.inventory_input import HEADINGS, InventoryFile, template
from ulak.ledger.names import FileName
from ulak.ledger.reading import entries, head_of
from ulak.ledger.values import Company, Month
from ulak.seal.canonical import canonical_document
from ulak.xml import parse

DAY: Final = date(2026, 12, 31)
NAME: Final = FileName(COMPANY.tax_id, Month.of(DAY), "E")


def written(items: Iterable[Item], company: Company = COMPANY, limit: int = 200_000_000) -> list[tuple[Written, bytes]]:
    files: dict[int, BytesIO] = {}
    parts = write_inventory(
        items,
        company,
        DAY,
        lambda number: files.setdefault(number, BytesIO()),
        at=date(2027, 1, 20),
        unique=lambda number: f"ENV202612{number:06}",
        limit=limit,
    )
    return [(part, files[number].getvalue()) for number, part in enumerate(parts, 1)]


@needs_reference
@pytest.mark.parametrize("company", [COMPANY, BRANCH], ids=["company", "branch"])
def test_the_template_becomes_a_book_that_passes(company: Company) -> None:
    items = InventoryFile(BytesIO(template()))
    ((part, book),) = written(items, company)
    name = NAME._replace(branch=company.branch.number if company.branch else "")
    assert objections("E", sealed(book), name.xml) == []
    assert (part.entries, part.lines, part.size) == (3, 3, len(book))
    assert part.amount == Decimal("1140850.00")
    goods = list(entries(BytesIO(book)))[1].lines[0]
    assert (goods.main, goods.sub, goods.amount, goods.quantity) == ("153", "153.01", Decimal("1000000.00"), "50")
    assert book.partition(b"\n")[2] == canonical_document(parse(book))
    made = berat(BytesIO(sealed(book)), UNIQUE)
    assert objections("EB", sealed(made), name.berat.xml) == []
    head = head_of(BytesIO(made))
    assert (head.kind, head.entries_said, head.label) == ("EB", "3", "ENV202612000001")


NAMES: Final = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
ITEMS: Final = st.builds(
    Item,
    main=st.sampled_from(["100", "153", "2550"]),
    main_name=NAMES.filter(lambda name: bool(name.strip())),
    amount=st.decimals(Decimal("0.01"), Decimal("99999999"), places=2),
    voucher=st.sampled_from(["", "1", "2"]),
    heading=NAMES,
    comment=st.just("") | NAMES,
    code=st.just("K-1"),
    description=st.just("") | NAMES,
    quantity=st.none() | st.decimals(Decimal("0.0001"), Decimal("1000000"), places=4),
    unit=st.just("C62"),
    sub=st.just(""),
    sub_name=st.just(""),
    currency=st.sampled_from(["", "USD"]),
    rate=st.just(Decimal("42.8")),
    original=st.none(),
    rate_date=st.none() | st.just(DAY),
    rate_source=st.just("") | NAMES,
    entered_by=st.just("") | st.text("abc", min_size=2),
    place=st.just("1"),
)


@needs_reference
@settings(max_examples=8, deadline=None)
@given(items=st.lists(ITEMS, min_size=1, max_size=9), limit=st.sampled_from([200_000_000, 106_000]))
def test_inventories_of_any_shape_pass_in_all_their_parts(items: list[Item], limit: int) -> None:
    parts = written(items, limit=limit)
    for number, (_, book) in enumerate(parts):
        name = NAME._replace(part=f"{number + 1:06}" if len(parts) > 1 else "000000")
        assert objections("E", sealed(book), name.xml) == []
    lines = [line for _, book in parts for entry in entries(BytesIO(book)) for line in entry.lines]
    assert [line.number for line in lines] == [str(number) for number in range(1, len(items) + 1)]
    assert [line.amount for line in lines] == [item.amount for item in items]
    assert sum(part.amount for part, _ in parts) == sum(item.amount for item in items)


def test_a_workbook_gives_the_items_of_the_same_csv() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(HEADINGS))
    sheet.append([None, "Kasa sayımı", None, "100.01", "Merkez kasa", "KASA", 12450])
    sheet.append([None, "Döviz", None, 102, None, "BANKALAR", 128400.1] + [None] * 5 + ["USD", 3000, 42.8, DAY, "TCMB"])
    file = BytesIO()
    book.save(file)
    cash, bank = InventoryFile(file)
    assert (cash.main, cash.sub, cash.amount) == ("100", "100.01", Decimal("12450"))
    assert (bank.main, bank.sub, bank.rate, bank.rate_date) == ("102", "", Decimal("42.8"), DAY)


HEAD: Final = ";".join(HEADINGS)
BAD: Final = {
    # What is wrong, with the code and the row that is named.
    "nothing in it": ("", "berat.inventory-field", "1"),
    "no rows": (HEAD, "berat.inventory-empty", ""),
    "another table": ("a;b\n1;2", "berat.inventory-field", "1"),
    "no amount": (f"{HEAD}\n;;;100;;KASA;", "berat.inventory-field", "2"),
    "an amount of letters": (f"{HEAD}\n;;;100;;KASA;1O,00", "berat.inventory-field", "2"),
    "an amount that may mean two": (f"{HEAD}\n;;;100;;KASA;1.234", "berat.inventory-field", "2"),
    "three decimal places": (f"{HEAD}\n;;;100;;KASA;1,234", "berat.amount", "2"),
    "an amount below zero": (f"{HEAD}\n;;;100;;KASA;-5", "berat.inventory-field", "2"),
    "no account": (f"{HEAD}\n;;;;;KASA;5", "berat.inventory-field", "2"),
    "an account of letters": (f"{HEAD}\n;;;ABC;;KASA;5", "berat.inventory-field", "2"),
    "a subaccount without a name": (f"{HEAD}\n;;;100.01;;KASA;5", "berat.inventory-field", "2"),
    "foreign money without a rate": (f"{HEAD}\n;;;102;;BANKA;5;;;;;;USD;1;;;", "berat.inventory-field", "2"),
    "a day that is none": (f"{HEAD}\n;;;102;;BANKA;5;;;;;;USD;1;42;31.06.2026;", "berat.inventory-field", "2"),
    "a quantity without a unit": (f"{HEAD}\n;;;153;;MAL;5;;A;B;7;;;;;;", "berat.inventory-field", "2"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_with_its_row(name: str) -> None:
    text, code, row = BAD[name]
    with pytest.raises(UlakError) as caught:
        written(InventoryFile(BytesIO(text.encode())))
    assert caught.value.code == code
    assert row in caught.value.text.en
