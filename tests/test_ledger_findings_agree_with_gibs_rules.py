"""What the check of entries refuses, GİB's Schematron would refuse in the book; what the check lets pass, it takes."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from ledger_books import MONTH, books, file_name, fill, objections, sealed
from support import needs_reference
from ulak.ledger.checking import Expected, check
from ulak.ledger.numbering import number
from ulak.ledger.planning import plan
from ulak.ledger.store import EntryStore

pytestmark = needs_reference
_VOUCHER: Final = {
    "voucher": "M-1",
    "entry_date": date(2026, 1, 5),
    "amount": Decimal("1200.00"),
    "document_type": "invoice",
    "document_number": "ABC2026000000001",
    "document_date": date(2026, 1, 5),
}
_RENT: Final = {"main": "770", "main_name": "GENEL YÖNETİM", "sub": "770.01", "sub_name": "Kira", "side": "D"}
_OWED: Final = {"main": "320", "main_name": "SATICILAR", "sub": "320.01", "sub_name": "Yıldız A.Ş.", "side": "C"}
_DEFECTS: Final = {
    "amount = 0": "zero-amount",
    "sub = '760.01'": "sub-account",
    "main = '77', sub = ''": "main-account",
    "document_number = ''": "document-number",
    "document_date = NULL": "document-day",
    "document_type = ''": "document-untyped",
    "document_type = 'other'": "document-description",
    "document_type = 'check', document_number = ''": "document-number",
    "document_reference = 'M-2'": "document-reference",
    "document_type = 'dekont'": "document-type",
    "entered_by = 'A'": "entered-by",
    "currency = 'USD', original_amount = 30, rate_date = '2026-01-05'": "rate-missing",
    "currency = 'USD', original_amount = 30, rate = 40": "rate-day",
    "amount = CASE side WHEN 'D' THEN 1199.99 ELSE amount END": "unbalanced",
    "quantity = 10, unit_cost = 12": "quantity",
    "quantity = 3, unit_cost = 0.1, amount = 0.3": "quantity",
    "entry_date = '2026-02-05'": "after-month",
}
"""Changes of all lines of a voucher, and the finding; the book is written all the same, to be judged."""


def _judged(directory: Path, change: str) -> tuple[set[str], list[str]]:
    """Codes of the errors that the check finds, and what GİB says against the journal."""
    with EntryStore.create(directory) as store:
        fill(store, [{**_VOUCHER, **_RENT}, {**_VOUCHER, **_OWED}])
        part = plan(_numbered(store), MONTH)[0]
        if change:
            store.connection.execute(f"UPDATE line SET {change}")
        # The check looks at entries as they come, without numbers.
        found = check(store, Expected(MONTH, date(2026, 2, 10)))
        journal, _ = books(store, part)
        codes = {one.code.removeprefix("ledger.check.") for one in found.groups if one.level == "error"}
        return codes, objections("Y", sealed(journal), file_name("Y", part))


def _numbered(store: EntryStore) -> EntryStore:
    number(store, 1, 1)
    return store


def test_what_passes_the_check_passes_gib(tmp_path: Path) -> None:
    assert _judged(tmp_path / "store", "") == (set(), [])


@pytest.mark.parametrize("change", _DEFECTS)
def test_what_gib_would_refuse_is_found_before(change: str) -> None:
    with tempfile.TemporaryDirectory() as directory:
        codes, said = _judged(Path(directory) / "store", change)
    assert _DEFECTS[change] in codes
    assert said
