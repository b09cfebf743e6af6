"""What each kind of tax does to the sums."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ulak.ubl.components import Invoice
from ulak.ubl.forms import from_json
from ulak.ubl.totals import Adjustment, Line, Tax, TotalsError, compute

D = Decimal


def _built(*lines: dict[str, Any], **more: Any) -> Invoice:
    document = {"number": "ABC2026000000001", "uuid": "f47ac10b-58cc-4372-a567-0e02b2c3d479", "date": "2026-11-02"}
    parties = {"supplier": {"tax_id": "4812530769"}, "customer": {"tax_id": "7359021640"}}
    named = [{"name": "Mal", "price": 1000, **line} for line in lines]
    built = from_json({**document, **parties, "lines": named, **more})
    assert isinstance(built, Invoice)
    return built


def _sums(invoice: Invoice) -> tuple[str, str, str]:
    """Collected tax, total with taxes, payable amount."""
    total = invoice.legal_monetary_total
    assert total is not None
    return (
        str(invoice.tax_total[0].tax_amount),
        str(total.tax_inclusive_amount),
        str(total.payable_amount),
    )


def test_excise_enters_the_base_of_vat() -> None:
    invoice = _built({"vat": 20, "taxes": [{"code": "0074", "percent": 25}]})
    rows = invoice.tax_total[0].tax_subtotal
    assert [(str(row.taxable_amount), str(row.tax_amount)) for row in rows] == [
        ("1000.00", "250.00"),
        ("1250.00", "250.00"),
    ]
    assert _sums(invoice) == ("500.00", "1500.00", "1500.00")


@pytest.mark.parametrize("code", ["0059", "4080", "4081", "0021", "0022"])
def test_accommodation_communication_and_banking_taxes_leave_the_base_alone(code: str) -> None:
    invoice = _built({"vat": 10, "taxes": [{"code": code, "percent": 2}]})
    assert _sums(invoice) == ("120.00", "1120.00", "1120.00")


@pytest.mark.parametrize("code", ["0003", "0011"])
def test_income_withholding_only_lowers_what_is_paid(code: str) -> None:
    invoice = _built({"vat": 20, "taxes": [{"code": code, "percent": 20}]})
    assert _sums(invoice)[1:] == ("1200.00", "1000.00")


@pytest.mark.parametrize(("code", "kept", "payable"), [("601", "80.00", "1120.00"), ("812", "200.00", "1000.00")])
def test_vat_withholding_takes_the_laws_rate(code: str, kept: str, payable: str) -> None:
    invoice = _built({"vat": 20, "withholding": code})
    assert str(invoice.withholding_tax_total[0].tax_amount) == kept
    assert _sums(invoice) == (str(D(200) - D(kept)), "1200.00", payable)


def test_the_rate_of_a_withholding_is_that_of_the_day() -> None:
    old = _built({"vat": 18, "withholding": "603"}, date="2021-02-28")
    new = _built({"vat": 18, "withholding": "603"}, date="2021-03-01")
    percents = [str(each.withholding_tax_total[0].tax_subtotal[0].percent) for each in (old, new)]
    assert percents == ["50", "70"]


def test_vat_of_goods_sold_for_export_is_computed_and_not_collected() -> None:
    assert _sums(_built({"vat": 20, "exemption": "701"})) == ("0.00", "1200.00", "1000.00")


def test_waived_vat_of_an_investment_is_shown_alone() -> None:
    invoice = _built({"vat": 20, "exemption": "308", "classification": "01"}, profile="YATIRIMTESVIK")
    assert _sums(invoice) == ("0.00", "1000.00", "1000.00")
    assert str(invoice.tax_total[0].tax_subtotal[0].calculation_sequence_numeric) == "-1"


def test_a_special_base_is_taken_as_it_is_given() -> None:
    invoice = _built({"vat": 20, "vat_base": 150, "exemption": "805"})
    assert _sums(invoice) == ("30.00", "1030.00", "1030.00")


def test_a_travellers_vat_is_collected_although_an_exemption_is_named() -> None:
    invoice = _built({"vat": 20}, profile="YOLCUBERABERFATURA")
    row = invoice.tax_total[0].tax_subtotal[0]
    assert row.tax_category is not None
    assert str(row.tax_category.tax_exemption_reason_code) == "501"
    assert _sums(invoice) == ("200.00", "1200.00", "1200.00")


def test_withheld_excise_is_in_the_total_and_not_in_the_payment() -> None:
    alone = _built({"vat": 20, "taxes": [{"code": "4171", "amount": 100}]})
    paired = _built({"vat": 20, "taxes": [{"code": "0071", "amount": 100}, {"code": "4171", "amount": 100}]})
    assert _sums(alone) == _sums(paired) == ("220.00", "1320.00", "1220.00")


def test_a_withheld_return_gives_back_the_collected_share() -> None:
    line = {"quantity": 10, "price": 100, "vat": 20, "withholding": "619", "original_quantity": 40}
    returned = {"returns": [{"number": "ABC2026000000009", "date": "2026-10-01"}]}
    invoice = _built(line, **returned)
    row = invoice.tax_total[0].tax_subtotal[0]
    assert str(invoice.invoice_type_code) == "TEVKIFATIADE"
    assert (str(row.taxable_amount), str(row.percent), str(row.tax_amount)) == ("240.00", "25", "60.00")
    assert not invoice.withholding_tax_total
    assert _sums(invoice) == ("60.00", "1060.00", "1060.00")
    told = {"quantity": 10, "price": 100, "collected_vat": 240, "original_quantity": 40}
    assert _sums(_built(told, **returned)) == _sums(invoice)


def test_a_discount_of_the_document_lowers_every_base() -> None:
    invoice = _built({"vat": 20}, {"vat": 10}, discounts=[{"percent": 10}])
    bases = [str(row.taxable_amount) for row in invoice.tax_total[0].tax_subtotal]
    assert bases == ["900.00", "900.00"]
    assert _sums(invoice) == ("270.00", "2070.00", "2070.00")


def test_expenses_of_a_market_commissioner_are_outside_the_bases() -> None:
    charges = [{"amount": 50, "reason": "HKSKOMISYON"}, {"amount": 10, "reason": "HKSKOMISYONKDV"}]
    invoice = _built({"vat": 1}, profile="HKS", type="HKSKOMISYONCU", charges=charges)
    assert _sums(invoice) == ("10.00", "1070.00", "1070.00")


def test_discounts_in_turn_work_on_what_is_left() -> None:
    totals = compute([Line(D(1), D(1000), (), (Adjustment(D(10)), Adjustment(D(5))))])
    assert (totals.tax_exclusive, totals.allowance) == (D("855.00"), D("145.00"))


def test_the_currency_changes_no_amount() -> None:
    foreign = {"currency": "USD", "exchange_rate": "41.22"}
    assert _sums(_built({"vat": 20, "price": "10.555"})) == _sums(_built({"vat": 20, "price": "10.555"}, **foreign))


def test_half_a_kurus_is_rounded_up() -> None:
    totals = compute([Line(D(1), D("0.125"), (Tax("0015", D(20)),))])
    assert (totals.line_extension, totals.tax) == (D("0.13"), D("0.03"))


@pytest.mark.parametrize(
    ("line", "adjustments", "code"),
    [
        (Line(D(-1), D(10)), (), "totals.negative-line"),
        (Line(D(1), D(10)), (Adjustment(amount=D(20)),), "totals.negative"),
        (Line(D(10) ** 9, D(10) ** 9), (), "totals.too-large"),
    ],
)
def test_sums_that_gib_would_refuse_are_refused(line: Line, adjustments: tuple[Adjustment, ...], code: str) -> None:
    with pytest.raises(TotalsError) as caught:
        compute([line], adjustments)
    assert caught.value.code == code
