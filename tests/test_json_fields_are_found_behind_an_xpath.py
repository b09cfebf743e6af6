"""A finding in the produced XML leads back to the caller's own field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from json_documents import built, invoice
from ulak.rules import check
from ulak.rules.findings import Locator
from ulak.ubl import write_document
from ulak.ubl.documents import Document
from ulak.ubl.forms import from_json
from ulak.ubl.forms.fields import FieldMap

_EXAMPLES = Path(__file__).parents[1] / "examples"
_LINES = ({"taxes": [{"code": "0074", "percent": 20}]}, {"vat": 0, "exemption": "301"})


@pytest.mark.parametrize(
    ("xpath", "field"),
    [
        ("/Invoice/cbc:ID", "/number"),
        ("/Invoice/cac:InvoiceLine[2]/cac:Price/cbc:PriceAmount", "/lines/1/price"),
        ("/Invoice/cac:InvoiceLine[2]/cbc:InvoicedQuantity/@unitCode", "/lines/1/unit"),
        ("/Invoice/cac:InvoiceLine/cac:TaxTotal/cac:TaxSubtotal[2]/cbc:Percent", "/lines/0/vat"),
        ("/Invoice/cac:InvoiceLine[1]/cac:TaxTotal/cac:TaxSubtotal[1]/cac:TaxCategory", "/lines/0/taxes/0"),
        ("/Invoice/cac:TaxTotal/cac:TaxSubtotal[3]", "/lines/0/vat"),
        ("/Invoice/cac:TaxTotal/cac:TaxSubtotal[2]/cac:TaxCategory/cbc:TaxExemptionReasonCode", "/lines/1/exemption"),
        ("/inv:Invoice/cac:AccountingCustomerParty/cac:Party/cac:PartyIdentification[1]/cbc:ID", "/customer/tax_id"),
        ("/Invoice/cac:PaymentTerms/cbc:Note", "/ubl/cac:PaymentTerms/cbc:Note"),
        ("/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount", "/lines"),
        ("/Invoice", ""),
        ("", ""),
    ],
)
def test_the_field_behind_an_element(xpath: str, field: str) -> None:
    data = invoice(*_LINES, type="SATIS", ubl={"cac:PaymentTerms": {"cbc:Note": "30 gün"}})
    assert FieldMap(data, built(*_LINES, type="SATIS")).field_of(xpath) == field


_SALE = {
    "site": "a.example",
    "payment": "EFT/HAVALE",
    "paid_on": "2026-11-01",
    "shipped_on": "2026-11-02",
    "carrier": {"tax_id": "9183746505", "name": "Kargo"},
}


@pytest.mark.parametrize(
    ("xpath", "alone", "beside"),
    [
        ("cac:Delivery[1]/cac:CarrierParty/cac:PartyName", "/internet_sale/carrier/name", "/delivery/carrier/name"),
        ("cac:Delivery[2]/cac:Despatch/cbc:ActualDespatchDate", None, "/internet_sale/shipped_on"),
        ("cac:PaymentMeans/cbc:PaymentDueDate", "/internet_sale/paid_on", "/payment/due"),
        ("cac:PaymentMeans[2]/cbc:InstructionNote", None, "/internet_sale/payment"),
    ],
)
def test_a_sale_over_the_internet_has_fields_of_its_own(xpath: str, alone: str | None, beside: str) -> None:
    own = {"delivery": {"date": "2026-11-02"}, "payment": {"means": "42", "iban": "TR1"}}
    found = [FieldMap(invoice(internet_sale=_SALE, **more)).field_of(f"/Invoice/{xpath}") for more in ({}, own)]
    assert found[1] == beside
    assert alone in (None, found[0])


def test_a_finding_of_the_rules_carries_the_field() -> None:
    data = invoice({}, {"unit": "ADET"}, currency="USD")
    made = built({}, {"unit": "ADET"}, currency="USD")
    report = check(write_document(made), field_of=FieldMap(data, made).field_of)
    assert "/lines/1/unit" in [finding.field for finding in report.findings]


@pytest.mark.parametrize("path", sorted(_EXAMPLES.glob("*/*.json")), ids=lambda path: path.stem)
def test_every_element_of_an_example_leads_to_a_field_that_can_be_there(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    document = from_json(data)
    fields = FieldMap(data, document)
    root = etree.fromstring(write_document(_ubl(document)))
    for element in root.iter("*"):
        pointer = fields.field_of(Locator().locate(element))
        assert not pointer or pointer.startswith("/")
        parent = pointer.rpartition("/")[0]
        assert _reached(data, parent) or not _lists(parent)


def _ubl(document: Any) -> Document:
    made: Document = document
    return made


def _lists(pointer: str) -> bool:
    return any(part.isdecimal() for part in pointer.split("/"))


def _reached(data: Any, pointer: str) -> bool:
    for part in pointer.split("/")[1:]:
        if isinstance(data, list):
            if not part.isdecimal() or int(part) >= len(data):
                return False
            data = data[int(part)]
        elif isinstance(data, dict) and part in data:
            data = data[part]
        else:
            return False
    return True
