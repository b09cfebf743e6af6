"""Berats and reports are made of their sealed books, and pass GİB's XSD and Schematrons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any, Final
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import ledger_books as world
from ledger_books import COMPANY, MONTH, Side, books, numbered, sealed, store_of
from saxon_reference import SaxonReference
from support import REFERENCE, needs_reference
from ulak.ledger.berat_problems import BeratError
from ulak.ledger.berats import ACCOUNTS, Counted, berat, count, megabytes
from ulak.ledger.names import FileName
from ulak.ledger.planning import plan
from ulak.ledger.reading import entries, head_of
from ulak.ledger.report import Balance, balances_in, balances_of, report
from ulak.ledger.store import EntryStore
from ulak.ledger.values import Branch, Company, Month, Part
from ulak.rules.schematron import read_schematron
from ulak.seal.canonical import canonical_document
from ulak.xml import parse

UNIQUE: Final = str(UUID(int=0x1E6DA7DBEAE249C4B296AE8D58507C20))
SCHEMATRONS: Final = {
    "YB": "edefter_berat.sch",
    "KB": "edefter_berat.sch",
    "EB": "envanter_berat.sch",
    "DR": "edefter_rapor.sch",
    "E": "envanter_defter.sch",
}
BRANCH: Final = COMPANY._replace(branch=Branch("0001", "Ulus Şubesi"))


@cache
def rules(kind: str) -> SaxonReference:
    name = SCHEMATRONS[kind]
    source = (world.OFFICIAL / "schematron" / name).read_bytes()
    return SaxonReference(read_schematron({name: source}, name), {})


def objections(kind: str, data: bytes, name: str) -> list[str]:
    """What GİB's XSD and Schematron say against a document with a name."""
    schema = world._schema()
    schema.validate(etree.fromstring(data))
    verdict = rules(kind).judge(data, name)
    texts = {number: assertion.test for number, (_, _, assertion) in enumerate(rules(kind).schema.assertions())}
    said = [f"{texts[number]} @ {place}" for number, place in sorted(verdict.failed)]
    log: Any = schema.error_log
    return [*(error.message for error in log), *said, *map(str, verdict.stopped)]


@contextmanager
def month(*vouchers: tuple[int, tuple[Side, ...]]) -> Iterator[EntryStore]:
    """A store of some vouchers, each with the day it is of."""
    heads = [
        {"voucher": f"F{place}", "entry_date": date(2026, 1, day), "entry_comment": "Satış"}
        for place, (day, _) in enumerate(vouchers, 1)
    ]
    with store_of(heads, [sides for _, sides in vouchers]) as store:
        yield numbered(store)


def sale(net: str, account: str = "600") -> tuple[Side, ...]:
    value, vat = Decimal(net), (Decimal(net) / 5).quantize(Decimal("0.01"))
    return Side("120.01", value + vat, "D"), Side(account, value, "C"), Side("391.20", vat, "C")


def purchase(net: str) -> tuple[Side, ...]:
    value, vat = Decimal(net), (Decimal(net) / 5).quantize(Decimal("0.01"))
    return Side("153", value, "D"), Side("191.20", vat, "D"), Side("320.01", value + vat, "C")


def named(kind: str, part: Part, company: Company) -> str:
    branch = company.branch.number if company.branch else ""
    return FileName(company.tax_id, MONTH, kind, part.number, branch).xml  # type: ignore[arg-type]


def text(document: bytes, path: str) -> str:
    found = etree.fromstring(document).find(path)
    return found.text or "" if found is not None else ""


@needs_reference
@pytest.mark.parametrize("company", [COMPANY, BRANCH], ids=["company", "branch"])
def test_berats_of_both_books_pass_and_agree_with_their_books(company: Company) -> None:
    with month((2, sale("1000.00")), (3, purchase("250.10")), (31, sale("99.99", "601"))) as store:
        (part,) = plan(store, MONTH, company=company)
        for kind, book in zip("YK", map(sealed, books(store, part, company)), strict=True):
            made = berat(BytesIO(book), UNIQUE)
            assert objections(f"{kind}B", sealed(made), named(f"{kind}B", part, company)) == []
            head, of = head_of(BytesIO(made)), head_of(BytesIO(book))
            assert head.signature_value == of.signature_value != ""
            assert (head.kind, head.unique, head.label) == (f"{kind}B", UNIQUE, of.label)
            assert (head.company, head.period, head.branch) == (of.company, of.period, of.branch)
            assert head.comment == f"{of.comment} Beratı"
            assert head.megabytes == megabytes(len(book))
            assert head.entries_said == ("3" if kind == "Y" else "")
            assert told(made)["391"] == (Decimal(0), Decimal("220.00"))
            assert told(made)["191"] == (Decimal("50.02"), Decimal(0))
            assert told(made)["601"] == (Decimal(0), Decimal("99.99"))


@needs_reference
def test_the_name_of_a_berat_is_judged_with_it() -> None:
    with month((2, sale("1000.00"))) as store:
        (part,) = plan(store, MONTH, company=COMPANY)
        journal, _ = books(store, part)
    made = sealed(berat(BytesIO(sealed(journal)), UNIQUE))
    other = FileName("9876543217", Month(2026, 2), "YB").xml
    assert len(objections("YB", made, other)) == 2


