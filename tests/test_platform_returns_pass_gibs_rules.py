"""An invoice that returns another passes GİB's rules, whatever was sold and however much of it comes back."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest

from seal_pki import NOW
from ulak.errors import UlakError
from ulak.ubl.documents import Document, read_document, write_document
from ulak.ubl.forms import from_json, to_json
from ulak_server.documents.judging import judge
from ulak_server.exchange.inbound.writing import returned

EXAMPLES = Path(__file__).parents[1] / "examples" / "invoice"
SOLD = sorted(
    path.stem
    for path in EXAMPLES.glob("t*fatura-*.json")
    if path.stem.partition("-")[2] in ("satis", "tevkifat", "istisna", "ozelmatrah", "konaklamavergisi", "ihrackayitli")
)
OTHERS = sorted(path.stem for path in EXAMPLES.glob("*-satis.json") if not path.stem.startswith("idis"))


def body_of(name: str) -> bytes:
    return write_document(cast(Document, from_json((EXAMPLES / f"{name}.json").read_bytes())))


def built(draft: bytes) -> bytes:
    made = from_json(draft, now=NOW, new_uuid=lambda: str(uuid4()), number="MEL2026000000001")
    return write_document(cast(Document, made))


@pytest.mark.parametrize("name", sorted({*SOLD, *OTHERS}))
def test_a_whole_return_is_valid(name: str) -> None:
    report = judge(built(returned(body_of(name))), NOW.date())
    assert [finding.explanation.en for finding in report.findings if finding.level != "warning"] == []


@pytest.mark.parametrize("name", SOLD)
def test_a_return_of_a_part_is_valid(name: str) -> None:
    sale = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    half = Decimal(str(sale["lines"][0].get("quantity", 1))) / 2
    report = judge(built(returned(body_of(name), [{"line": "1", "quantity": half}])), NOW.date())
    assert [finding.explanation.en for finding in report.findings if finding.level != "warning"] == []


def test_a_return_of_tracked_goods_lacks_only_its_own_shipment_number() -> None:
    report = judge(built(returned(body_of("idis-satis"))), NOW.date())
    (missing,) = [finding for finding in report.findings if finding.level != "warning"]
    assert "shipment number" in missing.explanation.en


@pytest.mark.parametrize("name", ["temelfatura-iade", "ticarifatura-tevkifatiade", "ihracat-istisna"])
def test_what_was_returned_or_exported_is_not_returned(name: str) -> None:
    with pytest.raises(UlakError, match=r"inbound\.not-returnable"):
        returned(body_of(name))


def discounted(*lines: tuple[str, str], **whole: object) -> bytes:
    """An invoice of lines of quantity and price, with something taken off or put on the whole."""
    form = json.loads((EXAMPLES / "temelfatura-satis.json").read_text(encoding="utf-8"))
    form["lines"] = [{"name": "Raf", "quantity": quantity, "price": price, "vat": 20} for quantity, price in lines]
    form["lines"].append(
        {**form["lines"][0], "discounts": [{"percent": 40}, {"amount": 1}], "charges": [{"amount": 2}]}
    )
    return write_document(cast(Document, from_json({**form, **whole})))


def payable(draft: bytes) -> Decimal:
    made = json.loads(to_json(read_document(built(draft))), parse_float=Decimal)
    return sum_of(made)


def sum_of(form: dict[str, Any]) -> Decimal:
    """What is to be paid, worked out by the engine from the friendly form."""
    made: Any = from_json(form, now=NOW, new_uuid=lambda: str(uuid4()), number="MEL2026000000001")
    return Decimal(made.legal_monetary_total.payable_amount.value)


@pytest.mark.parametrize(
    "whole",
    [{"discounts": [{"amount": "150.00"}]}, {"discounts": [{"percent": 10}]}, {"charges": [{"amount": "75.50"}]}],
)
def test_what_was_taken_off_the_whole_comes_back_with_it(whole: dict[str, Any]) -> None:
    body = discounted(("4", "250.00"), ("1", "500.00"), **whole)
    sold: Any = read_document(body)
    assert payable(returned(body)) == sold.legal_monetary_total.payable_amount.value


def test_of_a_part_a_part_of_the_discount_comes_back() -> None:
    body = discounted(("4", "250.00"), ("1", "500.00"), discounts=[{"amount": "150.00"}])
    draft = json.loads(returned(body, [{"line": "1", "quantity": 2}]))
    assert [Decimal(one["amount"]) for one in draft["discounts"]] == [Decimal("35.70")], "500 of 2101"
    parts = [returned(body, [{"line": "1"}]), returned(body, [{"line": "2"}]), returned(body, [{"line": "3"}])]
    sold: Any = read_document(body)
    assert sum(map(payable, parts)) == sold.legal_monetary_total.payable_amount.value
    report = judge(built(parts[0]), NOW.date())
    assert [finding.explanation.en for finding in report.findings if finding.level != "warning"] == []
