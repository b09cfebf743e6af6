"""Small books for tests of judging, ways to spoil them, and what GİB's rules say of the whole."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from lxml import etree

from ledger_books import MONTH, Side, books, file_name, numbered, sealed, store_of
from support import gibs_package
from ulak.ledger.judging import judge
from ulak.ledger.planning import plan
from ulak.ledger.reading import streaming
from ulak.rules import PackStore
from ulak.rules.check import checker_for
from ulak.rules.findings import Report
from ulak.rules.importer import add

__all__ = ["DAY", "books_of", "differences", "facts", "packs", "spoiled", "streamed"]

DAY: Final = date(2026, 11, 23)
_ROWS: Final = (("100.01", "D"), ("120.01.001", "D"), ("600.01", "C"), ("391.18", "C"))
_VALUES: Final = [
    *("", "0", "-1", "1", "2", "3", "4", "abc", "1.0", "NaN", "INF", "1e3", "+3", "5.", "  2  ", "120", "600", "12"),
    *("120.001", "debit", "credit", "C", "D", "2026-01-05", "2026-01-31", "2025-12-30", "2026-01-01T00:00:00"),
    *("other", "invoice", "50.00", "10.25", "1" * 30, "0.1", "|", "a|b", "İ"),
]
_ATTRIBUTES: Final = ("id", "decimals", "contextRef", "x")
_ATTRIBUTE_VALUES: Final = ("a", "b", "INF", "2", "journal_context", "try")


@cache
def packs(home: Path) -> PackStore:
    """A store with GİB's e-Defter package, in force since 2020."""
    store = PackStore(home)
    add(gibs_package("edefter"), store, since=date(2020, 1, 1))
    return store


@cache
def books_of(count: int = 4) -> tuple[tuple[str, bytes], ...]:
    """Journal, general ledger and inventory book of a few vouchers: file name and sealed bytes."""
    vouchers = [
        {"voucher": f"M{at}", "entry_date": date(2026, 1, 1 + at * 6), "entered_by": "Ali"} for at in range(count)
    ]
    documents = {"document_type": "invoice", "document_number": "A1", "document_date": date(2026, 1, 3)}
    lines = [[Side(account, Decimal("25.00"), side, documents) for account, side in _ROWS] for _ in range(count)]
    with store_of(vouchers, lines) as store:
        (part,) = plan(numbered(store), MONTH)
        journal, ledger = (sealed(each) for each in books(store, part))
    inventory = journal.replace(b">journal<", b">assets<").replace(b">YEV", b">ENV")
    made = (("Y", journal), ("K", ledger), ("E", inventory))
    return tuple((file_name(kind, part), data) for kind, data in made)


def streamed(data: bytes, name: str, store: PackStore, *, is_sealed: bool = True) -> Report:
    return judge(BytesIO(data), name, store, on=DAY, is_sealed=is_sealed)


def facts(report: Report) -> Counter[tuple[object, ...]]:
    """What a report says, whatever the order."""
    return Counter((each.id, each.xpath, each.line, each.message, each.value, each.level) for each in report.findings)


def differences(data: bytes, name: str, store: PackStore) -> tuple[Report, Counter[tuple[object, ...]]]:
    """What the rules say of the whole, and what is not said alike of the book that passes by."""
    checker = checker_for(store.choose("edefter", DAY).pack, store, advice=False)
    whole = checker.check(data, today=DAY, file=name)
    passing = streamed(data, name, store)
    assert passing.verdict == whole.verdict
    return whole, (facts(whole) - facts(passing)) + (facts(passing) - facts(whole))


@contextmanager
def small_steps(block: int, lines: int) -> Iterator[None]:
    """Books are read in small blocks, and entries of few lines are handed on bit by bit."""
    before = streaming.BLOCK, streaming.MANY_LINES
    streaming.BLOCK, streaming.MANY_LINES = block, lines
    try:
        yield
    finally:
        streaming.BLOCK, streaming.MANY_LINES = before


# -- spoiling ---------------------------------------------------------------------------------------------------------


def spoiled(rng: random.Random, data: bytes) -> bytes:
    """A book with some changes made to it, mostly in its entries."""
    root = etree.fromstring(data)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        _spoil(rng, root)
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)


def _spoil(rng: random.Random, root: etree._Element) -> None:
    every = [*root.iter("*")]
    entries = [node for header in root.iter("{*}entryHeader") for node in header.iter("*")]
    pool = (entries if rng.random() < 0.85 else every) or every
    node = rng.choice(pool)
    rng.choices((_rewrite, _drop, _double, _move, _mark, _write, _nest, _rename), (35, 15, 12, 10, 8, 10, 4, 3))[0](
        rng, node, pool
    )


def _rewrite(rng: random.Random, _: etree._Element, pool: list[etree._Element]) -> None:
    rng.choice([each for each in pool if not len(each)] or pool).text = rng.choice(_VALUES)


def _drop(_: random.Random, node: etree._Element, __: list[etree._Element]) -> None:
    if (parent := node.getparent()) is not None:
        parent.remove(node)


def _double(_: random.Random, node: etree._Element, __: list[etree._Element]) -> None:
    if node.getparent() is not None:
        node.addnext(deepcopy(node))


def _move(rng: random.Random, node: etree._Element, _: list[etree._Element]) -> None:
    if (parent := node.getparent()) is not None:
        parent.insert(rng.randrange(len(parent)), node)


def _mark(rng: random.Random, node: etree._Element, _: list[etree._Element]) -> None:
    node.set(rng.choice(_ATTRIBUTES), rng.choice(_ATTRIBUTE_VALUES))


def _write(rng: random.Random, node: etree._Element, _: list[etree._Element]) -> None:
    said = rng.choice(("foo", " \n "))
    if rng.random() < 0.3:
        node.append(etree.Comment(said))
    elif rng.random() < 0.5:
        node.tail = (node.tail or "") + said
    else:
        node.text = (node.text or "") + said


def _nest(rng: random.Random, node: etree._Element, pool: list[etree._Element]) -> None:
    if len([*(other := rng.choice(pool)).iter()]) < 200:
        node.append(deepcopy(other))


def _rename(rng: random.Random, node: etree._Element, pool: list[etree._Element]) -> None:
    if node.getparent() is not None:
        node.tag = rng.choice(pool).tag
