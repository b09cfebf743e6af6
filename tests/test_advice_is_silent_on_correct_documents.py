"""A warning on a correct document is worse than none."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from advice_documents import any_invoice, tree
from support import REFERENCE, needs_reference
from ulak.rules.advice import advise
from ulak.ubl.documents import write_document
from ulak.ubl.forms import from_json
from ulak.xml import XmlError, parse

_EXAMPLES: Final = sorted((Path(__file__).parents[1] / "examples").glob("*/*.json"))
_MADE_UP: Final = {"advice.vkn-check-digit", "advice.tckn-check-digit"}
"""Official samples name parties by made-up numbers (9999999999, 1288331521 …), which no register has."""

_WARNED: Final[dict[str, tuple[str, set[str]]]] = {
    "TicariFaturaOrnegi.xml": ("due seven weeks before it was issued", {"due-date"}),
    "7_TICARI_FATURA.xml": ("says one line, has three", {"line-count"}),
    "7_TICARI_FATURA_ZARF.xml": ("the same invoice in its envelope", {"line-count"}),
    "TEKNOLOJI_DESTEK.xml": (
        "a second line was added and nothing else, under a signature of 2013",
        {"line-count", "signed-before-issue", "tax-rows", "total-lines", "total-exclusive"},
    ),
    "MustahsilMakbuzu.XML": (
        "adds the income tax of 500 to the price of 10000 and pays 10000",
        {"total-inclusive", "total-payable"},
    ),
    "E_Mustahsil_template.xml": (
        "states its only tax of 0.50 twice and deducts it once",
        {"tax-rows", "total-inclusive", "total-payable"},
    ),
    "emustahsil.xml": ("an ETTN of zeros", {"ettn-empty"}),
    "E_Smm_template.xml": ("a number of 2022 on a document of 2023", {"number-year"}),
}
"""The official and field samples that are rightly warned of, and why."""


def _samples() -> list[Path]:
    places = ("packages/efatura-20260312", "packages/ubl-tr-1.2.1", "packages/egider-pusulasi-1.0", "samples")
    found = (path for place in places for path in (REFERENCE / place).rglob("*") if path.suffix.lower() == ".xml")
    return sorted(path for path in found if path.parent.name not in ("schematron", "edefter", "wssecurity"))


@needs_reference
@pytest.mark.parametrize("path", _samples(), ids=lambda path: path.name)
def test_a_sample_is_warned_of_only_for_its_own_mistakes(path: Path) -> None:
    try:
        root = parse(path.read_bytes())
    except XmlError:
        pytest.skip("the sample is not well-formed")
    found = {advice.id for advice in advise(root)} - _MADE_UP
    _, expected = _WARNED.get(path.name, ("", set()))
    assert found == {f"advice.{name}" for name in expected}


@pytest.mark.parametrize("path", _EXAMPLES, ids=lambda path: path.stem)
def test_no_example_is_warned_of(path: Path) -> None:
    document: Any = from_json(path.read_bytes())
    assert advise(etree.fromstring(write_document(document))) == []


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_invoice())
def test_no_invoice_of_the_totals_engine_is_warned_of(root: etree._Element) -> None:
    assert advise(root) == []


@pytest.mark.parametrize("number", ["11111111111", "22222222222"])
def test_a_consumer_without_a_number_is_no_mistake(number: str) -> None:
    person = {
        "tax_id": number,
        "first_name": "Ayşe",
        "family_name": "Demir",
        "address": {"city": "Van", "town": "Edremit"},
    }
    assert advise(tree(customer=person, profile="EARSIVFATURA")) == []


def test_a_buyer_abroad_in_earchive_is_no_mistake() -> None:
    abroad = {"tax_id": "2222222222", "name": "Ltd", "address": {"town": "London", "city": "London"}}
    assert advise(tree(customer=abroad, profile="EARSIVFATURA")) == []


@pytest.mark.parametrize(
    ("quantity", "price", "net"),
    [
        ("12.35", "40.50", "500.00"),
        ("1000", "8.3333", "8333.33"),
        ("3", "0.335", "1.00"),
        ("3", "0.335", "1.01"),
    ],
    ids=["litres rounded at the pump", "price rounded to four places", "half down", "half up"],
)
def test_rounding_is_no_mistake(quantity: str, price: str, net: str) -> None:
    root = tree({"quantity": "1", "price": net, "unit": "LTR"})
    _set(root, "InvoicedQuantity", quantity)
    _set(root, "PriceAmount", price)
    assert advise(root) == []


def test_the_line_discounts_may_be_repeated_for_the_document() -> None:
    """GİB's portal writes the sum of the lines' allowances once more at the head (sample FYS2025000000008)."""
    root = tree({"price": 100, "discounts": [{"percent": 10}]})
    line = next(node for node in root.iter() if str(node.tag).endswith("}InvoiceLine"))
    allowance = next(node for node in line if str(node.tag).endswith("}AllowanceCharge"))
    line.getparent().insert(list(root).index(line) - 2, _copy(allowance))  # type: ignore[union-attr]
    assert advise(root) == []


def test_goods_in_another_currency_are_no_mistake() -> None:
    root = tree()
    declared = etree.SubElement(etree.SubElement(root, "{urn:x}Shipment"), "{urn:x}ValueAmount", currencyID="EUR")
    declared.text = "12"
    assert advise(root) == []


def _copy(node: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(node))


def _set(root: etree._Element, name: str, text: str) -> None:
    node = next(each for each in root.iter() if str(each.tag).endswith(f"}}{name}"))
    node.text = text
