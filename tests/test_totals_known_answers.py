"""Sums that GİB's own samples and guides state."""

from __future__ import annotations

from decimal import Decimal

import pytest

from support import REFERENCE, needs_reference
from ulak.ubl import read_document
from ulak.ubl.forms import to_json
from ulak.ubl.totals import Adjustment, Effect, Line, Tax, Withholding, compute

D = Decimal
_UBL = REFERENCE / "packages" / "ubl-tr-1.2.1" / "xml"


def _vat(percent: str) -> tuple[Tax, ...]:
    return (Tax("0015", D(percent)),)


def test_the_withholding_sample_of_gib() -> None:
    totals = compute([Line(D(1), D(20000), _vat("18"), (), Withholding("606", D(90)))])
    assert (totals.line_extension, totals.tax_exclusive) == (D(20000), D(20000))
    assert (totals.taxes[0].amount, totals.tax) == (D(3600), D(360))
    assert (totals.withholding, totals.withheld[0].base) == (D(3240), D(3600))
    assert (totals.tax_inclusive, totals.payable) == (D(23600), D(20360))


def test_the_commercial_sample_of_gib_with_its_discounts() -> None:
    rows = [("12", "825.5", "5"), ("8", "1215", "3"), ("18", "38.25", "0"), ("13", "121.3", "0")]
    rows += [("200", "7", "0"), ("200", "11", "0"), ("10", "35.1", "0"), ("35", "4.6", "0")]
    lines = [Line(D(n), D(price), _vat("18"), (Adjustment(D(off)),)) for n, price, off in rows]
    totals = compute(lines)
    assert [totals.lines[at].net for at in (0, 1)] == [D("9410.70"), D("9428.40")]
    assert [totals.lines[at].tax for at in (0, 1)] == [D("1693.93"), D("1697.11")]
    assert totals.line_extension - totals.allowance == totals.tax_exclusive
    assert totals.allowance == D("786.90")


def test_the_waived_vat_of_the_investment_guide() -> None:
    vat = Tax("0015", D(20), exemption="308", effect=Effect.SHOWN)
    totals = compute([Line(D(15), D(100), (vat,))])
    assert (totals.taxes[0].amount, totals.taxes[0].sequence) == (D(300), -1)
    assert (totals.tax, totals.tax_inclusive, totals.payable) == (D(0), D(1500), D(1500))


def test_the_producer_receipt_of_the_guide() -> None:
    totals = compute([Line(D(5), D(3500), (Tax("0003", D(2), effect=Effect.DEDUCTED),))])
    assert (totals.tax, totals.tax_inclusive, totals.payable) == (D(350), D(17500), D(17150))


def test_two_taxes_on_one_base_as_in_the_invoice_guide() -> None:
    taxes = (Tax("0015", D(18)), Tax("4080", D(15)))
    totals = compute([Line(D(1), D("19.17"), taxes)])
    assert [(row.amount, row.sequence) for row in totals.taxes] == [(D("3.45"), 1), (D("2.88"), 2)]
    assert totals.tax == D("6.33")


@needs_reference
@pytest.mark.parametrize(
    "name",
    [
        "HKS-Ornek1.xml",
        "IDIS_Fatura.xml",
        "IHRACAT.xml",
        "IadeFaturasiOrnegi.xml",
        "SARJ.xml",
        "TemelFaturaOrnegi.xml",
        "TicariFaturaOrnegi.xml",
        "YTB_Istisna_EArsıv.xml",
        "YTB_Istisna_Efatura.xml",
        "YTB_Satıs_EArşiv.xml",
        "YTB_Satıs_Efatura.xml",
    ],
)
def test_the_engine_works_out_the_sums_that_a_sample_states(name: str) -> None:
    """What the engine gets the same is left out of the JSON, so an absent element is an equal one."""
    told = to_json(read_document((_UBL / name).read_bytes()))
    for amount in (b"LineExtension", b"TaxExclusive", b"TaxInclusive", b"Payable", b"Taxable", b"Tax"):
        assert b"cbc:" + amount + b"Amount" not in told
