"""One example of every scenario that the law allows: built, judged valid, and its sums as they were once agreed on."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest
from lxml import etree

from ulak.codes.scenarios import Scenario, scenarios
from ulak.rules import Verdict, check
from ulak.ubl import components as ubl
from ulak.ubl import write_document
from ulak.ubl.documents import Document
from ulak.ubl.forms import from_json

_EXAMPLES: Final = Path(__file__).parents[1] / "examples"
_GOLDEN: Final = _EXAMPLES / "golden.json"
_MAINDOC: Final = Path(str(files("efatura_kontrol"))) / "ekler" / "xsd" / "maindoc"
_DAY: Final = date(2026, 11, 22)
_PATHS: Final = sorted(_EXAMPLES.glob("*/*.json"))
# The SMS operator stands where GİB's invoice rules want a channel code; credit notes are not sent through those rules.
_BY_SCHEMA_ALONE: Final = frozenset({"producer-receipt-with-sms-operator"})


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(_MAINDOC / f"UBL-{name}-2.1.xsd"))


def _built(path: Path) -> Document:
    document: Any = from_json(path.read_bytes())
    made: Document = document
    return made


@pytest.mark.parametrize("path", _PATHS, ids=lambda path: path.stem)
def test_an_example_is_built_and_valid(path: Path) -> None:
    document = _built(path)
    written = write_document(document)
    _schema(type(document).__name__).assertValid(etree.fromstring(written))
    if path.stem not in _BY_SCHEMA_ALONE:
        report = check(written, as_of=_DAY, advice=False)
        assert (report.verdict, report.findings) == (Verdict.VALID, ())


@pytest.mark.parametrize("path", _PATHS, ids=lambda path: path.stem)
def test_the_sums_of_an_example_are_the_golden_ones(path: Path) -> None:
    """Renew with ``python tests/test_golden_examples.py`` and read the difference before committing it."""
    golden = json.loads(_GOLDEN.read_text(encoding="utf-8"))
    assert summary(_built(path)) == golden[f"{path.parent.name}/{path.stem}"]


def test_no_scenario_is_without_an_example() -> None:
    shown = {_coordinates(_built(path)) for path in _PATHS}
    assert {_wanted(scenario) for scenario in scenarios()} <= shown


def test_no_golden_sum_is_left_over() -> None:
    golden = json.loads(_GOLDEN.read_text(encoding="utf-8"))
    assert set(golden) == {f"{path.parent.name}/{path.stem}" for path in _PATHS}


def test_an_ordinary_invoice_fits_on_a_page() -> None:
    assert len((_EXAMPLES / "more" / "ordinary.json").read_text(encoding="utf-8").splitlines()) <= 25


def _wanted(scenario: Scenario) -> tuple[str, str, str]:
    return scenario.document, scenario.profile, scenario.type_code


def _coordinates(document: Document) -> tuple[str, str, str]:
    name, profile = type(document).__name__, str(getattr(document, "profile_id", ""))
    match document:
        case ubl.Invoice():
            code: object = document.invoice_type_code
        case ubl.CreditNote():
            code = document.credit_note_type_code
        case ubl.DespatchAdvice():
            code = document.despatch_advice_type_code
        case ubl.ReceiptAdvice():
            code = document.receipt_advice_type_code
        case ubl.ApplicationResponse():
            response = document.document_response[0].response
            code = response.response_code if response else None
        case _:
            code = None
    return name, profile, str(code)


def summary(document: Document) -> dict[str, Any]:
    """What a person would look at: who it is, every tax row and every sum."""
    told: dict[str, Any] = {"document": " ".join(_coordinates(document))}
    if isinstance(document, ubl.Invoice | ubl.CreditNote):
        told["taxes"] = [_tax(row) for total in document.tax_total for row in total.tax_subtotal]
        told["collected"] = [str(total.tax_amount) for total in document.tax_total]
        if isinstance(document, ubl.Invoice) and document.withholding_tax_total:
            told["withheld"] = [_tax(row) for row in document.withholding_tax_total[0].tax_subtotal]
        total = document.legal_monetary_total or ubl.MonetaryTotal()
        fields = [name for name in total.__struct_fields__ if name != "kept" and getattr(total, name) is not None]
        told["sums"] = {name: str(getattr(total, name)) for name in fields}
    return told


def _tax(row: ubl.TaxSubtotal) -> str:
    category = row.tax_category or ubl.TaxCategory()
    code = category.tax_scheme.tax_type_code if category.tax_scheme else None
    reason = f" ({category.tax_exemption_reason_code})" if category.tax_exemption_reason_code else ""
    sequence = "" if row.calculation_sequence_numeric != -1 else " shown only"
    return f"{code}{reason} {row.percent}% of {row.taxable_amount} = {row.tax_amount}{sequence}"


def _renew() -> None:
    golden = {f"{path.parent.name}/{path.stem}": summary(_built(path)) for path in _PATHS}
    _GOLDEN.write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _renew()
