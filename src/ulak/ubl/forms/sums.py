"""Sums as UBL states them: TaxTotal, WithholdingTaxTotal, AllowanceCharge, LegalMonetaryTotal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from ulak.ubl import components as ubl
from ulak.ubl.forms.lookup import exemption_name, tax_name, withholding_name
from ulak.ubl.totals import Adjusted, Subtotal, Totals, Withheld
from ulak.ubl.values import Amount

__all__ = ["allowances_to_ubl", "monetary_total", "tax_total", "withholding_total"]


@lru_cache(maxsize=1024)
def _category(code: str, exemption: str | None, reason: str | None) -> ubl.TaxCategory:
    """The same few categories occur in all documents, and components do not change."""
    return ubl.TaxCategory(
        tax_exemption_reason_code=exemption,
        tax_exemption_reason=None if exemption is None else reason or exemption_name(exemption),
        tax_scheme=ubl.TaxScheme(name=tax_name(code), tax_type_code=code),
    )


@lru_cache(maxsize=256)
def _withholding_category(code: str) -> ubl.TaxCategory:
    return ubl.TaxCategory(tax_scheme=ubl.TaxScheme(name=withholding_name(code), tax_type_code=code))


@lru_cache(maxsize=64)
def _sequence(number: int) -> Decimal:
    return Decimal(number)


def tax_total(
    amount: Decimal, rows: Sequence[Subtotal], currency: str, reasons: dict[str, str] | None = None
) -> ubl.TaxTotal:
    """cac:TaxTotal of a line or of the document; ``reasons`` replaces the code list's names of exemptions."""
    return ubl.TaxTotal(
        tax_amount=Amount(amount, currency),
        tax_subtotal=tuple(
            [
                ubl.TaxSubtotal(
                    taxable_amount=Amount(row.base, currency),
                    tax_amount=Amount(row.amount, currency),
                    calculation_sequence_numeric=_sequence(row.sequence),
                    percent=row.percent,
                    tax_category=_category(
                        row.code, row.exemption, reasons.get(row.exemption or "") if reasons else None
                    ),
                )
                for row in rows
            ]
        ),
    )


def withholding_total(amount: Decimal, rows: Sequence[Withheld], currency: str) -> ubl.TaxTotal:
    """cac:WithholdingTaxTotal of a line or of the document."""
    return ubl.TaxTotal(
        tax_amount=Amount(amount, currency),
        tax_subtotal=tuple(
            ubl.TaxSubtotal(
                taxable_amount=Amount(row.base, currency),
                tax_amount=Amount(row.amount, currency),
                percent=row.percent,
                tax_category=_withholding_category(row.code),
            )
            for row in rows
        ),
    )


def allowances_to_ubl(rows: Sequence[Adjusted], currency: str) -> tuple[ubl.AllowanceCharge, ...]:
    """cac:AllowanceCharge of a line or of the document; the rate is written as a fraction (5 % is 0.05)."""
    numbered = len(rows) > 1
    return tuple(
        ubl.AllowanceCharge(
            charge_indicator=row.adjustment.charge,
            allowance_charge_reason=row.adjustment.reason,
            multiplier_factor_numeric=_multiplier(row),
            sequence_numeric=Decimal(at) if numbered else None,
            amount=Amount(row.amount, currency),
            base_amount=Amount(row.base, currency),
        )
        for at, row in enumerate(rows, 1)
    )


def _multiplier(row: Adjusted) -> Decimal | None:
    percent = row.adjustment.percent
    if percent is None or not row.adjustment.taxed:
        # GİB's stylesheet prints the rate of an HKS expense as it stands, and that of any other times 100.
        return percent
    return percent.scaleb(-2)


def monetary_total(totals: Totals, currency: str) -> ubl.MonetaryTotal:
    """cac:LegalMonetaryTotal."""
    return ubl.MonetaryTotal(
        line_extension_amount=Amount(totals.line_extension, currency),
        tax_exclusive_amount=Amount(totals.tax_exclusive, currency),
        tax_inclusive_amount=Amount(totals.tax_inclusive, currency),
        allowance_total_amount=Amount(totals.allowance, currency),
        charge_total_amount=Amount(totals.charge, currency) if totals.charge else None,
        payable_rounding_amount=Amount(totals.rounding, currency) if totals.rounding else None,
        payable_amount=Amount(totals.payable, currency),
    )
