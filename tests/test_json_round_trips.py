"""UBL to JSON and back loses nothing."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from json_documents import UUID, built, invoice
from support import REFERENCE, needs_reference
from ubl_examples import documents
from ulak.errors import UlakError
from ulak.ubl import freelance_receipt, read_document, write_document
from ulak.ubl import invoice as invoices
from ulak.ubl.components import ApplicationResponse, CreditNote, DespatchAdvice, Invoice, ReceiptAdvice
from ulak.ubl.documents import Document
from ulak.ubl.forms import from_json, to_json
from ulak.ubl.native_receipt import NativeReceipt

_EXAMPLES = Path(__file__).parents[1] / "examples"
_UBL = (Invoice, CreditNote, DespatchAdvice, ReceiptAdvice, ApplicationResponse)
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


def _samples() -> list[Path]:
    folders = (REFERENCE / "packages", REFERENCE / "samples")
    return sorted(path for folder in folders for path in folder.rglob("*") if path.suffix.lower() == ".xml")


@needs_reference
@pytest.mark.parametrize("path", _samples(), ids=lambda path: path.name)
def test_a_sample_survives(path: Path) -> None:
    try:
        document = read_document(path.read_bytes())
    except UlakError:
        pytest.skip("not a UBL-TR document that Ulak reads")
    if isinstance(document, NativeReceipt):
        pytest.skip("the native e-SMM has no JSON form")
    written = write_document(document)
    assert from_json(to_json(document)) == read_document(written)
    assert write_document(_as_document(to_json(document, exact=True))) == written


def _as_document(data: bytes) -> Document:
    made = from_json(data)
    assert isinstance(made, _UBL)
    return made


@settings(max_examples=200, deadline=None, suppress_health_check=_SLOW)
@given(documents(*_UBL))
def test_any_document_survives_to_the_last_digit(document: Document) -> None:
    told = to_json(document, exact=True)
    assert write_document(_as_document(told)) == write_document(document)


@settings(max_examples=100, deadline=None, suppress_health_check=_SLOW)
@given(documents(*_UBL))
def test_any_document_survives_in_value(document: Document) -> None:
    made = from_json(to_json(document))
    assert made == document or write_document(_as_document(to_json(made))) == write_document(
        _as_document(to_json(document))
    )


@pytest.mark.parametrize("path", sorted(_EXAMPLES.glob("*/*.json")), ids=lambda path: path.stem)
def test_an_example_comes_back_without_any_ubl(path: Path) -> None:
    document = _as_document(path.read_bytes())
    told = json.loads(to_json(document))
    if "ubl" not in path.read_text(encoding="utf-8"):
        assert "ubl" not in told
        assert not any("ubl" in line for line in told.get("lines", ()))
    assert from_json(told) == document


def test_the_same_json_gives_the_same_bytes() -> None:
    assert write_document(_as_document(_text())) == write_document(_as_document(_text()))


def _text() -> bytes:
    return json.dumps(invoice()).encode()


def test_nothing_is_taken_from_a_hidden_clock() -> None:
    bare = {name: value for name, value in invoice().items() if name not in ("number", "uuid", "date")}
    made = invoices.from_json(bare, now=datetime(2026, 11, 2, 9, 30), new_uuid=lambda: UUID, number="XYZ2026000000007")
    assert (made.id, made.uuid) == ("XYZ2026000000007", UUID)
    assert (made.issue_date, made.issue_time) == ("2026-11-02", "09:30:00")
    for day, hour in (("2026-11-02", "09:30:00"), ("2026-11-01", None)):
        timeless = {name: value for name, value in invoice(date=day).items() if name != "time"}
        assert invoices.from_json(timeless, now=datetime(2026, 11, 2, 9, 30)).issue_time == hour


def test_the_native_receipt_has_no_json_form() -> None:
    with pytest.raises(UlakError) as caught:
        freelance_receipt.to_json(NativeReceipt())  # type: ignore[arg-type]
    assert caught.value.code == "json.no-form"


@given(st.decimals(min_value=0, max_value=10**9, places=6), st.booleans())
def test_numbers_keep_their_digits(value: object, as_text: bool) -> None:
    line = f'{{"name":"Mal","price":{json.dumps(str(value)) if as_text else value},"vat":20}}'
    text = json.dumps(invoice(lines=[])).replace('"lines": []', f'"lines": [{line}]')
    price = invoices.from_json(text).invoice_line[0].price
    assert price is not None
    assert price.price_amount is not None
    assert price.price_amount.value == value


def test_a_line_without_withholding_takes_none_from_its_neighbour() -> None:
    document = built({"name": "Kira"}, {"name": "Temizlik", "withholding": "612"})
    told = json.loads(to_json(document))
    assert [(line.get("withholding"), "ubl" in line) for line in told["lines"]] == [(None, False), ("612", False)]
