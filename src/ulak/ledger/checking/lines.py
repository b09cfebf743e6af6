"""Rules that a line breaks by itself, as conditions in SQL over one row of ``line``.

They are the assertions of GİB's Schematrons on ``entryHeader`` and ``entryDetail`` (packages/edefter) and what the
guides demand besides; all of them are asked in one pass.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from ulak.ledger.checking.shown import day_shown, money_shown, plain_shown
from ulak.ledger.checking.values import Expected
from ulak.ledger.intake.choices import DOCUMENT_TYPES

__all__ = ["AMOUNT_FAULTS", "LINES", "LineRule", "line_rules"]

AMOUNT_FAULTS: Final = "'ledger.cell.amount', 'ledger.cell.number-large', 'ledger.cell.side', 'ledger.cell.both-sides'"
LINES: Final = (
    "line LEFT JOIN account m ON m.code = line.main LEFT JOIN account s ON s.code = line.sub "  # noqa: S608 fixed
    "LEFT JOIN (SELECT place AS told, bool_or(code LIKE 'ledger.cell.date%') AS day_told, "
    f"bool_or(code IN ({AMOUNT_FAULTS})) AS amount_told FROM raw_fault GROUP BY place) ON told = line.place"
)
"""What the conditions are about; ``day_told`` and ``amount_told``: a cell that cannot be read was told already."""


class LineRule(NamedTuple):
    """A condition that stands against a line.

    Attributes:
        field: of `ulak.ledger.intake.fields`, whose column is to blame.
        value: SQL of what is shown of the line.
    """

    code: str
    field: str
    condition: str
    value: str


def line_rules(expected: Expected, has_chart: bool) -> tuple[LineRule, ...]:
    """The rules of a check; ``has_chart``: whether a chart of accounts was handed in."""
    return tuple(
        LineRule(f"ledger.check.{code}", field, condition, value)
        for code, field, condition, value in (
            *_days(expected),
            *_vouchers(expected),
            *_accounts(has_chart),
            *_amounts(),
            *_documents(),
        )
    )


Row = tuple[str, str, str, str]


def _on(day: date) -> str:
    return f"DATE '{day.isoformat()}'"


def _days(expected: Expected) -> list[Row]:
    day = day_shown("entry_date")
    rules = [
        ("no-day", "date", "entry_date IS NULL AND day_told IS NOT TRUE", "voucher"),
        ("before-month", "date", f"entry_date < {_on(expected.month.first)}", day),
        ("after-month", "date", f"entry_date > {_on(expected.month.last)}", day),
        ("future", "date", f"entry_date > {_on(expected.today)}", day),
    ]
    if expected.closed_until:
        since, until = _on(expected.month.first), _on(expected.closed_until)
        rules.append(("closed", "date", f"entry_date >= {since} AND entry_date <= {until}", day))
    if expected.fiscal_start and expected.fiscal_end:
        start, end = _on(expected.fiscal_start), _on(expected.fiscal_end)
        rules.append(("fiscal-year", "date", f"entry_date < {start} OR entry_date > {end}", day))
    return rules


def _vouchers(expected: Expected) -> list[Row]:
    number = "branch <> '' AND (NOT regexp_full_match(branch, '[0-9]{4}') OR branch = '0000')"
    rules = [
        ("no-voucher", "voucher", "voucher = '' AND entry IS NULL", f"concat_ws(' ', main, {money_shown('amount')})"),
        ("entered-by", "entered_by", "length(entered_by) = 1", "entered_by"),
        ("branch-number", "branch", number, "branch"),
    ]
    if expected.branch:
        rules.append(("branch-mixed", "branch", f"branch <> '' AND branch <> '{int(expected.branch):04d}'", "branch"))
    else:
        rules.append(("branch-unexpected", "branch", "branch <> ''", "branch"))
    return rules


def _accounts(has_chart: bool) -> list[Row]:
    code = "coalesce(nullif(sub, ''), main)"
    rules = [
        ("no-account", "account", "main = '' AND sub = ''", "voucher"),
        ("main-account", "account", "main <> '' AND NOT regexp_full_match(main, '[0-9]{3,4}')", code),
        ("main-name", "main_name", "main <> '' AND main_name = '' AND coalesce(m.name, '') = ''", "main"),
        ("sub-name", "account_name", "sub <> '' AND sub_name = '' AND coalesce(s.name, '') = ''", "sub"),
        ("sub-account", "account", "sub <> '' AND NOT starts_with(sub, main)", "concat(main, ' / ', sub)"),
    ]
    if has_chart:
        unknown = "main <> '' AND CASE WHEN sub <> '' THEN s.code ELSE m.code END IS NULL"
        rules.append(("account-unknown", "account", unknown, code))
    return rules


def _amounts() -> list[Row]:
    amount = money_shown("amount")
    foreign = f"concat_ws(' ', {money_shown('original_amount')}, currency)"
    untold = "amount_told IS NOT TRUE"
    product = "abs(original_amount * CAST(rate AS DOUBLE) - CAST(amount AS DOUBLE))"
    unequal = f"original_amount > 0 AND rate > 0 AND {product} > greatest(0.01 * CAST(amount AS DOUBLE), 0.02)"
    quantity = (
        "quantity IS NOT NULL AND unit_cost IS NOT NULL AND (CAST(amount AS DOUBLE) <> "
        "CAST(unit_cost AS DOUBLE) * CAST(quantity AS DOUBLE) OR amount <> unit_cost * quantity)"
    )
    measured = f"concat_ws(' × ', {plain_shown('quantity')}, {plain_shown('unit_cost')})"
    return [
        ("no-amount", "debit", f"amount IS NULL AND {untold}", "main"),
        ("zero-amount", "debit", f"amount = 0 AND {untold}", "coalesce(nullif(sub, ''), main)"),
        ("negative-amount", "debit", "amount < 0", amount),
        ("no-side", "side", f"amount <> 0 AND side NOT IN ('D', 'C') AND {untold}", amount),
        ("currency-missing", "currency", "currency = '' AND original_amount IS NOT NULL", foreign),
        ("currency-lira", "currency", "currency = 'TRY'", foreign),
        ("rate-missing", "rate", "currency <> '' AND (rate IS NULL OR rate <= 0)", foreign),
        ("rate-day", "rate_date", "original_amount IS NOT NULL AND rate_date IS NULL", foreign),
        ("rate-amount", "rate", unequal, f"concat_ws(' × ', {foreign}, {plain_shown('rate')})"),
        ("quantity", "quantity", quantity, measured),
        ("quantity-alone", "quantity", "(quantity IS NULL) <> (unit_cost IS NULL)", measured),
    ]


_ACTS = r"(havale|eft|fast|virman|[oö]deme|tahsilat|tahsil|tediye|transfer|para yat[ıi]rma|para [cç]ekme)"
_INVOICE = r"(e-?|e )?(arşiv )?fatura"
_UUID = r"[0-9a-fA-F]{8}-?([0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}"
_INSTEAD = r".*(serbest meslek|m[uü]stahsil|gider pusulas|bilet|dekont|yazar kasa|perakende sat[ıi][sş]).*"


def _documents() -> list[Row]:
    known = ", ".join(f"'{one}'" for one in DOCUMENT_TYPES)
    strict = "document_type IN ('other', 'invoice', 'check')"
    loose = "document_type IN ('voucher', 'receipt', 'shipment', 'order-customer', 'order-vendor')"
    parts = (f"nullif({one}, '')" for one in ("document_type", "document_type_description", "document_number"))
    shown = f"concat_ws(' ', {', '.join(parts)})"
    day = day_shown("document_date")
    loose_lacks = f"{loose} AND (document_number = '' OR document_date IS NULL)"
    untyped = "document_type = '' AND (document_number <> '' OR document_date IS NOT NULL)"
    referred = "document_reference <> '' AND voucher <> '' AND document_reference <> voucher"
    later = "document_date > entry_date AND document_type NOT IN ('check', 'voucher')"
    paid = "payment_method <> '' AND (length(payment_method) > 40 OR regexp_matches(payment_method, '[0-9]{3}'))"
    return [
        ("document-type", "document_type", f"document_type <> '' AND document_type NOT IN ({known})", "document_type"),
        ("document-number", "document_number", f"{strict} AND document_number = ''", shown),
        ("document-day", "document_date", f"{strict} AND document_date IS NULL", shown),
        ("document-incomplete", "document_number", loose_lacks, shown),
        ("document-untyped", "document_type", untyped, f"concat_ws(' ', document_number, {day})"),
        ("document-reference", "document_reference", referred, "document_reference"),
        ("document-later", "document_date", later, day),
        ("document-old", "document_date", "entry_date - document_date > 45", day),
        ("payment-method", "payment_method", paid, "payment_method"),
        *_descriptions(shown),
    ]


def _descriptions(shown: str) -> list[Row]:
    """What a document is called."""
    said = "lower(translate(document_type_description, 'İIŞĞÜÖÇ', 'iışğüöç'))"
    other, invoice = "document_type = 'other'", "document_type = 'invoice'"
    instead = f"{invoice} AND document_type_description <> '' AND regexp_full_match({said}, '{_INSTEAD}')"
    ettn = f"{invoice} AND length(document_number) >= 32 AND regexp_full_match(document_number, '{_UUID}')"
    field = "document_type_description"
    return [
        ("document-description", field, f"{other} AND document_type_description = ''", shown),
        ("document-act", field, f"{other} AND regexp_full_match({said}, '{_ACTS}')", field),
        ("document-invoice", "document_type", f"{other} AND regexp_full_match({said}, '{_INVOICE}')", shown),
        ("document-not-invoice", "document_type", instead, shown),
        ("document-ettn", "document_number", ettn, "document_number"),
    ]