def told(made: bytes) -> dict[str, tuple[Decimal, Decimal]]:
    """The sums that a berat or report tells, by account."""
    (entry,) = entries(BytesIO(made))
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for line in entry.lines:
        debit, credit = sums.get(line.main, (Decimal(0), Decimal(0)))
        amount = line.amount or Decimal(0)
        sums[line.main] = (debit + amount, credit) if line.side == "D" else (debit, credit + amount)
    return sums


MONEY = st.decimals(Decimal("0.01"), Decimal("99999999.99"), places=2)
TAXED = st.sampled_from(["191", "391", "391.01", "600", "601.07", "602", "120", "770"])


@needs_reference
@settings(max_examples=7, deadline=None)
@given(
    vouchers=st.lists(st.tuples(st.integers(1, 31), TAXED, TAXED, MONEY), min_size=1, max_size=8),
    limit=st.sampled_from([200_000_000, 110_000]),
)
def test_what_berats_and_report_tell_is_what_the_books_hold(vouchers: list[Any], limit: int) -> None:
    made = [(day, (Side(one, amount, "D"), Side(two, amount, "C"))) for day, one, two, amount in vouchers]
    with month(*made) as store:
        parts = plan(store, MONTH, company=COMPANY, limit=limit)
        ledgers = []
        for part in parts:
            journal, ledger = (sealed(book) for book in books(store, part))
            known = count(BytesIO(journal))
            one, other = berat(BytesIO(journal), UNIQUE, known), berat(BytesIO(ledger), UNIQUE)
            assert one == berat(BytesIO(journal), UNIQUE)
            assert told(one) == told(other)
            assert objections("YB", sealed(one), named("YB", part, COMPANY)) == []
            assert objections("KB", sealed(other), named("KB", part, COMPANY)) == []
            ledgers.append(BytesIO(ledger))
        balances = balances_of(store, MONTH.first, MONTH.last)
    assert balances == balances_in(ledgers, MONTH)
    data = report(COMPANY, MONTH, balances, UNIQUE, label="KEB202601000001", created=world.MADE)
    assert objections("DR", sealed(data), FileName(COMPANY.tax_id, MONTH, "DR").xml) == []
    assert told(data) == {each.account: (each.debit, each.credit) for each in balances}
    assert sum(each.debit for each in balances) == sum(each.credit for each in balances)
    assert sum(each.debits + each.credits for each in balances) == 2 * len(vouchers)


def test_documents_are_written_as_canonical_bytes() -> None:
    with month((2, sale("1000.00"))) as store:
        (part,) = plan(store, MONTH, company=COMPANY)
        journal, _ = books(store, part)
        made = [
            berat(BytesIO(sealed(journal)), UNIQUE),
            report(BRANCH, MONTH, balances_of(store, MONTH.first, MONTH.last), UNIQUE, label="X", created=world.MADE),
        ]
    for document in made:
        declaration, _, rest = document.partition(b"\n")
        assert declaration == b'<?xml version="1.0" encoding="UTF-8"?>'
        assert rest == canonical_document(parse(document))


@needs_reference
def test_a_berat_is_made_for_the_book_of_other_software() -> None:
    book = (REFERENCE / "samples/edefter/yevmiye_signed.xml").read_bytes()
    made = berat(BytesIO(book), UNIQUE)
    head = head_of(BytesIO(made))
    assert head.signature_value == head_of(BytesIO(book)).signature_value
    assert len(told(made)) == len(ACCOUNTS)
    assert not re.search(rb"<gl-cor:entryNumberCounter|binaryObject", made)


def test_what_is_no_sealed_book_has_no_berat() -> None:
    with month((2, sale("1000.00"))) as store:
        (part,) = plan(store, MONTH, company=COMPANY)
        journal, ledger = books(store, part)
    unsealed = refusal(lambda: berat(BytesIO(journal), UNIQUE))
    of_a_berat = refusal(lambda: berat(BytesIO(sealed(berat(BytesIO(sealed(journal)), UNIQUE))), UNIQUE))
    negative = refusal(lambda: berat(BytesIO(sealed(ledger)), UNIQUE, Counted(1, {"391": (Decimal(-1), Decimal(0))})))
    no_accounts = refusal(lambda: report(COMPANY, MONTH, [], UNIQUE, label="X", created=world.MADE))
    journals = refusal(lambda: balances_in([BytesIO(journal)], MONTH))
    other = refusal(lambda: balances_in([BytesIO(ledger)], Month(2026, 2)))
    pennies = [Balance("100", "KASA", Decimal("0.001"), Decimal(0), 1, 0)]
    too_exact = refusal(lambda: report(COMPANY, MONTH, pennies, UNIQUE, label="X", created=world.MADE))
    assert [unsealed, of_a_berat, negative] == ["berat.unsealed", "berat.no-book", "berat.amount"]
    assert [no_accounts, journals] == ["berat.no-balances", "berat.no-book"]
    assert [other, too_exact] == ["berat.other-month", "berat.amount"]


def refusal(make: Any) -> str:
    with pytest.raises(BeratError) as caught:
        make()
    return caught.value.code
